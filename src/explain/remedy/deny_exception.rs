//! What could keep a Deny from applying.

use super::authority::members;
use super::changes::EditTarget;
use super::context::MFA;
use super::edit::Takes;
use super::listed::PRINCIPAL_ACCOUNT;
use super::proposal::Proposal;
use crate::compile::{Element, RequestResource};
use crate::names::fold_hash;
use crate::policy::{Effect, Layer, StatementEdit, Token};
use crate::question::{Asked, OtherCall, Variation};
use crate::syntax::json::quote;
use crate::trace::{StatementAt, StatementView};
use crate::world::{Principal, PrincipalKind};

const PRINCIPAL_ARN: &str = "aws:PrincipalArn";
const REGION: &str = "aws:RequestedRegion";

/// How many roles are asked whether a Deny spares them.
const SPARED: usize = 12;

/// Keys by which a Deny keeps a good habit: to have it is better than to be excepted.
const HABITS: [&str; 2] = [MFA, "aws:SecureTransport"];

impl Asked<'_> {
    /// What could keep a Deny from applying, the smallest change first.
    pub(super) fn sparing_changes(&self, at: StatementAt) -> Vec<Proposal> {
        let Some(on) = self.target(at).filter(|on| on.view.statement.effect == Effect::Deny) else {
            return Vec::new();
        };
        // Nobody asks for an exception because of where a bucket might be.
        let guessed = self.request.bucket_of_unknown_region().and_then(|_| self.guessed_region(on.view));
        let asked = self.met(on.view).into_iter().chain(self.in_allowed_regions(on.view));
        let mut found: Vec<Proposal> = match &guessed {
            None => asked.map(Proposal::meeting_the_deny).collect(),
            Some(_) => asked.collect(),
        };
        found.extend(self.in_root_session());
        found.extend(self.by_somebody_spared(&on));
        let mut edits = match self.is_editable(at) {
            true => self.spared(&on),
            false => self.detached(at).into_iter().collect(),
        };
        if (self.is_habit(on.view) || guessed.is_some()) && !found.is_empty() {
            edits = edits.into_iter().map(Proposal::only_at_last).collect();
        }
        found.extend(edits);
        found
    }

    /// The call made by somebody of the account whom the Deny makes an exception for.
    fn by_somebody_spared(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let reads = on.view.reads(fold_hash(PRINCIPAL_ARN.as_bytes()));
        let account = self.request.caller.account.filter(|_| reads)?;
        let known = self.request.world.account(account)?;
        let roles = members(known).filter(|one| matches!(one.kind, PrincipalKind::RoleSession { .. }));
        let spared = roles.take(SPARED).filter(|one| self.may_instead(one));
        let why = format!("for whom {} makes an exception, and which may do it", self.named(on.view.at));
        let found = self.as_one_of(spared, &why)?;
        Some(found.since(self.guard(on.view.at).and_then(|_| self.guards_on_purpose(on.view.at))))
    }

    /// Whether somebody else may make the call.
    fn may_instead(&self, one: &Principal) -> bool {
        let call = OtherCall { principal: Some(one.clone()), ..OtherCall::default() };
        let variation = Variation::default().with_call(&call);
        variation.ask(&self.request, |again| again.decision.is_allowed())
    }

    fn is_habit(&self, view: StatementView<'_>) -> bool {
        let tests = view.policy.tests(view.statement).iter();
        let keys = tests.map(|test| test.key(view.policy));
        keys.into_iter().any(|key| HABITS.iter().any(|habit| habit.eq_ignore_ascii_case(key)))
    }

    /// A Deny that makes an exception: for the principal, then for the resource or the action, which is for everyone.
    fn spared(&self, on: &EditTarget<'_>) -> Vec<Proposal> {
        let at = on.view.at;
        // Behind an exception to an RCP the resource's own policy still decides: one of it is narrower than an account.
        let outside = at.layer == Layer::ResourceControl;
        let (one_resource, resource) = match outside {
            true => (self.spared_resource(on), None),
            false => (None, self.spared_resource(on)),
        };
        let for_everyone = [resource, self.more_not_action(on), self.less_action(on)];
        let removal = self.rewritten(at, Token::Statement, format!("remove {}", self.named(at)), None);
        let removal = removal.map(|found| found.so(self.lifts(at, "everybody")));
        let own = match on.view.statement.principal_element {
            Element::Negated => self.spared_by_not_principal(on),
            _ => self.spared_principal(on).into_iter().collect(),
        };
        // Whoever is like the principal in what the Deny itself looks at.
        let alike = |key: &str| {
            key.to_ascii_lowercase().starts_with("aws:principal")
                && !key.eq_ignore_ascii_case(PRINCIPAL_ARN)
                && !key.eq_ignore_ascii_case(PRINCIPAL_ACCOUNT)
        };
        let mut found = self.spared_global_service(on);
        let before_mfa = self.spared_before_mfa(on);
        if before_mfa.is_some() {
            return found.into_iter().chain(before_mfa).collect(); // who is spared altogether never registers a device
        }
        found.extend(self.listed(on));
        let is_dead = self.nothing_remains(at).is_some(); // a Deny that holds nobody back any more
        let own = own.into_iter().map(|edit| if is_dead { edit.taking_of(Takes::Guard) } else { edit });
        found.extend(own.chain(one_resource));
        found.extend(self.excepted(on, alike));
        // What an SCP forbids everyone stays forbidden where an exception will do.
        let guards = [Layer::ServiceControl, Layer::ResourceControl, Layer::PermissionsBoundary];
        let last = guards.contains(&at.layer);
        let for_everyone = for_everyone.into_iter().flatten();
        found.extend(for_everyone.map(|edit| if last { edit.only_at_last() } else { edit }));
        found.extend(removal.map(Proposal::only_at_last));
        found
    }

    /// An exception for the principal alone: one more in the list of those that there are, or a condition.
    fn spared_principal(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let arn = self.principal_arn()?;
        if let Some(listed) = self.excepted(on, |key| key.eq_ignore_ascii_case(PRINCIPAL_ARN)) {
            return Some(listed);
        }
        let arn = quote(arn);
        let what = format!("add the condition {{\"ArnNotEquals\": {{\"aws:PrincipalArn\": {arn}}}}}");
        let says = on.edit.with_test("ArnNotEquals", PRINCIPAL_ARN, &arn);
        self.for_holder(on, Token::Effect, &what, says)
    }

    /// A statement in other words, which lifts the Deny for the principal alone.
    fn for_holder(
        &self,
        on: &EditTarget<'_>,
        token: Token,
        what: &str,
        says: StatementEdit<'_>,
    ) -> Option<Proposal> {
        Some(self.reworded(on, token, what, says)?.so(self.lifts(on.view.at, &self.holder_name())))
    }

    /// What `aws:PrincipalArn` holds: of a session the ARN of its role.
    fn principal_arn(&self) -> Option<&str> {
        let caller = &self.request.caller;
        let is_session = matches!(caller.principal.kind, PrincipalKind::RoleSession { .. });
        let parent = caller.parent_arn.as_deref().filter(|_| is_session);
        self.request.is_iam_principal().then(|| parent.unwrap_or(&caller.arn))
    }

    /// D26, D28: the list of exceptions made longer where that can help, or written as a condition, which looks at
    /// the role alone and knows no boundary.
    fn spared_by_not_principal(&self, on: &EditTarget<'_>) -> Vec<Proposal> {
        let missing = self.unlisted(on.view);
        let last = (on.view.policy.principals(on.view.statement).len() as u32).checked_sub(1);
        let longer = last.filter(|_| !missing.is_empty()).and_then(|last| {
            let names: Vec<String> = missing.iter().map(|name| quote(name)).collect();
            let what = format!("add {} to \"NotPrincipal\"", names.join(" and "));
            let token = Token::Principal(last);
            self.for_holder(on, token, &what, on.edit.longer(token, &missing))
        });
        let condition = self.as_condition(on);
        let is_session = matches!(self.request.caller.principal.kind, PrincipalKind::RoleSession { .. });
        match is_session {
            true => condition.into_iter().chain(longer).collect(),
            false => longer.into_iter().chain(condition).collect(),
        }
    }

    /// `NotPrincipal` as AWS advises to write it: everyone, but for those whom a condition names.
    fn as_condition(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let own = self.principal_arn()?;
        let listed = on.view.policy.principals(on.view.statement).iter();
        let listed = listed.map(|pattern| pattern.text(on.view.policy));
        let mut names: Vec<&str> =
            listed.filter(|name| name.starts_with("arn:") && !name.contains(":sts:")).collect();
        if !names.contains(&own) {
            names.push(own);
        }
        let names: Vec<String> = names.into_iter().map(quote).collect();
        let value = format!("[{}]", names.join(", "));
        let what = format!(
            "write \"Principal\": \"*\" instead of \"NotPrincipal\", and add the condition {{\"ArnNotEquals\": {{\"aws:PrincipalArn\": {value}}}}}"
        );
        let says = on.edit.with_principal("\"*\"")?.with_test("ArnNotEquals", PRINCIPAL_ARN, &value);
        self.for_holder(on, Token::PrincipalKey, &what, says)
    }

    fn spared_resource(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let RequestResource::One(_) = self.request.resource() else { return None };
        let (view, edit) = (on.view, &on.edit);
        let resource = self.all_of_the_bucket(view.at.layer);
        let all =
            || view.policy.resources(view.statement).len() == 1 && edit.token(Token::Resource(0)) == "\"*\"";
        let name = quote(&resource);
        let (token, what, says) = match view.statement.resource_element {
            Element::Plain if all() => {
                let says = edit.replaced(Token::ResourceKey, quote("NotResource"));
                let what = format!("write \"NotResource\": {name} instead of \"Resource\": \"*\"");
                (Token::Resource(0), what, says.replaced(Token::Resource(0), name))
            }
            Element::Negated => {
                let says = edit.longer(Token::Resource(0), std::slice::from_ref(&resource));
                (Token::ResourceKey, format!("add {name} to \"NotResource\""), says)
            }
            _ => return None,
        };
        let found = self.reworded(on, token, &what, says)?;
        Some(found.so(self.lifts_for(on.view.at, "everybody", &resource)))
    }

    /// What an exception of an organization's policy names: nobody writes one for a single object of a bucket.
    fn all_of_the_bucket(&self, layer: Layer) -> String {
        let text = self.request.resource().text();
        let bucket =
            self.request.arn().filter(|arn| arn.service() == "s3" && layer == Layer::ResourceControl);
        let bucket = bucket.and_then(|_| text.split_once('/'));
        bucket.map_or_else(|| text.to_owned(), |(bucket, _)| format!("{bucket}/*"))
    }

    /// I14: a Deny of other Regions makes an exception for a service that has its endpoint in one of them, or what
    /// CloudFront takes from one alone, as AWS's example of such a policy does; or for the Region of such an endpoint.
    fn spared_global_service(&self, on: &EditTarget<'_>) -> Vec<Proposal> {
        let is_global = self.request.global_regions().is_some();
        let is_of_the_edge = self.is_bound_to_region() || self.but_for_the_edge().is_some();
        if !on.view.reads(fold_hash(REGION.as_bytes())) || !(is_global || is_of_the_edge) {
            return Vec::new();
        }
        let service = self.left_out(on, format!("{}:*", self.request.action.service()));
        let is_listed = on.view.statement.not_action;
        let service = service.map(|found| if is_listed { found.taking_of(Takes::Entry) } else { found });
        let region = is_global.then(|| self.excepted(on, |key| key.eq_ignore_ascii_case(REGION))).flatten();
        service.into_iter().chain(region).collect()
    }

    /// A Deny of all without MFA makes an exception for what comes before the first sign-in with it: what users register
    /// a device by.
    fn spared_before_mfa(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let asks_mfa = on.view.reads(fold_hash(MFA.as_bytes())) && self.comes_before_mfa();
        let found = asks_mfa.then(|| self.left_out(on, self.action_name()))??;
        let so = format!(
            "lifts the Deny on {} for everybody: a device is registered before any sign-in with it",
            self.action_name()
        );
        Some(found.so(so).lifting(None, None).taking_of(Takes::Nothing))
    }

    fn more_not_action(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        on.view.statement.not_action.then(|| self.left_out(on, self.action_name()))?
    }

    /// The action, or all of its service, left out of those that a Deny is about, where that is of all but some.
    fn left_out(&self, on: &EditTarget<'_>, pattern: String) -> Option<Proposal> {
        let (view, edit) = (on.view, &on.edit);
        let (listed, name) = (view.policy.actions(view.statement), quote(&pattern));
        let is_all = listed.len() == 1 && edit.token(Token::Action(0)) == "\"*\"";
        let so = format!("lifts the Deny on {pattern} for everybody");
        let found = match view.statement.not_action {
            true if !listed.is_empty() => {
                let says = edit.longer(Token::Action(0), &[pattern]);
                self.reworded(on, Token::ActionKey, &format!("add {name} to \"NotAction\""), says)
            }
            false if is_all => {
                let says = edit.replaced(Token::ActionKey, quote("NotAction"));
                let what = format!("write \"NotAction\": {name} instead of \"Action\": \"*\"");
                self.reworded(on, Token::Action(0), &what, says.replaced(Token::Action(0), name))
            }
            _ => None,
        };
        Some(found?.so(so))
    }

    /// The very action taken out of the list.
    fn less_action(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let (at, edit) = (on.view.at, &on.edit);
        let token = Token::Action(self.trace.statement(at)?.found.ok()?.action?);
        if !self.request.action.is(edit.token(token).trim_matches('"')) {
            return None;
        }
        let words = format!("take {} out of {}", edit.token(token), self.named(at));
        let so = format!("lifts the Deny on {} for everybody", self.action_name());
        Some(self.rewritten(at, token, words, Some(edit.shorter(token)?))?.so(so))
    }
}
