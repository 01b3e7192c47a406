//! A checked report as one self-contained page: the document as it will be
//! issued, with every claim opening what stands behind it.
//!
//! The page needs no network and no server. Text reaches it escaped, records
//! reach it masked, and the same input gives the same bytes.

use measure::RelationResult;

use crate::evidence::RecordTable;
use crate::json::page_data;
use crate::source::{Passage, SourceBlock};
use crate::verdict::{Checked, Conclusion};

pub(crate) mod findings;
mod plain;

pub use plain::plain_page;

const PAGE: &str = include_str!("html/page.html");
const CSS: &str = include_str!("html/page.css");
const JS: &str = include_str!("html/page.js");

/// The page. `evidence` are the tables of [`crate::gather`], one list for each
/// verdict; without them the page shows verdicts alone.
pub fn html(checked: &Checked, evidence: &[Vec<RecordTable>]) -> String {
    let title = escape(&checked.document.title);
    let (filters, sheet) = (filters(checked), sheet(checked));
    let appendix = format!("{}{}", findings::list(checked), appendix(checked));
    let data = page_data(checked, evidence);
    fill(
        PAGE,
        &[
            ("title", &title),
            ("css", CSS),
            ("filters", &filters),
            ("sheet", &sheet),
            ("appendix", &appendix),
            ("data", &data),
            ("js", JS),
        ],
    )
}

/// Puts parts into a template in one pass, so that `{{…}}` inside a part stays text.
fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((name, behind)) = after.split_once("}}") else {
            page.push_str("{{");
            rest = after;
            continue;
        };
        if let Some((_, part)) = parts.iter().find(|(n, _)| *n == name) {
            page.push_str(part);
        }
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// Escapes text for elements and double-quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

fn filters(checked: &Checked) -> String {
    let summary = checked.summary;
    // A claim that contradicts the text itself is counted with those that the ledger refutes.
    let moved = |conclusion: Conclusion| {
        let marked = (0..checked.source.claims.len()).filter(|claim| {
            checked.conclusion_of(*claim) == Some(conclusion)
                && !findings::clashes(checked, *claim).is_empty()
        });
        marked.count()
    };
    let (proven, unprovable) = (moved(Conclusion::Proven), moved(Conclusion::Unprovable));
    let unbound = moved(Conclusion::Unbound);
    let clashing = proven + unprovable + unbound;
    let refuted = if clashing > 0 { "不符和自相矛盾" } else { "不符" };
    let counts = [
        (Conclusion::Proven, "已证实", summary.proven.saturating_sub(proven)),
        (Conclusion::Refuted, refuted, summary.refuted + clashing),
        (Conclusion::Unprovable, "无法证实", summary.unprovable.saturating_sub(unprovable)),
        (
            Conclusion::Unbound,
            "未绑定数字",
            (summary.unbound + summary.loose).saturating_sub(unbound),
        ),
    ];
    counts
        .iter()
        .map(|(conclusion, label, count)| {
            let code = conclusion.code();
            format!(
                "<button type=\"button\" class=\"filter {code}\" data-filter=\"{code}\" \
                 aria-pressed=\"false\">{label} {count}</button>\n"
            )
        })
        .collect()
}

fn sheet(checked: &Checked) -> String {
    let document = &checked.document;
    let mut out = format!("<h1>{}</h1>\n", escape(&document.title));
    if let Some(to) = &document.to {
        out.push_str(&format!("<p class=\"to\">{}：</p>\n", escape(to)));
    }
    for block in &checked.source.blocks {
        match block {
            SourceBlock::Heading { level, passage } => {
                let tag = level + 1;
                out.push_str(&format!("<h{tag}>{}</h{tag}>\n", inline(checked, *passage)));
            }
            SourceBlock::Paragraph { passage } => {
                out.push_str(&format!("<p>{}</p>\n", inline(checked, *passage)));
            }
            SourceBlock::Table { rows } => out.push_str(&table(checked, rows)),
        }
    }
    if let Some(from) = &document.from {
        out.push_str(&format!("<p class=\"issuer\">{}</p>\n", escape(from)));
    }
    if let Some(date) = document.date {
        let (year, month, day) = (date.year(), date.month(), date.day());
        out.push_str(&format!("<p class=\"date\">{year}年{month}月{day}日</p>\n"));
    }
    if let Some(proof) = &document.proof {
        out.push_str(&format!("<p class=\"proof\">{}</p>\n", escape(proof)));
    }
    out
}

