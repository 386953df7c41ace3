//! Context keys that follow from the question, the resource and the endpoint (C.3–C.5, C2), and which keys a
//! question could still give.

use super::context::{ContextValue, Key, Known};
use super::prepare::Prepared;
use super::principal::{Credentials, PrincipalKind};
use super::request::Request;
use crate::catalog;
use crate::facts;
use crate::names::Instant;

const CURRENT_TIME: Known = Known::new("aws:CurrentTime");
const EPOCH_TIME: Known = Known::new("aws:EpochTime");
const SECURE_TRANSPORT: Known = Known::new("aws:SecureTransport");
const VIA_AWS_SERVICE: Known = Known::new("aws:ViaAWSService");
const REQUESTED_REGION: Known = Known::new("aws:RequestedRegion");
const RESOURCE_ACCOUNT: Known = Known::new("aws:ResourceAccount");
const RESOURCE_ORG_ID: Known = Known::new("aws:ResourceOrgID");
const RESOURCE_ORG_PATHS: Known = Known::new("aws:ResourceOrgPaths");
const TAG_KEYS: Known = Known::new("aws:TagKeys");
const CALLED_VIA_FIRST: Known = Known::new("aws:CalledViaFirst");
const CALLED_VIA_LAST: Known = Known::new("aws:CalledViaLast");
const SOURCE_ACCOUNT: Known = Known::new("aws:SourceAccount");
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
    pub(super) fn derive_keys(&mut self, request: &Request<'_>) {
        let now = Instant::from_epoch_seconds(request.settings.time.unwrap_or(request.now));
        self.assume(CURRENT_TIME, |_| Some(now.to_iso()));
        self.assume(EPOCH_TIME, |_| Some(now.epoch_seconds().to_string()));
        self.assume(SECURE_TRANSPORT, |_| Some("true".to_owned()));
        // D42: a call that a service forwards is asked by giving `true` here; principal and policies stay the caller's.
        self.assume(VIA_AWS_SERVICE, |prepared| Some(prepared.is_given("aws:CalledVia").to_string()));
        self.assume(REQUESTED_REGION, |prepared| {
            let region = prepared.arn().map(|arn| arn.region()).filter(|region| !region.is_empty());
            Some(region.unwrap_or("us-east-1").to_owned())
        });
        self.derive(RESOURCE_ACCOUNT, |prepared| {
            let lacks = facts::lacks_resource_account(prepared.action.service(), prepared.action.name());
            prepared.owner.filter(|_| !lacks).map(|owner| one(owner.to_string()))
        });
        self.derive(RESOURCE_ORG_ID, |p| p.owner_organization().map(|(organization, _)| one(organization)));
        self.derive(RESOURCE_ORG_PATHS, |p| p.owner_organization().map(|(_, path)| many(vec![path])));
        self.derive(TAG_KEYS, |_| request_tag_keys(request));
        self.derive(CALLED_VIA_FIRST, |_| called_via(request).first().map(|via| one(via.clone())));
        self.derive(CALLED_VIA_LAST, |_| called_via(request).last().map(|via| one(via.clone())));
        self.derive(SOURCE_ACCOUNT, |p| source_account(p));
        self.derive(KMS_CALLER_ACCOUNT, |p| p.caller.account.map(|account| one(account.to_string())));
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

    fn derive_resource_tags(&mut self) {
        let iam = self.action.is_of("iam") || self.action.is_of("sts");
        let mut keys = Vec::new();
        for (tag, value) in &self.side.tags {
            keys.push(Key::one(format!("aws:ResourceTag/{tag}"), value.to_string()));
            if iam {
                keys.push(Key::one(format!("iam:ResourceTag/{tag}"), value.to_string()));
            }
        }
        for key in keys {
            let given =
                self.keys.iter().any(|k| k.hash == key.hash && k.name.eq_ignore_ascii_case(&key.name));
            if !given {
                self.keys.push(key);
            }
        }
    }

    /// Whether a key that is missing could be there in a real request of this kind: nobody said that it is not.
    pub(super) fn could_be_given(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        match name.strip_prefix("aws:") {
            Some(key) => self.global_could_be_given(key, &name),
            None => self.service_key_could_be_given(&name),
        }
    }

    fn global_could_be_given(&self, key: &str, name: &str) -> bool {
        let principal = &self.caller.principal;
        let has = |name: &str| self.is_given(name);
        let is_service = matches!(principal.kind, PrincipalKind::Service(_));
        let template = key.split('/').next().unwrap_or_default();
        match template {
            "sourceip" => !has("aws:SourceVpce") && !has("aws:SourceVpc") && self.endpoint.is_none(),
            "sourcevpc" | "sourcevpce" | "sourcevpcarn" | "vpcsourceip" | "vpceaccount" | "vpceorgid"
            | "vpceorgpaths" => !has("aws:SourceIp"),
            "sourcearn" | "sourceaccount" | "sourceorgid" | "sourceorgpaths" => is_service,
            "calledvia" | "calledviafirst" | "calledvialast" => has("aws:ViaAWSService"),
            "principaltag" => self.is_iam_principal() && !principal.is_root() && !self.caller.is_known,
            "principalorgid" | "principalorgpaths" => {
                self.caller.account.is_some_and(|account| self.world.account(account).is_none())
            }
            "resourcetag" => self.arn().is_some() && !self.side.is_known,
            "resourceorgid" | "resourceorgpaths" => {
                self.owner.is_some_and(|owner| self.world.account(owner).is_none())
            }
            "tokenissuetime" => self.is_temporary(),
            "sourceidentity" | "federatedprovider" => self.is_role_session() && principal.session.is_none(),
            "principalarn"
            | "principalaccount"
            | "principaltype"
            | "principalisawsservice"
            | "principalservicename"
            | "principalservicenameslist"
            | "userid"
            | "username"
            | "assumedroot"
            | "multifactorauthpresent"
            | "multifactorauthage"
            | "resourceaccount" => false,
            _ => catalog::condition_key(name).is_some(),
        }
    }

    fn service_key_could_be_given(&self, name: &str) -> bool {
        if STAMPED.contains(&name) {
            return self.is_role_session(); // C.2
        }
        match (self.facts, catalog::condition_key(name)) {
            _ if name.starts_with("rootonly:") => false,
            (Some(action), Some(_)) => catalog::carries_key(action, name) && self.resource_carries(name),
            _ => true,
        }
    }

    fn is_role_session(&self) -> bool {
        matches!(self.caller.principal.kind, PrincipalKind::RoleSession { .. })
    }

    fn is_temporary(&self) -> bool {
        let long_term = self.caller.principal.credentials == Credentials::LongTerm;
        match self.caller.principal.kind {
            PrincipalKind::User { .. } | PrincipalKind::Root(_) => !long_term,
            _ => self.is_iam_principal(),
        }
    }
}

