//! What AWS answers: its codes and words, and where they point.

use iamwhy::names::AccountId;
use iamwhy::session::Status;

use super::here::{TRUST, acme, all, allow, as_bob, prints, said, underlined};

#[test]
fn an_error_has_the_code_and_the_words_of_its_service() {
    let mut session = acme();
    all(&mut session, "aws organizations create-organization\ngroup admins members bob");
    let get = "aws iam get-user --user-name nobody";
    let lines = [
        (
            get,
            "(NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.",
        ),
        (
            "aws iam create-user --user-name bob",
            "(EntityAlreadyExists) when calling the CreateUser operation: User with name bob already exists.",
        ),
        (
            "aws iam delete-user --user-name alice",
            "(DeleteConflict) when calling the DeleteUser operation: Cannot delete entity, must detach all policies first.",
        ),
        (
            "aws iam delete-group --group-name admins",
            "Cannot delete entity, must remove users from group first.",
        ),
        (
            "aws iam attach-user-policy --user-name bob --policy-arn arn:aws:iam::111122223333:policy/No",
            "Policy arn:aws:iam::111122223333:policy/No does not exist or is not attachable.",
        ),
        (
            "aws s3api get-bucket-policy --bucket none",
            "(NoSuchBucket) when calling the GetBucketPolicy operation: The specified bucket does not exist",
        ),
        (
            "aws s3 mb s3://Upper",
            "(InvalidBucketName) when calling the CreateBucket operation: The specified bucket is not valid.",
        ),
        (
            "aws sns get-topic-attributes --topic-arn arn:aws:sns:us-east-1:111122223333:t",
            "(NotFound) when calling the GetTopicAttributes operation: Topic does not exist",
        ),
        (
            "aws sqs delete-queue --queue-url https://sqs.us-east-1.amazonaws.com/111122223333/q",
            "(AWS.SimpleQueueService.NonExistentQueue)",
        ),
        (
            "aws lambda get-policy --function-name f",
            "(ResourceNotFoundException) when calling the GetPolicy operation: Function not found: arn:aws:lambda:us-east-1:111122223333:function:f",
        ),
        ("aws organizations create-organization", "(AlreadyInOrganizationException)"),
        (
            "aws organizations list-children --parent-id r-none --child-type ACCOUNT",
            "(ParentNotFoundException)",
        ),
        (
            "aws organizations attach-policy --policy-id p-none --target-id r-none",
            "(PolicyNotFoundException) when calling the AttachPolicy operation: You specified a policy that doesn't exist.",
        ),
        (
            "aws organizations create-policy --name P --type SERVICE_CONTROL_POLICY --content '{}'",
            "(MalformedPolicyDocumentException) when calling the CreatePolicy operation: The provided policy document does not meet the requirements of the specified policy type.",
        ),
        (
            "aws account put-account-name --account-name ''",
            "(ValidationException) when calling the PutAccountName operation",
        ),
    ];
    prints(&mut session, &lines);
}

#[test]
fn an_error_underlines_the_word_that_is_to_blame() {
    let mut session = acme();
    let assume = "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/R --role-session-name s1";
    let cases = [
        ("aws iam create-user --user-name ''".to_owned(), "''"),
        (format!("{assume} --serial-number arn:aws:iam::111122223333:mfa/a"), "--serial-number"),
        (format!("{assume} --token-code 123456"), "--token-code"),
        ("aws lambda get-policy --region eu-west-1 --function-name f".to_owned(), "f"),
        ("aws account put-account-name --account-name ''".to_owned(), "''"),
        ("aws iam create-user --cli-input-json file://misspelt.json".to_owned(), "\"UserNam\""),
    ];
    for (line, expected) in cases {
        assert_eq!(underlined(&mut session, &line), expected, "{line}");
    }
}

