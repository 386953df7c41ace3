//! Sessions: what can be undone, who asks, what an expectation demands.

use iamwhy::commands::session;
use iamwhy::explain::Verdict;
use iamwhy::report::Style;
use iamwhy::session::{Outcome, Part, Session, Status};
use iamwhy::source::Source;

use crate::outside::{Memory, typed};

fn run(session: &mut Session, text: &str) -> Vec<Outcome> {
    typed(session, &mut Memory::default(), text)
}

fn last(session: &mut Session, text: &str) -> Outcome {
    run(session, text).pop().unwrap()
}

/// The messages of an outcome.
fn messages(outcome: &Outcome) -> Vec<String> {
    let list = |part: &Part| match part {
        Part::Diagnostics(list) => list.iter().map(|one| one.message.clone()).collect(),
        _ => Vec::new(),
    };
    outcome.parts.iter().flat_map(list).collect()
}

fn acme() -> Session {
    let mut session = session();
    let text =
        "account 111122223333 \"Acme\" alias acme\nuser alice\nattach AdministratorAccess to user alice\n";
    assert!(run(&mut session, text).iter().all(|outcome| outcome.status == Status::Done));
    session
}

#[test]
fn a_change_at_the_prompt_can_be_taken_back_and_made_again() {
    let mut session = acme();
    assert_eq!(last(&mut session, "user bob\nundo\nexpect bob denied s3:GetObject").status, Status::Refused);
    assert_eq!(last(&mut session, "redo\nexpect bob denied s3:GetObject").status, Status::Done);
}

#[test]
fn another_organization_can_be_taken_back_and_its_statements_are_said_in_its_management_account() {
    let mut session = acme();
    let first = "account 888888888888\naccount 111122223333\norganization o-exampleorg management 111122223333\nou Prod";
    assert!(run(&mut session, first).iter().all(|outcome| outcome.status == Status::Done));
    assert_eq!(session.selected().map(|id| id.to_string()).as_deref(), Some("111122223333"));
    let second = "organization o-partnerorg management 888888888888\nou Prod\nou Dev under Prod";
    assert!(run(&mut session, second).iter().all(|outcome| outcome.status == Status::Done));
    assert_eq!(session.selected().map(|id| id.to_string()).as_deref(), Some("888888888888"));
    let units =
        |session: &Session| session.world().organizations().map(|all| all.units.len()).collect::<Vec<_>>();
    assert_eq!(units(&session), [1, 2]);
    run(&mut session, "undo\nundo\nundo");
    assert_eq!(units(&session), [1]);
    run(&mut session, "redo\nredo");
    assert_eq!(units(&session), [1, 1]);
}

#[test]
fn without_a_selected_account_no_organization_of_several_is_meant() {
    let mut session = acme();
    let text = "account 888888888888\norganization o-exampleorg management 111122223333
organization o-partnerorg management 888888888888";
    assert!(run(&mut session, text).iter().all(|outcome| outcome.status == Status::Done));
    let mut session = Session::in_world(session.table(), session.world().clone(), None);
    for line in ["detach FullAWSAccess from organization-root", "ou Prod", "delete ou Prod", "list ous"] {
        let refused = last(&mut session, line);
        assert!(messages(&refused)[0].contains("no account is selected"), "{line}: {refused:?}");
    }
}

#[test]
fn lists_show_one_organization_and_say_which() {
    let mut session = acme();
    run(
        &mut session,
        "account 888888888888\naccount 333333333333\norganization o-exampleorg management 111122223333
organization o-partnerorg management 888888888888\nou Partners",
    );
    let shown = |outcome: Outcome| format!("{:?}", outcome.parts);
    let of_partner = shown(last(&mut session, "list ous"));
    assert!(of_partner.contains("Partners") && of_partner.contains("o-partnerorg, one of 2"), "{of_partner}");
    let own = shown(last(&mut session, "account 111122223333\nlist scps"));
    assert!(own.contains("o-exampleorg, one of 2"), "{own}");
    assert!(
        shown(last(&mut session, "show account 888888888888")).contains("in       organization o-partnerorg")
    );
    let refused = last(&mut session, "account 333333333333\nlist scps");
    assert!(messages(&refused)[0].contains("(o-exampleorg, o-partnerorg)"), "{refused:?}");
}

#[test]
fn what_is_refused_and_what_only_asks_is_not_in_the_list_of_changes() {
    let mut session = acme();
    run(&mut session, "user alice\ncan alice s3:GetObject");
    let outcome = last(&mut session, "changes");
    let Some(Part::Table { rows, .. }) = outcome.parts.first() else { panic!("{outcome:?}") };
    assert_eq!(rows.len(), 3);
}