fn table(checked: &Checked, rows: &[Vec<usize>]) -> String {
    let mut out = String::from("<table>\n");
    for (number, row) in rows.iter().enumerate() {
        out.push_str("<tr>");
        for passage in row {
            let text = inline(checked, *passage);
            out.push_str(&match number {
                0 => format!("<th scope=\"col\">{text}</th>"),
                _ => format!("<td>{text}</td>"),
            });
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
    out
}

/// One passage: its runs, with claims and loose figures marked.
fn inline(checked: &Checked, number: usize) -> String {
    let passage = &checked.source.passages[number];
    let mut out = String::new();
    let mut at = 0;
    let mut open: Option<usize> = None;
    for span in &passage.spans {
        let marked = span.claim.filter(|c| checked.conclusion_of(*c).is_some());
        if open != marked {
            if open.is_some() {
                out.push_str("</span>");
            }
            if let Some(claim) = marked {
                out.push_str(&claim_tag(checked, claim));
            }
            open = marked;
        }
        let end = at + span.text.chars().count();
        let text = match marked {
            Some(_) => escape(&span.text),
            None => with_loose(checked, number, passage, at, end),
        };
        if span.bold {
            out.push_str(&format!("<strong>{text}</strong>"));
        } else {
            out.push_str(&text);
        }
        at = end;
    }
    if open.is_some() {
        out.push_str("</span>");
    }
    out
}

fn claim_tag(checked: &Checked, claim: usize) -> String {
    let conclusion = checked.conclusion_of(claim).unwrap_or(Conclusion::Unbound);
    let reason = checked
        .verdicts_of(claim)
        .find(|v| v.finding.conclusion == conclusion)
        .map_or("", |v| v.finding.reason.as_str());
    let clash = findings::clashes(checked, claim).into_iter().next();
    let (code, label, reason) = match clash {
        Some(clash) => (Conclusion::Refuted.code(), "自相矛盾", clash.message.as_str()),
        None => (conclusion.code(), conclusion.label(), reason),
    };
    let excepted = checked.verdicts_of(claim).any(|v| checked.exception_for(v).is_some());
    let (class, note) = if excepted { (" excepted", "(批准例外)") } else { ("", "") };
    format!(
        "<span class=\"claim {code}{class}\" role=\"button\" tabindex=\"0\" aria-controls=\"panel\" \
         aria-expanded=\"false\" data-verdict=\"{code}\" data-claim=\"{claim}\" \
         title=\"{label}{note}:{}\">",
        escape(reason)
    )
}

/// The plain characters from `from` up to `to`, loose figures marked.
fn with_loose(
    checked: &Checked,
    number: usize,
    passage: &Passage,
    from: usize,
    to: usize,
) -> String {
    let text =
        |range: std::ops::Range<usize>| escape(&passage.chars[range].iter().collect::<String>());
    let mut out = String::new();
    let mut at = from;
    for (index, loose) in checked.loose.iter().enumerate() {
        let (start, end) = (loose.range.start.max(at), loose.range.end.min(to));
        if loose.passage != number || start >= end {
            continue;
        }
        out.push_str(&text(at..start));
        out.push_str(&format!(
            "<span class=\"figure unbound\" role=\"button\" tabindex=\"0\" aria-controls=\"panel\" \
             aria-expanded=\"false\" data-verdict=\"unbound\" data-loose=\"{index}\" \
             title=\"未绑定:{}\">{}</span>",
            escape(&loose.reason),
            text(start..end)
        ));
        at = end;
    }
    out.push_str(&text(at..to));
    out
}

/// Relations below the sheet: how many hold, and each that does not.
fn appendix(checked: &Checked) -> String {
    if checked.relations.is_empty() {
        return String::new();
    }
    let count = |holds| checked.relations.iter().filter(|r| r.holds == holds).count();
    let (holding, open) = (count(Some(true)), count(None));
    let explained = checked.relations.iter().filter(|r| r.explanation.is_some()).count();
    let unexplained = checked.relations.iter().filter(|r| r.is_unexplained()).count();
    let broken = checked.relations.iter().filter(|r| r.is_broken()).count();
    let mut out = format!(
        "<section class=\"appendix\" aria-labelledby=\"relations\">\n\
         <h2 id=\"relations\">勾稽关系 {} 条:成立 {holding},不符 {broken},已说明 {explained},需说明 {unexplained},无法判断 {open}</h2>\n<ul>\n",
        checked.relations.len()
    );
    for relation in checked.relations.iter().filter(|r| r.holds != Some(true)) {
        let (class, word) = match (relation.holds, &relation.explanation) {
            (Some(false), Some(_)) => ("exception", "已说明"),
            (Some(false), None) if relation.is_unexplained() => ("refuted", "需说明"),
            (Some(false), None) => ("refuted", "不符"),
            _ => ("unprovable", "无法判断"),
        };
        out.push_str(&format!(
            "<li><span class=\"badge {class}\">{word}</span> {} · {} · {}:{};{}{}</li>\n",
            escape(&relation.label),
            escape(&relation.place_label),
            relation.window.describe(),
            escape(&relation.equation),
            escape(relation.explanation.as_ref().unwrap_or(&relation.advice)),
            approval(checked, relation)
        ));
    }
    out.push_str("</ul>\n</section>\n");
    out
}

/// Under which exception a relation that does not hold was let pass; empty without one.
fn approval(checked: &Checked, relation: &RelationResult) -> String {
    let number = checked.exception_for_relation(relation);
    let Some(exception) = number.and_then(|n| checked.exceptions().get(n)) else {
        return String::new();
    };
    format!(
        " <span class=\"badge exception\">批准例外</span> {};{};{}",
        escape(&exception.who),
        escape(&exception.why),
        escape(&exception.document)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_in_once() {
        let page = fill("<a>{{x}}</a>{{y}}{{", &[("x", "{{y}}"), ("y", "1")]);
        assert_eq!(page, "<a>{{y}}</a>1{{");
    }

    #[test]
    fn marks_of_html_are_escaped() {
        assert_eq!(escape("<b a=\"'\">&"), "&lt;b a=&quot;&#39;&quot;&gt;&amp;");
    }

    #[test]
    fn the_page_loads_nothing_from_elsewhere() {
        for part in [PAGE, CSS, JS] {
            for foreign in ["http://", "https://", "url(", "@import", "src=", "innerHTML"] {
                assert!(!part.contains(foreign), "{foreign}");
            }
        }
    }
}