/// Keys that services stamp on the credentials of roles (C.2).
const STAMPED: [&str; 9] = [
    "ec2:sourceinstancearn",
    "ec2:roledelivery",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
    "codebuild:buildarn",
    "codebuild:projectarn",
    "glue:roleassumedby",
    "glue:credentialissuingservice",
    "identitystore:userid",
];

fn one(value: String) -> ContextValue<'static> {
    ContextValue::One(value.into())
}

fn many(values: Vec<String>) -> ContextValue<'static> {
    ContextValue::Many(values.into_iter().map(Into::into).collect())
}

/// `aws:TagKeys` follows from the request tags (C.5).
fn request_tag_keys(request: &Request<'_>) -> Option<ContextValue<'static>> {
    const PREFIX: &str = "aws:requesttag/";
    let tags = request.context.iter().filter(|(_, value)| *value != ContextValue::Absent);
    let tags = tags.filter(|(key, _)| key.to_ascii_lowercase().starts_with(PREFIX));
    let tags: Vec<_> = tags.map(|(key, _)| key[PREFIX.len()..].to_owned()).collect();
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

/// `aws:SourceAccount` follows from the account field of `aws:SourceArn` (C.5).
fn source_account(request: &Prepared<'_>) -> Option<ContextValue<'static>> {
    let arn = crate::names::Arn::parse(request.given_value("aws:SourceArn")?)?;
    arn.account_id().map(|account| one(account.to_string()))
}
