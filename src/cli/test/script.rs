//! One script, run in a world of its own.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::sync::Arc;

use regex_lite::Regex;

use super::find::refusal;
use super::sections::Sections;
use crate::analysis::{Coverage, TriedMutants};
use crate::disk::{Confined, Disk};
use crate::explain::Explanation;
use crate::report::{Miss, TestCase, TestResult, TestedScript};
use crate::session::{Held, Mode, Outcome, Outside, Session, Status, Unreadable, Worlds};
use crate::source::{Diagnostic, Place, Severity, Source, Span};
use crate::syntax::script::split_statements;
use crate::trial::{MutationWork, coverage, mutate};

/// Among how many kinds of failing it is looked for one that came before.
const MISSES: usize = 64;

/// The most labels that a failed expectation shows of the policies.
const LABELS: usize = 4;

pub(super) struct Options {
    pub(super) start: Session,
    pub(super) only: Option<Regex>,
    /// Whether scripts may read files from outside of their folder.
    pub(super) allow_outside: bool,
    /// Whether to end after the first one that does not hold.
    pub(super) fail_fast: bool,
    /// Whether to find out what they make of the policies.
    pub(super) coverage: bool,
    /// Whether to find out which changes of the policies they notice.
    pub(super) mutate: bool,
    /// Whether an expectation that cannot mean what it says fails.
    pub(super) strict: bool,
}

pub(super) struct RanScript {
    pub(super) tested: TestedScript,
    /// What the expectations that counted made of the policies.
    pub(super) coverage: Coverage,
    /// The small changes to the policies, and which of them were noticed.
    pub(super) mutated: TriedMutants,
    pub(super) files: BTreeSet<String>,
}

impl RanScript {
    /// Whether everything holds.
    pub(super) fn is_good(&self) -> bool {
        let counts = self.tested.counts();
        counts.failed == 0 && counts.invalid == 0
    }
}

/// Runs one script; it ends at the first invalid statement.
pub(super) fn run_one(path: &Path, options: &Options) -> RanScript {
    let name = path.to_string_lossy().into_owned();
    let mut session = options.start.clone();
    let worlds = if options.coverage || options.mutate { Worlds::Keep } else { Worlds::Forget };
    session.keep_expectations(worlds);
    let mut tests = Tests {
        options,
        tested: TestedScript { path: (&*name).into(), ..TestedScript::default() },
        misses: VecDeque::new(),
        sections: Sections::default(),
        held: Vec::new(),
        files: BTreeSet::from([name.clone()]),
        reached: Confined::of(&name, options.allow_outside),
    };
    match Disk.read(&name) {
        Ok(text) if text.trim().is_empty() => {
            tests.unreadable(&name, Diagnostic::error("empty-file", format!("`{name}` is empty")));
        }
        Ok(text) => tests.run(&Source::new(name, text), &mut session),
        Err(wrong) => tests.unreadable(&name, wrong.into()),
    }
    let held = &tests.held;
    let coverage = options.coverage.then(|| coverage(held, session.world()));
    // A script that is wrong does not say what it was to say.
    let mutated = (options.mutate && tests.tested.counts().invalid == 0)
        .then(|| mutate(held, &session, Disk.now(), &MutationWork::of_script()));
    RanScript {
        tested: tests.tested,
        coverage: coverage.unwrap_or_default(),
        mutated: mutated.unwrap_or_default(),
        files: tests.files,
    }
}

/// The results of a script as they come.
struct Tests<'o> {
    options: &'o Options,
    tested: TestedScript,
    /// Why expectations failed, the latest first.
    misses: VecDeque<Arc<Miss>>,
    sections: Sections,
    /// The expectations that are asked again in their worlds.
    held: Vec<Held>,
    /// The files that were read.
    files: BTreeSet<String>,
    /// What the script reaches.
    reached: Confined,
}

