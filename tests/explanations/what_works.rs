//! Fixes that serve what the call is for: not only its verdict.

use iamwhy::explain::Verdict;
use iamwhy::report::{Style, explanation};

use crate::remedy_laws::{bobs, edits, why};

const EUROPE: &str = r#"account 999999999999
organization o-a1b2c3d4e5 management 999999999999
move account 111122223333 to organization-root
scp Europe { "Version": "2012-10-17", "Statement": { "Sid": "Outside", "Effect": "Deny",
  "NotAction": ["a4b:*", "account:*", "billing:*", "budgets:*", "ce:*", "chatbot:*", "cloudfront:*", "config:*", "cur:*", "iam:*", "organizations:*", "route53:*", "shield:*", "sts:*", "support:*", "waf:*"],
  "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } } } }
attach Europe to organization-root
account 111122223333
"#;

fn in_europe(allowed: &str, question: &str) -> (Vec<String>, String) {
    let own = bobs(&format!(r#"{{ "Effect": "Allow", "Action": "{allowed}", "Resource": "*" }}"#));
    let found = why(&format!("{EUROPE}{own}"), question);
    let words = edits(&found).iter().map(|edit| edit.words.clone()).collect();
    (words, explanation(&found, &Style { width: 1000, ..Style::default() }))
}

#[test]
fn what_is_for_cloudfront_is_not_sent_to_another_region() {
    let acl = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/w/0a1b";
    let (words, told) = in_europe("wafv2:*", &format!("bob wafv2:CreateWebACL on {acl}"));
    assert!(!told.contains("call in an allowed Region"), "{told}");
    assert!(words[0].ends_with("add \"wafv2:*\" to \"NotAction\""), "{told}");
    assert!(told.contains("`waf:*` is not wafv2"), "the near miss is not cut off: {told}");
    let regional = acl.replace("global/", "regional/");
    let (words, told) = in_europe("wafv2:*", &format!("bob wafv2:CreateWebACL on {regional}"));
    assert!(words[0].starts_with("call in an allowed Region"), "{told}");
}

#[test]
fn a_region_that_does_not_serve_every_purpose_is_said_to_and_the_list_is_the_other_way() {
    let question =
        "bob acm:RequestCertificate with aws:RequestedRegion=us-east-1 acm:DomainNames=[a.example]";
    let (words, told) = in_europe("acm:*", question);
    assert!(
        told.contains(
            "if the certificate is not for CloudFront, which takes only those in us-east-1: 1; if not: 2"
        ),
        "{told}"
    );
    assert!(words.iter().any(|words| words.ends_with("add \"acm:*\" to \"NotAction\"")), "{told}");
    let (_, told) = in_europe("sqs:*", "bob sqs:ListQueues with aws:RequestedRegion=us-east-1");
    assert!(told.contains("call in an allowed Region") && !told.contains("CloudFront"), "{told}");
}

#[test]
fn the_id_of_a_role_that_is_gone_gives_its_place_to_the_one_that_was_made_again() {
    let script = r#"role Notifier trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" } }
inline P on role Notifier { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" } }
resource arn:aws:kms:us-east-1:111122223333:key/k policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "Admins", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/Break" }, "Action": "kms:*", "Resource": "*" },
  { "Sid": "NotifierReads", "Effect": "Allow", "Principal": { "AWS": "AROA5XQ7M2LCN4TDW9PKE" }, "Action": "kms:Decrypt", "Resource": "*" } ] }"#;
    let found = why(script, "Notifier kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/k");
    let told = explanation(&found, &Style { width: 1000, ..Style::default() });
    assert!(told.contains("this is the id of a role that was deleted"), "{told}");
    let first = edits(&found)[0];
    let own = "arn:aws:iam::111122223333:role/Notifier";
    assert!(
        first.words.ends_with(&format!("write \"{own}\" instead of \"AROA5XQ7M2LCN4TDW9PKE\"")),
        "{told}"
    );
    assert!(told.contains("if the role that was deleted is the former Notifier: 1"), "{told}");
    assert!(!told.contains("to \"Principal\""), "the id does not stay: {told}");
}

#[test]
fn a_test_for_a_list_that_is_there_is_no_comparison_of_it() {
    let own = bobs(
        r#"{ "Effect": "Allow", "Action": "dynamodb:Query", "Resource": "*",
        "Condition": { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "a" }, "Null": { "dynamodb:LeadingKeys": "false" } } }"#,
    );
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/t";
    let found = why(&own, &format!("bob dynamodb:Query on {table} with dynamodb:LeadingKeys=[a]"));
    assert!(
        found.answer.decision == Verdict::Allowed && found.answer.warnings.is_empty(),
        "{:?}",
        found.answer
    );
}

#[test]
fn a_query_of_an_index_is_authorized_on_the_index() {
    let index = "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/by-day";
    let own = bobs(&format!(r#"{{ "Effect": "Allow", "Action": "dynamodb:Query", "Resource": "{index}" }}"#));
    let found = why(&own, &format!("bob dynamodb:Query on {index}"));
    assert!(found.answer.decision == Verdict::Allowed && found.also.is_empty(), "{:?}", found.also);
}

#[test]
fn a_root_user_who_is_denied_it_too_is_let_by_first() {
    let script = r#"account 999999999999
role Org trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "999999999999" }, "Action": "sts:AssumeRole" } }
attach AdministratorAccess to role Org
organization o-a1b2c3d4e5 management 999999999999
move account 111122223333 to organization-root
scp NoRoot { "Version": "2012-10-17", "Statement": { "Sid": "DenyRoot", "Effect": "Deny", "Action": "*", "Resource": "*",
  "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:root" } } } }
