//! What AWS's answer says by itself, where no world is asked: who, what, which kind of policy, and where to look.

use crate::catalog::Catalog;
use crate::names::Arn;
use crate::policy::Layer;
use crate::recognise::{Pasted, PastedKind, PastedOutcome};
use crate::world::{Principal, PrincipalKind};

use super::Verdict;

/// What a text of AWS says by itself.
#[derive(Clone, Debug)]
pub struct SaidAlone {
    /// What it was read from.
    pub pasted: Pasted,
    /// The line under the verdict: its kind, and by what.
    pub headline: String,
    /// Where to look, one line each.
    pub look_at: Vec<String>,
    /// What it does not say, one line each.
    pub missing: Vec<String>,
}

/// Explains a text of AWS by itself.
pub fn told(pasted: Pasted, catalog: &Catalog) -> SaidAlone {
    SaidAlone {
        headline: headline(&pasted),
        look_at: look_at(&pasted),
        missing: missing(&pasted, catalog),
        pasted,
    }
}

impl SaidAlone {
    /// How the request ended; where it was refused and nothing says how, by no Allow.
    pub fn verdict(&self) -> Verdict {
        match (self.pasted.outcome, self.pasted.kind) {
            (PastedOutcome::Allowed, _) => Verdict::Allowed,
            (PastedOutcome::Untold, _) => Verdict::Depends,
            (PastedOutcome::Denied, PastedKind::Explicit) => Verdict::ExplicitDeny,
            (PastedOutcome::Denied, _) => Verdict::ImplicitDeny,
        }
    }
}

fn headline(pasted: &Pasted) -> String {
    let teller = pasted.form.words();
    match (pasted.outcome, pasted.kind, pasted.layer) {
        (PastedOutcome::Allowed, ..) => format!("allowed, says {teller}"),
        (PastedOutcome::Untold, ..) => format!("{teller} does not say whether it was allowed"),
        (_, PastedKind::Explicit, Some(layer)) => {
            format!("explicit deny by {}, says {teller}", layer.phrase())
        }
        (_, PastedKind::Explicit, None) => format!("explicit deny, says {teller}, and not by what"),
        (_, PastedKind::Implicit, Some(layer)) => {
            format!("implicit deny: no {} allows it, says {teller}", layer.noun())
        }
        (_, PastedKind::Implicit, None) => format!("implicit deny: nothing allows it, says {teller}"),
        (_, PastedKind::None, Some(layer)) => format!("denied by {}, says {teller}", layer.phrase()),
        (_, PastedKind::None, None) => format!("denied; {teller} does not say by what"),
    }
}

/// Where the policies stand that a kind of refusal is about.
fn look_at(pasted: &Pasted) -> Vec<String> {
    if pasted.outcome != PastedOutcome::Denied {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let action = pasted.action.as_deref().unwrap_or("the action");
    if let Some(arn) = &pasted.policy_arn {
        lines.push(format!("{arn}: which of its Deny statements covers {action}"));
    }
    if !pasted.statements.is_empty() {
        lines.push(format!("the statements that applied: {}", pasted.statements.join(", ")));
    }
    let Some(layer) = pasted.layer else {
        lines.push(unnamed(pasted));
        return lines;
    };
    let (place, sought) = (place_of(layer, pasted), sought(layer, pasted.kind, action));
    lines.push(format!("{place}: {sought}"));
    lines.extend(beyond(layer, pasted.kind).map(str::to_owned));
    lines
}

fn sought(layer: Layer, kind: PastedKind, action: &str) -> String {
    match (kind, layer) {
        (PastedKind::Explicit, _) => format!("a Deny there covers {action}"),
        (PastedKind::Implicit, Layer::ServiceControl | Layer::ResourceControl) => {
            format!("each level has to allow {action}, and one does not")
        }
        (PastedKind::Implicit, _) => {
            format!("no Allow there covers {action}, with its resource and conditions")
        }
        (PastedKind::None, _) => format!("a Deny there covers {action}, or no Allow does"),
    }
}

/// What does not help, or has to be known beside it.
fn beyond(layer: Layer, kind: PastedKind) -> Option<&'static str> {
    match (kind, layer) {
        (_, Layer::ServiceControl) => {
            Some("policies of the account do not help: the organization's administrators change SCPs")
        }
        (_, Layer::ResourceControl) => {
            Some("policies of the account do not help: the organization's administrators change RCPs")
        }
        (PastedKind::Explicit, _) => Some("an Allow elsewhere does not help: a Deny that applies is final"),
        (_, Layer::PermissionsBoundary | Layer::Session) => {
            Some("it bounds what the other policies allow, so an Allow among those does not help")
        }
        _ => None,
    }
}

