//! The AWS command line: what is allowed is applied, what is denied is said in AWS's words.

use iamwhy::names::AccountId;
use iamwhy::report::{Format, Style};
use iamwhy::session::Status;
use iamwhy::source::{Source, Span};
use iamwhy::syntax::shell::shell_words;
use proptest::prelude::*;

mod answers;
mod asked;
mod carried;
mod here;
mod simulated;

use here::{ADMIN, READ, TRUST, acme, all, allow, as_bob, said};

#[test]
fn what_is_allowed_is_applied_and_can_be_taken_back() {
    let mut session = acme();
    let shown =
        said(&mut session, "aws iam create-user --user-name carol --path /dev/ --tags Key=team,Value=core");
    assert!(shown.contains("\"Arn\": \"arn:aws:iam::111122223333:user/dev/carol\""), "{shown}");
    assert_eq!(
        said(&mut session, &format!("aws iam attach-user-policy --user-name carol --policy-arn {READ}")),
        "attached AmazonS3ReadOnlyAccess to user carol\n"
    );
    assert!(said(&mut session, "can carol s3:GetObject on arn:aws:s3:::b/k").starts_with("allowed"));
    all(&mut session, "undo\nundo");
    assert!(said(&mut session, "can carol s3:GetObject").contains("carol"));
    assert!(said(&mut session, "aws iam get-user --user-name carol").contains("(NoSuchEntity)"));
}

#[test]
fn a_denial_prints_the_error_of_aws_and_why_explains_it() {
    let mut session = acme();
    let line =
        format!("sign-in bob at acme\naws iam attach-user-policy --user-name bob --policy-arn {ADMIN}");
    let outcome = all(&mut session, &line).pop().unwrap();
    assert!(matches!(outcome.status, Status::Answered(_)));
    let printed = outcome.render(&Style { format: Format::Plain, ..Style::default() });
    let first = "An error occurred (AccessDenied) when calling the AttachUserPolicy operation: User: \
                 arn:aws:iam::111122223333:user/bob is not authorized to perform: iam:AttachUserPolicy on resource: \
                 arn:aws:iam::111122223333:user/bob because no identity-based policy allows the iam:AttachUserPolicy \
                 action\n";
    assert_eq!(printed, format!("{first}note: `why` explains it\n"));
    assert!(
        said(&mut session, "why")
            .contains("IAM user bob of account 111122223333 asks for iam:AttachUserPolicy")
    );
    let account = session.world().account(AccountId::parse("111122223333").unwrap()).unwrap();
    assert!(account.user("bob").unwrap().permissions.attached.is_empty());
    assert!(!said(&mut session, "changes").contains("attach-user-policy"), "nothing was changed");
}

#[test]
fn the_code_of_a_denial_is_that_of_the_service() {
    let mut session = acme();
    all(&mut session, "sign-in bob at acme");
    let mut code = |line: &str| said(&mut session, line).split(['(', ')']).nth(1).unwrap().to_owned();
    assert_eq!(code("aws s3api create-bucket --bucket acme-b"), "AccessDenied");
    assert_eq!(code("aws sns create-topic --name t"), "AuthorizationError");
    assert_eq!(code("aws account put-account-name --account-name x"), "AccessDeniedException");
}

