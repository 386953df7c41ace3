//! Where a claim of an identity provider is set, by the condition key that has it.
//!
//! IAM User Guide, reference_policies_iam-condition-keys (SAML:aud is the Recipient, not the Audience, of the assertion), and
//! GitHub's guide to configuring OpenID Connect in AWS: general knowledge, as of 2026-11-30.

use super::option_words::filled;
use super::services::is;

/// What is to be set, and who does that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimSetting {
    /// What to do: `set the Recipient (ACS URL, not the Audience) of the SAML application to …`.
    pub how: String,
    /// Who does it, where that is not whoever runs the provider.
    pub by: Option<&'static str>,
}

/// How a claim gets another value; of claims that no table names only who sets them.
pub fn claim_setting(key: &str, value: &str) -> Option<ClaimSetting> {
    let known = |(name, ..): &&(&str, &str, Option<&str>)| match name.strip_prefix('*') {
        Some(end) => {
            key.len() > end.len() && key.get(key.len() - end.len()..).is_some_and(|own| is(own, end))
        }
        None => is(name, key),
    };
    let (_, how, by) = SETTINGS.iter().find(known)?;
    Some(ClaimSetting { how: filled(how, &[("VALUE", value)]), by: *by })
}

/// A key, or `*` and how it ends; what to do; and who does it.
#[rustfmt::skip]
static SETTINGS: &[(&str, &str, Option<&str>)] = &[
    ("SAML:aud", "in the identity provider's SAML application, set the Recipient (the ACS URL; not the Audience) to `VALUE`", None),
    ("SAML:iss", "have the assertion issued by `VALUE`", None),
    ("token.actions.githubusercontent.com:aud", "in the workflow, ask for the token with `audience: VALUE`", Some("whoever writes the workflow")),
    ("*:aud", "have the token issued for the client id (audience) `VALUE`", None),
];

/// What is no longer checked once a job of an environment may come where one of a branch had to: GitHub names one or the
/// other in `sub`.
pub fn unchecked_branch(key: &str, old: &str, new: &str) -> Option<String> {
    let is_of_github = key.eq_ignore_ascii_case("token.actions.githubusercontent.com:sub");
    let (_, branch) = old.split_once(":ref:refs/heads/").filter(|_| is_of_github)?;
    let (_, environment) = new.split_once(":environment:")?;
    Some(format!(
        "AWS then no longer checks the branch: in GitHub, let environment `{environment}` be deployed from `{branch}` alone"
    ))
}

/// Who is let in by the old value of such a claim, in words.
pub fn let_in_by_branch(old: &str) -> Option<String> {
    let (_, branch) = old.split_once(":ref:refs/heads/")?;
    Some(format!("a job on `{branch}` without an environment"))
}

#[cfg(test)]
mod tests {
    use super::claim_setting;

    #[test]
    fn the_audience_that_iam_reads_of_saml_is_the_recipient() {
        let saml = claim_setting("saml:aud", "https://signin.aws.amazon.com/saml").expect("known");
        assert!(saml.how.contains("set the Recipient") && saml.how.ends_with("/saml`"), "{saml:?}");
        let github = claim_setting("token.actions.githubusercontent.com:aud", "sts.amazonaws.com");
        assert!(github.is_some_and(|own| own.how.contains("`audience: sts.amazonaws.com`")));
        assert!(claim_setting("idp.example.com:aud", "x").is_some());
        assert_eq!(claim_setting("idp.example.com:sub", "x"), None);
    }
}
