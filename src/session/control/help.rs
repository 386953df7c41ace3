//! Help, made of the table of commands.

use super::super::failure::Failure;
use super::super::outcome::{Outcome, Part};
use super::super::table::{Group, Row, rows, usages};
use crate::syntax::script::plain;
use crate::world::WorldError;

/// Lists the commands, or explains one.
pub(in super::super) fn help(command: Option<&str>) -> Result<Outcome, Failure> {
    let Some(word) = command else { return Ok(Outcome::of(Part::Prose(overview()))) };
    let own = with_heads().filter(|(_, heads)| heads.contains(&word)).map(|(row, _)| explained(row));
    let operations = (word == "aws").then(super::super::aws::overview);
    let found: Vec<String> = own.chain(operations).collect();
    match found.is_empty() {
        true => Err(unknown(word).into()),
        false => Ok(Outcome::of(Part::Prose(found.join("\n\n")))),
    }
}

fn with_heads() -> impl Iterator<Item = (&'static Row, Vec<&'static str>)> {
    rows().iter().zip(usages()).map(|(row, usage)| (row, usage.heads()))
}

fn overview() -> String {
    let width = rows().iter().map(|row| row.name().len()).max().unwrap_or_default();
    let group = |group: Group| {
        let own = rows().iter().filter(|row| row.group == group);
        let lines: Vec<String> = own.map(|row| format!("  {:width$}  {}", row.name(), row.help)).collect();
        format!("{}\n{}", group.title(), lines.join("\n"))
    };
    let groups: Vec<String> = Group::ALL.into_iter().map(group).collect();
    format!("{}\n\n`help COMMAND` explains one, with an example", groups.join("\n\n"))
}

fn explained(row: &Row) -> String {
    let lines = row.before().iter().copied().chain([row.example]);
    let example: Vec<String> = lines.map(|line| line.replace('\n', "\n  ")).collect();
    format!("{}\n\n  {}\n\nfor example\n\n  {}", plain(row.usage), row.help, example.join("\n  "))
}

fn unknown(word: &str) -> WorldError {
    let heads = with_heads().flat_map(|(_, heads)| heads);
    let error =
        WorldError::new("unknown-command", word, format!("there is no command `{word}`")).suggest(heads);
    if error.help.is_some() { error } else { error.help("`help` lists the commands") }
}

/// The commands as a table in Markdown, for the README.
pub fn command_list() -> String {
    let line = |row: &Row| format!("| `{}` | {} |\n", plain(row.usage).replace('|', "\\|"), row.help);
    let lines: String = rows().iter().map(line).collect();
    format!("| command | what it does |\n| --- | --- |\n{lines}")
}
