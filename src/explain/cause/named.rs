//! What people call a statement: its policy and Sid, the kind of the policy, and on whom that stands.

use super::super::headline::{few, list};
use super::super::misspelt::is_misspelling;
use super::long_lists;
use crate::compile::Element;
use crate::policy::{Effect, Layer, PolicyType, Token};
use crate::question::Asked;
use crate::source::Label;
use crate::trace::{StatementAt, StatementView};

/// How long the name of a service is at least to be taken for another one that it begins.
const LIKE: usize = 3;

/// How many tokens are told.
const TOKENS: usize = 6;

impl Asked<'_> {
    /// `NoLeave · NoUserKeys (SCP on organization root)`
    pub(super) fn called(&self, at: StatementAt) -> String {
        format!("{} ({})", self.short_name(at), self.stands_on_whom(at))
    }

    /// The same where it is clear on whom the policy stands, unless it comes through a group.
    pub(super) fn short_name_within(&self, at: StatementAt) -> String {
        let group = self.origin(at).and_then(|origin| origin.group.as_ref());
        let group = group.map(|group| format!(" (through group {group})")).unwrap_or_default();
        format!("{}{group}", self.short_name(at))
    }

    /// The same behind words that end with the name of the policy: `its statement GitHubMain`.
    pub(super) fn short_name_behind(&self, words: &str, at: StatementAt) -> String {
        let whole = self.short_name_within(at);
        let rest = self.origin(at).and_then(|origin| {
            let named = words.ends_with(&format!(" {}", origin.name));
            whole.strip_prefix(&*origin.name).filter(|_| named)
        });
        let own = rest.and_then(|rest| rest.strip_prefix(" · ").or(rest.strip_prefix(", statement ")));
        own.map(|own| format!("its statement {own}")).unwrap_or(whole)
    }

    pub(super) fn short_name(&self, at: StatementAt) -> String {
        self.statement(at).name().unwrap_or_else(|| self.layer_word(at.layer).to_owned())
    }

    /// `identity-based policy of group developers`
    fn stands_on_whom(&self, at: StatementAt) -> String {
        let level = self.request.level(at.layer, at.level).map(|level| &*level.name).unwrap_or_default();
        let group = self.origin(at).and_then(|origin| origin.group.as_ref());
        match (at.layer, group) {
            (Layer::IdentityBased, Some(group)) => format!("identity-based policy of group {group}"),
            (Layer::IdentityBased, None) => format!("identity-based policy of {}", self.holder_name()),
            (Layer::PermissionsBoundary, _) => format!("permissions boundary of {}", self.holder_name()),
            (Layer::ServiceControl, _) => {
                format!("SCP{}", self.attached_to(level, self.request.caller.account))
            }
            (Layer::ResourceControl, _) => format!("RCP{}", self.attached_to(level, self.request.owner)),
            (Layer::ResourceBased, _) => self.plain_kind().to_owned(),
            (Layer::VpcEndpoint | Layer::Session, _) => self.noun(at.layer).to_owned(),
        }
    }

    /// ` on ou Prod, for account 111122223333` where two accounts are in play.
    fn attached_to(&self, level: &str, account: Option<crate::names::AccountId>) -> String {
        let on = if level.is_empty() { String::new() } else { format!(" on {level}") };
        let id = account.map(|id| id.to_string()).unwrap_or_default();
        match self.request.is_cross_account() && !id.is_empty() && !level.contains(&id) {
            true => format!("{on}, for account {id}"),
            false => on,
        }
    }

    /// What people call the policy of such a resource.
    fn plain_kind(&self) -> &'static str {
        match self.request.side.kind {
            Some(PolicyType::Trust) => "trust policy",
            Some(PolicyType::Key) => "key policy",
            _ if self.request.action.is_of("s3") => "bucket policy",
            _ => "resource-based policy",
        }
    }

    /// By which tokens a statement applies, one line each.
    pub(super) fn by_tokens(&self, at: StatementAt) -> Vec<String> {
        let (Some(trace), Some(view)) = (self.trace.statement(at), self.request.statement(at)) else {
            return Vec::new();
        };
        let (_, telling) = self.matched_labels(at, trace.found.ok().unwrap_or_default());
        let verb = if view.statement.effect == Effect::Deny { "denies" } else { "allows" };
        let mut said: Vec<String> = self.exceptions(view, verb).into_iter().collect();
        let effect = self.place(at, Token::Effect);
        let negated = |label: &&Label| {
            said.is_empty() || !label.place.text().trim_start_matches('"').starts_with("Not")
        };
        let tokens: Vec<String> = telling
            .iter()
            .filter(|label| Some(&label.place) != effect.as_ref())
            .filter(negated)
            .take(TOKENS)
            .map(|label| self.label_in_words(label))
            .collect();
        said.extend(tokens);
        if said.is_empty() {
            said.push(format!("it {verb} every action on every resource"));
        }
        said
    }

    /// `denies every action except sts:*`
    fn exceptions(&self, view: StatementView<'_>, verb: &str) -> Option<String> {
        let actions: Vec<&str> =
            view.policy.actions(view.statement).iter().map(|p| p.text(view.policy)).collect();
        let alike = actions.iter().find(|pattern| self.is_of_a_like_service(pattern));
        let alike = alike.map(|pattern| format!(" (`{pattern}` is not {})", self.request.action.service()));
        let alike = alike.unwrap_or_default();
        let resources = view.policy.resources(view.statement).iter().map(|p| p.text(view.policy));
        let principals = view.policy.principals(view.statement).iter().map(|p| p.text(view.policy));
        let negated = |element| element == Element::Negated;
        let parts = [
            view.statement
                .not_action
                .then(|| format!("{}{alike}", long_lists::excepted(&self.request.action, &actions))),
            negated(view.statement.resource_element)
                .then(|| format!("every resource except {}", few(resources))),
            negated(view.statement.principal_element)
                .then(|| format!("everybody except {}", few(principals))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("it {verb} {}", list(&parts)))
    }

    /// Whether a pattern is of another service whose name is taken for this one's: `waf:*` beside wafv2.
    fn is_of_a_like_service(&self, pattern: &str) -> bool {
        let Some((service, _)) = pattern.split_once(':') else { return false };
        let own = self.request.action.service();
        let begins = |one: &str, other: &str| other.len() > one.len() && other.starts_with(one);
        let is_like = begins(service, own) || begins(own, service) || is_misspelling(service, own);
        service.len() >= LIKE && is_like && !service.contains(['*', '?'])
    }

    /// What is said of a token, with the token where that does not say it itself.
    pub(super) fn label_in_words(&self, label: &Label) -> String {
        let token = label.place.text().trim_matches('"');
        match label.text.contains(token) {
            true => label.text.clone(),
            false => format!("`{token}` {}", label.text),
        }
    }
}