#[test]
fn another_account_gets_method_not_allowed_for_the_policy_of_a_bucket() {
    let mut session = acme();
    all(&mut session, "resource arn:aws:s3:::theirs owner 444455556666");
    let refused = "An error occurred (MethodNotAllowed) when calling the GetBucketPolicy operation: The specified \
                   method is not allowed against this resource.\n";
    assert!(said(&mut session, "aws s3api get-bucket-policy --bucket theirs").starts_with(refused));
    assert!(said(&mut session, "why").contains("D14a"));
}

#[test]
fn a_bucket_is_created_once_in_the_world_and_by_name() {
    let mut session = acme();
    all(&mut session, "resource arn:aws:s3:::theirs owner 444455556666");
    let lines = [
        ("aws s3 mb s3://acme-one", "make_bucket: acme-one"),
        ("aws s3api create-bucket --bucket acme-one", "(BucketAlreadyOwnedByYou)"),
        ("aws s3api create-bucket --bucket theirs", "(BucketAlreadyExists)"),
        (
            "aws s3api create-bucket --bucket acme-two --region eu-west-1",
            "(IllegalLocationConstraintException)",
        ),
        ("aws s3 rb s3://acme-one --force", "remove_bucket: acme-one"),
        ("aws s3 rb s3://acme-one", "(NoSuchBucket) when calling the DeleteBucket operation"),
    ];
    prints(&mut session, &lines);
}

/// A policy of one statement as an argument.
fn policy(principal: &str, action: &str, resource: &str) -> String {
    format!(
        r#"'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {principal}, "Action": "{action}", "Resource": "{resource}"}}}}'"#
    )
}

const BOB: &str = r#"{"AWS": "arn:aws:iam::111122223333:user/bob"}"#;

#[test]
fn a_bucket_policy_is_about_its_bucket_and_its_actions_fit_its_resources() {
    let mut session = acme();
    all(&mut session, "aws s3 mb s3://acme-one");
    let put = |action: &str, resource: &str| {
        format!("aws s3api put-bucket-policy --bucket acme-one --policy {}", policy(BOB, action, resource))
    };
    let foreign = said(&mut session, &put("s3:GetObject", "arn:aws:s3:::acme-two/*"));
    assert!(foreign.contains(
        "(MalformedPolicy) when calling the PutBucketPolicy operation: Policy has invalid resource"
    ));
    assert!(foreign.contains("`\"arn:aws:s3:::acme-two/*\"`"), "{foreign}");
    for (action, resource) in
        [("s3:GetObject", "arn:aws:s3:::acme-one"), ("s3:ListBucket", "arn:aws:s3:::acme-one/*")]
    {
        let unfit = said(&mut session, &put(action, resource));
        assert!(unfit.contains("Action does not apply to any resource(s) in statement"), "{unfit}");
    }
    for (action, resource) in [
        ("s3:GetObject", "arn:aws:s3:::acme-one/*"),
        ("s3:ListBucket", "arn:aws:s3:::acme-one"),
        ("s3:*", "arn:aws:s3:::acme-*"),
        ("s3:ListBucket", "*"),
    ] {
        assert_eq!(said(&mut session, &put(action, resource)), "arn:aws:s3:::acme-one has a new policy\n");
    }
}

#[test]
fn block_public_policy_refuses_a_policy_for_everyone_and_no_other() {
    let mut session = acme();
    all(&mut session, "aws s3 mb s3://acme-one");
    let put = |principal: &str| {
        let policy = policy(principal, "s3:GetObject", "arn:aws:s3:::acme-one/*");
        format!("aws s3api put-bucket-policy --bucket acme-one --policy {policy}")
    };
    let block =
        "aws s3control put-public-access-block --account-id 111122223333 --public-access-block-configuration";
    all(&mut session, &format!("{block} BlockPublicPolicy=true"));
    let refused = said(&mut session, &put("\"*\""));
    let words =
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access";
    assert!(refused.contains("(AccessDenied)") && refused.contains(words), "{refused}");
    assert!(
        said(&mut session, "aws s3api get-bucket-policy --bucket acme-one").contains("(NoSuchBucketPolicy)")
    );
    assert!(said(&mut session, &put(BOB)).contains("has a new policy"));
    all(&mut session, "aws s3control delete-public-access-block --account-id 111122223333");
    assert!(said(&mut session, &put("\"*\"")).contains("has a new policy"));
}

