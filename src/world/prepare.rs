//! A request made ready for a decision: policies found, keys filled, names cut, nothing left to parse.

use std::borrow::Cow;

use super::caller::Caller;
use super::context::{ContextValue, Key, Presence, find};
use super::error::WorldError;
use super::level::Level;
use super::lookup::ResourceSide;
use super::principal::{Credentials, PrincipalKind};
use super::request::Request;
use super::settings::Settings;
use super::state::World;
use super::without::LeftOut;
use crate::catalog::{self, ActionFacts, KeyFacts, ResourceUse};
use crate::compile::{RequestResource, Variables, bit_of};
use crate::facts::{self, RootOnlyTask};
use crate::names::{AccountId, ActionName, Arn, fold_hash};
use crate::policy::{Layer, PolicyType};

/// A request that can be decided.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// The world in which it is asked.
    pub world: &'a World,
    /// The principal's side.
    pub caller: &'a Caller,
    /// The action.
    pub action: ActionName<'a>,
    /// What the catalog says of the action; `None` = it does not know it.
    pub facts: Option<ActionFacts>,
    /// The root-only task, where the action is the pseudo-action of one (E.4).
    pub task: Option<&'static RootOnlyTask>,
    /// Whether a gate may concern the request: nearly all requests are asked of no gate at all.
    pub is_special: bool,
    resource: RequestResource<'a>,
    /// The resource that AWS asks for where the action has no resource types (A46).
    pseudo_resource: Option<Box<str>>,
    /// The account that owns the resource.
    pub owner: Option<AccountId>,
    /// The resource's side.
    pub side: ResourceSide,
    /// The RCPs from the organization root to the owner's account; empty where they do not apply (D6).
    pub rcp: Vec<Level>,
    /// The policy of the VPC endpoint that the request goes through (D12).
    pub endpoint: Option<Level>,
    /// A bit for each layer that has policies: most requests meet one or two of the seven.
    taking_part: u8,
    /// The bits of the keys that some policy reads.
    key_bits: u64,
    /// The question as it was put.
    pub request: &'a Request<'a>,
    /// Given and derived keys that some policy reads, sorted by hash; those of the caller are the caller's.
    pub(super) keys: Vec<Key<'a>>,
    /// What was filled in rather than given or known: key and value.
    pub assumed: Vec<(&'static str, String)>,
    /// What is worth saying about the question itself.
    pub notes: Vec<String>,
    /// The switches.
    pub settings: Settings,
    /// What the question leaves out.
    pub left_out: Vec<LeftOut>,
}

/// What is said where nobody named a resource.
const NO_RESOURCE: &str =
    "no resource was given, so `*` is asked for: only statements for every resource cover it";

impl World {
    /// Makes a request ready. The caller has been made from the request's principal and policies.
    ///
    /// # Errors
    /// If the action is not of the form `service:Name` or the resource is neither `*` nor an ARN.
    pub fn prepare<'a>(
        &'a self,
        caller: &'a Caller,
        request: &'a Request<'a>,
    ) -> Result<Prepared<'a>, WorldError> {
        let is_pseudo = facts::is_pseudo_action(request.action);
        let task = is_pseudo.then(|| facts::by_pseudo_action(request.action)).flatten();
        if is_pseudo && task.is_none() {
            return Err(unknown_task(request.action));
        }
        let name = self.real_action(caller, request.action, task);
        let action = ActionName::parse(name).ok_or_else(|| bad_action(request.action))?;
        let resource = match request.resource {
            None | Some("*") => RequestResource::Any,
            Some(text) => RequestResource::One(Arn::parse(text).ok_or_else(|| bad_resource(text))?),
        };
        let mut prepared = Prepared {
            world: self,
            caller,
            action,
            facts: catalog::action(name),
            task,
            is_special: facts::is_special(&action),
            resource,
            pseudo_resource: None,
            owner: None,
            side: ResourceSide::default(),
            rcp: Vec::new(),
            endpoint: None,
            taking_part: 0,
            key_bits: 0,
            request,
            keys: Vec::new(),
            assumed: Vec::new(),
            notes: Vec::new(),
            settings: request.settings,
            left_out: Vec::new(),
        };
        prepared.fit_resource(request);
        prepared.find_owner(request);
        prepared.find_policies(request);
        prepared.is_special |= prepared.is_out_of_the_ordinary();
        prepared.note_layers();
        prepared.fill_keys(request);
        Ok(prepared)
    }

    /// E.4: a root-only task that has a real action is decided by it, once the principal is root.
    fn real_action<'a>(
        &self,
        caller: &Caller,
        action: &'a str,
        task: Option<&'static RootOnlyTask>,
    ) -> &'a str {
        match task.and_then(|task| task.real_actions.first()) {
            Some(real)
                if !real.contains('*')
                    && (caller.principal.is_root() || task.is_some_and(|task| !task.decides)) =>
            {
                real
            }
            _ => action,
        }
    }
}

