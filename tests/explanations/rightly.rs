//! A Deny that does its work is said to, and what lifts it comes apart, with its danger in plain words; and what serves where
//! no fix does what was asked.

use iamwhy::explain::{Edit, Explanation};
use iamwhy::report::{Format, Style, explanation};

use crate::remedy_laws::{bobs, edits, why};

fn told(why: &Explanation) -> String {
    explanation(why, &Style { format: Format::Plain, width: 400, ..Style::default() })
}

const RIGHTLY: &str = "fix      rightly denied: the statement is there for that; 1 does what it asks\n";
const INSTEAD: &str = "\n  instead, only if the rule itself is to change:\n  2   ";

/// An organization of which an SCP keeps everybody in two Regions.
const GUARDED: &str = r#"account 999999999999 "Acme"
user dana
attach AdministratorAccess to user dana
account 111122223333
attach AdministratorAccess to user bob
organization o-abcdefghij management 999999999999
move account 111122223333 to organization-root
scp Residency { "Version": "2012-10-17", "Statement": { "Sid": "Home", "Effect": "Deny", "NotAction": ["iam:*", "sts:*", "route53:*", "cloudfront:*"], "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } } } }
attach Residency to organization-root"#;
const MODEL: &str = "arn:aws:bedrock:us-west-2::foundation-model/m";

#[test]
fn a_guard_of_regions_does_its_work_and_what_lifts_it_says_that_data_may_leave() {
    let asked = format!("bob bedrock:InvokeModel on {MODEL} with aws:RequestedRegion=us-west-2");
    let told = told(&why(GUARDED, &asked));
    assert!(told.contains(RIGHTLY) && told.contains(INSTEAD), "{told}");
    let so = "so     lifts the Deny for user bob: all that policies allow is then allowed in every Region, and data may leave eu-west-1 and eu-west-2\n";
    assert!(told.contains(so), "{told}");
    assert!(told.contains("\nafter    allowed\n"), "asked of the model in that Region\n{told}");
}

#[test]
fn a_guard_of_mfa_or_of_a_network_does_its_work() {
    let mfa = bobs(
        r#"[{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }, { "Sid": "Mfa", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } } }]"#,
    );
    let first = told(&why(&mfa, "bob s3:GetObject on arn:aws:s3:::b/k"));
    assert!(first.contains(RIGHTLY), "{first}");
    let network = r#"attach AmazonS3FullAccess to user bob
resource arn:aws:s3:::health owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "Inside", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::health/*", "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-0b8f41c27d9e6a350" } } } }"#;
    let second = told(&why(network, "bob s3:GetObject on arn:aws:s3:::health/k with aws:SourceIp=192.0.2.1"));
    assert!(second.contains(RIGHTLY) && second.contains(INSTEAD), "{second}");
}

#[test]
fn a_deny_without_another_way_is_not_said_to_be_right() {
    let deny = bobs(
        r#"[{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }, { "Sid": "Never", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" }]"#,
    );
    let told = told(&why(&deny, "bob s3:GetObject on arn:aws:s3:::b/k"));
    assert!(!told.contains("rightly denied: the") && !told.contains("instead, only if"), "{told}");
}

const GITHUB: &str = r#"role Deploy trust { "Version": "2012-10-17", "Statement": { "Sid": "Main", "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:acme/web:ref:refs/heads/main" } } } }"#;

#[test]
fn beside_an_environment_the_branch_still_gets_in_unless_it_is_put_in_its_place() {
    let asked = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com sts:AssumeRoleWithWebIdentity on arn:aws:iam::111122223333:role/Deploy with token.actions.githubusercontent.com:sub=repo:acme/web:environment:production";
    let found = why(GITHUB, asked);
    let told = told(&found);
    assert!(
        told.contains("beware the old value stays, so a job on `main` without an environment still gets in. AWS then no longer checks the branch"),
        "{told}"
    );
    let second = edits(&found)[1];
    assert!(
        second.words.contains(
            "write \"repo:acme/web:environment:production\" instead of \"repo:acme/web:ref:refs/heads/main\""
        ),
        "{told}"
    );
    assert_eq!(second.loses.as_deref(), Some("a job on `main` without an environment"));
    assert!(told.contains("2 if what the old value lets in is to stay out"), "{told}");
}

const PUBLIC: &str = r#"user dana
attach AdministratorAccess to user dana
public-access-block on
resource arn:aws:s3:::shop policy { "Version": "2012-10-17", "Statement": { "Sid": "All", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop/*" } }
resource arn:aws:s3:::labels policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "Resource": "arn:aws:s3:::labels/*" } }
resource arn:aws:s3:::private policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:*", "Resource": "arn:aws:s3:::private/*" } }"#;

#[test]
fn where_no_fix_gives_everybody_the_link_what_serves_the_public_comes_before_the_guard_is_lifted() {
    let found = why(PUBLIC, "anonymous s3:GetObject on arn:aws:s3:::shop/logo.svg");
    let told = told(&found);
    assert!(
        told.contains("while it is on this link works for nobody outside; if everybody is to have it: 1"),
        "{told}"
    );
    let first = edits(&found)[0];
    assert_eq!(first.principal.as_deref(), Some("service:cloudfront.amazonaws.com"));
    assert!(
        first.words.starts_with("serve it by a distribution of CloudFront with origin access control"),
        "{told}"
    );
    assert!(first.words.contains("\"Principal\": {\"Service\": \"cloudfront.amazonaws.com\"}"), "{told}");
    assert!(
        told.contains(
            "by     user dana of account 111122223333 (s3:PutBucketPolicy, replaces the whole document)"
        ),
        "{told}"
    );
    assert!(!told.contains("not tried here"), "{told}");
}

#[test]
fn a_guard_of_a_whole_account_names_the_other_buckets_that_become_public() {
    let found = why(PUBLIC, "anonymous s3:GetObject on arn:aws:s3:::shop/logo.svg");
    let careful: Vec<&str> =
        edits(&found).iter().filter_map(|edit: &&Edit| edit.careful.as_deref()).collect();
    assert_eq!(
        careful,
        ["the guard is then off for every bucket of account 111122223333; these become public, too: labels"]
    );
}

#[test]
fn of_a_call_that_fails_for_another_what_is_fine_says_of_which_it_is() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let script = format!(
        r#"{}
resource {key} policy {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:role/Break" }}, "Action": "kms:*", "Resource": "*" }} }}
resource arn:aws:s3:::b key {key}"#,
        bobs(r#"{ "Effect": "Allow", "Action": ["s3:*", "kms:*"], "Resource": "*" }"#)
    );
    let told = told(&why(&script, "bob s3:GetObject on arn:aws:s3:::b/k"));
    assert!(told.starts_with("allowed\nbut the call fails: kms:Decrypt is denied\n"), "{told}");
    assert!(told.contains("\nfine     s3:GetObject itself: identity-based policy"), "{told}");
}
