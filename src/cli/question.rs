//! Questions of the command line: `can`, `why`, `compare`.

use super::arguments::{Clauses, Cli, CompareTask, QuestionTask};
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session, source};
use crate::batch::read_context;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::session::{Assumptions, Command, Comparison, Later, Message, Part, Question, Session, Status};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::json::parse_json;
use crate::world::{
    ContextEntry, ContextValue, Document, GivenPolicies, LeftOut, NamedDocument, Principal, WorldError,
};

/// Who asks where a policy is given and no principal is.
const EXAMPLE: &str = "arn:aws:iam::123456789012:user/example-user";

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A verdict.
    Can,
    /// A verdict and its reasons.
    Why,
    /// The conditions.
    When,
}

/// `can`, `why` and `when`
pub(super) fn ask(
    cli: &Cli,
    task: &QuestionTask,
    output: &Output,
    kind: Kind,
    html: Option<&str>,
) -> Result<Exit, Exit> {
    let mut session = session(cli, output, Start::Demo)?;
    let (principal, action, resource) = words(&task.words);
    let place = place(&task.words);
    if let [message] = &task.words[..]
        && kind == Kind::Why
        && message.contains(char::is_whitespace)
    {
        let assumptions = assumptions(&session, &task.clauses, output)?;
        let message = Message { text: message.as_str().into(), assumptions };
        let outcome = session.execute(Command::Later(Later::Message(Box::new(message))), &place, &mut Disk);
        output.show(&outcome);
        draw(&mut session, html, output)?;
        return Ok(Exit::of(&outcome, true));
    }
    let refuse = |error: WorldError| output.refuse(error, &place);
    let who = asking(&session, task, principal).map_err(refuse)?;
    let mut assumptions = assumptions(&session, &task.clauses, output)?;
    assumptions.given = given(task, resource, output)?;
    let question = Box::new(Question {
        principal: who,
        action: action.into(),
        resource: resource.map(Into::into),
        assumptions,
        signed_in: false,
    });
    let command = match kind {
        Kind::Can => Command::Can(question),
        Kind::Why => Command::Why(question),
        Kind::When => Command::Later(Later::When(question)),
    };
    let mut outcome = session.execute(command, &place, &mut Disk);
    if principal.is_none() && !task.policy.is_empty() {
        outcome.parts.push(Part::Note(format!("no principal was named: assumed {EXAMPLE}")));
    }
    output.show(&outcome);
    draw(&mut session, html, output)?;
    Ok(Exit::of(&outcome, true))
}

/// Writes the last answer as a page, if there is one.
fn draw(session: &mut Session, html: Option<&str>, output: &Output) -> Result<(), Exit> {
    let Some(path) = html.filter(|_| session.last_answer().is_some()) else { return Ok(()) };
    let picture = Command::Later(Later::Picture(path.into()));
    let outcome = session.execute(picture, &place(&[path.to_owned()]), &mut Disk);
    output.warnings(&outcome);
    match outcome.status {
        Status::Refused => Err(Exit::Invalid),
        _ => Ok(()),
    }
}

/// `compare`
pub(super) fn compare(cli: &Cli, task: &CompareTask, output: &Output) -> Result<Exit, Exit> {
    let mut session = session(cli, output, Start::Demo)?;
    let place = place(&[task.left.clone(), task.right.clone()]);
    let principal = |word: &str| session.principal(word).map_err(|error| output.refuse(error, &place));
    let principals = [principal(&task.left)?, principal(&task.right)?];
    let names = [task.left.as_str().into(), task.right.as_str().into()];
    let assumptions = assumptions(&session, &task.clauses, output)?;
    let comparison = Box::new(Comparison { names, principals, assumptions });
    let outcome = session.execute(Command::Compare(comparison), &place, &mut Disk);
    output.show(&outcome);
    Ok(Exit::of(&outcome, true))
}

/// [PRINCIPAL] ACTION [RESOURCE]: a second word that is an ARN or `*` is the resource.
fn words(words: &[String]) -> (Option<&str>, &str, Option<&str>) {
    let is_resource = |word: &str| word == "*" || word.starts_with("arn:");
    match words {
        [principal, action, resource, ..] => (Some(principal), action, Some(resource)),
        [action, resource] if is_resource(resource) => (None, action, Some(resource)),
        [principal, action] => (Some(principal), action, None),
        [action] => (None, action, None),
        [] => (None, "", None),
    }
}

/// The words as a text that messages can point at.
fn place(words: &[String]) -> Place {
    let text = words.join(" ");
    let span = Span::new(0, text.len() as u32);
    Place::new(&Source::new("<command line>", text), span)
}

fn asking(session: &Session, task: &QuestionTask, principal: Option<&str>) -> Result<Principal, WorldError> {
    match principal {
        Some(word) => session.principal(word),
        None if !task.policy.is_empty() => session.principal(EXAMPLE),
        None => session.signed_in().cloned().ok_or_else(|| {
            WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
                .help("name a principal: `iamwhy can alice s3:ListAllMyBuckets`")
        }),
    }
}

