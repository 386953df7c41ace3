//! Texts as they may stand in markup.

use crate::source::printable;

/// A text as it may stand in an element of HTML or XML, or in a quoted attribute: all its characters print and are such
/// as XML 1.0 can hold.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_gets_out_of_a_text() {
        assert_eq!(
            escape("<a href=\"x\" id='y'>&\u{7}\u{202e}"),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;\\u0007\\u202e"
        );
    }
}
