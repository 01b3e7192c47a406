//! One annotated row, and what is wrong with a claim that should be it.

use figure::{Decimal, Quantity, Unit, round_half_up};

use super::claim::Claim;

/// A row of the annotations.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) report: String,
    pub(super) excerpt: String,
    qualifier: String,
    normal: Option<Decimal>,
    unit: String,
    period: String,
    kind: String,
}

/// Reads annotations: RFC 4180 without line breaks inside fields, columns by name.
pub(super) fn read(text: &str) -> Vec<Row> {
    let mut records = text.lines().filter(|line| !line.is_empty()).map(fields);
    let head = records.next().unwrap_or_default();
    let column = |record: &[String], name: &str| {
        let at = head.iter().position(|h| h == name);
        at.and_then(|at| record.get(at)).cloned().unwrap_or_default()
    };
    records
        .map(|record| Row {
            id: column(&record, "id"),
            report: column(&record, "section"),
            excerpt: column(&record, "sentence_excerpt"),
            qualifier: column(&record, "qualifier"),
            normal: column(&record, "normalized_value").parse().ok().map(|v| round_half_up(v, 3)),
            unit: column(&record, "normalized_unit").split('(').next().unwrap_or("").to_owned(),
            period: column(&record, "period"),
            kind: column(&record, "kind"),
        })
        .collect()
}

fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end_matches('\r').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.iter_mut().last().into_iter().for_each(|field| field.push(c)),
        }
    }
    fields
}

impl Row {
    pub(super) fn is_background(&self) -> bool {
        self.kind == "background"
    }

    /// What the row states, as the table names it.
    pub(super) fn form(&self) -> &'static str {
        match self.qualifier.as_str() {
            _ if self.is_background() => "背景",
            "零" => "零",
            "均" | "均≥" | "100%" => "全体",
            "单调降" | "创新高" => "趋势",
            q if q.starts_with("排名") || q == "序数" => "位次",
            _ if self.kind == "plan" => "计划",
            _ if self.unit == "%" => "百分比",
            _ => "数量",
        }
    }

    /// Where the excerpt stands in the report, from a place on: 37名…均达到 spans its parts, and
    /// what stands in brackets before it was added by the annotator.
    pub(super) fn place(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let bare = match (self.excerpt.starts_with('('), self.excerpt.find(')')) {
            (true, Some(close)) if !text.contains(&self.excerpt) => &self.excerpt[close + 1..],
            _ => &self.excerpt,
        };
        let mut parts = bare.split('…').filter(|part| !part.is_empty());
        let skipped: usize = text.chars().take(from).map(char::len_utf8).sum();
        let first = parts.next()?;
        let start = skipped + text[skipped..].find(first)?;
        let mut end = start + first.len();
        for part in parts {
            end += text[end..].find(part)? + part.len();
        }
        Some((text[..start].chars().count(), text[..end].chars().count()))
    }

    /// What a claim says otherwise; nothing if it is what the row says. `dated` where the
    /// document names the period.
    pub(super) fn faults(&self, claim: &Claim, dated: bool) -> Vec<String> {
        let mut faults = Vec::new();
        let mut wrong = |what: &str, found: &str| faults.push(format!("{what}“{found}”"));
        let foreseen = claim.kind == "plan" && self.qualifier.contains("意向");
        if claim.kind != self.kind && !foreseen {
            wrong("性质", &claim.kind);
        }
        if self.is_background() {
            return faults;
        }
        if !self.qualifier_fits(&claim.qualifier) {
            wrong("修饰", &claim.qualifier);
        }
        if !self.value_fits(claim) {
            wrong("数值", &format!("{}{}", claim.value, claim.unit));
        }
        if dated && !self.period_fits(claim.period.as_deref()) {
            wrong("期间", claim.period.as_deref().unwrap_or(""));
        }
        faults
    }

    fn qualifier_fits(&self, found: &str) -> bool {
        let fitting: &[&str] = match self.qualifier.as_str() {
            "均" => &["均"],
            "均≥" => &["均≥"],
            "100%" => &["全", "均"],
            "余" => &["余"],
            "近" => &["近"],
            "约" => &["约"],
            "零" => &["零"],
            "预计" => &["预计", "="],
            "≤" => &["≤"],
            "单调降" => &["降"],
            "创新高" => &["升"],
            g if g.starts_with("突破") => &[">", "≥"],
            // 工业投资5.3亿元,领跑全区 is an amount and a place.
            g if g.starts_with("排名") && !self.unit.starts_with('元') => &["第"],
            "序数" => &["第"],
            _ => &["=", "均", "全"],
        };
        fitting.contains(&found)
    }

    /// Counters are compared by their class: 件, 个 and 起 count one by one.
    fn value_fits(&self, claim: &Claim) -> bool {
        let Some(value) = self.normal else { return true };
        let Some((found, unit)) = &claim.normalized else {
            return claim.value.parse() == Ok(value);
        };
        let Ok(found) = found.parse::<Decimal>() else { return false };
        let unit = unit.as_str();
        let nothing = value.is_zero() && found.is_zero();
        match (Unit::parse(base(&self.unit)).ok(), Unit::parse(base(unit)).ok()) {
            _ if nothing => true,
            _ if self.kind == "plan" && value == found => true,
            (Some(gold), Some(unit)) => {
                let rank = self.unit.starts_with('位');
                let same = Quantity::new(value, gold).to(unit).is_ok_and(|q| q.value == found);
                same || (rank && value == found)
            }
            _ => {
                let named = self.unit.is_empty() || base(&self.unit) == base(unit);
                named && value == found
            }
        }
    }

    /// The year has to be the same; 全年, 今年 and 到目前 are of the year of the report.
    fn period_fits(&self, found: Option<&str>) -> bool {
        if self.period.is_empty() {
            return true;
        }
        let Some(found) = found else { return false };
        let years = years(found);
        let gold = self::years(&self.period);
        years.is_empty() || gold.is_empty() || years.iter().any(|year| gold.contains(year))
    }
}

/// The unit before 每: 元/月 and 元 are both said of a monthly payment.
fn base(unit: &str) -> &str {
    unit.split('/').next().unwrap_or(unit)
}

/// The years that words name.
fn years(words: &str) -> Vec<String> {
    let digits: Vec<&str> = words.split(|c: char| !c.is_ascii_digit()).collect();
    digits.into_iter().filter(|run| run.len() == 4).map(str::to_owned).collect()
}
