//! What `info` tells of actions, condition keys and resource types, and `catalog info` of the catalog.

use assert_cmd::Command;

fn said(arguments: &[&str]) -> String {
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.args(arguments).output().expect("runs");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
}

fn info(word: &str) -> String {
    said(&["--empty", "-e", &format!("info {word}")])
}

#[test]
fn an_action_tells_its_resources_keys_operations_and_what_comes_along() {
    let get = info("s3:GetObject");
    for part in [
        "access level    Read",
        "object: arn:${Partition}:s3:::${BucketName}/${ObjectName}",
        "s3:HeadObject",
        "catalog of      20",
    ] {
        assert!(get.contains(part), "{part}: {get}");
    }
    let run = info("ec2:RunInstances");
    assert!(run.contains("image, required: arn:${Partition}:ec2:${Region}::image/${ImageId}"), "{run}");
    assert!(run.contains("also needs      ec2:CreateTags, iam:PassRole"), "{run}");
    assert!(run.lines().count() < 40 && run.contains("tells the keys of a type"), "{run}");
    assert!(info("s3:ListAllMyBuckets").contains("asked for       `*`"));
    assert!(info("s3:HeadObject").contains("its permission is s3:GetObject\n"));
}

#[test]
fn a_key_tells_its_type_who_sets_it_and_who_lists_it() {
    let prefix = info("s3:prefix");
    assert!(prefix.contains("set by    the call: `--prefix VALUE`"), "{prefix}");
    assert!(prefix.contains("listed by s3:ListBucket, s3:ListBucketVersions"), "{prefix}");
    assert!(info("aws:SourceIp").contains("set by    the network"));
    assert!(info("aws:TagKeys").contains("list of String, multivalued"));
    assert!(!info("s3:ResourceAccount").contains("set by"), "what no table names is not guessed");
}

#[test]
fn a_resource_type_tells_its_arns_keys_and_actions() {
    for word in ["s3:bucket", "s3 bucket", "S3:Bucket"] {
        let bucket = info(word);
        assert!(bucket.starts_with("resource type bucket of Amazon S3\n"), "{word}: {bucket}");
        assert!(bucket.contains("ARN             arn:${Partition}:s3:::${BucketName}"), "{bucket}");
        assert!(bucket.contains("List            s3:ListBucket,"), "{bucket}");
        assert!(bucket.contains("Permissions     s3:DeleteBucketPolicy,"), "{bucket}");
    }
}

#[test]
fn the_catalog_tells_its_date_counts_and_source() {
    let text = said(&["catalog", "info"]);
    assert!(text.starts_with("date            20") && text.contains("actions         22321"), "{text}");
    assert!(text.contains("Service Authorization Reference"), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&said(&["catalog", "info", "--format", "json"])).expect("JSON");
    assert_eq!(json["services"], "457");
}

#[test]
fn info_is_asked_on_the_command_line_as_at_the_prompt() {
    assert_eq!(said(&["info", "s3:GetObject"]), info("s3:GetObject"));
    assert!(said(&["info", "root", "user"]).starts_with("root user"));
    let program =
        Command::cargo_bin("iamwhy").expect("built").args(["info", "ReadOnlyAccess"]).assert().code(3);
    let wrong = String::from_utf8_lossy(&program.get_output().stderr).into_owned();
    assert!(wrong.contains("it is a policy of AWS: `show policy ReadOnlyAccess`"), "{wrong}");
}

#[test]
fn help_is_a_command_of_the_command_line_and_explains_clauses_and_words() {
    assert_eq!(said(&["help", "can"]), said(&["-e", "help can"]));
    assert!(said(&["help"]).contains("`help COMMAND` explains one"), "{}", said(&["help"]));
    assert!(said(&["help", "using"]).contains("  can [PRINCIPAL] ACTION"), "{}", said(&["help", "using"]));
    assert!(said(&["help", "permission-set"]).contains("IAM Identity Center"));
    assert_eq!(said(&["help", "permission", "set"]), said(&["help", "permission-set"]));
    assert!(said(&["help", "federated"]).starts_with("federation\n"));
    assert!(said(&["help", "service"]).contains("`service:s3.amazonaws.com`"));
    assert!(said(&["help", "nosuch"]).contains("there is no command or guide `nosuch`"));
}

#[test]
fn lists_of_all_accounts_tell_whose_each_is_and_of_which_kind() {
    let world = r#"account 444455556666 "Test" alias acme-test
role Deploy trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
inline Own on role Deploy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
account 111122223333
resource arn:aws:s3:::photos policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}}
account 777788889999"#;
    let all = |what: &str| said(&["--empty", "-e", world, "-e", what]);
    let policies = all("list policies all");
    for (kind, on) in
        [("inline", "role Deploy"), ("trust", "role Deploy"), ("resource-based", "arn:aws:s3:::photos")]
    {
        let line = policies.lines().find(|line| line.contains(&format!("{kind} ")) && line.ends_with(on));
        assert!(line.is_some(), "{kind}: {policies}");
    }
    assert!(all("list roles all").contains("acme-test  Deploy"), "{}", all("list roles all"));
    let photos = all("show resource photos");
    assert!(photos.contains("arn:aws:s3:::photos\nowner    111122223333"), "{photos}");
    let boundary = said(&["-e", "can alice s3:GetObject without boundary"]);
    assert!(boundary.contains("did you mean `without permissions-boundary`?"), "{boundary}");
}