attach NoRoot to organization-root
account 111122223333
resource arn:aws:s3:::archive owner 111122223333
attach AdministratorAccess to user bob"#;
    let question = "bob s3:PutBucketVersioning on arn:aws:s3:::archive with rootonly:MfaDelete=Enabled";
    let found = why(script, question);
    let told = explanation(&found, &Style { width: 1000, ..Style::default() });
    assert!(
        told.contains("the root user may not, either: explicit deny by NoRoot · DenyRoot (SCP"),
        "{told}"
    );
    let [first, second] = &found.remedies[0].edits[..] else { panic!("{told}") };
    assert!(first.words.contains("NoRoot · DenyRoot (scp)"), "{told}");
    assert!(first.who.as_ref().is_some_and(|who| who.starts_with("role Org")), "{told}");
    assert_eq!(second.principal.as_deref(), Some("arn:aws:iam::111122223333:root"), "{told}");
    let free = why("attach AdministratorAccess to user bob", question);
    assert!(free.remedies.is_empty() && free.causes.len() == 1, "nothing denies it to that root user");
}

#[test]
fn the_part_of_another_is_perhaps_rightly_denied_and_the_slip_is_told_first() {
    let own = bobs(
        r#"{ "Sid": "OwnFolder", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::raw/gateway/${credentials-iot:ThingName}/*" }"#,
    );
    let script = format!("resource arn:aws:s3:::raw owner 111122223333\n{own}");
    let asked = |folder: &str| {
        let question = format!(
            "bob s3:PutObject on arn:aws:s3:::raw/gateway/{folder}/a with credentials-iot:ThingName=VAN-0417"
        );
        why(&script, &question)
    };
    let slip = asked("VAN-0471");
    let told = explanation(&slip, &Style { width: 1000, ..Style::default() });
    assert_eq!(edits(&slip)[0].resource.as_deref(), Some("arn:aws:s3:::raw/gateway/VAN-0417/a"), "{told}");
    assert!(
        told.contains("what belongs to one is then open to all who have the policies of user bob"),
        "{told}"
    );
    let other = asked("VAN-2210");
    let told = explanation(&other, &Style { width: 1000, ..Style::default() });
    let since = "perhaps rightly denied, since P · OwnFolder gives each credentials-iot:ThingName its own";
    assert!(told.contains(since) && edits(&other).iter().all(|edit| edit.resource.is_none()), "{told}");
}

#[test]
fn of_a_comparison_with_a_tag_of_the_session_both_sides_are_told() {
    let script = r#"role Tech trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ["sts:AssumeRole", "sts:TagSession"] } }
inline P on role Tech { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "dynamodb:Query", "Resource": "*",
  "Condition": { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:PrincipalTag/site}" }, "Null": { "dynamodb:LeadingKeys": "false" } } } }"#;
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/t";
    let found = why(
        script,
        &format!(
            "Tech:s1 dynamodb:Query on {table} with aws:PrincipalTag/site=Nord dynamodb:LeadingKeys=[nord]"
        ),
    );
    let told = explanation(&found, &Style { width: 1000, ..Style::default() });
    assert!(edits(&found)[0].words.starts_with("begin the session with the tag site=nord"), "{told}");
    assert!(edits(&found).iter().any(|edit| edit.words.contains("partition key is `Nord`")), "{told}");
    assert!(told.contains("if `nord` is the right value: 1; if not: 2"), "{told}");
}

#[test]
fn a_boundary_below_a_policy_that_names_just_this_was_probably_forgotten() {
    let limit = r#"policy Limit { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:*:*:lims-*" } }
boundary Limit on user bob"#;
    let topic = "arn:aws:sns:us-east-1:111122223333:lab";
    let told = |resource: &str| {
        let own = bobs(&format!(
            r#"{{ "Sid": "Announce", "Effect": "Allow", "Action": "sns:Publish", "Resource": "{resource}" }}"#
        ));
        let found = why(&format!("{limit}\n{own}"), &format!("bob sns:Publish on {topic}"));
        explanation(&found, &Style { width: 1000, ..Style::default() })
    };
    let named = told(topic);
    assert!(
        named.contains("probably forgotten, since P · Announce (identity-based) allows just this"),
        "{named}"
    );
    assert!(told("*").contains("perhaps rightly denied, since a boundary is there to hold policies back"));
}

#[test]
fn the_statement_that_names_the_likes_of_a_bucket_is_nearer_than_one_of_its_owner() {
    let endpoint = r#"endpoint vpce-1 vpc vpc-1 policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "Own", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceOrgID": "o-a1b2c3d4e5" } } },
  { "Sid": "OpenData", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::helix-reads-1/*"] } ] }"#;
    let own = bobs(r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::*/*" }"#);
    let near = |bucket: &str| {
        let question = format!("bob s3:GetObject on arn:aws:s3:::{bucket}/a with aws:SourceVpce=vpce-1");
        why(&format!("{endpoint}\n{own}"), &question).causes[0].title.clone()
    };
    assert!(near("helix-genomes-1").ends_with("nearest is vpce-1 · OpenData"), "{}", near("helix-genomes-1"));
    assert!(near("others-1").ends_with("nearest is vpce-1 · Own"), "{}", near("others-1"));
}
