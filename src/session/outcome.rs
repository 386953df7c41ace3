//! What came of a command, as data.

use std::sync::Arc;

use crate::audit::{Matrix, Paths, WhatCan};
use crate::explain::{Explanation, SaidAlone, Verdict, When};
use crate::lint::LintedFile;
use crate::reason::{self, Caveat, Check, DeadParts, LeastPrivilege, PolicyDifference, PublicAccess};
use crate::report::{self, Extent, Format, ReportRows, Style, ToldPattern, WhoCanAnswer};
use crate::source::{Diagnostic, one_line};
use crate::world::Applied;

/// What came of a command.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What there is to show, in order.
    pub parts: Vec<Part>,
    /// How it ended.
    pub status: Status,
    /// How many expectations were met.
    pub tally: Tally,
    /// Whether the world is another since the answer was given.
    pub changed: bool,
    /// The statement that was probably meant by one that was refused.
    pub meant: Option<String>,
}

/// Something to show.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Part {
    /// What was done, one sentence.
    Said(String),
    /// What is worth knowing.
    Note(String),
    /// Messages about texts.
    Diagnostics(Vec<Diagnostic>),
    /// What `can` shows.
    Verdict(Arc<Explanation>),
    /// What `why` shows.
    Explanation(Arc<Explanation>),
    /// What a text of AWS says by itself.
    Told(Box<SaidAlone>),
    /// What `why` shows where it is asked for more or less.
    Explained(Arc<Explanation>, Extent),
    /// A denial in AWS's words.
    Denied {
        /// What AWS prints.
        line: String,
        /// The denial.
        explanation: Arc<Explanation>,
    },
    /// Data, in the form that AWS prints it.
    Json(serde_json::Value),
    /// What `when` shows.
    When(Box<When>),
    /// What `can` and `why` show of all that patterns cover.
    Pattern(Box<ToldPattern>),
    /// What `diff` shows, and the date of the catalog that was used.
    Difference(Box<PolicyDifference>, String),
    /// What `check` shows, and the date of the catalog that was used.
    Check(Box<Check>, String),
    /// What `check public` shows, and the date of the catalog that was used.
    Public(Box<PublicAccess>, String),
    /// What `check dead` shows, and the date of the catalog that was used.
    Dead(Box<DeadParts>, String),
    /// What `check least-privilege` shows, and the date of the catalog that was used.
    LeastPrivilege(Box<LeastPrivilege>, String),
    /// Actions or patterns of actions, one a line, and the date of the catalog that was used.
    Actions(Vec<String>, String),
    /// What `lint` shows, and the date of the catalog that was used.
    Lint(Vec<LintedFile>, String),
    /// What `who-can` shows, an answer for each resource, and the date of the catalog that was used.
    WhoCan(Vec<WhoCanAnswer>, String),
    /// What `matrix` shows, and the date of the catalog that was used.
    Matrix(Arc<Matrix>, String),
    /// What `what-can` shows, and the date of the catalog that was used.
    WhatCan(Box<WhatCan>, String),
    /// What `paths` shows, and the date of the catalog that was used.
    Paths(Box<Paths>, String),
    /// Rows under a header.
    Table {
        /// The names of the columns.
        header: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Text of several lines; [`Outcome::lines`] makes it of lines with names in them.
    Text(String),
    /// Text of several lines that may be cut between words.
    Prose(String),
    /// Values by their names.
    Fields(Vec<(&'static str, String)>),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// The command was done.
    #[default]
    Done,
    /// A question was answered.
    Answered(Verdict),
    /// A question about all that patterns cover was answered.
    Covered(reason::PatternVerdict),
    /// Two versions were compared.
    Compared(reason::DiffVerdict),
    /// Something was checked for all requests.
    Checked(reason::CheckVerdict),
    /// An expectation does not hold.
    Missed,
    /// The command was refused.
    Refused,
}

/// How many expectations were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Expectations that hold.
    pub passed: usize,
    /// Expectations that do not hold.
    pub failed: usize,
    /// Expectations that are marked `todo`.
    pub todo: usize,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.todo += other.todo;
    }
}

