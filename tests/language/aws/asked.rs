//! What is asked for an operation that is not modelled: each resource that its options name.

use super::here::{TRUST, acme, all, as_bob, prints, said};

#[test]
fn the_resource_is_the_one_that_the_options_name() {
    let mut session = acme();
    all(
        &mut session,
        "resource arn:aws:secretsmanager:us-east-1:111122223333:secret:Db-a1b2c3\nuser carol path /dev/",
    );
    let lines = [
        (
            "aws s3api put-object --bucket acme-one --key a/b.txt --body b.txt",
            "s3:PutObject on arn:aws:s3:::acme-one/a/b.txt was asked",
        ),
        (
            "aws s3api get-bucket-location --bucket acme-one",
            "s3:GetBucketLocation on arn:aws:s3:::acme-one was asked",
        ),
        (
            "aws sqs send-message --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/q --message-body x",
            "sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:q was asked",
        ),
        (
            "aws secretsmanager get-secret-value --secret-id Db",
            "on arn:aws:secretsmanager:us-east-1:111122223333:secret:Db-a1b2c3 was asked",
        ),
        (
            "aws lambda invoke --function-name f out.json",
            "lambda:InvokeFunction on arn:aws:lambda:us-east-1:111122223333:function:f was asked",
        ),
        (
            "aws iam create-virtual-mfa-device --virtual-mfa-device-name alice",
            "on arn:aws:iam::111122223333:mfa/alice was asked",
        ),
        (
            "aws iam create-login-profile --user-name carol --password x",
            "on arn:aws:iam::111122223333:user/dev/carol was asked",
        ),
        (
            "aws iam create-access-key",
            "iam:CreateAccessKey on arn:aws:iam::111122223333:user/alice was asked",
        ),
        (
            "aws account close-account",
            "account:CloseAccount on arn:aws:account::111122223333:account was asked",
        ),
        ("aws ec2 describe-instances", "ec2:DescribeInstances on * was asked"),
    ];
    prints(&mut session, &lines);
}

#[test]
fn whoever_may_change_the_own_password_is_asked_about_the_own_user() {
    let mut session = acme();
    let change = "aws iam change-password --old-password a --new-password b";
    let allow = "aws iam update-account-password-policy --allow-users-to-change-password";
    let denied = said(&mut session, &format!("sign-in bob at acme\n{change}"));
    assert!(denied.starts_with("denied\n"), "{denied}");
    let allowed =
        said(&mut session, &format!("sign-in alice at acme\n{allow}\nsign-in bob at acme\n{change}"));
    assert!(allowed.starts_with("allowed\n"), "{allowed}");
}

#[test]
fn a_role_session_must_name_the_user() {
    let mut session = acme();
    all(
        &mut session,
        &format!(
            "aws iam create-role --role-name R --assume-role-policy-document {TRUST}\n\
             aws sts assume-role --role-arn arn:aws:iam::111122223333:role/R --role-session-name s1"
        ),
    );
    let lines = [
        ("aws iam change-password --old-password a --new-password b", "Must specify userName"),
        ("aws iam get-user", "Must specify userName"),
        (
            "aws iam create-access-key --user-name bob",
            "iam:CreateAccessKey on arn:aws:iam::111122223333:user/bob was asked",
        ),
    ];
    prints(&mut session, &lines);
}

/// D44: each resource of one call is authorized separately.
#[test]
fn one_denied_resource_denies_the_call() {
    let mut session = acme();
    let statement = |effect: &str, resource: &str| {
        format!(r#"{{"Effect": "{effect}", "Action": "ec2:RunInstances", "Resource": "{resource}"}}"#)
    };
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}, {}]}}"#,
        statement("Allow", "*"),
        statement("Deny", "arn:aws:ec2:*:*:subnet/subnet-2")
    );
    as_bob(&mut session, &policy);
    let run = "aws ec2 run-instances --image-id ami-1 --security-group-ids sg-1 sg-2 --subnet-id";
    let allowed = said(&mut session, &format!("{run} subnet-1"));
    assert!(allowed.starts_with("allowed\n"), "{allowed}");
    let ec2 = "ec2:RunInstances on arn:aws:ec2:us-east-1";
    for resource in
        [":111122223333:instance/*", ":111122223333:security-group/sg-1", ":111122223333:security-group/sg-2"]
    {
        assert!(allowed.contains(&format!("note: allowed: {ec2}{resource}\n")), "{resource}: {allowed}");
    }
    let denied = said(&mut session, &format!("{run} subnet-2"));
    assert!(denied.starts_with("denied\nexplicit deny"), "{denied}");
    assert!(denied.contains(&format!("note: denied: {ec2}:111122223333:subnet/subnet-2\n")), "{denied}");
}

#[test]
fn a_call_that_nobody_signs_is_not_asked_of_who_is_signed_in() {
    let mut session = acme();
    let call = "aws sts assume-role-with-web-identity --role-session-name s1 --web-identity-token t --role-arn arn:aws:iam::111122223333:role/Web";
    let provider = "`can federated/PROVIDER sts:AssumeRoleWithWebIdentity on ARN with KEY=VALUE`";
    prints(&mut session, &[(call, "is not signed"), (call, provider)]);
    let signed_out = said(&mut session, &format!("sign-out\n{call}"));
    assert!(signed_out.contains("is not signed"), "{signed_out}");
}

#[test]
fn the_role_of_an_instance_profile_is_passed_to_ec2() {
    let mut session = acme();
    all(
        &mut session,
        &format!("aws iam create-role --role-name Web --path /app/ --assume-role-policy-document {TRUST}"),
    );
    let statement = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}"#;
    as_bob(&mut session, statement);
    let run = "aws ec2 run-instances --image-id ami-1";
    assert!(said(&mut session, run).starts_with("allowed\n"));
    for profile in ["Name=Web", "Arn=arn:aws:iam::111122223333:instance-profile/app/Web"] {
        let denied = said(&mut session, &format!("{run} --iam-instance-profile {profile}"));
        let lacks = "iam:PassRole on resource: arn:aws:iam::111122223333:role/app/Web";
        assert!(denied.starts_with("denied\n") && denied.contains(lacks), "{denied}");
        assert!(denied.contains("taken to hold the role of its name"), "{denied}");
    }
}

#[test]
fn a_role_that_goes_into_an_instance_profile_is_passed_to_ec2() {
    let mut session = acme();
    all(
        &mut session,
        &format!("aws iam create-role --role-name Web --path /app/ --assume-role-policy-document {TRUST}"),
    );
    let add = "aws iam add-role-to-instance-profile --instance-profile-name Web --role-name Web";
    let statement = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:AddRoleToInstanceProfile", "Resource": "*"}PASS]}"#;
    as_bob(&mut session, &statement.replace("PASS", ""));
    let denied = said(&mut session, add);
    assert!(
        denied.contains(
            "not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/app/Web"
        ),
        "{denied}"
    );
    let pass = r#", {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}"#;
    as_bob(&mut session, &statement.replace("PASS", pass));
    assert!(said(&mut session, add).starts_with("allowed\n"));
}
