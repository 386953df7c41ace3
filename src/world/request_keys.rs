//! Context keys that follow from the question, the session, the resource and the endpoint (C.2–C.5, C2).

use super::context::{ContextValue, Key, Known};
use super::prepare::Prepared;
use super::principal::PrincipalKind;
use super::request::Request;
use super::resource::Resource;
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
const SOURCE_VPC_ARN: Known = Known::new("aws:SourceVpcArn");
const FEDERATED_PROVIDER: Known = Known::new("aws:FederatedProvider");
const SERVICE_NAMES: Known = Known::new("aws:PrincipalServiceNamesList");
const SOURCE_VPCE: Known = Known::new("aws:SourceVpce");
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
        self.derive_region();
        self.derive(RESOURCE_ACCOUNT, |prepared| {
            let lacks = facts::lacks_resource_account(prepared.action.service(), prepared.action.name());
            prepared.owner.filter(|_| !lacks).map(|owner| one(owner.to_string()))
        });
        self.derive(RESOURCE_ORG_ID, |p| p.owner_organization().map(|(organization, _)| one(organization)));
        self.derive(RESOURCE_ORG_PATHS, |p| p.owner_organization().map(|(_, path)| many(vec![path])));
        self.derive(TAG_KEYS, |prepared| prepared.request_tag_keys().map(many));
        self.derive(CALLED_VIA_FIRST, |_| called_via(&request).first().map(|via| one(via.clone())));
        self.derive(CALLED_VIA_LAST, |_| called_via(&request).last().map(|via| one(via.clone())));
        self.derive_source_keys();
        self.derive(KMS_CALLER_ACCOUNT, |p| p.caller.account.map(|account| one(account.to_string())));
        self.derive_provider();
        self.derive_service_names();
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
        let organization = self.world.organization_of(owner)?;
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

    /// C.3: what the endpoint tells that the question names, itself or by its VPC (I5).
    fn derive_endpoint_keys(&mut self) {
        let Some(endpoint) = self.source_endpoint() else { return };
        self.derive(SOURCE_VPCE, |_| Some(one(endpoint.id.to_string())));
        let (vpc, owner) = (endpoint.vpc.to_string(), endpoint.owner);
        self.derive(SOURCE_VPC, |_| Some(one(vpc.clone())));
        self.derive_of_endpoint(VPCE_ACCOUNT, |_| owner.map(|id| one(id.to_string())));
        let organization = owner.and_then(|owner| Some((self.world.organization_of(owner)?, owner)));
        self.derive_of_endpoint(VPCE_ORG_ID, |_| organization.map(|(org, _)| one(org.id.to_string())));
        self.derive_of_endpoint(VPCE_ORG_PATHS, |_| {
            organization.map(|(org, owner)| many(vec![org.org_path(owner)]))
        });
        if self.reads(SOURCE_VPC_ARN.hash) && self.carries_endpoint_key(SOURCE_VPC_ARN.name) {
            match self.declared_vpc(&vpc) {
                Some(arn) => self.derive(SOURCE_VPC_ARN, |_| Some(one(arn.clone()))),
                None => self.assume(SOURCE_VPC_ARN, |prepared| prepared.likely_vpc(&vpc, owner?)),
            }
        }
    }

    /// I11: a key that only some services have.
    fn derive_of_endpoint(&mut self, key: Known, value: impl Fn(&Self) -> Option<ContextValue<'static>>) {
        self.derive(key, |prepared| prepared.carries_endpoint_key(key.name).then(|| value(prepared))?);
    }

    /// The ARN of a VPC that the world declares.
    fn declared_vpc(&self, vpc: &str) -> Option<String> {
        let is_it = |arn: &str| arn.split_once(":vpc/").is_some_and(|(front, id)| id == vpc && is_ec2(front));
        self.world.resources().find(|resource| is_it(&resource.arn)).map(|resource| resource.arn.to_string())
    }

    /// The ARN of a VPC in the Region of the call, in which endpoints of Regional services lie as a rule.
    fn likely_vpc(&self, vpc: &str, owner: AccountId) -> Option<String> {
        let partition = &*self.caller.principal.partition;
        let region = self.requested_region().or(self.resource_region())?;
        self.global_regions().is_none().then(|| format!("arn:{partition}:ec2:{region}:{owner}:vpc/{vpc}"))
    }

    /// C.5; I14: the Region of a service that is called in one Region from everywhere is a fact, and so is that of a
    /// resource whose ARN says where it lies.
    fn derive_region(&mut self) {
        if !self.reads(REQUESTED_REGION.hash) {
            return;
        }
        let global = self.global_regions();
        if let Some([region]) = global {
            return self.derive(REQUESTED_REGION, |_| Some(one((*region).to_owned())));
        }
        if let Some(region) = self.resource_region().filter(|_| global.is_none()).map(str::to_owned) {
            return self.derive(REQUESTED_REGION, |_| Some(one(region.clone())));
        }
        let first = global.and_then(|regions| regions.first().copied());
        self.assume(REQUESTED_REGION, |_| Some(first.unwrap_or(facts::GLOBAL_REGION).to_owned()));
    }

    /// The Region that the ARN of the resource says, or the world of a bucket (C.5).
    pub fn resource_region(&self) -> Option<&str> {
        let in_arn = self.arn().map(|arn| arn.region()).filter(|region| !region.is_empty());
        in_arn.or_else(|| self.bucket()?.region.as_deref())
    }

    /// The bucket that the resource is or lies in, an access point leads to, or a command is about to make.
    pub fn bucket(&self) -> Option<&Resource> {
        let record = self.side.record.as_deref().filter(|_| self.action.is_of("s3"))?;
        let behind = record.bucket.as_deref().and_then(|behind| self.world.resource(behind)); // D45
        Some(behind.map_or(record, |behind| behind))
    }

    /// The ARN of the bucket that the call is for, or for what is in it, where nobody told its Region; of a bucket that is
    /// yet to be made the caller chooses it.
    pub fn bucket_of_unknown_region(&self) -> Option<&str> {
        let arn = self.arn().filter(|arn| {
            arn.service() == "s3" && !self.action.name().eq_ignore_ascii_case("CreateBucket")
        })?;
        let bucket = arn.text().split('/').next()?;
        self.assumed.iter().any(|(key, _)| *key == REQUESTED_REGION.name).then_some(bucket)
    }

    /// I10: who vouches for the caller while a trust policy is asked.
    fn derive_provider(&mut self) {
        self.derive(FEDERATED_PROVIDER, |prepared| match &prepared.caller.principal.kind {
            PrincipalKind::IdentityProvider(provider)
                if prepared.action.is("sts:AssumeRoleWithWebIdentity") =>
            {
                Some(one(provider.to_string()))
            }
            _ => None,
        });
    }

    /// I12: the names of the service that calls, in the Region of the instance that does.
    fn derive_service_names(&mut self) {
        self.derive(SERVICE_NAMES, |prepared| match &prepared.caller.principal.kind {
            PrincipalKind::Service(name) => {
                let names = service_names(name, prepared.source_region());
                Some(many(names.unwrap_or_else(|| vec![name.to_string()])))
            }
            _ => None,
        });
    }

    /// Whether more values of a key are there than could be filled in: the names of a service in a Region that is
    /// not known (I12).
    pub fn is_partly_known(&self, key: &str) -> bool {
        let PrincipalKind::Service(name) = &self.caller.principal.kind else { return false };
        key.eq_ignore_ascii_case(SERVICE_NAMES.name)
            && !self.is_given(key)
            && service_names(name, self.source_region()).is_none()
    }

    /// Whether the service that calls could have these names: its own, and that in one Region (I12).
    pub fn could_have_service_names(&self, names: &ContextValue<'_>) -> bool {
        let (PrincipalKind::Service(name), ContextValue::Many(names)) = (&self.caller.principal.kind, names)
        else {
            return false;
        };
        let mut in_regions = names.iter().filter(|other| **other != **name);
        let first = in_regions.next();
        in_regions.next().is_none() && first.is_none_or(|first| is_name_in_a_region(name, first))
    }

    /// The Region of the resource for which a service calls.
    fn source_region(&self) -> Option<&str> {
        let arn = Arn::parse(self.given_value("aws:SourceArn")?)?;
        Some(arn.region()).filter(|region| !region.is_empty())
    }

    /// C.5: of the resource for which a service calls, the account and that account's organization.
    fn derive_source_keys(&mut self) {
        let keys = [SOURCE_ACCOUNT, SOURCE_ORG_ID, SOURCE_ORG_PATHS];
        if !keys.iter().any(|key| self.reads(key.hash)) {
            return;
        }
        let Some(account) = self.source_account() else { return };
        self.derive(SOURCE_ACCOUNT, |_| Some(one(account.to_string())));
        let organization = self.world.organization_of(account);
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
}

