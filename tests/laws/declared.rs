//! What is declared costs about as much the last time as the first: twice as many take about twice as much. Allocations
//! are counted.

use iamwhy::commands;
use iamwhy::session::{Heading, Row, Status, run_stream};
use iamwhy::source::Source;
use iamwhy::syntax::script::{parse_statement, split_statements};

use crate::allocations::allocations_of;
use crate::declarations::{KINDS, Kind};

#[test]
fn twice_as_many_declarations_of_any_kind_take_about_twice_as_much() {
    for kind in KINDS {
        let counts = [150, 300].map(|many| {
            let script = kind.script(many);
            allocations_of(|| piped(kind, &script))
        });
        assert!(counts[1] < counts[0] * 11 / 5, "{counts:?} {}", kind.statement);
    }
}

fn piped(kind: &Kind, script: &str) {
    let mut session = commands::session();
    run_stream(&mut session, script.as_bytes(), &mut (), &mut |outcome| {
        assert_eq!(outcome.status, Status::Done, "{}: {outcome:?}", kind.statement);
    });
}

#[test]
fn every_statement_that_declares_or_changes_is_among_them() {
    let table = commands::table();
    let said: Vec<usize> = KINDS.iter().flat_map(|kind| rows_of(&kind.script(1))).collect();
    let missing = table.rows.iter().enumerate().filter(|(number, row)| counts(row) && !said.contains(number));
    assert_eq!(missing.map(|(_, row)| row.usage).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// What declares or changes, but for what reads a file of such statements and what opens an editor.
fn counts(row: &Row) -> bool {
    matches!(row.heading, Heading::Declaration | Heading::Change)
        && !row.writes
        && !row.usage.contains(" FILE")
}

/// The rows of the statements of a script, by their numbers.
fn rows_of(script: &str) -> Vec<usize> {
    let source = Source::new("kind.iam", script);
    let statements = split_statements(&source);
    let usages = &commands::table().usages;
    let row = |span| parse_statement(&source, span, usages).expect("good").row();
    statements.iter().map(|statement| row(statement.span)).collect()
}
