//! SCPs and RCPs.

use serde_json::{Value, json};

use super::super::{
    call::Call,
    operation::Operation,
    plan::{Needs, Planned, answered},
    refusal::Refusal,
};
use super::{ORGANIZATIONS, POLICY_TYPE, arn_in, id_and_type, kind_of, node_arn, passed_over, target_of};
use crate::session::{Need, Outcome};
use crate::world::{
    Change, ControlKind, ControlPolicies, Document, ManagedPolicy, OrganizationChange, Target, WorldError,
};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    ORGANIZATIONS.row("create-policy", "--name NAME --type SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY --content DOCUMENT | description tags", "creates an SCP or RCP", create_policy),
    ORGANIZATIONS.row("update-policy", "--policy-id POLICY-ID [--content DOCUMENT] | name description", "replaces the document of an SCP or RCP", update_policy),
    ORGANIZATIONS.row("delete-policy", "--policy-id POLICY-ID", "deletes an SCP or RCP that is attached nowhere", delete_policy),
    ORGANIZATIONS.row("describe-policy", "--policy-id POLICY-ID", "shows an SCP or RCP with its document", describe_policy),
    ORGANIZATIONS.row("list-policies", "--filter SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "lists the SCPs or RCPs", list_policies),
    ORGANIZATIONS.row("list-policies-for-target", "--target-id TARGET --filter SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "lists the SCPs or RCPs of a unit, an account or the root", policies_of),
    ORGANIZATIONS.row("list-targets-for-policy", "--policy-id POLICY-ID", "lists what an SCP or RCP is attached to", targets),
    ORGANIZATIONS.row("attach-policy", "--policy-id POLICY-ID --target-id TARGET", "attaches an SCP or RCP to a unit, an account or the root", attach),
    ORGANIZATIONS.row("detach-policy", "--policy-id POLICY-ID --target-id TARGET", "detaches an SCP or RCP from a unit, an account or the root", detach),
];

impl Call<'_> {
    /// The SCP or RCP of an id that an option gives.
    fn control_policy(&self) -> Result<(ControlKind, &ManagedPolicy), Refusal> {
        let (organization, id) = (self.organization()?, self.word("policy-id"));
        let mut all = organization.control_policies();
        let found = all.find(|(_, policy)| id_of(policy) == id).map(|(kind, policy)| (kind, &**policy));
        found.ok_or_else(|| {
            let all = organization.control_policies();
            let known: Vec<String> =
                all.map(|(_, policy)| format!("`{}` is {}", policy.name, id_of(policy))).collect();
            let what = format!("there is no SCP or RCP of the id `{id}`");
            let error = WorldError::new("unknown-organization-policy", id, what);
            error.help(format!("known: {}", known.join(", "))).into()
        })
    }

    /// The SCP or RCP of an id that an option gives, and that the call is allowed on it.
    fn on_control_policy(&self) -> Result<(ControlKind, &ManagedPolicy, Needs), Refusal> {
        let (kind, policy) = self.control_policy()?;
        Ok((kind, policy, self.needs(&*policy.arn).with(POLICY_TYPE, kind.aws_name())))
    }
}

/// `p-…`
fn id_of(policy: &ManagedPolicy) -> &str {
    policy.arn.rsplit('/').next().unwrap_or_default()
}

fn put(call: &Call<'_>, kind: ControlKind, name: &str, document: Document) -> Change {
    call.organize(OrganizationChange::PutControl { kind, name: name.into(), document })
}

fn create_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (organization, name, word) = (call.organization()?, call.word("name"), call.word("type"));
    let needs = call.needs(arn_in(organization, &format!("policy/{}", word.to_ascii_lowercase())));
    let Some(kind) = kind_of(word)? else { return passed_over(needs, word, json!({})) };
    needs.with(POLICY_TYPE, kind.aws_name()).then(move |session| {
        if organization.control_policies().any(|(_, policy)| &*policy.name == name) {
            let what = format!("there is a policy `{name}` already");
            return Err(WorldError::new("scp-exists", name, what)
                .help("`aws organizations update-policy` changes it")
                .into());
        }
        let document = call.document("content", kind.policy_type())?;
        let applied = session.world.apply(put(call, kind, name, document))?;
        let organization = session.world.organization_of(call.account).map_or(organization, AsRef::as_ref);
        let policy = organization.controls(kind).policies.get(name);
        let shown = policy.map(|policy| shown_policy(kind, policy));
        Ok(answered(json!({"Policy": shown}), [applied]))
    })
}

