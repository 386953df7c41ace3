//! What the options of any call carry: context keys, tags, resources.

use super::here::{acme, all, allow, as_bob, prints, said};

/// Everything, but what a Deny of an action with a condition takes away.
fn unless(action: &str, resource: &str, condition: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "*", "Resource": "*"}},
        {{"Effect": "Deny", "Action": "{action}", "Resource": {resource}, "Condition": {condition}}}]}}"#
    )
    .replace('\n', " ")
}

/// Report c20: the volume of a new instance has tags of its own.
#[test]
fn tags_of_a_launch_are_given_for_each_type_of_resource() {
    let mut session = acme();
    let created = r#"["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:instance/*"]"#;
    let policy = unless("ec2:RunInstances", created, r#"{"Null": {"aws:RequestTag/Project": "true"}}"#);
    as_bob(&mut session, &policy);
    let run = "aws ec2 run-instances --image-id ami-1 --instance-type t3.micro --tag-specifications";
    let tags = |kind: &str| format!("'ResourceType={kind},Tags=[{{Key=Project,Value=T}}]'");
    let denied = said(&mut session, &format!("{run} {}", tags("instance")));
    assert!(denied.starts_with("denied\nexplicit deny"), "{denied}");
    assert!(
        denied.contains("denied: ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:volume/*"),
        "{denied}"
    );
    let allowed = said(&mut session, &format!("{run} {} {}", tags("instance"), tags("volume")));
    assert!(allowed.starts_with("allowed\n"), "{allowed}");
    let tagged = "allowed: ec2:CreateTags on arn:aws:ec2:us-east-1:111122223333:volume/*";
    assert!(allowed.contains(tagged), "{allowed}");
    let json = r#"'[{"ResourceType": "volume", "Tags": [{"Key": "Project", "Value": "T"}]}, {"ResourceType": "instance", "Tags": [{"Key": "Project", "Value": "T"}]}]'"#;
    let allowed = said(&mut session, &format!("{run} {json}"));
    assert!(allowed.starts_with("allowed\n"), "{allowed}");
}

/// Report c21: the walkthrough of S3's home folders.
#[test]
fn a_list_of_s3_carries_prefix_and_delimiter() {
    let mut session = acme();
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::shared", "Condition": {"StringEquals": {"s3:prefix": ["", "home/"], "s3:delimiter": "/"}}},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::shared", "Condition": {"StringLike": {"s3:prefix": "home/${aws:username}/*"}}}]}"#;
    as_bob(&mut session, &policy.replace('\n', " "));
    for line in [
        "aws s3 ls s3://shared",
        "aws s3 ls s3://shared/home/bob/",
        "aws s3 ls --recursive s3://shared/home/bob/",
        "aws s3api list-objects-v2 --bucket shared --prefix home/bob/",
        "aws s3api list-objects-v2 --bucket shared --prefix home/ --delimiter /",
        "aws s3api list-objects-v2 --cli-input-json '{\"Bucket\": \"shared\", \"Prefix\": \"home/bob/\"}'",
    ] {
        let printed = said(&mut session, line);
        assert!(printed.starts_with("allowed\n"), "{line}: {printed}");
    }
    for line in [
        "aws s3 ls --recursive s3://shared",
        "aws s3 ls s3://shared/home/alice/",
        "aws s3api list-objects-v2 --bucket shared --prefix home/",
        "aws s3api list-objects-v2 --bucket shared",
    ] {
        let printed = said(&mut session, line);
        assert!(printed.starts_with("denied\n"), "{line}: {printed}");
    }
}