impl Outcome {
    /// Something that was done.
    pub fn said(text: impl Into<String>) -> Self {
        Self::of(Part::Said(text.into()))
    }

    /// Something to show.
    pub fn of(part: Part) -> Self {
        Self { parts: vec![part], ..Self::default() }
    }

    /// Lines, each of which stays one, whatever names are in it.
    pub fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let shown: Vec<String> = lines.into_iter().map(|line| one_line(line.as_ref()).into_owned()).collect();
        Self::of(Part::Text(shown.join("\n")))
    }

    /// A refusal.
    pub fn refused(diagnostics: Vec<Diagnostic>) -> Self {
        Self { status: Status::Refused, ..Self::of(Part::Diagnostics(diagnostics)) }
    }

    /// With something more to show.
    #[must_use]
    pub fn and(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// With a note.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        self.and(Part::Note(note.into()))
    }

    /// With the messages in front.
    #[must_use]
    pub fn after(mut self, warnings: Vec<Diagnostic>) -> Self {
        if !warnings.is_empty() {
            self.parts.insert(0, Part::Diagnostics(warnings));
        }
        self
    }

    /// Adds what came of a further command; the worse status stays.
    pub fn add(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.tally.add(other.tally);
        self.status = match (self.status, other.status) {
            (Status::Refused, _) | (_, Status::Refused) => Status::Refused,
            (Status::Missed, _) | (_, Status::Missed) => Status::Missed,
            (status, _) => status,
        };
    }

    /// The answer about all requests as a page, if it is one; `question` is what was asked.
    pub fn page_of_all(&self, question: &str) -> Option<String> {
        self.parts.iter().find_map(|part| match part {
            Part::Difference(found, date) => Some(report::difference_page(found, question, date)),
            Part::Check(found, date) => Some(report::check_page(found, question, date)),
            Part::Public(found, date) => Some(report::public_page(found, question, date)),
            Part::Dead(found, date) => Some(report::dead_page(found, question, date)),
            Part::LeastPrivilege(found, date) => Some(report::least_privilege_page(found, question, date)),
            Part::WhoCan(found, date) => Some(report::who_can_page(found, question, date)),
            Part::WhatCan(found, date) => Some(report::what_can_page(found, question, date)),
            Part::Paths(found, date) => Some(report::paths_page(found, question, date)),
            Part::Matrix(found, date) => Some(report::matrix_page(found, question, date)),
            _ => None,
        })
    }

    /// The requests of an answer about all requests, as lines of a batch, where it shows any.
    pub fn requests_of_all(&self) -> Option<String> {
        self.parts.iter().find_map(|part| match part {
            Part::Difference(found, _) => Some(report::requests(found)),
            Part::Check(check, _) => Some(report::requests_of_check(check)),
            Part::Public(access, _) => Some(report::requests_of_public(access)),
            _ => None,
        })
    }

    /// Whether it is what was found of all requests until somebody said to stop.
    pub fn is_cut_short(&self) -> bool {
        let caveats = self.parts.iter().flat_map(|part| match part {
            Part::Difference(found, _) => &found.caveats[..],
            Part::Check(check, _) => &check.breaches.caveats,
            Part::Public(found, _) => &found.caveats,
            Part::Dead(found, _) => &found.caveats,
            _ => &[],
        });
        caveats.into_iter().any(Caveat::is_of_stop)
    }

    /// The messages about texts, in order.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let lists = self.parts.iter().filter_map(|part| match part {
            Part::Diagnostics(list) => Some(list),
            _ => None,
        });
        lists.flatten()
    }

    /// Renders what there is to show.
    pub fn render(&self, style: &Style) -> String {
        self.parts.iter().map(|part| part.render(style)).collect()
    }
}

