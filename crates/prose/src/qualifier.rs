//! The mark that says how a number is meant.

/// How a claim relates its number to the value, as one printed mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// The number itself.
    Exact,
    /// 余, 多: more than the number, by less than its last digit.
    Over,
    /// 近: less than the number, by less than its last digit.
    Near,
    /// 约, 左右.
    About,
    /// 以上, 不少于.
    AtLeast,
    /// 突破, 超过.
    MoreThan,
    /// 以下, 以内, 不超过.
    AtMost,
    /// 不足, 低于.
    LessThan,
    /// 均…以上: every member reaches the number.
    EachAtLeast,
    /// 均, 全部: every member, without a number.
    Each,
    /// 无, 未发生一起.
    Zero,
    /// 100%.
    Whole,
    /// 逐年增加.
    Rising,
    /// 逐年减少, or a number by which something fell.
    Falling,
    /// 第一, 首届: a place in an order.
    Ordinal,
    /// 3—5, 三四.
    Range,
    /// 预计: a forecast.
    Forecast,
}

impl Qualifier {
    /// The mark in the form that `claims --json` prints.
    pub fn symbol(self) -> &'static str {
        match self {
            Qualifier::Exact => "=",
            Qualifier::Over => "余",
            Qualifier::Near => "近",
            Qualifier::About => "约",
            Qualifier::AtLeast => "≥",
            Qualifier::MoreThan => ">",
            Qualifier::AtMost => "≤",
            Qualifier::LessThan => "<",
            Qualifier::EachAtLeast => "均≥",
            Qualifier::Each => "均",
            Qualifier::Zero => "零",
            Qualifier::Whole => "全",
            Qualifier::Rising => "升",
            Qualifier::Falling => "降",
            Qualifier::Ordinal => "第",
            Qualifier::Range => "范围",
            Qualifier::Forecast => "预计",
        }
    }
}

impl std::fmt::Display for Qualifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.symbol())
    }
}
