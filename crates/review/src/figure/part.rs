//! A part that is more than the whole it is taken from.

use ::figure::Class;
use pack::ReviewRule;

use super::direction::due;
use super::period::dated;
use super::reading::alike::{common, shared};
use super::reading::change::{change, is_start};
use super::reading::key;
use super::reading::number::Number;
use super::reading::passage::{Passage, across, has_any, pairs, passages, triples};
use super::reading::role::is_distance;
use super::repeat::renamed::is_year_over;
use super::sum::parts::{self, Join, Parts};
use crate::finding::Mark;
use crate::paper::Paper;

mod aged;
mod among;
mod beside;
mod classes;
mod deed;
mod disjoint;
mod foremost;
mod inside;
mod inspected;
mod said;
mod stepped;
mod within;

/// Words of a mean or of what each costs or yields.
const MEANS: &[&str] = &["均", "亩产", "单产", "单价", "售价", "年龄", "每"];

/// Marks parts behind 其中 that exceed what they are part of.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    // 多出来的是外来务工人员 says why a part is more than its whole.
    let mut sentences = passages(paper);
    sentences.retain(|passage| {
        let words = passage.words(passage.range.clone());
        let abroad = ["外乡", "外镇", "外县", "外村", "外地", "外来"];
        let more = ["多出来的", "多出的", "超出部分", "超出的", "含外", "含周边"];
        let others = words.contains("包含") && has_any(&words, &abroad);
        !others && !has_any(&words, &more)
    });
    for passage in &sentences {
        let all: Vec<Option<Parts>> =
            (0..passage.numbers.len()).map(|whole| parts::behind(passage, whole)).collect();
        for parts in all.iter().flatten().filter(|parts| parts.join == Join::Among) {
            let nested = all.iter().flatten().any(|other| other.members.contains(&parts.whole));
            marks.extend(announced(passage, parts, nested));
        }
    }
    let wider = pairs(&sentences);
    for passage in sentences.iter().chain(&wider) {
        // 参保33.1万人(含外来务工人员): brackets say who is counted besides.
        let with = |i: usize| {
            let behind = &passage.paper.chars[passage.numbers[i].at.end..passage.range.end];
            matches!(behind, ['（' | '(', '含', ..] | ['含', ..]) || is_with_more(passage, i)
        };
        let now: Vec<usize> = (1..passage.numbers.len())
            .filter(|i| !with(*i) && !is_later(passage, *i) && !is_with_others(passage, *i))
            .filter(|i| !is_of_mean(passage, *i) && !is_sown(&passage.label(*i)))
            .collect();
        let now = || now.iter().copied();
        marks.extend(now().filter_map(|i| among::exceeding(passage, i)));
        let all = || 0..passage.numbers.len();
        marks.extend(all().filter_map(|i| classes::find(passage, i)));
        marks.extend(all().filter_map(|i| disjoint::find(passage, i)));
        marks.extend(all().filter_map(|i| deed::added(passage, i)));
        marks.extend(all().filter_map(|i| deed::largest(passage, i)));
        marks.extend(now().filter_map(|i| due::attended(passage, i)));
        marks.extend(now().filter_map(|i| aged::find(passage, i)));
        marks.extend(now().filter_map(|i| {
            let larger = || is_larger(passage, i).then_some(i);
            within::find(passage, i)
                .or_else(|| within::all_of(passage, i))
                .or_else(|| said::find(passage, i))
                .or_else(|| within::some_have(passage, i))
                .or_else(|| inside::in_territory(passage, larger()?))
                .or_else(|| inside::said_inside(passage, larger()?))
                .or_else(|| inside::by_nature(passage, larger()?))
                .or_else(|| inside::one_each(passage, i))
                .or_else(|| foremost::find(passage, larger()?))
                .or_else(|| inspected::find(passage, i))
                .or_else(|| inspected::dutiful(passage, i))
                .or_else(|| inspected::came_through(passage, i))
                .or_else(|| stepped::of_every(passage, larger()?))
                .or_else(|| stepped::above(passage, larger()?))
                .or_else(|| deed::succeeded(passage, larger()?))
                .or_else(|| deed::among_them(passage, larger()?))
                .or_else(|| deed::of_name(passage, larger()?))
                .or_else(|| classes::of_these(passage, larger()?))
        }));
    }
    for passage in across(&sentences) {
        marks.extend(
            (1..passage.numbers.len())
                .filter(|i| !is_of_mean(&passage, *i))
                .filter_map(|i| within::all_of(&passage, i).or_else(|| within::find(&passage, i))),
        );
    }
    for passage in triples(&sentences) {
        let of_total = (1..passage.numbers.len()).filter(|i| !is_of_mean(&passage, *i));
        marks.extend(of_total.filter_map(|i| within::find(&passage, i)));
    }
    marks.retain(|mark| !beside::is_of_aside(paper, mark) && !beside::is_beside(paper, mark));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Whether words are of land as it is sown, which is counted at each harvest of a year.
