//! What came of a run of tests.

use std::sync::Arc;

use super::super::plain::diagnostic;
use super::super::style::{Format, Style};
use crate::source::{Diagnostic, Label, Place, one_line};

/// A run of the expectations of some scripts.
#[derive(Clone, Debug, Default)]
pub struct TestRun {
    /// The scripts in order.
    pub scripts: Vec<TestedScript>,
}

/// The expectations of one script.
#[derive(Clone, Debug, Default)]
pub struct TestedScript {
    /// The path of the script.
    pub path: Arc<str>,
    /// The expectations in order.
    pub cases: Vec<TestCase>,
    /// What is worth knowing beside the results.
    pub remarks: Vec<Diagnostic>,
}

/// One expectation. There may be hundreds of thousands, so it holds little, and says the rest when it is asked.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// The section of the script that it stands in; empty before the first.
    pub section: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// Whether what is expected is that the statement there is refused.
    pub is_refusal: bool,
    /// What came of it.
    pub result: TestResult,
}

/// Why an expectation does not hold, without where it stands: many that fail alike share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// What was found instead, and the texts that decided.
    pub found: Diagnostic,
    /// What is to be said of the expectation itself.
    pub reason: Box<str>,
}

/// What came of an expectation.
#[derive(Clone, Debug)]
pub enum TestResult {
    /// The expectation holds.
    Passed,
    /// The expectation does not hold, and why; and what in it cannot mean what it says.
    Failed(Option<Arc<Miss>>, Box<[Diagnostic]>),
    /// The expectation does not hold, as its `todo` says.
    Todo,
    /// The question could not be asked: the script is wrong there.
    Invalid(Box<[Diagnostic]>),
}

/// How many expectations came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    /// Expectations that hold.
    pub passed: usize,
    /// Expectations that do not hold.
    pub failed: usize,
    /// Expectations marked `todo`.
    pub todo: usize,
    /// Expectations that could not be asked.
    pub invalid: usize,
}

impl TestRun {
    /// The summary: `12 passed, 0 failed`.
    pub fn summary(&self) -> String {
        let counts = self.counts();
        let some = |count: usize, word: &str| match count {
            0 => String::new(),
            count => format!(", {count} {word}"),
        };
        let (todo, invalid) = (some(counts.todo, "todo"), some(counts.invalid, "invalid"));
        format!("{} passed, {} failed{todo}{invalid}", counts.passed, counts.failed)
    }

    /// How many expectations came out how.
    pub fn counts(&self) -> TestCounts {
        self.scripts.iter().map(TestedScript::counts).fold(TestCounts::default(), TestCounts::and)
    }
}

impl TestedScript {
    /// How many expectations came out how.
    pub fn counts(&self) -> TestCounts {
        self.cases
            .iter()
            .map(|case| TestCounts::of(&case.result))
            .fold(TestCounts::default(), TestCounts::and)
    }

    /// What is worth knowing beside the results, a line each.
    pub(super) fn remark_lines(&self) -> String {
        self.remarks.iter().map(|remark| format!("{remark}\n")).collect()
    }
}

impl TestCounts {
    fn of(result: &TestResult) -> Self {
        let none = Self::default();
        match result {
            TestResult::Passed => Self { passed: 1, ..none },
            TestResult::Failed(..) => Self { failed: 1, ..none },
            TestResult::Todo => Self { todo: 1, ..none },
            TestResult::Invalid(_) => Self { invalid: 1, ..none },
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            todo: self.todo + other.todo,
            invalid: self.invalid + other.invalid,
        }
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.passed + self.failed + self.todo + self.invalid
    }
}

impl TestCase {
    /// The expectation as it is written, on one line.
    pub fn name(&self) -> String {
        let line = self.place.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if self.is_refusal { format!("is refused: {line}") } else { line }
    }

    /// The name with the section in front, as people are shown it.
    pub fn title(&self) -> String {
        let section = if self.section.is_empty() { String::new() } else { format!("{}: ", self.section) };
        one_line(&format!("{section}{}", self.name())).into_owned()
    }

    /// Why it did not pass.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match &self.result {
            TestResult::Failed(miss, more) => {
                miss.iter().map(|miss| miss.at(&self.place)).chain(more.iter().cloned()).collect()
            }
            TestResult::Invalid(list) => list.to_vec(),
            TestResult::Passed | TestResult::Todo => Vec::new(),
        }
    }

    /// The first line of why it did not pass.
    pub(super) fn message(&self) -> String {
        self.diagnostics().into_iter().next().map(|diagnostic| diagnostic.message).unwrap_or_default()
    }

    /// Why it did not pass, as plain text.
    pub(super) fn details(&self) -> String {
        let style = Style { format: Format::Plain, colour: false, width: 100 };
        self.diagnostics().iter().map(|found| diagnostic(found, &style)).collect()
    }

    /// `file:line`
    pub(super) fn location(&self) -> String {
        format!("{}:{}", one_line(self.place.source.name()), self.place.line_column().line)
    }
}

impl TestResult {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed(..) => "failed",
            Self::Todo => "todo",
            Self::Invalid(_) => "invalid",
        }
    }
}

impl Miss {
    /// The message of an expectation that fails so.
    fn at(&self, place: &Place) -> Diagnostic {
        let own = Label { place: place.clone(), text: self.reason.to_string() };
        let labels = std::iter::once(own).chain(self.found.labels.iter().cloned());
        Diagnostic { labels: labels.collect(), ..self.found.clone() }
    }
}
