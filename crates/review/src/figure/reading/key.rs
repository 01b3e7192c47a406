//! What a number is said to be of, so that two places that say it can be held together.

use std::sync::LazyLock;

use prose::Kind;

use super::number::Number;
use super::passage::{Passage, has_any, is_clause_mark};
use super::scope::{EXCEPT, SCOPE};
use super::span::{Span, spans};
use crate::paper::Paper;

/// A figure with what it is of.
#[derive(Debug)]
pub(in crate::figure) struct Stated<'n> {
    pub(in crate::figure) number: &'n Number,
    /// The words for what is counted, without verbs, times and places of the whole.
    pub(in crate::figure) key: String,
    /// Named places and things that the passage speaks of.
    pub(in crate::figure) places: Vec<String>,
    /// The words of the part of a year it is of; empty where none is said.
    pub(in crate::figure) period: String,
    /// The year it is of, where another than the report's is named.
    pub(in crate::figure) year: Option<String>,
    /// Whether its section is about a year, several years, or what is planned.
    pub(in crate::figure) span: Span,
    /// The passage it stands in.
    pub(in crate::figure) passage: usize,
}

impl Stated<'_> {
    /// Whether it is said to be of the whole year.
    pub(in crate::figure) fn is_year(&self) -> bool {
        self.period == "全年"
    }
}

/// Words of a change, a rest or a bound, which a plain total has not.
const CHANGED: &[&str] = &[
    "同比", "增长", "增加", "减少", "下降", "提高", "以下", "左右", "达标", "剩余", "其他", "其它",
    "其余", "到期", "追加", "先后", "单", "日均", "月均", "前", "后", "由", "从",
];

/// Words that say nothing of what is counted.
const EMPTY: &[&str] = &[
    "今年以来",
    "今年",
    "本年",
    "当年",
    "全年",
    "年内",
    "截至目前",
    "截止目前",
    "目前",
    "截至",
    "共计",
    "总计",
    "共有",
    "现有",
    "现共有",
    "我镇",
    "全镇",
    "本镇",
    "镇内",
    "全乡",
    "我乡",
    "本乡",
    "全县",
    "我县",
    "全区",
    "全市",
    "全村",
    "我村",
    "全街道",
    "已",
    "了",
    "约",
    "上半年",
    "下半年",
    "前三季度",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "1-11月",
    "年度",
    "当前",
    "到",
    "至",
    "辖区",
    "下辖",
    "辖",
    "在",
    "全部",
    "一年来",
    "一年",
    "年来",
    "来",
    "末",
    "年底",
    "底",
    "定格",
    "锁定",
];

/// What stands between the name of a number and the number.
pub(in crate::figure) const BEING: &[&str] = &[
    "最终", "达到", "达", "合计", "总数", "总量", "为", "是", "有", "共", "核定", "实现", "完成",
    "的",
];

/// Words too general to tell what is counted.
const GENERAL: &[&str] = &[
    "总投资",
    "投资",
    "资金",
    "面积",
    "培训",
    "人数",
    "项目",
    "产值",
    "收入",
    "群众",
    "农户",
    "会议",
    "问题",
    "活动",
    "总面积",
    "总额",
    "金额",
    "人员",
    "数量",
    "总产值",
    "年产值",
    "产量",
    "补贴",
    "投入",
    "带动",
    "覆盖",
    "涉及",
    "惠及",
    "用于",
    "发放",
    "就业",
    "工程",
    "道路",
    "建设",
    "经费",
    "贷款",
    "销售额",
    "成员",
    "企业",
    "公里",
    "长度",
    "户数",
    "任务数",
    "建筑面积",
    "占地",
    "占地面积",
    "种植面积",
    "规模",
    "种植",
    "销售",
    "年产",
    "床位",
    "岗位",
    "检查",
    "走访",
    "宣传",
    "排查",
    "巡查",
    "整改",
    "开展",
    "组织",
    "召开",
    "争取",
    "支出",
    "补助",
    "奖补",
    "标准",
];

/// The same, the longest first.
static GENERAL_FIRST: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut words = GENERAL.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
});

/// Whether words name no thing of their own.
pub(in crate::figure) fn is_general(words: &str) -> bool {
    without(words.to_owned(), &GENERAL_FIRST).chars().count() < 2
}

