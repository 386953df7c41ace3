//! Changes that could turn a denial: proposals, each yet to be tried by the engine.

use super::again::as_pair;
use super::excerpt::Parts;
use super::near::nearest;
use super::rewrite::{Rewrite, alone, compile, in_todays_language, quote, with_one_more, with_statement};
use super::samples::samples;
use super::{Asked, Hint, NearMiss};
use crate::compile::{CompiledPolicy, Element, RequestResource};
use crate::names::fold_hash;
use crate::policy::{Effect, Layer, PolicyType, Token};
use crate::source::Place;
use crate::trace::{Mismatch, StatementAt};
use crate::world::{ContextEntry, ContextValue, Level, LevelEdit, Origin, Presence, PrincipalKind};

/// A change that is proposed.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The same in words.
    pub(super) words: String,
    pub(super) change: Change,
    /// The policy that is edited; absent where it is a new one.
    pub(super) policy: Option<String>,
    /// The text that is to be changed.
    pub(super) place: Option<Place>,
    /// The text of the whole policy as it would be.
    pub(super) document: Option<String>,
}

/// What is changed.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Policy(LevelEdit),
    Key(ContextEntry<'static>),
}

impl Asked<'_> {
    /// What could make a level of a layer allow the request, the smallest change first.
    pub(super) fn allowing_changes(&self, layer: Layer, level: u8) -> Vec<Candidate> {
        let near = nearest(self, [layer].into_iter(), Effect::Allow);
        let near: Vec<NearMiss> = near.into_iter().filter(|miss| miss.at.level == level).collect();
        let mut found: Vec<Candidate> = near.iter().flat_map(|miss| self.mended(miss)).collect();
        found.extend(self.one_more_statement(layer, level));
        found
    }

    /// What could keep a Deny from applying, the smallest change first.
    pub(super) fn sparing_changes(&self, at: StatementAt) -> Vec<Candidate> {
        let Some(parts) = self.parts(at).filter(|parts| parts.statement.effect == Effect::Deny) else {
            return Vec::new();
        };
        let mut found = self.given_keys(at, parts);
        if self.is_editable(at) {
            found.extend(self.spared(at, parts));
            let words = format!("remove {}", self.named(at));
            found.extend(self.rewritten(at, Token::Statement, words, None));
        } else {
            found.extend(self.detached(at));
        }
        found
    }

    /// Without one statement, whatever its effect; for an AWS managed policy, too, since nothing is proposed.
    pub(super) fn without(&self, at: StatementAt) -> Option<LevelEdit> {
        let parts = self.parts(at)?;
        let text = with_statement(parts.policy.policy(), at.statement.statement as usize, None);
        let document = match parts.policy.statements().len() {
            1 => None,
            _ => Some(compile("", &text, parts.policy.policy().kind())?),
        };
        Some(LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document })
    }

    /// The element of a near miss, mended.
    fn mended(&self, miss: &NearMiss) -> Vec<Candidate> {
        let Some(parts) = self.parts(miss.at) else { return Vec::new() };
        let mut found = Vec::new();
        if self.is_editable(miss.at) {
            found.extend(self.hinted(miss, parts));
        }
        if let Mismatch::Condition { .. } = miss.mismatch {
            found.extend(self.given_keys(miss.at, parts));
        }
        found
    }

    fn hinted(&self, miss: &NearMiss, parts: Parts<'_>) -> Option<Candidate> {
        let rewrite = Rewrite::new(parts.policy.policy(), miss.at.statement.statement)?;
        let token = miss.token;
        let instead = |text: &str| {
            let words = format!(
                "in {}, write {} instead of {}",
                self.named(miss.at),
                quote(text),
                rewrite.token(token)
            );
            self.rewritten(miss.at, token, words, Some(rewrite.replaced(&[(token, quote(text))])))
        };
        let besides = |text: &str| {
            let words =
                format!("in {}, add {} to {}", self.named(miss.at), quote(text), rewrite.token(token));
            self.rewritten(miss.at, token, words, Some(rewrite.longer(token, text)))
        };
        let written = rewrite.token(token).trim_matches('"');
        match miss.hint.as_ref()? {
            Hint::LetterCase { asked } => instead(&in_the_case_of(written, asked)),
            Hint::BucketForObject { suggest }
            | Hint::ObjectForBucket { suggest }
            | Hint::Below { suggest } => besides(suggest),
            Hint::OtherField { field, asked } => besides(&with_field(written, *field, asked)?),
            Hint::NeedsLike { suggest } => {
                let Mismatch::Condition { test, .. } = miss.mismatch else { return None };
                let operator = Token::Operator(test);
                let words = format!(
                    "in {}, write \"{suggest}\" instead of {}",
                    self.named(miss.at),
                    rewrite.token(operator)
                );
                self.rewritten(
                    miss.at,
                    operator,
                    words,
                    Some(rewrite.replaced(&[(operator, quote(suggest))])),
                )
            }
            Hint::NeedsSetOperator => instead(&format!("ForAnyValue:{written}")),
            Hint::KeyTypo { suggest } => instead(suggest),
            Hint::ActionTypo { suggest } | Hint::NoService { suggest } => instead(suggest),
            Hint::OtherService { suggest } => besides(suggest),
            Hint::SessionForRole { suggest } => instead(suggest),
            Hint::OldVersion => self.in_todays_language(miss.at, parts),
            _ => None,
        }
    }

    fn in_todays_language(&self, at: StatementAt, parts: Parts<'_>) -> Option<Candidate> {
        let name = &self.origin(at)?.name;
        let words = format!("give {name} the element \"Version\": \"2012-10-17\"");
        let text = in_todays_language(parts.policy.policy());
        self.edited(at, Token::Statement, words, text, parts.policy.policy())
    }

    /// A Deny that makes an exception, or that covers less.
    fn spared(&self, at: StatementAt, parts: Parts<'_>) -> Vec<Candidate> {
        let Some(rewrite) = Rewrite::new(parts.policy.policy(), at.statement.statement) else {
            return Vec::new();
        };
        let matched = self.trace.statement(at).and_then(|trace| trace.found.ok()).unwrap_or_default();
        let resource = self.request.resource().text().to_owned();
        let mut found = Vec::new();
        let action = matched.action.map(Token::Action);
        let exact = |token: &Token| self.request.action.is(rewrite.token(*token).trim_matches('"'));
        if let Some((token, text)) =
            action.filter(exact).and_then(|token| Some((token, rewrite.shorter(token)?)))
        {
            let words = format!("take {} out of {}", rewrite.token(token), self.named(at));
            found.extend(self.rewritten(at, token, words, Some(text)));
        }
        if parts.statement.not_action && !parts.policy.actions(parts.statement).is_empty() {
            let name = self.action_name();
            let words = format!("add {} to \"NotAction\" of {}", quote(&name), self.named(at));
            found.extend(self.rewritten(
                at,
                Token::ActionKey,
                words,
                Some(rewrite.longer(Token::Action(0), &name)),
            ));
        }
        found.extend(self.spared_principal(at, &rewrite));
        let named = matches!(self.request.resource(), RequestResource::One(_));
        let all = parts.policy.resources(parts.statement).len() == 1
            && rewrite.token(Token::Resource(0)) == "\"*\"";
        match parts.statement.resource_element {
            Element::Plain if named && all => {
                let tokens =
                    [(Token::ResourceKey, quote("NotResource")), (Token::Resource(0), quote(&resource))];
                let words = format!(
                    "in {}, write \"NotResource\": {} instead of \"Resource\": \"*\"",
                    self.named(at),
                    quote(&resource)
                );
                found.extend(self.rewritten(at, Token::Resource(0), words, Some(rewrite.replaced(&tokens))));
            }
            Element::Negated if named => {
                let words = format!("add {} to \"NotResource\" of {}", quote(&resource), self.named(at));
                let text = rewrite.longer(Token::Resource(0), &resource);
                found.extend(self.rewritten(at, Token::ResourceKey, words, Some(text)));
            }
            _ => {}
        }
        found
    }

    /// An exception for the principal alone.
    fn spared_principal(&self, at: StatementAt, rewrite: &Rewrite<'_>) -> Option<Candidate> {
        let caller = self.request.caller;
        let arn = caller.parent_arn.as_deref().filter(|_| self.is_role_session()).unwrap_or(&caller.arn);
        if !self.request.is_iam_principal() {
            return None;
        }
        let words = format!(
            "in {}, add the condition {{\"ArnNotEquals\": {{\"aws:PrincipalArn\": {}}}}}",
            self.named(at),
            quote(arn)
        );
        self.rewritten(
            at,
            Token::Effect,
            words,
            Some(rewrite.with_test("ArnNotEquals", "aws:PrincipalArn", arn)),
        )
    }

    fn is_role_session(&self) -> bool {
        matches!(self.request.caller.principal.kind, PrincipalKind::RoleSession { .. })
    }

    /// Other values of the keys that a statement asks for, where a request can have others.
    fn given_keys(&self, at: StatementAt, parts: Parts<'_>) -> Vec<Candidate> {
        let policy = parts.policy.policy();
        let Some(statement) = policy.statements().get(at.statement.statement as usize) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for test in &statement.condition {
            let key = policy.text(&test.key).into_owned();
            if !self.can_be_given(&key) {
                continue;
            }
            for value in samples(self, policy, test) {
                let entry: ContextEntry<'static> = (key.clone().into(), value);
                found.push(self.given(entry));
            }
        }
        found
    }

    /// Whether the one who asks can make the request with another value.
    fn can_be_given(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        let open = self.request.presence_or_not_given(hash, key) == Presence::NotGiven;
        let assumed = || self.request.assumed.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
        let mfa = key.eq_ignore_ascii_case(MFA) && self.is_user();
        open || mfa
            || self.request.is_given(key)
            || (assumed() && !key.to_ascii_lowercase().starts_with("aws:principal"))
    }

    fn is_user(&self) -> bool {
        matches!(self.request.caller.principal.kind, PrincipalKind::User { .. } | PrincipalKind::Root(_))
    }

    fn given(&self, entry: ContextEntry<'static>) -> Candidate {
        let words = match &entry {
            (key, ContextValue::One(value)) if key.eq_ignore_ascii_case(MFA) && value == "true" => {
                "sign in with MFA (aws:MultiFactorAuthPresent=true)".to_owned()
            }
            (key, ContextValue::Absent) => format!("make the request without {key}"),
            entry => format!("make the request with {}", as_pair(entry)),
        };
        Candidate { words, change: Change::Key(entry), policy: None, place: None, document: None }
    }

    /// An Allow for just this.
    fn one_more_statement(&self, layer: Layer, level: u8) -> Option<Candidate> {
        let found = self.request.levels(layer).get(level as usize);
        let kind = self.kind(layer, found);
        let says = self.allow(layer, kind);
        let own = found.and_then(|level| editable_policy(level, layer));
        let (words, text, policy) = match own {
            Some((number, origin, policy)) => {
                let words = format!("add to {} ({}): {says}", origin.name, self.layer_word(layer));
                (words, with_one_more(policy.policy(), &says), Some((number, origin.name.to_string())))
            }
            None => (format!("{}: {says}", self.new_policy(layer, found)), alone(&says), None),
        };
        let name = policy.as_ref().map_or("added", |(_, name)| name);
        let document = Some(compile(name, &text, kind)?);
        let edit = LevelEdit { layer, level, policy: policy.as_ref().map(|(number, _)| *number), document };
        let (policy, document) = (policy.map(|(_, name)| name), Some(text));
        Some(Candidate { words, change: Change::Policy(edit), policy, place: None, document })
    }

    /// What the policies of a level are read as.
    fn kind(&self, layer: Layer, level: Option<&Level>) -> PolicyType {
        let own = level.and_then(|level| level.set.policies().first());
        own.map(|policy| policy.policy().kind()).unwrap_or(match layer {
            Layer::ResourceControl => PolicyType::ResourceControl,
            Layer::ServiceControl => PolicyType::ServiceControl,
            Layer::VpcEndpoint => PolicyType::VpcEndpoint,
            Layer::ResourceBased => self.request.side.kind.unwrap_or(PolicyType::ResourceBased),
            Layer::IdentityBased => PolicyType::IdentityBased,
            Layer::PermissionsBoundary => PolicyType::PermissionsBoundary,
            Layer::Session => PolicyType::Session,
        })
    }

    /// The statement that allows just this.
    fn allow(&self, layer: Layer, kind: PolicyType) -> String {
        let principal = match layer {
            Layer::ResourceBased => format!("\"Principal\": {}, ", self.principal_element()),
            Layer::VpcEndpoint => "\"Principal\": \"*\", ".to_owned(),
            _ => String::new(),
        };
        let resource = match (layer, kind) {
            (_, PolicyType::Trust) => String::new(),
            (Layer::ServiceControl, _) | (_, PolicyType::Key) => ", \"Resource\": \"*\"".to_owned(),
            _ => format!(", \"Resource\": {}", quote(self.request.resource().text())),
        };
        format!("{{\"Effect\": \"Allow\", {principal}\"Action\": {}{resource}}}", quote(&self.action_name()))
    }

    fn principal_element(&self) -> String {
        let caller = self.request.caller;
        let (kind, name) = match &caller.principal.kind {
            PrincipalKind::Anonymous => return "\"*\"".to_owned(),
            PrincipalKind::Service(name) => ("Service", &**name),
            PrincipalKind::IdentityProvider(name) => ("Federated", &**name),
            PrincipalKind::RoleSession { .. } => ("AWS", caller.parent_arn.as_deref().unwrap_or(&caller.arn)),
            _ => ("AWS", &*caller.arn),
        };
        format!("{{\"{kind}\": {}}}", quote(name))
    }

    fn new_policy(&self, layer: Layer, level: Option<&Level>) -> String {
        let name = super::question::name(self.request.caller);
        let at = level.map(|level| &*level.name).filter(|name| !name.is_empty());
        match (layer, at) {
            (Layer::ServiceControl, Some(at)) => format!("attach an SCP to {at} that says"),
            (Layer::ResourceBased, _) => "give the resource a policy that says".to_owned(),
            (Layer::IdentityBased, _) => format!("give {name} a policy that says"),
            (Layer::Session, _) => "begin the session with a session policy that says".to_owned(),
            _ => format!("give {name} a {} that also says", layer.noun()),
        }
    }

    /// The action as AWS writes it.
    fn action_name(&self) -> String {
        self.request.facts.map_or_else(|| self.request.action.text().to_owned(), |facts| facts.to_string())
    }

    /// AWS's own policies cannot be changed, and nobody changes the policy of a root task.
    fn is_editable(&self, at: StatementAt) -> bool {
        let task = at.layer == Layer::Session && self.request.caller.principal.is_root();
        !task && self.origin(at).is_some_and(|origin| !is_of_aws(origin))
    }

    fn detached(&self, at: StatementAt) -> Option<Candidate> {
        let origin = self.origin(at).filter(|_| at.layer != Layer::Session)?;
        let words = format!("detach {}", origin.name);
        let edit =
            LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document: None };
        let policy = Some(origin.name.to_string());
        Some(Candidate {
            words,
            change: Change::Policy(edit),
            policy,
            place: self.place(at, Token::Statement),
            document: None,
        })
    }

    /// One statement in other words; `None` = without it.
    fn rewritten(
        &self,
        at: StatementAt,
        token: Token,
        words: String,
        says: Option<String>,
    ) -> Option<Candidate> {
        let policy = self.parts(at)?.policy.policy();
        let alone = policy.statements().len() == 1;
        if says.is_none() && alone {
            return self.detached(at).map(|candidate| Candidate { words, ..candidate });
        }
        let text = with_statement(policy, at.statement.statement as usize, says.as_deref());
        self.edited(at, token, words, text, policy)
    }

    fn edited(
        &self,
        at: StatementAt,
        token: Token,
        words: String,
        text: String,
        policy: &crate::policy::Policy,
    ) -> Option<Candidate> {
        let document = Some(compile(policy.source().name(), &text, policy.kind())?);
        let edit =
            LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document };
        Some(Candidate {
            words,
            change: Change::Policy(edit),
            policy: self.origin(at).map(|origin| origin.name.to_string()),
            place: self.place(at, token),
            document: Some(text),
        })
    }

    fn named(&self, at: StatementAt) -> String {
        self.name_statement(&self.statement(at))
    }
}

