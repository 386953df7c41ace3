//! ARNs of a shape that no resource has, and operators that are nearly right: the smallest part is underlined, and
//! what to write is said.

use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::source::{Diagnostic, Source};

fn found(text: &str) -> Vec<Diagnostic> {
    parse_policy(&Source::new("p.json", text), PolicyType::IdentityBased).diagnostics
}

fn of_resource(arn: &str) -> Vec<Diagnostic> {
    found(&format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "*", "Resource": "{arn}"}}}}"#))
}

#[test]
fn each_misshapen_arn_is_underlined_where_it_is_wrong_and_mended() {
    for (arn, part, write) in [
        ("arn:aws::s3:::b/*", "::", "arn:aws:s3:::b/*"),
        ("arn::s3:::b/*", "::", "arn:aws:s3:::b/*"),
        ("arn::aws:s3:::b/*", "::", "arn:aws:s3:::b/*"),
        ("arn:aws:s3:::b:*", ":", "arn:aws:s3:::b/*"),
        ("arn:aws-cn:s3:::b:k", ":", "arn:aws-cn:s3:::b/k"),
        ("arn:aws:iam::111122223333:role:ci", ":", "arn:aws:iam::111122223333:role/ci"),
        ("arn:aws:kms:us-east-1:111122223333:key:1", ":", "arn:aws:kms:us-east-1:111122223333:key/1"),
        (
            "arn:aws:lambda:us-east-1:111122223333:function/f",
            "/",
            "arn:aws:lambda:us-east-1:111122223333:function:f",
        ),
        ("arn:aws:s3:::b/* ", " ", "arn:aws:s3:::b/*"),
    ] {
        let [one] = &of_resource(arn)[..] else { panic!("{arn}: {:?}", of_resource(arn)) };
        assert_eq!((one.code, one.labels[0].place.text()), ("misshapen-arn", part), "{arn}");
        assert_eq!(one.help.as_deref(), Some(&*format!("write `{write}`")), "{arn}");
    }
}

#[test]
fn a_region_or_an_account_where_there_is_none_is_underlined_alone() {
    for (arn, part, write) in [
        ("arn:aws:s3:us-east-1:111122223333:b/*", "us-east-1:111122223333", "arn:aws:s3:::b/*"),
        ("arn:aws:s3::111122223333:b", ":111122223333", "arn:aws:s3:::b"),
        ("arn:aws:s3:us-east-1::b", "us-east-1", "arn:aws:s3:::b"),
        ("arn:aws:iam:us-east-1:111122223333:role/x", "us-east-1", "arn:aws:iam::111122223333:role/x"),
        ("arn:aws:route53::111122223333:hostedzone/Z", ":111122223333", "arn:aws:route53:::hostedzone/Z"),
    ] {
        let [one] = &of_resource(arn)[..] else { panic!("{arn}: {:?}", of_resource(arn)) };
        assert_eq!((one.code, one.labels[0].place.text()), ("arn-field-not-taken", part), "{arn}");
        assert_eq!(one.help.as_deref(), Some(&*format!("write `{write}`")), "{arn}");
    }
}

#[test]
fn placeholders_that_nobody_filled_in_are_underlined() {
    for (arn, part) in [
        ("arn:aws:s3:::<bucket>/*", "<bucket>"),
        ("arn:aws:s3:::${var.bucket}/*", "${var.bucket}"),
        ("${aws_s3_bucket.b.arn}/*", "${aws_s3_bucket.b.arn}"),
        ("arn:aws:iam::${AWS::AccountId}:role/x", "${AWS::AccountId}"),
        ("arn:aws:s3:::{{ bucket }}/*", "{{ bucket }}"),
        ("arn:aws:s3:::YOUR-BUCKET-NAME/*", "YOUR-BUCKET-NAME"),
        ("arn:aws:iam::AWS_ACCOUNT_ID:role/x", "AWS_ACCOUNT_ID"),
    ] {
        let [one] = &of_resource(arn)[..] else { panic!("{arn}: {:?}", of_resource(arn)) };
        assert_eq!((one.code, one.labels[0].place.text()), ("placeholder", part), "{arn}");
    }
}

#[test]
fn arns_that_are_well_formed_are_left_alone() {
    for arn in [
        "arn:aws:s3:::b/a:b",
        "arn:aws:s3:::b/a b",
        "arn:aws:s3:::*:*",
        "arn:aws:s3:*:*:*",
        "arn:aws:s3:*:*:b/*",
        "arn:aws:s3:us-east-1:111122223333:accesspoint/x",
        "arn:aws:s3::111122223333:accesspoint/m.mrap",
        "arn:aws:lambda:us-east-1:111122223333:function:f:1",
        "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f:*",
        "arn:aws:iam::111122223333:user/${aws:username}",
        "arn:aws:s3:::b/${aws:PrincipalTag/team, 'a b'}/${*}",
        "arn:*:s3:::b",
    ] {
        assert_eq!(of_resource(arn), [], "{arn}");
    }
}

#[test]
fn an_operator_is_mended_in_each_of_its_parts() {
    for (written, meant) in [
        ("ForAnyValues:StringEquals", "ForAnyValue:StringEquals"),
        ("ForAllValue:StringLike", "ForAllValues:StringLike"),
        ("ForAnyvalue:StringEqualIfExists", "ForAnyValue:StringEqualsIfExists"),
        ("StringEqual", "StringEquals"),
    ] {
        let text = format!(
            r#"{{"Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{"{written}": {{"aws:TagKeys": "a"}}}}}}}}"#
        );
        let [one] = &found(&text)[..] else { panic!("{written}: {:?}", found(&text)) };
        assert_eq!(one.help.as_deref(), Some(&*format!("did you mean `{meant}`?")), "{written}");
    }
}