fn is_sown(words: &str) -> bool {
    has_any(words, &["播种面积", "复种", "播面"])
}

/// Whether something told before a number is less than it, as a whole is than a part that exceeds
/// it: few numbers are, and the words of those alone need to be looked at.
fn is_larger(passage: &Passage<'_>, index: usize) -> bool {
    let part = &passage.numbers[index];
    passage.numbers[..index]
        .iter()
        .any(|all| all.is_kin(part) && part.rounded().low > all.forgiving().high)
}

/// Whether more than what was told before is counted: 连同上年结转资金,全年累计支付4230万元.
fn is_with_more(passage: &Passage<'_>, index: usize) -> bool {
    let (start, end) = (passage.range.start, passage.numbers[index].at.start);
    let stop = passage.paper.chars[start..end].iter().rposition(|c| *c == '。');
    let own = passage.words(stop.map_or(start, |stop| start + stop + 1)..end);
    has_any(&own, &["连同", "加上上年", "加上结转"])
}

/// Marks a part that is more than its whole.
pub(super) fn exceeds(passage: &Passage<'_>, all: &Number, part: &Number) -> Mark {
    let words = |number: &Number| passage.words(number.at.clone());
    let message = format!("部分{}大于总数{}:部分不能多于全部;请核对", words(part), words(all));
    part.mark(passage.paper, message, &[all])
}

/// Whether what stands before a number is a mean, which is less than the most: 亩产650公斤,其中示范片820
/// 公斤. A mean income still has its parts.
fn is_of_mean(passage: &Passage<'_>, index: usize) -> bool {
    let number = &passage.numbers[index];
    let whole = (0..index).rev().find(|i| passage.numbers[*i].is_kin(number));
    let own = passage.label(index);
    whole.is_some_and(|whole| has_any(&passage.label(whole), MEANS))
        && !own.ends_with("收入")
        && !own.ends_with("支出")
}

/// Whether a number is of more than what was told before, or of others: 参加活动的党员群众 beside 党员, and
/// 学生家长 beside 学生.
fn is_with_others(passage: &Passage<'_>, index: usize) -> bool {
    const WITH: &[&str] = &[
        "群众", "干部", "职工", "家属", "家长", "亲属", "子女", "居民", "村民", "志愿", "代表",
        "教师", "及", "和", "与",
    ];
    let number = &passage.numbers[index];
    let Some(whole) = (0..index).rev().find(|i| passage.numbers[*i].is_kin(number)) else {
        return false;
    };
    let own = passage.around(index);
    let noun = shared(&passage.around(whole), &own);
    noun.chars().count() >= 2
        && number.is(Class::Persons)
        && own
            .split_once(&noun)
            .is_some_and(|(_, rest)| WITH.iter().any(|word| rest.starts_with(word)))
}

/// Whether a number is of another day or month than the one of its kind before it: 6月末参保14.62万
/// 人。到12月末参保14.95万人.
fn is_later(passage: &Passage<'_>, index: usize) -> bool {
    let number = &passage.numbers[index];
    let before = passage.numbers[..index].iter().rev().find(|n| n.is_kin(number));
    let Some(before) = before else { return false };
    let dates = dated::told(passage);
    let last = |from: usize, to: usize| {
        dates.iter().rev().find(|date| from <= date.at.start && date.at.end <= to)
    };
    let first = last(passage.range.start, before.at.start);
    let second = last(before.at.end, number.at.start);
    let (Some(first), Some(second)) = (first, second) else {
        let was = passage.words(passage.range.start..before.at.start);
        let is = passage.words(before.at.end..number.at.start);
        if is_year_over(&was, &is) {
            return true;
        }
        let first = key::year(&was, None);
        // 仅2022年一年就消化41万平方米 is within the years before.
        let within = has_any(&passage.label(index), &["仅", "光", "单", "就", "其中"]);
        return first.is_some()
            && !within
            && key::year(&is, None).is_some_and(|own| Some(own) != first);
    };
    let apart =
        passage.words(before.at.end..second.at.start).contains(['。', ';', '；', '，', ',']);
    apart && (first.month, first.day) != (second.month, second.day)
}