/// Words with others taken out.
fn without(mut words: String, others: &[&str]) -> String {
    for other in others {
        if words.contains(other) {
            words = words.replace(other, "");
        }
    }
    words
}

/// All plain facts of a text with their keys.
pub(in crate::figure) fn stated<'p>(
    paper: &'p Paper,
    passages: &'p [Passage<'p>],
) -> Vec<Stated<'p>> {
    let mut found = Vec::new();
    let spans = spans(paper, passages);
    let own = own_place(paper);
    for (at, passage) in passages.iter().enumerate() {
        for (index, number) in passage.numbers.iter().enumerate() {
            let mean = has_any(&passage.label(index), &["人均", "户均"]);
            if number.kind != Kind::Fact
                || (number.per && !mean)
                || (number.direction.is_some() && !passage.label(index).contains("增速"))
                || number.unit.is_empty()
                || number.unit.contains('/')
                || spans[at] == Span::Plan
            {
                continue;
            }
            let words = passage.words(passage.range.start..number.at.start);
            let Some(key) = key(passage, index, own).filter(|_| !has_any(&words, EXCEPT)) else {
                continue;
            };
            found.push(Stated {
                number,
                key,
                places: places(&words)
                    .into_iter()
                    .filter(|place| Some(place.as_str()) != own)
                    .collect(),
                period: period(&words),
                year: year(&words, paper.year),
                span: spans[at],
                passage: at,
            });
        }
    }
    found
}

fn is_scoped(words: &str) -> bool {
    has_any(words, SCOPE) || has_any(words, CHANGED)
}

fn key(passage: &Passage<'_>, index: usize, own: Option<&str>) -> Option<String> {
    let gap = passage.gap(index);
    let label = gap.rsplit(is_clause_mark).next().unwrap_or_default().to_owned();
    let noun = passage.noun(index);
    let behind = passage.words(passage.numbers[index].at.end..passage.range.end);
    let listed = gap.contains('、') && index > 0 && gap.trim_start().starts_with('、')
        || behind.starts_with('、');
    let bare =
        ["人均", "户均", "平均"].iter().fold(label.clone(), |bare, word| bare.replace(word, ""));
    if bare.contains('均') {
        return None;
    }
    // What opens a list holds for all its members.
    let opened = has_any(&gap, &["其中", "分别", "新增", "累计", "计划", "目标", "力争"]);
    // 对36家企业开展抽检 is of some of them.
    let some = label.starts_with('对') || label.starts_with("抽");
    let scoped = is_scoped(&label.replace("最终", ""));
    if listed || opened || some || scoped || is_scoped(told_of(&noun)) {
        return None;
    }
    let standing = has_any(&label, &["现有", "共有", "辖", "户籍", "常住", "总人口"]);
    let noun = told_of(&noun);
    let mut words = own.map_or_else(|| label.clone(), |own| label.replace(own, ""));
    for lead in ["依托", "利用", "围绕", "立足", "结合", "针对", "截至", "对", "将", "以"]
    {
        words = words.strip_prefix(lead).unwrap_or(&words).to_owned();
    }
    let mut words = without(without(words, EMPTY), BEING);
    words.retain(|c| c.is_alphanumeric() && !c.is_ascii_digit());
    // 年 and 月 are left of a date.
    let words = words.trim_start_matches(['年', '月', '日', '份']).to_owned();
    let own = if words.chars().count() >= 2 { words } else { format!("{words}{noun}") };
    let rest = without(own.clone(), &GENERAL_FIRST);
    let telling = rest.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    let long = own.chars().count() >= if standing { 2 } else { 3 };
    ((telling || standing) && long && own.chars().count() <= 20).then_some(own)
}

/// The noun behind a number without what is told of it: 村 in 村均建立了专班.
fn told_of(noun: &str) -> &str {
    const TOLD: &[&str] = &[
        "均", "都", "已", "全部", "全面", "也", "实现", "开展", "完成", "建立", "通过", "参加",
        "有", "为", "在", "和",
    ];
    let end = TOLD.iter().filter_map(|word| noun.find(word)).filter(|at| *at > 0).min();
    noun[..end.unwrap_or(noun.len())].trim_start_matches('的')
}

