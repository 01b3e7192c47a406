//! A share beside exactly two amounts of one kind, which are therefore its part and its whole.

use ::figure::{Class, Decimal, decimal_text};

use super::portion::{STRESS, share_of};
use super::rates::RATES;
use crate::figure::ratio::{BASES, gives, is_in_structure, told_share};
use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::finding::Mark;

/// Words of shares that are of something else than two amounts beside them.
const NOT: &[&str] = &[
    "同比",
    "增长",
    "增幅",
    "增速",
    "下降",
    "降低",
    "提高",
    "提升",
    "上升",
    "增加",
    "减少",
    "利率",
    "税率",
    "费率",
    "贡献率",
    "毛",
    "负债率",
    "平均",
    "首付",
    "年化",
    "回报",
    "收益率",
    "利润率",
    "高于",
    "低于",
    "较",
    "任务",
    "计划",
    "目标",
    "预算",
    "序时",
    "分别",
    "各",
    "补贴",
    "自付",
    "报销",
    "优良率",
    "优良天",
    "优良比",
    "增值",
    "复种",
    "知晓率",
    "按比例",
    "折扣",
    "打折",
    "满意度",
];

/// Words by which a share came to what it is.
const LEVEL: &[&str] =
    &["提高到", "提升到", "上升到", "提升至", "提高至", "上升至", "下降到", "降至"];

/// Whether a share names those that have it, and none of their name is in the words of a part.
pub(super) fn is_of_others(label: &str, part: &str) -> bool {
    const BLANK: &str =
        "约就已仅共也只占比例重数人总量的各均全其中便还又更将近超而且合计所他她它这部分";
    let own = label.split('占').next().unwrap_or_default();
    let own = STRESS.iter().fold(own.to_owned(), |own, stress| own.replace(stress, ""));
    let own = own.rsplit(['中', '里']).next().unwrap_or_default();
    let name: Vec<char> = own.chars().filter(|c| !BLANK.contains(*c)).collect();
    label.contains('占') && name.len() >= 2 && !name.iter().any(|c| part.contains(*c))
}

/// Whether a share between two numbers and another one is theirs already: 12万株,完成9万株,占75%,成活率九成.
pub(in crate::figure) fn is_told(
    passage: &Passage<'_>,
    index: usize,
    (part, whole): (usize, usize),
) -> bool {
    let (a, b) = (&passage.numbers[part], &passage.numbers[whole]);
    // 951公里,优良中等路率为89.2%,其中优良路占66.6%: theirs may come behind it.
    (part.max(whole) + 1..passage.numbers.len())
        .filter(|i| *i < index || *i > index && passage.label(*i).contains("其中"))
        .map(|i| &passage.numbers[i])
        .any(|n| n.is(Class::Share) && n.direction.is_none() && (gives(a, b, n) || gives(b, a, n)))
}

