//! `check least-privilege policy.json expect tests.iam`: the smallest patterns that keep some requests allowed.

use std::sync::Arc;

use super::example_user::example_user;
use super::two_files::{asking_as, document};
use crate::policy::PolicyType;
use crate::question::wire::read_request;
use crate::reason::KeptRequest;
use crate::session::{
    Context, ExpectedVerdict, Failure, FileOf, Heading, Held, Made, Mode, Outcome, Outside, Part, ReadOnly,
    Row, Run, Session, Status, Unreadable, Worlds, command, run_script,
};
use crate::source::Source;
use crate::syntax::json::parse_json;
use crate::syntax::script::Words;
use crate::world::{World, WorldError};

pub(super) const ROW: Row = Heading::Question.row(
    "check least-privilege FILE [expect SCRIPT:FILE] [log LOG:FILE]",
    "the smallest patterns of an identity-based policy that keep allowed what the expectations of a script allow, or the \
     requests of a log: a line each, as `batch` reads them",
    "check least-privilege reports-v2.json expect \"tests.iam\"",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let word = words.get("FILE").ok_or_else(|| WorldError::new("missing-word", "", "expected a file"))?;
    let source = context.file(word, FileOf::Policy)?;
    let policy = document(word, &source, PolicyType::IdentityBased, context)?;
    let mut file =
        |label: &'static str, kind| words.get(label).map(|word| context.file(word, kind)).transpose();
    let (script, log) = (file("SCRIPT", FileOf::Script)?, file("LOG", FileOf::Requests)?);
    let anybody = Arc::new(context.principal(&example_user(None))?);
    Ok(command(move |session, _, outside| {
        let mut requests = Vec::new();
        if let Some(script) = &script {
            requests.extend(expected(script, session, outside)?);
        }
        if let Some(log) = &log {
            requests.extend(logged(log, session)?);
        }
        if requests.is_empty() {
            let what = "no request is to stay allowed, so nothing would be left of the policy";
            let wrong = WorldError::new("no-requests", "", what);
            return Err(wrong.help("name a script with `expect … allowed`, or a log of requests").into());
        }
        let catalog = session.world.catalog();
        let least = asking_as(anybody, catalog, |anybody| anybody.least_privilege(&policy, &requests))?;
        let Some(least) = least else {
            return Err(WorldError::new("bad-policy", "", "the policy cannot be read").into());
        };
        let status = Status::Checked(least.verdict());
        let part = Part::LeastPrivilege(Box::new(least), catalog.date().to_owned());
        Ok(Outcome { status, ..Outcome::of(part) })
    }))
}

/// What the expectations of a script say to be allowed, and is.
fn expected(
    script: &Arc<Source>,
    session: &Session,
    outside: &mut dyn Outside,
) -> Result<Vec<KeptRequest>, Failure> {
    let world = World::with_catalog(Arc::clone(session.world.catalog()));
    let mut tested = Session::in_world(session.table, world, None);
    tested.keep_expectations(Worlds::Keep);
    let mut holding = Holding { outside: ReadOnly(outside), held: Vec::new() };
    for ran in run_script(&mut tested, script, &mut holding, Run { mode: Mode::Script, keep_going: false }) {
        if ran.outcome.status == Status::Refused {
            let wrong: Vec<_> = ran.outcome.diagnostics().cloned().collect();
            return Err(wrong.into());
        }
    }
    let is_kept =
        |held: &Held| held.wrong.is_none() && held.expectation.expected == ExpectedVerdict::of("allowed");
    let kept = holding.held.into_iter().filter(is_kept);
    Ok(kept
        .filter_map(|held| {
            Some(KeptRequest { question: held.expectation.question.question, world: held.world? })
        })
        .collect())
}

/// The requests of a log.
fn logged(log: &Arc<Source>, session: &Session) -> Result<Vec<KeptRequest>, Failure> {
    let world = Arc::new(session.world.clone());
    let mut all = Vec::new();
    for (number, line) in log.text().lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let source = Source::at_line(log.name(), line, number as u32 + 1);
        let parsed = parse_json(&source);
        let Some(tree) = parsed.value.filter(|_| parsed.diagnostics.is_empty()) else {
            return Err(parsed.diagnostics.into());
        };
        let read = read_request(tree.root(), *world.settings()).and_then(|request| {
            let principal = Arc::new(request.who()?);
            Ok(request.into_question(principal, Arc::default()))
        });
        let question = read.map_err(|wrong| Failure::from(vec![wrong]))?;
        all.push(KeptRequest { question, world: Arc::clone(&world) });
    }
    Ok(all)
}

/// An outside that takes expectations.
struct Holding<'o> {
    outside: ReadOnly<'o>,
    held: Vec<Held>,
}

impl Outside for Holding<'_> {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        self.outside.read(path)
    }

    fn confined_to(&self, file: &str) -> Option<Box<dyn Outside>> {
        self.outside.confined_to(file)
    }

    fn now(&self) -> i64 {
        self.outside.now()
    }

    fn take_held(&mut self, held: Held) {
        self.held.push(held);
    }

    fn is_read_only(&self) -> bool {
        true
    }

    fn is_strangers(&self) -> bool {
        self.outside.is_strangers()
    }
}