impl<'a> Prepared<'a> {
    /// The resource.
    pub fn resource(&self) -> RequestResource<'_> {
        match self.pseudo_resource.as_deref().and_then(Arn::parse) {
            Some(arn) => RequestResource::One(arn),
            None => self.resource,
        }
    }

    /// The resource as the policies of a level name it.
    pub fn resource_for<'s>(&'s self, level: &'s Level) -> RequestResource<'s> {
        match level.resource.as_deref().and_then(Arn::parse) {
            Some(arn) => RequestResource::One(arn),
            None => self.resource(),
        }
    }

    /// The ARN of the resource, where there is one.
    pub fn arn(&self) -> Option<Arn<'a>> {
        match self.resource {
            RequestResource::One(arn) => Some(arn),
            RequestResource::Any => None,
        }
    }

    /// The Region that the question names.
    pub fn requested_region(&self) -> Option<&str> {
        self.given_value("aws:RequestedRegion")
    }

    /// The VPC that the request comes from: given, or that of the endpoint.
    pub fn source_vpc(&self) -> Option<&str> {
        let endpoint = || self.world.endpoint(self.given_value("aws:SourceVpce")?);
        self.given_value("aws:SourceVpc").or_else(|| endpoint().map(|endpoint| &*endpoint.vpc))
    }

    /// Whether the question says anything about a key, be it that it is absent.
    pub fn is_given(&self, name: &str) -> bool {
        self.request.context.iter().any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// The single value that the question gives for a key.
    pub fn given_value(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.request.context.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        match value {
            ContextValue::One(value) => Some(value),
            _ => None,
        }
    }

    /// Whether principal and resource belong to different accounts (D.6). Services and anonymous callers have no
    /// account to differ (D16).
    pub fn is_cross_account(&self) -> bool {
        matches!((self.caller.account, self.owner), (Some(caller), Some(owner)) if caller != owner)
    }

    /// The layers that take part, in the order of D.3.
    pub fn layers(&self) -> impl Iterator<Item = Layer> {
        let mut bits = self.taking_part;
        std::iter::from_fn(move || {
            let layer = Layer::ALL.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(*layer)
        })
    }

    /// Whether a layer has policies that take part.
    pub fn takes_part(&self, layer: Layer) -> bool {
        self.taking_part & layer.bit() != 0
    }

    fn note_layers(&mut self) {
        let present = Layer::ALL.into_iter().filter(|layer| !self.levels(*layer).is_empty());
        self.taking_part = present.fold(0, |bits, layer| bits | layer.bit());
    }

    /// The levels of a layer that take part, from the organization root down.
    pub fn levels(&self, layer: Layer) -> &[Level] {
        let one = |level: &'a Option<Level>| level.as_slice();
        match layer {
            Layer::ResourceControl => &self.rcp,
            Layer::ServiceControl => &self.caller.scp,
            Layer::VpcEndpoint => self.endpoint.as_slice(),
            Layer::ResourceBased => &self.side.policies,
            Layer::IdentityBased => one(&self.caller.identity),
            Layer::PermissionsBoundary => one(&self.caller.boundary),
            Layer::Session => one(&self.caller.session),
        }
    }

    /// Whether a key is there.
    pub fn presence(&self, hash: u64, name: &str) -> Presence<'_> {
        match self.find(hash, name) {
            Some(key) => key.presence(),
            None => Presence::Absent, // B6: also a key that nobody knows
        }
    }

    /// The same, with keys told apart that are missing only because nobody gave them. Slower: for explanations.
    pub fn presence_or_not_given(&self, hash: u64, name: &str) -> Presence<'_> {
        match self.find(hash, name) {
            Some(key) => key.presence(),
            None if self.could_be_given(name) => Presence::NotGiven,
            None => Presence::Absent,
        }
    }

    /// Whether the key is there as a list, be it of one value (B18).
    pub fn is_list(&self, hash: u64, name: &str) -> bool {
        self.find(hash, name).is_some_and(|key| matches!(key.value, ContextValue::Many(_)))
    }

    fn find(&self, hash: u64, name: &str) -> Option<&Key<'_>> {
        find(&self.keys, hash, name).or_else(|| find(&self.caller.keys, hash, name))
    }

    /// A46: an action without resource types is asked for `*`, whatever the question names.
    fn fit_resource(&mut self, request: &Request<'_>) {
        let Some(facts) = self.facts else { return };
        if facts.has_resource_types() {
            if request.resource.is_none() {
                self.notes.push(NO_RESOURCE.to_owned());
            }
            return;
        }
        if let RequestResource::One(arn) = self.resource {
            self.notes.push(format!(
                "{} has no resource types, so it is asked for `*`, not for {} (A46)",
                self.action.text(),
                arn.text()
            ));
            self.resource = RequestResource::Any;
        }
        if let Some(template) = facts::pseudo_resource(self.action.service(), self.action.name()) {
            let account = self.caller.account.map(|id| id.to_string()).unwrap_or_default();
            let text = template
                .replace("{partition}", &self.caller.principal.partition)
                .replace("{region}", "us-east-1")
                .replace("{account}", &account);
            self.pseudo_resource = Some(text.into());
        }
    }

    fn find_owner(&mut self, request: &Request<'_>) {
        let arn = self.arn();
        let named = request.resource_account.or_else(|| arn?.account_id());
        let known = named.or_else(|| self.world.declared_owner(&arn?));
        self.owner = known.or(self.caller.account);
        if let (None, Some(_), Some(owner)) = (known, arn, self.owner) {
            self.assumed.push(("resource_account", owner.to_string()));
        }
    }

    /// Whether a gate may concern the request for another reason than its action: the credentials (D.10), another
    /// account (D14a) or partition, a state of the accounts (D48), an access point (D45).
    fn is_out_of_the_ordinary(&self) -> bool {
        let principal = &self.caller.principal;
        let is_plain = matches!(principal.kind, PrincipalKind::User { .. })
            && principal.credentials == Credentials::LongTerm;
        (!is_plain && facts::limits_credentials(self.action.service()))
            || self.is_cross_account()
            || self.is_cross_partition()
            || self.is_restricted()
            || self.side.record.as_ref().is_some_and(|record| record.vpc.is_some())
    }

    /// Whether an IAM principal asks for a resource of another partition (D.3-1).
    pub fn is_cross_partition(&self) -> bool {
        let Some(arn) = self.arn() else { return false };
        let partition = arn.partition();
        self.is_iam_principal() && *partition != *self.caller.principal.partition && !partition.is_empty()
    }

    /// D48: a closed account, or one with Regions switched off.
    fn is_restricted(&self) -> bool {
        let restricted =
            |id: AccountId| self.world.account(id).is_some_and(|account| account.is_restricted());
        self.caller.account.is_some_and(restricted) || self.owner.is_some_and(restricted)
    }

    fn find_policies(&mut self, request: &Request<'_>) {
        let arn = self.arn();
        self.side = self.world.resource_side(&self.action, arn.as_ref(), self.owner, request.policies);
        if let Some(block) = request.public_access_block {
            self.side.public_access_block = block;
        }
        self.endpoint = self.endpoint_level(request);
        if self.rcp_applies(request) {
            self.rcp = self.rcp_levels(request);
        }
    }

    /// D12: the policy given, or that of the endpoint that the context names.
    fn endpoint_level(&self, request: &Request<'_>) -> Option<Level> {
        if let Some(documents) = &request.policies.vpc_endpoint {
            return Some(Level::of_given(documents));
        }
        let id = self.given_value("aws:SourceVpce")?;
        let endpoint = self.world.endpoint(id)?;
        endpoint.policy.as_ref().map(|policy| Level::of_one(policy, &endpoint.id, &std::sync::Arc::default()))
    }

    /// D6, D18: those of the owner's account; supported service, a resource, not a service-linked role, not a grant's retirement.
    fn rcp_applies(&self, request: &Request<'_>) -> bool {
        if request.policies.rcp.is_none() && self.world.organization().is_none() {
            return false;
        }
        let no_resource = self.arn().is_none() && !self.settings.rcp_without_resource_type;
        let aws_key = self.arn().is_some_and(|arn| arn.resource().starts_with("alias/aws/"));
        facts::supports_rcp(self.action.service())
            && !no_resource
            && !aws_key
            && !self.concerns_service_linked_role()
            && !self.action.is("kms:RetireGrant")
    }

    /// D6, D21: neither what a service-linked role does nor its assumption.
    fn concerns_service_linked_role(&self) -> bool {
        let assumed = self.arn().is_some_and(|arn| arn.resource().starts_with("role/aws-service-role/"));
        self.caller.principal.is_service_linked() || (assumed && self.action.is_of("sts"))
    }

    fn rcp_levels(&self, request: &Request<'_>) -> Vec<Level> {
        if let Some(levels) = &request.policies.rcp {
            return levels.iter().map(|documents| Level::of_given(documents)).collect();
        }
        match (self.owner, self.world.organization()) {
            (Some(owner), Some(organization)) if organization.binds(owner) => {
                organization.levels(owner, PolicyType::ResourceControl)
            }
            _ => Vec::new(),
        }
    }

    /// Whether any policy of the request reads this key.
    pub fn reads(&self, hash: u64) -> bool {
        self.key_bits & bit_of(hash) != 0 && self.all_levels().any(|level| level.set.reads(hash))
    }

    fn all_levels(&self) -> impl Iterator<Item = &Level> {
        Layer::ALL.into_iter().flat_map(|layer| self.levels(layer))
    }

    /// D.3-2: what the question gives, then what can be known.
    fn fill_keys(&mut self, request: &'a Request<'a>) {
        self.key_bits = self.all_levels().fold(0, |bits, level| bits | level.set.key_bits());
        if self.key_bits == 0 {
            return;
        }
        for (name, value) in request.context {
            let hash = fold_hash(name.as_bytes());
            if self.reads(hash) && self.resource_carries(name) {
                self.keys.push(Key::new(&**name, borrowed(value)));
            }
        }
        self.derive_keys(request);
        self.keys.sort_unstable_by_key(|key| key.hash);
    }

    /// D44: a key that the action carries for some of its resource types is absent for the others.
    pub(super) fn resource_carries(&self, name: &str) -> bool {
        let global = name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"));
        let (Some(facts), Some(arn), false) = (self.facts, self.arn(), global) else { return true };
        let is_it = |key: KeyFacts| key.name().eq_ignore_ascii_case(name);
        let lists = |resource: &ResourceUse| resource.condition_keys().any(is_it);
        if facts.condition_keys().any(is_it) || !facts.resource_types().any(|resource| lists(&resource)) {
            return true;
        }
        let own = facts.resource_type_of(arn.text());
        let fits =
            |resource: &ResourceUse| own.is_none_or(|own| resource.resource_type().name() == own.name());
        facts.resource_types().any(|resource| fits(&resource) && lists(&resource))
    }

    /// Finds the endpoint policy, where the context names another endpoint than it did (D12).
    pub(super) fn find_endpoint_again(&mut self, before: &Prepared<'_>) {
        const ENDPOINT: &str = "aws:SourceVpce";
        if self.given_value(ENDPOINT) != before.given_value(ENDPOINT) {
            self.endpoint = self.endpoint_level(self.request);
        }
    }

    /// Fills the keys anew: other policies read other keys.
    pub(super) fn refill_keys(&mut self) {
        self.keys.clear();
        self.assumed.clear();
        self.note_layers();
        self.fill_keys(self.request);
    }

    /// Whether the principal has an account, a name and policies: it is not a service, provider or anonymous.
    pub fn is_iam_principal(&self) -> bool {
        !matches!(
            self.caller.principal.kind,
            PrincipalKind::Service(_)
                | PrincipalKind::IdentityProvider(_)
                | PrincipalKind::OriginAccessIdentity(_)
                | PrincipalKind::Anonymous
        )
    }
}

