//! Runs of tests, for people and for the machines of pipelines.

mod github;
mod json;
mod junit;
mod plain;
mod run;
mod sarif;
mod tap;
mod xml;

pub use run::{TestCase, TestCounts, TestResult, TestRun, TestedScript};

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
    /// All forms.
    pub const ALL: [Self; 6] = [Self::Junit, Self::Sarif, Self::Github, Self::Tap, Self::Json, Self::Plain];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Tap => "tap",
            Self::Json => "json",
            Self::Plain => "plain",
        }
    }

    /// The form of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == word)
    }

    /// Writes the report.
    pub fn render(self, run: &TestRun) -> String {
        match self {
            Self::Junit => junit::junit(run),
            Self::Sarif => sarif::sarif(run),
            Self::Github => github::github(run),
            Self::Tap => tap::tap(run),
            Self::Json => json::json(run),
            Self::Plain => plain::plain(run),
        }
    }
}
