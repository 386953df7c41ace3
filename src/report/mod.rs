//! What people see: texts for terminals, plain texts for logs and screen readers, JSON for programs.
//!
//! INVARIANT: nothing here decides or finds anything out; the same data gives the same bytes. The only place that
//! knows miette, and it sees no line of a text that was not cut to a window around its labels, or broken into rows.
//!
//! Read first: [`Style`], then [`explanation`].

mod style;

mod also;
mod block;
mod causes;
mod explanation;
mod remedies;
mod verdict;

mod html;
mod json;
mod plain;
#[cfg(feature = "terminal")]
mod terminal;
#[cfg(not(feature = "terminal"))]
use plain as terminal; // nothing draws

mod matrix;
mod paths_graph;
mod reflow;
mod role_chain;
mod rows;
mod snippet;
mod what_can;
mod who_can;
mod who_can_covered;
mod window;

mod prose;
mod table;

mod about_all;
mod check;
mod coverage;
mod dead;
mod difference;
mod exactness;
mod github;
mod learned;
mod least;
mod lint;
mod mutation;
mod paths;
mod pattern;
mod public;
mod replayed;
mod requests;
mod sarif;
mod testing;

pub use check::{check, check_page, check_rows};
pub use coverage::CoverageReport;
pub use dead::{dead, dead_page};
pub use difference::{difference, difference_page, difference_rows};
pub use explanation::{explained, explanation};
pub use learned::learned;
pub use least::{least_privilege, least_privilege_page};
pub use lint::{lint, lint_explained, lint_github, lint_list, lint_sarif};
pub use matrix::{matrix, matrix_page, matrix_rows};
pub use mutation::MutationReport;
pub use paths::{paths, paths_page, paths_rows};
pub use pattern::{ToldPattern, pattern};
pub use public::{public, public_page};
pub use replayed::replayed;
pub use requests::{requests, requests_of_check, requests_of_public};
pub use rows::ReportRows;
pub use what_can::{what_can, what_can_page, what_can_rows};
pub use who_can::{WhoCanAnswer, who_can_answers, who_can_page, who_can_rows};
mod told;
mod when;
pub use html::html;
pub use prose::prose;
pub use style::{Extent, Format, Style};
pub use table::table;
pub use testing::{Miss, TestCase, TestCounts, TestReport, TestResult, TestRun, TestedScript};
pub use told::told;
pub use verdict::{data, denial, verdict};
pub use when::when;

use std::borrow::Cow;

use crate::source::Diagnostic;

/// Renders diagnostics, one after the other.
pub fn diagnostics(list: &[Diagnostic], style: &Style) -> String {
    let render = match style.format {
        Format::Text => terminal::diagnostic,
        Format::Json => json::diagnostic,
        _ => plain::diagnostic,
    };
    let drawn: Vec<String> = list.iter().map(|diagnostic| render(&readable(diagnostic), style)).collect();
    style.harmless(&drawn.join(if style.format == Format::Text { "\n" } else { "" })).into_owned()
}

/// The most characters of a message: whatever name it repeats, it is for people.
const MESSAGE: usize = 2_000;

/// A diagnostic whose message and help can be read: of a longer one the beginning and the end.
fn readable(diagnostic: &Diagnostic) -> Cow<'_, Diagnostic> {
    let help = diagnostic.help.as_deref().unwrap_or_default();
    if diagnostic.message.len().max(help.len()) <= MESSAGE {
        return Cow::Borrowed(diagnostic);
    }
    let mut shorter = diagnostic.clone();
    shorter.message = ends(&diagnostic.message);
    shorter.help = diagnostic.help.as_deref().map(ends);
    Cow::Owned(shorter)
}

fn ends(text: &str) -> String {
    let (Some((begin, _)), Some((end, _))) =
        (text.char_indices().nth(MESSAGE / 2), text.char_indices().nth_back(MESSAGE / 4))
    else {
        return text.to_owned();
    };
    if begin < end { format!("{} … {}", &text[..begin], &text[end..]) } else { text.to_owned() }
}