#[test]
fn the_last_thousand_changes_can_be_taken_back_and_of_more_it_is_said_that_they_cannot() {
    let mut session = acme();
    let users: String = (0..1_010).map(|number| format!("user u{number}\n")).collect();
    run(&mut session, &users);
    let before = run(&mut session, "changes").remove(0);
    let Some(Part::Table { rows, .. }) = before.parts.first() else { panic!("{before:?}") };
    assert_eq!(rows[999], ["1013", "user u1009"]);
    assert!(matches!(&before.parts[1], Part::Note(note) if note.starts_with("the last 1000 changes")));
    run(&mut session, &"undo\n".repeat(1_000));
    let users =
        |session: &Session| session.world().accounts().map(|account| account.users.len()).sum::<usize>();
    assert_eq!(users(&session), 11);
    let refused = last(&mut session, "undo");
    assert_eq!(refused.status, Status::Refused);
    let help = refused.diagnostics().next().and_then(|wrong| wrong.help.clone()).unwrap_or_default();
    assert_eq!(help, "the last 1000 changes can be taken back; 13 before them cannot");
    run(&mut session, &"redo\n".repeat(1_001));
    assert_eq!(users(&session), 1_011);
}

#[test]
fn a_right_verdict_for_a_wrong_reason_fails() {
    let mut session = acme();
    let failed = last(&mut session, "expect alice allowed s3:GetObject because resource-based");
    assert_eq!(failed.status, Status::Missed);
    assert!(messages(&failed)[0].contains("identity-based AdministratorAccess"), "{failed:?}");
    let met = last(
        &mut session,
        "expect alice allowed s3:GetObject because identity-based AdministratorAccess statement 1",
    );
    assert_eq!((met.status, met.tally.passed), (Status::Done, 1));
}

#[test]
fn a_todo_that_fails_is_no_failure() {
    let outcome = last(&mut acme(), "todo expect alice denied s3:GetObject");
    assert_eq!((outcome.status, outcome.tally.todo), (Status::Done, 1));
}

#[test]
fn a_name_that_could_be_two_things_lists_both() {
    let mut session = acme();
    let role = r#"role alice trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}"#;
    run(&mut session, role);
    let outcome = last(&mut session, "can alice s3:GetObject");
    let [Part::Diagnostics(list)] = &outcome.parts[..] else { panic!("{outcome:?}") };
    assert_eq!(list[0].code, "ambiguous-name");
    assert_eq!(list[0].help.as_deref(), Some("write `user/alice` or `role/alice`"));
    assert_eq!(list[0].labels[0].place.text(), "alice");
}

#[test]
fn a_role_is_assumed_only_by_whom_it_trusts() {
    let mut session = acme();
    let role = r#"role Deploy trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#;
    run(&mut session, role);
    assert_eq!(last(&mut session, "assume Deploy as ci-1").status, Status::Done, "nobody was asked");
    let denied = last(&mut session, "sign-in alice at acme\nassume Deploy as ci-1");
    assert_eq!(denied.status, Status::Refused);
    assert!(denied.parts.iter().any(|part| matches!(part, Part::Explanation(_))));
}

#[test]
fn every_example_of_the_table_is_a_command() {
    for row in iamwhy::commands::table().rows {
        let source = Source::new("<example>", row.example);
        let span = iamwhy::source::Span::new(0, row.example.len() as u32);
        let words = iamwhy::syntax::script::parse_statement(&source, span, &iamwhy::commands::table().usages);
        assert_eq!(
            words.map(|words| words.usage().text().to_owned()).map_err(|e| e.message),
            Ok(row.usage.to_owned())
        );
    }
}

/// What the last question of a script says about itself and the layers.
fn explained(text: &str) -> std::sync::Arc<iamwhy::explain::Explanation> {
    let mut session = acme();
    let outcome = last(&mut session, text);
    let explanation = outcome.parts.iter().find_map(|part| match part {
        Part::Explanation(explanation) => Some(explanation.clone()),
        _ => None,
    });
    explanation.unwrap_or_else(|| panic!("{:?}", messages(&outcome)))
}

