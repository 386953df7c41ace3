//! What is typed by somebody who has just read about accounts, root users and IAM users, and what it teaches.

use iamwhy::facts::glossary;
use iamwhy::session::{Mode, Outcome, Part, Run, Session, Status, run_script};
use iamwhy::source::Source;

use crate::outside::{Memory, typed};

const DEMO: &str = include_str!("../../examples/demo.iam");

fn demo() -> Session {
    let mut session = iamwhy::commands::session();
    assert!(run(&mut session, DEMO, Mode::Script).iter().all(|outcome| outcome.status == Status::Done));
    session
}

fn run(session: &mut Session, text: &str, mode: Mode) -> Vec<Outcome> {
    let run = Run { mode, keep_going: true };
    run_script(session, &Source::new("<test>", text), &mut Memory::default(), run)
        .map(|ran| ran.outcome)
        .collect()
}

fn at_the_prompt(session: &mut Session, line: &str) -> Outcome {
    typed(session, &mut Memory::default(), line).pop().unwrap()
}

/// All text of an outcome.
fn text(outcome: &Outcome) -> String {
    outcome.render(&iamwhy::report::Style::default())
}

/// Lines, and the first line that is offered instead.
const MEANT: &[(&str, &str)] = &[
    ("login", "sign-in alice at acme"),
    ("sign-in alice", "sign-in alice at acme"),
    ("sign-in alise", "sign-in alice at acme"),
    ("sign-in alice at Acme", "sign-in alice at acme"),
    ("sign-in bob acme", "sign-in bob at acme"),
    ("sign in as bob", "sign-in bob at acme"),
    ("log in as bob to Acme", "sign-in bob at acme"),
    ("sign-in root", "sign-in root owner@acme.example mfa"),
    ("sign-in as the root user", "sign-in root owner@acme.example mfa"),
    ("sign-in root at acme-test", "sign-in root owner+test@acme.example mfa"),
    ("sign-in owner@acme.example", "sign-in root owner@acme.example mfa"),
    ("logout", "sign-out"),
    ("I want to be root", "sign-in root owner@acme.example mfa"),
    ("sign-in carol", "user carol"),
    ("sign-in acme", "open https://acme.signin.aws.amazon.com/console"),
    ("open acme", "open https://acme.signin.aws.amazon.com/console"),
    ("open Acme Test", "open https://acme-test.signin.aws.amazon.com/console"),
    ("switch to account acme-test", "account 444455556666"),
    ("attach ReadReports to alice", "attach ReadReports to user alice"),
    ("attach ReadReport to developers", "attach ReadReports to group developers"),
    ("attach admin to bob", "attach AdministratorAccess to user bob"),
    ("give bob AdministratorAccess", "attach AdministratorAccess to user bob"),
    ("make bob root", "attach AdministratorAccess to user bob"),
    ("make bob an admin", "attach AdministratorAccess to user bob"),
    ("detach ReadReports from developers", "detach ReadReports from group developers"),
    ("add alice to group developers", "add user alice to group developers"),
    ("put alice in developers", "add user alice to group developers"),
    ("add carol to group developers", "user carol"),
    ("remove bob from developers", "remove user bob from group developers"),
    ("create user carol", "user carol"),
    ("create a new group auditors", "group auditors"),
    ("create account 123456789012", "account 123456789012 \"My Second\" alias my-second"),
    ("set alias acme2", "aws iam create-account-alias --account-alias acme2"),
    ("change the account alias to acme2", "aws iam create-account-alias --account-alias acme2"),
    ("delete bob", "delete user bob"),
    ("users", "list users"),
    ("show me all users", "list users"),
    ("turn on mfa for root", "sign-in root owner@acme.example mfa"),
    ("enable MFA for alice", "sign-in alice at acme mfa"),
    ("turn on billing access", "billing-access on"),
    ("close my account", "can alice account:CloseAccount"),
    ("give bob s3 access", "attach AmazonS3ReadOnlyAccess to user bob"),
    ("how do I give bob access to s3", "attach AmazonS3ReadOnlyAccess to user bob"),
    ("encrypt acme-reports", "aws s3api get-bucket-encryption --bucket acme-reports"),
    ("encrypt my files", "info kms:Encrypt"),
    ("can lambda use role R", ROLE_FOR_LAMBDA),
    ("can bob delete bucket b", "can bob s3:DeleteBucket on arn:aws:s3:::b"),
    ("why can't bob delete the bucket", "why bob s3:DeleteBucket on arn:aws:s3:::acme-reports"),
    ("show alice's policies", "show user alice"),
    ("help me", "help"),
    ("how do I log in as bob", "sign-in bob at acme"),
    ("please list users", "list users"),
    ("remove bob", "delete user bob"),
    ("remove admin from alice", "detach AdministratorAccess from user alice"),
    ("login as alice", "sign-in alice at acme"),
    ("become bob", "sign-in bob at acme"),
    ("who is admin", "list users"),
    ("list buckets", "list resources"),
    ("show bucket acme-reports", "show resource arn:aws:s3:::acme-reports"),
    ("create bucket photos", "resource arn:aws:s3:::photos"),
    ("allow bob to write to acme-reports", ALLOW_PUT),
    ("don't let bob do everything", "what-can bob"),
    ("block bob", DENY_ALL),
    ("reset bob's password", "can alice iam:UpdateLoginProfile on arn:aws:iam::111122223333:user/bob"),
    ("create access key for bob", "can alice iam:CreateAccessKey on arn:aws:iam::111122223333:user/bob"),
    ("rename bob to robert", "aws iam update-user --user-name bob --new-user-name robert"),
    ("add a policy to bob", "attach ReadOnlyAccess to user bob"),
    ("add bob to admins", "group Admins members bob"),
    ("create organization", "organization o-exampleorg management 111122223333"),
    ("iam list-users", "aws iam list-users"),
    ("access denied", "info implicit deny"),
    ("tutorial", "tour"),
    ("clear", "reset"),
    ("is everything secure", "lint all"),
    ("show everything", "list"),
    ("arn:aws:iam::111122223333:user/bob", "what-can arn:aws:iam::111122223333:user/bob"),
    ("acme-reports", "show resource arn:aws:s3:::acme-reports"),
];