impl From<Applied> for Outcome {
    fn from(applied: Applied) -> Self {
        let said = applied.messages.into_iter().map(Part::Said);
        let warned = applied.warnings.into_iter().map(Part::Note);
        Self { parts: said.chain(warned).collect(), ..Self::default() }
    }
}

impl Part {
    fn render(&self, style: &Style) -> String {
        style.harmless(&self.drawn(style)).into_owned()
    }

    fn drawn(&self, style: &Style) -> String {
        if let Some(table) = self.rows().filter(|_| style.format.is_table()) {
            return table.written(style.format);
        }
        match self {
            Self::Said(_) | Self::Note(_) if style.format.is_data() => String::new(),
            Self::Said(text) => format!("{}\n", report::prose(&one_line(text), style)),
            Self::Note(text) => format!("{}\n", report::prose(&format!("note: {}", one_line(text)), style)),
            Self::Diagnostics(list) => report::diagnostics(list, style),
            Self::Verdict(explanation) => report::verdict(explanation, style),
            Self::Explanation(explanation) => report::explanation(explanation, style),
            Self::Explained(explanation, extent) => report::explained(explanation, *extent, style),
            Self::Told(told) => report::told(told, style),
            Self::Denied { line, explanation } => report::denial(line, explanation, style),
            Self::Json(value) => report::data(value, style),
            Self::When(when) => report::when(when, style),
            Self::Pattern(told) => report::pattern(told, style),
            Self::Difference(difference, date) => report::difference(difference, date, style),
            Self::Check(check, date) => report::check(check, date, style),
            Self::Public(access, date) => report::public(access, date, style),
            Self::Dead(dead, date) => report::dead(dead, date, style),
            Self::LeastPrivilege(least, _) => report::least_privilege(least, style),
            Self::WhatCan(found, date) => report::what_can(found, date, style),
            Self::Paths(found, _) => report::paths(found, style),
            Self::WhoCan(found, date) => report::who_can_answers(found, date, style),
            Self::Matrix(found, _) => report::matrix(found, style),
            Self::Lint(files, date) => report::lint(files, date, style),
            Self::Actions(actions, date) if style.format == Format::Json => {
                format!("{}\n", serde_json::json!({"actions": actions, "catalog": date}))
            }
            Self::Actions(actions, _) => {
                actions.iter().map(|action| format!("{}\n", one_line(action))).collect()
            }
            Self::Table { header, rows } => {
                report::table(&header.iter().map(String::as_str).collect::<Vec<_>>(), rows, style)
            }
            Self::Prose(text) if style.format != Format::Json => {
                format!("{}\n", report::prose(text.trim_end(), style))
            }
            Self::Text(text) | Self::Prose(text) if style.format == Format::Json => {
                format!("{}\n", serde_json::json!({"text": text.trim_end()}))
            }
            Self::Fields(fields) => fields_text(fields, style),
            Self::Text(text) | Self::Prose(text) => format!("{}\n", text.trim_end()),
        }
    }
}

impl Part {
    /// The rows and columns of it, where it has some.
    fn rows(&self) -> Option<ReportRows> {
        Some(match self {
            Self::WhoCan(found, _) => report::who_can_rows(found),
            Self::WhatCan(found, _) => report::what_can_rows(found),
            Self::Paths(found, _) => report::paths_rows(found),
            Self::Matrix(found, _) => report::matrix_rows(found),
            Self::Difference(found, date) => report::difference_rows(found, date),
            Self::Check(check, date) => report::check_rows(check, date),
            Self::Table { header, rows } => ReportRows::of_texts(header.clone(), rows.clone()),
            _ => return None,
        })
    }
}

fn fields_text(fields: &[(&'static str, String)], style: &Style) -> String {
    if style.format == Format::Json {
        let object = fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into()));
        return format!("{}\n", serde_json::Value::Object(object.collect()));
    }
    let width = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, value): &(&str, String)| {
        report::prose(&format!("{name:width$}  {}", one_line(value)), style) + "\n"
    };
    fields.iter().map(line).collect()
}