/// `共有128家。…已有131家安装了…,剩下的年底前装完`.
pub(super) fn leaves_some(
    passage: &Passage<'_>,
    whole: usize,
    part: usize,
    label: &str,
    gap: &str,
) -> bool {
    let done = label.contains('已') || label.ends_with('有') || label.starts_with('有');
    let end = passage.numbers.get(part + 1).map_or(passage.range.end, |n| n.at.start);
    let tail = passage.words(passage.numbers[part].at.end..end);
    let rest = [
        "剩下",
        "剩余",
        "其余",
        "余下",
        "未完成的",
        "没有完成的",
        "尚未",
        "未交付",
        "未验收",
        "未开工",
        "还没",
        "只剩",
        "仅剩",
    ];
    let begins = tail.split([',', '，']).nth(1).is_some_and(|next| {
        ["剩余", "其余", "余下", "剩下"].iter().any(|word| next.starts_with(word))
    });
    // 生态护林员64名,71名为脱贫户护林员
    let noun = shared(&passage.label(whole), &passage.noun(part));
    // 总投资中车购税补助11400万元 is a part itself.
    let inner = passage.label(whole).contains('中');
    let all = ["全村", "全镇", "全县", "全乡", "共", "安排", "规划", "设计"];
    let called = has_any(&passage.gap(whole), &all) || has_any(&passage.label(whole), among::ALL);
    let total = called && !inner
        || begins && noun.chars().count() >= 3 && passage.label(whole).ends_with(&noun);
    total
        && (done || begins)
        && has_any(&tail, &rest)
        && gap.matches('。').count() <= 1
        && !gap.contains([';', '；'])
}

/// Whether a number is only how far two others are apart: 实招19家,超额4家,其中连锁品牌6家.
pub(super) fn is_difference(label: &str) -> bool {
    let bare = label.trim_end_matches(|c: char| "额了出收支招完成任务计划".contains(c));
    bare.ends_with(['多', '少', '超', '差', '缺'])
}

