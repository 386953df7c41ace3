//! Context keys that follow from the question, the session, the resource and the endpoint (C.2–C.5, C2).

use super::context::{ContextValue, Key, Known};
use super::prepare::Prepared;
use super::request::Request;
use crate::facts;
use crate::names::{AccountId, Arn, Instant};

const CURRENT_TIME: Known = Known::new("aws:CurrentTime");
const EPOCH_TIME: Known = Known::new("aws:EpochTime");
const SECURE_TRANSPORT: Known = Known::new("aws:SecureTransport");
const VIA_AWS_SERVICE: Known = Known::new("aws:ViaAWSService");
const TOKEN_ISSUE_TIME: Known = Known::new("aws:TokenIssueTime");
const MFA_AGE: Known = Known::new("aws:MultiFactorAuthAge");
const REQUESTED_REGION: Known = Known::new("aws:RequestedRegion");
const RESOURCE_ACCOUNT: Known = Known::new("aws:ResourceAccount");
const RESOURCE_ORG_ID: Known = Known::new("aws:ResourceOrgID");
const RESOURCE_ORG_PATHS: Known = Known::new("aws:ResourceOrgPaths");
const TAG_KEYS: Known = Known::new("aws:TagKeys");
const CALLED_VIA_FIRST: Known = Known::new("aws:CalledViaFirst");
const CALLED_VIA_LAST: Known = Known::new("aws:CalledViaLast");
const SOURCE_ACCOUNT: Known = Known::new("aws:SourceAccount");
const SOURCE_ORG_ID: Known = Known::new("aws:SourceOrgID");
const SOURCE_ORG_PATHS: Known = Known::new("aws:SourceOrgPaths");
const SOURCE_VPC: Known = Known::new("aws:SourceVpc");
const VPCE_ACCOUNT: Known = Known::new("aws:VpceAccount");
const VPCE_ORG_ID: Known = Known::new("aws:VpceOrgID");
const VPCE_ORG_PATHS: Known = Known::new("aws:VpceOrgPaths");
const KMS_CALLER_ACCOUNT: Known = Known::new("kms:CallerAccount");
const DATA_ACCESS_POINT_ACCOUNT: Known = Known::new("s3:DataAccessPointAccount");
const DATA_ACCESS_POINT_ARN: Known = Known::new("s3:DataAccessPointArn");
const ACCESS_POINT_NETWORK_ORIGIN: Known = Known::new("s3:AccessPointNetworkOrigin");

