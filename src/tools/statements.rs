//! The statement of the prompt that a call stands for: what it is given is quoted where it is not one word.

use serde_json::Value;

use super::arguments::CallArguments;
use super::given::is_text;
use crate::syntax::script::write;

/// What is run for a call.
pub(super) struct CallStatement {
    /// A statement, or a script.
    pub(super) text: String,
    /// The texts that it reads like files.
    pub(super) texts: Vec<(&'static str, String)>,
}

impl CallStatement {
    fn of(words: &[&str]) -> Self {
        Self { text: words.join(" "), texts: Vec::new() }
    }

    /// With a word for what is a file, or a text that is read like one.
    fn with_text(mut self, name: &'static str, given: &str) -> Self {
        let is_text = is_text(given);
        let named = if is_text { name } else { given };
        self.text = format!("{} {}", self.text, write::quoted(named));
        self.texts.extend(is_text.then(|| (name, given.to_owned())));
        self
    }
}

/// `can`, `when`, and `why` of a request.
pub(super) fn question(head: &str, given: &CallArguments<'_>) -> CallStatement {
    let principal = words(given.text("principal").unwrap_or_default());
    let action = write::word(given.text("action").unwrap_or_default());
    CallStatement::of(&[head, &principal, &action, &on(given), &with(given)])
}

/// `why` of a request, or of what AWS said.
pub(super) fn why(given: &CallArguments<'_>) -> CallStatement {
    match given.text("message") {
        Some(message) => CallStatement::of(&["why", &write::quoted(message), &with(given)]),
        None => question("why", given),
    }
}

/// `who-can`
pub(super) fn who_can(given: &CallArguments<'_>) -> CallStatement {
    CallStatement::of(&["who-can", &write::word(given.text("action").unwrap_or_default()), &on(given)])
}

/// `what-can`
pub(super) fn what_can(given: &CallArguments<'_>) -> CallStatement {
    CallStatement::of(&["what-can", &words(given.text("principal").unwrap_or_default())])
}

/// `diff`
pub(super) fn diff(given: &CallArguments<'_>) -> CallStatement {
    let text = |name| given.text(name).unwrap_or_default();
    let files = CallStatement::of(&["diff"]).with_text("<old>", text("old")).with_text("<new>", text("new"));
    match given.text("type") {
        Some(kind) => CallStatement { text: format!("{} type {}", files.text, write::word(kind)), ..files },
        None => files,
    }
}

/// `lint`
pub(super) fn lint(given: &CallArguments<'_>) -> CallStatement {
    CallStatement::of(&["lint"]).with_text("<policy>", given.text("policy").unwrap_or_default())
}

/// The script itself; the file of one is read where it runs.
pub(super) fn test(given: &CallArguments<'_>) -> CallStatement {
    CallStatement::of(&[given.text("script").unwrap_or_default()])
}

/// `info`
pub(super) fn info(given: &CallArguments<'_>) -> CallStatement {
    CallStatement::of(&["info", &words(given.text("name").unwrap_or_default())])
}

/// Words such as those that name a principal; each that is not plain is quoted, so that none ends the statement.
fn words(text: &str) -> String {
    text.split_whitespace().map(write::word).collect::<Vec<_>>().join(" ")
}

fn on(given: &CallArguments<'_>) -> String {
    given.text("resource").map(|resource| format!("on {}", write::word(resource))).unwrap_or_default()
}

fn with(given: &CallArguments<'_>) -> String {
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