/// The policies of a layer, of this caller and this resource.
fn place_of(layer: Layer, pasted: &Pasted) -> String {
    let caller = pasted.principal.as_deref().and_then(Principal::parse);
    let account = caller.as_ref().and_then(Principal::account);
    let account = account.map_or_else(|| "the caller's account".to_owned(), |id| format!("account {id}"));
    let resource = pasted.resource.as_deref().filter(|resource| *resource != "*").unwrap_or("the resource");
    match layer {
        Layer::ServiceControl => {
            format!("the SCPs of the organization root, of the OUs above {account}, and of the account")
        }
        Layer::ResourceControl => {
            format!("the RCPs of the organization root, of the OUs and of the account that owns {resource}")
        }
        Layer::VpcEndpoint => "the policy of the VPC endpoint through which the call went".to_owned(),
        Layer::ResourceBased if pasted.action.as_deref().is_some_and(|action| action.starts_with("sts:")) => {
            format!("the trust policy of {resource}")
        }
        Layer::ResourceBased => format!("the policy of {resource}"),
        Layer::IdentityBased => policies_of(caller.as_ref()),
        Layer::PermissionsBoundary => format!("the permissions boundary of {}", named(caller.as_ref())),
        Layer::Session => "the policies with which the session was made".to_owned(),
    }
}

fn policies_of(caller: Option<&Principal>) -> String {
    match caller.map(|caller| &caller.kind) {
        Some(PrincipalKind::User { .. }) => format!("the policies of {} and of its groups", named(caller)),
        _ => format!("the policies of {}", named(caller)),
    }
}

fn named(caller: Option<&Principal>) -> String {
    match caller.map(|caller| &caller.kind) {
        Some(PrincipalKind::User { name, .. }) => format!("user {name}"),
        Some(PrincipalKind::RoleSession { role, .. }) => format!("role {role}"),
        Some(PrincipalKind::FederatedUser { name, .. }) => format!("federated user {name}"),
        Some(PrincipalKind::Root(_)) => "the root user".to_owned(),
        _ => "the caller".to_owned(),
    }
}

/// Where to look if no kind of policy is named.
fn unnamed(pasted: &Pasted) -> String {
    let by = match pasted.kind {
        PastedKind::Explicit => "a Deny",
        PastedKind::Implicit => "a missing Allow",
        PastedKind::None => "a Deny or a missing Allow",
    };
    format!(
        "{by} in any of these: {}, the boundary, the policy of the resource, SCPs, RCPs, the policies of the session and \
         of the VPC endpoint",
        policies_of(pasted.principal.as_deref().and_then(Principal::parse).as_ref())
    )
}

fn missing(pasted: &Pasted, catalog: &Catalog) -> Vec<String> {
    let parts =
        [missing_principal(pasted), missing_action(pasted, catalog), missing_resource(pasted, catalog)];
    let mut lines: Vec<String> = parts.into_iter().flatten().collect();
    if pasted.encoded {
        lines.push(
            "what the encoded message says: `aws sts decode-authorization-message --encoded-message …`, and `why` \
             with what it prints"
                .to_owned(),
        );
    }
    lines.extend(pasted.authorization_id.as_ref().map(|id| {
        format!(
            "what IAM Toolbox says, for a day: `aws iam-toolbox get-request-authorization-details \
             --authorization-id {id}`, and `why` with what it prints"
        )
    }));
    lines
}

fn missing_principal(pasted: &Pasted) -> Option<String> {
    let Some(named) = &pasted.principal else { return Some("who was refused".to_owned()) };
    let known = named.starts_with("federated/") || Principal::parse(named).is_some();
    (!known).then(|| format!("who was refused: `{named}` is no ARN of a principal{}", placeholder(named)))
}

fn missing_action(pasted: &Pasted, catalog: &Catalog) -> Option<String> {
    let Some(action) = &pasted.action else { return Some("which action was refused".to_owned()) };
    let known = catalog.action(action).is_some() || action.starts_with("rootonly:");
    let nearest =
        || catalog.nearest_action(action).map(|near| format!("; nearest: {near}")).unwrap_or_default();
    (!known).then(|| {
        format!(
            "`{action}` is no action of the catalog of {}{}{}",
            catalog.date(),
            placeholder(action),
            nearest()
        )
    })
}

fn missing_resource(pasted: &Pasted, catalog: &Catalog) -> Option<String> {
    let action = pasted.action.as_deref().and_then(|action| catalog.action(action));
    match pasted.resource.as_deref() {
        None if action.is_some_and(|action| !action.has_resource_types()) => None,
        None => Some("which resource it was asked on".to_owned()),
        Some("*") => None,
        Some(arn) if Arn::parse(arn).is_some() && !arn.contains('{') => None,
        Some(name) => {
            Some(format!("the ARN of the resource, which is called `{name}` alone{}", placeholder(name)))
        }
    }
}

/// A name with braces was never filled in.
fn placeholder(text: &str) -> &'static str {
    if text.contains(['{', '$']) { " (a placeholder that was never filled in)" } else { "" }
}
