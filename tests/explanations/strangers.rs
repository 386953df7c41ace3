//! Principals of accounts that the world does not have: what their own side allows is not known (I6).

use iamwhy::explain::{CauseKind, Explanation, Verdict};
use iamwhy::question::Question;
use iamwhy::report::{Style, explanation};
use iamwhy::world::{Principal, Settings};

use crate::remedy_laws::{edits, why};

const WHO: &str = "arn:aws:sts::777788889999:assumed-role/feed/f-1";
const FEED: &str = "arn:aws:s3:::in/feed/a";

const BUCKET: &str = r#"resource arn:aws:s3:::in owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "FeedIn", "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::777788889999:role/feed" }, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::in/feed/*" } }"#;

const PERIMETER: &str = r#"account 999999999999
role Policies trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "999999999999" }, "Action": "sts:AssumeRole" } }
attach AdministratorAccess to role Policies
organization o-a1b2c3d4e5 management 999999999999
move account 111122223333 to organization-root
rcp Perimeter { "Version": "2012-10-17", "Statement": { "Sid": "Partners", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
  "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:PrincipalAccount": ["666677778888"] }, "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } } } }
attach Perimeter to organization-root
account 111122223333"#;

fn told(why: &Explanation) -> String {
    explanation(why, &Style { width: 1000, ..Style::default() })
}

#[test]
fn what_the_resource_lets_in_hangs_on_the_account_of_the_principal() {
    let found = why(BUCKET, &format!("{WHO} s3:PutObject on {FEED}"));
    assert_eq!(found.answer.decision, Verdict::Depends);
    assert_eq!(found.headline, "it needs an Allow in account 777788889999, which this world does not know");
    assert!(found.remedies.is_empty() && !told(&found).contains("there are none"), "{}", told(&found));
    assert!(told(&found).contains("to tell it: `account 777788889999`"), "{}", told(&found));
}

#[test]
fn a_deny_is_certain_and_its_fix_says_that_the_other_side_is_not_known() {
    let found = why(&format!("{PERIMETER}\n{BUCKET}"), &format!("{WHO} s3:PutObject on {FEED}"));
    let told = told(&found);
    assert_eq!(found.answer.decision, Verdict::ExplicitDeny, "{told}");
    assert!(found.causes.iter().all(|cause| cause.kind == CauseKind::Denies), "{told}");
    assert!(
        found.remedies.iter().all(|remedy| remedy.edits.len() == 1) && !edits(&found).is_empty(),
        "{told}"
    );
    assert!(
        told.contains("account 777788889999 is not in this world: what it allows role feed is not known"),
        "{told}"
    );
    let after = "allowed, if account 777788889999 allows it, too, of which this world knows nothing";
    assert!(told.contains(after) && !told.contains("no SCPs"), "{told}");
}

#[test]
fn what_the_resource_does_not_let_in_is_denied_whatever_the_other_side_says() {
    let found = why(BUCKET, &format!("{WHO} s3:DeleteObject on {FEED}"));
    assert_eq!(found.answer.decision, Verdict::ImplicitDeny, "{}", told(&found));
    assert_eq!(found.headline, "implicit deny: no resource-based policy allows it");
    assert!(edits(&found).iter().all(|edit| edit.layer == Some(iamwhy::policy::Layer::ResourceBased)));
}

#[test]
fn a_complete_request_is_denied_with_what_it_lacks_and_strict_lets_it_depend() {
    let world = iamwhy::commands::world(&format!("account 111122223333\n{BUCKET}")).expect("a world");
    let empty = iamwhy::world::World::new();
    let answer = |world: &iamwhy::world::World, strict: bool| {
        let who: Principal = WHO.parse().expect("a principal");
        let question =
            Question::new(who, "s3:PutObject").on(FEED).settings(Settings { strict, ..Settings::default() });
        let mut prepared = question.prepare(world).expect("a question");
        prepared.request.is_complete = true;
        let answer = iamwhy::question::ask(prepared).explain().answer;
        (answer.decision, answer.incomplete)
    };
    let lacking = vec!["the policies of arn:aws:iam::777788889999:role/feed".to_owned()];
    assert_eq!(answer(&world, false), (Verdict::ImplicitDeny, lacking.clone()));
    assert_eq!(answer(&world, true), (Verdict::Depends, lacking));
    assert_eq!(answer(&empty, true), (Verdict::ImplicitDeny, Vec::new()), "a request alone is all there is");
}

#[test]
fn policies_that_come_with_the_question_are_what_is_known() {
    let world = iamwhy::commands::world(&format!("account 111122223333\n{BUCKET}")).expect("a world");
    let asked = |action: &str| {
        let who: Principal = WHO.parse().expect("a principal");
        let policy =
            format!(r#"{{ "Statement": {{ "Effect": "Allow", "Action": "{action}", "Resource": "*" }} }}"#);
        let question = Question::new(who, "s3:PutObject").on(FEED).policy("P", &policy);
        question.ask(&world).expect("a question").explain().answer.decision
    };
    assert_eq!(asked("s3:PutObject"), Verdict::Allowed);
    assert_eq!(asked("s3:GetObject"), Verdict::ImplicitDeny);
}
