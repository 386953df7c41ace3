//! What a call gives: its options and their values.

use std::sync::Arc;

use super::input;
use super::signature::{Parameter, Signature};
use crate::session::{Context, Failure, FileOf};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::shell::ShellWord;
use crate::world::WorldError;

#[derive(Clone, Debug)]
pub(super) struct Arg {
    pub(super) text: Box<str>,
    /// Where what it says stands: in the statement, in a file, or in a text of its own.
    pub(super) whole: Place,
    /// Where the value stands in the statement.
    pub(super) place: Place,
}

impl Arg {
    /// A text that nobody gave.
    pub(super) fn alone(name: &str, text: String) -> Self {
        Self::of(&Source::new(name, text))
    }

    fn of(source: &Arc<Source>) -> Self {
        let whole = Place::new(source, Span::new(0, source.text().len() as u32));
        Self { text: source.text().into(), place: whole.clone(), whole }
    }

    /// A text of its own that was made of a value.
    pub(super) fn made(name: &str, text: String, of: &Self) -> Self {
        Self { place: of.place.clone(), ..Self::alone(name, text) }
    }
}

/// An option as texts: its name and its values.
pub(super) type CallOption = (String, Vec<String>);

/// An option that was given: its name, where it stands, and its values.
#[derive(Clone, Debug)]
struct GivenOption {
    name: Box<str>,
    place: Place,
    values: Vec<Arg>,
}

/// The options that were given, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    options: Vec<GivenOption>,
}

impl Given {
    /// The values of an option; nothing if it was not given.
    pub(super) fn all(&self, name: &str) -> Option<&[Arg]> {
        self.options.iter().find(|own| &*own.name == name).map(|own| own.values.as_slice())
    }

    pub(super) fn one(&self, name: &str) -> Option<&Arg> {
        self.all(name)?.first()
    }

    /// The options with the texts of their values.
    pub(super) fn texts(&self) -> Vec<CallOption> {
        let texts = |own: &GivenOption| own.values.iter().map(|value| value.text.to_string()).collect();
        self.options.iter().map(|own| (own.name.to_string(), texts(own))).collect()
    }

    /// Where the word that a refusal blames stands: an option by its name (`--tags`), a value of an option that is
    /// called after what the word names (`--user-name`), or else of any.
    pub(super) fn blamed(&self, error: &WorldError) -> Option<Place> {
        if let Some(name) = error.about.strip_prefix("--") {
            return self.options.iter().find(|own| &*own.name == name).map(|own| own.place.clone());
        }
        let called = |own: &&GivenOption| error.thing.is_some_and(|thing| own.name.contains(thing.word()));
        let (fitting, others): (Vec<_>, Vec<_>) = self.options.iter().partition(called);
        [fitting, others].iter().find_map(|options| place_in(options, &error.about))
    }

    /// Adds an option; two of one name are refused.
    pub(super) fn add(&mut self, name: &str, values: Vec<Arg>, place: Place) -> Result<(), Diagnostic> {
        if self.all(name).is_some() {
            return Err(Diagnostic::error("option-twice", format!("`--{name}` is given twice")).at(place, ""));
        }
        self.options.push(GivenOption { name: name.into(), place, values });
        Ok(())
    }
}

/// Where options say a word: as a value, or a part of one; for an ARN that was made of a value (`function:NAME`), the
/// value.
fn place_in(options: &[&GivenOption], word: &str) -> Option<Place> {
    let all = || options.iter().flat_map(|own| &own.values);
    let part = |value: &&Arg| !word.is_empty() && value.text.contains(word);
    let made = |value: &&Arg| !value.text.is_empty() && word.ends_with(&*value.text);
    let found = all().find(|value| &*value.text == word).or_else(|| all().find(part));
    found.or_else(|| all().filter(made).max_by_key(|value| value.text.len())).map(|value| value.place.clone())
}

/// An option as it stands: its name, its place, and the words behind it.
pub(super) struct Raw<'w> {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) values: Vec<RawValue<'w>>,
}

/// A value as it stands: a part of a word.
#[derive(Clone, Copy)]
pub(super) struct RawValue<'w> {
    word: &'w ShellWord,
    from: usize,
}

impl<'w> RawValue<'w> {
    pub(super) fn text(&self) -> &'w str {
        self.word.text.get(self.from..).unwrap_or_default()
    }

    pub(super) fn span(&self) -> Span {
        self.word.span
    }
}

/// Sorts words into options with their values; `Err` is a word that belongs to none.
pub(super) fn options<'w>(source: &Arc<Source>, words: &'w [ShellWord]) -> (Vec<RawValue<'w>>, Vec<Raw<'w>>) {
    let (mut free, mut found): (Vec<RawValue<'w>>, Vec<Raw<'w>>) = (Vec::new(), Vec::new());
    for word in words {
        let Some(name) = word.text.strip_prefix("--").filter(|name| !name.is_empty()) else {
            let value = RawValue { word, from: 0 };
            found.last_mut().map_or(&mut free, |raw| &mut raw.values).push(value);
            continue;
        };
        let place = Place::new(source, word.span);
        let (name, values) = match name.split_once('=') {
            Some((name, _)) => (name, vec![RawValue { word, from: name.len() + 3 }]),
            None => (name, Vec::new()),
        };
        found.push(Raw { name: name.to_owned(), place, values });
    }
    (free, found)
}

