//! A new statement as narrow as the request: under the keys that say what is asked for, and for the one who asks.

use super::super::NearMiss;
use super::context::SOURCE_ARN;
use crate::policy::Layer;
use crate::question::Asked;
use crate::syntax::json::quote;

const PREFIX: &str = "s3:prefix";
const SOURCE_ACCOUNT: &str = "aws:SourceAccount";
/// The key that tells to which service a role is passed.
pub(super) const PASSED_TO: &str = "iam:PassedToService";

impl Asked<'_> {
    /// The Condition that keeps a new statement to what was asked for: the prefix that is listed, the service to which a
    /// role is passed, and where the policy speaks to everybody who asks.
    pub(super) fn narrowing_condition(&self, layer: Layer) -> Option<String> {
        match layer {
            Layer::VpcEndpoint => self.condition_on_the_caller(),
            Layer::ServiceControl | Layer::ResourceControl | Layer::PermissionsBoundary => None,
            Layer::ResourceBased if self.is_of_a_service() => self.condition_on_the_source(),
            _ => self.condition_on_what_is_asked(),
        }
    }

    /// Whether a statement misses by such a key alone, and asks nothing else: by another prefix, another service.
    pub(super) fn is_asked_within(&self, miss: &NearMiss) -> bool {
        let key = [PREFIX, PASSED_TO].into_iter().find(|key| self.given_alone(key).is_some());
        let misses = |key: &str| {
            miss.differs.iter().all(|name| name.eq_ignore_ascii_case(&format!("Condition on {key}")))
        };
        let grants = matches!(miss.at.layer, Layer::IdentityBased | Layer::ResourceBased);
        let view = self.request.statement(miss.at);
        let alone = view.is_some_and(|view| view.policy.tests(view.statement).len() == 1);
        grants && alone && !miss.differs.is_empty() && key.is_some_and(misses)
    }

    /// For which resource, and which account, a service calls: without these any account could have it call.
    fn condition_on_the_source(&self) -> Option<String> {
        let tests = [("ArnEquals", SOURCE_ARN), ("StringEquals", SOURCE_ACCOUNT)];
        let given = tests.iter().filter_map(|(operator, key)| {
            let value = self.given_alone(key)?;
            Some(format!("\"{operator}\": {{{}: {}}}", quote(key), quote(value)))
        });
        let all: Vec<String> = given.collect();
        (!all.is_empty()).then(|| format!("{{{}}}", all.join(", ")))
    }

    fn condition_on_what_is_asked(&self) -> Option<String> {
        if let Some(service) = self.given_alone(PASSED_TO) {
            return Some(test("StringEquals", PASSED_TO, service));
        }
        let prefix = self.given_alone(PREFIX)?;
        Some(match prefix.ends_with('/') {
            true => test("StringLike", PREFIX, &format!("{prefix}*")),
            false => test("StringEquals", PREFIX, prefix),
        })
    }

    /// The caller by its ARN: of a session that of its role.
    fn condition_on_the_caller(&self) -> Option<String> {
        let caller = &self.request.caller;
        let arn = caller.parent_arn.as_deref().unwrap_or(&caller.arn);
        self.request.is_iam_principal().then(|| test("ArnEquals", "aws:PrincipalArn", arn))
    }

    /// The one value that the question gives for a key.
    fn given_alone(&self, key: &str) -> Option<&str> {
        let value = self.request.given_value(key)?;
        (!value.is_empty() && !value.contains(['*', '?', '$'])).then_some(value)
    }
}

fn test(operator: &str, key: &str, value: &str) -> String {
    format!("{{\"{operator}\": {{{}: {}}}}}", quote(key), quote(value))
}
