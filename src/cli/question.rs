//! Questions of the command line: `can`, `why`, `compare`.

use std::borrow::Cow;
use std::mem::ManuallyDrop;

use super::arguments::{Clauses, Cli, CompareTask, QuestionTask};
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session, source};
use crate::batch::read_context;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::question::Assumptions;
use crate::session::{Command, Later, Message, Part, Session, Status, usages};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::json::parse_json;
use crate::syntax::script::parse_statement;
use crate::world::{ContextEntry, ContextValue, Document, GivenPolicies, LeftOut, NamedDocument, WorldError};

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

impl Kind {
    /// The command at the prompt.
    fn word(self) -> &'static str {
        match self {
            Self::Can => "can",
            Self::Why => "why",
            Self::When => "when",
        }
    }
}

/// `can`, `why` and `when`
pub(super) fn ask(
    cli: &Cli,
    task: &QuestionTask,
    output: &Output,
    kind: Kind,
    html: Option<&str>,
) -> Result<Exit, Exit> {
    if let ([text], Kind::Why) = (&task.words[..], kind)
        && text.contains(char::is_whitespace)
    {
        return pasted(&mut session(cli, output, Start::Demo)?, task, text, html, output);
    }
    let head = kind.word();
    let mut place = statement(head, &task.words);
    let assumed = !names_principal(&place, output)?;
    if assumed {
        if task.policy.is_empty() {
            return Err(output.refuse(nobody(), &place));
        }
        place = statement(&format!("{head} {EXAMPLE}"), &task.words);
    }
    // The example user belongs to no world. The process ends with the answer: the system frees what there is faster
    // than we could.
    let start = if assumed { Start::Empty } else { Start::Demo };
    let mut session = ManuallyDrop::new(session(cli, output, start)?);
    let mut command = understood(&session, &place, output)?;
    if let Command::Can(question) | Command::Why(question) | Command::Later(Later::When(question)) =
        &mut command
    {
        let given = given(task, question.resource.as_deref(), output)?;
        question.question.assumptions.policies = given.into();
        add_options(&mut question.question.assumptions, &session, &task.clauses, output)?;
    }
    let mut outcome = session.execute(command, &place, &mut Disk);
    if assumed {
        outcome.parts.push(Part::Note(format!("no principal was named: assumed {EXAMPLE}")));
    }
    output.show(&outcome);
    draw(&mut session, html, output)?;
    Ok(Exit::of(&outcome, true))
}

/// `why` with AWS's own message.
fn pasted(
    session: &mut Session,
    task: &QuestionTask,
    text: &str,
    html: Option<&str>,
    output: &Output,
) -> Result<Exit, Exit> {
    let mut assumptions = Assumptions::default();
    add_options(&mut assumptions, session, &task.clauses, output)?;
    let message = Command::Later(Later::Message(Box::new(Message { text: text.into(), assumptions })));
    let outcome = session.execute(message, &statement("why", &task.words), &mut Disk);
    output.show(&outcome);
    draw(session, html, output)?;
    Ok(Exit::of(&outcome, true))
}

/// Writes the last answer as a page, if there is one.
fn draw(session: &mut Session, html: Option<&str>, output: &Output) -> Result<(), Exit> {
    let Some(path) = html.filter(|_| session.last_answer().is_some()) else { return Ok(()) };
    let picture = Command::Later(Later::Picture(path.into()));
    let outcome = session.execute(picture, &statement("why", &[path.to_owned()]), &mut Disk);
    output.warnings(&outcome);
    match outcome.status {
        Status::Refused => Err(Exit::Invalid),
        _ => Ok(()),
    }
}

/// `compare`
pub(super) fn compare(cli: &Cli, task: &CompareTask, output: &Output) -> Result<Exit, Exit> {
    let mut session = session(cli, output, Start::Demo)?;
    let place = statement("compare", &task.words);
    let mut command = understood(&session, &place, output)?;
    if let Command::Compare(comparison) = &mut command {
        add_options(&mut comparison.assumptions, &session, &task.clauses, output)?;
    }
    let outcome = session.execute(command, &place, &mut Disk);
    output.show(&outcome);
    Ok(Exit::of(&outcome, true))
}

/// Whether a question says who asks.
fn names_principal(place: &Place, output: &Output) -> Result<bool, Exit> {
    parse_statement(&place.source, place.span, usages())
        .map(|words| words.get("PRINCIPAL").is_some())
        .map_err(|wrong| output.invalid(&[wrong]))
}

fn nobody() -> WorldError {
    WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
        .help("name a principal: `iamwhy can alice s3:ListAllMyBuckets`")
}

/// The command that a statement is; what is wrong with it is said.
fn understood(session: &Session, place: &Place, output: &Output) -> Result<Command, Exit> {
    let words =
        parse_statement(&place.source, place.span, usages()).map_err(|wrong| output.invalid(&[wrong]))?;
    match session.understand(&words, place, &mut Disk) {
        Ok((command, warnings)) => {
            output.complain(&warnings);
            Ok(command)
        }
        Err(refused) => {
            output.show(&refused);
            Err(Exit::Invalid)
        }
    }
}

/// The words behind a command as a statement of the prompt; what the shell has split is never split again.
fn statement(head: &str, words: &[String]) -> Place {
    let mut text = head.to_owned();
    let mut before = "";
    for word in words {
        text.push(' ');
        text.push_str(&as_written(before, word));
        before = word;
    }
    let span = Span::new(0, text.len() as u32);
    Place::new(&Source::new("<command line>", text), span)
}

