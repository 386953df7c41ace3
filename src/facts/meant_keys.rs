//! Names that people take for global condition keys, and the keys that they mean: names of CloudTrail's records and of
//! other services, general knowledge.

/// The global condition key that is meant by a name that is none.
pub fn meant_key(name: &str) -> Option<&'static str> {
    MEANT.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, key)| *key)
}

static MEANT: &[(&str, &str)] = &[
    ("aws:AccountId", "aws:PrincipalAccount"),
    ("aws:InvokedBy", "aws:CalledVia"),
    ("aws:MFAPresent", "aws:MultiFactorAuthPresent"),
    ("aws:OrganizationId", "aws:PrincipalOrgID"),
    ("aws:OrgID", "aws:PrincipalOrgID"),
    ("aws:PrincipalId", "aws:userid"),
    ("aws:Region", "aws:RequestedRegion"),
    ("aws:SourceIPAddress", "aws:SourceIp"),
    ("aws:Tag", "aws:ResourceTag/${TagKey}"),
];
