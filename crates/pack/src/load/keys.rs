//! The keys of every kind of definition: one table a kind, read by the loader, which refuses any
//! other key, and by whoever describes the format (schemas for editors, the reference page), so
//! that neither can say other than what is read.

mod figure;
mod ledger;
mod list;

pub(super) use self::figure::{
    EXAMPLE, INDICATOR, MEASURES, OF_RECORDS, RATIO, RELATION, RELATION_EXAMPLE,
};
pub(super) use self::ledger::{
    CASE, CLOCK, EXTEND, FIELD, LAST, LEDGER, LENGTH, OWN_KEYS, PAUSE, ROLES, RULE, STEP,
};
pub(super) use self::list::{
    BINDING, BINDINGS, CALENDAR, CODE, CODES, EXPLANATIONS, HOLIDAY, LEXICON, ORG, ORGS, PACK,
    PARAMETER, PHRASE, PLACE, PLACES, PRIVACY, REVIEW, REVIEW_EXAMPLE, ROLE, SYSTEM, SYSTEMS,
    VALUE, VOUCHERS,
};
use super::sources::Kind;

/// A kind of definition.
#[derive(Debug)]
pub struct DefinitionKind {
    pub(super) kind: Kind,
    /// Its folder below the pack, or its file where there is only one (`systems.toml`).
    pub path: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// What its files are, in a line.
    pub says: &'static str,
    /// The keys of a file.
    pub keys: &'static Keys,
    /// Keys that an office's own file may change of a definition of the pack; empty where files
    /// are read together as one list.
    pub local: &'static [&'static str],
}

impl DefinitionKind {
    /// Whether the kind is one file and not a folder of them.
    pub fn is_file(&self) -> bool {
        self.path.contains('.')
    }

    /// Its name: the folder, or the file without its ending.
    pub fn name(&self) -> &'static str {
        self.path.split('.').next().unwrap_or(self.path)
    }
}

/// The keys of a table.
#[derive(Debug)]
pub struct Keys {
    /// The keys, in the order in which people write them.
    pub keys: &'static [Key],
    /// Keys of which exactly one has to be there; empty if there is no such choice.
    pub one_of: &'static [&'static str],
    /// Keys that only some words of the key `type` use.
    pub own: &'static [OwnKeys],
}

/// The keys that one word of the key `type` uses beside those of all.
#[derive(Debug)]
pub struct OwnKeys {
    /// The word.
    pub word: &'static str,
    /// Keys it needs.
    pub needs: &'static [&'static str],
    /// Keys it may have.
    pub may: &'static [&'static str],
}

/// A key of a definition file.
#[derive(Debug)]
pub struct Key {
    /// The word.
    pub name: &'static str,
    /// What may stand behind it.
    pub form: Form,
    /// Whether it has to be there.
    pub need: Need,
    /// What it is, in a line of Chinese.
    pub says: &'static str,
}

/// Whether a key has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has to.
    Always,
    /// It may.
    May,
    /// It has to, unless this other key is there.
    Unless(&'static str),
}

