//! Fixed expressions of report language.

/// Words that carry a numeral without stating a figure, or praise without a predicate.
#[derive(Debug, Default, Clone)]
pub struct Lexicon {
    /// Names and set phrases whose numerals are no figures: 二十大, 三会一课.
    pub background: Vec<String>,
    /// Praise that states nothing: 卓有成效.
    pub rhetoric: Vec<String>,
    /// Words that make a sentence a plan: 力争, 计划.
    pub plan: Vec<String>,
    /// Nouns that follow a numeral as a counter of their own: 车次, 网格.
    pub counters: Vec<String>,
    /// Words that are true of one year or one occasion: 开局之年, 中央经济工作会议.
    pub dated: Vec<String>,
    /// Words of what happens once and is not told again: 被评为, 成功引进.
    pub once: Vec<String>,
    /// Words that restrict nothing a figure is about, how something was done and not what:
    /// 积极, 全年, 累计.
    pub common: Vec<String>,
    /// Words by which only a part is meant, or another stage, of whatever is counted: 实名, 夜间,
    /// 上级交办.
    pub narrow: Vec<String>,
    /// Words that say the same of any figure, a class each: 收到 接收.
    pub alike: Vec<Vec<String>>,
}
