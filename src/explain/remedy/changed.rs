//! What is new in a statement that was changed: the words of JSON that it did not have.

use std::ops::Range;

/// The most words that are compared one with another; of longer texts what lies between the first and the last
/// difference is new.
const WORDS: usize = 600;

/// The ranges of a text that another one lacks, word by word, in order; neighbours are one.
pub(super) fn changed(before: &str, after: &str) -> Vec<Range<usize>> {
    let (old, new) = (words(before), words(after));
    let same = |a: &Range<usize>, b: &Range<usize>| before[a.clone()] == after[b.clone()];
    let start = old.iter().zip(&new).take_while(|(a, b)| same(a, b)).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let kept =
        if old.len().max(new.len()) <= WORDS { common(old, new, same) } else { vec![false; new.len()] };
    let added = new.iter().zip(kept).filter(|(_, kept)| !kept).map(|(word, _)| word.clone());
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in added {
        match found.last_mut().filter(|last| after[last.end..word.start].trim().is_empty()) {
            Some(last) => last.end = word.end,
            None => found.push(word),
        }
    }
    let own = found.into_iter().map(|range| trimmed(after, range));
    own.filter(|range| after[range.clone()].contains(|c: char| !"[]{},: ".contains(c))).collect()
}

/// Without the commas and blanks at its ends, and the brackets that close what began before it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = part.len() - part.trim_start_matches([',', ' ']).len();
    let count = |part: &str, signs: [char; 2]| part.matches(signs).count();
    let mut end = part.trim_end_matches([',', ' ']).len();
    while part[..end].ends_with([']', '}'])
        && count(&part[..end], [']', '}']) > count(&part[..end], ['[', '{'])
    {
        end = part[..end - 1].trim_end().len();
    }
    range.start + start..range.start + end.max(start)
}

/// Which of the new words belong to the longest sequence that both have.
fn common(
    old: &[Range<usize>],
    new: &[Range<usize>],
    same: impl Fn(&Range<usize>, &Range<usize>) -> bool,
) -> Vec<bool> {
    let mut longest = vec![vec![0_u16; new.len() + 1]; old.len() + 1];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            longest[i][j] =
                if same(a, b) { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut kept) = (0, vec![false; new.len()]);
    for j in 0..new.len() {
        while i < old.len() && longest[i + 1][j] == longest[i][j] {
            i += 1;
        }
        kept[j] = i < old.len() && same(&old[i], &new[j]);
        i += usize::from(kept[j]);
    }
    kept
}

/// The words of JSON: strings, signs, and what stands between them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut quoted, mut escaped, mut open) = (false, false, false);
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let sign = !quoted && "[]{},:".contains(character);
        match (quoted || (open && !sign && character != '"'), character.is_whitespace()) {
            (true, blank) if quoted || !blank => {
                if let Some(last) = found.last_mut() {
                    last.end = end;
                }
            }
            (_, true) => open = false,
            _ => {
                found.push(at..end);
                open = !sign;
            }
        }
        if character == '"' && !escaped {
            quoted = !quoted;
            open = quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::changed;

    fn new(before: &str, after: &str) -> Vec<String> {
        changed(before, after).into_iter().map(|range| after[range].to_owned()).collect()
    }

    #[test]
    fn what_was_put_in_is_new() {
        let before = r#"{"A": "*", "B": ["x"]}"#;
        assert_eq!(new(before, r#"{ "A": "*", "B": ["x", "y, z"] }"#), [r#""y, z""#]);
        assert_eq!(
            new(before, r#"{"NotA": "q", "B": ["x"], "C": {"d": "e"}}"#),
            [r#""NotA""#, r#""q""#, r#""C": {"d": "e"}"#]
        );
        assert!(new(before, before).is_empty());
    }
}