impl Prepared<'_> {
    /// Adds what the question did not give but what can be known or must be assumed (C2).
    pub(super) fn derive_keys(&mut self) {
        let request = self.request;
        let now = Instant::from_epoch_seconds(request.settings.time.unwrap_or(request.now));
        self.assume(CURRENT_TIME, |_| Some(now.to_iso()));
        self.assume(EPOCH_TIME, |_| Some(now.epoch_seconds().to_string()));
        self.assume(SECURE_TRANSPORT, |_| Some("true".to_owned()));
        // D42: a call that a service forwards is asked by giving `true` here; principal and policies stay the caller's.
        self.assume(VIA_AWS_SERVICE, |prepared| Some(prepared.is_given("aws:CalledVia").to_string()));
        self.assume(REQUESTED_REGION, |prepared| {
            let region = prepared.arn().map(|arn| arn.region()).filter(|region| !region.is_empty());
            Some(region.unwrap_or(facts::GLOBAL_REGION).to_owned())
        });
        self.derive(RESOURCE_ACCOUNT, |prepared| {
            let lacks = facts::lacks_resource_account(prepared.action.service(), prepared.action.name());
            prepared.owner.filter(|_| !lacks).map(|owner| one(owner.to_string()))
        });
        self.derive(RESOURCE_ORG_ID, |p| p.owner_organization().map(|(organization, _)| one(organization)));
        self.derive(RESOURCE_ORG_PATHS, |p| p.owner_organization().map(|(_, path)| many(vec![path])));
        self.derive(TAG_KEYS, |_| request_tag_keys(&request));
        self.derive(CALLED_VIA_FIRST, |_| called_via(&request).first().map(|via| one(via.clone())));
        self.derive(CALLED_VIA_LAST, |_| called_via(&request).last().map(|via| one(via.clone())));
        self.derive_source_keys();
        self.derive(KMS_CALLER_ACCOUNT, |p| p.caller.account.map(|account| one(account.to_string())));
        self.derive_session_keys(now);
        self.derive_endpoint_keys();
        self.derive_access_point_keys();
        self.derive_resource_tags();
    }

    /// A default that the answer lists under `assumed`.
    fn assume(&mut self, key: Known, value: impl Fn(&Self) -> Option<String>) {
        let before = self.keys.len();
        self.derive(key, |prepared| value(prepared).map(one));
        if self.keys.len() > before
            && let Some(ContextValue::One(value)) = self.keys.last().map(|key| &key.value)
        {
            let value = value.clone().into_owned();
            self.assumed.push((key.name, value));
        }
    }

    /// Adds a key that some policy reads and the question does not give.
    fn derive(&mut self, key: Known, value: impl Fn(&Self) -> Option<ContextValue<'static>>) {
        if !self.reads(key.hash) || self.is_given(key.name) {
            return;
        }
        if let Some(value) = value(self) {
            self.keys.push(Key { hash: key.hash, name: key.name.into(), value });
        }
    }

    /// The organization of the resource's owner: its id and the owner's path in it.
    fn owner_organization(&self) -> Option<(String, String)> {
        let owner = self.owner?;
        let organization = self.world.organization().filter(|organization| organization.has(owner))?;
        let lacks = facts::lacks_resource_account(self.action.service(), self.action.name());
        (!lacks).then(|| (organization.id.to_string(), organization.org_path(owner)))
    }

    /// C.2: when temporary credentials were issued, and the age of their MFA. A session that nobody saw begin is taken
    /// to begin now.
    fn derive_session_keys(&mut self, now: Instant) {
        let principal = &self.caller.principal;
        if !principal.is_temporary() {
            return;
        }
        let (now, has_mfa) = (now.epoch_seconds(), principal.has_mfa());
        let (was_seen, began) = (principal.began.is_some(), principal.began.unwrap_or(now));
        let issued = |_: &Self| Some(Instant::from_epoch_seconds(began).to_iso());
        let age = |_: &Self| has_mfa.then(|| (now - began).max(0).to_string());
        if was_seen {
            self.derive(TOKEN_ISSUE_TIME, |prepared| issued(prepared).map(one));
            self.derive(MFA_AGE, |prepared| age(prepared).map(one));
        } else {
            self.assume(TOKEN_ISSUE_TIME, issued);
            self.assume(MFA_AGE, age);
        }
    }

    /// C.3: what the endpoint that the question names tells.
    fn derive_endpoint_keys(&mut self) {
        let Some(id) = self.given_value("aws:SourceVpce") else { return };
        let Some(endpoint) = self.world.endpoint(id) else { return };
        let (vpc, owner) = (endpoint.vpc.to_string(), endpoint.owner);
        self.derive(SOURCE_VPC, |_| Some(one(vpc.clone())));
        self.derive(VPCE_ACCOUNT, |_| owner.map(|id| one(id.to_string())));
        let organization = self.world.organization().zip(owner).filter(|(org, owner)| org.has(*owner));
        self.derive(VPCE_ORG_ID, |_| organization.map(|(org, _)| one(org.id.to_string())));
        self.derive(VPCE_ORG_PATHS, |_| organization.map(|(org, owner)| many(vec![org.org_path(owner)])));
    }

    /// C.5: of the resource for which a service calls, the account and that account's organization.
    fn derive_source_keys(&mut self) {
        let keys = [SOURCE_ACCOUNT, SOURCE_ORG_ID, SOURCE_ORG_PATHS];
        if !keys.iter().any(|key| self.reads(key.hash)) {
            return;
        }
        let Some(account) = self.source_account() else { return };
        self.derive(SOURCE_ACCOUNT, |_| Some(one(account.to_string())));
        let organization = self.world.organization().filter(|organization| organization.has(account));
        self.derive(SOURCE_ORG_ID, |_| organization.map(|organization| one(organization.id.to_string())));
        self.derive(SOURCE_ORG_PATHS, |_| organization.map(|org| many(vec![org.org_path(account)])));
    }

    /// The account that the question gives, or that of `aws:SourceArn`.
    pub(super) fn source_account(&self) -> Option<AccountId> {
        if let Some(given) = self.given_value("aws:SourceAccount") {
            return AccountId::parse(given);
        }
        let arn = Arn::parse(self.given_value("aws:SourceArn")?)?;
        arn.account_id().or_else(|| self.world.declared_owner(&arn))
    }

    /// D45: what a request through an access point carries.
    fn derive_access_point_keys(&mut self) {
        let Some(arn) =
            self.arn().filter(|arn| arn.service() == "s3" && arn.resource().starts_with("accesspoint/"))
        else {
            return;
        };
        let account = arn.account();
        self.derive(DATA_ACCESS_POINT_ACCOUNT, |_| Some(one(account.to_owned())));
        let point = arn.text().split("/object/").next().unwrap_or_default();
        self.derive(DATA_ACCESS_POINT_ARN, |_| Some(one(point.to_owned())));
        let origin = if self.side.record.as_ref().is_some_and(|record| record.vpc.is_some()) {
            "VPC"
        } else {
            "Internet"
        };
        self.derive(ACCESS_POINT_NETWORK_ORIGIN, |_| Some(one(origin.to_owned())));
    }

    /// C.4: the tags of the resource, and of one that the request creates those that it gets.
    fn derive_resource_tags(&mut self) {
        let mut keys = self.tags_of_resource();
        if !self.side.is_known && self.created_thing().is_some() {
            keys.extend(self.tags_of_created());
        }
        for key in keys {
            let given =
                self.keys.iter().any(|k| k.hash == key.hash && k.name.eq_ignore_ascii_case(&key.name));
            if !given {
                self.keys.push(key);
            }
        }
    }

    fn tags_of_resource(&self) -> Vec<Key<'static>> {
        let own = if self.action.is_of("iam") || self.action.is_of("sts") {
            Some("iam:ResourceTag")
        } else {
            self.action.is_of("s3").then_some("s3:BucketTag")
        };
        let mut keys = Vec::new();
        for (tag, value) in &self.side.tags {
            let names = ["aws:ResourceTag"].into_iter().chain(own);
            keys.extend(names.map(|name| Key::one(format!("{name}/{tag}"), value.to_string())));
        }
        keys
    }

    fn tags_of_created(&self) -> Vec<Key<'static>> {
        let mut tags = request_tags(&self.request).peekable();
        if tags.peek().is_none() || !self.creates_resource() {
            return Vec::new();
        }
        tags.map(|(tag, value)| Key::one(format!("aws:ResourceTag/{tag}"), value.to_owned())).collect()
    }
}

