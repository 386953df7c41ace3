//! Questions of the command line, each a statement of the prompt: `can`, `why`, `when`, `compare`.

use std::mem::ManuallyDrop;

use super::arguments::{QuestionTask, WhyTask};
use super::clauses::CompareTask;
use super::exit::Exit;
use super::files;
use super::output::Output;
use super::statement::{on_command_line, statement};
use super::world::Start;
use crate::catalog::Catalog;
use crate::commands::{example_user, table, words_of_aws};
use crate::disk::{Disk, STDIN};
use crate::recognise::{Recognised, recognise};
use crate::session::{Mode, Outcome, Outside, Part, Session, Status};
use crate::source::{Diagnostic, Place};
use crate::syntax::script::{parse_statement, write};
use crate::world::{Document, NamedDocument, WorldError};

/// `can`, `why` and `when`
pub(super) fn ask(
    start: &Start,
    head: &str,
    task: &QuestionTask,
    why: Option<&WhyTask>,
    output: &Output,
) -> Result<Exit, Exit> {
    let html = why.and_then(|why| why.html.as_deref());
    let (words, extent) = shown_extent(why, &task.words);
    check_files(start, task, html).map_err(|wrong| output.invalid(&[wrong]))?;
    if let Some(text) = pasted(head, words).map_err(|wrong| output.invalid(&[wrong]))? {
        return ask_pasted(start, &text, task, (html, extent), output);
    }
    let mut place = statement(head, words, &task.clauses, extent);
    let understood = parse_statement(&place.source, place.span, &table().usages);
    let understood = understood.map_err(|wrong| misunderstood(start, &place, wrong, output))?;
    // A message of AWS says itself who asked.
    let assumed = understood.get("PRINCIPAL").is_none() && understood.get("MESSAGE").is_none();
    if assumed && !task.policies.has_identity() {
        return Err(output.refuse(nobody(), &place));
    }
    // The process ends with the answer: the system frees what there is faster than we could.
    let mut session = ManuallyDrop::new(match assumed {
        true => start.or_empty(output)?, // The example user belongs to no world.
        false => start.or_demo(output)?,
    });
    let resource = understood.get("RESOURCE").map(|word| &*word.text);
    give(&mut session, task, resource, output)?;
    let example = example_user(resource);
    if assumed {
        place = statement(&format!("{head} {example}"), words, &task.clauses, extent);
    }
    let mut outcome = run(&mut session, &place);
    if assumed && outcome.status != Status::Refused {
        outcome.parts.push(Part::Note(format!("no principal was named: assumed {example}")));
    }
    output.show(&outcome);
    draw(&mut session, html, output)?;
    Ok(Exit::of(&outcome, true))
}

/// Has the question asked with the policies of files. What hangs on one of a template that is not known in full depends.
fn give(
    session: &mut Session,
    task: &QuestionTask,
    resource: Option<&str>,
    output: &Output,
) -> Result<(), Exit> {
    let given = task.policies.read(resource, output)?;
    let is_unknown = |one: &NamedDocument| matches!(one.document, Document::Missing);
    session.world_mut().settings_mut().strict |= given.documents().any(is_unknown);
    session.give(given);
    Ok(())
}

/// How much of an explanation is to be shown, as an option or the last words say it; and the words before them.
fn shown_extent<'w>(why: Option<&WhyTask>, words: &'w [String]) -> (&'w [String], Option<&'static str>) {
    let said = why.and_then(WhyTask::extent);
    match words {
        [before @ .., of, full] if why.is_some() && said.is_none() && of == "in" && full == "full" => {
            (before, Some("in full"))
        }
        [before @ .., short] if why.is_some() && said.is_none() && short == "short" => {
            (before, Some("short"))
        }
        _ => (words, said),
    }
}

/// A question that cannot be read is refused with what was probably meant.
fn misunderstood(start: &Start, place: &Place, wrong: Diagnostic, output: &Output) -> Exit {
    let refused = start.or_demo(output).map(|mut session| run(&mut session, place));
    match refused {
        Ok(outcome) if outcome.status == Status::Refused => {
            output.show(&outcome);
            Exit::of(&outcome, true)
        }
        _ => output.invalid(&[wrong]),
    }
}

/// The text of AWS that `why` is given, also on standard input.
fn pasted(head: &str, words: &[String]) -> Result<Option<String>, Diagnostic> {
    match words {
        _ if head != "why" => Ok(None),
        [only] if only == "-" => Ok(Some(Disk.read(STDIN)?)),
        words => Ok(words_of_aws(words, Catalog::in_use())),
    }
}

/// `why` of a text of AWS: asked of the world and the policies that are named, never of the demo world.
fn ask_pasted(
    start: &Start,
    text: &str,
    task: &QuestionTask,
    (html, extent): (Option<&str>, Option<&str>),
    output: &Output,
) -> Result<Exit, Exit> {
    let mut session = ManuallyDrop::new(start.or_empty(output)?);
    let resource = match recognise(text, session.world().catalog()) {
        Some(Recognised::Answer(pasted)) => pasted.resource,
        _ => None,
    };
    give(&mut session, task, resource.as_deref(), output)?;
    let place = statement(&format!("why {}", write::quoted(text)), &[], &task.clauses, extent);
    let outcome = run(&mut session, &place);
    output.show(&outcome);
    if html.is_some() && session.last_answer().is_none() {
        let what = "no page was written, for nothing was decided here: name a world or the policies";
        output.complain(&[Diagnostic::warning("no-page", what)]);
    }
    draw(&mut session, html, output)?;
    Ok(Exit::of(&outcome, true))
}

/// The page must not take the place of what the question is made of.
fn check_files(start: &Start, task: &QuestionTask, html: Option<&str>) -> Result<(), Diagnostic> {
    let worlds = start.worlds.iter().map(|path| ("--world", path.as_str()));
    let context = task.clauses.context.iter().map(|path| ("--context", path.as_str()));
    let read = worlds.chain(context).chain(task.policies.files());
    files::check(read, html.iter().map(|path| ("--html", *path)))
}

/// `compare`
pub(super) fn compare(start: &Start, head: &str, task: &CompareTask, output: &Output) -> Result<Exit, Exit> {
    let mut session = start.or_demo(output)?;
    let outcome = run(&mut session, &statement(head, &task.words, &task.clauses, None));
    output.show(&outcome);
    Ok(Exit::of(&outcome, true))
}

pub(super) fn run(session: &mut Session, place: &Place) -> Outcome {
    session.run(&place.source, place.span, &mut Disk, Mode::Script)
}

fn nobody() -> WorldError {
    WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
        .help("name a principal: `iamwhy can alice s3:ListAllMyBuckets`")
}

/// Writes the last answer as a page, if there is one.
fn draw(session: &mut Session, html: Option<&str>, output: &Output) -> Result<(), Exit> {
    let Some(path) = html.filter(|_| session.last_answer().is_some()) else { return Ok(()) };
    let outcome = run(session, &on_command_line(format!("picture {} over", write::quoted(path))));
    output.warnings(&outcome);
    for part in &outcome.parts {
        if let Part::Said(text) = part {
            output.say_beside(text);
        }
    }
    match outcome.status {
        Status::Refused => Err(Exit::Invalid),
        _ => Ok(()),
    }
}