const TWO: &str = r#"policy Two { "Version": "2012-10-17", "Statement": [
  { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
  { "Sid": "NoDelete", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" } ] }
attach Two to user alice
"#;

#[test]
fn a_statement_can_be_left_out_by_its_number_or_its_sid() {
    for statement in ["Two#2", "Two#NoDelete"] {
        let asked = format!("{TWO}why alice s3:DeleteObject on arn:aws:s3:::b/k without {statement}");
        let explanation = explained(&asked);
        assert_eq!(explanation.answer.decision.word(), "allowed");
        assert!(explanation.question.to_string().ends_with(&format!(", without {statement}")));
        let places: Vec<u32> =
            explanation.excerpts.iter().map(|e| e.labels[0].place.line_column().line).collect();
        assert!(places.contains(&2), "the other statement keeps its place: {places:?}");
    }
    let asked = format!("{TWO}why alice s3:DeleteObject on arn:aws:s3:::b/k without Two#1");
    assert_eq!(explained(&asked).headline, "explicit deny: Two · NoDelete (identity-based)");
    let mut session = acme();
    let wrong =
        last(&mut session, &format!("{TWO}why alice s3:DeleteObject on arn:aws:s3:::b/k without Two#3"));
    assert_eq!(messages(&wrong), ["no statement `Two#3` takes part in this question"]);
}

#[test]
fn a_layer_that_is_left_out_is_said_to_be() {
    let text = r#"account 999999999999 "Boss"
organization o-exampleorg management 999999999999
account 111122223333
ou Prod
move account 111122223333 to ou Prod
scp NoS3 { "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } }
attach NoS3 to ou Prod
why alice s3:GetObject on arn:aws:s3:::b/k without scp"#;
    let explanation = explained(text);
    assert_eq!(explanation.answer.decision.word(), "allowed");
    let scp = explanation.path.iter().find(|step| step.word == "scp").unwrap();
    assert_eq!(scp.by, "the question leaves it out");
}

/// Where the first message of an outcome points.
fn underlined(outcome: &Outcome) -> (u32, String) {
    let place = outcome.parts.iter().find_map(|part| match part {
        Part::Diagnostics(list) => list.first()?.labels.first().map(|label| label.place.clone()),
        _ => None,
    });
    let place = place.unwrap_or_else(|| panic!("{outcome:?}"));
    (place.span.start, place.text().to_owned())
}

#[test]
fn a_refusal_underlines_the_slot_that_is_to_blame_though_another_says_the_same() {
    const OPS: &str = r#"policy Ops {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
    for (statement, word, at) in [
        ("attach Ops to user Ops", "Ops", 19),
        ("attach alice to user alice", "alice", 7),
        ("detach Ops from role Ops", "Ops", 21),
        ("boundary alice on user alice", "alice", 9),
        ("boundary Ops on role Ops", "Ops", 21),
        ("add user alice to group alice", "alice", 24),
        ("group alice members bob alice", "bob", 20),
        ("can acme/bob s3:GetObject on \"bob\"", "bob", 9),
        ("aws iam add-user-to-group --user-name alice --group-name alice", "alice", 57),
    ] {
        let mut session = acme();
        let outcome = last(&mut session, &format!("{OPS}\nsign-in alice at acme\n{statement}"));
        let before = (OPS.len() + "\nsign-in alice at acme\n".len()) as u32;
        let (start, text) = underlined(&outcome);
        assert_eq!((text.as_str(), start.checked_sub(before)), (word, Some(at)), "{statement}: {outcome:?}");
    }
}

/// The answer that an outcome shows: its verdict, and what it says of a change since.
fn shown(outcome: &Outcome) -> (Verdict, Option<String>) {
    match &outcome.parts[0] {
        Part::Verdict(shown) | Part::Explanation(shown) | Part::Explained(shown, _) => {
            (shown.answer.decision, shown.since.as_ref().map(ToString::to_string))
        }
        Part::When(when) => (when.verdict, when.explanation.since.as_ref().map(ToString::to_string)),
        other => panic!("{other:?} shows no answer"),
    }
}

#[test]
fn a_message_of_aws_is_explained_in_full_where_that_stands_behind_it() {
    let message =
        "why \"User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject\"";
    for (more, whole) in [("", false), (" in full", true)] {
        let outcome = last(&mut acme(), &format!("{message}{more}"));
        assert_eq!(matches!(outcome.parts[0], Part::Explained(..)), whole, "{outcome:?}");
    }
}

const DETACH: &str = "detach AdministratorAccess from user alice";

#[test]
fn after_a_change_of_the_world_the_last_question_is_asked_again_and_another_answer_is_called_that() {
    for question in ["can", "why", "when"] {
        for again in ["why", "why in full", "why short", "_"] {
            let mut session = acme();
            assert_eq!(
                shown(&last(&mut session, &format!("{question} alice s3:ListAllMyBuckets"))).0,
                Verdict::Allowed
            );
            let unchanged = last(&mut session, again);
            assert_eq!(shown(&unchanged), (Verdict::Allowed, None), "{again} after {question}");
            last(&mut session, DETACH);
            let (verdict, since) = shown(&last(&mut session, again));
            assert_eq!(verdict, Verdict::ImplicitDeny, "{again} after {question}");
            let since = since.unwrap_or_else(|| panic!("{again} after {question} says nothing"));
            assert!(since.contains("before, it was allowed (allowed by AdministratorAccess"), "{since}");
            let once_more = shown(&last(&mut session, again)).1;
            assert_eq!(once_more.is_some(), again == "_", "what is explained anew has not changed since");
            last(&mut session, "undo");
            assert_eq!(
                shown(&last(&mut session, again)).0,
                Verdict::Allowed,
                "{again} after {question} and undo"
            );
        }
    }
}

#[test]
fn an_answer_that_cannot_be_asked_for_again_is_called_one_from_before() {
    let mut session = acme();
    last(&mut session, "can alice s3:ListAllMyBuckets without AdministratorAccess");
    last(&mut session, DETACH);
    let why = last(&mut session, "why");
    let (verdict, since) = shown(&why);
    assert_eq!(verdict, Verdict::ImplicitDeny);
    assert!(
        since.is_some_and(|said| said.starts_with("this answer is from before the world changed: no policy"))
    );
    let Part::Explanation(shown) = &why.parts[0] else { panic!() };
    assert!(!shown.causes.is_empty(), "it is explained all the same");
}

#[test]
fn an_operation_that_was_denied_is_not_tried_again_but_its_answer_is_called_one_from_before() {
    let mut session = acme();
    run(&mut session, "user bob\nsign-in bob at acme");
    let denied = last(&mut session, "aws iam create-user --user-name carol");
    assert_eq!(denied.status, Status::Answered(Verdict::ImplicitDeny));
    last(&mut session, "attach AdministratorAccess to user bob");
    let again = last(&mut session, "_");
    assert!(matches!(&again.parts[0], Part::Denied { .. }));
    let note = "this answer is from before the world changed";
    assert!(again.parts.iter().any(|part| matches!(part, Part::Note(text) if text == note)));
    assert!(!last(&mut session, "list users").render(&Style::default()).contains("carol"));
    assert_eq!(shown(&last(&mut session, "why")).0, Verdict::Allowed, "why asks it again");
}

#[test]
fn what_aws_said_is_compared_again_only_where_it_is_given_again() {
    let mut session = acme();
    let message = "why \"User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:ListAllMyBuckets\"";
    last(&mut session, message);
    last(&mut session, DETACH);
    let since = shown(&last(&mut session, "why")).1.unwrap();
    assert!(since.contains("give the text of AWS again"), "{since}");
}

#[test]
fn a_call_that_could_not_be_done_either_way_says_so_beside_its_decision() {
    let mut session = acme();
    run(&mut session, "user bob\nsign-in bob at acme");
    let rendered = |outcome: &Outcome| outcome.render(&Style::default()).replace('\n', " ");
    for (line, words) in [
        (
            "create-user --user-name bob",
            "(EntityAlreadyExists) when calling the CreateUser operation: User with name bob already",
        ),
        (
            "delete-user --user-name zed",
            "(NoSuchEntity) when calling the DeleteUser operation: The user with name zed cannot",
        ),
        (
            "delete-group --group-name zed",
            "(NoSuchEntity) when calling the DeleteGroup operation: The group with name zed cannot",
        ),
    ] {
        run(&mut session, "sign-in bob at acme");
        let denied = rendered(&last(&mut session, &format!("aws iam {line}")));
        assert!(denied.contains("(AccessDenied)"), "{denied}");
        assert!(denied.contains("if it were allowed, it could not be done all the same"), "{denied}");
        assert!(denied.contains(words), "{denied}");
        run(&mut session, "sign-in alice at acme");
        let refused = last(&mut session, &format!("aws iam {line}"));
        assert_eq!(refused.status, Status::Refused);
        assert!(messages(&refused)[0].contains(words), "{:?}", messages(&refused));
        assert!(rendered(&refused).contains("the call is allowed"), "{}", rendered(&refused));
    }
    run(&mut session, "sign-in bob at acme");
    let denied = rendered(&last(&mut session, "aws iam create-user --user-name new"));
    assert!(!denied.contains("could not be done"), "{denied}");
}