/// What may stand behind a key.
#[derive(Debug)]
pub enum Form {
    /// A text.
    Text,
    /// The id of another definition, of a field or of a state.
    Id,
    /// A unit of measure.
    Unit,
    /// A date, `"2023-04-05"`.
    Date,
    /// A decimal number in quotes.
    Decimal,
    /// A length of time, `"15 working days"`.
    Length,
    /// A length of time, or a table with these keys.
    LengthOr(&'static Keys),
    /// A period of keeping, `"permanent"` or `"30 years"`.
    Retention,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 to this.
    Small(u32),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A text, or a list of texts; these words among them are known.
    TextOrTexts(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of dates.
    Dates,
    /// A list of lists of texts.
    TextLists,
    /// Names with a text each: `{ open = "待整改" }`.
    Labels,
    /// Names with a list of texts each.
    Groups,
    /// A table with these keys.
    Table(&'static Keys),
    /// A list of tables with these keys.
    Tables(&'static Keys),
    /// A list of records, as a clerk would write them.
    Records,
    /// Lists of records by ledger.
    RecordsByLedger,
}

const fn key(name: &'static str, form: Form, need: Need, says: &'static str) -> Key {
    Key { name, form, need, says }
}

/// A table without choices between its keys.
const fn plain(keys: &'static [Key]) -> Keys {
    Keys { keys, one_of: &[], own: &[] }
}

/// The words of a choice, without what they stand for.
pub(super) const fn words<T, const N: usize>(pairs: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = pairs[at].0;
        at += 1;
    }
    words
}

/// All kinds of definition, in the order in which an office meets them.
pub(super) static KINDS: [DefinitionKind; 15] = [
    DefinitionKind {
        kind: Kind::Ledger,
        path: "ledger",
        label: "台账",
        says: "一种记录:一条是什么、归哪里、谁登记、有哪些字段和规矩。",
        keys: &LEDGER,
        local: &["label", "owner"],
    },
    DefinitionKind {
        kind: Kind::Indicator,
        path: "indicator",
        label: "指标",
        says: "一个数:从哪个台账、按什么口径算出来,报告里怎样说它。",
        keys: &INDICATOR,
        local: &["label"],
    },
    DefinitionKind {
        kind: Kind::Relation,
        path: "relation",
        label: "勾稽关系",
        says: "几个数之间必须成立的关系,或者不许出现的记录。",
        keys: &RELATION,
        local: &["label"],
    },
    DefinitionKind {
        kind: Kind::Codes,
        path: "codes",
        label: "代码表",
        says: "国家标准或文件规定的一列代码。",
        keys: &CODES,
        local: &["label"],
    },
    DefinitionKind {
        kind: Kind::Parameter,
        path: "parameter",
        label: "参数",
        says: "口径里用到的数,随时间、地方而变:标准、线、天数。",
        keys: &PARAMETER,
        local: &["label", "value"],
    },
    DefinitionKind {
        kind: Kind::Place,
        path: "place",
        label: "地方",
        says: "县、乡镇、村、社区;各文件合成一棵树。",
        keys: &PLACES,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Org,
        path: "org",
        label: "单位",
        says: "支部、站所、部门;各文件合成一张表。",
        keys: &ORGS,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Role,
        path: "role",
        label: "岗位",
        says: "谁登记、谁审核、谁查看;台账的 roles 用它们的编号。",
        keys: &ROLE,
        local: &["label"],
    },
    DefinitionKind {
        kind: Kind::Calendar,
        path: "calendar",
        label: "工作日历",
        says: "一年一个文件,文件名是年份(calendar/2024.toml);按工作日算的时限用它。",
        keys: &CALENDAR,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Lexicon,
        path: "lexicon",
        label: "用语",
        says: "报告里带数字却不是数的词、评价和计划的词、量词;各文件合成一张表。",
        keys: &LEXICON,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Review,
        path: "review",
        label: "核稿规则",
        says: "核稿时标出什么、为什么、怎么改;会算的规则由程序认编号,其余是一列不该有的词。",
        keys: &REVIEW,
        local: &["label", "off", "words", "limit", "phrase"],
    },
    DefinitionKind {
        kind: Kind::Binding,
        path: "binding",
        label: "核定的绑定",
        says: "人工核定的:这样的话说的是哪个指标;由 zhenzhang bind 写,下次核验时照用。",
        keys: &BINDINGS,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Systems,
        path: "systems.toml",
        label: "工作系统",
        says: "台账按工作系统(制度、机制、平台)分组。",
        keys: &SYSTEMS,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Privacy,
        path: "privacy.toml",
        label: "个人信息用词",
        says: "字段名里有这些词,就要保护,或者说明它为什么不是个人信息。",
        keys: &PRIVACY,
        local: &[],
    },
    DefinitionKind {
        kind: Kind::Pack,
        path: "pack.toml",
        label: "台账包",
        says: "包的名称,和供程序自己用的台账。",
        keys: &PACK,
        local: &[],
    },
];

/// All kinds of definition with their keys, for whoever describes the format.
pub fn definition_kinds() -> &'static [DefinitionKind] {
    &KINDS
}

impl Kind {
    /// The keys that an office's own file may change of a definition of the pack.
    pub(super) fn local(self) -> &'static [&'static str] {
        KINDS.iter().find(|of| of.kind == self).map_or(&[], |of| of.local)
    }
}