#[test]
fn a_key_policy_that_locks_its_author_out_is_refused_unless_that_is_meant() {
    let mut session = acme();
    let shown = said(&mut session, "aws kms create-key");
    let id = shown.split("\"KeyId\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let put = format!("aws kms put-key-policy --key-id {id} --policy {}", policy(BOB, "kms:*", "*"));
    let refused = said(&mut session, &put);
    let words = "The new key policy will not allow you to update the key policy in the future.";
    assert!(refused.contains(words) && refused.contains("--bypass-policy-lockout-safety-check"), "{refused}");
    let get = format!("aws kms get-key-policy --key-id {id}");
    assert!(said(&mut session, &get).contains("111122223333:root"), "the policy is as it was");
    assert!(
        said(&mut session, &format!("{put} --bypass-policy-lockout-safety-check"))
            .contains("has a new policy")
    );
    assert!(said(&mut session, &get).contains("(AccessDeniedException)"));
}

#[test]
fn tags_at_creation_are_a_permission_of_their_own() {
    let mut session = acme();
    as_bob(&mut session, &allow("\"iam:CreateUser\"", ""));
    let denied = said(&mut session, "aws iam create-user --user-name eve --tags Key=team,Value=core");
    assert!(
        denied.contains(
            "not authorized to perform: iam:TagUser on resource: arn:aws:iam::111122223333:user/eve"
        )
    );
    let account = session.world().account(AccountId::parse("111122223333").unwrap()).unwrap();
    assert!(account.user("eve").is_none());
    assert!(said(&mut session, "aws iam create-user --user-name eve").contains("user/eve"));
}

#[test]
fn what_cannot_be_a_name_is_refused_before_anybody_asks() {
    let mut session = acme();
    all(&mut session, "sign-in bob at acme");
    let assume = "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/R --role-session-name";
    let lines = [
        ("aws iam create-user --user-name 'a b'", "(ValidationError)"),
        ("aws iam create-user --user-name ab", "(AccessDenied)"),
        (&*format!("{assume} 'a b'"), "(ValidationError)"),
        (&*format!("{assume} ab"), "depends\n"),
    ];
    prints(&mut session, &lines);
}

#[test]
fn options_come_as_json_too_and_those_of_the_line_win() {
    let mut session = acme();
    let shown = said(&mut session, "aws iam create-user --cli-input-json file://input.json --path /ops/");
    assert!(shown.contains("user/ops/carol") && shown.contains("\"Key\": \"a\""), "{shown}");
    let inline = r#"aws iam create-user --cli-input-json '{"UserName": "dave"}'"#;
    assert!(said(&mut session, inline).contains("user/dave"));
    let lines = [
        ("aws iam create-user --cli-input-json '[]'", "expected an object"),
        (
            "aws iam create-user --user-name x --cli-input-json",
            "argument --cli-input-json: expected one value",
        ),
        ("aws iam tag-user --user-name bob --tags Key=a", "a tag is `Key=team,Value=core`"),
        ("aws iam create-user --cli-input-json '{'", "error["),
        ("aws iam create-user --cli-input-json file://misspelt.json", "did you mean `UserName`?"),
        ("aws iam create-user --cli-input-json '{}'", "the following arguments are required: --user-name"),
    ];
    prints(&mut session, &lines);
}

#[test]
fn options_of_every_operation_may_stand_in_front() {
    let mut session = acme();
    let shown = said(&mut session, "aws --region eu-west-1 --output json sns create-topic --name t");
    assert!(shown.contains("arn:aws:sns:eu-west-1:111122223333:t"), "{shown}");
    let shown = said(&mut session, "aws --region=eu-west-1 sns create-topic --name u");
    assert!(shown.contains("arn:aws:sns:eu-west-1:111122223333:u"), "{shown}");
}

#[test]
fn an_account_is_created_with_a_role_for_the_management_account() {
    let mut session = acme();
    all(&mut session, "aws organizations create-organization");
    let shown =
        said(&mut session, "aws organizations create-account --email m@x.example --account-name Member");
    let id = shown.split("\"AccountId\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(said(&mut session, "aws organizations list-accounts").contains("m@x.example"));
    let parents = said(&mut session, &format!("aws organizations list-parents --child-id {id}"));
    assert!(parents.contains("\"Type\": \"ROOT\""), "{parents}");
    let role = format!("arn:aws:iam::{id}:role/OrganizationAccountAccessRole");
    let shown = said(&mut session, &format!("aws sts assume-role --role-arn {role} --role-session-name s1"));
    assert!(shown.contains("assumed-role/OrganizationAccountAccessRole/s1"), "{shown}");
    assert!(
        said(&mut session, "aws iam create-user --user-name first").contains(&format!("{id}:user/first"))
    );
}

#[test]
fn permissions_of_topics_and_queues_are_statements_of_their_policies() {
    let mut session = acme();
    all(&mut session, "aws sns create-topic --name t\naws sqs create-queue --queue-name q");
    let (topic, url) =
        ("arn:aws:sns:us-east-1:111122223333:t", "https://sqs.us-east-1.amazonaws.com/111122223333/q");
    let add = [
        format!(
            "aws sns add-permission --topic-arn {topic} --label L --aws-account-id 444455556666 --action-name Publish"
        ),
        format!(
            "aws sqs add-permission --queue-url {url} --label L --aws-account-ids 444455556666 --actions SendMessage"
        ),
    ];
    let remove = [
        format!("aws sns remove-permission --topic-arn {topic} --label L"),
        format!("aws sqs remove-permission --queue-url {url} --label L"),
    ];
    for line in &add {
        assert!(said(&mut session, line).contains("has a new policy"), "{line}");
        assert!(said(&mut session, line).contains("statement `L` already"), "{line}");
    }
    let asked = "why arn:aws:iam::444455556666:user/x sns:Publish on arn:aws:sns:us-east-1:111122223333:t";
    assert!(said(&mut session, asked).contains("both sides must allow it: the side of the resource does"));
    for line in &remove {
        assert!(said(&mut session, line).starts_with("deleted the policy"), "{line}");
    }
}

#[test]
fn a_document_that_a_shell_would_spoil_is_told_how_to_be_written() {
    let mut session = acme();
    let put = "aws iam put-user-policy --user-name bob --policy-name p --policy-document";
    let lines = [
        (&*format!("{put} {{\"Version\":\"2012-10-17\"}}"), "write it in '…'"),
        (&*format!("{put} policy.json"), "`file://policy.json` reads a file"),
        ("export AWS_PROFILE=dev", "there is no shell here"),
        ("NAME=carol", "there is no shell here"),
        ("aws configure", "sign in instead"),
    ];
    prints(&mut session, &lines);
}

#[test]
fn what_aws_takes_and_the_world_does_not_keep_is_said() {
    let mut session = acme();
    let outcome = all(
        &mut session,
        "aws iam update-account-password-policy --minimum-password-length 8 --require-numbers --allow-users-to-change-password",
    );
    assert_eq!(outcome[0].status, Status::Done);
    let printed = said(
        &mut session,
        &format!(
            "aws iam create-role --role-name R --assume-role-policy-document {TRUST} --max-session-duration 3600"
        ),
    );
    assert!(printed.contains("note: `--max-session-duration` is not kept"), "{printed}");
}
