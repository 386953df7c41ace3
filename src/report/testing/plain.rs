//! A line for each expectation.

use super::run::TestRun;
use crate::source::one_line;

pub(super) fn plain(run: &TestRun) -> String {
    let cases = run.scripts.iter().flat_map(|script| &script.cases);
    cases
        .map(|case| {
            let (word, at, title) = (case.result.word(), case.location(), case.title());
            let message = case.message();
            let why = if message.is_empty() { String::new() } else { format!(" ({})", one_line(&message)) };
            format!("{word} {at} {title}{why}\n")
        })
        .collect()
}
