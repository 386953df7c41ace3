//! Refusals, and the statuses of HTTP that they have: never one of 500 or more, which clients would ask again.

use super::protocol::Protocol;

/// Why a request is not answered, in the form of the service that was meant.
#[derive(Clone, Debug)]
pub(super) struct Unanswered {
    pub(super) protocol: Protocol,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Unanswered {
    pub(super) fn new(protocol: Protocol, code: &'static str, message: impl Into<String>) -> Self {
        Self { protocol, code, message: message.into() }
    }
}

/// The status of a code.
pub(super) fn status(code: &str) -> u16 {
    match code {
        "NoSuchEntity" | "NoSuchBucket" | "NoSuchBucketPolicy" | "ResourceNotFoundException" => 404,
        "NoSuchPublicAccessBlockConfiguration" | "UnknownOperationException" => 404,
        "AccessDenied" | "AccessDeniedException" => 403,
        "UnprocessableEntityException" => 422,
        _ => 400,
    }
}