impl Tests<'_> {
    fn run(&mut self, source: &Arc<Source>, session: &mut Session) {
        let refusal = refusal(source.text());
        let mut last: Option<(Span, Outcome)> = None;
        for statement in split_statements(source) {
            if let Some((span, outcome)) = last.take() {
                self.note(source, span, &outcome);
                if outcome.status == Status::Refused || (self.options.fail_fast && self.has_failed()) {
                    return;
                }
            }
            let outcome = session.run(source, statement.span, self, Mode::Script);
            last = Some((statement.span, outcome));
        }
        match (refusal, last) {
            (Some(code), last) => self.refused(source, code, last.as_ref()),
            (None, Some((span, outcome))) => self.note(source, span, &outcome),
            (None, None) => {}
        }
    }

    fn has_failed(&self) -> bool {
        let counts = self.tested.counts();
        counts.failed + counts.invalid > 0
    }

    /// Adds an expectation, if it counts.
    fn hold(&mut self, held: Held) {
        let strict = self.options.strict;
        let case = TestCase {
            section: self.sections.at(&held.place),
            place: held.place.clone(),
            is_refusal: false,
            result: if strict { self.strictly(&held) } else { self.result(&held) },
        };
        let full = || format!("{}: {}", self.tested.path, case.title());
        if self.options.only.as_ref().is_some_and(|only| !only.is_match(&full())) {
            return;
        }
        self.tested.cases.push(case);
        if !strict {
            self.tested.remarks.extend(held.warnings.iter().cloned());
        }
        // Only who asks again in its world needs it any more.
        if held.world.is_some() {
            self.held.push(held);
        }
    }

    fn result(&mut self, held: &Held) -> TestResult {
        match (&held.wrong, held.expectation.todo) {
            (None, _) => TestResult::Passed,
            (Some(_), true) => TestResult::Todo,
            (Some(wrong), false) => {
                TestResult::Failed(Some(self.shared(miss(wrong, &held.explanation))), Box::default())
            }
        }
    }

    /// With `--strict` an expectation fails that cannot mean what it says, whether it holds or not.
    fn strictly(&mut self, held: &Held) -> TestResult {
        let error = |warning: &Diagnostic| Diagnostic { severity: Severity::Error, ..warning.clone() };
        let more: Box<[Diagnostic]> = held.warnings.iter().map(error).collect();
        match self.result(held) {
            result if more.is_empty() => result,
            TestResult::Failed(miss, _) => TestResult::Failed(miss, more),
            _ => TestResult::Failed(None, more),
        }
    }

    /// The miss, or the one that was like it.
    fn shared(&mut self, miss: Miss) -> Arc<Miss> {
        if let Some(known) = self.misses.iter().find(|known| ***known == miss) {
            return Arc::clone(known);
        }
        let miss = Arc::new(miss);
        self.misses.push_front(Arc::clone(&miss));
        self.misses.truncate(MISSES);
        miss
    }

    /// Adds what else there is to say about a statement.
    fn note(&mut self, source: &Arc<Source>, span: Span, outcome: &Outcome) {
        let found: Vec<&Diagnostic> = outcome.diagnostics().collect();
        let remarks = found.iter().filter(|diagnostic| diagnostic.code == "todo-holds");
        self.tested.remarks.extend(remarks.map(|diagnostic| (*diagnostic).clone()));
        if outcome.status == Status::Refused {
            let errors = found.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            let errors =
                errors.filter(|diagnostic| diagnostic.code != "expectation-failed").cloned().collect();
            let place = Place::new(source, span);
            let section = self.sections.at(&place);
            self.invalid(place, errors, section);
        }
    }

    fn invalid(&mut self, place: Place, errors: Vec<Diagnostic>, section: Arc<str>) {
        let result = TestResult::Invalid(errors.into());
        self.tested.cases.push(TestCase { section, place, is_refusal: false, result });
    }

    fn unreadable(&mut self, name: &str, wrong: Diagnostic) {
        self.invalid(Place::new(&Source::new(name, ""), Span::default()), vec![wrong], Arc::default());
    }

    /// The last statement of a script must be refused.
    fn refused(&mut self, source: &Arc<Source>, code: &str, last: Option<&(Span, Outcome)>) {
        let span = last.map(|(span, _)| *span).unwrap_or_default();
        let place = Place::new(source, span);
        let codes: Vec<&str> =
            last.into_iter().flat_map(|(_, outcome)| outcome.diagnostics()).map(|found| found.code).collect();
        let refused = last.is_some_and(|(_, outcome)| outcome.status == Status::Refused);
        let result = if refused && (code == "*" || codes.contains(&code)) {
            TestResult::Passed
        } else {
            let found = if codes.is_empty() { "nothing to refuse".to_owned() } else { codes.join(", ") };
            let what = format!("expected a refusal `{code}`, found {found}");
            let found = Diagnostic::error("expectation-failed", what);
            TestResult::Failed(Some(Arc::new(Miss { found, reason: "".into() })), Box::default())
        };
        self.tested.cases.push(TestCase { section: Arc::default(), place, is_refusal: true, result });
    }
}

/// Why an expectation fails, with the texts that decided.
fn miss(wrong: &str, explanation: &Explanation) -> Miss {
    let labels = explanation.excerpts.iter().flat_map(|excerpt| &excerpt.labels).take(LABELS).cloned();
    let help = explanation.excerpts.iter().find_map(|excerpt| excerpt.help.clone());
    let found = Diagnostic::error("expectation-failed", wrong);
    let found = Diagnostic { labels: labels.collect(), help, ..found };
    Miss { found, reason: (&*explanation.reason).into() }
}

/// What the script reaches; what it reads is noted, and what it expects is taken as it comes.
impl Outside for Tests<'_> {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        self.files.insert(path.to_owned());
        self.reached.read(path)
    }

    fn now(&self) -> i64 {
        self.reached.now()
    }

    fn take_held(&mut self, held: Held) {
        self.hold(held);
    }

    fn is_read_only(&self) -> bool {
        self.reached.is_read_only()
    }

    fn is_strangers(&self) -> bool {
        self.reached.is_strangers()
    }
}
