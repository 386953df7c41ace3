//! What is declared costs about as much the last time as the first: twice as many take about twice as much. Allocations
//! are counted here; `cargo bench --bench growth` counts the instructions.

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

/// A thing, and what it cannot have without end.
const LISTS: [(&str, &str); 7] = [
    ("user u", "tag user u k%=v"),
    ("user u", "group g% members u"),
    ("user u", "attach arn:aws:iam::aws:policy/P% to user u"),
    (
        "user u",
        r#"inline p% on user u {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
    ),
    ("resource arn:aws:s3:::b", "resource arn:aws:s3:::b tags k%=v"),
    ("", "region r%-south-1 off"),
    (
        "organization o-exampleorg management 111122223333",
        r#"scp P% {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}
        attach P% to organization-root"#,
    ),
];

#[test]
fn a_thing_has_a_thousand_of_a_kind_at_most_so_that_a_change_of_it_stays_small() {
    for (thing, more) in LISTS {
        let all: String =
            (0..1_000).map(|number| format!("{}\n", more.replace('%', &number.to_string()))).collect();
        let script = format!("account 111122223333\n{thing}\n{all}{}", more.replace('%', "1000"));
        let refused = commands::world(&script).expect_err(more);
        assert_eq!(refused.code, "too-many", "{more}");
    }
}