fn one(value: String) -> ContextValue<'static> {
    ContextValue::One(value.into())
}

fn many(values: Vec<String>) -> ContextValue<'static> {
    ContextValue::Many(values.into_iter().map(Into::into).collect())
}

/// The tags that the call passes: their keys and values.
fn request_tags<'r>(request: &'r Request<'_>) -> impl Iterator<Item = (&'r str, &'r str)> {
    const PREFIX: &str = "aws:RequestTag/";
    request.context.iter().filter_map(|(key, value)| {
        let (start, tag) = key.split_at_checked(PREFIX.len())?;
        match value {
            ContextValue::One(value) if start.eq_ignore_ascii_case(PREFIX) => Some((tag, &**value)),
            _ => None,
        }
    })
}

/// `aws:TagKeys` follows from the request tags (C.5).
fn request_tag_keys(request: &Request<'_>) -> Option<ContextValue<'static>> {
    let tags: Vec<_> = request_tags(request).map(|(tag, _)| tag.to_owned()).collect();
    (!tags.is_empty()).then(|| many(tags))
}

fn called_via(request: &Request<'_>) -> Vec<String> {
    let found = request.context.iter().find(|(key, _)| key.eq_ignore_ascii_case("aws:CalledVia"));
    match found.map(|(_, value)| value) {
        Some(ContextValue::One(via)) => vec![via.to_string()],
        Some(ContextValue::Many(via)) => via.iter().map(|v| v.to_string()).collect(),
        _ => Vec::new(),
    }
}
