//! `help can`: help, made of the table of commands.

use super::guides::{guide, guide_names, list_of_guides};
use super::info::entry_text;
use crate::facts::glossary_entry;
use crate::session::{Command, Failure, Heading, Outcome, Part, Row, Table, command};
use crate::syntax::script::{SlotKind, plain};
use crate::world::WorldError;

pub(super) const ROW: Row =
    Heading::Control.row("help [WORD]", "lists the commands, or explains one", "help can", |words, _| {
        Ok(helps(words.get("WORD").map(|word| (&*word.text).into())))
    });

/// A command that lists the commands, or explains one.
pub(super) fn helps(word: Option<Box<str>>) -> Command {
    command(move |session, _, _| help(session.table, word.as_deref()))
}

/// Lists the commands, or explains one.
pub(super) fn help(table: &Table, command: Option<&str>) -> Result<Outcome, Failure> {
    let Some(word) = command else { return Ok(Outcome::of(Part::Prose(overview(table)))) };
    let own = table.heads().filter(|(_, heads)| heads.contains(&word)).map(|(row, _)| explained(row));
    let operations = (word == "aws").then(crate::aws::overview);
    let found: Vec<String> = own.chain(operations).collect();
    let other = || guided(word).or_else(|| explained_word(word)).or_else(|| clause(table, word));
    match (found.is_empty(), found.is_empty().then(other).flatten()) {
        (true, None) => Err(unknown(table, word).into()),
        (true, Some(said)) => Ok(Outcome::of(Part::Prose(said))),
        (false, _) => Ok(Outcome::of(Part::Prose(found.join("\n\n")))),
    }
}

/// A guide, or the list of them.
fn guided(word: &str) -> Option<String> {
    if word == "guides" { Some(list_of_guides()) } else { guide(word).map(str::to_owned) }
}

/// What is said of a word that is explained: `help permission-set`.
fn explained_word(word: &str) -> Option<String> {
    glossary_entry(&word.replace('-', " ")).map(entry_text)
}

/// The commands that have a clause: `help using`.
fn clause(table: &Table, word: &str) -> Option<String> {
    let is_meant = |part: &str| part == word || (part == "CLAUSE" && CLAUSES.contains(&word));
    let has = |usage: &String| usage.split(['[', ']', '(', ')', ' ', '|', '.']).any(is_meant);
    let usages: Vec<String> = table.rows.iter().map(|row| plain(row.usage)).filter(has).collect();
    let clauses = CLAUSES.contains(&word).then(|| format!("; a CLAUSE is {}", SlotKind::Clause.hint()));
    let said =
        || format!("`{word}` is a clause of\n\n  {}{}", usages.join("\n  "), clauses.unwrap_or_default());
    (!usages.is_empty()).then(said)
}

/// The words that a clause of a question begins with.
const CLAUSES: [&str; 5] = ["with", "without", "as-of", "using", "as"];

/// The names of the commands by what they are for: what fits a screen. `list commands` says what each does.
fn overview(table: &Table) -> String {
    let width = Heading::ALL.into_iter().map(|heading| heading.title().len()).max().unwrap_or_default();
    let section = |heading: Heading| {
        let mut names: Vec<&str> = Vec::new();
        for name in table.heads().filter(|(row, _)| row.heading == heading).flat_map(|(_, heads)| heads) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        format!("{:width$}  {}", heading.title(), names.join(", "))
    };
    let sections: Vec<String> = Heading::ALL.into_iter().map(section).collect();
    format!("{}\n\nfor example\n\n  {}\n\n{MORE}", sections.join("\n"), FIRST.join("\n  "))
}

const FIRST: [&str; 4] = [
    "can bob s3:GetObject on arn:aws:s3:::acme-reports/q1.csv",
    "why",
    "sign-in alice at acme",
    "compare root alice",
];

const MORE: &str = "`help COMMAND` explains one with an example, `list commands` tells of all, `help guides` lists a page for each task";

/// Where a command is refused that writes.
const WRITES: &str = "\n  it writes, so world files, tests and `what-if` refuse it, and what they read";

fn explained(row: &Row) -> String {
    let lines = row.before.iter().copied().chain([row.example]);
    let example: Vec<String> = lines.map(|line| line.replace('\n', "\n  ")).collect();
    let where_not = if row.writes { WRITES } else { "" };
    format!("{}\n\n  {}{where_not}\n\nfor example\n\n  {}", plain(row.usage), row.help, example.join("\n  "))
}

fn unknown(table: &Table, word: &str) -> WorldError {
    let heads = table.heads().flat_map(|(_, heads)| heads).chain(guide_names());
    WorldError::new("unknown-command", word, format!("there is no command or guide `{word}`"))
        .suggest(heads)
        .otherwise("`help` lists the commands")
}

/// How each command is written, and what it is for.
pub(super) fn command_usages(table: &'static Table) -> impl Iterator<Item = (String, &'static str)> {
    table.rows.iter().map(|row| (plain(row.usage), row.help))
}
