//! What is wrong with a policy, or probably not meant, found before anybody asks about it.
//!
//! INVARIANT: nothing is decided here. What a rule says of effects the engine has said of a request that is named; what
//! rests on the catalog is never an error; and a cause is told once.
//!
//! Read first: [`LintRule`], then [`lint`]. Each rule is a file of `rules`.

mod engine;
mod findings;
mod fix;
mod linted;
mod reasoned;
mod rule;
mod rules;
mod settings;
mod subject;
mod witness;

pub use fix::{has_fix, mended};
pub use linted::{LintOptions, Linted, LintedFile, lint, lint_document, lint_world};
pub use rule::LintRule;
pub use rules::{lint_rule, lint_rules};
pub use settings::{FileSettings, LintSettings, Suppression};
