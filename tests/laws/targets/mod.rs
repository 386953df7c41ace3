//! What must hold for any bytes whatever: each target takes some, does with them what its surface does, and panics
//! where a promise is broken. `fuzzing` tries them in the gate; the package `tests/fuzz` has a fuzzer look for more.
//!
//! INVARIANT: a target keeps nothing from one call to the next that could change what the next one does.
//!
//! Read first: [`TARGETS`].

mod batch_line;
mod dump;
mod html;
mod http;
mod keys;
mod mcp;
pub(crate) mod names;
mod policy;
mod recognise;
mod script;
mod shown;
mod two_evaluators;

/// A target: the name of its corpus, and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets.
pub(crate) const TARGETS: [Target; 11] = [
    ("names", names::names),
    ("policy", policy::policy),
    ("script", script::script),
    ("batch-line", batch_line::batch_line),
    ("dump", dump::dump),
    ("keys", keys::keys),
    ("html", html::html),
    ("mcp", mcp::mcp),
    ("http", http::http),
    ("recognise", recognise::recognised),
    ("two-evaluators", two_evaluators::two_evaluators),
];

/// The text of some bytes, whatever they are.
fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}
