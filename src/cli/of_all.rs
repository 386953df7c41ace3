//! Questions about all requests on the command line, each a statement of the prompt: `diff`, `check`, `expand`, `shrink`.

use super::arguments::ActionsTask;
use super::check_arguments::{CheckTask, DiffTask};
use super::clauses::Clauses;
use super::exit::Exit;
use super::files;
use super::interrupt::first_interrupt;
use super::output::Output;
use super::statement::statement;
use super::world::Start;
use crate::disk::{Disk, STDIN, Unconfined};
use crate::question::search::stop_by;
use crate::session::{Existing, Mode, Outcome, Outside, Session};
use crate::source::{Diagnostic, Place};

/// What is asked, and the files that it is about and that are written.
#[derive(Default)]
struct AskedOfAll<'t> {
    head: &'static str,
    words: Vec<String>,
    html: Option<&'t str>,
    requests: Option<&'t str>,
}

/// `diff`
pub(super) fn diff(start: &Start, task: &DiffTask, output: &Output) -> Result<Exit, Exit> {
    of_all_requests(start, &of_two_files("diff", task), output)
}

/// The words that name two files, and what they are.
fn of_two_files<'t>(head: &'static str, task: &'t DiffTask) -> AskedOfAll<'t> {
    let option = |word: &str, said: &Option<String>| {
        said.iter().flat_map(|said| [word.to_owned(), said.clone()]).collect::<Vec<_>>()
    };
    let files = vec![task.old.clone(), task.new.clone()];
    let words = [files, option("type", &task.kind), option("on", &task.on)].concat();
    AskedOfAll { head, words, html: task.page.html.as_deref(), requests: task.requests.as_deref() }
}

/// `check`
pub(super) fn check(start: &Start, task: &CheckTask, output: &Output) -> Result<Exit, Exit> {
    let mut written = None;
    let (head, words, page) = match task {
        CheckTask::Equivalent(task) => {
            return of_all_requests(start, &of_two_files("check equivalent", task), output);
        }
        CheckTask::NoNewAccess(task) => {
            return of_all_requests(start, &of_two_files("check no-new-access", task), output);
        }
        CheckTask::AccessNotGranted { policy, words, requests, page } => {
            written = requests.requests.as_deref();
            ("check access-not-granted", [std::slice::from_ref(policy), words].concat(), page)
        }
        CheckTask::Public { what, on, requests, page } => {
            written = requests.requests.as_deref();
            ("check public", std::iter::once(what).chain(on).cloned().collect::<Vec<_>>(), page)
        }
        CheckTask::LeastPrivilege { policy, expect, log, page } => {
            let option = |word: &str, file: &Option<String>| {
                file.iter().flat_map(|file| [word.to_owned(), file.clone()]).collect::<Vec<_>>()
            };
            let words = [vec![policy.clone()], option("expect", expect), option("log", log)].concat();
            ("check least-privilege", words, page)
        }
        CheckTask::Dead { policy, page } => ("check dead", vec![policy.clone()], page),
    };
    let asked = AskedOfAll { head, words, html: page.html.as_deref(), requests: written };
    of_all_requests(start, &asked, output)
}

/// `expand` and `shrink`
pub(super) fn actions(
    start: &Start,
    head: &'static str,
    task: &ActionsTask,
    output: &Output,
) -> Result<Exit, Exit> {
    let word = |word: &String| if word == "-" { STDIN.to_owned() } else { word.clone() };
    let words = task.given.iter().map(word).collect();
    of_all_requests(start, &AskedOfAll { head, words, ..AskedOfAll::default() }, output)
}

/// A question about all requests, which names the policies that it is about. Ctrl-C ends it with what was found so far.
fn of_all_requests(start: &Start, asked: &AskedOfAll<'_>, output: &Output) -> Result<Exit, Exit> {
    let read = asked.words.iter().map(|word| (asked.head, word.as_str()));
    let written = asked.html.map(|path| ("--html", path)).into_iter();
    let written = written.chain(asked.requests.map(|path| ("--requests", path)));
    files::check(read, written).map_err(|wrong| output.invalid(&[wrong]))?;
    let mut session = start.or_empty(output)?;
    first_interrupt().into_iter().for_each(stop_by);
    let place = statement(asked.head, &asked.words, &Clauses::default(), None);
    let outcome = run(&mut session, &place, start);
    output.show(&outcome);
    write(asked, &outcome, &place).map_err(|wrong| output.invalid(&[wrong]))?;
    Ok(Exit::of(&outcome, true))
}

fn run(session: &mut Session, place: &Place, start: &Start) -> Outcome {
    match start.allow_outside {
        true => session.run(&place.source, place.span, &mut Unconfined(Disk), Mode::Script),
        false => session.run(&place.source, place.span, &mut Disk, Mode::Script),
    }
}

/// Writes the files that were asked for, where there is an answer.
fn write(asked: &AskedOfAll<'_>, outcome: &Outcome, place: &Place) -> Result<(), Diagnostic> {
    let page = asked.html.and_then(|path| Some((path, outcome.page_of_all(place.source.text())?)));
    let requests = asked.requests.and_then(|path| Some((path, outcome.requests_of_all()?)));
    for (path, text) in page.into_iter().chain(requests) {
        Disk.write(path, &text, Existing::Replaced)?;
    }
    Ok(())
}
