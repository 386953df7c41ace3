//! What AWS answers where it does not know who calls: no policy is asked then, and no change of one helps.
//!
//! From the common errors of the API references of IAM and S3 (2026), and the words of the AWS CLI 2, as of 2026-11-30.

/// A refusal of the credentials themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialError {
    /// AWS's code, or its words where it has none.
    pub code: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do.
    pub helps: &'static str,
}

/// The refusal of credentials that a text tells of.
pub fn credential_error(text: &str) -> Option<&'static CredentialError> {
    ERRORS.iter().find(|error| text.contains(error.code))
}

const NEW_SESSION: &str = "get new credentials: sign in again (`aws sso login`), or assume the role again";

static ERRORS: [CredentialError; 9] = [
    CredentialError {
        code: "ExpiredToken",
        means: "the session has ended: temporary credentials last for some hours at most",
        helps: NEW_SESSION,
    },
    CredentialError { code: "TokenRefreshRequired", means: "the session has ended", helps: NEW_SESSION },
    CredentialError {
        code: "InvalidClientTokenId",
        means: "no access key has this id: it was deleted, is of another partition, or its session token is missing",
        helps: "see who is meant with `aws configure list`; temporary keys need AWS_SESSION_TOKEN, too",
    },
    CredentialError {
        code: "InvalidAccessKeyId",
        means: "no access key has this id: it was deleted, or its session token is missing",
        helps: "see who is meant with `aws configure list`; temporary keys need AWS_SESSION_TOKEN, too",
    },
    CredentialError {
        code: "UnrecognizedClientException",
        means: "the access key or its session token is not valid, or the Region is not enabled in the account",
        helps: "see who is meant with `aws configure list`, and the Region with `aws account list-regions`",
    },
    CredentialError {
        code: "SignatureDoesNotMatch",
        means: "the secret key does not belong to the access key, or the request was changed on its way",
        helps: "enter the secret key again, and see that the clock of the machine is right",
    },
    CredentialError {
        code: "RequestTimeTooSkewed",
        means: "the clock of the machine is more than 15 minutes off",
        helps: "set the clock",
    },
    CredentialError {
        code: "RequestExpired",
        means: "the request was signed too long ago, or the clock of the machine is off",
        helps: "make it again, and see that the clock is right",
    },
    CredentialError {
        code: "Unable to locate credentials",
        means: "the command line found no credentials, so it made no call at all",
        helps: "`aws configure sso`, or a profile: `--profile NAME`",
    },
];