/// Names that end in the word of a place: 云溪村, 石桥社区.
pub(in crate::figure) fn places(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let chars: Vec<char> = words.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        if !"村组镇乡县区校厂".contains(*c) {
            continue;
        }
        let from = at.checked_sub(2).filter(|from| chars[*from].is_alphanumeric());
        // 甲村, at the beginning of a clause.
        let from = from.or(at.checked_sub(1).filter(|from| "甲乙丙丁".contains(chars[*from])));
        let two = from.map(|from| chars[from..at].iter().collect::<String>());
        let Some(two) = two else { continue };
        let named = two.chars().all(char::is_alphanumeric);
        let general = has_any(
            &two,
            &[
                "全", "我", "本", "各", "个", "行政", "召开", "开展", "组织", "举办", "配合",
                "协助", "乡", "农", "名", "该", "辖", "园", "山", "景", "小", "分", "年", "月",
                "日", "位于", "地处", "于",
            ],
        );
        // 按照一组一网格 and 离集镇34公里 name no place.
        let kind = *c == '镇' && two.ends_with('集');
        let digit = kind || two.ends_with('一') || two.chars().any(|c| c.is_ascii_digit());
        let next: String = chars[at + 1..chars.len().min(at + 3)].iter().collect();
        // 龙潭村集体收入 names one where nothing else can be read of its words.
        let opens = |before: char| !before.is_alphanumeric() || before == '的';
        let begins = from.is_some_and(|from| from == 0 || opens(chars[from - 1]));
        let verb = ["壮大", "发展", "盘活", "推动", "促进", "增加", "带动", "扶持", "做强"];
        let owned = begins && next == "集体" && !verb.contains(&two.as_str());
        let word = !owned
            && [
                "集体", "干部", "委", "民", "级", "两委", "庄", "容", "会", "路", "公路", "道",
                "长", "织", "通", "房", "区",
            ]
            .iter()
            .any(|tail| next.starts_with(tail));
        // 地区生产总值, 新校区, 在校生, 和美乡村 and 城乡 name no place either.
        let other = "区校".contains(*c) && two.ends_with(['地', '校', '在'])
            || *c == '乡' && (next.starts_with('村') || two.ends_with('城'));
        if named && !general && !digit && !word && !other {
            found.push(format!("{two}{c}"));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The town or county that a report is of: the only one of its kind that it names.
pub(in crate::figure) fn own_place(paper: &Paper) -> Option<&str> {
    let find = || {
        let mut names = places(&paper.cleaned.text);
        names.retain(|name| name.ends_with(['镇', '乡', '县', '区']));
        names.pop().filter(|_| names.is_empty())
    };
    paper.own_place.get_or_init(find).as_deref()
}

pub(in crate::figure) fn period(words: &str) -> String {
    const PARTS: &[&str] = &[
        "前三季度",
        "上半年",
        "下半年",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "全年",
        "当月",
        "本月",
        "上月",
        "日前",
        "近年",
        "五年",
        "三年",
        "两年",
        "十年",
    ];
    if let Some(part) = PARTS.iter().filter_map(|p| words.rfind(p).map(|at| (at, p))).max() {
        return (*part.1).to_owned();
    }
    // 1-11月, 6月, 8月5日: whatever stands before the last 月.
    let chars: Vec<char> = words.chars().collect();
    let Some(end) = chars.iter().rposition(|c| *c == '月') else { return String::new() };
    let is_part = |c: &&char| c.is_ascii_digit() || matches!(c, '-' | '—' | '至' | '月' | '年');
    let run = chars[..=end].iter().rev().take_while(is_part).count();
    let run: String = chars[end + 1 - run..=end].iter().collect();
    // 今年1至11月: the year is told apart. 截至2023年2月底 is 截至2月底.
    let until = if run.starts_with('至') { "至" } else { "" };
    let month = run.split_once('年').map(|(_, month)| format!("{until}{month}"));
    month.filter(|month| !month.contains('年')).unwrap_or(run)
}

pub(in crate::figure) fn year(words: &str, own: Option<i16>) -> Option<String> {
    let chars: Vec<char> = words.chars().collect();
    let at = chars
        .windows(5)
        .rposition(|five| five[4] == '年' && five[..4].iter().all(char::is_ascii_digit))?;
    let year: String = chars[at..at + 4].iter().collect();
    (own.map(|own| own.to_string()).as_deref() != Some(&year)).then_some(year)
}