const MFA: &str = "aws:MultiFactorAuthPresent";

fn is_of_aws(origin: &Origin) -> bool {
    origin.arn.as_deref().is_some_and(|arn| arn.contains("::aws:policy/"))
}

/// The policy of a level that is to say more: of a user's policies none that a group shares.
fn editable_policy(level: &Level, layer: Layer) -> Option<(u32, &Origin, &CompiledPolicy)> {
    let all = level.origins.iter().zip(level.set.policies()).enumerate();
    let own = |origin: &Origin| !is_of_aws(origin) && origin.group.is_none();
    let mut found = all.filter(|(_, (origin, _))| own(origin) && layer != Layer::Session);
    found.next().map(|(number, (origin, policy))| (number as u32, origin, &**policy))
}

/// A pattern in the letter case of a text that it would match, were it not for the case.
fn in_the_case_of(pattern: &str, asked: &str) -> String {
    let Some(first) = pattern.find(['*', '?']) else { return asked.to_owned() };
    match asked.get(..first) {
        Some(start) => format!("{start}{}", &pattern[first..]),
        None => pattern.to_owned(),
    }
}

/// The pattern of an ARN with another field.
fn with_field(pattern: &str, field: u8, value: &str) -> Option<String> {
    let mut fields: Vec<&str> = pattern.splitn(6, ':').collect();
    *fields.get_mut(field as usize)? = value;
    Some(fields.join(":"))
}
