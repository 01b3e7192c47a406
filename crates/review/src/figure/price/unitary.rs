//! What a rate is for one of, as the words before it say: 户均, 每千人, 每生每天, 平均每季度.

use super::lapse::Beat;
use crate::figure::reading::each::Each;
use crate::figure::reading::passage::{Passage, has_any};

/// What a rate is for one of, as the words before it say.
#[derive(Default)]
pub(super) struct By {
    pub(super) each: Option<Each>,
    /// What is counted, as it is named: 老人 in 每百名老人.
    pub(super) name: String,
    pub(super) beat: Option<Beat>,
    /// Whether it follows from its total, as a mean does.
    pub(super) is_mean: bool,
    /// Whether it is for a hundred, a thousand or ten thousand heads.
    pub(super) is_of_many: bool,
    /// Whether it is for each person.
    pub(super) is_of_heads: bool,
}

/// Words of time behind 每, the longest first.
const TIMES: &[(&str, Option<Beat>)] = &[
    ("工作日", Some(Beat::Day)),
    ("天", Some(Beat::Day)),
    ("日", Some(Beat::Day)),
    ("季", Some(Beat::Quarter)),
    ("月", Some(Beat::Month)),
    ("周", Some(Beat::Week)),
    ("星期", Some(Beat::Week)),
    ("年", None),
];

/// The words behind a number of heads up to the heads: 每千(常住人口), 每百(名老人).
const HUNDREDS: &[(&str, &str)] = &[("百", "百人"), ("千", "千人"), ("万", "万人")];

/// Words for all the people there are.
pub(super) const PEOPLE: &[&str] = &["人口", "常住", "户籍"];

/// Whoever is counted by heads.
const PERSONS: &[&str] = &[
    "师", "职工", "学生", "老人", "孩子", "党员", "农民", "社员", "股东", "村民", "教师", "医生",
    "居民", "儿童", "工人", "员工", "人员", "队员", "干部", "学员", "考生", "社工", "成员",
];

impl By {
    /// Reads the words right before a rate.
    pub(super) fn read(label: &str) -> Option<By> {
        let mean = ["均", "摊", "折合", "合每", "折算", "相当于每"];
        // 均按每户2.5万元的标准补助 is said of all.
        let told = label.replace("均按", "").replace("均为", "").replace("均以", "");
        let mut by = By { is_mean: has_any(&told, &mean), ..By::default() };
        for (at, word) in label.match_indices('每') {
            let rest = label[at + word.len()..].trim_start_matches('一').trim_start_matches('个');
            by.take(rest)?;
        }
        for (at, word) in label.match_indices("平均一") {
            by.take(label[at + word.len()..].trim_start_matches('个'))?;
        }
        // 日处理包裹3.1万件
        let daily = label.strip_prefix('日').and_then(|rest| rest.chars().next());
        if daily.is_some_and(|c| !"均期前常益照产用".contains(c)) {
            (by.beat, by.is_mean) = (Some(Beat::Day), true);
        }
        if has_any(label, &["月工资", "月补", "月收入", "月租", "月薪"]) {
            by.take("月")?;
        }
        for (at, word) in label.match_indices('均') {
            let before = label[..at].chars().next_back();
            let behind = label[at + word.len()..].chars().next();
            let is_word = behind.is_some_and(|c| "价衡匀".contains(c));
            match before {
                // The heads of 人均 may be counted by 名.
                Some('人') if by.each.is_none() => by.each = Each::of("人"),
                Some(c) if !"平每".contains(c) && !is_word => by.take(&c.to_string())?,
                _ => {}
            }
        }
        (by.each.is_some() || by.beat.is_some()).then_some(by)
    }

    /// For one of what has a counter, whatever the words say.
    pub(super) fn each_of(counter: &str) -> By {
        By { each: Some(Each::counting(counter)), ..By::default() }
    }

    /// Whether a number counts what a rate is for one of, be it for each day: 每天固定就餐3120人.
    pub(super) fn counts(&self, passage: &Passage<'_>, index: usize, each: &Each) -> bool {
        let label = passage.label(index);
        let beats = ["每月均", "每月", "每天", "每日", "月均", "日均"];
        let rest = beats.iter().fold(label.clone(), |rest, word| rest.replace(word, ""));
        let daily = self.beat.is_some() && rest != label && !has_any(&rest, &["每", "均"]);
        // 25万常住人口 have no counter.
        let number = &passage.numbers[index];
        let people =
            number.class.is_none() && PEOPLE.iter().any(|w| passage.noun(index).starts_with(w));
        each.counts(passage, index)
            || daily && each.is_of(passage, index)
            || people && self.is_of_many
    }

    /// Takes one thing that the rate is for one of; `None` where that cannot be told, or is
    /// told twice.
    fn take(&mut self, words: &str) -> Option<()> {
        if let Some((_, beat)) = TIMES.iter().find(|(word, _)| words.starts_with(word)) {
            if beat.is_some() && self.beat.is_some() && self.beat != *beat {
                return None;
            }
            self.beat = self.beat.or(*beat);
            return Some(());
        }
        // 每隔 and 每逢 are for nothing that is counted beside.
        // 每次 may be any time; a mean is of the times that are counted.
        let any_time = words.starts_with(['次', '轮', '期']) && !self.is_mean;
        if words.is_empty() || words.starts_with(['隔', '逢', '学']) || any_time {
            return None;
        }
        let heads = HUNDREDS.iter().find_map(|(size, heads)| {
            let rest = words.strip_prefix(size)?;
            let rest = rest.trim_start_matches(['名', '位']);
            let people = ["人", "常住", "户籍", "老", "学生", "儿童", "居民", "职工"];
            people.iter().any(|word| rest.starts_with(word)).then_some((*heads, rest))
        });
        let (counted, named) = heads.unwrap_or((words, words));
        let person = PERSONS.iter().any(|noun| counted.starts_with(noun));
        let home =
            ["农户", "家庭", "脱贫户", "贫困户"].iter().any(|noun| counted.starts_with(noun));
        let counted = if person {
            "人"
        } else if home {
            "户"
        } else {
            counted
        };
        let name: String = named.trim_start_matches(['名', '位']).chars().take(4).collect();
        if self.each.replace(Each::counting(counted)).is_some() {
            return None;
        }
        self.name = name;
        self.is_of_heads = counted.starts_with('人');
        self.is_of_many = heads.is_some();
        self.is_mean |= self.is_of_many;
        Some(())
    }
}

/// Whether a rate is for a day or a quarter, which only this frame counts.
pub(super) fn is_by_day(label: &str) -> bool {
    has_any(
        label,
        &["日均", "每天", "每日", "天均", "季均", "每季", "每个季度", "每周", "平均一天"],
    )
}

/// Whether a number is told of a day: 日均, 每天, 日发.
pub(super) fn is_daily(label: &str) -> bool {
    has_any(label, &["日均", "每天", "每日", "日发", "日开", "日产", "日接", "日供"])
}