fn summary(kind: ControlKind, policy: &ManagedPolicy) -> Value {
    let (id, kind) = (id_of(policy), kind.aws_name());
    let aws = policy.arn.starts_with("arn:aws:organizations::aws:");
    json!({"Id": id, "Arn": &*policy.arn, "Name": &*policy.name, "Type": kind, "AwsManaged": aws})
}

fn shown_policy(kind: ControlKind, policy: &ManagedPolicy) -> Value {
    let mut shown = json!({"PolicySummary": summary(kind, policy)});
    if let Some(text) = policy.document().text() {
        shown["Content"] = text.into();
    }
    shown
}

fn update_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy, needs) = call.on_control_policy()?;
    needs.then(move |session| {
        Ok(match call.has("content") {
            true => {
                let document = call.document("content", kind.policy_type())?;
                session.world.apply(put(call, kind, &policy.name, document))?.into()
            }
            false => Outcome::said(format!("nothing to change in {}", policy.name)),
        })
    })
}

fn delete_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (_, policy, needs) = call.on_control_policy()?;
    needs.change(move || {
        Ok(Change::Delete { account: call.account, target: Target::Policy(policy.name.clone()) })
    })
}

fn describe_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy, needs) = call.on_control_policy()?;
    needs.show(move |_| Ok(json!({"Policy": shown_policy(kind, policy)})))
}

fn list_policies<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (word, needs) = (call.word("filter"), call.needs("*"));
    let Some(kind) = kind_of(word)? else { return passed_over(needs, word, json!({"Policies": []})) };
    needs.with(POLICY_TYPE, kind.aws_name()).show(move |_| {
        let own = call.organization()?.controls(kind).policies.values();
        Ok(json!({"Policies": own.map(|policy| summary(kind, policy)).collect::<Value>()}))
    })
}

fn policies_of<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (word, node) = (call.word("filter"), call.node("target-id")?);
    let needs = call.needs(node_arn(call.organization()?, &node));
    let Some(kind) = kind_of(word)? else { return passed_over(needs, word, json!({"Policies": []})) };
    needs.with(POLICY_TYPE, kind.aws_name()).show(move |_| {
        let ControlPolicies { policies, attached, .. } = call.organization()?.controls(kind);
        let names = attached.get(&node).map_or(&[][..], Vec::as_slice);
        let own = policies.values().filter(|policy| names.contains(&policy.name));
        Ok(json!({"Policies": own.map(|policy| summary(kind, policy)).collect::<Value>()}))
    })
}

fn targets<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (kind, policy, needs) = call.on_control_policy()?;
    needs.show(move |_| {
        let organization = call.organization()?;
        let shown = organization.controls(kind).holders(&policy.name).map(|node| {
            let (id, kind) = id_and_type(organization, node);
            json!({"TargetId": id, "Arn": node_arn(organization, node), "Type": kind})
        });
        Ok(json!({"Targets": shown.collect::<Value>()}))
    })
}

fn attach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (policy, to, needs) = on_target(call)?;
    needs.change(move || Ok(Change::Attach { account: call.account, policy, to }))
}

fn detach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (policy, from, needs) = on_target(call)?;
    needs.change(move || Ok(Change::Detach { account: call.account, policy, from }))
}

/// The policy and the target that the call names. Attaching works on both; both must be allowed (A40).
fn on_target(call: &Call<'_>) -> Result<(Box<str>, Target, Needs), Refusal> {
    let (kind, policy, needs) = call.on_control_policy()?;
    let node = call.node("target-id")?;
    let needs = needs.and(Need::new(call.action(), node_arn(call.organization()?, &node)));
    Ok((policy.name.clone(), target_of(node), needs.with(POLICY_TYPE, kind.aws_name())))
}
