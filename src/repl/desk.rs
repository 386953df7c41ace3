//! What is done with an entry: its statements are executed one by one, and what came of them is shown.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use super::Surface;
use super::dot::{self, PromptSettings};
use super::editor::LineEditor;
#[cfg(unix)]
use super::ending;
use super::folder::folder;
use super::history::{KeptHistory, MOST};
use super::interrupt::{Interrupt, Work};
use super::known::KnownNames;
use super::prompt::Prompt;
use super::prompt_loop::{Next, prompt_loop};
use crate::assist::{Vocabulary, correction};
use crate::catalog::Catalog;
use crate::commands::{self, text_of_aws};
use crate::report::{Format, Style};
use crate::session::{Existing, Mode, Outcome, Part, Session, Status, Unreadable, Wrote};
use crate::source::{Diagnostic, Place, Severity, Source, Span};
use crate::syntax::script::split_statements;

/// The name of what is typed, in messages.
pub(super) const PROMPT: &str = "<prompt>";

/// How an entry longer than a line is told in front of what came of it.
const ECHO: usize = 60;

/// What is said of a statement that was given up.
const STOPPED: &str = "stopped; nothing has changed";

/// How many users the greeting names.
const GREETED: usize = 4;

/// Greets, then reads entries and executes them until there are no more.
///
/// # Errors
/// If the terminal cannot be read.
pub fn run<'s>(session: &'s mut Session, surface: Surface<'s>) -> Result<(), Diagnostic> {
    let unreadable =
        |wrong| Diagnostic::error("terminal-unreadable", format!("the terminal cannot be read: {wrong}"));
    let mut history = KeptHistory::at(surface.places.history.clone());
    let (entries, unkept) = history.read();
    let mut editor = LineEditor::new(surface.style, surface.is_ascii, &entries).map_err(unreadable)?;
    let interrupt = Interrupt::watch();
    #[cfg(unix)]
    ending::watch();
    let settings = PromptSettings { format: surface.style.format, ..PromptSettings::default() };
    let mut desk =
        Desk { session, surface, settings, history, interrupt, has_shown: false, refused: BTreeSet::new() };
    desk.surface.style.width = editor.width();
    desk.read_settings();
    desk.show(&greeting(desk.session));
    desk.warn(unkept);
    desk.leave_a_gap();
    let first = desk.next(None);
    prompt_loop(&mut editor, first, statements, |entry, width| desk.answer(entry, width)).map_err(unreadable)
}

/// The statements of an entry: each is one of the history.
fn statements(entry: &str) -> Vec<String> {
    let source = Source::new(PROMPT, entry);
    spans(&source).into_iter().map(|span| source.slice(span).to_owned()).collect()
}

/// Where the statements of an entry stand; a text of AWS is one, whatever lines and quotes are in it.
fn spans(source: &Arc<Source>) -> Vec<Span> {
    let entry = source.text();
    if text_of_aws(entry, Catalog::in_use()).is_some() {
        let from = entry.len() - entry.trim_start().len();
        return vec![Span::new(from as u32, entry.trim_end().len() as u32)];
    }
    split_statements(source).into_iter().map(|statement| statement.span).collect()
}

/// What stands above the first prompt: two lines that a narrow terminal holds.
fn greeting(session: &Session) -> Outcome {
    let about = format!("iamwhy: what AWS IAM would decide, and why. {}", whereabouts(session));
    let keys = "`tour` tells the story, `help` lists the commands, Tab completes, Ctrl-D leaves";
    Outcome::said(about).and(Part::Said(keys.to_owned()))
}

/// The selected account with a few of its users.
fn whereabouts(session: &Session) -> String {
    let Some(account) = session.selected().and_then(|id| session.world().account(id)) else {
        return "The world is empty".to_owned();
    };
    let users: Vec<&str> = std::iter::once("root").chain(account.users.keys().map(|name| &**name)).collect();
    let more = if users.len() > GREETED { ", …" } else { "" };
    let name = if account.name.is_empty() { account.id.as_str() } else { &account.name };
    format!("Account {name}: {}{more}", users.get(..GREETED).unwrap_or(&users).join(", "))
}

