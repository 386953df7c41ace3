//! Two versions of a text, line by line.

/// How many lines that stay stand around what changes.
const AROUND: usize = 3;

/// What leads from one text to another, as `diff -u` writes it: one piece from the first line that differs to the last.
/// Nothing if they are the same.
pub fn changed_lines(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len()) - same;
    let ends = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, other)| one == other);
    let tail = ends.count();
    let begin = same.saturating_sub(AROUND);
    let after = tail.min(AROUND);
    let piece = |length: usize| format!("{},{}", begin + 1, length - tail + after - begin);
    let mut text = format!("--- {name}\n+++ {name}\n@@ -{} +{} @@\n", piece(old.len()), piece(new.len()));
    let mut add =
        |sign: char, lines: &[&str]| lines.iter().for_each(|line| text.push_str(&format!("{sign}{line}\n")));
    add(' ', &old[begin..same]);
    add('-', &old[same..old.len() - tail]);
    add('+', &new[same..new.len() - tail]);
    add(' ', &old[old.len() - tail..old.len() - tail + after]);
    text
}
