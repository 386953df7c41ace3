//! The requests that are measured, as files give them.

use std::collections::HashMap;
use std::sync::Arc;

use super::askers::{EXAMPLE, named};
use super::rows::{RequestRow, read_rows};
use crate::bench::{Asker, Named};
use crate::question::wire::{WireRequest, owned_context, read_request_of};
use crate::session::{Session, placed};
use crate::source::{Diagnostic, Severity, Source};
use crate::syntax::json::{Cursor, Kind, parse_json};
use crate::world::{Caller, GivenPolicies, Principal, PrincipalKind, WorldError};

/// How many errors of a file are said.
const MOST_ERRORS: usize = 50;

#[derive(Default)]
pub(super) struct Requests {
    pub(super) questions: Vec<Named>,
    pub(super) errors: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Reads requests: `{"principal", "context", "requests": [{"name", "action", "resource"}]}`, a list of batch
/// requests, or a batch with one a line. All that is wrong is found, not only the first.
pub(super) fn read(
    source: &Arc<Source>,
    session: &Session,
    principal: Option<&str>,
    given: &Arc<GivenPolicies>,
    now: i64,
) -> Result<Requests, Diagnostic> {
    let (askers, read) = (HashMap::new(), Requests::default());
    let mut reader = QuestionReader { session, given, now, asker: None, askers, own_policies: 0, read };
    reader.asker = principal.map(|word| reader.named(word)).transpose()?;
    let whole = parse_json(source);
    match (&whole.value, whole.diagnostics.into_iter().next()) {
        (Some(tree), None) => reader.tree(tree.root()),
        (_, Some(wrong)) if !is_of_lines(source.text()) => reader.read.errors.push(wrong),
        _ => reader.lines(source),
    }
    reader.finish(source.name(), given.identity.is_some())
}

/// Whether most lines are objects of their own, be one of them broken.
fn is_of_lines(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let objects = lines.clone().filter(|line| line.starts_with('{') && line.ends_with('}')).count();
    objects * 2 > lines.count()
}

/// Gives each question a name of its own.
pub(super) fn distinct(mut questions: Vec<Named>) -> Vec<Named> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for question in &mut questions {
        let times = seen.entry(question.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            question.name = format!("{} #{times}", question.name);
        }
    }
    questions
}

/// A principal and what the world makes of it.
type PreparedAsker = (Asker, Arc<Caller>);

struct QuestionReader<'s> {
    session: &'s Session,
    given: &'s Arc<GivenPolicies>,
    now: i64,
    /// Who asks where a request does not say it.
    asker: Option<PreparedAsker>,
    /// The principals so far, by how they are named.
    askers: HashMap<String, PreparedAsker>,
    /// How many requests bring identity-based policies of their own.
    own_policies: usize,
    read: Requests,
}

