//! What AWS answers instead: its code, and our words for what is wrong.

use super::given::Given;
use crate::session::failure::Failure;
use crate::source::{Diagnostic, Place};
use crate::world::WorldError;

/// Why a call was not done.
#[derive(Debug)]
pub(super) enum Refusal {
    /// AWS's code, and what is wrong.
    Error(&'static str, WorldError),
    /// A document has errors.
    Malformed(Place, Vec<Diagnostic>),
    /// Something else.
    Failure(Failure),
}

/// AWS's code for what the world refuses.
const CODES: &[(&str, &[&str])] = &[
    (
        "NoSuchEntity",
        &[
            "unknown-user",
            "unknown-group",
            "unknown-role",
            "unknown-policy",
            "unknown-inline-policy",
            "unknown-version",
            "not-attached",
            "not-a-member",
            "no-alias",
        ],
    ),
    ("EntityAlreadyExists", &["user-exists", "group-exists", "role-exists", "policy-exists", "alias-taken"]),
    ("AccessDenied", &["not-offered"]),
    ("DeleteConflict", &["policy-in-use", "entity-in-use", "default-version"]),
    ("LimitExceeded", &["version-limit"]),
    ("MalformedPolicyDocument", &["missing-version", "missing-claim", "policy-refused"]),
    ("InvalidInput", &["bad-policy-arn", "foreign-policy"]),
    ("AlreadyInOrganizationException", &["organization-exists"]),
    ("AWSOrganizationsNotInUseException", &["no-organization"]),
    ("DuplicateOrganizationalUnitException", &["unit-exists"]),
    ("DuplicatePolicyException", &["name-taken", "scp-exists"]),
    ("AccountNotFoundException", &["not-a-member-account", "unknown-account"]),
    ("TargetNotFoundException", &["unknown-target"]),
    ("PolicyNotFoundException", &["unknown-organization-policy"]),
    ("ConstraintViolationException", &["last-scp", "rcp-full-access", "too-deep", "management-account"]),
    ("NoSuchBucket", &["unknown-bucket"]),
    ("NoSuchBucketPolicy", &["no-bucket-policy"]),
    ("BucketNotEmpty", &["resource-in-use"]),
    ("BucketAlreadyOwnedByYou", &["bucket-exists"]),
    ("NotFoundException", &["unknown-key"]),
    ("ResourceNotFoundException", &["unknown-resource"]),
];

/// AWS's code for an error of the world; what is wrongly written is a validation error.
fn code_of(error: &WorldError) -> &'static str {
    let found = CODES.iter().find(|(_, ours)| ours.contains(&error.code));
    found.map_or("ValidationError", |(code, _)| code)
}

impl From<WorldError> for Refusal {
    fn from(error: WorldError) -> Self {
        Self::Error(code_of(&error), error)
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::World(error) => error.into(),
            other => Self::Failure(other),
        }
    }
}

impl From<Diagnostic> for Refusal {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Failure(diagnostic.into())
    }
}

/// A refusal in the form of the AWS command line.
pub(super) fn occurred(code: &str, operation: &str, what: &str) -> String {
    format!("An error occurred ({code}) when calling the {operation} operation: {what}")
}

impl Refusal {
    /// The messages; the word that is to blame is underlined where it stands in the call.
    pub(super) fn failure(self, operation: &str, given: &Given, statement: &Place) -> Failure {
        match self {
            Self::Failure(failure) => failure,
            Self::Error(code, error) => {
                let place = given.place_of(&error.about).unwrap_or_else(|| statement.clone());
                let message = occurred(code, operation, &error.message);
                Diagnostic { help: error.help, ..Diagnostic::error(error.code, message) }.at(place, "").into()
            }
            Self::Malformed(place, mut found) => {
                let what = occurred("MalformedPolicyDocument", operation, "the policy document has errors");
                found.insert(0, Diagnostic::error("malformed-policy-document", what).at(place, ""));
                found.into()
            }
        }
    }
}
