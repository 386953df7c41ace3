//! The resource that a new statement names: not pinned to one request where the policies already use a pattern.

use super::super::NearMiss;
use crate::compile::Element;
use crate::names::{Arn, glob, has_wildcard};
use crate::policy::{Effect, Layer, PolicyType};
use crate::question::Asked;
use crate::trace::{Mismatch, StatementAt};

/// How many characters Secrets Manager puts behind the name of a secret, and the `-` before them.
const SUFFIX: usize = 7;

impl Asked<'_> {
    /// The resource for a new statement: the pattern of the statement that comes near, or one like it; the narrowest
    /// pattern in use that covers the one that was asked for, a secret whatever its random end, or the resource itself.
    pub(super) fn resource_pattern(&self, near: Option<&NearMiss>) -> String {
        let text = self.request.resource().text();
        if self.request.action.is("iam:PassRole") {
            return text.to_owned(); // each role lends its own rights
        }
        let found = near.and_then(|miss| self.pattern_of(miss, text)).or_else(|| self.pattern_in_use(text));
        found.or_else(|| secret_of_any_end(text)).unwrap_or_else(|| text.to_owned())
    }

    /// The same for a policy of a layer: a session needs no more than the folder of what is asked for.
    pub(super) fn new_pattern(&self, layer: Layer, near: Option<&NearMiss>) -> String {
        let pattern = self.resource_pattern(near);
        let text = self.request.resource().text();
        let folder = text.rsplit_once('/').filter(|_| self.request.action.is_of("s3"));
        match folder.filter(|_| layer == Layer::Session && pattern != text) {
            Some((folder, _)) => format!("{folder}/*"),
            None if layer == Layer::Session => secret_of_any_end(text).unwrap_or_else(|| text.to_owned()),
            None => pattern,
        }
    }

    /// Why a new statement is about more than what was asked for: `, as FreightInvoices · Read has it`.
    pub(super) fn why_so_wide(&self, layer: Layer, kind: PolicyType, pattern: &str) -> String {
        let text = self.request.resource().text();
        if pattern == text || matches!(kind, PolicyType::Key | PolicyType::Trust) {
            return String::new();
        }
        if pattern.ends_with("-??????") {
            return "; `??????` are the six characters that AWS appends to the name".to_owned();
        }
        match self.statement_with(pattern) {
            Some(name) => format!(", as {name} has it"),
            None if layer == Layer::Session => "; that is its folder".to_owned(),
            None => String::new(),
        }
    }

    /// The Allow that has a pattern among its resources.
    fn statement_with(&self, pattern: &str) -> Option<String> {
        let layers = [Layer::IdentityBased, Layer::ResourceBased].into_iter();
        let mut all = layers.flat_map(|layer| self.request.statements(layer, Effect::Allow));
        let has = |at: &StatementAt| {
            let view = self.request.statement(*at);
            view.is_some_and(|view| {
                view.policy.resources(view.statement).iter().any(|one| one.text(view.policy) == pattern)
            })
        };
        all.find(has).map(|at| self.statement(at).name().unwrap_or_else(|| self.named(at)))
    }

    /// The narrowest pattern of a statement that covers a resource; else, where one misses it, one as deep.
    fn pattern_of(&self, miss: &NearMiss, text: &str) -> Option<String> {
        let view = self.request.statement(miss.at)?;
        let patterns = || view.policy.resources(view.statement).iter().map(|p| p.text(view.policy));
        let fits = |pattern: &&str| has_wildcard(pattern) && is_specific(pattern) && glob(*pattern, text);
        let covering = patterns().filter(fits).max_by_key(|pattern| pattern.len()).map(str::to_owned);
        covering.or_else(|| match miss.mismatch {
            Mismatch::Resource { nearest, .. } => {
                as_deep(&self.resolved_pattern(patterns().nth(nearest as usize)?)?, text)
            }
            _ => None,
        })
    }

    fn pattern_in_use(&self, text: &str) -> Option<String> {
        let layers = [Layer::IdentityBased, Layer::ResourceBased].into_iter();
        let policies =
            layers.flat_map(|layer| self.request.levels(layer)).flat_map(|level| level.set.policies());
        let statements = policies.flat_map(|policy| policy.statements().iter().map(move |one| (policy, one)));
        let allows = statements
            .filter(|(_, one)| one.effect == Effect::Allow && one.resource_element == Element::Plain);
        let patterns = allows.flat_map(|(policy, one)| policy.resources(one).iter().map(|p| p.text(policy)));
        let fits = |pattern: &&str| has_wildcard(pattern) && is_specific(pattern) && glob(*pattern, text);
        patterns.filter(fits).max_by_key(|pattern| pattern.len()).map(str::to_owned)
    }
}

/// The prefix of an object that lies as deep as that of a pattern of the same bucket: `b/2025/*` beside `b/2026/*`.
fn as_deep(pattern: &str, text: &str) -> Option<String> {
    let prefix = pattern
        .strip_suffix("/*")
        .filter(|prefix| Arn::parse(prefix).is_some_and(|arn| arn.service() == "s3"))?;
    let bucket = text.split_once('/')?.0;
    let depth = prefix.matches('/').count().checked_sub(1)?;
    let (end, _) = text.match_indices('/').nth(depth + 1)?;
    (prefix.split('/').next() == Some(bucket)).then(|| format!("{}/*", &text[..end]))
}

/// Whether a pattern says which bucket, table or secret it is about.
pub(super) fn is_specific(pattern: &str) -> bool {
    let Some(arn) = Arn::parse(pattern).filter(|_| !pattern.contains("${")) else { return false };
    let whole = [arn.service(), arn.region(), arn.account()];
    let first = arn.resource().split(['/', ':']).find(|part| !part.is_empty()).unwrap_or_default();
    let is_type = arn.resource().len() > first.len() && arn.service() != "s3";
    let named = if is_type { &arn.resource()[first.len() + 1..] } else { first };
    let any_bucket = arn.service() == "s3" && has_wildcard(first);
    !(any_bucket || whole.into_iter().any(has_wildcard) || named.starts_with(['*', '?']))
}

/// `secret:claims/db-??????` for the ARN of a secret.
fn secret_of_any_end(text: &str) -> Option<String> {
    let arn = Arn::parse(text).filter(|arn| arn.service() == "secretsmanager")?;
    let start = arn.resource().strip_prefix("secret:")?.len().checked_sub(SUFFIX)?;
    let (name, end) = text.split_at_checked(text.len() - arn.resource().len() + "secret:".len() + start)?;
    let is_random = end.strip_prefix('-').is_some_and(|end| end.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_random && !name.ends_with(':')).then(|| format!("{name}-??????"))
}
