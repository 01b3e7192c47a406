//! One target against the words bound to it: every test in order, then the value.
//!
//! The order is that of trust: a target that names nothing, words that say
//! nothing, a period, thing or unit that differs are refused before any value
//! is looked at, since a value of something else proves nothing even if it fits.

use figure::{Interval, Quantity};
use measure::{MeasureError, Request, Status, Value};
use pack::{Pack, Place};
use prose::{
    FoundClaim, Predicate, ReadError, Reading, Truth3, judge, judge_series, read_claim_with,
};

use crate::change;
use crate::check::CheckError;
use crate::finding::{add_member, conclude, describe_target, empty_finding, take_value};
use crate::honour;
use crate::limits::{check_limits, check_rank};
use crate::reason;
use crate::resolve::{Resolved, resolve, unit_fits};
use crate::scope::Scope;
use crate::standing::{Subjects, check_standing};
use crate::subject::{
    Mismatch, check_dimensions, check_open_dimensions, check_places, check_says, names_met,
};
use crate::target::{Series, Target};
use crate::verdict::{Conclusion, Finding, Kind};
use crate::way::{Alike, Way};
use crate::window::{Calendar, Disagreement};

/// What all claims of a report are judged with.
pub(crate) struct Bench<'a, 's> {
    pub(crate) session: &'s measure::Session<'a>,
    pub(crate) pack: &'a Pack,
    pub(crate) lexicon: prose::Lexicon,
    pub(crate) alike: Alike<'a>,
    pub(crate) calendar: Calendar,
    pub(crate) home: &'a Place,
    /// Names of the places below home.
    pub(crate) places: Vec<String>,
}

/// One target with the words and the sentence around them.
pub(crate) struct Question<'q> {
    pub(crate) scope: &'q Scope,
    pub(crate) words: &'q str,
    pub(crate) headings: &'q [String],
    /// What stands over the sentence: headings and the paragraph's opening.
    pub(crate) context: &'q str,
    pub(crate) target: &'q Target,
    /// Places of all targets of the claim.
    pub(crate) siblings: &'q [&'q Place],
    /// Whether the claim has other targets.
    pub(crate) shared: bool,
    /// What the sentence states where the words stand.
    pub(crate) found: Option<&'q FoundClaim>,
    /// Whether the words hold only a part of that.
    pub(crate) cropped: bool,
    /// Whether somebody decided that the words are about the target.
    pub(crate) decided: bool,
    /// What stood here in the report before.
    pub(crate) former: Option<&'q str>,
}

/// Why judging stopped early.
pub(crate) enum Stop {
    Refused(Kind, String),
    Failed(MeasureError),
}

impl From<MeasureError> for Stop {
    fn from(error: MeasureError) -> Stop {
        match error {
            MeasureError::Store(_) => Stop::Failed(error),
            MeasureError::MissingParameter { .. } => Stop::Refused(Kind::Gap, error.to_string()),
            other => Stop::Refused(Kind::Target, other.to_string()),
        }
    }
}

impl Bench<'_, '_> {
    /// Judges one target.
    pub(crate) fn judge(&self, question: &Question<'_>) -> Result<Finding, CheckError> {
        let mut finding = empty_finding(&question.target.indicator);
        match self.run(question, &mut finding) {
            Ok(()) => Ok(finding),
            Err(Stop::Refused(kind, reason)) => {
                let is_gap = kind == Kind::Gap;
                finding.conclusion =
                    if is_gap { Conclusion::Unprovable } else { Conclusion::Refuted };
                finding.kind = Some(kind);
                finding.reason = reason;
                Ok(finding)
            }
            Err(Stop::Failed(error)) => Err(CheckError::Measure(error)),
        }
    }

