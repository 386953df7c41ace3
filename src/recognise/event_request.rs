//! The request of an event of CloudTrail, as far as the event tells it.

use std::net::IpAddr;

use super::event::time;
use super::field::{at, text_at, text_of};
use super::operation::action_of_service;
use crate::catalog::Catalog;
use crate::facts::{event_arn, event_services};
use crate::names::{Arn, Instant};
use crate::syntax::json::{Cursor, Kind};
use crate::world::{ContextEntry, ContextValue};

const IDENTITY: &str = "userIdentity";
const PARAMETERS: &str = "requestParameters";

/// Who asked, or what is known in place of it.
pub(super) fn principal_of(event: Cursor<'_>) -> (Option<String>, Option<String>) {
    let of = |name| text_at(event, &[IDENTITY, name]);
    let (kind, account) = (of("type").unwrap_or_default(), of("accountId"));
    let named = match kind.as_str() {
        "Root" => account.as_ref().map(|account| format!("arn:aws:iam::{account}:root")),
        "AWSService" => of("invokedBy").map(|service| format!("service:{service}")),
        "AWSAccount" if account.as_deref() == Some("ANONYMOUS_PRINCIPAL") => Some("anonymous".to_owned()),
        "SAMLUser" | "WebIdentityUser" => {
            of("identityProvider").map(|provider| format!("federated/{provider}"))
        }
        "IAMUser" | "AssumedRole" | "FederatedUser" => of("arn"),
        _ => None,
    };
    let lacks = match (kind.as_str(), account) {
        ("AWSAccount", Some(account)) => {
            format!("the event names the caller only as somebody of account {account}")
        }
        ("", _) => "the event does not say who asked".to_owned(),
        (kind, _) => format!("the event does not say which principal asked ({kind})"),
    };
    let lacks = named.is_none().then_some(lacks);
    (named, lacks)
}

/// The role behind the session that asked.
pub(super) fn role_of(event: Cursor<'_>) -> Option<String> {
    let assumed = text_at(event, &[IDENTITY, "type"])? == "AssumedRole";
    text_at(event, &[IDENTITY, "sessionContext", "sessionIssuer", "arn"]).filter(|_| assumed)
}

/// The action of an operation, and what is uncertain about it.
pub(super) fn action_of(
    source: &str,
    name: &str,
    event: Cursor<'_>,
    catalog: &Catalog,
) -> (Option<String>, Option<String>) {
    let services = event_services(source);
    let found = services.iter().find_map(|service| action_of_service(service, name, catalog));
    let operation = services.iter().find_map(|service| catalog.operation(&format!("{service}:{name}")));
    let Some(action) = found else {
        let unknown = || format!("no action is known for {name} of {source}");
        return (None, Some(operation.map_or_else(unknown, |operation| operation.in_words())));
    };
    // A version is asked for by an action of its own.
    let versioned = text_at(event, &[PARAMETERS, "versionId"]).is_some() && action.starts_with("s3:");
    let twin = || catalog.action(&action.replace("Object", "ObjectVersion")).map(|twin| twin.to_string());
    let asked = versioned.then(twin).flatten().unwrap_or(action);
    let more = operation.filter(|operation| operation.actions.len() > 1);
    (Some(asked), more.map(|operation| operation.in_words()))
}

/// What was asked for: a resource that the event names, else what its parameters name; `*` for an action that is asked
/// on nothing.
pub(super) fn resource_of(event: Cursor<'_>, action: Option<&str>, catalog: &Catalog) -> Option<String> {
    let facts = catalog.action(action?)?;
    if !facts.has_resource_types() {
        return Some("*".to_owned());
    }
    let listed = event.member("resources").into_iter().flat_map(|list| list.items());
    let mut listed = listed.filter_map(|item| text_at(item, &["ARN"]).or_else(|| text_at(item, &["arn"])));
    listed.find(|arn| facts.resource_type_of(arn).is_some()).or_else(|| {
        let made = from_parameters(event);
        made.into_iter().find(|arn| facts.resource_type_of(arn).is_some())
    })
}

/// The ARNs that the parameters of a call name, those with most parameters first.
fn from_parameters(event: Cursor<'_>) -> Vec<String> {
    let source = text_at(event, &["eventSource"]).unwrap_or_default();
    let region = text_at(event, &["awsRegion"]).unwrap_or_default();
    let account =
        text_at(event, &["recipientAccountId"]).or_else(|| text_at(event, &[IDENTITY, "accountId"]));
    let partition = text_at(event, &[IDENTITY, "arn"]);
    let partition = partition.as_deref().and_then(Arn::parse).map_or("aws", |arn| arn.partition()).to_owned();
    let Some(parameters) = event.member(PARAMETERS) else { return Vec::new() };
    event_arn(&source, |name| match name {
        "partition" => Some(partition.clone()),
        "region" => Some(region.clone()),
        "account" => account.clone(),
        name => parameter(parameters, name),
    })
}

/// A parameter by its name; of the calls of EC2 that wrap lists, the only item.
fn parameter(parameters: Cursor<'_>, name: &str) -> Option<String> {
    if let Some(own) = parameters.member(name) {
        return text_of(own);
    }
    let only = |list: Cursor<'_>| {
        let items: Vec<_> = at(list, &["items"])?.items().collect();
        match &items[..] {
            [one] => text_at(*one, &[name]),
            _ => None,
        }
    };
    parameters.members().find_map(|(_, value)| (value.kind() == Kind::Object).then(|| only(value)).flatten())
}

