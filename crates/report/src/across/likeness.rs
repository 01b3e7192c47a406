//! Whether two statements of different materials speak of one figure in other words.
//!
//! Two texts of one office seldom use the same words for the same figure: 硬化通组公路83公里 and
//! 通组路硬化38公里. They are taken for one where most of what the shorter one says is in the
//! other, each is nearer to the other than to any other statement, nothing says that one is of a
//! part, of another time or of a plan, and the values are as near as a slip of the pen.

use std::collections::BTreeSet;

use figure::{Class, Decimal, Unit, decimal_text};

use super::subject;

/// Words that make a number one of a part, of a plan, of a change or of another time.
const SCOPES: &[&str] = &[
    "其中",
    "新增",
    "净增",
    "去年",
    "上年",
    "同期",
    "计划",
    "目标",
    "任务",
    "累计",
    "每",
    "均",
    "比",
    "较",
    "另",
    "余",
    "剩",
    "占",
    "减",
    "降",
    "预计",
    "力争",
    "将",
    "原",
    "最",
    "超",
    "以上",
    "部分",
    "应",
    "拟",
    "抽",
    "首批",
    "一期",
    "二期",
    "至少",
    "不低于",
    "明年",
    "以来",
    "示范",
    "试点",
    "重点",
    "民办",
    "公办",
    "特困",
    "残疾",
    "脱贫",
    "未",
    "待",
    "续建",
    "户籍",
    "常住",
    "流动",
    "外出",
    "省外",
    "县外",
    "提前",
    "需",
    "持证",
];

/// Words of which one statement may not have another than the other one.
const EITHER: &[&[&str]] = &[
    &["城镇", "农村", "城乡"],
    &["小学", "初中", "幼儿", "高中"],
    &["受理", "办结", "化解", "排查", "整改", "发现", "立案", "结案", "申请", "批准", "报名"],
    &["签约", "开工", "竣工", "投产", "在建", "完工", "验收"],
    &["中央", "省级", "市级", "县级", "镇级", "村级"],
    &["早稻", "中稻", "晚稻", "春", "夏", "秋", "冬"],
    &["男", "女", "老年", "儿童", "学生", "教师"],
    &["就业", "创业", "培训"],
    &["住院", "门诊"],
    &["税收", "非税", "税"],
    &["收入", "支出", "产值", "利润", "投资", "补助", "补贴", "贷款", "资金"],
    &["下达", "到位", "支付", "拨付", "争取"],
    &["安装", "拆除", "维修", "改造", "新建"],
    &["存栏", "出栏"],
    &["总投资", "完成投资"],
    &["面积", "产量"],
];

/// Words that say the same as another one here.
const ALIKE: &[(&str, &str)] = &[
    ("村级", "村"),
    ("规模以上", "规上"),
    ("农村居民", "农民"),
    ("城乡居民", "居民"),
    ("建档立卡", ""),
    ("投入", "投资"),
    ("调处", "化解"),
    ("调解", "化解"),
    ("受益", "惠及"),
];

/// Words that say nothing here of what is counted.
const SILENT: &[&str] = &[
    "完成", "实际", "农村", "组织", "开展", "实施", "实现", "落实", "截至", "年末", "年底", "当年",
    "本年",
];

/// Letters that make no name of a village before 村 or 社区.
const NO_NAME: &str = "农的个各该全本行政在进到向和与及城乡新老示范薄弱空壳贫困重点些几两三四五六七八九十多每入下驻帮村美丽居";
/// Letters behind 村 that make another word of it: 村级, 村民.
const NO_END: &str = "级庄委民集干里内企财容规组屯镇落居医";

/// The villages and communities that a text names, two letters each; those in `own` are left out.
fn villages(text: &str, own: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let is_name = |c: &char| c.is_alphabetic() && !c.is_ascii() && !NO_NAME.contains(*c);
    let mut found = BTreeSet::new();
    for at in 2..chars.len() {
        let village = chars[at] == '村' && chars.get(at + 1).is_none_or(|c| !NO_END.contains(*c));
        let community = chars[at] == '社' && chars.get(at + 1) == Some(&'区');
        if (village || community) && chars[at - 2..at].iter().all(is_name) {
            let name: String = chars[at - 2..at].iter().collect();
            if !own.contains(&name) {
                found.insert(name);
            }
        }
    }
    found
}

