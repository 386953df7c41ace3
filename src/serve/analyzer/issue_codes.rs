//! AWS's names for what lint finds, from the policy check reference of Access Analyzer (2026). What AWS has no check for
//! keeps the name that it has here.

/// Our code, and AWS's.
#[rustfmt::skip]
const ISSUE_CODES: &[(&str, &str)] = &[
    ("action-not-here", "UNSUPPORTED_ACTION_IN_POLICY"),
    ("arn-account", "INVALID_ARN_ACCOUNT"),
    ("arn-partition", "INVALID_PARTITION"),
    ("arn-region", "INVALID_ARN_REGION"),
    ("arn-service-case", "INVALID_ARN_SERVICE_CASE"),
    ("arn-service-wildcard", "WILDCARD_IN_SERVICE_NAME"),
    ("bad-action", "INVALID_ACTION"),
    ("bad-effect", "INVALID_EFFECT"),
    ("bad-resource", "INVALID_ARN_PREFIX"),
    ("bad-sid", "UNSUPPORTED_SID"),
    ("bad-value", "TYPE_MISMATCH"),
    ("bad-version", "INVALID_VERSION"),
    ("condition-key-twice", "DUPLICATE_KEYS_WITH_DIFFERENT_CASE"),
    ("confused-deputy", "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"),
    ("create-slr-any", "CREATE_SLR_WITH_STAR_IN_RESOURCE"),
    ("duplicate-sid", "UNIQUE_SIDS_REQUIRED"),
    ("empty-condition", "EMPTY_OBJECT_CONDITION"),
    ("empty-sid", "EMPTY_SID_VALUE"),
    ("empty-values", "EMPTY_ARRAY_CONDITION"),
    ("epoch-date", "INVALID_DATE_VALUE"),
    ("exclusive-elements", "UNSUPPORTED_ELEMENT_COMBINATION"),
    ("host-bits", "IMPROVE_IP_RANGE"),
    ("invalid-principal", "INVALID_PRINCIPAL_FORMAT"),
    ("irrelevant-key", "IRRELEVANT_CONDITION_KEY_IN_POLICY"),
    ("json-syntax-error", "JSON_SYNTAX_ERROR"),
    ("key-form", "INVALID_CONDITION_KEY_FORMAT"),
    ("key-not-carried", "UNSUPPORTED_ACTION_FOR_CONDITION_KEY"),
    ("many-booleans", "INVALID_CONDITION_MULTIPLE_BOOLEAN"),
    ("misshapen-arn", "INVALID_ARN_RESOURCE"),
    ("missing-principal", "MISSING_PRINCIPAL"),
    ("missing-twin", "MISSING_PAIRED_CONDITION_KEYS"),
    ("missing-version", "MISSING_VERSION"),
    ("no-statement", "MISSING_STATEMENT"),
    ("not-principal-allow", "ALLOW_WITH_NOT_PRINCIPAL"),
    ("null-if-exists", "NULL_WITH_IF_EXISTS"),
    ("null-with-set", "NULL_WITH_QUALIFIER"),
    ("operator-type", "TYPE_MISMATCH"),
    ("pair-never-matches", "INVALID_ARN_RESOURCE"),
    ("pass-role-any", "PASS_ROLE_WITH_STAR_IN_RESOURCE"),
    ("private-ip", "PRIVATE_IP_ADDRESS"),
    ("redundant-action", "REDUNDANT_ACTION"),
    ("redundant-resource", "REDUNDANT_RESOURCE"),
    ("redundant-statement", "REDUNDANT_STATEMENT"),
    ("redundant-value", "REDUNDANT_CONDITION_VALUE"),
    ("resource-form", "INVALID_ARN_RESOURCE"),
    ("service-key-clash", "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"),
    ("service-principal-form", "INVALID_SERVICE_PRINCIPAL_FORMAT"),
    ("service-wildcard-name", "WILDCARD_IN_SERVICE_NAME"),
    ("set-missing", "MISSING_QUALIFIER"),
    ("set-on-single", "FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY"),
    ("short-arn", "MISSING_ARN_FIELD"),
    ("spoofable-key", "UNTRUSTWORTHY_CONDITION_KEY"),
    ("tag-key-missing", "MISSING_TAG_KEY_IN_CONDITION"),
    ("unknown-action", "INVALID_ACTION"),
    ("unknown-element", "INVALID_POLICY_ELEMENT"),
    ("unknown-operator", "INVALID_CONDITION_OPERATOR"),
    ("unknown-service", "INVALID_SERVICE_IN_ACTION"),
    ("variable-in-old-version", "VARIABLE_UNSUPPORTED_IN_VERSION"),
    ("variable-in-operator", "INVALID_VARIABLE_FOR_OPERATOR"),
    ("variable-open", "VARIABLE_USAGE_TOO_PERMISSIVE"),
    ("variable-place", "VARIABLE_UNSUPPORTED_IN_ELEMENT"),
    ("wildcard-equals", "WILDCARD_WITHOUT_LIKE_OPERATOR"),
    ("wildcard-in-principal", "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"),
    ("wrong-type", "DATA_TYPE_MISMATCH"),
];

/// AWS's code for one of ours that depends on what it is said of: the element that is missing, whether a key is a global one.
const BY_WORD: [(&str, &str, &str); 8] = [
    ("missing-element", "`Action`", "MISSING_ACTION"),
    ("missing-element", "`Effect`", "MISSING_EFFECT"),
    ("missing-element", "`Resource`", "MISSING_RESOURCE"),
    ("missing-element", "`Principal`", "MISSING_PRINCIPAL"),
    ("missing-element", "`Statement`", "MISSING_STATEMENT"),
    ("forbidden-element", "Principal", "UNSUPPORTED_PRINCIPAL"),
    ("unknown-key", "aws:", "INVALID_GLOBAL_CONDITION_KEY"),
    ("unknown-key", "", "INVALID_SERVICE_CONDITION_KEY"),
];

/// AWS's code for a finding, where it has one.
pub(super) fn issue_code(code: &str, message: &str) -> Option<&'static str> {
    let by_word = BY_WORD.into_iter().find(|(own, word, _)| *own == code && message.contains(word));
    let plain = || ISSUE_CODES.iter().find(|(own, _)| *own == code).map(|(_, issue)| *issue);
    by_word.map(|(.., issue)| issue).or_else(plain)
}
