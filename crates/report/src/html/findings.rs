//! What the rules of proofreading found, as a list below the sheet that leads to the words.

use std::ops::Range;

use pack::Grade;

use super::escape;
use super::marks::Marks;
use crate::verdict::Checked;

/// The grades, the gravest first.
pub(super) const GRADES: [Grade; 3] = [Grade::Wrong, Grade::Leak, Grade::Doubt];

/// The word of programs for a grade, which is the class of its marks as well.
pub(crate) fn class(grade: Grade) -> &'static str {
    match grade {
        Grade::Wrong => "wrong",
        Grade::Leak => "leak",
        Grade::Doubt => "doubt",
    }
}

/// The word for a grade, as in the terminal.
pub(crate) fn grade_label(grade: Grade) -> &'static str {
    match grade {
        Grade::Wrong => "自相矛盾",
        Grade::Leak => "不宜公开",
        Grade::Doubt => "核稿提示",
    }
}

/// How many findings there are of a grade.
pub(super) fn count(checked: &Checked, grade: Grade) -> usize {
    checked.findings.iter().filter(|finding| finding.grade == grade).count()
}

/// The numbers of the findings that share a character with a range of the file.
pub(crate) fn is_at(checked: &Checked, range: Range<usize>) -> Vec<usize> {
    let there = |f: &review::Finding| f.start < range.end && range.start < f.end;
    let numbered = checked.findings.iter().enumerate();
    numbered.filter(|(_, finding)| there(finding)).map(|(number, _)| number).collect()
}

/// The list of findings, what is wrong before what is doubtful, each with its sentence, the words
/// in it marked and a link to them; empty without any.
pub(super) fn list(checked: &Checked, marks: &Marks<'_>) -> String {
    if checked.findings.is_empty() {
        return String::new();
    }
    let mut out =
        String::from("<section id=\"findings\" class=\"appendix\" aria-label=\"核稿意见\">\n");
    for grade in GRADES {
        let of_grade = checked.findings.iter().enumerate().filter(|(_, f)| f.grade == grade);
        let count = count(checked, grade);
        if count == 0 {
            continue;
        }
        out.push_str(&format!("<h2>{} {count} 处</h2>\n<ul>\n", grade_label(grade)));
        for (number, finding) in of_grade {
            let place = escape(&checked.source.whereabouts(finding.start));
            let place = match marks.has(number) {
                true => format!("<a class=\"jump\" href=\"#f{number}\">{place}</a>"),
                false => place,
            };
            out.push_str(&format!(
                "<li><span class=\"badge {}\">{}</span> {place} {}<br>{}</li>\n",
                class(grade),
                escape(&finding.label),
                sentence(checked, finding),
                escape(&finding.message)
            ));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    out
}

fn sentence(checked: &Checked, finding: &review::Finding) -> String {
    let Some(excerpt) = checked.excerpt(finding.start, finding.end) else {
        return format!("<mark>{}</mark>", escape(&finding.text));
    };
    let chars = &checked.source.passages[excerpt.passage].chars;
    let text = |range: Range<usize>| escape(&chars[range].iter().collect::<String>());
    let (words, sentence) = (excerpt.words, excerpt.sentence);
    format!(
        "{}<mark>{}</mark>{}",
        text(sentence.start.min(words.start)..words.start),
        text(words.clone()),
        text(words.end..sentence.end.max(words.end))
    )
}
