//! Parts that no 其中 announces: 光是这一段就修了27公里, 享受资助的幼儿260名.

use ::figure::Class;

use super::alike::shared;
use super::number::Number;
use super::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words before a part of what was said right before.
const OF: &[&str] = &[
    "光是", "单是", "仅仅", "单单", "仅这", "光这", "属于", "属", "当中", "里面", "里头", "之中",
    "内有", "中有", "中已有", "这当中", "这里面", "含", "内含", "均在其中", "其中",
];

/// Words before all there is.
const ALL: &[&str] = &[
    "现有", "共有", "在册", "在园", "在校", "在职", "在岗", "辖", "常住", "总", "全镇有", "全村有",
    "全乡有", "全县有", "登记", "共", "名单", "应", "摸排", "报名", "参加", "出生",
];

/// A part that is more than the whole before it.
pub(super) fn exceeding(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    let label = passage.label(index);
    let gap = passage.gap(index);
    let whole = (0..index).rev().find(|i| numbers[*i].is_alike(part))?;
    let all = &numbers[whole];
    let plain = [all, part].iter().all(|n| {
        n.direction.is_none()
            && !n.per
            && n.class.is_some_and(|class| {
                !matches!(
                    class,
                    Class::Share
                        | Class::Points
                        | Class::Multiples
                        | Class::Years
                        | Class::Days
                        | Class::Months
                        | Class::Rank
                )
            })
    });
    let same = all.unit == part.unit && all.kind == part.kind;
    if !plain || !same || part.rounded().low <= all.forgiving().high || index - whole > 2 {
        return None;
    }
    // What came before, elsewhere or in other years is no whole of it.
    let other = ["去年", "上年", "同期", "历年", "往年", "累计", "比", "较", "增", "另", "次", "目标", "任务", "计划"];
    if has_any(&label, &other) || has_any(&passage.label(whole), &["新增", "其中", "同比", "只有", "仅", "以来"]) {
        return None;
    }
    let years = passage.between(whole, index);
    if has_any(&years, &["今年", "本年", "当年", "明年"]) {
        return None;
    }
    let said = marked(&label)
        || is_some_of(passage, whole, index, &label)
        || leaves_some(passage, whole, index, &label, &gap);
    said.then(|| message(passage, all, part))
}

fn message(passage: &Passage<'_>, all: &Number, part: &Number) -> Mark {
    let words = |number: &Number| passage.words(number.at.clone());
    let message = format!("部分{}大于总数{}:部分不能多于全部;请核对", words(part), words(all));
    part.mark(passage.paper, message, &[all])
}

/// Whether a label begins with words for a part: 光是, 属.
fn marked(label: &str) -> bool {
    OF.iter().any(|word| label.starts_with(word))
}

/// `在园幼儿240名,享受资助的幼儿260名`: the same noun with something told of it.
fn is_some_of(passage: &Passage<'_>, whole: usize, part: usize, label: &str) -> bool {
    let (all, own) = (passage.around(whole), passage.around(part));
    let noun = shared(&all, &own);
    let length = noun.chars().count();
    if length < 2 || !has_any(&passage.label(whole), ALL) {
        return false;
    }
    let told = format!("的{noun}");
    // The noun ends the words before both numbers, or stands right behind both.
    let heads = passage.label(whole).ends_with(&noun)
        || passage.noun(whole).starts_with(&noun);
    heads && own.contains(&told) && !label.starts_with(&noun)
}

/// `共有128家。…已有131家安装了…,剩下的年底前装完`.
fn leaves_some(
    passage: &Passage<'_>,
    whole: usize,
    part: usize,
    label: &str,
    gap: &str,
) -> bool {
    let done = ["已有", "已", "有", "已经有"].iter().any(|word| label.ends_with(word) || label.starts_with(word));
    let end = passage.numbers.get(part + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(passage.numbers[part].at.end..end);
    let rest = ["剩下", "剩余", "其余", "余下", "未完成的", "没有完成的", "尚未", "还没"];
    has_any(&passage.label(whole), ALL)
        && done
        && has_any(&tail, &rest)
        && gap.matches('。').count() <= 1
        && !gap.contains([';', '；'])
}
