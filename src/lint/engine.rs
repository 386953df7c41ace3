//! What the engine says of a request under the policy alone.

use std::sync::{Arc, LazyLock};

use super::subject::{LintSubject, LintedStatement};
use crate::compile::CompiledPolicy;
use crate::names::{AccountId, glob, glob_fold};
use crate::policy::{Policy, PolicyType, Token, parse_policy};
use crate::question::Question;
use crate::source::Source;
use crate::world::{Document, GivenPolicies, NamedDocument, Principal, World};

/// Whom an identity-based policy is attached to, and who comes from another account.
const OWN: &str = "arn:aws:iam::123456789012:user/example-user";
const OWNER: &str = "123456789012";
const FOREIGN: &str = "arn:aws:iam::210987654321:user/anybody";

/// A world in which there is nothing.
pub(super) static EMPTY: LazyLock<World> = LazyLock::new(World::new);

/// What nothing of an account's own keeps anybody from.
static EVERYTHING: LazyLock<Document> = LazyLock::new(|| {
    let text =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    read("AdministratorAccess", text)
});

/// A trust policy that lets the whole account of [`OWN`] in.
static OPEN_TRUST: LazyLock<Document> = LazyLock::new(|| {
    let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}}"#;
    let policy = parse_policy(&Source::new("trust", text), PolicyType::Trust).value;
    policy.map_or(Document::Missing, good)
});

fn read(name: &str, text: &str) -> Document {
    Document::read(&Source::new(name, text), PolicyType::IdentityBased).0
}

fn good(policy: Policy) -> Document {
    Document::Good(Arc::new(CompiledPolicy::new(Arc::new(policy))))
}

impl LintSubject<'_> {
    pub(super) fn compiled(&self) -> &Arc<CompiledPolicy> {
        self.compiled.get_or_init(|| Arc::new(CompiledPolicy::new(Arc::new(self.policy.clone()))))
    }

    pub(super) fn document(&self) -> NamedDocument {
        NamedDocument { name: "policy".into(), document: Document::Good(Arc::clone(self.compiled())) }
    }

    /// Whether whoever has this identity-based policy and no other may do this, with nothing else in the request.
    pub(super) fn grants(&self, action: &str, resource: &str) -> bool {
        self.grants_with(action, resource, None)
    }

    /// Whether whoever has this policy and no other may do this, with that key in the request.
    pub(super) fn grants_with(&self, action: &str, resource: &str, key: Option<(&str, &str)>) -> bool {
        let trust = || NamedDocument { name: "trust".into(), document: OPEN_TRUST.clone() };
        let resource_policy = action.eq_ignore_ascii_case("sts:AssumeRole").then(trust);
        let given = GivenPolicies {
            identity: Some(vec![self.document()]),
            resource: resource_policy,
            ..GivenPolicies::default()
        };
        self.is_sound && allowed(OWN, action, resource, key, given)
    }

    /// Whether the policy of a resource leaves something to whoever administers the account that owns it.
    pub(super) fn lets_owner_in(&self, action: &str, resource: &str) -> bool {
        let given = GivenPolicies {
            identity: Some(vec![NamedDocument { name: "all".into(), document: EVERYTHING.clone() }]),
            resource: Some(self.document()),
            ..GivenPolicies::default()
        };
        self.is_sound && allowed(OWN, action, resource, None, given)
    }

    /// Whether the policy of a resource lets somebody in of whom nothing is known but that their own account keeps them
    /// from nothing.
    pub(super) fn lets_in(&self, is_anonymous: bool, action: &str, resource: &str) -> bool {
        self.lets_in_with(is_anonymous, action, resource, None)
    }

    /// Whether it lets them in with that key in the request.
    pub(super) fn lets_in_with(
        &self,
        is_anonymous: bool,
        action: &str,
        resource: &str,
        key: Option<(&str, &str)>,
    ) -> bool {
        let all = || NamedDocument { name: "all".into(), document: EVERYTHING.clone() };
        let given = GivenPolicies {
            identity: (!is_anonymous).then(|| vec![all()]),
            resource: Some(self.document()),
            ..GivenPolicies::default()
        };
        let who = if is_anonymous { "anonymous" } else { FOREIGN };
        self.is_sound && allowed(who, action, resource, key, given)
    }

    /// What to blame for a request that is allowed: the first pattern of an action in a statement that covers it.
    pub(super) fn grantor(&self, action: &str, resource: &str) -> Option<(LintedStatement<'_>, Token)> {
        if !self.may_allow(action) {
            return None;
        }
        self.statements().filter(|statement| statement.is_allow()).find_map(|statement| {
            let negated = statement.says.action.negated;
            let token = statement.actions().find(|(_, pattern)| glob_fold(pattern, action)).map(|(at, _)| at);
            let token = if negated { token.is_none().then_some(Token::ActionKey) } else { token };
            let of_resource =
                statement.resources().any(|(_, pattern)| *pattern == *"*" || glob(&*pattern, resource));
            (of_resource == statement.names_resources()).then_some((statement, token?))
        })
    }
}

/// Who comes from another account is told from the owner, also where the ARN does not say who that is.
fn allowed(
    principal: &str,
    action: &str,
    resource: &str,
    key: Option<(&str, &str)>,
    given: GivenPolicies,
) -> bool {
    let (Some(principal), Some(owner)) = (Principal::parse(principal), AccountId::parse(OWNER)) else {
        return false;
    };
    let mut question = Question::new(principal, action).on(resource).owned_by(owner).policies(given);
    if let Some((key, value)) = key {
        question = question.with(key.to_owned(), value.to_owned());
    }
    question.ask(&EMPTY).is_ok_and(|asked| asked.decision.is_allowed())
}

/// Somebody who has the policy.
pub(super) fn own() -> Option<Principal> {
    Principal::parse(OWN)
}