const ROLE_FOR_LAMBDA: &str = r#"role R trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" } }"#;
const ALLOW_PUT: &str = r#"inline AllowPutObject on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-reports/*" } }"#;
const DENY_ALL: &str = r#"inline DenyAll on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } }"#;

#[test]
fn a_line_that_is_nearly_a_statement_is_refused_with_the_statement_that_is_meant() {
    for (line, meant) in MEANT {
        let outcome = at_the_prompt(&mut demo(), line);
        assert_eq!(outcome.status, Status::Refused, "{line}");
        assert_eq!(outcome.meant.as_deref(), Some(*meant), "{line}");
        assert!(text(&outcome).contains("did you mean"), "{line}");
    }
}

#[test]
fn what_is_offered_is_a_statement_that_works_or_says_who_must_sign_in() {
    for (line, meant) in MEANT {
        let outcome = at_the_prompt(&mut demo(), meant);
        let code = outcome.diagnostics().next().map(|wrong| wrong.code);
        assert!(
            matches!(code, None | Some("nobody-signed-in" | "nothing-to-undo")),
            "{line}: {meant}: {}",
            text(&outcome)
        );
    }
}

/// Questions in words, and the statement that answers each; alice is signed in.
const ASKED: &[(&str, &str)] = &[
    ("what is root", "> info root user"),
    ("what is an account", "> info account"),
    ("What's an alias?", "> info alias"),
    ("what is MFA?", "> info MFA"),
    ("what is a sign-in page", "> info sign-in page"),
    ("who am I", "> whoami"),
    ("am I root?", "> whoami"),
    ("am I an administrator", "> whoami"),
    ("is alice root", "> show user alice"),
    ("is bob in a group", "> show user bob"),
    ("which groups is bob in?", "> show user bob"),
    ("what can bob do", "> what-can bob"),
    ("what is PassRole", "> info iam:PassRole"),
    ("what is s3", "> info s3"),
    ("what is a bucket policy", "> info resource policy"),
    ("what is aws:SourceIp?", "> info aws:SourceIp"),
    ("who can read acme-reports", "> who-can s3:GetObject on arn:aws:s3:::acme-reports/example.txt"),
    ("who has access to acme-reports", "> who-can s3:GetObject on arn:aws:s3:::acme-reports/example.txt"),
    ("can bob delete bucket acme-reports", "> can bob s3:DeleteBucket on arn:aws:s3:::acme-reports"),
    ("can alice delete bob", "> can alice iam:DeleteUser on arn:aws:iam::111122223333:user/bob"),
    ("does bob have access to acme-reports", "> can bob s3:GetObject on arn:aws:s3:::acme-reports/*"),
    ("has bob access to s3", "> what-can bob"),
    ("why can't I delete acme-reports/q1.csv", "> why s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv"),
    ("bob s3:ListBucket", "> can bob s3:ListBucket"),
    ("can bob start ec2", "> can bob ec2:RunInstances"),
    ("is acme-reports public", "> check public arn:aws:s3:::acme-reports"),
    ("what does ReadReports allow", "> show policy ReadReports"),
    ("who uses ReadReports", "> list groups"),
    ("what roles can bob assume", "> list roles"),
    ("who is in developers", "> show group developers"),
    ("who is root", "> list accounts"),
    ("how many accounts are there?", "> list accounts"),
    ("can root do everything", "> list root-only"),
    ("what is the difference between root and alice", "> compare root alice"),
    ("can I close my account", "> can account:CloseAccount"),
    ("can alice delete account", "> can alice account:CloseAccount"),
    ("may bob create users?", "> can bob iam:CreateUser"),
    ("is bob allowed to create users", "> can bob iam:CreateUser"),
    ("can bob see the bill", "> can bob billing:GetBillingData"),
    ("why can't alice close the account", "> why alice account:CloseAccount"),
    ("who can close the account", "> can root account:CloseAccount"),
    ("can bob read s3://acme-reports/q1.csv", "> can bob s3:GetObject on arn:aws:s3:::acme-reports/q1.csv"),
    ("is an admin the same as root", "> info AdministratorAccess"),
    ("can administrators close the account", "> info AdministratorAccess"),
    ("how many root users are there?", "> list accounts"),
    ("difference between user and role", "> info role"),
    ("does root need MFA", "> info MFA"),
    ("can alice read acme-reports", "> can alice s3:GetObject on arn:aws:s3:::acme-reports/*"),
    ("can bob delete acme-reports", "> can bob s3:DeleteBucket on arn:aws:s3:::acme-reports"),
    ("can everyone read acme-reports", "> can anonymous s3:GetObject on arn:aws:s3:::acme-reports/*"),
    ("why can't bob delete acme-reports", "> why bob s3:DeleteBucket on arn:aws:s3:::acme-reports"),
    ("where do I sign in?", "> open https://acme.signin.aws.amazon.com/console"),
];