#[test]
fn a_call_carries_the_keys_that_follow_from_its_options() {
    let cases = [
        (
            "\"iam:AttachUserPolicy\"",
            format!(r#", "Condition": {{"ArnEquals": {{"iam:PolicyARN": "{READ}"}}}}"#),
            format!("aws iam attach-user-policy --user-name bob --policy-arn {READ}"),
            format!("aws iam attach-user-policy --user-name bob --policy-arn {ADMIN}"),
        ),
        (
            "[\"iam:CreateUser\", \"iam:TagUser\"]",
            r#", "Condition": {"StringEquals": {"aws:RequestTag/team": "core"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}"#.to_owned(),
            "aws iam create-user --user-name x --tags Key=team,Value=core".to_owned(),
            "aws iam create-user --user-name y --tags '[{\"Key\": \"team\", \"Value\": \"core\"}, {\"Key\": \"z\", \"Value\": \"\"}]'".to_owned(),
        ),
        (
            "\"iam:CreateRole\"",
            format!(r#", "Condition": {{"ArnEquals": {{"iam:PermissionsBoundary": "{READ}"}}}}"#),
            format!("aws iam create-role --role-name x --assume-role-policy-document {TRUST} --permissions-boundary {READ}"),
            format!("aws iam create-role --role-name y --assume-role-policy-document {TRUST}"),
        ),
        (
            "\"kms:CreateKey\"",
            r#", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#.to_owned(),
            "aws kms create-key --bypass-policy-lockout-safety-check --region eu-west-1".to_owned(),
            "aws kms create-key".to_owned(),
        ),
        (
            // I14: IAM is called where its endpoint is.
            "\"iam:ListUsers\"",
            r#", "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}"#.to_owned(),
            "aws iam list-users --region eu-west-1".to_owned(),
            "aws iam list-roles".to_owned(),
        ),
    ];
    for (action, condition, allowed, denied) in cases {
        let mut session = acme();
        as_bob(&mut session, &allow(action, &condition));
        let printed = said(&mut session, &allowed);
        assert!(!printed.contains("An error occurred"), "{allowed}: {printed}");
        let printed = said(&mut session, &denied);
        assert!(printed.contains("(AccessDenied"), "{denied}: {printed}");
    }
}

#[test]
fn the_boundary_that_a_user_has_is_a_key_of_what_is_done_to_it() {
    let mut session = acme();
    all(&mut session, "user carol\nboundary AmazonS3ReadOnlyAccess on user carol\nuser dave");
    let condition = format!(r#", "Condition": {{"ArnEquals": {{"iam:PermissionsBoundary": "{READ}"}}}}"#);
    as_bob(&mut session, &allow("\"iam:AttachUserPolicy\"", &condition));
    let attach = |user: &str| format!("aws iam attach-user-policy --user-name {user} --policy-arn {READ}");
    assert!(said(&mut session, &attach("carol")).starts_with("attached"));
    assert!(said(&mut session, &attach("dave")).contains("(AccessDenied)"));
}

#[test]
fn session_tags_and_source_identity_are_permissions_of_their_own() {
    let mut session = acme();
    all(
        &mut session,
        &format!("aws iam create-role --role-name Deploy --assume-role-policy-document {TRUST}"),
    );
    let role =
        "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Deploy --role-session-name ci-1";
    let denied = said(&mut session, &format!("{role} --tags Key=a,Value=b"));
    assert!(denied.contains("not authorized to perform: sts:TagSession"), "{denied}");
    let denied = said(&mut session, &format!("{role} --source-identity alice"));
    assert!(denied.contains("not authorized to perform: sts:SetSourceIdentity"), "{denied}");
    let shown = said(&mut session, role);
    assert!(shown.contains("arn:aws:sts::111122223333:assumed-role/Deploy/ci-1"), "{shown}");
    assert!(said(&mut session, "aws sts get-caller-identity").contains("assumed-role/Deploy/ci-1"));
}

#[test]
fn transitive_session_tags_and_the_source_identity_go_on_into_the_next_session() {
    let mut session = acme();
    let trust = r#"'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:*"}}'"#;
    for name in ["One", "Two"] {
        all(
            &mut session,
            &format!(
                "aws iam create-role --role-name {name} --assume-role-policy-document {trust}\n\
                 attach AdministratorAccess to role {name}"
            ),
        );
    }
    let assume = |name: &str, more: &str| {
        format!(
            "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/{name} --role-session-name s1 {more}"
        )
    };
    all(
        &mut session,
        &assume("One", "--tags Key=a,Value=1 Key=b,Value=2 --transitive-tag-keys a --source-identity alice"),
    );
    all(&mut session, &assume("Two", ""));
    let details = session.signed_in().unwrap().session.clone().unwrap();
    let tags: Vec<_> = details.tags.iter().map(|(key, value)| (&**key, &**value)).collect();
    assert_eq!(tags, [("a", "1")]);
    assert_eq!(details.source_identity.as_deref(), Some("alice"));
}

#[test]
fn a_role_with_an_external_id_or_mfa_asks_for_them() {
    let mut session = acme();
    let trust =
        |condition: &str| TRUST.replace("\"Action\"", &format!("\"Condition\": {condition}, \"Action\""));
    let create = |name: &str, condition: &str| {
        format!("aws iam create-role --role-name {name} --assume-role-policy-document {}", trust(condition))
    };
    all(&mut session, &create("Partner", r#"{"StringEquals": {"sts:ExternalId": "x1"}}"#));
    all(&mut session, &create("Mfa", r#"{"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#));
    let assume = |name: &str, more: &str| {
        format!(
            "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/{name} --role-session-name s1 {more}"
        )
    };
    assert!(said(&mut session, &assume("Partner", "")).contains("(AccessDenied)"));
    assert!(said(&mut session, &assume("Mfa", "")).contains("(AccessDenied)"));
    assert!(
        said(&mut session, &assume("Mfa", "--serial-number arn:aws:iam::111122223333:mfa/a"))
            .contains("together")
    );
    let token = "--serial-number arn:aws:iam::111122223333:mfa/a --token-code 123456";
    assert!(said(&mut session, &assume("Mfa", token)).contains("assumed-role/Mfa/s1"));
    all(&mut session, "sign-in alice at acme");
    assert!(said(&mut session, &assume("Partner", "--external-id x1")).contains("assumed-role/Partner/s1"));
    assert!(said(&mut session, &assume("Nope", "")).starts_with("depends\n"));
}

#[test]
fn other_failures_have_the_codes_of_aws() {
    let mut session = acme();
    let cases = [
        ("aws iam get-user --user-name nobody", "NoSuchEntity"),
        ("aws iam create-user --user-name bob", "EntityAlreadyExists"),
        ("aws iam delete-user --user-name alice", "DeleteConflict"),
        (
            "aws iam put-user-policy --user-name bob --policy-name p --policy-document '{}'",
            "MalformedPolicyDocument",
        ),
        ("aws iam create-user --user-name 'a b'", "ValidationError"),
        ("aws s3api get-bucket-policy --bucket none", "NoSuchBucket"),
        ("aws organizations list-roots", "AWSOrganizationsNotInUseException"),
        (
            "aws iam create-policy-version --policy-arn arn:aws:iam::aws:policy/AdministratorAccess --policy-document file://policy.json",
            "AccessDenied",
        ),
    ];
    for (line, code) in cases {
        let printed = said(&mut session, line);
        assert!(printed.contains(&format!("An error occurred ({code})")), "{line}: {printed}");
    }
}

#[test]
fn a_document_with_errors_is_shown_with_line_and_column_where_it_stands() {
    let mut session = acme();
    let put = "aws iam put-user-policy --user-name bob --policy-name p --policy-document";
    let printed = said(&mut session, &format!("{put} file://broken.json"));
    assert!(printed.contains("broken.json:3:3: `\"Statment\"`"), "{printed}");
    let printed =
        said(&mut session, &format!("{put} \\\n  '{{\"Version\": \"2012-10-17\", \"Statment\": []}}'"));
    assert!(printed.contains("<test>:2:30: `\"Statment\"`"), "{printed}");
    assert!(said(&mut session, &format!("{put} file://policy.json")).starts_with("added inline policy p"));
    assert!(said(&mut session, &format!("{put} file://none.json")).contains("there is no file `none.json`"));
}

#[test]
fn wrong_words_are_told_with_what_was_meant() {
    let mut session = acme();
    let cases = [
        ("aws iam create-usr --user-name x", "did you mean `create-user`?"),
        ("aws iamm create-user", "did you mean `iam`?"),
        ("aws iam create-user --usr-name x", "did you mean `--user-name`?"),
        ("aws iam create-user", "the following arguments are required: --user-name"),
        ("aws iam create-user --user-name", "expected NAME after it"),
        ("aws iam create-user --user-name a b", "expected one value"),
        ("aws iam list-users --only", "unknown option --only"),
        ("aws iam create-user --user-name a --user-name b", "given twice"),
        ("aws iam", "expected an operation of `iam`"),
        ("aws --user-name x", "come first"),
        ("aws iam attach-user-policy --user-name bob --policy-arn AdministratorAccess", ADMIN),
        ("aws iam create-user --user-name $NAME", "`$NAME` is a variable of a shell"),
        ("aws iam create-user --user-name \"$(whoami)\"", "`$(whoami)` is a command substitution"),
        ("aws iam list-users | jq .", "`|` is an operator of a shell"),
        ("aws iam list-users --profile dev", "`--profile` is not modelled"),
    ];
    for (line, expected) in cases {
        let outcome = all(&mut session, line).pop().unwrap();
        assert_eq!(outcome.status, Status::Refused, "{line}");
        let printed = outcome.render(&Style { format: Format::Plain, ..Style::default() });
        assert!(printed.contains(expected), "{line}: {printed}");
    }
}

#[test]
fn nobody_signs_a_call_where_nobody_is_signed_in() {
    let mut session = acme();
    let printed = said(&mut session, "sign-out\naws sts get-caller-identity");
    assert!(
        printed.contains("aws: nobody is signed in") && printed.contains("sign-in alice at acme"),
        "{printed}"
    );
}

#[test]
fn what_is_not_modelled_is_asked_and_changes_nothing() {
    let mut session = acme();
    let printed = said(&mut session, "aws dynamodb delete-table --table-name Orders --region eu-west-1");
    assert!(printed.starts_with("allowed\n"), "{printed}");
    let on = "dynamodb:DeleteTable on arn:aws:dynamodb:eu-west-1:111122223333:table/Orders";
    assert!(printed.contains(on) && printed.contains("is not modelled"), "{printed}");
    let printed = said(&mut session, "user eve path /dev/\naws iam create-access-key --user-name eve");
    assert!(
        printed.contains("iam:CreateAccessKey on arn:aws:iam::111122223333:user/dev/eve was asked"),
        "{printed}"
    );
    let printed = said(&mut session, "aws account close-account");
    assert!(printed.starts_with("denied\nroot-only task"), "{printed}");
    let printed = said(&mut session, "aws s3 mv s3://a/k s3://b/");
    for asked in [
        "s3:GetObject on arn:aws:s3:::a/k", "s3:PutObject on arn:aws:s3:::b/*",
        "s3:DeleteObject on arn:aws:s3:::a/k",
    ] {
        assert!(printed.contains(&format!("note: allowed: {asked}\n")), "{printed}");
    }
}

#[test]
fn a_call_that_hands_a_role_to_a_service_must_be_allowed_to_pass_it() {
    let mut session = acme();
    let create =
        "aws lambda create-function --function-name f --role arn:aws:iam::111122223333:role/Run --runtime x";
    let pass = |service: &str| {
        let condition = format!(r#""Condition": {{"StringEquals": {{"iam:PassedToService": "{service}"}}}}"#);
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "lambda:*", "Resource": "*"}}, {{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", {condition}}}]}}"#
        )
    };
    as_bob(&mut session, &pass("ec2.amazonaws.com"));
    let printed = said(&mut session, create);
    assert!(
        printed.contains(
            "not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/Run"
        ),
        "{printed}"
    );
    as_bob(&mut session, &pass("lambda.amazonaws.com"));
    let printed = said(&mut session, create);
    assert!(!printed.contains("denied"), "{printed}");
}

#[test]
fn nothing_that_is_given_is_ignored_in_silence() {
    let mut session = acme();
    let printed = said(&mut session, "aws iam list-users --query Users --output table --no-cli-pager");
    assert!(
        printed.contains("`--query` is not modelled") && printed.contains("`--output` is not modelled"),
        "{printed}"
    );
    let printed = said(
        &mut session,
        &format!("aws iam create-role --role-name R --assume-role-policy-document {TRUST} --description x"),
    );
    assert!(printed.contains("`--description` is not kept"), "{printed}");
}

#[test]
fn a_line_of_a_tutorial_is_taken_as_it_is_pasted() {
    let mut session = acme();
    let pasted = "$ aws iam create-user \\\n    --user-name carol\n$ aws iam create-group --group-name g\n\
                  $ aws iam add-user-to-group --group-name g \\\n  --user-name carol";
    let outcomes = all(&mut session, pasted);
    assert_eq!(outcomes.len(), 3);
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Done));
    assert!(said(&mut session, "aws iam get-group --group-name g").contains("\"UserName\": \"carol\""));
}

#[test]
fn versions_of_a_policy_count_only_as_the_default() {
    let mut session = acme();
    all(&mut session, "aws iam create-policy --policy-name P --policy-document file://policy.json");
    let arn = "arn:aws:iam::111122223333:policy/P";
    all(&mut session, &format!("aws iam attach-user-policy --user-name bob --policy-arn {arn}"));
    let none = r#"'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}'"#;
    let version = |more: &str| {
        format!("aws iam create-policy-version --policy-arn {arn} --policy-document {none} {more}")
    };
    all(&mut session, &version(""));
    assert!(said(&mut session, "can bob s3:GetObject on arn:aws:s3:::b/k").starts_with("allowed"));
    all(&mut session, &format!("aws iam set-default-policy-version --policy-arn {arn} --version-id v2"));
    assert!(said(&mut session, "can bob s3:GetObject on arn:aws:s3:::b/k").starts_with("denied"));
    assert!(
        said(&mut session, &format!("aws iam get-policy-version --policy-arn {arn} --version-id v1"))
            .contains("s3:*")
    );
    let default = format!("aws iam delete-policy-version --policy-arn {arn} --version-id v2");
    assert!(said(&mut session, &default).contains("(DeleteConflict)"));
    (0..3).for_each(|_| drop(all(&mut session, &version("--set-as-default"))));
    assert!(said(&mut session, &version("")).contains("(LimitExceeded)"));
}

#[test]
fn an_organization_is_made_and_its_policies_bind() {
    let mut session = acme();
    assert!(
        said(&mut session, "aws organizations create-organization").contains("\"Id\": \"o-111122223333\"")
    );
    all(
        &mut session,
        "move account 444455556666 to organization-root\naccount 444455556666\nuser dave\nattach AdministratorAccess to user dave",
    );
    let scp =
        r#"'{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}}'"#;
    let shown = said(
        &mut session,
        &format!(
            "aws organizations create-policy --name NoEc2 --type SERVICE_CONTROL_POLICY --description x --content {scp}"
        ),
    );
    let id = shown.split("\"Id\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let attach = format!("aws organizations attach-policy --policy-id {id} --target-id 444455556666");
    assert_eq!(said(&mut session, &attach), "attached NoEc2 to account 444455556666\n");
    assert!(said(&mut session, "can dave ec2:RunInstances").contains("NoEc2"));
    let roots = said(&mut session, "aws organizations list-roots");
    let root = roots.split("\"Id\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let unit = said(
        &mut session,
        &format!("aws organizations create-organizational-unit --parent-id {root} --name Prod"),
    );
    let unit = unit.split("\"Id\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let moved = said(
        &mut session,
        &format!(
            "aws organizations move-account --account-id 444455556666 --source-parent-id {root} --destination-parent-id {unit}"
        ),
    );
    assert!(moved.contains("to ou Prod"), "{moved}");
    assert!(
        said(&mut session, "aws organizations attach-policy --policy-id p-none --target-id r-none")
            .contains("(PolicyNotFoundException)")
    );
}

#[test]
fn each_caller_sees_and_changes_the_organization_of_its_account() {
    let mut session = acme();
    said(&mut session, "aws organizations create-organization");
    let enter = |account: &str| {
        format!("sign-out\naccount {account}\nroot of{account}@x.example\nsign-in root of{account}@x.example")
    };
    all(&mut session, &enter("444455556666"));
    assert!(
        said(&mut session, "aws organizations create-organization").contains("\"Id\": \"o-444455556666\"")
    );
    assert!(
        said(&mut session, "aws organizations create-organization")
            .contains("(AlreadyInOrganizationException)")
    );
    let accounts = said(&mut session, "aws organizations list-accounts");
    assert!(accounts.contains("444455556666") && !accounts.contains("111122223333"), "{accounts}");
    let delegate = "aws organizations register-delegated-administrator --service-principal iam.amazonaws.com --account-id";
    assert!(said(&mut session, &format!("{delegate} 111122223333")).contains("(AccountNotFoundException)"));
    all(&mut session, &enter("555566667777"));
    assert!(
        said(&mut session, "aws organizations list-roots").contains("(AWSOrganizationsNotInUseException)")
    );
    all(&mut session, "sign-in alice at acme");
    let own = said(&mut session, "aws organizations describe-organization");
    assert!(own.contains("\"Id\": \"o-111122223333\""), "{own}");
}

#[test]
fn policies_of_resources_are_put_shown_and_taken_away() {
    let mut session = acme();
    let policy = |action: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": "*", "Action": "{action}", "Resource": "*"}}}}"#
        )
    };
    let outside = "arn:aws:iam::999999999999:user/x";
    let key = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}}"#;
    all(&mut session, &format!("resource arn:aws:kms:us-east-1:111122223333:key/k1 policy {key}"));
    let world = "resource arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf\n\
                 resource arn:aws:lambda:us-east-1:111122223333:function:f\naws sqs create-queue --queue-name q\naws sns create-topic --name t\naws s3api create-bucket --bucket acme-b";
    assert!(all(&mut session, world).iter().all(|outcome| outcome.status == Status::Done));
    let escaped = serde_json::json!({"Policy": policy("sqs:SendMessage")}).to_string();
    let lines = [
        format!("aws sqs set-queue-attributes --queue-url https://sqs.us-east-1.amazonaws.com/111122223333/q --attributes '{escaped}'"),
        format!("aws sns set-topic-attributes --topic-arn arn:aws:sns:us-east-1:111122223333:t --attribute-name Policy --attribute-value '{}'", policy("sns:Publish")),
        format!("aws s3api put-bucket-policy --bucket acme-b --policy '{}'", policy("s3:ListBucket")),
        format!("aws kms put-key-policy --key-id k1 --policy '{}'", policy("kms:*")),
        format!("aws secretsmanager put-resource-policy --secret-id s --resource-policy '{}'", policy("secretsmanager:GetSecretValue")),
        "aws lambda add-permission --function-name f --statement-id s1 --action lambda:InvokeFunction --principal *".to_owned(),
    ];
    for line in &lines {
        let printed = said(&mut session, line);
        assert!(!printed.contains("rror"), "{line}: {printed}");
    }
    let asked = [
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q"),
        ("sns:Publish", "arn:aws:sns:us-east-1:111122223333:t"),
        ("s3:ListBucket", "arn:aws:s3:::acme-b"),
        ("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/k1"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf"),
        ("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111122223333:function:f"),
    ];
    for (action, arn) in asked {
        let printed = said(&mut session, &format!("why {outside} {action} on {arn}"));
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(printed.contains("it needs an Allow in account 999999999999"), "{action}: {printed}");
    }
    assert!(
        said(&mut session, "aws lambda remove-permission --function-name f --statement-id s1")
            .starts_with("deleted the policy")
    );
    assert!(
        said(&mut session, "aws s3api delete-bucket-policy --bucket acme-b")
            .starts_with("deleted the policy")
    );
    assert!(
        said(&mut session, "aws s3api get-bucket-policy --bucket acme-b").contains("(NoSuchBucketPolicy)")
    );
}

#[test]
fn the_account_name_can_be_given_away_and_closing_it_cannot() {
    let mut session = acme();
    assert!(
        said(&mut session, "aws account put-account-name --account-name 'Acme Two'").contains("Acme Two")
    );
    assert!(said(&mut session, "aws iam create-account-alias --account-alias acme-two").contains("acme-two"));
    assert!(said(&mut session, "aws iam list-account-aliases").contains("acme-two"));
    assert!(
        said(&mut session, "aws iam delete-account-alias --account-alias other").contains("(NoSuchEntity)")
    );
    assert!(said(&mut session, "aws account close-account").contains("Only the AWS account root user can"));
}

#[test]
fn credentials_of_a_session_token_without_mfa_cannot_call_iam() {
    let mut session = acme();
    let printed = said(&mut session, "aws sts get-session-token\naws iam list-users");
    assert!(
        printed.starts_with("An error occurred (InvalidClientTokenId) when calling the ListUsers operation"),
        "{printed}"
    );
}

#[test]
fn what_the_command_line_changes_is_seen_by_the_other_commands() {
    let mut session = acme();
    let lines = format!(
        "aws iam create-user --user-name carol\naws iam create-role --role-name R --assume-role-policy-document {TRUST}\n\
         aws iam put-role-policy --role-name R --policy-name p --policy-document file://policy.json\n\
         aws iam update-assume-role-policy --role-name R --policy-document {}\naws iam tag-role --role-name R --tags Key=a,Value=b Key=c,Value=d\n\
         aws iam untag-role --role-name R --tag-keys a",
        TRUST.replace("user/alice", "user/carol")
    );
    assert!(all(&mut session, &lines).iter().all(|outcome| outcome.status == Status::Done));
    let shown = said(&mut session, "show role/R");
    assert!(shown.contains("user/carol") && shown.contains("c=d") && !shown.contains("a=b"), "{shown}");
}

proptest! {
    /// The words of a shell are cut, or what is wrong has a place in the text.
    #[test]
    fn no_text_of_a_shell_makes_it_panic(text in "[ a-z'\"\\\\$(){}|<>`\n\r\t#=,é-]{0,40}") {
        let source = Source::new("<test>", text.as_str());
        match shell_words(&source, Span::new(0, text.len() as u32)) {
            Ok(words) => {
                for word in words {
                    prop_assert!(!source.slice(word.span).is_empty());
                    let spans = (0..word.text.len()).map(|at| word.span_of(&source, at..word.text.len()));
                    spans.for_each(drop);
                }
            }
            Err(wrong) => prop_assert!(!wrong.labels.is_empty()),
        }
    }

    /// A line of the AWS command line is done or refused, whatever it says.
    #[test]
    fn no_line_makes_the_session_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "iam", "sts", "s3", "s3api", "organizations", "sqs", "lambda", "create-user", "assume-role", "cp",
                "set-queue-attributes", "put-bucket-tagging", "--user-name", "--tags", "--region", "--policy",
                "--role-arn", "--attributes", "--tagging", "--bucket", "Key=a,Value=", "TagSet=[{}]", "'{\"a\":'",
                "arn:aws:iam::1:role/", "s3://", "''", "help", "--", "-", "é", "file://", "arn:", "=", "--x=y",
            ]),
            0..8,
        )
    ) {
        let mut session = acme();
        all(&mut session, &format!("aws {}", words.join(" ")));
    }
}
