//! The requests that are measured, as files give them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::batch::{BatchRequest, principal_of, read_context, read_request};
use crate::bench::{Asker, Question};
use crate::session::Session;
use crate::source::{Diagnostic, Severity, Source};
use crate::syntax::json::{Cursor, Kind, parse_json};
use crate::world::{ContextEntry, ContextValue, GivenPolicies, Principal, WorldError};

/// Who asks where a policy is given and no principal is.
const EXAMPLE: &str = "arn:aws:iam::123456789012:user/example-user";

/// Reads requests: `{"principal", "context", "requests": [{"name", "action", "resource"}]}`, a list of batch
/// requests, or a batch with one a line.
pub(super) fn read(
    source: &Arc<Source>,
    session: &Session,
    principal: Option<&str>,
    given: &GivenPolicies,
) -> Result<Vec<Question>, Diagnostic> {
    let mut reader = Reader { session, principal, given, askers: HashMap::new() };
    let whole = parse_json(source);
    if let (Some(tree), None) = (&whole.value, whole.diagnostics.first()) {
        let root = tree.root();
        return match (root.kind(), root.member("requests")) {
            (Kind::Object, Some(rows)) => rows.items().map(|row| reader.row(root, row)).collect(),
            (Kind::Array, _) => root.items().enumerate().map(|(i, item)| reader.batch(item, i + 1)).collect(),
            _ => Ok(vec![reader.batch(root, 1)?]),
        };
    }
    let lines = source.text().lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(i, line)| reader.line(source.name(), line, i + 1)).collect()
}

/// Those for whom requests are made: the one that is named; where policies are given an example user; else all users
/// and roles of the world.
pub(super) fn askers(
    session: &Session,
    principal: Option<&str>,
    given: &GivenPolicies,
) -> Result<Vec<Arc<Asker>>, Diagnostic> {
    let asker = |principal| Arc::new(Asker { principal, policies: given.clone() });
    let named = principal.or(given.identity.is_some().then_some(EXAMPLE));
    if let Some(word) = named {
        return Ok(vec![asker(session.principal(word).map_err(|error| said(error, word))?)]);
    }
    let arns = session.world().accounts().flat_map(|account| {
        let users = account.users.values().map(|user| user.arn(account.id));
        users.chain(account.roles.values().map(|role| role.arn(account.id)))
    });
    Ok(arns.filter_map(|arn| Principal::parse_arn(&arn)).map(asker).collect())
}

/// Gives each question a name of its own.
pub(super) fn distinct(mut questions: Vec<Question>) -> Vec<Question> {
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

struct Reader<'s> {
    session: &'s Session,
    principal: Option<&'s str>,
    given: &'s GivenPolicies,
    /// The principals so far, by how they are named.
    askers: HashMap<String, Arc<Asker>>,
}

impl Reader<'_> {
    /// A row of an object of requests; what it lacks is said beside the list.
    fn row(&mut self, all: Cursor<'_>, row: Cursor<'_>) -> Result<Question, Diagnostic> {
        let member = |name| row.member(name).or_else(|| all.member(name));
        let text = |name| row.member(name).and_then(Cursor::string);
        let action = text("action").ok_or_else(|| {
            Diagnostic::error("missing-field", "a request needs an `action`").at(row.place(), "")
        })?;
        let resource = text("resource");
        let named = member("principal").and_then(Cursor::string);
        let context = member("context").map_or(Ok(Vec::new()), read_context)?;
        let name = match (text("name"), &resource) {
            (Some(name), _) => name.into_owned(),
            (None, Some(resource)) => format!("{action} {resource}"),
            (None, None) => action.to_string(),
        };
        Ok(Question {
            name,
            asker: self.asker(named.as_deref())?,
            action: action.into_owned(),
            resource: resource.map(Into::into),
            resource_account: None,
            context: owned(context),
            public_access_block: None,
            settings: *self.session.world().settings(),
        })
    }

    fn line(&mut self, file: &str, line: &str, number: usize) -> Result<Question, Diagnostic> {
        let source = Source::at_line(file, line, number as u32);
        let (tree, _) = parse_json(&source).accept().map_err(first)?;
        self.batch(tree.root(), number)
    }

    /// A request of a batch.
    fn batch(&mut self, value: Cursor<'_>, number: usize) -> Result<Question, Diagnostic> {
        let request = read_request(value, *self.session.world().settings())?;
        // A decision without a policy that was given is not the one to be measured.
        if let Some(wrong) = request.warnings.iter().find(|found| found.severity == Severity::Error) {
            return Err(wrong.clone());
        }
        let asker = self.batch_asker(&request)?;
        Ok(Question {
            name: request.id.map_or_else(|| format!("{number}: {}", request.action), |id| id.to_string()),
            asker,
            action: request.action.into_owned(),
            resource: request.resource.map(Into::into),
            resource_account: request.resource_account,
            context: owned(request.context),
            public_access_block: request.public_access_block,
            settings: request.settings,
        })
    }

    /// Only a principal who brings nothing along can be the same as that of another line.
    fn batch_asker(&mut self, request: &BatchRequest<'_>) -> Result<Arc<Asker>, Diagnostic> {
        let assumes_root = request.context.iter().any(|(key, _)| key.eq_ignore_ascii_case("aws:AssumedRoot"));
        if !request.has_policies && request.issuer.is_none() && !assumes_root {
            return self.asker(Some(&request.principal));
        }
        let principal = principal_of(request).map_err(|wrong| {
            Diagnostic::error(wrong.code, wrong.message).at(request.principal_place.clone(), "")
        })?;
        let own = &request.policies;
        let identity = own.identity.as_ref().or(self.given.identity.as_ref());
        let policies = GivenPolicies { identity: identity.cloned(), ..own.clone() };
        Ok(Arc::new(Asker { principal, policies }))
    }

    fn asker(&mut self, named: Option<&str>) -> Result<Arc<Asker>, Diagnostic> {
        let word = named.or(self.principal).unwrap_or(EXAMPLE);
        if let Some(asker) = self.askers.get(word) {
            return Ok(Arc::clone(asker));
        }
        let principal = match Principal::parse(word) {
            Some(principal) => principal,
            None => self.session.principal(word).map_err(|error| said(error, word))?,
        };
        let asker = Arc::new(Asker { principal, policies: self.given.clone() });
        self.askers.insert(word.to_owned(), Arc::clone(&asker));
        Ok(asker)
    }
}

fn first(diagnostics: Vec<Diagnostic>) -> Diagnostic {
    let empty = || Diagnostic::error("empty-document", "there is no request here");
    diagnostics.into_iter().next().unwrap_or_else(empty)
}

fn said(error: WorldError, word: &str) -> Diagnostic {
    let source = Source::new("<command line>", word);
    let span = crate::source::Span::new(0, word.len() as u32);
    crate::session::placed(error, &crate::source::Place::new(&source, span))
}

fn owned(context: Vec<ContextEntry<'_>>) -> Vec<ContextEntry<'static>> {
    let value = |value| match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(text) => ContextValue::One(String::into(std::borrow::Cow::into_owned(text))),
        ContextValue::Many(all) => {
            ContextValue::Many(all.into_iter().map(|one| String::into(one.into_owned())).collect())
        }
    };
    context.into_iter().map(|(key, given)| (key.into_owned().into(), value(given))).collect()
}
