//! Tables of words.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::style::{Format, Style, Tone};
use crate::layout::{Align, GAP, fill, painted_side_by_side, width};
use crate::source::one_line;

/// A column of prose is not made narrower than this.
const LEAST: usize = 12;

/// Renders a table. Where it is too wide, cells wrap between words, the widest first; where words would break, every
/// row is a block of lines. JSON is an object a row.
pub fn table<C: AsRef<str>>(header: &[&str], rows: &[Vec<C>], style: &Style) -> String {
    if style.format == Format::Json {
        return rows.iter().map(|row| json_row(header, row)).collect();
    }
    let titles: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    let shown = |row: &Vec<C>| row.iter().map(|cell| one_line(cell.as_ref()).into_owned()).collect();
    let rows: &[Vec<String>] = &rows.iter().map(shown).collect::<Vec<_>>();
    match fitted(&titles, rows, style.width) {
        Some(widths) => {
            let head = lines(&titles, &widths, &Style { colour: false, ..*style }).join("\n");
            let head = if head.is_empty() { head } else { style.paint(Tone::Faint, &head) + "\n" };
            let body = rows.iter().flat_map(|row| lines(row, &widths, style)).map(|line| line + "\n");
            head + &body.collect::<String>()
        }
        None => rows.iter().flat_map(|row| block(&titles, row, style)).map(|line| line + "\n").collect(),
    }
}

/// The widths of the columns, if the table fits without a broken word.
fn fitted(titles: &[String], rows: &[Vec<String>], room: usize) -> Option<Vec<usize>> {
    let columns = rows.iter().map(Vec::len).chain([titles.len()]).max().unwrap_or_default();
    let widest = |column: usize, measure: fn(&str) -> usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(titles.get(column));
        cells.map(|cell| measure(cell)).max().unwrap_or_default()
    };
    let mut widths: Vec<usize> = (0..columns).map(|column| widest(column, width)).collect();
    let least = |column: usize| widest(column, longest_word).max(LEAST);
    let least: Vec<usize> = (0..columns).map(least).collect();
    while widths.iter().sum::<usize>() + GAP.len() * columns.saturating_sub(1) > room {
        let gives_way = (0..columns).filter(|i| widths[*i] > least[*i]).max_by_key(|i| widths[*i])?;
        widths[gives_way] -= 1;
    }
    Some(widths)
}

fn longest_word(cell: &str) -> usize {
    indent(cell).len() + cell.split(' ').map(width).max().unwrap_or_default()
}

/// The lines of a row, its cells side by side.
fn lines(row: &[String], widths: &[usize], style: &Style) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, wide)| folded(cell, *wide)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(1);
    let part = |cell: &[String], i: usize| cell.get(i).cloned().unwrap_or_default();
    let line = |i: usize| {
        let parts = cells.iter().zip(widths).map(|(cell, wide)| (part(cell, i), *wide, Align::Left));
        painted_side_by_side(parts, |cell| painted(cell, style))
    };
    (0..height).map(line).collect()
}

/// A cell, a verdict in its colour.
fn painted<'c>(cell: &'c str, style: &Style) -> Cow<'c, str> {
    match Tone::of_word(cell) {
        Some(tone) => Cow::Owned(style.paint(tone, cell)),
        None => Cow::Borrowed(cell),
    }
}

/// The lines of a row where the columns do not fit: what it is about, and below that the rest, by its titles.
fn block(titles: &[String], row: &[String], style: &Style) -> Vec<String> {
    let room = style.width;
    match (titles, row) {
        (_, []) => vec![String::new()],
        ([] | [_, _], [first @ .., last]) => {
            let mut lines = folded(&first.join(GAP), room);
            lines.extend(hanging(&format!("{}    ", indent(&row[0])), last, room));
            lines
        }
        (_, [first, rest @ ..]) => {
            let mut lines = folded(first, room);
            let wide = titles.iter().skip(1).map(|title| width(title)).max().unwrap_or_default();
            for (title, cell) in
                titles.iter().skip(1).zip(rest).filter(|(_, cell)| !cell.is_empty() && *cell != "-")
            {
                let under = " ".repeat(wide + 2 * GAP.len());
                let mut told = hanging(&under, cell, room);
                let name = format!("{GAP}{title:wide$}{GAP}");
                told[0] = name + &painted(&told[0][under.len()..], style);
                lines.extend(told);
            }
            lines
        }
    }
}

/// A text whose lines are set in.
fn hanging(before: &str, text: &str, room: usize) -> Vec<String> {
    fill(text, room, before, before)
}

/// A cell cut between its words, set in as it is.
fn folded(cell: &str, room: usize) -> Vec<String> {
    if width(cell) <= room { vec![cell.to_owned()] } else { hanging(indent(cell), cell.trim_start(), room) }
}

fn indent(cell: &str) -> &str {
    &cell[..cell.len() - cell.trim_start().len()]
}

fn json_row<C: AsRef<str>>(header: &[&str], row: &[C]) -> String {
    let cells = header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), Value::from(cell.as_ref())));
    format!("{}\n", Value::Object(cells.collect::<Map<_, _>>()))
}
