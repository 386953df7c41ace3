//! Which of several fixes to take: on what that hangs, who decides, and what to write where nobody is known who does.

use iamwhy::explain::{Explanation, TOLD};
use iamwhy::report::{Style, explanation};

use crate::remedy_laws::{bobs, edits, why};

/// The line before the fixes as a whole, and what to write.
pub(crate) fn choice(why: &Explanation) -> String {
    let title = iamwhy::explain::choice(&why.remedies, TOLD, false).unwrap_or_default();
    let letter = why.letter.iter().map(|letter| format!("write {letter}"));
    std::iter::once(format!("fix      {title}")).chain(letter).collect::<Vec<_>>().join(" ")
}

/// The line before the fixes in an ordinary answer, and those that go on with it.
fn in_brief(why: &Explanation) -> String {
    let told = explanation(why, &Style { width: 200, ..Style::default() });
    let lines = told.lines().skip_while(|line| !line.starts_with("fix"));
    lines.take_while(|line| !line.starts_with("  1")).map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_ordinary_answer_names_whom_to_ask_and_who_does_it_and_a_deny_once() {
    let statement =
        r#"{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b" }"#;
    let found = why(&bobs(statement), "bob s3:GetObject on arn:aws:s3:::b/k");
    let told = in_brief(&found);
    assert!(
        told.starts_with(r#"fix      ask role Break first: "Is s3:GetObject on b/* meant for user bob?""#),
        "{told}"
    );
    let text = explanation(&found, &Style::default());
    assert_eq!(text.matches("role Break").count(), 2, "{text}");
    assert!(choice(&found).contains("ask role Break first"));

    let deny = r#"{ "Sid": "Stop", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*" }"#;
    let keeps = format!(
        r#"resource arn:aws:s3:::b policy {{ "Version": "2012-10-17", "Statement": {} }}"#,
        deny.replace("\"Action\"", "\"Principal\": \"*\", \"Action\"")
    );
    let told = in_brief(&why(&keeps, "bob s3:DeleteObject on arn:aws:s3:::b/k"));
    assert!(
        told.starts_with("fix      perhaps rightly denied, since it is denied on purpose: ask "),
        "{told}"
    );
}

#[test]
fn of_several_fixes_the_first_is_recommended_and_says_why() {
    let statement =
        r#"{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b" }"#;
    let why = why(&bobs(statement), "bob s3:GetObject on arn:aws:s3:::b/k");
    assert!(why.remedies.len() > 1);
    let asked = r#"fix      ask role Break first: "Is s3:GetObject on b/* meant for user bob?"; 1 is recommended: it mends the nearest statement"#;
    assert!(choice(&why).starts_with(asked), "{}", choice(&why));
    let merits: Vec<_> = why.remedies.iter().map(|remedy| remedy.merit).collect();
    assert!(merits[0].is_some() && merits[1..].iter().all(Option::is_none), "{merits:?}");
}

#[test]
fn where_it_hangs_on_a_fact_each_fix_stands_beside_it() {
    let group = r#"group artists
inline Depot on group artists { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::depot/*" } }"#;
    let joined = why(group, "bob s3:PutObject on arn:aws:s3:::depot/k");
    assert_eq!(
        choice(&joined),
        "fix      if user bob belongs in group artists: 1; if not: 2, or nothing; ask role Break which is so"
    );

    let tags = bobs(
        r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/project": "${aws:PrincipalTag/project}" } } }"#,
    );
    let instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-1";
    let script = format!("tag user bob project=skylark\nresource {instance} tags project=emberfall\n{tags}");
    let tagged = why(&script, &format!("bob ec2:StartInstances on {instance}"));
    assert_eq!(choice(&tagged), "fix      if the instance is mis-tagged: 1; if user bob is mis-tagged: 2");

    let vendor = r#"role Vendor trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "acme-0471-dict" } } } }"#;
    let question =
        "bob sts:AssumeRole on arn:aws:iam::111122223333:role/Vendor with sts:ExternalId=acme-0417-dict";
    assert_eq!(
        choice(&why(vendor, question)),
        "fix      if the policy is right: 1, if the request: 2; ask role Break which"
    );
}

#[test]
fn a_key_a_role_and_a_public_bucket_are_opened_by_their_owners_alone() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let script = format!(
        r#"resource {key} policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:user/carol" }}, "Action": "kms:*", "Resource": "*" }} }}"#
    );
    let found = choice(&why(&script, &format!("bob kms:Decrypt on {key}")));
    assert!(
        found.contains("perhaps rightly denied, since a key is for whom its policy names (today only user carol may do it): ask user carol, who may change the key, first"),
        "{found}"
    );

    let role = r#"role Ops trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/carol" }, "Action": "sts:AssumeRole" } }"#;
    let found = choice(&why(role, "bob sts:AssumeRole on arn:aws:iam::111122223333:role/Ops"));
    assert!(
        found.contains("perhaps rightly denied, since a role is for whom its trust policy names (today only user carol may do it): ask role Break, who may change the role, first"),
        "{found}"
    );

    let bucket = r#"resource arn:aws:s3:::site owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*" } }
public-access-block on for arn:aws:s3:::site"#;
    let found = choice(&why(bucket, "anonymous s3:GetObject on arn:aws:s3:::site/k"));
    let blocked = "perhaps rightly denied, since it is there to keep the public out, and while it is on this link works for nobody outside; if everybody is to have it: 1; if only some are to have it: 2";
    assert!(found.contains(blocked), "{found}");
}

#[test]
fn what_passes_a_role_and_what_a_guard_spares_may_be_rightly_denied_too() {
    let found = choice(&why("", "bob iam:PassRole on arn:aws:iam::111122223333:role/Break"));
    let asked = "perhaps rightly denied, since whoever may pass a role has the use of its rights: ask the owner of role Break (whoever administers account 111122223333) first";
    assert!(found.contains(asked), "{found}");
    let spared = r#"attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "Keep", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Break" } } } }"#;
    let found = choice(&why(spared, "bob s3:DeleteObject on arn:aws:s3:::b/k"));
    let asked = "perhaps rightly denied, since b · Keep spares few on purpose: ask role Break, who may change b · Keep, first: \"May b/k be destroyed for good?\"; 1 is recommended: it changes no policy";
    assert!(found.contains(asked), "{found}");
}

#[test]
fn a_guard_in_a_policy_that_others_share_may_be_right() {
    let script = r#"group staff members bob
attach AdministratorAccess to user bob
inline Hours on group staff { "Version": "2012-10-17", "Statement": { "Sid": "Tagged", "Effect": "Deny", "Action": "ec2:StopInstances", "Resource": "*" } }"#;
    let found =
        choice(&why(script, "bob ec2:StopInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1"));
    assert!(found.contains("perhaps rightly denied, since Hours · Tagged denies it on purpose (today only role Break may do it): ask role Break, who may change Hours · Tagged, first"), "{found}");
}

#[test]
fn where_nobody_is_known_who_decides_it_says_what_to_write() {
    let script = r#"account 999999999999 "Acme"
account 111122223333
organization o-abcdefghij management 999999999999
ou Toys
move account 111122223333 to ou Toys
scp Toys { "Version": "2012-10-17", "Statement": { "Sid": "Toys", "Effect": "Allow", "Action": "ec2:*", "Resource": "*" } }
attach Toys to ou Toys
detach FullAWSAccess from ou Toys
account 111122223333
attach AdministratorAccess to user bob"#;
    let why = why(script, "bob s3:GetObject on arn:aws:s3:::b/k");
    assert_eq!(
        why.letter.as_deref(),
        Some(r#""May user bob of account 111122223333 call s3:GetObject on b/k? Toys stands in the way.""#)
    );
    assert!(choice(&why).contains("write \"May user bob"), "{}", choice(&why));
    let who = edits(&why)[0].who.as_deref().unwrap_or_default();
    assert_eq!(
        who,
        "only the root user of account 999999999999, Acme, the management account (organizations:UpdatePolicy)"
    );
}

#[test]
fn whoever_is_known_to_decide_is_named_and_nothing_is_to_be_written() {
    let why = why("attach AdministratorAccess to user carol", "bob s3:GetObject on arn:aws:s3:::b/k");
    assert_eq!(why.letter, None);
    assert!(edits(&why)[0].who.as_deref().is_some_and(|who| who.starts_with("user carol")), "{why:?}");
}

/// The first fix of a question.
fn first(script: &str, question: &str) -> String {
    edits(&why(script, question))[0].words.clone()
}

#[test]
fn an_example_is_a_value_that_there_is() {
    let statement = r#"{ "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Condition": { "StringLike": { "ec2:InstanceType": "t3.*" } } }"#;
    let words = first(
        &bobs(statement),
        "bob ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/* with ec2:InstanceType=m5.large",
    );
    assert_eq!(words, "call with a value like `t3.*`, such as `--instance-type t3.large`");
}

#[test]
fn a_tag_and_a_group_are_a_line_of_the_command_line() {
    let own = bobs(
        r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "red" } } }"#,
    );
    let words = first(&own, "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1");
    assert_eq!(
        words,
        "give user bob the tag team=red: `aws iam tag-user --user-name bob --tags Key=team,Value=red`"
    );
    let group = r#"group readers
inline Read on group readers { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" } }"#;
    let words = first(group, "bob s3:GetObject on arn:aws:s3:::b/k");
    assert!(words.ends_with(": `aws iam add-user-to-group --group-name readers --user-name bob`"), "{words}");
}

#[test]
fn a_key_that_the_caller_sets_is_an_option_of_the_command() {
    let tagged = bobs(
        r#"[{ "Effect": "Allow", "Action": "ec2:*", "Resource": "*" }, { "Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*", "Condition": { "Null": { "aws:RequestTag/team": "true" } } }]"#,
    );
    assert_eq!(
        first(&tagged, "bob ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/*"),
        "call with `--tag-specifications 'ResourceType=instance,Tags=[{Key=team,Value=…}]'`, whatever the value"
    );
    let encrypted = bobs(
        r#"[{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }, { "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*", "Condition": { "StringNotEquals": { "s3:x-amz-server-side-encryption": "aws:kms" } } }]"#,
    );
    let question = "bob s3:PutObject on arn:aws:s3:::b/k with s3:x-amz-server-side-encryption=AES256";
    assert_eq!(first(&encrypted, question), "call with `--server-side-encryption aws:kms`");
}

#[test]
fn a_topic_that_may_not_send_is_one_to_which_the_queue_is_not_to_be_subscribed() {
    let queue = "arn:aws:sqs:us-east-1:111122223333:orders";
    let script = format!(
        r#"resource {queue} policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "sns.amazonaws.com" }}, "Action": "sqs:SendMessage", "Resource": "{queue}", "Condition": {{ "ArnEquals": {{ "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:shop-events" }} }} }} }}"#
    );
    let question = format!(
        "service:sns.amazonaws.com sqs:SendMessage on {queue} with aws:SourceArn=arn:aws:sns:us-east-1:111122223333:shop-event"
    );
    let words = first(&script, &question);
    assert!(
        words.starts_with("subscribe it to topic shop-events: `aws sns subscribe --topic-arn arn:aws:sns:"),
        "{words}"
    );
}
