//! JSON that is too wide, broken between its words: after commas first, and an element that fits a row stays whole.

use crate::layout::width;
use std::ops::Range;

/// How much deeper what is nested stands.
const STEP: usize = 2;

/// A row: what of the text stands on it, and how many blanks before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Strip {
    pub(super) range: Range<usize>,
    pub(super) indent: usize,
}

/// The shortest stretch of JSON that is not broken: it ends after a comma or an opening bracket, or with the text.
struct Atom {
    range: Range<usize>,
    /// How deep it is nested what follows.
    depth: usize,
    opens: bool,
    wide: usize,
}

/// Breaks a line of JSON into rows of at most `room` columns, where it has places to break at.
pub(super) fn reflow(line: &str, room: usize) -> Vec<Strip> {
    let lead = line.len() - line.trim_start().len();
    if width(line) <= room {
        return vec![Strip { range: lead..line.len(), indent: lead }];
    }
    let atoms = atoms(line, lead);
    let mut rows: Vec<Strip> = Vec::new();
    let mut row = Strip { range: lead..lead, indent: lead };
    let mut used = lead;
    for (i, atom) in atoms.iter().enumerate() {
        if used + needed(&atoms, i, room) > room && row.range.end > row.range.start {
            let indent = lead + STEP * atoms[i - 1].depth.max(1);
            let next = Strip { range: atom.range.start..atom.range.start, indent };
            rows.push(std::mem::replace(&mut row, next));
            used = indent;
        }
        row.range.end = atom.range.end;
        used += atom.wide;
    }
    rows.push(row);
    rows
}

/// The columns that an atom needs: behind a comma the whole element, behind a bracket the atom alone.
fn needed(atoms: &[Atom], i: usize, room: usize) -> usize {
    let Some(before) = i.checked_sub(1).map(|before| &atoms[before]).filter(|before| !before.opens) else {
        return atoms[i].wide;
    };
    let mut wide = 0;
    for atom in &atoms[i..] {
        wide += atom.wide;
        if wide > room || atom.depth < before.depth || (atom.depth == before.depth && !atom.opens) {
            break;
        }
    }
    wide
}

fn atoms(line: &str, lead: usize) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::new();
    let (mut start, mut depth) = (lead, 0_usize);
    let (mut quoted, mut escaped) = (false, false);
    let mut ends: Option<bool> = None; // an atom ends here, blanks included; whether with a bracket
    for (at, character) in line.char_indices().skip_while(|(at, _)| *at < lead) {
        if let Some(opens) = ends.filter(|_| !character.is_whitespace()) {
            found.push(Atom { range: start..at, depth, opens, wide: width(&line[start..at]) });
            (start, ends) = (at, None);
        }
        match character {
            '"' if !escaped => quoted = !quoted,
            ',' if !quoted => ends = Some(false),
            '{' | '[' if !quoted => (depth, ends) = (depth + 1, Some(true)),
            '}' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = quoted && character == '\\' && !escaped;
    }
    found.push(Atom { range: start..line.len(), depth, opens: false, wide: width(line[start..].trim_end()) });
    found
}

#[cfg(test)]
mod tests {
    use super::reflow;

    fn rows(line: &str, room: usize) -> Vec<String> {
        let rows = reflow(line, room).into_iter();
        rows.map(|row| format!("{}{}", " ".repeat(row.indent), line[row.range].trim_end())).collect()
    }

    #[test]
    fn an_element_that_fits_stays_whole_and_a_list_is_filled() {
        let line = r#"{ "Sid": "A, B", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], "Resource": "*" }"#;
        let expected = [
            r#"{ "Sid": "A, B","#,
            r#"  "Action": ["s3:GetObject", "s3:PutObject","#,
            r#"    "s3:ListBucket"], "Resource": "*" }"#,
        ];
        assert_eq!(rows(line, 45), expected);
        assert_eq!(rows(line, 200), [line]);
    }

    #[test]
    fn nothing_but_blanks_is_lost() {
        let line = r#"  {"a\"],": [[{}], {"b": [1, 2, {"c": "ddddddddd"}]}], "e": "f"}, "#;
        for room in 0..80 {
            let all: String = rows(line, room).concat();
            assert_eq!(all.replace(' ', ""), line.replace(' ', ""), "{room}");
        }
    }
}
