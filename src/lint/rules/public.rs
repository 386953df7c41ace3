//! Who may come in from outside.

use super::super::findings::LintFindings;
use super::super::rule::LintRule;
use super::super::subject::{LintSubject, LintedStatement};
use crate::policy::{PolicyType, Token};
use crate::source::Severity;

#[rustfmt::skip]
pub(super) const RULES: &[LintRule] = &[
    LintRule {
        code: "public",
        severity: Severity::Security,
        what: "a policy of a resource that lets anybody in",
        why: "who does not even have an account of AWS, or whoever has one, may do what it allows",
        kind: PolicyType::ResourceBased,
        example: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#,
        near: r#"{"Principal": "*", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg"}}}"#,
        check: Some(public),
    },
    LintRule {
        code: "trust-any",
        severity: Severity::Security,
        what: "a trust policy that lets anybody in",
        why: "whoever has an account of AWS may assume the role",
        kind: PolicyType::Trust,
        example: r#"{"Principal": {"AWS": "*"}, "Effect": "Allow", "Action": "sts:AssumeRole"}"#,
        near: r#"{"Principal": {"AWS": "*"}, "Effect": "Allow", "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg"}}}"#,
        check: Some(trust),
    },
];

const ROLE: &str = "arn:aws:iam::123456789012:role/witness";

fn public(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if !matches!(subject.kind(), PolicyType::ResourceBased | PolicyType::Key) {
        return;
    }
    for statement in open(subject) {
        let witness = let_in(subject, statement, |action, arn| who(subject, action, arn));
        if let Some((who, action, arn)) = witness {
            let what = format!("{who} is let in: `{action}` on `{arn}` is allowed");
            let of_s3 = action.starts_with("s3:");
            let finding = found.at(statement.place(Token::Principal(0)), what);
            finding.help = of_s3
                .then(|| "Block Public Access, which new buckets have on, was taken to be off".to_owned());
        }
    }
}

fn trust(subject: &LintSubject<'_>, found: &mut LintFindings) {
    if subject.kind() != PolicyType::Trust {
        return;
    }
    for statement in open(subject) {
        if subject.lets_in(false, "sts:AssumeRole", ROLE) {
            let what = "whoever has an account of AWS may assume the role";
            found.advise(
                statement.place(Token::Principal(0)),
                what,
                "name the accounts, users or roles that may",
            );
        }
    }
}

/// How many of the actions of a pattern are tried.
const MOST_TRIED: usize = 40;

/// Who is let in by a statement, and the action and the resource that show it.
pub(super) fn let_in<T>(
    subject: &LintSubject<'_>,
    statement: LintedStatement<'_>,
    who: impl Fn(&str, &str) -> Option<T>,
) -> Option<(T, String, String)> {
    statement.actions().find_map(|(_, pattern)| {
        let actions = subject.catalog.matching_actions(&pattern).take(MOST_TRIED);
        let names: Vec<String> = actions.map(|action| action.to_string()).collect();
        let asked = |name: &String, is_own: bool| {
            let mut resources = resources(subject, statement, name);
            resources.retain(|arn| !is_own || is_of_service(arn, name));
            resources.into_iter().find_map(|arn| Some((who(name, &arn)?, name.clone(), arn)))
        };
        // A resource of the service itself shows more than one of another that the action works with.
        let own = names.iter().find_map(|name| asked(name, true));
        own.or_else(|| names.iter().find_map(|name| asked(name, false)))
    })
}

/// Whether an ARN is one of the service of an action.
fn is_of_service(arn: &str, action: &str) -> bool {
    let service = action.split(':').next();
    arn.split(':').nth(2) == service
}

/// The statements that allow everybody something.
pub(super) fn open<'s>(subject: &LintSubject<'s>) -> impl Iterator<Item = LintedStatement<'s>> {
    subject.statements().filter(|one| one.is_allow() && one.principals().any(|(_, _, text)| *text == *"*"))
}

fn who(subject: &LintSubject<'_>, action: &str, resource: &str) -> Option<&'static str> {
    if subject.lets_in(true, action, resource) {
        return Some("anybody, without an account of AWS,");
    }
    subject.lets_in(false, action, resource).then_some("anybody with an account of AWS")
}

/// Resources of the statement that the action works on: what its patterns leave open is filled in.
fn resources(subject: &LintSubject<'_>, statement: LintedStatement<'_>, action: &str) -> Vec<String> {
    let Some(facts) = subject.catalog.action(action) else { return Vec::new() };
    let named = statement.resources().filter(|(_, text)| text.starts_with("arn:") && !text.contains('$'));
    let mut found: Vec<String> = named.map(|(_, text)| text.replace(['*', '?'], "x")).collect();
    found.retain(|arn| facts.resource_type_of(arn).is_some());
    if found.is_empty() && statement.resources().all(|(_, text)| *text == *"*") {
        let formats = facts.resource_types().flat_map(|used| used.resource_type().arn_formats()).take(1);
        found.extend(formats.map(filled));
    }
    found.truncate(3);
    found
}

/// An ARN of a format.
fn filled(format: &str) -> String {
    let known = [("${Partition}", "aws"), ("${Region}", "us-east-1"), ("${Account}", "123456789012")];
    let mut arn = known.iter().fold(format.to_owned(), |arn, (hole, word)| arn.replace(hole, word));
    while let Some(at) = arn.find("${") {
        let end = arn[at..].find('}').map_or(arn.len(), |end| at + end + 1);
        arn.replace_range(at..end, "x");
    }
    arn.replace('*', "x")
}