impl Variables for Prepared<'_> {
    /// A49b: only a single value that is present and not empty resolves a variable.
    fn variable(&self, hash: u64, key: &str) -> Option<&str> {
        match self.find(hash, key)?.value {
            ContextValue::One(ref value) if !value.is_empty() => Some(value),
            _ => None,
        }
    }
}

fn borrowed<'a>(value: &'a ContextValue<'_>) -> ContextValue<'a> {
    match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(value) => ContextValue::One(Cow::Borrowed(value)),
        ContextValue::Many(values) => {
            ContextValue::Many(values.iter().map(|v| Cow::Borrowed(&**v)).collect())
        }
    }
}

fn bad_action(text: &str) -> WorldError {
    let error =
        WorldError::new("bad-action", text, format!("`{text}` is not an action of the form `service:Name`"));
    match text.contains(['*', '?']) {
        true => error.help("a question names one action; wildcards belong to policies"),
        false => error.help("for example `s3:GetObject`"),
    }
}

fn unknown_task(text: &str) -> WorldError {
    let error =
        WorldError::new("unknown-task", text, format!("`{text}` is not a root-only task that is known here"));
    match facts::nearest_pseudo_action(text) {
        Some(known) => error.help(format!("did you mean `{known}`?")),
        None => error.help("`list root-only` shows them all"),
    }
}

fn bad_resource(text: &str) -> WorldError {
    WorldError::new("bad-arn", text, format!("`{text}` is neither `*` nor an ARN"))
        .help("an ARN has six fields: `arn:aws:s3:::bucket/key`, `arn:aws:sqs:us-east-1:111122223333:jobs`")
}
