//! What several examples need before them in the demo world.

pub(super) const ORGANIZATION: &str = "organization o-exampleorg management 111122223333";

/// Somebody who is signed in.
pub(super) const ALICE: &str = "sign-in alice at acme";

/// A role that principals of its account can assume.
pub(super) const DEPLOY: &str = r#"role Deploy trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }"#;

/// A question that was asked.
pub(super) const ASKED: &str = "can alice account:CloseAccount";
