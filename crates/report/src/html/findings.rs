//! What the rules of proofreading found, below the sheet.

use pack::Grade;

use super::escape;
use crate::verdict::Checked;

/// What contradicts itself at the words of a claim.
pub(crate) fn clashes(checked: &Checked, claim: usize) -> Vec<&review::Finding> {
    let Some(claim) = checked.source.claims.get(claim) else { return Vec::new() };
    let is_there = |f: &&review::Finding| {
        f.grade == Grade::Wrong && f.start < claim.end && claim.start < f.end
    };
    checked.findings.iter().filter(is_there).collect()
}

/// The list of findings, each with its sentence and the words in it marked; empty without any.
pub(super) fn list(checked: &Checked) -> String {
    let findings = &checked.findings;
    if findings.is_empty() {
        return String::new();
    }
    let wrong = findings.iter().filter(|finding| finding.grade == Grade::Wrong).count();
    let mut out = format!(
        "<section class=\"appendix\" aria-labelledby=\"findings\">\n\
         <h2 id=\"findings\">核稿:自相矛盾 {wrong} 处,提示 {} 处</h2>\n<ul>\n",
        findings.len() - wrong
    );
    for finding in findings {
        let class = match finding.grade {
            Grade::Wrong => "refuted",
            Grade::Doubt => "unprovable",
        };
        out.push_str(&format!(
            "<li><span class=\"badge {class}\">{}</span> {} {}<br>{}</li>\n",
            escape(&finding.label),
            escape(&checked.source.whereabouts(finding.start)),
            sentence(checked, finding),
            escape(&finding.message)
        ));
    }
    out.push_str("</ul>\n</section>\n");
    out
}

fn sentence(checked: &Checked, finding: &review::Finding) -> String {
    let Some(excerpt) = checked.excerpt(finding.start, finding.end) else {
        return format!("<mark>{}</mark>", escape(&finding.text));
    };
    let chars = &checked.source.passages[excerpt.passage].chars;
    let text = |range: std::ops::Range<usize>| escape(&chars[range].iter().collect::<String>());
    let (words, sentence) = (excerpt.words, excerpt.sentence);
    format!(
        "{}<mark>{}</mark>{}",
        text(sentence.start.min(words.start)..words.start),
        text(words.clone()),
        text(words.end..sentence.end.max(words.end))
    )
}