    fn run(&self, question: &Question<'_>, finding: &mut Finding) -> Result<(), Stop> {
        let target = question.target;
        let resolved = resolve(self.pack, self.home, target)
            .map_err(|e| Stop::Refused(Kind::Target, e.to_string()))?;
        describe_target(&resolved, finding);
        let reading = self.read(question, &resolved)?;
        if let Some(reading) = &reading {
            finding.predicate = reading.describe();
        }
        // 汛期 is no period of its own where the indicator is about patrols in it.
        let forms = resolved.fixed.dimensions.iter().flat_map(|d| &d.forms);
        let says = resolved.indicator.says.iter().flatten();
        let mine: Vec<String> = forms.chain(says).cloned().collect();
        let before = question.scope.before();
        let window = self
            .calendar
            .window(target.window, question.words, &before, question.headings, &mine)
            .map_err(|no| {
                let undated = matches!(no, Disagreement::Undated(_));
                let kind = if undated { Kind::Gap } else { Kind::Window };
                Stop::Refused(kind, reason::disagreement(&no))
            })?;
        finding.window = Some(window);
        self.check_subject(question, &resolved, reading.as_ref())?;
        let request = Request {
            indicator: &resolved.indicator.id,
            place: &resolved.place.code,
            window,
            fixed: finding.fixed.clone(),
        };
        if honour::is_list(resolved.indicator)
            && let Some(text) =
                honour::differs(self.session, resolved.indicator, &request, question.scope)
        {
            return Err(Stop::Refused(Kind::Subject, text));
        }
        let Some(reading) = reading else {
            return self.fill(&request, question.former, finding);
        };
        check_shape(&reading, question, &resolved)?;
        if change::is_change(&reading, resolved.indicator) {
            return self.judge_change(&reading, question, &request, finding);
        }
        match (&target.each, target.series) {
            (Some(kind), _) => self.judge_each(&reading, question.words, &request, kind, finding),
            (None, Some(series)) => {
                self.judge_series(&reading, question.words, &request, series, finding)
            }
            (None, None) => self.judge_one(&reading, question.words, &request, finding),
        }
    }

    /// Reads the words; `None` for a claim that is still to be written.
    fn read(
        &self,
        question: &Question<'_>,
        resolved: &Resolved<'_>,
    ) -> Result<Option<Reading>, Stop> {
        if question.words.trim().is_empty() {
            return Ok(None);
        }
        let denied = Way::all(resolved.indicator, &self.alike)
            .iter()
            .any(|way| way.denies() && question.scope.says(way, true));
        let refused = |e: ReadError| Stop::Refused(Kind::Words, e.to_string());
        let reading = read_claim_with(question.words, &self.lexicon).or_else(|error| {
            // A bare number takes the unit of its indicator, since none was written.
            let bare = question.words.trim_end().ends_with(|c: char| c.is_ascii_digit());
            let with_unit = format!("{}{}", question.words.trim_end(), resolved.indicator.unit);
            let again = bare.then(|| read_claim_with(&with_unit, &self.lexicon).ok()).flatten();
            again.ok_or(error)
        });
        let reading = reading.map_err(refused)?;
        if reading.plan {
            let text = format!("“{}”是打算,还没有发生,不能核验;请绑定 plan", question.words);
            return Err(Stop::Refused(Kind::Words, text));
        }
        let reading = check_found(question, reading, &self.lexicon, denied)?;
        Ok(Some(change::as_change(reading, question.scope, resolved.indicator)))
    }

