//! What a denial tells whoever is to act on it at once: the whole command, a person to ask, the mistake that it is.

use iamwhy::explain::Explanation;
use iamwhy::report::{Extent, Format, Style, explained, explanation};

use crate::remedy_laws::{bobs, edits, why};

fn told(why: &Explanation) -> String {
    explanation(why, &Style { format: Format::Plain, width: 400, ..Style::default() })
}

const ADMIN: &str = "attach AdministratorAccess to user carol\n";

#[test]
fn a_fix_that_replaces_a_policy_reads_it_first_and_puts_it_by_one_command_each() {
    let own = bobs(r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }"#);
    let why = why(&format!("{ADMIN}{own}"), "bob s3:GetObject on arn:aws:s3:::b/k");
    let first = edits(&why)[0];
    let (read, run) = (first.read.as_deref().unwrap_or_default(), first.run.as_deref().unwrap_or_default());
    assert_eq!(
        read,
        "aws iam get-user-policy --user-name bob --policy-name P --query PolicyDocument > policy.json"
    );
    assert_eq!(
        run,
        "aws iam put-user-policy --user-name bob --policy-name P --policy-document file://policy.json"
    );
    let told =
        explained(&why, Extent::Full, &Style { format: Format::Plain, width: 400, ..Style::default() });
    assert!(told.contains(&format!("      get    {read}\n      run    {run}\n")), "{told}");
}

#[test]
fn a_new_policy_needs_no_reading_and_says_what_its_file_holds() {
    let why = why(ADMIN, "bob s3:GetObject on arn:aws:s3:::b/k");
    assert_eq!(edits(&why)[0].read, None);
    assert!(
        told(&why)
            .contains("file   policy.json: `{\"Version\": \"2012-10-17\", \"Statement\": [the above]}`")
    );
}

#[test]
fn a_long_command_goes_on_behind_a_backslash_so_that_it_can_be_copied() {
    let own = bobs(r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }"#);
    let why = why(&format!("{ADMIN}{own}"), "bob s3:GetObject on arn:aws:s3:::b/k");
    let narrow = explained(&why, Extent::Full, &Style { width: 60, ..Style::default() });
    let lines: Vec<&str> = narrow.lines().skip_while(|line| !line.starts_with("      run ")).collect();
    assert!(lines[0].ends_with(" \\") && !lines[0].contains('`'), "{narrow}");
    let command = lines.iter().take_while(|line| line.ends_with(" \\"));
    assert!(
        command.clone().count() > 0 && command.into_iter().all(|line| line.chars().count() <= 60),
        "{narrow}"
    );
}

#[test]
fn people_are_asked_before_roles_and_a_role_says_who_assumes_it_or_what_it_is_for() {
    let roles = r#"role ci trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "codebuild.amazonaws.com" }, "Action": "sts:AssumeRole" } }
attach AdministratorAccess to role ci
role Ops trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/carol" }, "Action": "sts:AssumeRole" } }
attach AdministratorAccess to role Ops
detach AdministratorAccess from role Break
"#;
    let question = "bob s3:GetObject on arn:aws:s3:::b/k";
    let alone = why(roles, question);
    assert_eq!(
        edits(&alone)[0].who.as_deref(),
        Some(
            "role Ops (user carol may assume it), else role ci (for codebuild.amazonaws.com) (iam:PutUserPolicy)"
        )
    );
    assert_eq!(edits(&alone)[0].keeper.as_deref(), Some("user carol (as role Ops)"));
    let with_her = why(&format!("{roles}{ADMIN}"), question);
    assert_eq!(
        edits(&with_her)[0].who.as_deref(),
        Some("user carol, else role ci (for codebuild.amazonaws.com) (iam:PutUserPolicy)")
    );
}

#[test]
fn a_launch_that_lacks_its_image_says_so_in_the_first_line_and_has_its_fix() {
    let launch = bobs(
        r#"{ "Sid": "Launch", "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": ["arn:aws:ec2:*:111122223333:instance/*", "arn:aws:ec2:*:111122223333:volume/*", "arn:aws:ec2:*:111122223333:network-interface/*", "arn:aws:ec2:*:111122223333:subnet/*", "arn:aws:ec2:*:111122223333:security-group/*"] }"#,
    );
    let question = "bob ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/*";
    let why = why(&format!("{ADMIN}{launch}"), question);
    let told = told(&why);
    assert!(
        told.starts_with("allowed\nbut the call fails: ec2:RunInstances on its image is denied\n"),
        "{told}"
    );
    assert!(told.contains("arn:aws:ec2:us-east-1::image/*"), "{told}");
}

#[test]
fn a_pull_and_a_passed_role_say_without_what_they_are_of_little_use() {
    let then = |question: &str| {
        let why = why(ADMIN, question);
        let told = told(&why);
        told.lines().find(|line| line.starts_with("after ")).unwrap_or_default().to_owned()
    };
    let pull = then("bob ecr:BatchGetImage on arn:aws:ecr:us-east-1:111122223333:repository/app");
    assert!(pull.contains("allowed, but of little use without ecr:GetAuthorizationToken: denied"), "{pull}");
}

#[test]
fn a_database_that_is_named_by_its_name_is_corrected_in_place() {
    let own = bobs(
        r#"{ "Sid": "Db", "Effect": "Allow", "Action": "rds-db:connect", "Resource": "arn:aws:rds-db:us-east-1:111122223333:dbuser:shop/app" }"#,
    );
    let question =
        "bob rds-db:connect on arn:aws:rds-db:us-east-1:111122223333:dbuser:db-ABCDEFGHIJKL01234/app";
    let why = why(&format!("{ADMIN}{own}"), question);
    let words = &edits(&why)[0].words;
    assert!(
        words.contains(
            "write \"arn:aws:rds-db:us-east-1:111122223333:dbuser:db-ABCDEFGHIJKL01234/app\" instead of"
        ),
        "{words}"
    );
    assert!(told(&why).contains("rds-db wants the id of the database"));
}

