//! What programs print around a message: the bars of Terraform, colours, marks of quoted mail.

/// A text without what frames its lines.
pub(super) fn unframed(text: &str) -> String {
    let text = without_colours(text.trim_start_matches('\u{feff}'));
    let lines: Vec<&str> = text.lines().map(bare).collect();
    lines.join("\n")
}

/// A line without the bar in front of it.
fn bare(line: &str) -> &str {
    let bar = |c: char| matches!(c, '│' | '╷' | '╵' | '┃');
    match line.trim_start().strip_prefix(bar) {
        Some(rest) => rest.trim_start_matches(bar),
        None => line.strip_prefix("> ").unwrap_or(line),
    }
}

/// A text without the sequences that colour a terminal.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        out + part.get(end..).unwrap_or_default()
    })
}
