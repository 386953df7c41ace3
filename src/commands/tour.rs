//! `tour`: a story in two parts, with its commands run for real: the root user and an administrator, then accounts and
//! those who sign in to them.

use crate::session::{Heading, Mode, Outcome, Outside, Part, Row, Run, Session, Table, command, run_script};
use crate::source::Source;

pub(super) const ROW: Row = Heading::Control.row(
    "tour [accounts]",
    "walks through the story of the root user and an administrator, in two minutes; `accounts` is its second part",
    "tour",
    |words, _| {
        let part = if words.has("accounts") { &ACCOUNTS } else { &ROOT };
        Ok(command(move |session, _, outside| Ok(tour(session.table, part, outside))))
    },
);

const DEMO: &str = include_str!("../../examples/demo.iam");

/// A part of the story.
struct Story {
    /// What is told, and what is then typed.
    steps: &'static [(&'static str, &'static str)],
    /// What is said at the end.
    end: &'static str,
}

static ROOT: Story = Story {
    end: "That is the story. `tour accounts` is its second part, `help` lists the commands; your own world is as it was.",
    steps: ROOT_STEPS,
};

static ACCOUNTS: Story = Story {
    end: "That is all. `info account` (alias, root user, group, role, MFA …) explains a word, `help` lists the commands; \
          your own world is as it was.",
    steps: ACCOUNT_STEPS,
};

const ROOT_STEPS: &[(&str, &str)] = &[
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

const ACCOUNT_STEPS: &[(&str, &str)] = &[
    (
        "There are two accounts. An account is no login: it holds users, and it has a root user with an e-mail address \
         of its own. Its name is only shown; its alias stands in the address of its sign-in page.",
        "list accounts",
    ),
    (
        "IAM users sign in on the page of their account. An alias that no account has answers 404.",
        "open https://acme.signin.aws.amazon.com/console\nopen https://akme.signin.aws.amazon.com/console",
    ),
    (
        "An account has one alias at most. When it gets a new one, the old address answers 404.",
        "sign-in alice at acme\naws iam create-account-alias --account-alias acme-inc\n\
         open https://acme.signin.aws.amazon.com/console\naws iam create-account-alias --account-alias acme\nsign-out",
    ),
    (
        "Users get their permissions one by one, or by groups. carol and dave may read what the group may, and nothing \
         else.",
        "user carol\nuser dave\ngroup auditors members carol dave\nattach ReadReports to group auditors\n\
         can carol s3:GetObject on arn:aws:s3:::acme-reports/q1.csv\ncan carol iam:CreateUser",
    ),
    (
        "MFA gives no permission, but a policy can ask for it. This one denies carol everything without.",
        "inline NeedsMfa on user carol { \"Version\": \"2012-10-17\", \"Statement\": { \"Effect\": \"Deny\", \
         \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": { \"BoolIfExists\": { \
         \"aws:MultiFactorAuthPresent\": \"false\" } } } }\n\
         sign-in carol at acme\ncan s3:GetObject on arn:aws:s3:::acme-reports/q1.csv\n\
         sign-in carol at acme mfa\ncan _\nsign-out",
    ),
    (
        "A further account begins empty, but for its root user. alice of the new account is another user than alice of \
         acme, and may do nothing yet.",
        "account 210987654321 \"Beta\" alias beta\nroot owner@beta.example mfa\nuser alice\n\
         can alice iam:CreateUser\ncan acme/alice iam:CreateUser\naccount 111122223333",
    ),
    (
        "The bills: while IAM access to Billing is off, not even AdministratorAccess opens them. Only the root user \
         switches it on.",
        "can alice billing:GetBillingData\nsign-in root owner@acme.example mfa\nbilling-access on\n\
         can alice billing:GetBillingData",
    ),
    (
        "The switch gives nothing by itself: bob has no policy for the bills.",
        "can bob billing:GetBillingData",
    ),
];

/// Walks through a part of the story in a demo world of its own.
fn tour(table: &'static Table, story: &Story, outside: &mut dyn Outside) -> Outcome {
    let mut session = Session::new(table);
    let mut all = Outcome::default();
    let run = Run { mode: Mode::Script, keep_going: true };
    let demo = Source::new("demo.iam", DEMO);
    run_script(&mut session, &demo, outside, run).for_each(drop);
    for (number, (told, typed)) in story.steps.iter().enumerate() {
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
    all.and(Part::Prose(format!("\n{}", story.end)))
}
