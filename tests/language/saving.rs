//! A saved world decides as the world did.

use iamwhy::commands::{self, session};
use iamwhy::session::{Session, Status};

use crate::harmless::{assert_prints, quoted};
use crate::outside::{Memory, typed};
use crate::packed::unpacked;

/// The session, and one in the world that it saves; with the text of that.
fn saved(text: &str, mut disk: Memory) -> (Session, Session, String) {
    let (mut before, mut after) = (session(), session());
    for outcome in typed(&mut before, &mut disk, &format!("{text}\nsave \"saved.iam\"")) {
        assert_ne!(outcome.status, Status::Refused, "{outcome:?}");
    }
    for outcome in typed(&mut after, &mut disk, "read \"saved.iam\"") {
        assert_ne!(outcome.status, Status::Refused, "{outcome:?}");
    }
    let script = disk.files.remove("saved.iam").expect("saved");
    (before, after, script)
}

fn status(session: &mut Session, question: &str) -> Status {
    typed(session, &mut Memory::default(), question).pop().expect("an outcome").status
}

const DUMP: &str = r#"{
  "UserDetailList": [{"Path": "/", "UserName": "alice", "UserId": "AIDAREALALICE", "Arn": "arn:aws:iam::111122223333:user/alice",
    "AttachedManagedPolicies": [{"PolicyName": "AWSLambdaFullAccess", "PolicyArn": "arn:aws:iam::aws:policy/AWSLambdaFullAccess"}]},
   {"Path": "/", "UserName": "bob", "UserId": "AIDAREALBOB", "Arn": "arn:aws:iam::111122223333:user/bob",
    "AttachedManagedPolicies": [{"PolicyName": "Deep", "PolicyArn": "arn:aws:iam::111122223333:policy/deep/er/Deep"}]}],
  "RoleDetailList": [{"Path": "/", "RoleName": "ByName", "RoleId": "AROAREAL", "Arn": "arn:aws:iam::111122223333:role/ByName",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "AIDAREALBOB"}, "Action": "sts:AssumeRole"}}}],
  "Policies": [{"PolicyName": "AWSLambdaFullAccess", "Arn": "arn:aws:iam::aws:policy/AWSLambdaFullAccess", "Path": "/", "DefaultVersionId": "v2",
    "PolicyVersionList": [{"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"}}}]},
   {"PolicyName": "Deep", "Arn": "arn:aws:iam::111122223333:policy/deep/er/Deep", "Path": "/deep/er/", "DefaultVersionId": "v1",
    "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}]}]
}"#;

#[test]
fn policies_of_aws_and_ids_of_a_dump_are_saved() {
    let disk = Memory::with(&[("dump.json", DUMP)]);
    let (mut before, mut after, script) = saved("load \"dump.json\"", disk);
    assert!(script.contains("policy arn:aws:iam::aws:policy/AWSLambdaFullAccess {"), "{script}");
    for question in [
        "expect alice allowed lambda:InvokeFunction because identity-based AWSLambdaFullAccess",
        "expect alice implicit-deny s3:ListAllMyBuckets",
        "expect bob allowed s3:ListAllMyBuckets because identity-based Deep",
        "expect bob allowed sts:AssumeRole on arn:aws:iam::111122223333:role/ByName",
        "expect alice denied sts:AssumeRole on arn:aws:iam::111122223333:role/ByName",
    ] {
        assert_eq!(status(&mut before, question), Status::Done, "before: {question}");
        assert_eq!(status(&mut after, question), Status::Done, "after: {question}\n{script}");
    }
}

#[test]
fn the_example_account_decides_alike_before_and_after() {
    let disk = Memory::with(&[("dump.json", &unpacked("tests/data/account-authorization-details.json.zst"))]);
    let (mut before, mut after, _) = saved("load \"dump.json\"", disk);
    let account = before.selected().and_then(|id| before.world().account(id)).expect("selected").clone();
    let users = account.users.values().map(|user| user.arn(account.id));
    let names: Vec<String> = users.chain(account.roles.values().map(|role| role.arn(account.id))).collect();
    let actions =
        ["lambda:InvokeFunction", "s3:GetObject", "iam:PassRole", "ec2:RunInstances", "ssm:GetParameter"];
    for (name, action) in names.iter().flat_map(|name| actions.map(|action| (name, action))) {
        let question = format!("can {name} {action}");
        assert_eq!(status(&mut before, &question), status(&mut after, &question), "{question}");
    }
}

