//! What people say that somebody does to something, and the call that it is: `delete bucket reports`.

use super::filler::{filled, fillers};
use super::pattern::matched;
use super::tasks::TASKS;
use super::word::{Found, Spoken};
use crate::session::Session;

/// A pattern of words, and the action with what it is asked for.
#[rustfmt::skip]
const DEEDS: &[(&str, &str)] = &[
    ("read|get|download|open|see|view|access|use [all] [to] [the] [objects|files|data|content|contents|everything] [from|of|in|inside] [the|my|our] [s3] [bucket] BUCKET", "s3:GetObject on {BUCKET}/*"),
    ("read|get|download|open|see|view|access [all] [to] [the] [objects|files|data|content|contents|everything] [from|of|in|inside] [the|my|our] [s3] bucket NEW-BUCKET", "s3:GetObject on {NEW-BUCKET}/*"),
    ("write|put|upload|change|save|add|store [objects|files|data|a|an] [file|object] [to|into|in] [the|my|our] [s3] [bucket] BUCKET", "s3:PutObject on {BUCKET}/*"),
    ("write|put|upload|change|save|add|store [objects|files|data|a|an] [file|object] [to|into|in] [the|my|our] [s3] bucket NEW-BUCKET", "s3:PutObject on {NEW-BUCKET}/*"),
    ("list [the] [objects|files] [from|of|in] [the|my|our] [s3] [bucket] BUCKET", "s3:ListBucket on {BUCKET}"),
    ("delete|remove|empty [all] [the] objects|files|everything|data [from|of|in] [the|my|our] [s3] [bucket] BUCKET", "s3:DeleteObject on {BUCKET}/*"),
    ("delete|remove|drop [the|my|our] [s3] [bucket] BUCKET", "s3:DeleteBucket on {BUCKET}"),
    ("delete|remove|drop [the|my|our] [s3] bucket NEW-BUCKET", "s3:DeleteBucket on {NEW-BUCKET}"),
    ("encrypt [the|my|our] [s3] [bucket] BUCKET", "s3:PutEncryptionConfiguration on {BUCKET}"),
    ("create|make [a|an|the|new] [new] [s3] bucket [called|named] NEW-BUCKET", "s3:CreateBucket on {NEW-BUCKET}"),
    ("read|get|download|open|see|view|access [the] [file|object] OBJECT", "s3:GetObject on {OBJECT}"),
    ("write|put|upload|change|overwrite [to] [the] [file|object] OBJECT", "s3:PutObject on {OBJECT}"),
    ("delete|remove [the] [file|object] OBJECT", "s3:DeleteObject on {OBJECT}"),
    ("delete|remove|drop [the] [iam] [user] USER", "iam:DeleteUser on {USER-ARN}"),
    ("create|make|add [an|a] access key|keys for [user] USER", "iam:CreateAccessKey on {USER-ARN}"),
    ("set|change|reset|create|give [a|the] USER [a|the] [new] password", "iam:UpdateLoginProfile on {USER-ARN}"),
    ("assume|become|use|take|be [the] [role] ROLE [role]", "sts:AssumeRole on {ROLE-ARN}"),
    ("switch|change [to|into] [the] [role] ROLE [role]", "sts:AssumeRole on {ROLE-ARN}"),
    ("pass|hand|give [on] [the] [role] ROLE [role] to SERVICE", "iam:PassRole on {ROLE-ARN} with iam:PassedToService={SERVICE}.amazonaws.com"),
    ("pass|hand [on] [the] [role] ROLE [role]", "iam:PassRole on {ROLE-ARN}"),
    ("do|call|use|run|perform ACTION", "{ACTION}"),
    ("ACTION", "{ACTION}"),
];

/// What somebody does, as it is asked: `s3:GetObject on arn:aws:s3:::reports/*`.
pub(super) fn deed(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let said = DEEDS.iter().find_map(|(pattern, call)| {
        let found = matched(pattern, words, session)?;
        Some((filled(call, &fillers(&found, session))?, found.iter().all(|one: &Found| one.exact)))
    });
    let task = || TASKS.iter().find(|(pattern, _)| matched(pattern, words, session).is_some());
    said.or_else(|| task().map(|(_, action)| ((*action).to_owned(), true)))
}