#[test]
fn a_question_in_words_is_answered_at_the_prompt() {
    for (line, statement) in ASKED {
        let mut session = demo();
        at_the_prompt(&mut session, "sign-in alice at acme");
        let outcome = at_the_prompt(&mut session, line);
        assert_ne!(outcome.status, Status::Refused, "{line}: {}", text(&outcome));
        assert!(text(&outcome).contains(statement), "{line}: {}", text(&outcome));
    }
}

#[test]
fn what_is_said_of_roles_is_understood() {
    let mut session = demo();
    let trust = r#"trust { "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }"#;
    at_the_prompt(&mut session, &format!("role Deploy path /ci/ {trust}"));
    at_the_prompt(&mut session, "sign-in alice at acme");
    for (line, statement) in [
        ("can bob assume Deploy", "> can bob sts:AssumeRole on arn:aws:iam::111122223333:role/ci/Deploy"),
        ("can bob pass role Deploy", "> can bob iam:PassRole on arn:aws:iam::111122223333:role/ci/Deploy"),
        ("switch role Deploy", "did you mean `assume Deploy as session-1`?"),
    ] {
        let told = text(&at_the_prompt(&mut session, line));
        assert!(told.contains(statement), "{line}: {told}");
    }
}

#[test]
fn in_a_script_a_question_in_words_is_refused_with_the_statement_that_asks_it() {
    for (line, statement) in ASKED {
        let outcome = run(&mut demo(), line, Mode::Script).pop().unwrap();
        assert_eq!(outcome.status, Status::Refused, "{line}");
        assert!(text(&outcome).contains(statement.trim_start_matches("> ")), "{line}: {}", text(&outcome));
    }
}

#[test]
fn the_answer_to_a_question_in_words_is_the_engines() {
    for (line, statement) in ASKED.iter().filter(|(_, statement)| statement.starts_with("> can ")) {
        let ask = |line: &str| {
            let mut session = demo();
            at_the_prompt(&mut session, "sign-in alice at acme");
            at_the_prompt(&mut session, line)
        };
        let (first, own) = (ask(statement.trim_start_matches("> ")), ask(line));
        assert!(text(&own).contains(&text(&first)), "{line}: {}", text(&own));
    }
}

#[test]
fn a_name_that_is_only_near_is_offered_and_not_answered() {
    let outcome = at_the_prompt(&mut demo(), "is alise in a group");
    assert_eq!((outcome.status, outcome.meant.as_deref()), (Status::Refused, Some("show user alice")));
}

#[test]
fn a_question_in_words_changes_nothing_that_could_be_taken_back() {
    let mut session = demo();
    at_the_prompt(&mut session, "what is root");
    assert_eq!(at_the_prompt(&mut session, "undo").status, Status::Refused);
}

