//! AWS's simulator, answered by the engine: one result for each action, and in it one for each resource.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::{call::Call, refusal::Refusal};
use super::context_entries::entries;
use super::simulated::{Simulated, documents};
use super::simulation_result::{ResourceResult, result};
use crate::explain::{Answer, Verdict};
use crate::names::{AccountId, Arn};
use crate::policy::{Layer, PolicyType};
use crate::question::{Asked, Assumptions, Question, ask};
use crate::session::{Outcome, Part};
use crate::world::{Caller, Document, GivenPolicies, NamedDocument, World, WorldError};

/// Asks each action on each resource.
pub(super) fn simulate(call: &Call<'_>, of: Simulated) -> Result<Outcome, Refusal> {
    check_handling(call)?;
    let resources: Vec<&str> = call.list("resource-arns").collect();
    let question = Question::new(of.principal, "").assuming(assumptions(call, of.policies)?);
    let caller = question.caller(&of.world);
    let is_given = call.has("resource-policy");
    let mut asking =
        Simulation { question, caller: &caller, world: &of.world, is_given, notes: BTreeSet::new() };
    let results = call.list("action-names").map(|action| asking.results(action, &resources));
    let results: Vec<Value> = results.collect::<Result<_, _>>()?;
    let shown = [("EvaluationResults", Value::Array(results)), ("IsTruncated", false.into())];
    let shown = shown.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(asking.notes.into_iter().fold(Outcome::of(Part::Json(Value::Object(shown))), Outcome::note))
}

/// The questions of one simulation, which differ in action and resource.
struct Simulation<'a> {
    question: Question,
    caller: &'a Caller,
    world: &'a World,
    /// Whether the policy of the resource came with the call.
    is_given: bool,
    notes: BTreeSet<String>,
}

impl Simulation<'_> {
    /// The result of an action; without resources it is asked on all.
    fn results(&mut self, action: &str, resources: &[&str]) -> Result<Value, Refusal> {
        let all = ["*"];
        let on = if resources.is_empty() { &all } else { resources };
        let each = on.iter().map(|one| self.one(action, one)).collect::<Result<Vec<_>, _>>()?;
        Ok(result(self.world.catalog(), action, each, !resources.is_empty()))
    }

    fn one(&mut self, action: &str, resource: &str) -> Result<ResourceResult, Refusal> {
        (self.question.action, self.question.resource) = (action.into(), Some(resource.into()));
        let asked = ask(self.question.prepare_by(self.caller, self.world)?);
        let answer = Answer::from(&asked);
        self.notes.extend(doubts(action, resource, &asked, &answer, self.is_given));
        Ok(ResourceResult::of(resource, &asked, &answer))
    }
}

/// What AWS's form has no field for.
fn doubts(action: &str, resource: &str, asked: &Asked<'_>, answer: &Answer, is_given: bool) -> Vec<String> {
    let depends = (answer.decision == Verdict::Depends).then(|| {
        format!("{action} on {resource}: it depends on what nobody gave, which AWS's form calls implicitDeny")
    });
    let gate = answer
        .gate
        .as_ref()
        .map(|gate| format!("{action} on {resource}: no policy decided, but {} ({})", gate.name, gate.rule));
    let by_resource = answer.layers.iter().any(|(layer, _)| *layer == Layer::ResourceBased);
    let resource = (by_resource && !is_given).then(|| {
        "the policy of the resource counts here; AWS's simulator knows only that of `--resource-policy`"
            .to_owned()
    });
    let unknown = asked.unknown_keys();
    let warnings = answer.warnings.iter().chain(&unknown).map(|warning| warning.message.clone());
    depends.into_iter().chain(gate).chain(resource).chain(warnings).collect()
}

fn assumptions(call: &Call<'_>, own: GivenPolicies) -> Result<Assumptions, Refusal> {
    let boundary = call.has("permissions-boundary-policy-input-list");
    let boundary = boundary.then(|| documents(call, "permissions-boundary-policy-input-list")).transpose()?;
    let resource =
        call.has("resource-policy").then(|| call.document("resource-policy", PolicyType::ResourceBased));
    let named = |document: Document| NamedDocument { name: "ResourcePolicy".into(), document };
    let resource = resource.transpose()?.map(named);
    let permissions_boundary = boundary.or(own.permissions_boundary.clone());
    let policies = GivenPolicies { permissions_boundary, resource, ..own };
    let owner = call.option("resource-owner").map(owner).transpose()?;
    let (context, now) = (entries(call)?, call.now);
    Ok(Assumptions {
        context,
        policies: policies.into(),
        resource_account: owner,
        now,
        ..Assumptions::default()
    })
}

/// An account by its id, or by the ARN of its root user.
fn owner(word: &str) -> Result<AccountId, Refusal> {
    let id = Arn::parse(word).and_then(|arn| arn.account_id());
    id.or_else(|| AccountId::parse(word))
        .ok_or_else(|| Refusal::Error("InvalidInput", WorldError::bad_account_id(word)))
}

/// The scenarios of ec2:RunInstances that AWS knows; which resources a launch needs is asked for one by one here.
fn check_handling(call: &Call<'_>) -> Result<(), Refusal> {
    const KNOWN: [&str; 6] = [
        "EC2-Classic-InstanceStore", "EC2-Classic-EBS", "EC2-VPC-InstanceStore",
        "EC2-VPC-InstanceStore-Subnet", "EC2-VPC-EBS", "EC2-VPC-EBS-Subnet",
    ];
    let unknown = call.option("resource-handling-option").filter(|word| !KNOWN.contains(word));
    unknown.map_or(Ok(()), |word| {
        let error = WorldError::new("unknown-handling", word, format!("`{word}` is no scenario of AWS's"));
        Err(Refusal::Error("InvalidInput", error.suggest(KNOWN)))
    })
}