    fn check_subject(
        &self,
        question: &Question<'_>,
        resolved: &Resolved<'_>,
        reading: Option<&Reading>,
    ) -> Result<(), Stop> {
        let (scope, fixed, indicator) = (question.scope, &resolved.fixed, resolved.indicator);
        let home = &self.home.code;
        let ways = Way::all(indicator, &self.alike);
        let predicate = reading.map(|r| &r.predicate);
        let stated = question.found.and_then(|f| f.reading.as_ref());
        let field = [stated, reading].into_iter().flatten().find_map(|r| r.scope.as_deref());
        let per = [stated, reading].into_iter().flatten().find_map(|r| r.per.as_deref());
        let is_party = |name: &str, rest: &str| {
            let fixed = fixed.dimensions.iter().flat_map(|d| &d.forms).any(|form| {
                form == name || (form.contains(name) && rest.starts_with(form.as_str()))
            });
            fixed
                || names_met(self.session, indicator, self.home, self.calendar.report).iter().any(
                    |met| met == name || (met.contains(name) && rest.starts_with(met.as_str())),
                )
        };
        let subjects = Subjects {
            places: &self.pack.places,
            home: self.home,
            targets: question.siblings,
            ways: &ways,
            calendar: self.calendar,
            ranked: matches!(predicate, Some(Predicate::Rank(_) | Predicate::Ordinal(_))),
            is_party: &is_party,
        };
        // Who decided what the words are about vouches for what they do not say.
        let unless = |decided: bool, check: &dyn Fn() -> Result<(), Mismatch>| {
            if decided { Ok(()) } else { check() }
        };
        unless(question.decided, &|| check_says(scope, (indicator, &self.alike), fixed, reading))
            .and_then(|()| check_places(scope, &self.pack.places, home, question.siblings, fixed))
            .and_then(|()| check_standing(scope, &subjects))
            .and_then(|()| {
                unless(question.decided, &|| {
                    check_dimensions(scope, question.context, fixed)?;
                    check_open_dimensions(self.pack, scope, (indicator, &ways), fixed)
                })
            })
            .and_then(|()| check_limits(scope, indicator, question.target, per))
            .and_then(|()| match predicate {
                Some(predicate) => check_rank(scope, indicator, predicate, field),
                None => Ok(()),
            })
            .map_err(|mismatch| Stop::Refused(Kind::Subject, mismatch.0))
    }

    fn judge_one(
        &self,
        reading: &Reading,
        words: &str,
        request: &Request<'_>,
        finding: &mut Finding,
    ) -> Result<(), Stop> {
        let mut value = self.session.measure(request)?;
        let mut truth = self.truth(reading, &value)?;
        if reading.forecast
            && truth != Truth3::Holds
            && value.window.to() > self.session.now()
            && let Some(expected) = self.session.forecast(request)?
        {
            truth = self.truth(reading, &expected)?;
            value = expected;
        }
        finding.forecast = value.status == Status::Forecast;
        take_value(&value, finding);
        conclude(truth, finding);
        finding.suggestion = reason::suggestion(reading, truth, &value, &self.lexicon);
        finding.reason = reason::of_one(reading, words, finding);
        Ok(())
    }

    fn judge_each(
        &self,
        reading: &Reading,
        words: &str,
        request: &Request<'_>,
        kind: &str,
        finding: &mut Finding,
    ) -> Result<(), Stop> {
        let mut all = Truth3::Holds;
        for (code, value) in self.session.measure_each(request, kind)? {
            let truth = self.truth(reading, &value)?;
            all = all.and(truth);
            let label = self.pack.places.get(&code).map_or(code, |p| p.label.clone());
            add_member(label, &value, truth, finding);
        }
        conclude(all, finding);
        finding.reason = reason::of_members(reading, words, finding);
        Ok(())
    }

    fn judge_series(
        &self,
        reading: &Reading,
        words: &str,
        request: &Request<'_>,
        series: Series,
        finding: &mut Finding,
    ) -> Result<(), Stop> {
        let values = self.session.measure_series(request, series.step, series.last)?;
        let trend = reading.predicate.is_series();
        let mut known = Vec::with_capacity(values.len());
        for value in &values {
            let amount = in_unit(reading, value)?;
            known.push(amount);
            let truth = if trend { Truth3::Open } else { judge(&reading.predicate, &amount) };
            add_member(value.window.describe(), value, truth, finding);
        }
        if let (Some(first), Some(last)) = (values.first(), values.last()) {
            finding.window = figure::Period::new(first.window.from(), last.window.to());
        }
        conclude(judge_series(&reading.predicate, &known), finding);
        finding.reason = reason::of_series(reading, words, finding);
        Ok(())
    }

