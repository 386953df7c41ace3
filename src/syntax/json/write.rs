//! JSON as text.

/// A text as a JSON string.
pub fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON text on one line: white space outside of strings is one blank.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for character in text.trim().chars() {
        let blank = !quoted && character.is_ascii_whitespace();
        if !(blank && out.ends_with(' ')) {
            out.push(if blank { ' ' } else { character });
        }
        quoted ^= character == '"' && !escaped;
        escaped = quoted && character == '\\' && !escaped;
    }
    out
}