/// The policies given in place of the world's.
fn given(task: &QuestionTask, resource: Option<&str>, output: &Output) -> Result<GivenPolicies, Exit> {
    let all = |paths: &[String], kind| -> Result<Option<Vec<NamedDocument>>, Exit> {
        let read: Result<Vec<_>, Exit> = paths.iter().map(|path| document(path, kind, output)).collect();
        Ok(Some(read?).filter(|documents| !documents.is_empty()))
    };
    Ok(GivenPolicies {
        identity: all(&task.policy, PolicyType::IdentityBased)?,
        permissions_boundary: all(&task.boundary, PolicyType::PermissionsBoundary)?,
        session: all(&task.session_policy, PolicyType::Session)?,
        resource: task
            .resource_policy
            .as_ref()
            .map(|path| document(path, kind_of(resource), output))
            .transpose()?,
        vpc_endpoint: all(&task.endpoint_policy, PolicyType::VpcEndpoint)?,
        scp: all(&task.scp, PolicyType::ServiceControl)?.map(|level| vec![level]),
        rcp: all(&task.rcp, PolicyType::ResourceControl)?.map(|level| vec![level]),
    })
}

/// Which kind of policy the resource has.
fn kind_of(resource: Option<&str>) -> PolicyType {
    match resource.and_then(Arn::parse) {
        Some(arn) if arn.service() == "iam" && arn.resource().starts_with("role/") => PolicyType::Trust,
        Some(arn) if arn.service() == "kms" && arn.resource().starts_with("key/") => PolicyType::Key,
        _ => PolicyType::ResourceBased,
    }
}

fn document(path: &str, kind: PolicyType, output: &Output) -> Result<NamedDocument, Exit> {
    let source = source(path, output)?;
    if source.text().len() > 10_000_000 {
        let what = format!("`{path}` has {} bytes; no policy is longer than 10 MB", source.text().len());
        output.complain(&[Diagnostic::error("file-too-long", what)]);
        return Err(Exit::Invalid);
    }
    let (document, warnings) = Document::read(&source, kind);
    output.complain(&warnings);
    if let Document::Refused(wrong) = &document {
        output.complain(wrong);
        return Err(Exit::Invalid);
    }
    let name = std::path::Path::new(path).file_stem().map_or(path.into(), |stem| stem.to_string_lossy());
    Ok(NamedDocument { name: name.as_ref().into(), document })
}

fn assumptions(session: &Session, clauses: &Clauses, output: &Output) -> Result<Assumptions, Exit> {
    let mut assumptions = Assumptions::default();
    if let Some(path) = &clauses.context {
        assumptions.context = context_file(path, output)?;
    }
    for pair in &clauses.with {
        assumptions.context.push(entry(pair, output)?);
    }
    assumptions.without = clauses.without.iter().map(|word| LeftOut::read(word)).collect();
    if let Some(day) = &clauses.as_of {
        let mut settings = *session.world().settings();
        settings
            .set("as_of", day)
            .map_err(|error| output.refuse(error, &place(std::slice::from_ref(day))))?;
        assumptions.settings = Some(settings);
    }
    Ok(assumptions)
}

fn context_file(path: &str, output: &Output) -> Result<Vec<ContextEntry<'static>>, Exit> {
    let complain = |wrong: &[Diagnostic]| {
        output.complain(wrong);
        Exit::Invalid
    };
    let (tree, _) = parse_json(&source(path, output)?).accept().map_err(|wrong| complain(&wrong))?;
    let entries = read_context(tree.root()).map_err(|wrong| complain(&[wrong]))?;
    Ok(entries.into_iter().map(|(key, value)| (key.into_owned().into(), owned(value))).collect())
}

fn owned(value: ContextValue<'_>) -> ContextValue<'static> {
    match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(text) => ContextValue::One(text.into_owned().into()),
        ContextValue::Many(all) => {
            ContextValue::Many(all.into_iter().map(|one| one.into_owned().into()).collect())
        }
    }
}

/// `KEY=VALUE`; the shell has taken the quotes away already.
fn entry(pair: &str, output: &Output) -> Result<ContextEntry<'static>, Exit> {
    let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.is_empty()) else {
        let what = format!("expected KEY=VALUE, found `{pair}`");
        output.complain(&[
            Diagnostic::error("bad-pair", what).help("for example `--with aws:SourceIp=203.0.113.7`")
        ]);
        return Err(Exit::Invalid);
    };
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    let one = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned().into();
    let value = match list {
        Some("") => ContextValue::Many(Vec::new()),
        Some(items) => ContextValue::Many(items.split(',').map(one).collect()),
        None if value == "null" => ContextValue::Absent,
        None => ContextValue::One(value.to_owned().into()),
    };
    Ok((key.to_owned().into(), value))
}
