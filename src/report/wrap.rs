//! Lines cut between words.

/// Cuts a text into lines of at most `room` columns, at blanks; a longer word stays whole.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The columns that a text takes: East Asian wide characters and emoji take two, combining marks none.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> usize {
    match u32::from(character) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Cuts JSON into lines of at most `room` columns, at blanks outside of its strings: it stays the same JSON. A value
/// stays with its name as long as both fit into a line.
pub(super) fn wrap_json(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = room;
    for member in glued(&words_of_json(text), room) {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&member) <= room => {
                line.push(' ');
                line.push_str(&member);
            }
            last => {
                // What goes on stands further in.
                room = if last.is_some() && lines.len() == 1 { room.saturating_sub(2) } else { room };
                lines.push(member);
            }
        }
    }
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| if i == 0 { line.clone() } else { format!("  {line}") })
        .collect()
}

/// Names with their values, and brackets with what they hold, where that fits.
fn glued(words: &[&str], room: usize) -> Vec<String> {
    let mut members: Vec<String> = Vec::new();
    for word in words {
        let belongs = |last: &str| last.ends_with([':', '{', '[']) || word.starts_with(['}', ']']);
        let fits = |last: &str| width(last) + width(word) + 3 <= room;
        match members.last_mut().filter(|last| belongs(last) && fits(last)) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => members.push((*word).to_owned()),
        }
    }
    members
}

/// The pieces of JSON between the blanks that are in none of its strings.
fn words_of_json(text: &str) -> Vec<&str> {
    let (mut inside, mut escaped) = (false, false);
    let words = text.split(move |c: char| {
        let quote = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        inside ^= quote;
        c == ' ' && !inside
    });
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_cut_between_its_members_and_never_in_a_string() {
        let text = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a b\" c/*"}"#;
        let lines = wrap_json(text, 40);
        assert_eq!(
            lines,
            [
                r#"{"Effect": "Allow","#,
                r#"  "Action": "s3:GetObject","#,
                r#"  "Resource": "arn:aws:s3:::a b\" c/*"}"#,
            ]
        );
    }
}