#[test]
fn names_of_accounts_and_ways_of_s3_are_put_right() {
    let help = |line: &str| text(&at_the_prompt(&mut demo(), line));
    assert!(
        help("can bob s3:GetObject on s3://acme-reports/q1.csv")
            .contains("arn:aws:s3:::acme-reports/q1.csv`?")
    );
    assert!(help("resource arn:aws:s3:::x owner Acme").contains("did you mean `acme`?"));
    assert!(help("resource arn:aws:s3:::x owner 999988887777").contains("`account 999988887777 \"Name\"`"));
    assert!(help("role app/Worker").contains("`role Worker path /app/ trust {"));
    assert!(help("user app/carol").contains("`carol path /app/`"));
    let create = {
        let mut session = demo();
        at_the_prompt(&mut session, "sign-in alice at acme");
        text(&at_the_prompt(&mut session, "aws iam create-user bob"))
    };
    assert!(create.contains("did you mean `--user-name bob`?"), "{create}");
}

#[test]
fn each_word_of_the_glossary_is_told_and_each_line_that_it_tries_is_a_statement() {
    for entry in glossary() {
        let told = at_the_prompt(&mut demo(), &format!("info {}", entry.term));
        assert!(text(&told).contains(entry.term), "{}", entry.term);
        for line in entry.tries {
            let outcome = at_the_prompt(&mut demo(), line);
            let code = outcome.diagnostics().next().map(|wrong| wrong.code);
            assert!(
                matches!(code, None | Some("nobody-signed-in")),
                "{}: {line}: {}",
                entry.term,
                text(&outcome)
            );
        }
    }
}

#[test]
fn every_step_of_the_tour_runs_but_for_the_pages_that_answer_404() {
    for tour in ["tour", "tour accounts"] {
        let outcome = at_the_prompt(&mut demo(), tour);
        for wrong in outcome.diagnostics() {
            assert!(
                wrong.code == "not-found" && wrong.message.starts_with("404"),
                "{tour}: {}",
                wrong.message
            );
        }
        let shown = outcome
            .parts
            .iter()
            .filter(|part| matches!(part, Part::Text(text) if text.contains("> ")))
            .count();
        assert!(shown > 10, "{tour}");
    }
}

#[test]
fn reset_goes_back_to_the_start_and_can_be_taken_back() {
    let mut session = demo();
    assert_eq!(at_the_prompt(&mut session, "reset").status, Status::Refused);
    for line in ["user carol", "sign-in carol at acme", "delete user bob"] {
        assert_eq!(at_the_prompt(&mut session, line).status, Status::Done, "{line}");
    }
    assert_eq!(at_the_prompt(&mut session, "reset").status, Status::Done);
    let account = |session: &Session| session.world().find_account("acme").unwrap().users.len();
    assert_eq!((account(&session), session.signed_in().is_some()), (2, false));
    at_the_prompt(&mut session, "undo");
    assert_eq!((account(&session), session.signed_in().is_some()), (2, true));
    assert_eq!(text(&at_the_prompt(&mut session, "show user carol")).lines().next(), Some("user     carol"));
}

#[test]
fn a_second_account_while_root_is_signed_in_is_no_dead_end() {
    let mut session = demo();
    at_the_prompt(&mut session, "sign-in root owner@acme.example mfa");
    at_the_prompt(&mut session, "account 210987654321 \"Beta\" alias beta");
    let refused = at_the_prompt(&mut session, "root owner@beta.example mfa");
    assert!(text(&refused).contains("`sign-out`"), "{}", text(&refused));
    at_the_prompt(&mut session, "sign-out");
    assert_eq!(at_the_prompt(&mut session, "root owner@beta.example mfa").status, Status::Done);
}

#[test]
fn a_root_session_for_a_task_is_asked_for_in_one_question() {
    let mut session = demo();
    for line in
        ["organization o-exampleorg1 management 111122223333", "move account acme-test to organization-root"]
    {
        assert_eq!(at_the_prompt(&mut session, line).status, Status::Done, "{line}");
    }
    let can = |session: &mut Session, action: &str| {
        text(&at_the_prompt(
            session,
            &format!("can acme-test/root:S3UnlockBucketPolicy {action} on arn:aws:s3:::logs"),
        ))
    };
    assert!(can(&mut session, "s3:DeleteBucketPolicy").starts_with("allowed"));
    assert!(can(&mut session, "s3:DeleteBucket").starts_with("denied"));
}

#[test]
fn a_task_that_is_root_only_no_more_says_until_when_it_was() {
    let told = text(&at_the_prompt(&mut demo(), "info account:PutAccountName"));
    assert!(told.contains("until 2025-04-22"), "{told}");
    let told = text(&at_the_prompt(&mut demo(), "info N1"));
    assert!(told.contains("until 2025-04-22; today") && told.contains("`account:PutAccountName`"), "{told}");
}

#[test]
fn a_comparison_closes_with_a_sentence_and_says_what_it_leaves_out() {
    let compared = text(&at_the_prompt(&mut demo(), "compare root alice"));
    assert!(compared.contains("alice 0; of what else"), "{compared}");
    assert!(compared.contains("left out are R4,"), "{compared}");
}
