//! What only a prompt needs: words that start with a dot.

use super::Places;
use crate::report::Format;
use crate::session::{Outcome, Part};
use crate::source::{Diagnostic, Place, Source, Span};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PromptSettings {
    /// Whether the keys are those of vi.
    pub(super) vi: bool,
    pub(super) format: Format,
    /// Whether what is longer than the screen is shown at once.
    pub(super) unpaged: bool,
    /// Whether the time that an answer took is told.
    pub(super) timer: bool,
    /// The file for what is shown next.
    pub(super) once: Option<String>,
    /// The files that were written so, which may be replaced.
    pub(super) written: Vec<String>,
}

pub(super) struct Dot {
    pub(super) name: &'static str,
    /// What may stand behind it; nothing where that is open.
    pub(super) choices: &'static [&'static str],
    /// The word for what stands behind it, where that is open.
    argument: &'static str,
    pub(super) help: &'static str,
    act: fn(&str, &mut PromptSettings) -> Act,
}

impl Dot {
    /// Whether a path stands behind it.
    pub(super) fn takes_file(&self) -> bool {
        self.argument.starts_with("FILE")
    }
}

/// What a command of the prompt does.
enum Act {
    /// Switches a setting, which may stand in the file of settings, too.
    Set,
    Now,
    Show,
    Help,
}

pub(super) const DOTS: [Dot; 8] = [
    Dot { choices: &["emacs", "vi"], ..dot(".mode", "the keys of the line editor", mode) },
    Dot {
        choices: &["text", "plain", "json"],
        ..dot(".format", "how answers look: drawn, as plain text, or as JSON", format)
    },
    Dot {
        choices: &["on", "off"],
        ..dot(".pager", "what is longer than the screen is shown by pages: $PAGER, less", pager)
    },
    Dot { choices: &["on", "off"], ..dot(".timer", "tells how long each answer took", timer) },
    Dot {
        argument: "FILE [COMMAND]",
        ..dot(".once", "writes what is shown next, or by the command, into a file", once)
    },
    dot(".show", "shows these settings", |_, _| Act::Show),
    dot(".help", "lists these commands", |_, _| Act::Help),
    dot(".exit", "leaves, as Ctrl-D does", |_, _| Act::Help),
];

/// A command behind which nothing stands.
const fn dot(name: &'static str, help: &'static str, act: fn(&str, &mut PromptSettings) -> Act) -> Dot {
    Dot { name, choices: &[], argument: "", help, act }
}

fn mode(word: &str, settings: &mut PromptSettings) -> Act {
    settings.vi = word == "vi";
    Act::Set
}

fn format(word: &str, settings: &mut PromptSettings) -> Act {
    settings.format = match word {
        "json" => Format::Json,
        "plain" => Format::Plain,
        _ => Format::Text,
    };
    Act::Set
}

fn pager(word: &str, settings: &mut PromptSettings) -> Act {
    settings.unpaged = word == "off";
    Act::Set
}

fn timer(word: &str, settings: &mut PromptSettings) -> Act {
    settings.timer = word == "on";
    Act::Set
}

fn once(path: &str, settings: &mut PromptSettings) -> Act {
    settings.once = Some(path.to_owned());
    Act::Now
}

pub(super) fn leaves(statement: &str) -> bool {
    matches!(statement, "exit" | "quit" | ".exit" | ".quit")
}

/// Where in a line that is being typed the command of `.once FILE COMMAND` starts.
pub(super) fn behind_once(line: &str) -> Option<usize> {
    let source = Source::new("", line);
    let whole = Span::new(0, u32::try_from(line.len()).ok()?);
    once_before(&source, whole).map(|(_, rest)| rest.start as usize)
}

/// The file and the command of `.once FILE COMMAND`.
pub(super) fn once_before(source: &Source, statement: Span) -> Option<(String, Span)> {
    let text = source.slice(statement);
    let path = text.strip_prefix(".once")?.strip_prefix(char::is_whitespace)?.trim_start();
    let (path, rest) = match path.chars().next()? {
        quote @ ('"' | '\'') => path.get(1..)?.split_once(quote)?,
        _ => path.split_once(char::is_whitespace)?,
    };
    let rest = rest.trim_start();
    let start = statement.end - u32::try_from(rest.len()).ok()?;
    (!rest.is_empty()).then(|| (path.to_owned(), Span::new(start, statement.end)))
}

/// Whether a word is a command of the prompt.
pub(super) fn is_known(word: &str) -> bool {
    leaves(word) || DOTS.iter().any(|dot| dot.name == word)
}

