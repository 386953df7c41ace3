//! Remedies, done: the commands that an explanation proposes are typed, and the question is asked again.

use assert_cmd::Command;
use serde_json::Value;

const WORLD: &str = r#"
account 444455556666 "Partner" alias partner
user pat
attach AdministratorAccess to user pat
account 999999999999 "Boss" alias boss
account 111122223333 "Acme" alias acme
root owner@acme.example mfa
user alice
attach AdministratorAccess to user alice
user bob
user carol
group devs members bob
role Deploy trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/alice" }, "Action": "sts:AssumeRole" } }
attach AdministratorAccess to role Deploy
organization o-exampleorg management 999999999999
ou Workloads
ou Prod under Workloads
move account 111122223333 to ou Prod
resource arn:aws:s3:::reports owner 111122223333
resource arn:aws:ec2:us-east-1:111122223333:instance/i-1 tags team=blue
policy Limit { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:*", "ec2:*"], "Resource": "*" } }
set time 2026-01-01T00:00:00Z
"#;

/// What is set up, the question, and the words of the remedies.
struct Case {
    setup: &'static str,
    question: &'static str,
    remedies: &'static [&'static [&'static str]],
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    // One more statement, and where it goes.
    Case { setup: "", question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["give bob a policy that says: {"]] },
    Case { setup: "boundary Limit on user alice", question: "alice sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:jobs",
        remedies: &[&["add to Limit (permissions-boundary): {"]] },
    Case { setup: r#"scp OnlyS3 { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }
attach OnlyS3 to account 111122223333
detach FullAWSAccess from account 111122223333"#, question: "alice ec2:DescribeInstances",
        remedies: &[&["add to OnlyS3 (scp): {"]] },
    Case { setup: r#"endpoint vpce-1 vpc vpc-1 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" } }"#,
        question: "alice s3:PutObject on arn:aws:s3:::reports/q1.csv with aws:SourceVpce=vpce-1",
        remedies: &[&["add to vpce-1 (vpc-endpoint): {"]] },
    Case { setup: r#"resource arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/Deploy" }, "Action": "kms:*", "Resource": "*" } }"#,
        question: "alice kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        remedies: &[&[r#"add to key/1234abcd-12ab-34cd-56ef-1234567890ab (key): {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"}"#],
            &["assume role Deploy, whom the policy names"],
            &[r#"add to key/1234abcd-12ab-34cd-56ef-1234567890ab (key): {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*""#]] },
    // What people do every day: a group, a role, the path that was meant; and no pattern for one request alone.
    Case { setup: r#"group readers
inline Read on group readers { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } }
group admins
attach AdministratorAccess to group admins"#, question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["put user bob into group readers, whose policies allow it"], &["give bob a policy that says: {"]] },
    Case { setup: r#"role Reader trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }
inline Read on role Reader { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } }"#,
        question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["assume role Reader, which may do it"], &["give bob a policy that says: {"]] },
    Case { setup: r#"role Worker path /app/ trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }
inline Pass on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/app/*" } }"#,
        question: "bob iam:PassRole on arn:aws:iam::111122223333:role/Worker",
        remedies: &[&["ask for role/app/Worker: there is no role/Worker in account 111122223333"],
            &[r#"add to Pass (identity-based): {"Effect": "Allow", "Action": "iam:PassRole""#]] },
    Case { setup: "", question: "bob secretsmanager:GetSecretValue on arn:aws:secretsmanager:us-east-1:111122223333:secret:claims/db-a1B2c3",
        remedies: &[&[r#"give bob a policy that says: {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:us-east-1:111122223333:secret:claims/db-??????"}"#]] },
    // Denies: an exception before anything that is for everyone.
    Case { setup: r#"scp Trail { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"], "Resource": "*" } }
attach Trail to organization-root"#, question: "alice cloudtrail:StopLogging on arn:aws:cloudtrail:us-east-1:111122223333:trail/main",
        remedies: &[&[r#"in Trail, statement 1 (scp), add the condition {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/alice"}}"#]] },
    Case { setup: r#"scp Regions { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } } } }
attach Regions to ou Workloads"#, question: "alice ec2:DescribeInstances",
        remedies: &[&["call in an allowed Region: `--region eu-west-1` or `--region eu-central-1`"], &["in Regions, statement 1 (scp), add the condition {"]] },
    Case { setup: r#"rcp OrgOnly { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-exampleorg" } } } }
attach OrgOnly to organization-root
resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" } }"#,
        question: "partner/pat s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["in OrgOnly, statement 1 (rcp), add the condition {"],
            &[r#"in OrgOnly, statement 1 (rcp), write "NotResource": "arn:aws:s3:::reports/*" instead of "Resource": "*""#]] },
    Case { setup: r#"policy Mfa { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "NotAction": "iam:ListMFADevices", "Resource": "*", "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } } } }
attach Mfa to user alice"#, question: "alice s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["sign in with MFA"]] },
    Case { setup: r#"scp Break { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": { "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass" } } } }
attach Break to ou Prod"#, question: "Deploy:ci-1 ec2:DescribeInstances",
        remedies: &[&[r#"in Break, statement 1 (scp), add "arn:aws:iam::111122223333:role/Deploy" to the exceptions of aws:PrincipalArn"#]] },
    Case { setup: r#"rcp Ours { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-exampleorg", "aws:PrincipalAccount": "777788889999" } } } }
attach Ours to ou Prod
resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" } }"#,
        question: "partner/pat s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&[r#"in Ours, statement 1 (rcp), add "444455556666" to the exceptions of aws:PrincipalAccount"#],
            &["in Ours, statement 1 (rcp), add the condition {"]] },
    // NotPrincipal: listed with every part of it, or written as a condition where a boundary is set (D26, D28).
    Case { setup: r#"attach AmazonS3FullAccess to user bob
resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:user/alice" }, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" } }"#,
        question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[
            &[r#"in reports, statement 1 (resource-based), add "arn:aws:iam::111122223333:root" and "arn:aws:iam::111122223333:user/bob" to "NotPrincipal""#],
            &[r#"in reports, statement 1 (resource-based), write "Principal": "*" instead of "NotPrincipal", and add the condition {"ArnNotEquals": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/bob"]}}"#],
        ] },
    Case { setup: r#"boundary Limit on user alice
resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "NotPrincipal": { "AWS": ["arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:root"] }, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" } }"#,
        question: "alice s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&[r#"in reports, statement 1 (resource-based), write "Principal": "*" instead of "NotPrincipal", and add the condition {"ArnNotEquals": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:root"]}}"#]] },
    Case { setup: r#"resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/Deploy" }, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" } }"#,
        question: "Deploy:ci-1 s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[
            &[r#"in reports, statement 1 (resource-based), write "Principal": "*" instead of "NotPrincipal", and"#],
            &[r#"in reports, statement 1 (resource-based), add "arn:aws:iam::111122223333:root" and "arn:aws:sts::111122223333:assumed-role/Deploy/ci-1" to "NotPrincipal""#],
        ] },
    // Conditions are met, or widened, and not gone around.
    Case { setup: r#"inline Ip on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } } } }"#,
        question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv with aws:SourceIp=198.51.100.7",
        remedies: &[&["call from network `10.0.0.0/8` or `203.0.113.0/24` (aws:SourceIp)"],
            &[r#"in Ip, statement 1 (identity-based), also let aws:SourceIp be "198.51.100.7/32""#]] },
    Case { setup: r#"inline Until on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "DateLessThan": { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } } }"#,
        question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&[r#"in Until, statement 1 (identity-based), write "<the new end>" instead of "2020-01-01T00:00:00Z""#]] },
    Case { setup: r#"inline From on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "DateGreaterThan": { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } } }"#,
        question: "bob s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["ask again at 2030-01-02T00:00:00Z (aws:CurrentTime is after `2030-01-01T00:00:00Z`)"],
            &[r#"in From, statement 1 (identity-based), write "<the new start>" instead of"#]] },
    Case { setup: r#"inline Team on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } } }"#,
        question: "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        remedies: &[&["give user bob the tag team=blue"]] },
    Case { setup: r#"inline Team on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "red" } } } }"#,
        question: "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        remedies: &[&["give instance/i-1 the tag team=red"],
            &[r#"in Team, statement 1 (identity-based), also let aws:ResourceTag/team be "blue""#]] },
    Case { setup: r#"inline Own on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/${aws:PrincipalTag/team}/*" } }"#,
        question: "bob s3:GetObject on arn:aws:s3:::reports/red/q1.csv",
        remedies: &[&["give user bob the tag team=red"]] },
    Case { setup: r#"inline Team on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": { "StringEquals": { "aws:PrincipalTag/cost center": "blue team" } } } }"#,
        question: "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        remedies: &[&[r#"give user bob the tag "cost center"="blue team""#]] },
    Case { setup: r#"inline Tags on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": { "ForAllValues:StringEquals": { "aws:TagKeys": ["env"] } } } }"#,
        question: "bob ec2:CreateTags on arn:aws:ec2:us-east-1:111122223333:instance/i-1 with aws:TagKeys=[env, cost, owner]",
        remedies: &[&["make the request with aws:TagKeys=[env]"],
            &[r#"in Tags, statement 1 (identity-based), also let aws:TagKeys be "cost" or "owner""#]] },
    Case { setup: r#"inline Both on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }, "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } } }"#,
        question: "bob ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        remedies: &[&["call from the network `203.0.113.0/24` (aws:SourceIp) and give user bob the tag team=blue"]] },
    // S3 Block Public Access (D37).
    Case { setup: r#"resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } }
public-access-block on
public-access-block on for arn:aws:s3:::reports"#, question: "anonymous s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["serve it by a distribution of CloudFront"], &["have user alice of account 111122223333 sign the request"], &["turn RestrictPublicBuckets off for account 111122223333", "turn RestrictPublicBuckets off for bucket reports"]] },
    Case { setup: r#"resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } }
public-access-block on for arn:aws:s3:::reports"#, question: "partner/pat s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&[r#"in reports, statement 1 (resource-based), write "Principal": {"AWS": "arn:aws:iam::444455556666:user/pat"} instead of everyone, so that the bucket is public no longer"#],
            &["turn RestrictPublicBuckets off for bucket reports"]] },
    Case { setup: r#"resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }, { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } ] }
public-access-block on for arn:aws:s3:::reports"#, question: "partner/pat s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["remove reports, statement 1 (resource-based), which is for everyone"],
            &["turn RestrictPublicBuckets off for bucket reports"]] },
    Case { setup: r#"move account 111122223333 to ou Prod
resource arn:aws:s3:::reports policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } }
public-access-block on for organization"#, question: "anonymous s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["serve it by a distribution of CloudFront"], &["have user alice of account 111122223333 sign the request"], &["turn RestrictPublicBuckets off in the S3_POLICY of the organization"]] },
    Case { setup: "public-access-block on", question: "alice s3:PutBucketPolicy on arn:aws:s3:::reports with iamwhy:PolicyIsPublic=true",
        remedies: &[&["put a policy that is not public"], &["turn BlockPublicPolicy off for account 111122223333"]] },
    // Gates that the world, or the request, has something for.
    Case { setup: "", question: "alice payments:ListPaymentPreferences",
        remedies: &[&["turn on IAM access to Billing in account 111122223333"]] },
    Case { setup: "", question: "bob payments:ListPaymentPreferences",
        remedies: &[&["turn on IAM access to Billing in account 111122223333", "give bob a policy that says: {"]] },
    Case { setup: "region ap-east-1 off", question: "alice ec2:RunInstances on arn:aws:ec2:ap-east-1:111122223333:instance/*",
        remedies: &[&["enable Region ap-east-1 in account 111122223333"]] },
    Case { setup: "account-state suspended", question: "alice s3:GetObject on arn:aws:s3:::reports/q1.csv",
        remedies: &[&["have account 111122223333 reinstated"]] },
    Case { setup: "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap of arn:aws:s3:::reports vpc vpc-1",
        question: "alice s3:GetObject on arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/x",
        remedies: &[&["make the request from inside vpc-1 (aws:SourceVpc=vpc-1)"]] },
    Case { setup: "root-access sessions on", question: "alice sts:AssumeRoot on arn:aws:iam::444455556666:root", remedies: &[] },
    Case { setup: "move account 444455556666 to ou Prod\nroot-access sessions on", question: "alice sts:AssumeRoot on arn:aws:iam::444455556666:root",
        remedies: &[&["make account 111122223333 the delegated administrator of iam.amazonaws.com"]] },
];

/// The last answer to a script, as JSON.
#[track_caller]
pub(super) fn answer(script: &str) -> Value {
    let output = Command::cargo_bin("iamwhy")
        .expect("built")
        .args(["--format", "json", "run", "-"])
        .write_stdin(script.to_owned())
        .output()
        .expect("runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let last = printed.lines().last().unwrap_or_else(|| panic!("nothing: {script}"));
    let answer: Value = serde_json::from_str(last).expect("JSON");
    assert!(answer["decision"].is_string(), "{script}\n{last}");
    answer
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// The question with what an edit gives in place of what it gave.
fn with(question: &str, context: &[String]) -> String {
    let (asked, given) = question.split_once(" with ").unwrap_or((question, ""));
    let key = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let kept =
        Some(given).filter(|given| !given.is_empty() && !context.iter().any(|pair| key(pair) == key(given)));
    let pairs: Vec<&str> = kept.into_iter().chain(context.iter().map(String::as_str)).collect();
    if pairs.is_empty() { asked.to_owned() } else { format!("{asked} with {}", pairs.join(" ")) }
}

/// The question of another principal, or about another resource.
fn elsewhere(question: &str, edit: &Value) -> String {
    let mut words: Vec<&str> = question.split(' ').collect();
    words[0] = edit["principal"].as_str().unwrap_or(words[0]);
    if let (Some(at), Some(resource)) =
        (words.iter().position(|word| *word == "on"), edit["resource"].as_str())
    {
        words[at + 1] = resource;
    }
    words.join(" ")
}

/// Does the edits of a remedy, and asks again.
#[track_caller]
fn holds(case: &Case, remedy: &Value) {
    let mut script = format!("{WORLD}\n{}\n", case.setup);
    let mut context = Vec::new();
    let mut question = case.question.to_owned();
    for edit in remedy.as_array().expect("edits") {
        let commands = texts(&edit["commands"]);
        context.extend(edit["context"].as_str().map(str::to_owned));
        let is = |name: &str| edit[name].is_string();
        assert!(
            !commands.is_empty() || is("context") || is("principal") || is("resource"),
            "nothing to do: {edit}"
        );
        question = elsewhere(&question, edit);
        script.extend(commands.iter().map(|command| format!("{command}\n")));
    }
    let after = answer(&format!("{script}why {}\n", with(&question, &context)));
    assert_eq!(after["decision"], "allowed", "{remedy:#}");
}

#[test]
fn what_is_proposed_allows_it_when_it_is_done() {
    let mut wrong: Vec<String> = Vec::new();
    for case in CASES {
        let before = answer(&format!("{WORLD}\n{}\nwhy {}\n", case.setup, case.question));
        assert_ne!(before["decision"], "allowed", "{}", case.question);
        let remedies = before["explanation"]["remedies"].as_array().cloned().unwrap_or_default();
        remedies.iter().for_each(|remedy| holds(case, remedy));
        let words = |remedy: &Value| -> Vec<String> {
            let edits = remedy.as_array().expect("edits").iter();
            edits.filter_map(|edit| edit["do"].as_str().map(str::to_owned)).collect()
        };
        let found: Vec<Vec<String>> = remedies.iter().map(words).collect();
        let fits = found.len() == case.remedies.len()
            && found.iter().zip(case.remedies).all(|(found, expected)| {
                found.len() == expected.len()
                    && found.iter().zip(*expected).all(|(found, start)| found.starts_with(start))
            });
        if !fits {
            wrong.push(format!("{}\n{}\n{found:#?}", case.setup, case.question));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
