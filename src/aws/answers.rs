//! AWS's codes and words for what a world refuses. Where a row has no words, ours stand alone.

use crate::world::WorldError;

/// What a service answers: the calls by how they begin (`iam attach-`), our code, AWS's code, AWS's words, in which
/// `{}` is the word that is to blame. The first row that fits counts.
#[rustfmt::skip]
const ANSWERS: &[(&str, &str, &str, &str)] = &[
    ("iam ", "unknown-user", "NoSuchEntity", "The user with name {} cannot be found."),
    ("iam ", "unknown-group", "NoSuchEntity", "The group with name {} cannot be found."),
    ("iam ", "unknown-role", "NoSuchEntity", "The role with name {} cannot be found."),
    ("iam attach-", "unknown-policy", "NoSuchEntity", "Policy {} does not exist or is not attachable."),
    ("", "unknown-policy", "NoSuchEntity", "Policy {} was not found."),
    ("iam ", "not-attached", "NoSuchEntity", "Policy {} was not found."),
    ("iam ", "unknown-inline-policy", "NoSuchEntity", ""),
    ("iam ", "unknown-version", "NoSuchEntity", ""),
    ("iam ", "not-a-member", "NoSuchEntity", ""),
    ("iam ", "no-alias", "NoSuchEntity", ""),
    ("iam ", "user-exists", "EntityAlreadyExists", "User with name {} already exists."),
    ("iam ", "group-exists", "EntityAlreadyExists", "Group with name {} already exists."),
    ("iam ", "role-exists", "EntityAlreadyExists", "Role with name {} already exists."),
    ("iam ", "policy-exists", "EntityAlreadyExists", "A policy called {} already exists. Duplicate names are not allowed."),
    ("iam ", "alias-taken", "EntityAlreadyExists", "The account alias {} already exists."),
    ("iam ", "policy-in-use", "DeleteConflict", "Cannot delete a policy attached to entities."),
    ("iam ", "entity-in-use", "DeleteConflict", ""),
    ("iam ", "default-version", "DeleteConflict", "Cannot delete the default version of a policy."),
    ("iam ", "version-limit", "LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."),
    ("iam ", "missing-version", "MalformedPolicyDocument", "Policy document must be version 2012-10-17 or greater."),
    ("iam ", "missing-claim", "MalformedPolicyDocument", ""),
    ("iam ", "bad-policy-arn", "InvalidInput", ""),
    ("iam ", "foreign-policy", "InvalidInput", ""),
    ("sts ", "not-offered", "AccessDenied", ""),
    ("organizations ", "organization-exists", "AlreadyInOrganizationException", "The AWS account is already a member of an organization."),
    ("", "no-organization", "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."),
    ("organizations ", "unit-exists", "DuplicateOrganizationalUnitException", ""),
    ("organizations ", "unit-not-empty", "OrganizationalUnitNotEmptyException", ""),
    ("organizations ", "name-taken", "DuplicatePolicyException", ""),
    ("organizations ", "scp-exists", "DuplicatePolicyException", ""),
    ("organizations ", "unknown-organization-policy", "PolicyNotFoundException", "You specified a policy that doesn't exist."),
    ("organizations ", "policy-in-use", "PolicyInUseException", "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation."),
    ("organizations ", "not-attached", "PolicyNotAttachedException", "The policy isn't attached to the specified target in the specified root."),
    ("organizations ", "unknown-account", "AccountNotFoundException", "You specified an account that doesn't exist."),
    ("", "not-a-member-account", "AccountNotFoundException", ""),
    ("organizations ", "unknown-handshake", "HandshakeNotFoundException", "We can't find a handshake with the HandshakeId that you specified."),
    ("organizations ", "already-invited", "HandshakeConstraintViolationException", "The account is already a member of an organization."),
    ("organizations ", "last-scp", "ConstraintViolationException", ""),
    ("organizations ", "rcp-full-access", "ConstraintViolationException", ""),
    ("organizations ", "too-deep", "ConstraintViolationException", ""),
    ("organizations ", "management-account", "ConstraintViolationException", ""),
    ("s3", "unknown-bucket", "NoSuchBucket", "The specified bucket does not exist"),
    ("s3", "no-policy", "NoSuchBucketPolicy", "The bucket policy does not exist"),
    ("s3", "bucket-exists", "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it."),
    ("s3", "bucket-taken", "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again."),
    ("s3", "bad-bucket-name", "InvalidBucketName", "The specified bucket is not valid."),
    ("s3", "resource-in-use", "BucketNotEmpty", ""),
    ("s3", "foreign-resource", "MalformedPolicy", "Policy has invalid resource"),
    ("s3", "public-policy", "AccessDenied", ""),
    ("sqs ", "unknown-resource", "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
    ("sns ", "unknown-resource", "NotFound", "Topic does not exist"),
    ("kms ", "unknown-resource", "NotFoundException", "Key '{}' does not exist"),
    ("kms ", "lockout", "MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future."),
    ("lambda ", "unknown-resource", "ResourceNotFoundException", "Function not found: {}"),
    ("lambda ", "no-policy", "ResourceNotFoundException", "The resource you requested does not exist."),
    ("lambda ", "unknown-statement", "ResourceNotFoundException", "Statement {} is not found in resource policy."),
    ("lambda ", "statement-exists", "ResourceConflictException", "The statement id ({}) provided already exists. Please provide a new statement id, or remove the existing statement."),
    ("secretsmanager ", "unknown-resource", "ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
    ("secretsmanager ", "resource-exists", "ResourceExistsException", "The operation failed because the secret {} already exists."),
];

/// What each service answers to a value that is wrongly written, and to a policy document with errors.
#[rustfmt::skip]
const WRITTEN_WRONGLY: &[(&str, &str, &str, &str)] = &[
    ("iam simulate-", "ValidationError", "InvalidInput", "Syntax errors in policy."),
    ("iam get-context-keys-", "ValidationError", "InvalidInput", "Syntax errors in policy."),
    ("iam ", "ValidationError", "MalformedPolicyDocument", "Syntax errors in policy."),
    ("sts ", "ValidationError", "MalformedPolicyDocument", "Syntax errors in policy."),
    ("organizations ", "InvalidInputException", "MalformedPolicyDocumentException", "The provided policy document does not meet the requirements of the specified policy type."),
    ("s3", "InvalidArgument", "MalformedPolicy", "Invalid policy syntax."),
    ("sqs ", "InvalidParameterValue", "InvalidAttributeValue", "Invalid value for the parameter Policy."),
    ("sns ", "InvalidParameter", "InvalidParameter", "Invalid parameter: Policy"),
    ("lambda ", "InvalidParameterValueException", "InvalidParameterValueException", ""),
    ("secretsmanager ", "InvalidParameterException", "MalformedPolicyDocumentException", ""),
    ("", "ValidationException", "MalformedPolicyDocumentException", ""),
];

/// AWS's code for what a call (`iam create-user`) was refused, and its words.
pub(super) fn answer(call: &str, error: &WorldError) -> (&'static str, Option<String>) {
    let found = ANSWERS.iter().find(|(calls, ours, ..)| call.starts_with(calls) && *ours == error.code);
    match found {
        Some((_, _, code, words)) => (*code, (!words.is_empty()).then(|| words.replace("{}", &error.about))),
        None => (written_wrongly(call), None),
    }
}

/// AWS's code and words for a policy document with errors.
pub(super) fn malformed(call: &str) -> (&'static str, &'static str) {
    let (_, _, code, words) = of_service(call);
    (code, if words.is_empty() { "the policy document has errors" } else { words })
}

/// AWS's code for a value that is wrongly written.
pub(super) fn written_wrongly(call: &str) -> &'static str {
    of_service(call).1
}

fn of_service(call: &str) -> (&'static str, &'static str, &'static str, &'static str) {
    let found = WRITTEN_WRONGLY.iter().find(|(calls, ..)| call.starts_with(calls));
    found.copied().unwrap_or(("", "ValidationError", "MalformedPolicyDocument", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_the_first_that_fits() {
        for (at, (calls, ours, ..)) in ANSWERS.iter().enumerate() {
            let hidden = ANSWERS[..at].iter().any(|(own, code, ..)| calls.starts_with(own) && code == ours);
            assert!(!hidden, "{calls}: {ours}");
        }
    }

    #[test]
    fn a_service_answers_in_its_own_words() {
        let error = WorldError::new("unknown-resource", "f", "ours");
        assert_eq!(
            answer("lambda add-permission", &error),
            ("ResourceNotFoundException", Some("Function not found: f".to_owned()))
        );
        assert_eq!(
            answer("kms put-key-policy", &WorldError::new("bad-x", "", "")),
            ("ValidationException", None)
        );
        assert_eq!(malformed("s3api put-bucket-policy").0, "MalformedPolicy");
    }
}
