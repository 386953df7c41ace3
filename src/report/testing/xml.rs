//! As much XML as a report needs.

use crate::layout::escape;
use crate::source::one_line;

/// Elements, written as they are opened and closed.
#[derive(Default)]
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    pub(super) fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        match text.is_empty() {
            true => self.text.push_str("/>\n"),
            false => self.text.push_str(&format!(">{}</{name}>\n", escape(text))),
        }
    }

    /// The document; what is still open is closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push_str(&format!("<{name}"));
        for (key, value) in attributes {
            self.text.push_str(&format!(" {key}=\"{}\"", escape(&one_line(value))));
        }
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_its_element() {
        let mut xml = Xml::new();
        xml.element("a", &[("b", "\"<\n\u{1}")], "]]> & </a>");
        let text = xml.finish();
        assert!(text.ends_with("<a b=\"&quot;&lt;\\n\\u0001\">]]&gt; &amp; &lt;/a&gt;</a>\n"), "{text}");
    }
}
