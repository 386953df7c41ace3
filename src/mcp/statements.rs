//! The statement of the prompt that a call stands for: what it is given is quoted where it is not one word.

use serde_json::Value;

use super::arguments::Arguments;
use crate::syntax::script::write;

/// What is run for a call.
pub(super) struct Statement {
    /// A statement, or a script.
    pub(super) text: String,
    /// The texts that it reads like files.
    pub(super) texts: Vec<(&'static str, String)>,
}

impl Statement {
    fn of(words: &[&str]) -> Self {
        Self { text: words.join(" "), texts: Vec::new() }
    }

    /// With a word for what is a file, or a text that is read like one.
    fn with_text(mut self, name: &'static str, given: &str) -> Self {
        let is_text = given.trim_start().starts_with(['{', '[']);
        let named = if is_text { name } else { given };
        self.text = format!("{} {}", self.text, write::quoted(named));
        self.texts.extend(is_text.then(|| (name, given.to_owned())));
        self
    }
}

/// `can`, `when`, and `why` of a request.
pub(super) fn question(head: &str, given: &Arguments<'_>) -> Statement {
    let principal = words(given.text("principal").unwrap_or_default());
    let action = write::word(given.text("action").unwrap_or_default());
    Statement::of(&[head, &principal, &action, &on(given), &with(given)])
}

/// `why` of a request, or of what AWS said.
pub(super) fn why(given: &Arguments<'_>) -> Statement {
    match given.text("message") {
        Some(message) => Statement::of(&["why", &write::quoted(message), &with(given)]),
        None => question("why", given),
    }
}

/// `who-can`
pub(super) fn who_can(given: &Arguments<'_>) -> Statement {
    Statement::of(&["who-can", &write::word(given.text("action").unwrap_or_default()), &on(given)])
}

/// `what-can`
pub(super) fn what_can(given: &Arguments<'_>) -> Statement {
    Statement::of(&["what-can", &words(given.text("principal").unwrap_or_default())])
}

/// `diff`
pub(super) fn diff(given: &Arguments<'_>) -> Statement {
    let text = |name| given.text(name).unwrap_or_default();
    let files = Statement::of(&["diff"]).with_text("<old>", text("old")).with_text("<new>", text("new"));
    match given.text("type") {
        Some(kind) => Statement { text: format!("{} type {}", files.text, write::word(kind)), ..files },
        None => files,
    }
}

/// `lint`
pub(super) fn lint(given: &Arguments<'_>) -> Statement {
    Statement::of(&["lint"]).with_text("<policy>", given.text("policy").unwrap_or_default())
}

/// The script itself; the file of one is read where it runs.
pub(super) fn test(given: &Arguments<'_>) -> Statement {
    Statement::of(&[given.text("script").unwrap_or_default()])
}

/// `info`
pub(super) fn info(given: &Arguments<'_>) -> Statement {
    Statement::of(&["info", &words(given.text("name").unwrap_or_default())])
}

/// Words such as those that name a principal; each that is not plain is quoted, so that none ends the statement.
fn words(text: &str) -> String {
    text.split_whitespace().map(write::word).collect::<Vec<_>>().join(" ")
}

fn on(given: &Arguments<'_>) -> String {
    given.text("resource").map(|resource| format!("on {}", write::word(resource))).unwrap_or_default()
}

fn with(given: &Arguments<'_>) -> String {
    let pairs = given.pairs("context").map(|(key, value)| format!("with {}", pair(key, value)));
    pairs.collect::<Vec<_>>().join(" ")
}

fn pair(key: &str, value: &Value) -> String {
    match value {
        Value::Null => write::pair(key, write::NULL),
        Value::Array(texts) => write::pair(key, &write::list(texts.iter().filter_map(Value::as_str))),
        Value::String(text) => write::pair(key, &write::value(text)),
        other => write::pair(key, &write::value(&other.to_string())),
    }
}
