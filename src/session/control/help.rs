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

/// The names of the commands by what they are for: what fits a screen. `list commands` says what each does.
fn overview() -> String {
    let width = Group::ALL.into_iter().map(|group| group.title().len()).max().unwrap_or_default();
    let group = |group: Group| {
        let mut names: Vec<&str> = Vec::new();
        for name in with_heads().filter(|(row, _)| row.group == group).flat_map(|(_, heads)| heads) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        format!("{:width$}  {}", group.title(), names.join(", "))
    };
    let groups: Vec<String> = Group::ALL.into_iter().map(group).collect();
    format!("{}\n\nfor example\n\n  {}\n\n{MORE}", groups.join("\n"), FIRST.join("\n  "))
}

/// What to type first.
const FIRST: [&str; 4] = [
    "can bob s3:GetObject on arn:aws:s3:::acme-reports/q1.csv",
    "why",
    "sign-in alice at acme",
    "compare root alice",
];

const MORE: &str = "`help COMMAND` explains one with an example, `list commands` tells of all";

fn explained(row: &Row) -> String {
    let lines = row.before().iter().copied().chain([row.example]);
    let example: Vec<String> = lines.map(|line| line.replace('\n', "\n  ")).collect();
    format!("{}\n\n  {}\n\nfor example\n\n  {}", plain(row.usage), row.help, example.join("\n  "))
}

fn unknown(word: &str) -> WorldError {
    let heads = with_heads().flat_map(|(_, heads)| heads);
    WorldError::new("unknown-command", word, format!("there is no command `{word}`"))
        .suggest(heads)
        .otherwise("`help` lists the commands")
}

/// The commands as a table in Markdown, for the README.
pub fn command_list() -> String {
    let line = |row: &Row| format!("| `{}` | {} |\n", plain(row.usage).replace('|', "\\|"), row.help);
    let lines: String = rows().iter().map(line).collect();
    format!("| command | what it does |\n| --- | --- |\n{lines}")
}
