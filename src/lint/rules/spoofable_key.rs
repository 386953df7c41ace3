//! Headers that the caller writes as he likes, as the only bar.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use super::public::{let_in, open};
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "spoofable-key",
        severity: Severity::Security,
        what: "`aws:Referer` or `aws:UserAgent` as all that keeps anybody out",
        why: "the caller writes these headers as he likes, so that everybody who knows the value is let in",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:Referer": "https://example.com/*"}}}"#,
        near: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:Referer": "https://example.com/*"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        check: Some(spoofable),
    },
];

const KEYS: [&str; 2] = ["aws:Referer", "aws:UserAgent"];

fn spoofable(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key) {
        return;
    }
    for statement in open(subject) {
        let Some((key, value)) = header(statement) else { continue };
        let is_let_in = |action: &str, arn: &str| {
            subject.lets_in_with(true, action, arn, Some((key, &value))).then_some(())
        };
        if let Some(((), action, arn)) = let_in(subject, statement, is_let_in) {
            let what = format!(
                "anybody who writes `{value}` as `{key}` is let in: `{action}` on `{arn}` is allowed"
            );
            let help = "name who may: an account, an organization, a VPC endpoint, a CloudFront distribution";
            found.advise(statement.place(Token::Condition), what, help);
        }
    }
}

/// The header that the condition asks for, and a value that it takes.
fn header(statement: LintedStatement<'_>) -> Option<(&'static str, String)> {
    let key = *KEYS.iter().find(|key| statement.requires(&[**key]))?;
    let mut of_key = statement.tests().filter(|(_, test)| statement.key(test).eq_ignore_ascii_case(key));
    let value = of_key.find_map(|test| statement.values(test).next())?.1;
    Some((key, value.replace(['*', '?'], "x")))
}