fn announced(passage: &Passage<'_>, parts: &Parts, nested: bool) -> Vec<Mark> {
    let whole = parts.whole;
    // 8个社区中,已有21个住宅小区: others than the communities are counted.
    let (of, thing) = (passage.noun(whole), passage.noun(parts.members[0]));
    let named = of.chars().count() >= 2 && thing.chars().count() >= 2;
    if named && passage.numbers[whole].counter == "个" && common(&of, &thing) < 2 {
        return Vec::new();
    }
    let total = &passage.numbers[whole];
    // 三项工程,其中道路工程4处: the works of a kind are counted otherwise than the kinds.
    if total.counter == "项" && passage.numbers[parts.members[0]].counter != "项" {
        return Vec::new();
    }
    if total.is(Class::Share) || total.unit.is_empty() || total.direction.is_some() {
        return Vec::new();
    }
    // 其中城区教师由1298人增至1320人 tells how a number moved.
    if is_of_mean(passage, parts.members[0]) || is_start(&passage.label(parts.members[0])) {
        return Vec::new();
    }
    // 全部过10万元,其中过20万元的9个: a threshold is no part.
    let first = passage.label(parts.members[0]);
    if ["过", "超", "超过", "突破", "不足", "达到"].iter().any(|word| first.ends_with(word))
    {
        return Vec::new();
    }
    // 比年初多3名,其中新发展8名: a balance is less than what came.
    if is_difference(&passage.label(whole)) {
        return Vec::new();
    }
    // 在编43名,另聘编外19名,其中护士28名 are of both.
    if whole > 0 && has_any(&passage.label(whole), &["另", "还有", "外加", "再加", "以及"])
    {
        return Vec::new();
    }
    // A second 其中 may go back to the first whole.
    // Behind an opening bracket or a semicolon it goes to the number right before.
    let first = parts.members[0];
    // Behind a full stop it may go back to any sentence of its line.
    let part = &passage.numbers[first];
    let above = |n: &Number| n.is_alike(part) && n.value >= part.value;
    if passage.between(whole, first).contains('。') && passage.told_before(200).iter().any(above) {
        return Vec::new();
    }
    let own = passage.between(whole, first).contains(['(', '（'])
        || passage.gap(whole).contains([';', '；']);
    // 新增就业4260人,再就业915人,其中城关镇新增就业1180人 goes back to the one of its name.
    let member = passage.around(first);
    let again = (0..whole).any(|i| shared(&passage.around(i), &member).chars().count() >= 4);
    // Behind a semicolon it goes back to the whole list.
    let apart = passage.between(whole, first).contains([';', '；']);
    // 实招19家,超额4家,其中连锁6家: a distance has no parts, but what it is the distance of.
    let distance = is_distance(&passage.label(whole));
    // 已接种首针2318人,其中接种两针2371人 goes on with the number right before.
    let own = own || shared(&passage.around(whole), &member).chars().count() >= 3 && !again;
    let from = if apart || distance || (nested || again) && !own { 0 } else { whole };
    // 比年初增加14.20亿元,其中住户存款158.24亿元: nor has a change, but what it is told of.
    let label = passage.label(whole);
    let changed = label.contains(['比', '较'])
        && change(&label).is_some()
        && passage.numbers[..whole].iter().any(|n| n.is_alike(total));
    let from = if changed { 0 } else { from };
    let largest = passage.numbers[from..=whole]
        .iter()
        .filter(|number| number.is_alike(total))
        .map(|number| number.forgiving().high)
        .max();
    // Behind a comma a new clause may have begun.
    let told = |i: &&usize| {
        let label = passage.label(**i);
        let first = passage.label(parts.members[0]);
        // 洒水车12辆,清扫车41辆 are called alike.
        let alike = label.chars().count() <= 6
            && first.chars().last() == label.chars().last()
            && !passage.gap(**i).contains([';', '；', '。']);
        alike && !label.is_empty()
            || label.ends_with('的')
            || label.ends_with("的有")
            || has_any(&label, &["岁", "学历", "党员"])
    };
    let some = parts.members.iter().skip(1).take_while(told).count();
    let sure = if parts.tight { parts.members.len() } else { 1 + some };
    // What was carried over or adds up over the years is no part of this year's.
    let carried = |i: &usize| {
        has_any(
            &passage.around(*i),
            &[
                "上年", "往年", "历年", "结转", "存量", "累计", "跨年", "原有", "历史", "以前",
                "年末", "年底", "总",
            ],
        )
    };
    // 化解53件,其中往年积案59件: what was done may be of earlier years as well.
    let done = has_any(&passage.label(whole), &["化解", "办结", "整改", "完成", "审结", "调处"]);
    // 人均1.8万元,其中最高的村2.4万元: the one that has most is no part of a mean.
    let most = |i: &usize| total.per && passage.label(*i).contains('最');
    // 高效节水灌溉2.1万亩含往年续建 is of more than its whole.
    let with = |i: &usize| passage.noun(*i).starts_with('含');
    let members = parts.members[..sure].iter();
    // 新建产业项目12个,其中大棚340座: what a project builds is no part of how many there are.
    let built = |i: &usize| {
        let counter = &passage.numbers[*i].counter;
        let projects =
            passage.noun(whole).contains("项目") || passage.label(whole).ends_with("项目");
        total.counter == "个" && !counter.is_empty() && counter != "个" && projects
    };
    let members = members.filter(|i| (done || !carried(i)) && !most(i) && !with(i) && !built(i));
    // 应参保21460人 is told as what is to be, and those who did are some of them.
    let due = passage.label(whole).contains('应') && total.kind == prose::Kind::Plan;
    let exceeding = members.map(|i| &passage.numbers[*i]).filter(|part| {
        (part.kind == total.kind || due) && largest.is_some_and(|most| part.rounded().low > most)
    });
    exceeding
        .map(|part| {
            let words = |number: &Number| passage.words(number.at.clone());
            let message =
                format!("其中{}大于总数{}:部分不能多于全部;请核对", words(part), words(total));
            part.mark(passage.paper, message, &[total])
        })
        .collect()
}
