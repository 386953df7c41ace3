//! Tables of words.

use serde_json::{Map, Value};

use super::style::{Format, Style, Tone};

/// The blanks between two columns.
const GAP: &str = "  ";

/// Renders a table. The last column wraps; JSON is an object a row.
pub fn table(header: &[&str], rows: &[Vec<String>], style: &Style) -> String {
    if style.format == Format::Json {
        return rows.iter().map(|row| json_row(header, row)).collect();
    }
    let columns = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(|column| column_width(header, rows, column)).collect();
    let titles: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    let mut text = String::new();
    if titles.iter().any(|title| !title.is_empty()) {
        text.push_str(&style.paint(Tone::Faint, line(&titles, &widths, style.width).trim_end()));
        text.push('\n');
    }
    rows.iter().for_each(|row| text.push_str(&line(row, &widths, style.width)));
    text
}

fn column_width(header: &[&str], rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell));
    cells.chain(header.get(column).map(|title| width(title))).max().unwrap_or_default()
}

fn line(row: &[String], widths: &[usize], columns: usize) -> String {
    let Some((last, first)) = row.split_last() else { return "\n".to_owned() };
    let mut text = String::new();
    for (cell, wide) in first.iter().zip(widths) {
        text.push_str(cell);
        text.push_str(&" ".repeat(wide.saturating_sub(width(cell))));
        text.push_str(GAP);
    }
    let indent = width(&text);
    let room = columns.saturating_sub(indent).max(20);
    for (i, part) in wrap(last, room).iter().enumerate() {
        if i > 0 {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
        }
        text.push_str(part);
    }
    format!("{}\n", text.trim_end())
}

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

fn json_row(header: &[&str], row: &[String]) -> String {
    let cells = header.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), Value::from(cell.as_str())));
    format!("{}\n", Value::Object(cells.collect::<Map<_, _>>()))
}
