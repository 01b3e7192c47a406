//! A document without claims as a self-contained page with a table of contents.

use super::{escape, fill};
use crate::document::{Block, Document, Span};

const PAGE: &str = include_str!("plain.html");

/// The page of a document, its headings of the first two levels listed at the side.
pub fn plain_page(document: &Document) -> String {
    let (mut contents, mut body, mut count) = (String::new(), String::new(), 0);
    for block in &document.blocks {
        match block {
            Block::Heading { level, spans } => {
                count += 1;
                let (text, level) = (inline(spans), level + 1);
                body.push_str(&format!("<h{level} id=\"h{count}\">{text}</h{level}>\n"));
                if level <= 3 {
                    contents.push_str(&format!(
                        "<a class=\"l{level}\" href=\"#h{count}\">{text}</a>\n"
                    ));
                }
            }
            Block::Paragraph { spans } => body.push_str(&format!("<p>{}</p>\n", inline(spans))),
            Block::Table { rows } => body.push_str(&table(rows)),
        }
    }
    let title = escape(&document.title);
    fill(PAGE, &[("title", &title), ("contents", &contents), ("body", &body)])
}

fn inline(spans: &[Span]) -> String {
    let span = |span: &Span| match span.bold {
        true => format!("<b>{}</b>", escape(&span.text)),
        false => escape(&span.text),
    };
    spans.iter().map(span).collect()
}

fn table(rows: &[Vec<Vec<Span>>]) -> String {
    let mut html = String::from("<table>\n");
    for (number, row) in rows.iter().enumerate() {
        let cell = if number == 0 { "th" } else { "td" };
        html.push_str("<tr>");
        for spans in row {
            html.push_str(&format!("<{cell}>{}</{cell}>", inline(spans)));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_escapes_and_lists_its_headings() {
        let spans = |text: &str| vec![Span { text: text.to_owned(), claim: None, bold: false }];
        let document = Document {
            title: "手册<1>".to_owned(),
            to: None,
            from: None,
            date: None,
            proof: None,
            blocks: vec![
                Block::Heading { level: 1, spans: spans("一、甲&乙") },
                Block::Table { rows: vec![vec![spans("字段")], vec![spans("{{body}}")]] },
            ],
        };
        let page = plain_page(&document);
        assert!(page.contains("<title>手册&lt;1&gt;</title>"), "{page}");
        assert!(page.contains("<a class=\"l2\" href=\"#h1\">一、甲&amp;乙</a>"), "{page}");
        assert!(page.contains("<tr><th>字段</th></tr>\n<tr><td>{{body}}</td></tr>"), "{page}");
    }
}