#[test]
fn what_an_option_carries_is_a_key_of_the_request() {
    let cases = [
        (
            unless(
                "s3:PutObject",
                r#""*""#,
                r#"{"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}"#,
            ),
            vec![
                "aws s3api put-object --bucket b --key k --server-side-encryption aws:kms",
                "aws s3 cp a.txt s3://b/k --sse aws:kms",
                "aws s3 cp --sse aws:kms a.txt s3://b/k",
            ],
            vec!["aws s3api put-object --bucket b --key k", "aws s3 cp --sse a.txt s3://b/k"],
        ),
        (
            unless(
                "ec2:RunInstances",
                r#""arn:aws:ec2:*:*:instance/*""#,
                r#"{"StringNotEquals": {"ec2:InstanceType": "t3.micro", "ec2:MetadataHttpTokens": "required"}}"#,
            ),
            vec![
                "aws ec2 run-instances --image-id ami-1 --instance-type t3.micro --metadata-options HttpTokens=required,HttpEndpoint=enabled",
            ],
            vec![
                "aws ec2 run-instances --image-id ami-1 --instance-type m5.large --metadata-options HttpTokens=optional",
            ],
        ),
        (
            unless("ec2:*", r#""arn:aws:ec2:*:*:volume/*""#, r#"{"Bool": {"ec2:Encrypted": "false"}}"#),
            vec![
                "aws ec2 create-volume --availability-zone us-east-1a --size 8 --encrypted",
                "aws ec2 run-instances --image-id ami-1 --block-device-mappings 'DeviceName=/dev/sda1,Ebs={Encrypted=true}'",
            ],
            vec![
                "aws ec2 create-volume --availability-zone us-east-1a --size 8 --no-encrypted",
                "aws ec2 run-instances --image-id ami-1 --block-device-mappings 'DeviceName=/dev/sda1,Ebs={Encrypted=false}'",
            ],
        ),
        (
            unless("sqs:CreateQueue", r#""*""#, r#"{"StringNotEquals": {"aws:RequestTag/team": "core"}}"#),
            vec![
                "aws sqs create-queue --queue-name q --tags team=core,cost=1",
                "aws sqs create-queue --queue-name q2 --tags '{\"team\": \"core\"}'",
            ],
            vec!["aws sqs create-queue --queue-name q3 --tags team=web"],
        ),
        (
            unless("s3:CreateBucket", r#""*""#, r#"{"StringEquals": {"s3:x-amz-acl": "public-read"}}"#),
            vec![
                "aws s3api create-bucket --bucket bob-1 --acl private",
                "aws s3api create-bucket --bucket bob-2",
            ],
            vec!["aws s3api create-bucket --bucket bob-3 --acl public-read"],
        ),
        (
            unless("s3:PutObject", r#""*""#, r#"{"Null": {"s3:RequestObjectTag/class": "true"}}"#),
            vec![
                "aws s3api put-object --bucket b --key k --tagging 'class=1&b=2'",
                "aws s3api put-object --bucket b --key k --tagging class=1",
            ],
            vec!["aws s3api put-object --bucket b --key k --tagging b=2"],
        ),
        (
            unless("s3:PutObject", r#""*""#, r#"{"StringLike": {"s3:x-amz-grant-read": "*AllUsers"}}"#),
            vec!["aws s3 cp a s3://b/k --grants full=id=1", "aws s3 cp a s3://b/k"],
            vec![
                "aws s3 cp a s3://b/k --grants read=uri=http://acs.amazonaws.com/groups/global/AllUsers full=id=1",
            ],
        ),
        (
            unless("dynamodb:Query", r#""*""#, r#"{"StringNotEquals": {"dynamodb:Select": "COUNT"}}"#),
            vec!["aws dynamodb query --table-name T --select COUNT"],
            vec!["aws dynamodb query --table-name T --select ALL_ATTRIBUTES"],
        ),
        (
            unless("rds:CreateDBInstance", r#""*""#, r#"{"Null": {"aws:RequestTag/team": "true"}}"#),
            vec![
                "aws rds create-db-instance --db-instance-identifier d --db-instance-class db.t3.micro --engine mysql --tags Key=team,Value=x",
            ],
            vec![
                "aws rds create-db-instance --db-instance-identifier d --db-instance-class db.t3.micro --engine mysql",
            ],
        ),
    ];
    for (policy, allowed, denied) in cases {
        let mut session = acme();
        as_bob(&mut session, &policy);
        for line in allowed {
            let printed = said(&mut session, line);
            assert!(!printed.starts_with("denied") && !printed.contains("An error"), "{line}: {printed}");
        }
        for line in denied {
            let printed = said(&mut session, line);
            assert!(
                printed.starts_with("denied\n") || printed.contains("(AccessDenied)"),
                "{line}: {printed}"
            );
        }
    }
}

/// A condition under which an action is denied, a call that is let through, and one that is not.
const OPTIONS: &[(&str, &str, &str, &str)] = &[
    (
        "secretsmanager:CreateSecret",
        r#"{"ForAnyValue:StringNotEquals": {"secretsmanager:AddReplicaRegions": "eu-west-1"}}"#,
        "aws secretsmanager create-secret --name s --add-replica-regions Region=eu-west-1",
        "aws secretsmanager create-secret --name t --add-replica-regions Region=us-west-2",
    ),
    (
        "secretsmanager:RotateSecret",
        r#"{"Bool": {"secretsmanager:ModifyRotationRules": "true"}}"#,
        "aws secretsmanager rotate-secret --secret-id s",
        "aws secretsmanager rotate-secret --secret-id s --rotation-rules AutomaticallyAfterDays=30",
    ),
    (
        "secretsmanager:DeleteSecret",
        r#"{"NumericLessThan": {"secretsmanager:RecoveryWindowInDays": "30"}}"#,
        "aws secretsmanager delete-secret --secret-id s --recovery-window-in-days 30",
        "aws secretsmanager delete-secret --secret-id s --recovery-window-in-days 7",
    ),
    (
        "kms:CreateKey",
        r#"{"StringEquals": {"kms:KeyOrigin": "EXTERNAL"}}"#,
        "aws kms create-key --origin AWS_KMS",
        "aws kms create-key --origin EXTERNAL",
    ),
    (
        "dynamodb:GetItem",
        r#"{"ForAnyValue:StringNotEquals": {"dynamodb:LeadingKeys": "u1"}}"#,
        r#"aws dynamodb get-item --table-name T --key '{"id": {"S": "u1"}}'"#,
        r#"aws dynamodb get-item --table-name T --key '{"id": {"S": "u2"}}'"#,
    ),
    (
        "sns:Subscribe",
        r#"{"StringNotEquals": {"sns:Protocol": "https"}}"#,
        "aws sns subscribe --topic-arn arn:aws:sns:us-east-1:111122223333:t --protocol https --notification-endpoint https://x.example",
        "aws sns subscribe --topic-arn arn:aws:sns:us-east-1:111122223333:t --protocol email --notification-endpoint a@x.example",
    ),
    (
        "events:PutTargets",
        r#"{"ForAnyValue:ArnNotLike": {"events:TargetArn": "arn:aws:sqs:*:*:*"}}"#,
        "aws events put-targets --rule r --targets Id=1,Arn=arn:aws:sqs:us-east-1:111122223333:q",
        "aws events put-targets --rule r --targets Id=1,Arn=arn:aws:lambda:us-east-1:111122223333:function:f",
    ),
    (
        "events:PutRule",
        r#"{"ForAnyValue:StringNotEquals": {"events:source": "aws.ec2"}}"#,
        r#"aws events put-rule --name r --event-pattern '{"source": ["aws.ec2"]}'"#,
        r#"aws events put-rule --name r --event-pattern '{"source": ["aws.s3"]}'"#,
    ),
    (
        "ssm:GetParametersByPath",
        r#"{"StringEquals": {"ssm:Recursive": "true"}}"#,
        "aws ssm get-parameters-by-path --path /a --region us-east-1",
        "aws ssm get-parameters-by-path --path /a --recursive",
    ),
    (
        "lambda:CreateEventSourceMapping",
        r#"{"ArnNotEquals": {"lambda:FunctionArn": "arn:aws:lambda:us-east-1:111122223333:function:f"}}"#,
        "aws lambda create-event-source-mapping --function-name arn:aws:lambda:us-east-1:111122223333:function:f --event-source-arn arn:aws:sqs:us-east-1:111122223333:q",
        "aws lambda create-event-source-mapping --function-name arn:aws:lambda:us-east-1:111122223333:function:g --event-source-arn arn:aws:sqs:us-east-1:111122223333:q",
    ),
    (
        "logs:CreateLogGroup",
        r#"{"StringNotEquals": {"aws:RequestTag/team": "core"}}"#,
        "aws logs create-log-group --log-group-name g --tags team=core",
        "aws logs create-log-group --log-group-name g --tags team=web",
    ),
];

#[test]
fn options_of_many_services_set_the_keys_that_the_table_says() {
    for (action, condition, good, bad) in OPTIONS {
        let mut session = acme();
        as_bob(&mut session, &unless(action, r#""*""#, condition));
        let is_denied = |printed: &str| printed.starts_with("denied\n") || printed.contains("(AccessDenied");
        let printed = said(&mut session, good);
        assert!(!is_denied(&printed), "{good}: {printed}");
        let printed = said(&mut session, bad);
        assert!(is_denied(&printed), "{bad}: {printed}");
    }
}

#[test]
fn to_enable_mfa_delete_is_for_the_root_user_alone() {
    let mut session = acme();
    as_bob(&mut session, &allow(r#""s3:*""#, ""));
    let put = "aws s3api put-bucket-versioning --bucket r --versioning-configuration Status=Enabled";
    let printed = said(
        &mut session,
        &format!("{put},MFADelete=Enabled --mfa 'arn:aws:iam::111122223333:mfa/m 123456'"),
    );
    assert!(!printed.starts_with("allowed") && printed.contains("root"), "{printed}");
    for plain in [put.to_owned(), format!("{put},MFADelete=Disabled")] {
        let printed = said(&mut session, &plain);
        assert!(printed.starts_with("allowed") && !printed.contains("not read"), "{printed}");
    }
}

#[test]
fn what_hangs_on_an_option_that_is_not_read_is_not_denied() {
    let mut session = acme();
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*", "Condition": {"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": "bob"}}}}"#;
    as_bob(&mut session, policy);
    let get = "aws dynamodb get-item --table-name T";
    let printed = said(
        &mut session,
        &format!("{get} --key '{{\"id\": {{\"S\": \"bob\"}}, \"at\": {{\"N\": \"1\"}}}}'"),
    );
    assert!(printed.starts_with("depends\n") && printed.contains("not read: `--key`"), "{printed}");
    let printed = said(&mut session, get);
    assert!(printed.starts_with("denied\n"), "{printed}");
    let printed = said(&mut session, "aws dynamodb put-item --table-name T --item file://policy.json");
    assert!(printed.starts_with("denied\n"), "no key would help: {printed}");
}

/// Whatever is not read may name the resource: a part that is not known is neither refused nor passed over.
#[test]
fn what_hangs_on_a_resource_that_is_not_read_depends() {
    let mut session = acme();
    let run = "aws ecs run-task --cluster c --task-definition web:1";
    let effect = |effect: &str, element: &str, arn: &str| {
        format!(
            r#"{{"Effect": "{effect}", "Action": "*", "{element}": "arn:aws:ecs:us-east-1:111122223333:{arn}"}}"#
        )
    };
    let allow = |arn| effect("Allow", "Resource", arn);
    let deny = |element, arn| format!("{}, {}", allow("*"), effect("Deny", element, arn));
    for (statements, wanted) in [
        (allow("task-definition/web:*"), "depends"),
        (allow("task-definition/*"), "allowed"),
        (allow("task/web"), "denied"),
        (deny("Resource", "task-definition/web:?"), "depends"),
        (deny("Resource", "task/web"), "allowed"),
        (deny("NotResource", "task-definition/web:*"), "depends"),
        (deny("NotResource", "task-definition/*"), "allowed"),
        (deny("NotResource", "task/*"), "denied"),
    ] {
        as_bob(&mut session, &format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#));
        let printed = said(&mut session, run);
        assert!(printed.starts_with(&format!("{wanted}\n")), "{statements}: {printed}");
        all(&mut session, "sign-in alice at acme");
    }
}

/// AWS draws the last letters of the ARN of a secret, so a name is not all of it.
#[test]
fn a_secret_is_named_without_the_letters_that_aws_draws() {
    let mut session = acme();
    let get = "aws secretsmanager get-secret-value --secret-id";
    for (pattern, name, wanted) in [
        ("db-??????", "db", "allowed"),
        ("db-*", "db", "allowed"),
        ("db-AbCdEf", "db", "depends"),
        ("db-AbCdEf", "db-AbCdEf", "allowed"),
        ("other-??????", "db", "denied"),
    ] {
        let arn = format!("arn:aws:secretsmanager:us-east-1:111122223333:secret:{pattern}");
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "{arn}"}}}}"#
        );
        as_bob(&mut session, &policy);
        let printed = said(&mut session, &format!("{get} {name}"));
        assert!(printed.starts_with(&format!("{wanted}\n")), "{pattern} {name}: {printed}");
        all(&mut session, "sign-in alice at acme");
    }
}

/// What is named within an option is asked for, and an action that nothing is named for is not.
#[test]
fn resources_are_named_in_fields_and_by_qualifiers() {
    let (dynamodb, events, lambda) = (
        "arn:aws:dynamodb:us-east-1:111122223333:table",
        "arn:aws:events:us-east-1:111122223333:event-bus",
        "arn:aws:lambda:us-east-1:111122223333:function",
    );
    let cases = [
        (
            format!(r#"["{dynamodb}/t", "{dynamodb}/u"]"#),
            r#"["dynamodb:PutItem", "dynamodb:DeleteItem"]"#,
            r#"aws dynamodb transact-write-items --transact-items '[{"Put": {"TableName": "t", "Item": {"a": {"S": "b"}}}}, {"Delete": {"TableName": "u", "Key": {"a": {"S": "b"}}}}]'"#,
        ),
        (
            format!(r#"["{dynamodb}/t", "{dynamodb}/u"]"#),
            r#""dynamodb:BatchGetItem""#,
            r#"aws dynamodb batch-get-item --request-items '{"t": {"Keys": []}, "u": {"Keys": []}}'"#,
        ),
        (
            format!(r#"["{events}/own", "{events}/default"]"#),
            r#""events:PutEvents""#,
            r#"aws events put-events --entries '[{"Source": "a", "EventBusName": "own"}, {"Source": "a"}]'"#,
        ),
        (
            format!(r#"["{lambda}:f:prod", "{lambda}:f:prod"]"#),
            r#""lambda:InvokeFunction""#,
            "aws lambda invoke --function-name f --qualifier prod out.json",
        ),
    ];
    for (resources, actions, line) in cases {
        let policy = |resources: &str| {
            format!(
                r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": {actions}, "Resource": {resources}}}}}"#
            )
        };
        let one = resources.split(',').next().map(|first| format!("{first}]")).unwrap_or_default();
        let mut session = acme();
        as_bob(&mut session, &policy(&resources));
        let printed = said(&mut session, line);
        assert!(printed.starts_with("allowed\n"), "{line}: {printed}");
        let wanted = if line.contains("lambda") { "allowed\n" } else { "denied\n" };
        let mut session = acme();
        as_bob(&mut session, &policy(&one));
        let printed = said(&mut session, line);
        assert!(printed.starts_with(wanted), "{line} with {one}: {printed}");
    }
}

/// I1: behind an alias stands a key, where the world says which; otherwise it depends on that.
#[test]
fn a_key_is_named_by_its_alias() {
    let kms = "arn:aws:kms:us-east-1:111122223333";
    let mut session = acme();
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:Decrypt", "Resource": "*"}}"#;
    all(
        &mut session,
        &format!("resource {kms}:key/k policy {policy}\nresource {kms}:alias/a in {kms}:key/k"),
    );
    let decrypt = "aws kms decrypt --ciphertext-blob fileb://x --key-id";
    for (name, wanted) in [
        ("alias/a".to_owned(), "allowed\n"),
        (format!("{kms}:alias/a"), "allowed\n"),
        (
            "alias/b".to_owned(),
            "depends\nit hangs on the key policy behind arn:aws:kms:us-east-1:111122223333:alias/b",
        ),
    ] {
        let printed = said(&mut session, &format!("{decrypt} {name}"));
        assert!(printed.starts_with(wanted), "{name}: {printed}");
    }
}

#[test]
fn each_action_and_each_resource_of_a_call_is_asked() {
    let mut session = acme();
    let key = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}}"#;
    for id in ["1", "2"] {
        all(&mut session, &format!("resource arn:aws:kms:us-east-1:111122223333:key/{id} policy {key}"));
    }
    let lines = [
        (
            "aws s3api copy-object --bucket to --key k --copy-source from/a/k",
            "allowed: s3:GetObject on arn:aws:s3:::from/a/k\n",
        ),
        (
            "aws s3api copy-object --bucket to --key k --copy-source from/k",
            "allowed: s3:PutObject on arn:aws:s3:::to/k\n",
        ),
        (
            "aws s3api get-object --bucket b --key k --version-id v1 out",
            "s3:GetObjectVersion on arn:aws:s3:::b/k was asked",
        ),
        (
            "aws s3api put-object --bucket b --key k --acl public-read",
            "allowed: s3:PutObjectAcl on arn:aws:s3:::b/k\n",
        ),
        ("aws s3 sync . s3://b/dir --delete", "allowed: s3:DeleteObject on arn:aws:s3:::b/dir/*\n"),
        ("aws s3 rm --recursive s3://b/dir", "allowed: s3:ListBucket on arn:aws:s3:::b\n"),
        (
            "aws ec2 create-tags --resources i-1 vol-2 --tags Key=a,Value=b",
            "allowed: ec2:CreateTags on arn:aws:ec2:us-east-1:111122223333:volume/vol-2\n",
        ),
        (
            "aws ec2 create-tags --resources i-1 vol-2 --tags Key=a,Value=b",
            "allowed: ec2:CreateTags on arn:aws:ec2:us-east-1:111122223333:instance/i-1\n",
        ),
        (
            "aws kms re-encrypt --source-key-id 1 --destination-key-id 2 --ciphertext-blob x",
            "allowed: kms:ReEncryptTo on arn:aws:kms:us-east-1:111122223333:key/2\n",
        ),
        (
            "aws s3api delete-objects --bucket b --delete 'Objects=[{Key=a},{Key=c}]'",
            "allowed: s3:DeleteObject on arn:aws:s3:::b/c\n",
        ),
        ("aws s3api delete-objects --bucket b", "s3:DeleteObject on arn:aws:s3:::b/* was asked"),
        (
            "aws ssm get-parameter --name /a/b",
            "ssm:GetParameter on arn:aws:ssm:us-east-1:111122223333:parameter/a/b was asked",
        ),
        (
            "aws ec2 run-instances --image-id ami-1 --key-name K --launch-template LaunchTemplateId=lt-1",
            "allowed: ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:launch-template/lt-1\n",
        ),
        (
            "aws ec2 run-instances --image-id ami-1 --key-name K",
            "allowed: ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:key-pair/K\n",
        ),
        (
            "aws dynamodb transact-write-items --transact-items x",
            "the call decides which of these actions it needs",
        ),
    ];
    prints(&mut session, &lines);
    let odd = all(
        &mut session,
        "aws ec2 create-tags --resources --tags =\naws s3 cp --recursive\naws s3api copy-object --copy-source",
    );
    assert_eq!(odd.len(), 3);
}

#[test]
fn the_encryption_context_of_a_call_is_a_key_for_each_of_its_pairs() {
    let mut session = acme();
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": {"StringEquals": {"kms:EncryptionContext:team": "core"}}}}"#;
    all(
        &mut session,
        &format!("resource arn:aws:kms:us-east-1:111122223333:key/k policy {policy}\nsign-in bob at acme"),
    );
    let decrypt = "aws kms decrypt --ciphertext-blob x --key-id k --encryption-context";
    let allowed = said(&mut session, &format!("{decrypt} team=core,b=c"));
    assert!(allowed.starts_with("allowed\n"), "{allowed}");
    let denied = said(&mut session, &format!("{decrypt} '{{\"team\": \"web\"}}'"));
    assert!(denied.starts_with("denied\n"), "{denied}");
}