    fn truth(&self, reading: &Reading, value: &Value) -> Result<Truth3, Stop> {
        Ok(judge(&reading.predicate, &in_unit(reading, value)?))
    }
}

/// Unit, and whether words about many have a target about many.
fn check_shape(
    reading: &Reading,
    question: &Question<'_>,
    resolved: &Resolved<'_>,
) -> Result<(), Stop> {
    let (predicate, unit) = (&reading.predicate, resolved.indicator.unit);
    if !unit_fits(predicate, unit) {
        let text = reason::unit_mismatch(question.words, predicate, resolved.indicator);
        return Err(Stop::Refused(Kind::Unit, text));
    }
    if predicate.is_series() && question.target.series.is_none() {
        let text = format!(
            "“{}”说的是逐期的走势,要有几期的数才能核对;请逐期核对(报告源文件里在指标后面写 ?series=year&last=3,就由程序逐年核对)",
            question.words
        );
        return Err(Stop::Refused(Kind::Target, text));
    }
    // A share of 100 % already speaks of every member.
    let whole = *predicate == Predicate::Whole;
    let many = question.target.each.is_some() || question.target.series.is_some();
    if reading.each && !whole && !many && !question.shared {
        let text = format!(
            "“{}”说的是每一个村、户或单位,台账取的却是合计;请逐个核对(报告源文件里在指标后面写 ?each=village 一类,就由程序逐个核对)",
            question.words
        );
        return Err(Stop::Refused(Kind::Target, text));
    }
    Ok(())
}

fn is_plan_clause(scope: &Scope, lexicon: &prose::Lexicon) -> bool {
    let clause = prose::figures(&scope.fresh(), lexicon);
    clause.claims.iter().any(|claim| claim.kind == prose::Kind::Plan)
}

/// The reading of the words as their sentence has it. Words cut out of a statement may
/// say the opposite of it: 30万元 of 不足30万元. They pass only where they state the same.
/// `denied` says that the indicator is itself about what was not done: 未办结信访.
fn check_found(
    question: &Question<'_>,
    reading: Reading,
    lexicon: &prose::Lexicon,
    denied: bool,
) -> Result<Reading, Stop> {
    let Some(found) = question.found else { return Ok(reading) };
    // Plan words ahead of another figure may announce that one alone.
    if found.kind == prose::Kind::Plan && is_plan_clause(question.scope, lexicon) {
        let text =
            format!("“{}”放在打算后面,还没有发生,不能核验;请绑定 plan,或分成两句", found.text);
        return Err(Stop::Refused(Kind::Words, text));
    }
    let Some(stated) = &found.reading else { return Ok(reading) };
    if stated.negated && !denied {
        let text = format!("这句话说没有做到“{}”,不能由有这个数来证实;请改正文字", found.text);
        return Err(Stop::Refused(Kind::Words, text));
    }
    if !question.cropped || stated.predicate == reading.predicate {
        return Ok(reading);
    }
    match &stated.predicate {
        // 增长 may stay outside the words, and what they state is a change all the same.
        Predicate::Change { direction: prose::Direction::Up, amount }
            if **amount == reading.predicate =>
        {
            Ok(Reading { predicate: stated.predicate.clone(), ..reading })
        }
        _ => {
            let text = format!("这里说的是“{}”,方括号没有把它括全;请整个括进来", found.text);
            Err(Stop::Refused(Kind::Words, text))
        }
    }
}

/// What is known of a value, in the unit the words are in.
fn in_unit(reading: &Reading, value: &Value) -> Result<Interval, Stop> {
    let Some(unit) = reading.predicate.unit() else { return Ok(value.amount) };
    let end = |number: Option<figure::Decimal>| match number {
        None => Ok(None),
        Some(number) => match Quantity::new(number, value.unit).to(unit) {
            Ok(quantity) => Ok(Some(quantity.value)),
            Err(error) => Err(Stop::Refused(Kind::Unit, error.to_string())),
        },
    };
    Ok(Interval { low: end(value.amount.low)?, high: end(value.amount.high)? })
}
