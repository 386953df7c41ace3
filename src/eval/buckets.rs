//! What a bucket's settings and name refuse (I23).

use crate::facts::{self, rule};
use crate::trace::{Gate, GateName};
use crate::world::Prepared;

/// The gate of a bucket's settings.
pub(super) fn gate(request: &Prepared<'_>) -> Option<Gate> {
    let reason = customer_key(request).or_else(|| namespace(request))?;
    Some(Gate::new(GateName::BucketSetting, const { rule("I23") }, reason))
}

/// SSE-C is blocked unless it is switched on.
fn customer_key(request: &Prepared<'_>) -> Option<String> {
    if !facts::writes_objects(request.action.service(), request.action.name()) {
        return None;
    }
    request.given_value(facts::SSE_C_KEY)?;
    let before = request.settings().as_of.is_some_and(|day| day < facts::SSE_C_BLOCKED_SINCE);
    let is_open = request.bucket().is_some_and(|bucket| bucket.takes_sse_c)
        || request.requested_region().or(request.resource_region()).is_some_and(facts::leaves_sse_c_open);
    let since = facts::SSE_C_BLOCKED_SINCE;
    let reason =
        || format!("since {since} a bucket takes no object under SSE-C unless that is switched on for it");
    (!before && !is_open).then(reason)
}

/// A name that ends in `-an` belongs to the account and Region that it names.
fn namespace(request: &Prepared<'_>) -> Option<String> {
    let bucket = request.arn().filter(|_| request.action.is("s3:CreateBucket"))?.resource();
    if !facts::is_namespaced(bucket) {
        return None;
    }
    let Some((account, region)) = facts::namespace_of(bucket) else {
        return Some("a bucket whose name ends in `-an` is named `NAME-ACCOUNT-REGION-an`".to_owned());
    };
    if request.caller.account != Some(account) {
        return Some(format!("only account {account} can create a bucket of that name"));
    }
    if request.requested_region().is_some_and(|requested| requested != region) {
        return Some(format!("a bucket of that name can be created in Region {region} only"));
    }
    let namespace = request.given_value(facts::BUCKET_NAMESPACE_KEY);
    let (key, own) = (facts::BUCKET_NAMESPACE_KEY, facts::OWN_NAMESPACE);
    (namespace != Some(own)).then(|| {
        format!(
            "a bucket whose name ends in `-an` is created in the account's own namespace, with {key}={own}"
        )
    })
}