fn one(value: String) -> ContextValue<'static> {
    ContextValue::One(value.into())
}

fn many(values: Vec<String>) -> ContextValue<'static> {
    ContextValue::Many(values.into_iter().map(Into::into).collect())
}

fn is_ec2(front: &str) -> bool {
    front.split(':').nth(2) == Some("ec2")
}

/// All names of a service in a Region, the plain one first: `logs.amazonaws.com`, `logs.us-east-1.amazonaws.com`.
fn service_names(name: &str, region: Option<&str>) -> Option<Vec<String>> {
    let (service, domain) = name.split_at(name.find(".amazonaws.com")?);
    let in_name = service.rsplit_once('.').filter(|(_, region)| facts::is_region(region));
    let (service, region) = in_name.or_else(|| Some((service, region?)))?;
    Some(vec![format!("{service}{domain}"), format!("{service}.{region}{domain}")])
}

fn is_name_in_a_region(name: &str, other: &str) -> bool {
    let region = other.split('.').nth(1);
    service_names(name, region.filter(|region| facts::is_region(region)))
        .is_some_and(|names| names.iter().any(|own| own == other))
}

fn called_via(request: &Request<'_>) -> Vec<String> {
    let found = request.context.iter().find(|(key, _)| key.eq_ignore_ascii_case("aws:CalledVia"));
    match found.map(|(_, value)| value) {
        Some(ContextValue::One(via)) => vec![via.to_string()],
        Some(ContextValue::Many(via)) => via.iter().map(|v| v.to_string()).collect(),
        _ => Vec::new(),
    }
}
