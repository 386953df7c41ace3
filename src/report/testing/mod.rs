//! Runs of tests, for people and for the machines of pipelines.

mod github;
mod json;
mod junit;
mod plain;
mod run;
mod sarif;
mod tap;
mod xml;

use crate::source::harmless;

pub use run::{Miss, TestCase, TestCounts, TestResult, TestRun, TestedScript};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestReport {
    /// JUnit's XML.
    Junit,
    /// SARIF 2.1.0.
    Sarif,
    /// The annotations of GitHub Actions.
    Github,
    /// The Test Anything Protocol.
    Tap,
    /// JSON of this program's own.
    Json,
    /// A line for each expectation.
    Plain,
}

impl TestReport {
    /// All forms, each with the word for it.
    pub const ALL: [(&str, Self); 6] = [
        ("junit", Self::Junit),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
        ("tap", Self::Tap),
        ("json", Self::Json),
        ("plain", Self::Plain),
    ];

    /// Writes the report.
    pub fn render(self, run: &TestRun) -> String {
        let text = match self {
            // Its lines are commands, and neutral within.
            Self::Github => return github::github(run),
            Self::Junit => junit::junit(run),
            Self::Sarif => sarif::sarif(run),
            Self::Tap => tap::tap(run),
            Self::Json => json::json(run),
            Self::Plain => plain::plain(run),
        };
        harmless(&text).into_owned()
    }
}
