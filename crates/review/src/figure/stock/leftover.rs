//! What is left to do of a task, told in another section than the task and what was done of it:
//! 体检1830人,占应体检2440人的75%; and in the plans 完成剩余的510名….

use crate::figure::reading::alike::{bare, shared};
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::finding::Mark;
use crate::paper::Paper;

const LEFT: &[&str] = &["剩余", "剩余的", "剩下", "剩下的", "余下", "余下的"];
const TASK: &[&str] = &["应", "任务", "目标", "计划", "指标"];

/// Words of work that any task may be told with.
const WORK: &[&str] = &[
    "改造",
    "建设",
    "整治",
    "任务",
    "项目",
    "工程",
    "完成",
    "推进",
    "实施",
    "全部",
    "上半年",
    "下半年",
    "确保",
    "加快",
    "抓紧",
    "工作",
    "年度",
    "目标",
    "计划",
    "收入",
];

/// The sentences before what is left in which its task may be told: those of a long report.
const REACH: usize = 500;

/// Marks what is left where the one task that its words are of leaves something else.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let own = key::own_place(paper);
    for (at, passage) in passages.iter().enumerate() {
        for (index, left) in passage.numbers.iter().enumerate() {
            let label = passage.label(index);
            let fits = LEFT.iter().any(|word| label.ends_with(word)) && is_plain(left);
            let told = passage.numbers[..index].iter().any(|n| n.is_alike(left));
            let lead = passage.words(passage.range.start..left.at.start);
            let placed = key::places(&lead).iter().any(|place| Some(place.as_str()) != own);
            if !fits || told || placed {
                continue;
            }
            let behind = passage.words(left.at.end..passage.range.end);
            let behind = behind.split(is_clause_mark).next().unwrap_or_default();
            let before = &passages[at.saturating_sub(REACH)..at];
            if !is_known(behind, before) {
                continue;
            }
            let topic = topic(&format!("{label}\n{behind}"));
            marks.extend(differs(before, &topic, passage, left));
        }
    }
    marks
}

/// Whether the noun behind what is left was told before: 剩余420名大学生 are of the students only.
fn is_known(behind: &str, before: &[Passage<'_>]) -> bool {
    const DEEDS: &[&str] = &["尽", "及时", "参", "发放", "拨付", "兑付", "按", "年", "到", "全"];
    let noun: String = behind.trim_start_matches('的').chars().take(2).collect();
    let deed = WORK.iter().chain(DEEDS).any(|word| noun.starts_with(word));
    noun.is_empty() || deed || before.iter().any(|p| p.words(p.range.clone()).contains(&noun))
}

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && !number.unit.is_empty()
}

fn topic(words: &str) -> String {
    let rest = WORK.iter().chain(LEFT).fold(words.to_owned(), |rest, w| rest.replace(w, "\n"));
    rest.split('\n').map(bare).collect::<Vec<_>>().join("\n")
}

fn differs(
    before: &[Passage<'_>],
    topic: &str,
    passage: &Passage<'_>,
    left: &Number,
) -> Option<Mark> {
    let kin = || before.iter().flat_map(|p| &p.numbers).filter(|n| n.is_alike(left));
    // What is told as that elsewhere is what is meant.
    if kin().any(|n| n.value == left.value) {
        return None;
    }
    let mut tasks = before.iter().flat_map(|p| {
        (1..p.numbers.len()).filter_map(move |index| task(p, index, left).map(|(w, d)| (p, w, d)))
    });
    let mut own = tasks.by_ref().filter(|(p, whole, done)| {
        let first = (*whole).min(*done);
        let clause = format!("{}\n{}", p.label(first), p.between(first, (*whole).max(*done)));
        shared(&self::topic(&clause), topic).chars().count() >= 2
    });
    let (of, whole, done) = own.next().filter(|_| own.next().is_none())?;
    let (whole, done) = (&of.numbers[whole], &of.numbers[done]);
    let rest = whole.value.checked_sub(done.value)?;
    let fits = whole.rounded().minus(done.rounded())?.meets(left.forgiving());
    let near = (rest - left.value).abs().checked_add(rest)? <= whole.value;
    (!fits && near).then(|| {
        let paper = passage.paper;
        let words = |n: &Number| paper.words(n.at.clone());
        let message = format!(
            "前面写任务{}、完成{},剩余应为{},这里写{};请核对",
            words(whole),
            words(done),
            left.told(paper, rest),
            words(left)
        );
        left.mark(paper, message, &[whole, done])
    })
}

/// A task and what was done of it, right beside each other, in whatever order; the second of the
/// two stands at a place.
fn task(passage: &Passage<'_>, second: usize, left: &Number) -> Option<(usize, usize)> {
    let numbers = &passage.numbers;
    let first = second - 1;
    let gap = passage.between(first, second);
    let near = gap.chars().count() <= 16 && !gap.contains(['。', ';', '；', '、']);
    let plain =
        [first, second].iter().all(|i| is_plain(&numbers[*i]) && numbers[*i].is_alike(left));
    let tasked = |i: usize| has_any(&passage.label(i), TASK);
    let (whole, done) = match (tasked(first), tasked(second)) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ => return None,
    };
    (near && plain && numbers[done].value < numbers[whole].value).then_some((whole, done))
}
