//! `tour`: the story of the root user and an administrator, with its commands run for real.

use crate::session::{Heading, Mode, Outcome, Outside, Part, Row, Run, Session, Table, command, run_script};
use crate::source::Source;

pub(super) const ROW: Row = Heading::Control.row(
    "tour",
    "walks through the story of the root user and an administrator, in two minutes",
    "tour",
    |_, _| Ok(command(|session, _, outside| Ok(tour(session.table, outside)))),
);

const DEMO: &str = include_str!("../../examples/demo.iam");

/// What is told, and what is then typed.
const STEPS: [(&str, &str); 9] = [
    (
        "This is the account 111122223333, alias acme. An account always has exactly one root user, known by its \
         e-mail address, and it may have IAM users. alice is one, with AWS's own policy AdministratorAccess: every \
         action on every resource.",
        "list users\nshow AdministratorAccess",
    ),
    (
        "So alice may start machines, and make new users.",
        "can alice ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1\n\
         can alice iam:CreateUser on arn:aws:iam::111122223333:user/carol",
    ),
    (
        "Surely she may close the account. There is an action for it, and `*` covers it.",
        "can alice account:CloseAccount",
    ),
    (
        "She may not. An administrator is not the root user: some tasks are the root user's alone, whatever the \
         policies say. Ask why.",
        "why",
    ),
    (
        "The root user signs in by e-mail, not by account and name.",
        "sign-in root owner@acme.example mfa\nwhoami",
    ),
    ("A question that names nobody asks for whoever is signed in.", "can account:CloseAccount"),
    ("All tasks of that kind, side by side:", "compare root alice"),
    (
        "The list is not for ever. Changing the account name once needed the root user; today a policy can allow it.",
        "can alice account:PutAccountName as-of 2021-08-01\n\
         can alice account:PutAccountName on arn:aws:account::111122223333:account",
    ),
    (
        "bob may read the reports, and a Deny keeps him from deleting them. An explicit Deny beats every Allow.",
        "sign-out\nwhy bob s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv",
    ),
];

/// Walks through the story in a demo world of its own.
fn tour(table: &'static Table, outside: &mut dyn Outside) -> Outcome {
    let mut session = Session::new(table);
    let mut all = Outcome::default();
    let run = Run { mode: Mode::Script, keep_going: true };
    let demo = Source::new("demo.iam", DEMO);
    run_script(&mut session, &demo, outside, run).for_each(drop);
    for (number, (told, typed)) in STEPS.iter().enumerate() {
        let text = format!("{}{}. {told}", if number == 0 { "" } else { "\n" }, number + 1);
        all.parts.push(Part::Prose(text));
        for statement in typed.lines() {
            all.parts.push(Part::Text(format!("\n> {statement}")));
            let source = Source::new("<tour>", statement);
            for ran in run_script(&mut session, &source, outside, run) {
                all.parts.extend(ran.outcome.parts);
            }
        }
    }
    all.and(Part::Prose(
        "\nThat is the story. `help` lists the commands; your own world is as it was.".to_owned(),
    ))
}
