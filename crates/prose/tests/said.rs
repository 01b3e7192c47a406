//! Claims that no number makes.

use prose::{Kind, Lexicon, statements};

/// What is found, as `form subject|words`, plans with a `计` and denials with a `未` before.
fn check(text: &str, expected: &[&str]) {
    let chars: Vec<char> = text.chars().collect();
    let said: Vec<String> = statements(text, &Lexicon::default())
        .iter()
        .map(|said| {
            let slice: String = chars[said.start..said.end].iter().collect();
            assert_eq!(slice, said.text, "offsets in {text}");
            let plan = if said.kind == Kind::Plan { "计 " } else { "" };
            let denied = if said.negated { "未 " } else { "" };
            let subject = said.subject.as_deref().unwrap_or("");
            format!("{plan}{denied}{} {subject}|{}", said.form.name(), said.text)
        })
        .collect();
    assert_eq!(said, expected, "{text}");
}

#[test]
fn honours_are_found_with_their_name() {
    check(
        "甲镇荣获“平安乡镇”称号,乙村被评为市级示范村。",
        &["honour 甲镇|荣获“平安乡镇”称号", "honour 乙村|被评为市级示范村"],
    );
    check("获得3个先进称号,获得收入5万元,获得感增强", &["honour |获得3个先进称号"]);
    check("乙公司入围全省百强,列入规划的水库3座,分数线入围", &["honour 乙公司|入围全省百强"]);
    check("甲村未被评为先进", &["未 honour 甲村未|被评为先进"]);
}

#[test]
fn what_happened_and_was_finished_is_found() {
    check(
        "水厂建成投用,成功举办丰收节,全面完成改厕任务",
        &["event 水厂|建成投用", "event |成功举办丰收节", "completion |全面完成改厕任务"],
    );
    check("推动水厂建成投用,完成改厕5座", &[]);
    check("力争水厂建成投用", &[]);
}

#[test]
fn comparisons_trends_and_states_are_found() {
    check(
        "增速高于全县平均水平,考核走在全市前列",
        &["comparison 增速|高于全县平均水平", "comparison 考核|走在全市前列"],
    );
    check(
        "人居环境明显改善,发案数持续下降,大局保持稳定",
        &["rise 人居环境|明显改善", "fall 发案数|持续下降", "state 大局|保持稳定"],
    );
    check("推动环境明显改善,持续提升满意度,高于上年5%", &[]);
}

#[test]
fn headings_state_nothing_and_plans_are_told() {
    check("环境明显改善\n一、2024年工作计划\n环境明显改善。", &["计 rise 环境|明显改善"]);
}
