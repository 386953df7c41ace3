//! What AWS's words for a policy document that it does not take mean.
//!
//! As services answer, seen on 2026-11-29; the words of IAM and S3 are not documented, so this list is not complete.

/// How AWS's words begin, and what is wrong.
const WORDS: [(&str, &str); 20] = [
    (
        "Syntax errors in policy",
        "the text is no JSON, or an element is misspelt, misplaced or of the wrong type",
    ),
    ("Syntax error at position", "the text is no JSON from the line and column on that AWS names"),
    ("This policy contains invalid Json", "the text is no JSON"),
    ("The policy is not in the valid JSON format", "the text is no JSON"),
    ("Policies must be valid JSON", "the text is no JSON, or something stands before its first `{`"),
    (
        "Policy document must be version 2012-10-17",
        "a customer managed policy begins with \"Version\": \"2012-10-17\"",
    ),
    ("The policy failed legacy parsing", "an ARN or a condition is not written as IAM writes it"),
    ("Partition", "a resource is no ARN: it begins with `arn:aws:`, or is `*`"),
    ("Resource", "a resource is no ARN: it begins with `arn:aws:`, or is `*`"),
    ("Policy statement must contain actions", "a statement lacks `Action` or `NotAction`"),
    ("Policy statement must contain resources", "a statement lacks `Resource` or `NotResource`"),
    ("Actions/Conditions must be prefaced by a vendor", "an action lacks its service: `s3:GetObject`"),
    ("Vendor", "the part of an action before the colon is no service"),
    ("Has prohibited field Resource", "a trust policy has no `Resource`: it is about the role that has it"),
    (
        "Has prohibited field Principal",
        "a policy of a user, group or role has no `Principal`: it is about who has it",
    ),
    (
        "Invalid principal in policy",
        "a principal that the policy names does not exist (any more), or is of a kind that this policy does not take",
    ),
    (
        "AssumeRole policy may only specify",
        "a trust policy allows actions of STS alone, such as sts:AssumeRole",
    ),
    (
        "Statement IDs (SID)",
        "two statements have the same Sid, or a Sid has other characters than letters and digits",
    ),
    ("Policy has invalid resource", "a bucket policy names another bucket than the one that it is put on"),
    (
        "Action does not apply to any resource",
        "an action of objects stands with the ARN of the bucket (it takes `arn:aws:s3:::BUCKET/*`), or the other way round",
    ),
];

/// What AWS's words mean for the policy; nothing where they are not known.
pub fn malformed_policy(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    WORDS.iter().find(|(begin, _)| lower.starts_with(&begin.to_lowercase())).map(|(_, meaning)| *meaning)
}
