//! iam-rs.

use std::hint::black_box;

use anyhow::{Result, anyhow};
use iam_rs::{
    Arn, Context, ContextValue, Decision, EvaluationOptions, IAMPolicy, IAMRequest, PolicyEvaluator,
    Principal, PrincipalId,
};

use crate::timing::Contender;
use crate::workload::Workload;

/// Its evaluator with the policies of a workload, and one request. Policies get ids, which it asks for.
pub fn contender<'a>(workload: &Workload, number: usize) -> Result<Contender<'a>> {
    let documents = workload.documents()?.into_iter();
    let policies = documents.map(serde_json::from_value).collect::<Result<Vec<IAMPolicy>, _>>()?;
    let options = EvaluationOptions { max_statements: usize::MAX, ..EvaluationOptions::default() };
    let evaluator = PolicyEvaluator::with_policies(policies).with_options(options);
    let mut context = Context::new();
    for (key, value) in &workload.context {
        // Its `Bool` compares booleans only.
        let value = value.parse().map_or_else(|_| ContextValue::String(value.clone()), ContextValue::Boolean);
        context.insert(key.clone(), value);
    }
    let asked = &workload.requests[number];
    let principal = Principal::Aws(PrincipalId::String(workload.principal.clone()));
    let resource = Arn::parse(&asked.resource).map_err(|wrong| anyhow!("{wrong:?}"))?;
    let request = IAMRequest::new_with_context(principal, asked.action.as_str(), resource, context);
    Ok(Contender::new("iam-rs 0.8", move || {
        evaluator.evaluate(black_box(&request)).is_ok_and(|result| result.decision == Decision::Allow)
    }))
}
