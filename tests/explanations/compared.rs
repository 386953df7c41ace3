//! Policy and request under each other: with the values of variables, and where they begin to differ.

use iamwhy::explain::{Explanation, SideBySide};
use iamwhy::report::{Style, explanation};

use crate::remedy_laws::{bobs, edits, why};

fn sides(why: &Explanation) -> &SideBySide {
    why.causes.iter().find_map(|cause| cause.comparison.as_ref()).expect("two sides")
}

fn told(why: &Explanation) -> String {
    explanation(why, &Style::default())
}

const WARD: &str = r#"[
  { "Sid": "ReadWard", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/Ward-${aws:PrincipalTag/ward}/*" },
  { "Sid": "List", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b/*" } ]"#;

#[test]
fn letter_case_is_told_behind_a_variable_and_the_call_comes_first() {
    let script = format!("tag user bob ward=7\n{}", bobs(WARD));
    let why = why(&script, "bob s3:GetObject on arn:aws:s3:::b/ward-7/2026/letter.pdf");
    let found = sides(&why);
    assert_eq!(found.policy, "arn:aws:s3:::b/Ward-${aws:PrincipalTag/ward}/*");
    assert_eq!(found.resolved.as_deref(), Some("arn:aws:s3:::b/Ward-7/*"));
    assert_eq!(found.note.as_deref(), Some("only upper and lower case differ"));
    let steps = edits(&why);
    assert_eq!(steps[0].resource.as_deref(), Some("arn:aws:s3:::b/Ward-7/2026/letter.pdf"));
    let besides = r#"add "arn:aws:s3:::b/ward-${aws:PrincipalTag/ward}/*" beside"#;
    assert!(steps.iter().any(|edit| edit.words.contains(besides)), "{}", told(&why));
    assert!(steps.iter().all(|edit| !edit.words.contains(r#""arn:aws:s3:::b/*""#)), "{}", told(&why));
}

#[test]
fn a_variable_without_a_value_is_compared_with_nothing() {
    let why = why(&bobs(WARD), "bob s3:GetObject on arn:aws:s3:::b/ward-7/letter.pdf");
    assert_eq!(sides(&why).resolved, None);
    assert!(!told(&why).contains("upper and lower case"), "{}", told(&why));
}

#[test]
fn a_value_with_a_wildcard_is_no_pattern() {
    let script = format!("tag user bob 'ward=*'\n{}", bobs(WARD));
    let why = why(&script, "bob s3:GetObject on arn:aws:s3:::b/ward-7/letter.pdf");
    assert!(!told(&why).contains("upper and lower case"), "{}", told(&why));
}

#[test]
fn a_condition_says_what_its_variable_came_to() {
    let statement = r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*",
      "Condition": { "StringEquals": { "aws:ResourceTag/project": "${aws:PrincipalTag/project}" } } }"#;
    let script = format!(
        "tag user bob project=skylark\nresource arn:aws:ec2:us-east-1:111122223333:instance/i-1 tags project=emberfall\n{}",
        bobs(statement)
    );
    let why = why(&script, "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1");
    let found = sides(&why);
    assert_eq!(found.policy, "aws:ResourceTag/project must be `${aws:PrincipalTag/project}`");
    assert_eq!(found.resolved.as_deref(), Some("aws:ResourceTag/project must be `skylark`"));
    assert_eq!((&*found.request, found.same), ("aws:ResourceTag/project is `emberfall`", None));
}

#[test]
fn values_that_differ_in_few_characters_stand_under_each_other_with_a_caret() {
    let cases = [
        ("sts:ExternalId", "larkspur-0471-dict", "larkspur-0417-dict", Some(11)),
        ("aws:PrincipalTag/topic", "shop-events", "shop-event", Some(10)),
        ("aws:PrincipalTag/org", "o-nf4x8g2tkz", "o-nf4x8g2tzk", Some(10)),
        ("aws:PrincipalTag/org", "o-nf4x8g2tkz", "emberfall", None),
        ("aws:PrincipalTag/env", "dev", "prd", None),
    ];
    for (key, wanted, has, differs_at) in cases {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*", "Condition": {{ "StringEquals": {{ "{key}": "{wanted}" }} }} }}"#
        );
        let question = format!("bob sts:AssumeRole on arn:aws:iam::111122223333:role/Break with {key}={has}");
        let why = why(&bobs(&statement), &question);
        let found = sides(&why);
        let (policy, request) =
            (format!("{key} must be `{wanted}`"), found.request.replace("is      ", "is "));
        assert_eq!((&found.policy, request), (&policy, format!("{key} is `{has}`")));
        let at = differs_at.map(|at| format!("{key} must be `").len() + at);
        assert_eq!(found.same, at, "{}", told(&why));
        let aligned =
            |text: &str| text.chars().take(at.unwrap_or_default()).skip(key.len() + 9).collect::<String>();
        assert_eq!(aligned(&found.policy), aligned(&found.request));
    }
}

#[test]
fn a_new_statement_is_as_narrow_as_the_one_that_comes_near() {
    let narrow = r#"[
      { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/2026/*" },
      { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b/*" } ]"#;
    let why = why(&bobs(narrow), "bob s3:GetObject on arn:aws:s3:::b/2025/12/matches");
    let told = told(&why);
    assert!(told.contains(r#""Resource": "arn:aws:s3:::b/2025/*""#), "{told}");
    assert!(!told.contains(r#""Resource": "arn:aws:s3:::b/*""#), "{told}");
}

#[test]
fn messages_of_aws_are_as_silent_as_aws_is() {
    let trust = r#"role Web trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "idp.example:sub": "a" } } } }
resource arn:aws:s3:::b
resource arn:aws:sqs:us-east-1:111122223333:q"#;
    let ec2 = "You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/bob is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-1 because no identity-based policy allows the ec2:StopInstances action. Encoded authorization failure message: …";
    let cases = [
        ("anonymous s3:GetObject on arn:aws:s3:::b/k", Some("Access Denied")),
        (
            "arn:aws:iam::111122223333:oidc-provider/idp.example sts:AssumeRoleWithWebIdentity on arn:aws:iam::111122223333:role/Web with idp.example:sub=b",
            Some("Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        ),
        ("service:sns.amazonaws.com sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:q", None),
        ("bob ec2:StopInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1", Some(ec2)),
    ];
    for (question, message) in cases {
        assert_eq!(why(trust, question).answer.message.as_deref(), message, "{question}");
    }
}

#[test]
fn types_of_resource_of_which_a_call_takes_one_are_not_all_needed() {
    let told = |question: &str| told(&why("", question));
    let model = told("bob bedrock:InvokeModel on arn:aws:bedrock:us-west-2::foundation-model/m");
    assert!(!model.contains("also needs"), "{model}");
    let run = told("bob ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1");
    assert!(run.contains("also needs ec2:RunInstances on its image"), "{run}");
}
