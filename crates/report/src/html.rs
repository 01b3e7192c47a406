//! A checked report as one self-contained page: the document as it will be
//! issued, with every claim opening what stands behind it.
//!
//! The page needs no network and no server. Text reaches it escaped, records
//! reach it masked, and the same input gives the same bytes.

use measure::RelationResult;

use self::marks::Marks;
use crate::evidence::RecordTable;
use crate::json::page_data;
use crate::source::SourceBlock;
use crate::verdict::{Checked, Conclusion};

pub(crate) mod findings;
pub(crate) mod marks;
mod plain;

pub use plain::plain_page;

const PAGE: &str = include_str!("html/page.html");
const CSS: &str = include_str!("html/page.css");
const JS: &str = include_str!("html/page.js");

/// The page. `evidence` are the tables of [`crate::gather`], one list for each
/// verdict; without them the page shows verdicts alone.
pub fn html(checked: &Checked, evidence: &[Vec<RecordTable>]) -> String {
    let title = escape(&checked.document.title);
    let marks = Marks::of(checked);
    let (filters, sheet) = (filters(checked), sheet(checked, &marks));
    let appendix = format!("{}{}", findings::list(checked, &marks), appendix(checked));
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

/// Buttons with the counts that the terminal tells. What could not be measured has no conclusion.
fn filters(checked: &Checked) -> String {
    let summary = checked.summary;
    let conclusions = [
        (Conclusion::Proven, "已证实", summary.proven),
        (Conclusion::Refuted, "不符", summary.refuted),
        (Conclusion::Unprovable, "无法证实", summary.unprovable),
        (Conclusion::Unbound, "未绑定数字", summary.unbound + summary.loose),
    ];
    let measured = conclusions.map(|(conclusion, label, count)| (conclusion.code(), label, count));
    let found = findings::GRADES.map(|grade| {
        (findings::class(grade), findings::grade_label(grade), findings::count(checked, grade))
    });
    let measured = measured.into_iter().filter(|_| checked.asked_ledgers());
    let mut out = String::new();
    for (code, label, count) in measured.chain(found) {
        out.push_str(&format!(
            "<button type=\"button\" class=\"filter {code}\" data-filter=\"{code}\" \
             aria-pressed=\"false\">{label} {count}</button>\n"
        ));
    }
    if !checked.findings.is_empty() {
        out.push_str("<a class=\"down\" href=\"#findings\">意见列表</a>\n");
    }
    out
}

fn sheet(checked: &Checked, marks: &Marks<'_>) -> String {
    let document = &checked.document;
    let mut out = format!("<h1>{}</h1>\n", marks.title());
    if let Some(to) = &document.to {
        out.push_str(&format!("<p class=\"to\">{}：</p>\n", escape(to)));
    }
    for block in &checked.source.blocks {
        match block {
            SourceBlock::Heading { level, passage } => {
                let tag = level + 1;
                out.push_str(&format!("<h{tag}>{}</h{tag}>\n", marks.passage(*passage)));
            }
            SourceBlock::Paragraph { passage } => {
                out.push_str(&format!("<p>{}</p>\n", marks.passage(*passage)));
            }
            SourceBlock::Table { rows } => out.push_str(&table(marks, rows)),
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

fn table(marks: &Marks<'_>, rows: &[Vec<usize>]) -> String {
    let mut out = String::from("<table>\n");
    for (number, row) in rows.iter().enumerate() {
        out.push_str("<tr>");
        for passage in row {
            let text = marks.passage(*passage);
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