pub(super) fn execute(place: &Place, settings: &mut PromptSettings, places: &Places) -> Outcome {
    let done = act(place, settings);
    match done {
        Ok(Act::Set | Act::Now) => Outcome::default(),
        Ok(Act::Show) => Outcome::of(Part::Text(shown(settings, places))),
        Ok(Act::Help) => Outcome::of(Part::Prose(help())),
        Err(wrong) => Outcome::refused(vec![wrong]),
    }
}

/// Executes a line of the file of settings.
pub(super) fn set(place: &Place, settings: &mut PromptSettings) -> Result<(), Diagnostic> {
    let mut changed = settings.clone();
    match act(place, &mut changed)? {
        Act::Set => *settings = changed,
        _ => {
            let what = format!("`{}` is no setting", place.text());
            return Err(Diagnostic::error("no-setting", what).at(place.clone(), ""));
        }
    }
    Ok(())
}

fn act(place: &Place, settings: &mut PromptSettings) -> Result<Act, Diagnostic> {
    let mut words = place.text().splitn(2, char::is_whitespace);
    let (name, rest) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().trim());
    let wrong = |code, what: String| Diagnostic::error(code, what).at(place.clone(), "");
    let Some(dot) = DOTS.iter().find(|dot| dot.name == name) else {
        let unknown = wrong("unknown-command", format!("there is no command `{name}`"));
        let advised = unknown.suggest(name, DOTS.iter().map(|dot| dot.name));
        return Err(if advised.help.is_some() { advised } else { advised.help("`.help` lists them") });
    };
    let word = rest.trim_matches(['"', '\'']);
    let fits = match (dot.choices, dot.argument) {
        ([], "") => word.is_empty(),
        ([], _) => !word.is_empty(),
        (choices, _) => choices.contains(&word),
    };
    if fits { Ok((dot.act)(word, settings)) } else { Err(unfit(dot, place, rest)) }
}

/// What is said of a word that a command does not take, or that is missing.
fn unfit(dot: &Dot, place: &Place, word: &str) -> Diagnostic {
    let what = match word {
        "" => format!("`{}` needs a word behind it", dot.name),
        word => format!("`{}` does not take `{word}`", dot.name),
    };
    let start = place.span.end - u32::try_from(word.len()).unwrap_or_default();
    let at = if word.is_empty() { place.span } else { Span::new(start, place.span.end) };
    let wrong = Diagnostic::error("unexpected-word", what).at(Place::new(&place.source, at), "");
    let elsewhere = DOTS.iter().find(|other| other.choices.contains(&word));
    if let Some(other) = elsewhere {
        let whole = Diagnostic::error("unexpected-word", wrong.message).at(place.clone(), "");
        return whole.help(format!("did you mean `{} {word}`?", other.name));
    }
    let advised = wrong.suggest(word, dot.choices.iter().copied());
    if advised.help.is_some() { advised } else { advised.help(format!("usage: `{}`", usage(dot))) }
}

fn usage(dot: &Dot) -> String {
    let behind = if dot.argument.is_empty() { dot.choices.join("|") } else { dot.argument.to_owned() };
    format!("{} {behind}", dot.name).trim_end().to_owned()
}

fn shown(settings: &PromptSettings, places: &Places) -> String {
    let path = |path: &Option<std::path::PathBuf>| {
        path.as_ref().map_or("not kept".to_owned(), |path| path.display().to_string())
    };
    format!(
        ".mode {}\n.format {}\n.pager {}\n.timer {}\nhistory   {}\nsettings  {} (a line for each: `.mode vi`)",
        if settings.vi { "vi" } else { "emacs" },
        match settings.format {
            Format::Text => "text",
            Format::Plain => "plain",
            Format::Json => "json",
            _ => "a form of reports",
        },
        if settings.unpaged { "off" } else { "on" },
        if settings.timer { "on" } else { "off" },
        path(&places.history),
        path(&places.settings),
    )
}

fn help() -> String {
    let line = |usage: &str, help: &str| format!("{usage:23}  {help}\n");
    let lines = DOTS.iter().map(|dot| line(&usage(dot), dot.help));
    let asks = line("?THING", "tells about a rule, action, key, operator or principal, as `info`");
    let last = line("_", "the last answer: `can _ with KEY=VALUE`, `.once FILE _`");
    let keys = "\nTab completes; → takes the grey hint, or what a mistyped line should have been;\n\
                ↑ goes back in the history and Ctrl-R searches it; Enter goes on in the next\n\
                line as long as a bracket is open; Ctrl-C clears the line, and stops what runs;\n\
                Ctrl-D leaves\n";
    format!("{}{asks}{last}{keys}", lines.collect::<String>())
}