/// A word as it is written at the prompt: what would not be one word there is quoted.
fn as_written<'w>(before: &str, word: &'w str) -> Cow<'w, str> {
    let odd = |text: &str| text.is_empty() || text.contains([' ', '\t', '\n', '\r', '\\', '"', '\'']);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let pair = word.split_once('=').filter(|(key, _)| !odd(key) && !word.starts_with("arn:"));
    match pair {
        // JSON and lists are written in quotes and brackets of their own.
        _ if word.starts_with('{') => word.into(),
        _ if before == "from" => quoted(word).into(),
        Some((key, value)) if value.len() > 1 && value.starts_with('[') && value.ends_with(']') => {
            let items = value[1..value.len() - 1].split(',').map(str::trim);
            let items =
                items.map(|item| if odd(item) && !is_quoted(item) { quoted(item) } else { item.into() });
            if value.contains(['"', '\'']) {
                return word.into(); // The quotes of a list are the user's own.
            }
            let items: Vec<String> = if value == "[]" { Vec::new() } else { items.collect() };
            format!("{key}=[{}]", items.join(", ")).into()
        }
        Some((key, value)) if odd(value) && !is_quoted(value) => format!("{key}={}", quoted(value)).into(),
        None if odd(word) || word.starts_with(['[', ']', '}', '#']) => quoted(word).into(),
        _ => word.into(),
    }
}

/// Whether a value came with quotes of its own.
fn is_quoted(text: &str) -> bool {
    text.len() > 1 && text.starts_with('"') && text.ends_with('"')
}

/// The policies given in place of the world's.
fn given(task: &QuestionTask, resource: Option<&str>, output: &Output) -> Result<GivenPolicies, Exit> {
    let all = |paths, kind| all_documents(paths, kind, output);
    Ok(GivenPolicies {
        identity: all(&task.policy, PolicyType::IdentityBased)?,
        permissions_boundary: all(&task.boundary, PolicyType::PermissionsBoundary)?,
        session: all(&task.session_policy, PolicyType::Session)?,
        resource: task
            .resource_policy
            .as_ref()
            .map(|path| documents(path, kind_of(resource), output))
            .transpose()?
            .and_then(|mut documents| documents.pop()),
        vpc_endpoint: all(&task.endpoint_policy, PolicyType::VpcEndpoint)?,
        scp: all(&task.scp, PolicyType::ServiceControl)?.map(|level| vec![level]),
        rcp: all(&task.rcp, PolicyType::ResourceControl)?.map(|level| vec![level]),
    })
}

/// The policies of files; `None` if there are none.
pub(super) fn all_documents(
    paths: &[String],
    kind: PolicyType,
    output: &Output,
) -> Result<Option<Vec<NamedDocument>>, Exit> {
    let read: Result<Vec<_>, Exit> = paths.iter().map(|path| documents(path, kind, output)).collect();
    Ok(Some(read?.concat()).filter(|documents| !documents.is_empty()))
}

/// Which kind of policy the resource has.
fn kind_of(resource: Option<&str>) -> PolicyType {
    match resource.and_then(Arn::parse) {
        Some(arn) if arn.service() == "iam" && arn.resource().starts_with("role/") => PolicyType::Trust,
        Some(arn) if arn.service() == "kms" && arn.resource().starts_with("key/") => PolicyType::Key,
        _ => PolicyType::ResourceBased,
    }
}

/// The policies of a file: one document, or a list of them.
pub(super) fn documents(path: &str, kind: PolicyType, output: &Output) -> Result<Vec<NamedDocument>, Exit> {
    let source = source(path, output)?;
    if source.text().len() > 10_000_000 {
        let what = format!("`{path}` has {} bytes; no policy is longer than 10 MB", source.text().len());
        output.complain(&[Diagnostic::error("file-too-long", what)]);
        return Err(Exit::Invalid);
    }
    let stem = std::path::Path::new(path).file_stem().map_or(path.into(), |stem| stem.to_string_lossy());
    let found = Document::read_all(&source, kind);
    let several = found.len() > 1;
    let mut documents = Vec::with_capacity(found.len());
    for (i, (document, warnings)) in found.into_iter().enumerate() {
        output.complain(&warnings);
        if let Document::Refused(wrong) = &document {
            output.complain(wrong);
            return Err(Exit::Invalid);
        }
        let name = if several { format!("{stem}-{}", i + 1) } else { stem.to_string() };
        documents.push(NamedDocument { name: name.into(), document });
    }
    Ok(documents)
}

/// Adds what the options assume to what the words do.
fn add_options(
    assumptions: &mut Assumptions,
    session: &Session,
    clauses: &Clauses,
    output: &Output,
) -> Result<(), Exit> {
    if let Some(path) = &clauses.context {
        assumptions.context.extend(context_file(path, output)?);
    }
    for pair in &clauses.with {
        assumptions.context.push(entry(pair, output)?);
    }
    assumptions.without.extend(clauses.without.iter().map(|word| LeftOut::read(word)));
    if let Some(day) = &clauses.as_of {
        let mut settings = assumptions.settings.unwrap_or(*session.world().settings());
        settings
            .set("as_of", day)
            .map_err(|error| output.refuse(error, &statement("as-of", std::slice::from_ref(day))))?;
        assumptions.settings = Some(settings);
    }
    Ok(())
}

fn context_file(path: &str, output: &Output) -> Result<Vec<ContextEntry<'static>>, Exit> {
    let complain = |wrong: &[Diagnostic]| {
        output.complain(wrong);
        Exit::Invalid
    };
    let (tree, _) = parse_json(&source(path, output)?).accept().map_err(|wrong| complain(&wrong))?;
    let entries = read_context(tree.root()).map_err(|wrong| complain(&[wrong]))?;
    Ok(entries.into_iter().map(|(key, value)| (key.into_owned().into(), value.into_owned())).collect())
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