impl QuestionReader<'_> {
    fn tree(&mut self, root: Cursor<'_>) {
        let items: Vec<Cursor<'_>> = match root.kind() {
            Kind::Object if root.member("requests").is_some() => return self.rows(root),
            Kind::Array => root.items().collect(),
            _ => vec![root],
        };
        for (i, item) in items.into_iter().enumerate() {
            let question = self.batch(item, i + 1);
            self.keep(question);
        }
    }

    fn rows(&mut self, root: Cursor<'_>) {
        let rows = read_rows(root, &mut self.read.warnings);
        for row in rows.unwrap_or_else(|wrong| vec![Err(wrong)]) {
            let question = row.and_then(|row| self.row(row));
            self.keep(question);
        }
    }

    fn lines(&mut self, source: &Source) {
        for (i, line) in source.text().lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let line = Source::at_line(source.name(), line, i as u32 + 1);
            let question = match parse_json(&line).accept() {
                Ok((tree, _)) => self.batch(tree.root(), i + 1),
                Err(wrong) => Err(first(wrong)),
            };
            self.keep(question);
        }
    }

    fn keep(&mut self, question: Result<Named, Diagnostic>) {
        match question {
            Ok(question) => self.read.questions.push(question),
            Err(wrong) => self.read.errors.push(wrong),
        }
    }

    fn finish(mut self, name: &str, policies_given: bool) -> Result<Requests, Diagnostic> {
        let Requests { questions, errors, warnings } = &mut self.read;
        if questions.is_empty() && errors.is_empty() {
            let what = format!("`{name}` holds no requests");
            return Err(Diagnostic::error("no-requests", what)
                .help("`iamwhy bench --save-requests FILE` makes a file of them from the policies"));
        }
        if errors.len() > MOST_ERRORS {
            let more = errors.len() - MOST_ERRORS;
            errors.truncate(MOST_ERRORS);
            errors.push(Diagnostic::error(
                "more-errors",
                format!("{more} more requests of `{name}` are wrong"),
            ));
        }
        if policies_given && self.own_policies > 0 {
            let (own, all) = (self.own_policies, questions.len());
            let what =
                format!("`--policy` is not used by {own} of {all} requests, which bring `policies.identity`");
            warnings.push(Diagnostic::warning("policy-unused", what));
        }
        Ok(self.read)
    }

    fn row(&mut self, row: RequestRow<'_>) -> Result<Named, Diagnostic> {
        let known = match (&row.principal, &self.asker) {
            (Some(word), _) => self.named(word)?,
            (None, Some(asker)) => asker.clone(),
            (None, None) => self.named(EXAMPLE)?,
        };
        let mut question = known.0.question(row.action, self.session.world()).at(self.now);
        question.resource = row.resource.map(Into::into);
        question.assumptions.context = owned_context(row.context);
        self.decidable(Named { name: row.name, question }, &known.1, row.value)
    }

    fn batch(&mut self, value: Cursor<'_>, number: usize) -> Result<Named, Diagnostic> {
        let asker = self.asker.as_ref().map(|(asker, _)| text_of(&asker.principal));
        let request = read_request_of(value, *self.session.world().settings(), asker.as_deref());
        let request = request.map_err(|wrong| match wrong.code {
            "missing-field" if wrong.help.is_none() && value.member("principal").is_none() => {
                wrong.help("`--principal` says who asks in all requests that do not say it")
            }
            _ => wrong,
        })?;
        if let Some(more) = ["using", "as_role"].into_iter().find_map(|field| value.member(field)) {
            let what = "a decision is measured alone, not what else the call needs, and not as a role";
            return Err(Diagnostic::error("one-decision", what).at(more.place(), ""));
        }
        // A decision without a policy that was given is not the one to be measured.
        if let Some(wrong) = request.warnings.iter().find(|found| found.severity == Severity::Error) {
            return Err(wrong.clone());
        }
        let known = self.batch_asker(&request)?;
        let id = request.id.as_ref();
        let name = id.map_or_else(|| format!("{number}: {}", request.action), ToString::to_string);
        let (asker, caller) = known;
        let question = request.into_question(asker.principal, asker.policies).at(self.now);
        self.decidable(Named { name, question }, &caller, value)
    }

    /// Only a principal who brings nothing along can be the same as that of another line.
    fn batch_asker(&mut self, request: &WireRequest<'_>) -> Result<PreparedAsker, Diagnostic> {
        if !request.brings_its_own() {
            let own = self.asker.as_ref().filter(|(asker, _)| text_of(&asker.principal) == request.principal);
            return own.cloned().map_or_else(|| self.named(&request.principal), Ok);
        }
        let principal = request.who()?;
        let own = &request.policies;
        self.own_policies += usize::from(own.identity.is_some());
        let identity = own.identity.as_ref().or(self.given.identity.as_ref());
        let policies = GivenPolicies { identity: identity.cloned(), ..own.clone() };
        Ok(self.known(principal, Arc::new(policies)))
    }

    /// A question that can be asked; if not, what of it is none.
    fn decidable(&self, named: Named, caller: &Caller, value: Cursor<'_>) -> Result<Named, Diagnostic> {
        let refused = |error: WorldError| {
            let about = error.thing.and_then(|thing| value.member(thing.word()));
            placed(error, &about.unwrap_or(value).place())
        };
        let prepared = named.question.prepare_by(caller, self.session.world()).map(drop);
        prepared.map_err(refused).map(|()| named)
    }

    fn named(&mut self, word: &str) -> Result<PreparedAsker, Diagnostic> {
        if let Some(known) = self.askers.get(word) {
            return Ok(known.clone());
        }
        let known = self.known(named(self.session, word)?, Arc::clone(self.given));
        self.askers.insert(word.to_owned(), known.clone());
        Ok(known)
    }

    fn known(&self, principal: Principal, policies: Arc<GivenPolicies>) -> PreparedAsker {
        let caller = self.session.world().caller(&principal, &policies);
        (Asker { principal: Arc::new(principal), policies }, Arc::new(caller))
    }
}

fn text_of(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::Service(name) => format!("service:{name}"),
        _ => principal.arn(),
    }
}

fn first(diagnostics: Vec<Diagnostic>) -> Diagnostic {
    let empty = || Diagnostic::error("empty-document", "there is no request here");
    diagnostics.into_iter().next().unwrap_or_else(empty)
}
