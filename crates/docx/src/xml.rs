//! A thin writer of elements over quick-xml, so that the parts read like the XML they make.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// WordprocessingML, transitional.
pub(crate) const WML: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relationships named in a part.
pub(crate) const RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Attributes of an element.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A part being written.
pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
    /// Names of the open elements, so that `close` cannot name the wrong one.
    open: Vec<&'static str>,
}

impl Xml {
    /// Begins a part with its XML declaration.
    pub(crate) fn new() -> io::Result<Xml> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        Ok(Xml { writer, open: Vec::new() })
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: Attributes) -> io::Result<()> {
        self.open.push(name);
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))
    }

    /// Closes the element opened last.
    pub(crate) fn close(&mut self) -> io::Result<()> {
        match self.open.pop() {
            Some(name) => self.writer.write_event(Event::End(BytesEnd::new(name))),
            None => Err(io::Error::other("no element is open")),
        }
    }

    /// Writes an element without content.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: Attributes) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Empty(start))
    }

    /// Writes an element whose only attribute is `w:val`.
    pub(crate) fn val(&mut self, name: &'static str, value: &str) -> io::Result<()> {
        self.leaf(name, &[("w:val", value)])
    }

    /// Writes an on/off property as on.
    pub(crate) fn on(&mut self, name: &'static str) -> io::Result<()> {
        self.leaf(name, &[])
    }

    /// Writes an on/off property as off. It is written out wherever the default is on.
    pub(crate) fn off(&mut self, name: &'static str) -> io::Result<()> {
        self.val(name, "0")
    }

    /// Writes an element that holds text only; the text is escaped.
    pub(crate) fn text(
        &mut self,
        name: &'static str,
        attributes: Attributes,
        text: &str,
    ) -> io::Result<()> {
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::new(text)))?;
        self.close()
    }

    /// Ends the part: closes what is open and gives its bytes.
    pub(crate) fn finish(mut self) -> io::Result<Vec<u8>> {
        while !self.open.is_empty() {
            self.close()?;
        }
        Ok(self.writer.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() -> io::Result<()> {
        let mut xml = Xml::new()?;
        xml.open("w:p", &[("w:x", "a\"<b>&")])?;
        xml.text("w:t", &[], "1 < 2 & 3 > 2, \"甲\"")?;
        let bytes = xml.finish()?;
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
            <w:p w:x=\"a&quot;&lt;b&gt;&amp;\"><w:t>1 &lt; 2 &amp; 3 &gt; 2, &quot;甲&quot;</w:t></w:p>";
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        Ok(())
    }

    #[test]
    fn closing_nothing_is_an_error() -> io::Result<()> {
        assert!(Xml::new()?.close().is_err());
        Ok(())
    }
}
