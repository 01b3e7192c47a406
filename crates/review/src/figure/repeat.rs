//! The same figure told twice with two values.

use std::collections::BTreeMap;

use ::figure::{Class, Decimal};
use pack::ReviewRule;

use super::reading::key::{self, Stated};
use super::reading::passage::passages;
use crate::finding::Mark;
use crate::paper::Paper;

mod again;
mod attribute;
mod definite;
mod echo;
mod explained;
mod governed;
mod happened;
mod measure;
mod namesake;
mod rate;
pub(super) mod renamed;
mod resembling;
mod retold;
mod rows;
mod standing;
mod told;
mod turned;
mod twice;

/// Marks figures that another place of the text gives otherwise.
pub(super) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let passages = passages(paper);
    let stated = key::stated(paper, &passages);
    let mut named: BTreeMap<&str, Vec<&Stated<'_>>> = BTreeMap::new();
    for one in &stated {
        named.entry(&one.key).or_default().push(one);
    }
    let mut marks = Vec::new();
    for all in named.values() {
        marks.extend((1..all.len()).filter_map(|at| otherwise(paper, all, at)));
    }
    marks.extend(echo::find(paper, &passages));
    marks.extend(twice::find(paper, &passages));
    marks.extend(retold::find(paper, &passages));
    marks.extend(rows::find(&passages));
    marks.extend(governed::find(&passages));
    marks.extend(rate::find(paper, &passages));
    marks.extend(measure::find(paper, &passages));
    marks.retain(|mark| !explained::is_explained(paper, &passages, mark));
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by_key(|mark| mark.at.clone());
    marks
}

/// Marks a figure that an earlier one of the same name tells otherwise.
fn otherwise(paper: &Paper, named: &[&Stated<'_>], at: usize) -> Option<Mark> {
    let later = named[at];
    let group: Vec<&Stated<'_>> =
        named[..at].iter().copied().filter(|earlier| is_same(earlier, later)).collect();
    // Three and more values of one name are of as many things.
    let earlier = group.first()?;
    // 2024年发展党员18名。全年发展党员18名: the value of one of the times that were told.
    let known = named[..at].iter().any(|other| {
        other.number.is_alike(later.number)
            && (other.year.is_none() || later.year.is_none() || other.year == later.year)
            && agrees(other, later)
    });
    let values = named.iter().filter(|other| is_same(other, later)).take(4).count();
    if values > 3 || known || is_part(named, later) || !is_plain(later) {
        return None;
    }
    let (a, b) = (paper.words(earlier.number.at.clone()), paper.words(later.number.at.clone()));
    let message = format!("“{}”前面写{a},这里写{b},前后不一致;请核对", later.key);
    Some(later.number.mark(paper, message, &[earlier.number]))
}

/// Whether two of one name make a third one: 市区30294人、四县23347人 of 全市53641人.
fn is_part(named: &[&Stated<'_>], own: &Stated<'_>) -> bool {
    let alike = || named.iter().filter(|other| other.number.is_alike(own.number));
    alike().any(|other| {
        let sum = own.number.value.checked_add(other.number.value);
        alike().any(|whole| Some(whole.number.value) == sum)
    })
}

fn is_same(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let period = a.period == b.period
        || (a.period.is_empty() && b.is_year())
        || (b.period.is_empty() && a.is_year());
    a.key == b.key
        && a.number.is_alike(b.number)
        && a.places == b.places
        && a.year == b.year
        && a.span == b.span
        && is_near(a, b)
        && a.passage != b.passage
        && period
}

/// Whether the two can be of one value.
fn agrees(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let digit = a.number.digit.max(b.number.digit);
    let alike = a.number.digit == b.number.digit && a.number.is_exact() && b.number.is_exact();
    let room = if alike { Decimal::ZERO } else { digit };
    a.number.extent.widened(room).is_none_or(|a| a.meets(b.number.extent))
}

/// Words of what happens again and again, so that each time has its own number.
const EVENTS: &[&str] = &[
    "开展",
    "召开",
    "组织",
    "举办",
    "发放",
    "排查",
    "查处",
    "整改",
    "发现",
    "争取",
    "投入",
    "引进",
    "新建",
    "实施",
    "培训",
    "走访",
    "化解",
    "解决",
    "收集",
    "清理",
    "修建",
    "建设",
    "建成",
    "安装",
    "种植",
    "开设",
    "设立",
    "成立",
    "巡查",
    "检查",
    "拨付",
    "补贴",
    "帮助",
    "帮扶",
    "受理",
    "办理",
    "立案",
    "处置",
    "劝导",
    "张贴",
    "悬挂",
    "慰问",
    "参加",
    "参与",
    "带动",
    "提供",
    "安排",
    "落实",
    "签订",
    "硬化",
    "拆除",
    "改造",
    "邀请",
    "选派",
    "收到",
    "接待",
    "打造",
    "创建",
    "筹集",
    "捐赠",
    "购买",
    "采购",
    "推荐",
    "评选",
    "表彰",
    "动员",
    "出动",
    "播放",
    "推送",
    "转发",
    "制作",
    "发送",
    "制定",
    "印发",
    "报送",
    "上报",
    "审批",
    "核查",
    "抽查",
    "录入",
    "采集",
    "转移",
    "救助",
    "资助",
    "开通",
    "配备",
    "聘请",
    "聘用",
    "招聘",
    "储备",
    "培育",
    "培养",
    "申报",
    "获批",
    "流转",
    "租赁",
    "支付",
    "兑现",
    "缴纳",
    "征收",
    "签约",
    "完善",
    "治理",
    "造林",
    "造林种草",
    "务工",
    "处罚",
    "救助",
    "销售",
];

fn is_plain(stated: &Stated<'_>) -> bool {
    let key = ["种植面积", "养殖面积", "建筑面积", "建设用地"]
        .iter()
        .fold(stated.key.clone(), |key, noun| key.replace(noun, ""));
    // A rate is one figure, whatever is done with what it is of.
    stated.number.is(Class::Share) || !EVENTS.iter().any(|event| key.contains(event))
}

/// Values far apart are of two things, whatever they are called: a slip changes a digit.
fn is_near(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let (small, large) = if a.number.value < b.number.value { (a, b) } else { (b, a) };
    small.number.value.checked_mul(Decimal::TWO).is_none_or(|most| most >= large.number.value)
}
