//! Rules B: conditions.

use super::rule::{Rule, rules};

pub(super) const RULES_B: &[Rule] = rules! {
    "B1" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition"
        "All operators and all keys of a `Condition` must hold. Of several values one is enough; with a \
         negated operator the request's value must equal none of them.";
    "B2" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition"
        "Letter case does not count in the name of a condition key, also not in the tag key behind the \
         slash; in tag values it does.";
    "B3" High background "2026" "IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "The same key twice under one operator, in different letter case, is refused.";
    "B4" Low behaviour "2026" "an RCP published by AWS"
        "Operator names are compared without regard to letter case, so that no Deny is lost over a letter; \
         another spelling than AWS's gets a warning.";
    "B5" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "An operator that does not exist is an error, and a policy that has one is not evaluated.";
    "B6" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "A condition key that does not exist is no error: it is simply absent from every request.";
    "B.2" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "Each operator belongs to a family: strings are compared exactly or with wildcards (`StringLike`), \
         numbers and dates by value, IP addresses by range, ARNs part by part.";
    "B7" Low behaviour "2026" "ours; iam-simulate (2026), a third party"
        "If a value under a numeric operator is not a number, the comparison fails, also under \
         `NumericNotEquals`, with a warning.";
    "B8" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "Dates are ISO 8601, from a bare year to fractions of a second, or seconds since 1970; what is \
         missing counts from the start of the period, in UTC.";
    "B9" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "`ArnEquals` and `ArnLike` are the same: both ARNs are split at the first five colons and compared \
         part by part, with wildcards.";
    "B10" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "An IP address without a prefix length is that one address. An IPv4 address is in no IPv6 range, \
         nor the reverse, so `NotIpAddress` is then true.";
    "B11" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "`Bool` matches `true` or `false` in any letter case; any other value matches nothing.";
    "B12" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "`Null` with `true` holds when the key is absent, with `false` when it is present; an empty list \
         counts as absent.";
    "B13" Medium behaviour "2026" "IAM User Guide (2026): access-analyzer-reference-policy-checks"
        "`Null` takes no `IfExists`; `ForAllValues:Null` is always true, `ForAnyValue:Null` always false.";
    "B14" Medium behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "A string operator on a key of another type compares the text as it stands, without ranges or \
         dates.";
    "B.3" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators; IAM User Guide (2026): reference_policies_condition-single-vs-multi-valued-context-keys"
        "When the key is absent, a positive operator is false, a negated one is true, and `IfExists` is \
         true; `ForAllValues` is then true and `ForAnyValue` false.";
    "B15" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "A negated operator is already true when its key is absent, so `IfExists` changes nothing: a Deny \
         with `StringNotEqualsIfExists` denies when the key is missing.";
    "B16" High behaviour "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "\"Less than\" and \"greater than\" are not negated operators: when the key is absent they are \
         false.";
    "B17" Medium background "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "One table of AWS's page, on `ForAllValues:StringNotLike`, contradicts the rules of the same page; \
         the rules are followed.";
    "B18" Low behaviour "2026" "IAM User Guide (2026): reference_policies_condition-single-vs-multi-valued-context-keys; iam-simulate (2026), a third party"
        "A key with many values under an operator without `ForAllValues` or `ForAnyValue`: one value is \
         compared as such, two or more never match. AWS only says that the word is required.";
    "B19" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-single-vs-multi-valued-context-keys"
        "`ForAllValues` or `ForAnyValue` on a key with a single value treats it as a list of one, and an \
         absent key as an empty list.";
    "B20" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-single-vs-multi-valued-context-keys"
        "Several keys under one `ForAllValues` or `ForAnyValue` operator are tested one by one, and all \
         must hold.";
    "B21" High behaviour "2026" "IAM User Guide (2026): reference_policies_condition-keys"
        "The order of values never matters for a comparison, not even for `aws:CalledVia`, whose list has \
         an order.";
    "B.4" High background "2026" "IAM User Guide (2026): reference_policies_elements_condition_operators"
        "Absent keys surprise most: a Deny with `Bool` on `aws:MultiFactorAuthPresent` does not stop a \
         long-term access key, because the key is absent then; `BoolIfExists` does.";
};
