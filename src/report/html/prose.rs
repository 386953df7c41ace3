//! Sentences with the code in them in code type: names of actions and keys, ARNs, texts in backticks and quotation marks.

use crate::layout::escape;

/// A sentence as HTML.
pub(super) fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let each = parts.map(|(number, part)| match number % 2 {
        1 => code(part),
        _ => words(part),
    });
    each.collect()
}

/// Text in code type.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// Words, those that are code in code type.
fn words(text: &str) -> String {
    let each = text.split_inclusive([' ', '\n']).map(|word| {
        let start = word.len() - word.trim_start_matches('(').len();
        let end = word.trim_end_matches([' ', '\n', ',', ';', '.', ')', ':']).len().max(start);
        let (before, rest) = word.split_at(start);
        let (own, after) = rest.split_at(end - start);
        let own = if is_code(own) { code(own) } else { escape(own) };
        format!("{}{own}{}", escape(before), escape(after))
    });
    each.collect()
}

/// What the short form of an ARN begins with: `key/1234abcd-…`.
const TYPES: [&str; 10] = [
    "alias", "image", "instance", "key", "network-interface", "role", "security-group", "subnet", "user",
    "volume",
];

/// `arn:…`, `s3:GetObject`, `aws:SourceIp`, `"arn:…"`, `team=blue`, `--external-id`, `role/Worker`.
fn is_code(word: &str) -> bool {
    let is_name = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let colon = word
        .split_once(':')
        .is_some_and(|(start, rest)| !start.is_empty() && is_name(start) && !rest.is_empty());
    let pair = word.split_once('=').is_some_and(|(key, value)| !key.is_empty() && !value.is_empty());
    let quoted = word.len() > 2 && word.starts_with('"') && word.ends_with('"');
    let short = word.split_once('/').is_some_and(|(kind, name)| TYPES.contains(&kind) && !name.is_empty());
    colon || pair || quoted || short || word.starts_with("--") || word.starts_with("vpce-")
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn what_is_code_is_in_code_type_and_nothing_runs_together() {
        assert_eq!(
            prose("add \"arn:aws:s3:::b/*\" beside `x y`, (s3:GetObject); by user bob"),
            "add <code>&quot;arn:aws:s3:::b/*&quot;</code> beside <code>x y</code>, (<code>s3:GetObject</code>); by user bob"
        );
        assert_eq!(prose("role/Worker or/and"), "<code>role/Worker</code> or/and");
        assert_eq!(prose("<b>: no code"), "&lt;b&gt;: no code");
    }
}
