//! cedar-policy, with the policies translated to Cedar.

use std::hint::black_box;

use anyhow::Result;
use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request};

use crate::timing::Contender;
use crate::workload::{Workload, file};

/// Its authorizer with the policies of a workload, and one request.
pub fn contender<'a>(workload: &Workload, number: usize) -> Result<Contender<'a>> {
    let policies: PolicySet = workload.cedar.parse()?;
    let entities = Entities::from_json_str(&file("entities.json")?, None)?;
    let context = Context::from_json_str(&workload.requests[number].cedar_context, None)?;
    let [principal, action, resource] = ["User::\"alice\"", "Action::\"call\"", "Resource::\"any\""];
    let uid = |text: &str| text.parse::<EntityUid>();
    let request = Request::new(uid(principal)?, uid(action)?, uid(resource)?, context, None)?;
    let authorizer = Authorizer::new();
    Ok(Contender::new("cedar-policy 4", move || {
        let response = authorizer.is_authorized(black_box(&request), &policies, &entities);
        response.decision() == Decision::Allow
    }))
}
