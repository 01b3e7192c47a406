//! What moved a stock, or is kept elsewhere, that a clause tells without a number: 户口迁出明显多于迁入,
//! 其余存放在乡镇库点, 调出变动见附表.

use ::figure::Decimal;

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::role;
use crate::figure::reading::slip::{is_slip, is_slip_of};

/// Words by which some of what belongs to the stock is told elsewhere, or counted apart.
const ELSEWHERE: &[&str] = &[
    "见附",
    "详见",
    "另表",
    "另行",
    "另册",
    "另账",
    "另计",
    "另有台账",
    "见台账",
    "见表",
    "未列",
    "未计",
    "不计入",
    "不列入",
    "不在此",
    "未含",
    "不含",
    "未包含",
    "不包含",
    "未包括",
    "不包括",
    "未统计",
    "未纳入统计",
    "另有部分",
    "另有一批",
    "另有少",
    "此数",
    "其余",
    "单列",
    "单独",
    "差额",
    "差异",
    "不占",
];

/// Words by which some are left out of what is told.
const UNCOUNTED: &[&str] = &["未列入", "未计入", "不计入", "不列入", "未包含", "未包括", "未统计"];

/// Words of so many that nobody counted them, or of what goes on beside what is told.
const SOME: &[&str] = &[
    "也",
    "还",
    "另",
    "部分",
    "一批",
    "一些",
    "陆续",
    "继续",
    "明显",
    "多于",
    "少于",
    "大于",
    "小于",
    "高于",
    "相应",
    "个别",
    "不少",
    "若干",
    "许多",
    "大量",
    "多数",
    "少数",
    "有的",
    "自然",
    "随之",
    "逐步",
    "自动",
    "随时",
    "有所",
    "相继",
    "先后",
    "持续",
    "各类",
    "其他",
    "因",
    "按规定",
    "随即",
    "同步",
    "照常",
];

/// Words of coming and going beside those that stand before a number.
const MOVES: &[&str] = &[
    "迁", "流向", "流失", "转为", "转所", "折旧", "腾退", "带走", "调剂", "划转", "变动", "增减",
    "销毁", "上缴", "补足", "借调", "失效",
];

/// Words by which nothing of the kind happened.
const DENIED: &[&str] = &["没有", "无", "未", "不再", "不存在", "杜绝", "零"];

/// Whether a clause without a number speaks of what else moved a stock, where its gap is none that a
/// slip of the pen makes.
pub(super) fn is_hinted(passage: &Passage<'_>, terms: &[&Number], gap: Decimal) -> bool {
    let Some(like) = terms.first() else { return false };
    // Of round numbers the noughts behind their digits are no proof.
    let off = |number: &Number, by: Decimal| {
        let value = number.value.checked_add(by);
        value.is_some_and(|value| is_slip_of(number, value) && is_slip(number.value, value))
    };
    let slipped = terms.iter().any(|n| off(n, gap) || off(n, -gap));
    let hinted = clauses(passage, like);
    hinted.iter().any(|clause| has_any(clause, UNCOUNTED))
        || !slipped && hinted.iter().any(|clause| hints(clause))
}

/// Whether a clause hints at what is not told in numbers.
fn hints(clause: &str) -> bool {
    // 居民收入也明显提高 is nothing that comes in.
    let own = clause.replace("收入", "").replace("支出", "");
    let moved = || has_any(&own, MOVES) || role::told(&own).is_some();
    has_any(&own, ELSEWHERE) || has_any(&own, SOME) && !has_any(&own, DENIED) && moved()
}

/// The clauses of a passage, and of the sentence behind it, in which no number of a kind stands.
fn clauses(passage: &Passage<'_>, like: &Number) -> Vec<String> {
    let words: Vec<char> = passage.words_on().chars().collect();
    let start = passage.range.start;
    let told: Vec<_> = passage.numbers.iter().filter(|n| n.is_kin(like)).map(|n| &n.at).collect();
    let mut found = Vec::new();
    let mut from = 0;
    for at in 0..=words.len() {
        if words.get(at).is_none_or(|c| is_clause_mark(*c)) {
            let range = start + from..start + at;
            if told.iter().all(|n| n.end <= range.start || range.end <= n.start) {
                found.push(words[from..at].iter().collect());
            }
            from = at + 1;
        }
    }
    found
}