#[test]
fn whoever_takes_the_name_of_a_deleted_user_is_not_trusted_after_saving_either() {
    let world = r#"account 111122223333
user alice
user bob
role D trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"}, "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/bobby"}}}}
delete user bob
user bob"#;
    let (mut before, mut after, script) = saved(world, Memory::default());
    let expectation = "expect bob denied sts:AssumeRole on arn:aws:iam::111122223333:role/D";
    assert_eq!(status(&mut before, expectation), Status::Done);
    assert_eq!(status(&mut after, expectation), Status::Done, "{script}");
    assert_eq!(
        status(
            &mut after,
            "user carol\nexpect carol denied sts:AssumeRole on arn:aws:iam::111122223333:role/D"
        ),
        Status::Done
    );
    let shown = typed(&mut before, &mut Memory::default(), "show D").pop().expect("shown");
    assert!(format!("{shown:?}").contains("user/bob means AIDA"), "{shown:?}");
}

#[test]
fn what_is_switched_off_and_what_counts_tags_is_saved() {
    let world = r#"account 999999999999
user chief
attach AdministratorAccess to user chief
account 111122223333
user alice
resource arn:aws:s3:::b tags class=secret
bucket-abac on for arn:aws:s3:::b
inline P on user alice {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/class": "secret"}}}}
organization o-exampleorg management 999999999999
move account 111122223333 to organization-root
root-access credentials off
root-access sessions off
"#;
    let (_, mut after, script) = saved(world, Memory::default());
    let expectations = "account 111122223333
expect alice allowed s3:ListBucket on arn:aws:s3:::b
expect 999999999999/chief denied sts:AssumeRoot on arn:aws:iam::111122223333:root because organizations";
    for outcome in typed(&mut after, &mut Memory::default(), expectations) {
        assert_eq!(outcome.status, Status::Done, "{outcome:?}\n{script}");
    }
}

#[test]
fn what_an_organization_blocks_is_saved() {
    let world = r#"account 999999999999
account 111122223333
resource arn:aws:s3:::b policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
organization o-exampleorg management 999999999999
move account 111122223333 to organization-root
public-access-block on for organization restrict-public-buckets"#;
    let (_, mut after, script) = saved(world, Memory::default());
    assert!(script.contains("public-access-block on for organization restrict-public-buckets\n"), "{script}");
    let expectation = "expect anonymous explicit-deny s3:GetObject on arn:aws:s3:::b/k";
    assert_eq!(status(&mut after, expectation), Status::Done, "{script}");
}

#[test]
fn several_organizations_are_saved_each_with_its_own() {
    let world = r#"account 999999999999
account 111122223333
user alice
attach AdministratorAccess to user alice
account 888888888888
account 444455556666
user dave
attach AdministratorAccess to user dave
account 333333333333
user eve
attach AdministratorAccess to user eve
account 999999999999
organization o-exampleorg management 999999999999
ou Prod
move account 111122223333 to ou Prod
scp Guard {"Version": "2012-10-17", "Statement": {"Sid": "NoGet", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}}
attach Guard to ou Prod
organization o-partnerorg management 888888888888
ou Prod
move account 444455556666 to ou Prod
scp Guard {"Version": "2012-10-17", "Statement": {"Sid": "NoPut", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}}
attach Guard to account 444455556666
detach FullAWSAccess from account 444455556666
scp All {"Version": "2012-10-17", "Statement": {"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}}
attach All to account 444455556666
delegate iam.amazonaws.com to account 444455556666
public-access-block on for organization
root-access sessions off
account 333333333333"#;
    let (before, mut after, script) = saved(world, Memory::default());
    assert_eq!(before.selected(), after.selected());
    let expectations =
        "expect 111122223333/alice explicit-deny s3:GetObject because scp Guard statement NoGet
expect 111122223333/alice allowed s3:PutObject
expect 444455556666/dave explicit-deny s3:PutObject because scp Guard statement NoPut
expect 444455556666/dave allowed s3:GetObject
expect eve allowed s3:PutObject";
    for outcome in typed(&mut after, &mut Memory::default(), expectations) {
        assert_eq!(outcome.status, Status::Done, "{outcome:?}\n{script}");
    }
    let (_, _, again) = saved(&script, Memory::default());
    assert_eq!(again, script, "what is saved again is the same");
}

#[test]
fn open_invitations_and_what_is_blocked_below_a_node_are_saved() {
    let world = r#"account 999999999999
account 111122223333
resource arn:aws:s3:::b policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
account 444455556666
organization o-exampleorg management 999999999999
ou Prod
move account 111122223333 to ou Prod
public-access-block on for organization ou Prod
invite 444455556666"#;
    let (before, mut after, script) = saved(world, Memory::default());
    let invited = |session: &Session| {
        let own = session.world().organizations().next().unwrap();
        own.invited.clone()
    };
    assert_eq!((invited(&before).len(), invited(&after)), (1, invited(&before)), "{script}");
    let expectation = "expect anonymous explicit-deny s3:GetObject on arn:aws:s3:::b/k";
    assert_eq!(status(&mut after, expectation), Status::Done, "{script}");
}

#[test]
fn a_resource_of_an_account_that_the_world_does_not_hold_is_saved() {
    let world = "account 111122223333\nuser bob\nresource arn:aws:sqs:us-east-1:444455556666:q tags a=b\nresource arn:aws:s3:::b";
    let (_, _, script) = saved(world, Memory::default());
    assert!(script.contains("resource arn:aws:sqs:us-east-1:444455556666:q tags a=\"b\"\n"), "{script}");
    assert!(script.contains("resource arn:aws:s3:::b owner 111122223333\n"), "{script}");
}

/// Characters of every kind: all of the first, what forms, hides and fills, and the last of each plane.
fn characters() -> Vec<char> {
    let beyond = ('\u{1f5ff}'..='\u{1f64f}').chain('\u{e0000}'..='\u{e01ff}').chain(['\u{1ffff}', char::MAX]);
    ('\0'..='\u{33ff}').chain('\u{d000}'..='\u{ffff}').chain(beyond).collect()
}

#[test]
fn what_is_saved_is_read_again_whatever_the_characters() {
    for chunk in characters().chunks(500) {
        let text: String = chunk.iter().collect();
        let written = quoted(&text);
        let inside = written.trim_matches('"');
        let world = format!(
            "account 999999999999 {written}\nuser alice\ntag user alice {written}={written}\n\
             resource \"arn:aws:s3:::b{inside}\" owner 999999999999 tags {written}={written}\n\
             endpoint {written} vpc {written}\ngrant alice on \"arn:aws:s3:::b{inside}\" actions {written}\n\
             resource arn:aws:s3:::c owner 999999999999 policy {{\"Statement\": {{\"Effect\": \"Allow\", \"Principal\": \"*\", \
             \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::c/*\", \
             \"Condition\": {{\"StringEquals\": {{\"s3:prefix\": {written}}}}}}}}}\n"
        );
        let mut session = session();
        // What a world cannot hold is refused, and then is not in what is saved.
        typed(&mut session, &mut Memory::default(), &world);
        let mut disk = Memory::default();
        typed(&mut session, &mut disk, "save \"saved.iam\"");
        let script = disk.files["saved.iam"].clone();
        let mut again = commands::session();
        for outcome in typed(&mut again, &mut disk, "read \"saved.iam\"\nsave \"again.iam\"") {
            assert_ne!(outcome.status, Status::Refused, "{outcome:?}\n{script}");
        }
        assert_eq!(disk.files["again.iam"], script);
        assert_prints(&script, "a saved world");
        let id = session.selected().expect("selected");
        let [own, other] = [&session, &again].map(|one| one.world().account(id).expect("known"));
        assert_eq!((&*own.name, &*other.name), (&*text, &*text));
        assert_eq!(format!("{:?}", own.user("alice")), format!("{:?}", other.user("alice")));
        let [own, other] = [&session, &again].map(|one| one.world().resources());
        for (own, other) in own.zip(other) {
            assert_eq!((&own.arn, &own.tags), (&other.arn, &other.tags));
            assert_eq!(format!("{:?}", own.grants), format!("{:?}", other.grants));
        }
    }
}