/// The keys that an event tells.
pub(super) fn context_of(event: Cursor<'_>, now: Option<i64>) -> Vec<ContextEntry<'static>> {
    let session = |name| text_at(event, &[IDENTITY, "sessionContext", name]);
    let attribute = |name| text_at(event, &[IDENTITY, "sessionContext", "attributes", name]);
    let endpoint = text_at(event, &["vpcEndpointId"]);
    let address = text_at(event, &["sourceIPAddress"]).filter(|text| text.parse::<IpAddr>().is_ok());
    let address_key = if endpoint.is_some() { "aws:VpcSourceIp" } else { "aws:SourceIp" };
    let began = time(event, &[IDENTITY, "sessionContext", "attributes", "creationDate"]);
    let mfa = attribute("mfaAuthenticated");
    let age = now.zip(began).map(|(now, began)| (now - began).max(0).to_string());
    let service = text_at(event, &[IDENTITY, "invokedBy"]).filter(|by| by.ends_with(".amazonaws.com"));
    let service =
        service.filter(|_| text_at(event, &[IDENTITY, "type"]).is_some_and(|kind| kind != "AWSService"));
    let tls = event.member("tlsDetails").is_some_and(|tls| tls.kind() == Kind::Object);
    let signature = text_at(event, &["additionalEventData", "SignatureVersion"]);
    let method = text_at(event, &["additionalEventData", "AuthenticationMethod"]);
    let told = [
        ("aws:RequestedRegion", text_at(event, &["awsRegion"])),
        (address_key, address),
        ("aws:SourceVpce", endpoint),
        ("aws:UserAgent", text_at(event, &["userAgent"])),
        ("aws:SecureTransport", tls.then(|| "true".to_owned())),
        ("aws:MultiFactorAuthAge", age.filter(|_| mfa.as_deref() == Some("true"))),
        ("aws:MultiFactorAuthPresent", mfa),
        ("aws:TokenIssueTime", began.map(|began| Instant::from_epoch_seconds(began).to_iso())),
        ("aws:ViaAWSService", service.as_ref().map(|_| "true".to_owned())),
        ("aws:SourceIdentity", session("sourceIdentity")),
        ("ec2:RoleDelivery", session("ec2RoleDelivery")),
        (
            "s3:signatureversion",
            signature.filter(|version| version == "SigV4").map(|_| "AWS4-HMAC-SHA256".to_owned()),
        ),
        ("s3:authType", method.and_then(|method| auth_type(&method))),
    ];
    let told =
        told.into_iter().filter_map(|(key, value)| Some((key.into(), ContextValue::One(value?.into()))));
    let mut entries: Vec<ContextEntry<'static>> = told.collect();
    entries.extend(service.map(|by| ("aws:CalledVia".into(), ContextValue::Many(vec![by.into()]))));
    entries.extend(tags(event));
    entries
}

fn auth_type(method: &str) -> Option<String> {
    let name = match method {
        "AuthHeader" => "REST-HEADER",
        "QueryString" => "REST-QUERY-STRING",
        _ => return None,
    };
    Some(name.to_owned())
}

/// The tags that the call sets.
fn tags(event: Cursor<'_>) -> Vec<ContextEntry<'static>> {
    let Some(parameters) = event.member(PARAMETERS) else { return Vec::new() };
    let lists = [&["tags"][..], &["tagSet", "items"], &["tagSpecificationSet", "items"]];
    let lists: Vec<Cursor<'_>> = lists.iter().filter_map(|path| at(parameters, path)).collect();
    let items = lists.iter().flat_map(|list| list.items());
    let items = items.flat_map(|item| {
        std::iter::once(item).chain(item.member("tags").into_iter().flat_map(Cursor::items))
    });
    let listed = items.filter_map(|item| {
        let key = text_at(item, &["key"]).or_else(|| text_at(item, &["Key"]))?;
        Some((key, text_at(item, &["value"]).or_else(|| text_at(item, &["Value"]))?))
    });
    let mapped = lists.iter().filter(|list| list.kind() == Kind::Object).flat_map(|list| list.members());
    let mapped =
        mapped.filter_map(|(key, value)| Some((key.string()?.into_owned(), value.string()?.into_owned())));
    request_tags(listed.chain(mapped).collect())
}

/// The keys of the tags of a request; of several tags whose names differ in letter case alone, the first.
fn request_tags(all: Vec<(String, String)>) -> Vec<ContextEntry<'static>> {
    let mut entries: Vec<ContextEntry<'static>> = Vec::new();
    for (key, value) in &all {
        let name = format!("aws:RequestTag/{key}");
        if !entries.iter().any(|(own, _)| own.eq_ignore_ascii_case(&name)) {
            entries.push((name.into(), ContextValue::One(value.clone().into())));
        }
    }
    let keys: Vec<_> = all.into_iter().map(|(key, _)| key.into()).collect();
    entries.extend((!keys.is_empty()).then(|| ("aws:TagKeys".into(), ContextValue::Many(keys))));
    entries
}
