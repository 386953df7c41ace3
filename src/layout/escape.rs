//! Texts as they may stand in markup.

/// A text as it may stand in an element of HTML or a quoted attribute.
pub fn escape(text: &str) -> String {
    escaped(text, |character| match character {
        '\'' => Some("&#39;"),
        // What HTML knows no character for, and what turns the direction of a line.
        c if c.is_control() && !matches!(c, '\n' | '\t') => Some("\u{fffd}"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("\u{fffd}"),
        _ => None,
    })
}

/// A text as it may stand in an element or attribute of XML; what XML 1.0 cannot hold becomes U+FFFD.
pub fn escape_xml(text: &str) -> String {
    escaped(text, |character| match character {
        '\t' | '\n' => None,
        '\r' => Some("&#13;"),
        '\u{0}'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        _ => None,
    })
}

fn escaped(text: &str, other: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let written = match character {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' => Some("&quot;"),
            character => other(character),
        };
        if let Some(written) = written { out.push_str(written) } else { out.push(character) }
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
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;\u{fffd}\u{fffd}"
        );
    }
}