#[test]
fn whoever_names_a_folder_of_a_bucket_is_not_told_that_a_bucket_is_not_its_objects() {
    let own = bobs(
        r#"{ "Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/published/*"] }"#,
    );
    let why = why(&format!("{ADMIN}{own}"), "bob s3:GetObject on arn:aws:s3:::b/draft/k");
    let told = told(&why);
    assert!(told.contains("policy   arn:aws:s3:::b/published/*"), "{told}");
    assert!(!told.contains("\"arn:aws:s3:::b/*\""), "{told}");
    assert!(told.contains("meant for user bob?"), "{told}");
}

#[test]
fn a_saml_audience_is_set_where_the_recipient_is_by_whoever_runs_the_provider() {
    let provider = "arn:aws:iam::111122223333:saml-provider/Idp";
    let role = format!(
        r#"role Portal trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Federated": "{provider}" }}, "Action": "sts:AssumeRoleWithSAML", "Condition": {{ "StringEquals": {{ "SAML:aud": "https://signin.aws.amazon.com/saml" }} }} }} }}"#
    );
    let question = format!(
        "{provider} sts:AssumeRoleWithSAML on arn:aws:iam::111122223333:role/Portal with SAML:aud=urn:amazon:webservices"
    );
    let why = why(&role, &question);
    let first = edits(&why)[0];
    assert!(first.words.contains("set the Recipient (the ACS URL; not the Audience)"), "{}", first.words);
    assert_eq!(first.who.as_deref(), Some("whoever runs identity provider Idp"));
}

#[test]
fn beside_a_deny_of_the_organization_a_public_bucket_is_not_blamed_on_it() {
    let script = r#"account 999999999999
account 111122223333
organization o-abcdefghij management 999999999999
move account 111122223333 to organization-root
rcp Perimeter { "Version": "2012-10-17", "Statement": { "Sid": "Ours", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-abcdefghij" } } } }
attach Perimeter to organization-root
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "Everyone", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" } }
public-access-block on for arn:aws:s3:::b"#;
    let told = told(&why(script, "anonymous s3:GetObject on arn:aws:s3:::b/k"));
    assert!(told.contains("why 1    explicit deny by Perimeter · Ours"), "{told}");
    assert!(
        told.contains("S3 Block Public Access: b · Everyone (resource-based) makes the bucket public"),
        "{told}"
    );
}

#[test]
fn an_ordinary_answer_has_the_command_and_says_that_it_replaces_the_whole() {
    let own = bobs(r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }"#);
    let told = told(&why(&format!("{ADMIN}{own}"), "bob s3:GetObject on arn:aws:s3:::b/k"));
    assert!(told.contains("(iam:PutUserPolicy, replaces the whole document)\n      run    aws iam put-user-policy --user-name bob"), "{told}");
    assert!(!told.contains("      get    "), "what reads it first is told in full\n{told}");
}

#[test]
fn no_command_of_an_ordinary_answer_needs_one_before_it() {
    let script = r#"attach AdministratorAccess to user carol
policy Limit { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*" } }
attach AdministratorAccess to user bob
boundary Limit on user bob"#;
    let told = told(&why(script, "bob sns:Publish on arn:aws:sns:us-east-1:111122223333:t"));
    assert!(
        told.contains(
            "run    aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/Limit"
        ),
        "{told}"
    );
}

#[test]
fn what_is_asked_is_as_wide_as_what_is_opened_and_names_whom_to_ask() {
    let endpoint = r#"attach AdministratorAccess to user carol
attach AmazonS3FullAccess to user bob
endpoint vpce-1 vpc vpc-1 owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::packages/*" } }
resource arn:aws:s3:::genomes owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::genomes/*" } }"#;
    let asked = "bob s3:GetObject on arn:aws:s3:::genomes/human/a.fa with aws:SourceVpce=vpce-1";
    let told = told(&why(endpoint, asked));
    let question = r#"ask user carol first: "May user bob call s3:GetObject on every object of bucket genomes through vpce-1?""#;
    assert!(told.replace("of account 111122223333 ", "").contains(question), "{told}");
}

#[test]
fn up_to_three_who_may_make_a_change_are_named() {
    let admins = "attach AdministratorAccess to user carol\nuser dave\nattach AdministratorAccess to user dave\nuser erin\nattach AdministratorAccess to user erin\n";
    let told = told(&why(admins, "bob s3:GetObject on arn:aws:s3:::b/k"));
    assert!(told.contains("by     user carol, user dave or user erin (iam:PutUserPolicy)"), "{told}");
}

#[test]
fn whoever_may_make_the_change_may_decide_it() {
    let own = bobs(r#"{ "Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*" }"#);
    let told = told(&why(&own, "bob s3:GetObject on arn:aws:s3:::b/k"));
    assert!(told.contains("you may decide it: \"May user bob call s3:GetObject on b/k?\""), "{told}");
}

#[test]
fn a_queue_of_which_no_key_is_declared_is_not_said_to_have_none() {
    let queue = "resource arn:aws:sqs:us-east-1:111122223333:jobs\n";
    let told = told(&why(queue, "bob sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:jobs"));
    assert!(
        told.contains("after    allowed; not checked: a KMS key of the queue (none is declared)\n"),
        "{told}"
    );
}
