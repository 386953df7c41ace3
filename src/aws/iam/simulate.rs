//! `simulate-principal-policy` and the like: AWS's questions about policies, answered by the one engine.

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal};
use super::IAM;
use super::context_keys::keys_read;
use super::simulated::Simulated;
use super::simulation::simulate;
use crate::session::Outcome;

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("simulate-principal-policy", "--policy-source-arn ARN --action-names ACTION... [--resource-arns ARN...] [--context-entries ENTRY...] [--policy-input-list DOCUMENT...] [--policy-exclusion-list POLICY...] [--permissions-boundary-policy-input-list DOCUMENT...] [--resource-policy DOCUMENT] [--resource-owner ACCOUNT] [--caller-arn ARN] | resource-handling-option", "tells what the policies of a user, group or role allow", of_principal),
    IAM.row("simulate-custom-policy", "--policy-input-list DOCUMENT... --action-names ACTION... [--resource-arns ARN...] [--context-entries ENTRY...] [--permissions-boundary-policy-input-list DOCUMENT...] [--ordered-organization-policy-input-list LEVEL...] [--resource-policy DOCUMENT] [--resource-owner ACCOUNT] [--caller-arn ARN] | resource-handling-option", "tells what policies would allow", of_documents),
    IAM.row("get-context-keys-for-principal-policy", "--policy-source-arn ARN [--policy-input-list DOCUMENT...]", "lists the condition keys that the policies of a user, group or role read", keys_of_principal),
    IAM.row("get-context-keys-for-custom-policy", "--policy-input-list DOCUMENT...", "lists the condition keys that policies read", keys_of_documents),
];

fn of_principal<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.word("policy-source-arn")).then(move |_| simulated(call, Simulated::of_principal(call)?))
}

fn of_documents<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").then(move |_| simulated(call, Simulated::of_documents(call)?))
}

fn simulated(call: &Call<'_>, mut of: Simulated) -> Result<Outcome, Refusal> {
    of.leave_out(call)?;
    of.called_by(call)?;
    simulate(call, of)
}

fn keys_of_principal<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.word("policy-source-arn")).show(move |_| Ok(keys_read(&Simulated::of_principal(call)?)))
}

fn keys_of_documents<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| Ok(keys_read(&Simulated::of_documents(call)?)))
}