/// Those of the words that others hold.
fn held(list: &[&'static str], words: &str) -> Vec<&'static str> {
    list.iter().copied().filter(|word| words.contains(word)).collect()
}

/// Least share of the words of the shorter statement that the other one has, in per cent.
const SHARE: usize = 60;
/// The same where only the order of the digits differs.
const TURNED: usize = 50;

/// What a statement says of what it counts.
#[derive(Clone, Debug)]
pub(super) struct Gist {
    letters: BTreeSet<char>,
    pairs: BTreeSet<(char, char)>,
    scopes: Vec<&'static str>,
    either: Vec<Vec<&'static str>>,
    /// Villages and communities that the sentence names.
    villages: BTreeSet<String>,
    /// Class of the unit, with the counter of what has one of its own and what it is for each of.
    unit: (Class, String),
    value: Decimal,
    /// Letters of the figure's own clause, where it says too little to stand alone.
    own: BTreeSet<char>,
}

impl Gist {
    /// Of the words before and behind a value, `lead` being those of the clause before where its
    /// own says next to nothing; `named` are the words in which places may be named, and `own`
    /// those of the office itself.
    pub(super) fn new(
        lead: &str,
        (before, behind): (&str, &str),
        (value, unit, per): (Decimal, Unit, &str),
        named: &str,
        own: &str,
    ) -> Option<Gist> {
        let words = format!("{lead}{before}{behind}");
        let words = ALIKE.iter().fold(words, |words, (from, to)| words.replace(from, to));
        let normal = SILENT.iter().fold(subject::normal(&words)?, |words, s| words.replace(s, ""));
        let letters: Vec<char> = normal.chars().filter(|c| c.is_alphabetic()).collect();
        let alone = |c: &char| c.is_alphabetic();
        let own_words = if lead.is_empty() { String::new() } else { format!("{before}{behind}") };
        let symbol = if unit.class() == Class::Other { unit.base_symbol() } else { "" };
        let unit_of = (unit.class(), format!("{symbol}{per}"));
        let value = value.checked_mul(unit.ratio())?;
        Some(Gist {
            pairs: letters.windows(2).map(|pair| (pair[0], pair[1])).collect(),
            letters: letters.into_iter().collect(),
            scopes: held(SCOPES, &words),
            either: EITHER.iter().map(|group| held(group, &words)).collect(),
            villages: villages(named, own),
            unit: unit_of,
            value,
            own: own_words.chars().filter(alone).collect(),
        })
    }

    /// How much two statements have in common, in per cent; 0 where they cannot be of one figure.
    pub(super) fn likeness(&self, other: &Gist) -> usize {
        if self.unit != other.unit || self.villages != other.villages {
            return 0;
        }
        let shared = self.letters.intersection(&other.letters).count();
        let pairs = self.pairs.intersection(&other.pairs).count();
        let least = self.letters.len().min(other.letters.len()).max(1);
        let most = self.letters.len().max(other.letters.len()).max(1);
        // 全长 and 已筑堤 of one dyke are two lengths.
        let apart =
            !self.own.is_empty() && !other.own.is_empty() && self.own.is_disjoint(&other.own);
        let wanted = if self.is_turned(other) { 1 } else { 2 };
        if pairs < wanted || shared < 3 || apart {
            return 0;
        }
        // Of two that hold all of the shorter one the one that says little else is nearer.
        (shared * 80 / least + shared * 20 / most).min(100)
    }

    /// Whether nothing in the words tells the two apart.
    pub(super) fn is_of_one(&self, other: &Gist) -> bool {
        let either = |(own, its): (&Vec<&str>, &Vec<&str>)| {
            own.is_empty() || its.is_empty() || own.iter().any(|word| its.contains(word))
        };
        self.scopes == other.scopes
            && self.either.iter().zip(&other.either).all(either)
            && self.is_near(other)
            && self.likeness(other) >= if self.is_turned(other) { TURNED } else { SHARE }
    }

    /// Whether a slip lies between the values: the same digits in another order, or less than
    /// half of the larger one.
    fn is_near(&self, other: &Gist) -> bool {
        let (small, large) = (self.value.min(other.value), self.value.max(other.value));
        self.is_turned(other)
            || small.checked_mul(Decimal::TWO).is_some_and(|double| double > large)
    }

    /// Whether the values have the same digits in another order.
    fn is_turned(&self, other: &Gist) -> bool {
        let digits = |value: Decimal| {
            let mut digits: Vec<char> =
                decimal_text(value).chars().filter(|c| ('1'..='9').contains(c)).collect();
            digits.sort_unstable();
            digits
        };
        self.value != other.value && digits(self.value) == digits(other.value)
    }
}