/// Reads the options of an operation.
pub(super) fn given(
    operation: &Signature,
    free: &[RawValue<'_>],
    raw: Vec<Raw<'_>>,
    context: &mut Context<'_>,
    statement: &Place,
) -> Result<Given, Failure> {
    let parameters = operation.parameters();
    let mut given = Given::default();
    for (value, name) in free.iter().zip(operation.positional()) {
        given.add(&name.to_ascii_lowercase(), vec![read(value, context)?], context.place(value.span()))?;
    }
    let (input, raw): (Vec<_>, Vec<_>) = raw.into_iter().partition(|one| one.name == input::NAME);
    for raw in raw {
        let known = parameters.iter().find(|parameter| parameter.name == raw.name);
        let known = known.ok_or_else(|| unknown(operation, &parameters, &raw))?;
        check_count(operation, known, &raw)?;
        let values = raw.values.iter().map(|value| read(value, context)).collect::<Result<_, _>>()?;
        given.add(&raw.name, values, raw.place)?;
    }
    for one in input {
        let [value] = one.values[..] else {
            return Err(super::global::count_wrong(input::NAME, 1, &one).into());
        };
        input::add(&mut given, &parameters, &read(&value, context)?)?;
    }
    let missing = parameters.iter().filter(|one| one.required && given.all(one.name).is_none());
    let word = operation.positional().filter(|_| free.is_empty()).map(str::to_owned);
    let missing: Vec<String> = word.into_iter().chain(missing.map(|one| format!("--{}", one.name))).collect();
    if missing.is_empty() { Ok(given) } else { Err(required(operation, &missing, statement).into()) }
}

fn check_count(operation: &Signature, known: &Parameter, raw: &Raw<'_>) -> Result<(), Diagnostic> {
    let fits = match (known.takes.is_empty(), known.several) {
        _ if !known.kept => true,
        (true, _) => raw.values.is_empty(),
        (_, true) => !raw.values.is_empty(),
        _ => raw.values.len() == 1,
    };
    if fits {
        return Ok(());
    }
    let (expected, at) = match (known.takes, raw.values.get(1)) {
        ("", _) => ("no value".to_owned(), raw.values.first()),
        (_, Some(second)) if !known.several => {
            ("one value; quote it if it has spaces".to_owned(), Some(second))
        }
        (takes, _) => (format!("{takes} after it"), None),
    };
    let place = at.map_or(raw.place.clone(), |value| Place::new(&raw.place.source, value.span()));
    let what = format!("aws: error: argument --{}: expected {expected}", known.name);
    Err(Diagnostic::error("option-values", what)
        .at(place, "")
        .help(format!("usage: `{}`", operation.usage())))
}

fn unknown(operation: &Signature, parameters: &[Parameter], raw: &Raw<'_>) -> Diagnostic {
    let what =
        format!("aws: error: unknown option --{} of `{} {}`", raw.name, operation.service, operation.name);
    let diagnostic = Diagnostic::error("unknown-option", what).at(raw.place.clone(), "");
    let names = parameters.iter().map(|one| one.name).chain(super::global::names());
    let names: Vec<String> = names.map(|name| format!("--{name}")).collect();
    let diagnostic = diagnostic.suggest(&format!("--{}", raw.name), names.iter().map(String::as_str));
    match diagnostic.help {
        Some(_) => diagnostic,
        None => diagnostic.help(format!("what is modelled: `{}`", operation.usage())),
    }
}

fn required(operation: &Signature, missing: &[String], statement: &Place) -> Diagnostic {
    let what = format!("aws: error: the following arguments are required: {}", missing.join(", "));
    Diagnostic::error("missing-option", what)
        .at(statement.clone(), "")
        .help(format!("usage: `{}`", operation.usage()))
}

/// Reads a value; `file://` names a file that holds it.
pub(super) fn read(raw: &RawValue<'_>, context: &mut Context<'_>) -> Result<Arg, Failure> {
    let place = context.place(raw.span());
    let text = raw.text();
    if let Some(path) = text.strip_prefix("file://") {
        return Ok(Arg {
            place: place.clone(),
            ..Arg::of(&context.source_of(path, FileOf::Policy, &place)?)
        });
    }
    Ok(match raw.word.span_of(context.source, raw.from..raw.word.text.len()) {
        Some(span) => Arg { text: text.into(), whole: context.place(span), place },
        None => Arg { place, ..Arg::alone("<argument>", text.to_owned()) },
    })
}