/// `应参保31200人,已缴费27456人,参保率报95.3%`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let share = &passage.numbers[index];
    if !share.is(Class::Share) || share.direction.is_some() || share.value > Decimal::ONE_HUNDRED {
        return None;
    }
    if is_in_structure(passage, index) {
        return None;
    }
    let label = told_share(passage, index);
    let name =
        label.trim_end_matches(|c: char| "达到为约是仅至已报只有近逾好在却更超过".contains(c));
    // 占比提高到67%
    let moved = ["提高", "提升", "上升", "下降", "降"];
    let name = moved.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    // 兑付进度 is the rate of what was paid.
    let name = name.strip_suffix("进度").unwrap_or(name);
    let progress = label.contains("进度");
    let rate =
        progress || ["率", "占比", "比例", "比重", "面"].iter().any(|end| name.ends_with(end));
    let of = name.contains('占');
    // 全镇卫生厕所用户占常住农户的
    let share_words = label.find('占').map_or(label.as_str(), |at| &label[at..]);
    let share_words = LEVEL.iter().fold(share_words.to_owned(), |rest, w| rest.replace(w, ""));
    let same = matches!(label.as_str(), "即" | "也就是" | "即有" | "即约" | "相当于");
    // 占比 and 比例 compare nothing.
    // 占比提高到67% is a level, and 预算执行率 is of a budget that is one of the two amounts.
    let level = if has_any(&label, &["占比", "比重"]) { LEVEL } else { &[] };
    let told = ["占比", "比重", "比例", "比率", "公共预算", "预算执行"]
        .iter()
        .chain(level)
        .fold(label.clone(), |told, word| told.replace(word, ""));
    if !(rate || of || same) || has_any(&told, NOT) || told.contains('比') {
        return None;
    }
    let before = index.checked_sub(1)?;
    let last = (0..=before).rev().find(|i| {
        let number = &passage.numbers[*i];
        let amount = number.is_amount() && !number.unit.is_empty() && !number.is(Class::Share);
        amount && passage.numbers[..*i].iter().any(|n| n.is_kin(number))
    })?;
    let like = &passage.numbers[last];
    let mut kin = role::kin(passage, 0..index, like);
    // Any two of them may be the ones that are meant.
    let any = |(x, y): (&Number, &Number)| x.value < y.value && gives(x, y, share);
    if kin.iter().any(|(_, x)| kin.iter().any(|(_, y)| any((x, y)))) {
        return None;
    }
    // 建成121个,其中今年新建19个,覆盖率…: what is told of the part has no share of its own.
    let own = |i: usize| common(&passage.around(i), name) >= 2;
    if rate
        && kin.len() > 2
        && kin.last().is_some_and(|(i, _)| passage.label(*i).starts_with("其中") && !own(*i))
    {
        kin.pop();
    }
    // 批复1265万元,支出1187.3万元,结余77.7万元 has a rate of what was spent, and 总8600万元,门票2580万元,
    // 餐饮6020万元,占比… a share of the last.
    if let [.., (_, all), (_, done), (_, left)] = kin.as_slice()
        && all.value.checked_sub(done.value) == Some(left.value)
    {
        // 当场整改615处,限期整改127处,整改率100% is of both.
        if share.value == Decimal::ONE_HUNDRED {
            return None;
        }
        kin.remove(kin.len() - if of || name.ends_with("比重") { 2 } else { 1 });
    }
    let [.., (a, whole), (b, part)] = kin.as_slice() else { return None };
    let (a, b) = (*a, *b);
    // 诊疗量占比提高到58.3% behind another number is of a thing of its own.
    if has_any(&label, LEVEL) && b + 1 != index {
        return None;
    }
    if part.value >= whole.value || whole.kind != part.kind && !progress {
        return None;
    }
    let words = passage.words(whole.at.start..share.at.start);
    // 上半年办结率 is of other cases than those of the year.
    if BASES.iter().any(|base| label.contains(base) && !passage.gap(a).contains(base)) {
        return None;
    }
    if has_any(&words, &["剔除", "扣除", "口径", "除", "不含", "之外"]) {
        return None;
    }
    if words.matches(['。', ';', '；']).count() > 1 || words.chars().count() > 80 {
        return None;
    }
    // 建议84件、提案65件,办复率100%: of two members of a list neither is in the other.
    // 用于教育、社保、农林水等领域41.36亿元 has its list before the number.
    let last_mark = passage.gap(b).chars().rev().find(|c| !c.is_alphanumeric());
    if last_mark == Some('、') && !passage.gap(b).contains('等') && !words.contains("其中") {
        return None;
    }
    // 占地区生产总值的32% is of what it names.
    if share_of(&share_words).is_some_and(|of| !of.is_empty() && !passage.around(a).contains(&of)) {
        return None;
    }
    let (own, other) = (passage.around(b), passage.around(a));
    if is_of_others(&label, &own) || is_told(passage, index, (b, a)) {
        return None;
    }
    // The rate has a word of its part or of its whole, or the part is told as one.
    let stem = name.trim_end_matches(['率', '占', '比', '例', '重']);
    let core: String = stem.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let named = common(stem, &own) >= 2
        || common(&core, &other) >= 2
        || core.chars().all(|c| own.contains(c) || other.contains(c))
        || RATES.iter().any(|(rate, parts)| name.ends_with(rate) && has_any(&own, parts));
    // 60岁以上的38名 are some of the 76.
    let inside = passage.label(b).ends_with('的')
        || has_any(&passage.label(b), &["其中", "已", "实", "里", "有"])
        || passage.noun(b).contains('了')
        || words.contains("其中");
    // A rate of what is done by some of all has no word of its own for them.
    let general =
        ["普及", "覆盖", "参与", "惠及", "建成", "通达", "受益", "安装", "入住", "使用", "签约"];
    let some =
        rate && inside && kin.len() == 2 && has_any(stem, &general) && !label.contains("面积");
    if kin.len() > 3 || kin.len() == 3 && !(named && rate) {
        return None;
    }
    if progress && !(core.chars().count() == 2 && own.contains(&core)) {
        return None;
    }
    if !(named && (rate || inside)) && !some && !(of && inside) && !same {
        return None;
    }
    let share_of = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    let rest = Decimal::ONE_HUNDRED.checked_sub(share_of)?;
    // 合格率 beside 不合格21批次 is of those that are not among them.
    let denied = has_any(&own, &["不", "未", "没"]) && !has_any(stem, &["不", "未"]);
    let value = if denied { rest } else { share_of };
    let near = (value - share.value).abs() <= Decimal::from(30);
    let either = [share_of, rest].iter().any(|v| {
        share
            .forgiving()
            .widened(Decimal::new(5, 2))
            .is_none_or(|said| said.low <= *v && *v <= said.high)
    });
    if !near || either || gives(part, whole, share) {
        return None;
    }
    let terms = if denied {
        format!("({0}-{1})÷{0}", passage.words(whole.at.clone()), passage.words(part.at.clone()))
    } else {
        format!("{}÷{}", passage.words(part.at.clone()), passage.words(whole.at.clone()))
    };
    let message = format!(
        "{terms}={}%,不是{};请核对比例或两个数",
        decimal_text(value.round_dp(share.digit.scale().max(1))),
        passage.words(share.at.clone())
    );
    let also: [&Number; 2] = [part, whole];
    Some(share.mark(passage.paper, message, &also))
}