/// The session, what it is reached through, and how the prompt is set.
struct Desk<'s> {
    session: &'s mut Session,
    surface: Surface<'s>,
    settings: PromptSettings,
    history: KeptHistory,
    interrupt: Interrupt,
    /// Whether something was shown since the last blank line.
    has_shown: bool,
    /// The statements that were refused, and never worked.
    refused: BTreeSet<String>,
}

impl Desk<'_> {
    /// Executes the statements of an entry, until one is given up.
    fn answer(&mut self, entry: &str, width: usize) -> Next {
        self.interrupt.forget();
        self.surface.style.width = width;
        let unkept = self.history.keep(&statements(entry), self.surface.outside);
        self.warn(unkept);
        let source = Source::new(PROMPT, entry);
        let statements = spans(&source);
        let mut mended = None;
        for span in statements.iter().copied() {
            let text = source.slice(span);
            if dot::leaves(text) {
                return Next { leave: true, ..self.next(None) };
            }
            if statements.len() > 1 {
                self.leave_a_gap();
                self.show(&Outcome::said(echo(text)));
            }
            let Some(outcome) = self.answer_one(&source, span) else { break };
            self.note_refusal(text, &outcome);
            mended = self
                .again(text, &outcome)
                .or_else(|| correction(&source, span, &outcome, self.session.world().catalog()));
        }
        self.offer(mended.as_deref());
        self.leave_a_gap();
        self.next(mended)
    }

    /// Executes a statement and shows what came of it; nothing if it was given up.
    fn answer_one(&mut self, source: &Arc<Source>, mut span: Span) -> Option<Outcome> {
        while let Some((path, rest)) = dot::once_before(source, span) {
            self.settings.once = Some(path);
            span = rest;
        }
        let begun = Instant::now();
        let once = self.settings.once.take();
        let done = self.execute(source, span);
        let taken = begun.elapsed();
        match (&done, once) {
            (None, _) => self.show(&Outcome::said(STOPPED)),
            (Some(outcome), Some(path)) => self.write(&path, outcome),
            (Some(outcome), None) => self.show_by_pages(outcome),
        }
        if self.settings.timer {
            self.show(&Outcome::said(format!("{:.3} ms", taken.as_secs_f64() * 1e3)));
        }
        done
    }

    fn note_refusal(&mut self, statement: &str, outcome: &Outcome) {
        match outcome.status {
            Status::Refused if self.refused.len() < MOST => _ = self.refused.insert(statement.to_owned()),
            Status::Refused => {}
            _ => _ = self.refused.remove(statement),
        }
    }

    fn execute(&mut self, source: &Arc<Source>, span: Span) -> Option<Outcome> {
        let text = source.slice(span);
        let place = Place::new(source, span);
        if text.starts_with('.') {
            return Some(dot::execute(&place, &mut self.settings, &self.surface.places));
        }
        let asked = text.strip_prefix('?').map(|thing| thing.trim().to_owned());
        let source = Arc::clone(source);
        self.run(move |session, outside| match asked {
            Some(thing) => session.execute(commands::about(&thing), &place, outside),
            None => session.run(&source, span, outside, Mode::Prompt),
        })
    }

    fn run(&mut self, work: impl Work) -> Option<Outcome> {
        self.interrupt.run(self.session, self.surface.outside, work)
    }

    /// The statement itself, if it was an edit that could not be taken.
    fn again(&mut self, statement: &str, outcome: &Outcome) -> Option<String> {
        let refused = outcome.status == Status::Refused;
        let again = self.session.unfinished_edit().filter(|again| refused && *again == statement)?.to_owned();
        let what = format!("nothing has changed; `{again}` opens what you wrote again");
        self.show(&Outcome::default().note(what));
        Some(again)
    }

    /// Says which key corrects the line; with colours the hint does.
    fn offer(&mut self, mended: Option<&str>) {
        if let Some(mended) = mended.filter(|_| !self.surface.style.colour && self.surface.has_keys) {
            self.show(&Outcome::default().note(format!("Tab types `{}`", first_line(mended))));
        }
    }

    fn show(&mut self, outcome: &Outcome) {
        self.show_as(outcome, false);
    }

    /// Shows an answer, through the pager where it is longer than the screen.
    fn show_by_pages(&mut self, outcome: &Outcome) {
        if self.show_as(outcome, self.surface.has_keys && !self.settings.unpaged) {
            // Ctrl-C was the pager's.
            self.interrupt.forget();
        }
    }

    fn show_as(&mut self, outcome: &Outcome, by_pages: bool) -> bool {
        self.has_shown |= !outcome.parts.is_empty();
        let style = Style { format: self.settings.format, ..self.surface.style };
        (self.surface.show)(outcome, &style, by_pages)
    }

    /// A blank line below what was shown, for people.
    fn leave_a_gap(&mut self) {
        if self.has_shown && self.settings.format != Format::Json {
            self.show(&Outcome::of(Part::Text(String::new())));
        }
        self.has_shown = false;
    }

    /// Writes what came of a statement into a file, without colours; what is wrong is shown instead.
    fn write(&mut self, path: &str, outcome: &Outcome) {
        if outcome.status == Status::Refused {
            return self.show(outcome);
        }
        let format = if self.settings.format == Format::Json { Format::Json } else { Format::Plain };
        let text = outcome.render(&Style { format, colour: false, ..self.surface.style });
        let own = self.settings.written.iter().any(|own| own == path);
        let existing = if own { Existing::Replaced } else { Existing::Kept };
        let said = match self.surface.outside.write(path, &text, existing) {
            Ok(written) => {
                self.settings.written.extend((!own).then(|| path.to_owned()));
                let replaced = if written == Wrote::Replaced { "; what was there is replaced" } else { "" };
                Outcome::said(format!("written to {path}{replaced}"))
            }
            Err(wrong) => Outcome::refused(vec![kept(wrong).into()]),
        };
        self.show(&said);
    }

    fn warn(&mut self, wrong: Option<Unreadable>) {
        if let Some(wrong) = wrong {
            let warning = Diagnostic { severity: Severity::Warning, ..wrong.into() };
            self.show(&Outcome::of(Part::Diagnostics(vec![warning])));
        }
    }

    /// Executes the settings that are kept; what is wrong with them is shown, and the others hold.
    fn read_settings(&mut self) {
        let Some(path) = self.surface.places.settings.as_ref().and_then(|path| path.to_str()) else { return };
        let source = match self.surface.outside.read(path) {
            Ok(text) => Source::new(path, text),
            Err(wrong) if wrong.code == "no-such-file" => return,
            Err(wrong) => {
                return self.show(&Outcome::refused(vec![wrong.into()]));
            }
        };
        let wrong: Vec<Diagnostic> = split_statements(&source)
            .iter()
            .filter_map(|statement| dot::set(&Place::new(&source, statement.span), &mut self.settings).err())
            .collect();
        if !wrong.is_empty() {
            self.show(&Outcome::of(Part::Diagnostics(wrong)));
        }
    }

    fn next(&self, correction: Option<String>) -> Next {
        Next {
            leave: false,
            prompt: Prompt::of(self.session),
            known: KnownNames {
                vocabulary: Vocabulary::of(self.session, folder),
                correction,
                refused: self.refused.clone(),
            },
            vi: self.settings.vi,
        }
    }
}

/// What to do where a file that is not of this session was there.
fn kept(wrong: Unreadable) -> Unreadable {
    let help = (wrong.code == "file-exists").then(|| "name another file, or remove it first".to_owned());
    Unreadable { help: help.or(wrong.help), ..wrong }
}

/// One of several statements, in front of what came of it.
fn echo(statement: &str) -> String {
    format!("> {}", first_line(statement))
}

/// The first line of a statement, shortened.
fn first_line(statement: &str) -> String {
    let line = statement.lines().next().unwrap_or_default();
    let short: String = line.chars().take(ECHO).collect();
    let more = if short.len() < statement.len() { " …" } else { "" };
    format!("{short}{more}")
}
