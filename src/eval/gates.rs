//! Refusals that no policy makes, and the permissions that none needs (D.3 steps 1 and 10).

use crate::facts::{self, CredentialKind, rule};
use crate::policy::Layer;
use crate::trace::{Gate, GateName};
use crate::world::{AccountState, Credentials, Prepared, Principal, PrincipalKind, claims};

use super::buckets;
use super::layers::Layers;
use super::organizations;
use super::root_only;

/// The gates before any policy (D.3-1), for a request that is special.
pub(super) fn before(request: &Prepared<'_>) -> Option<Gate> {
    unsigned(request)
        .or_else(|| credentials(request))
        .or_else(|| partition(request))
        .or_else(|| account_state(request)) // I24: every call
        .or_else(|| needs_no_permission(request))
        .or_else(|| root_only::gate(request))
        .or_else(|| root_only::too_early(request))
}

/// The gates that an explicit deny outranks (D.3-3, D.3-10), for a request that is special.
pub(super) fn after_denies(request: &Prepared<'_>, layers: &Layers) -> Option<Gate> {
    billing_access(request)
        .or_else(|| organizations::gate(request))
        .or_else(|| assume_root(request))
        .or_else(|| shared_provider(request))
        .or_else(|| cross_account_action(request))
        .or_else(|| access_point(request))
        .or_else(|| buckets::gate(request))
        .or_else(|| protected(request))
        .or_else(|| pass_role(request))
        .or_else(|| public_policy(request))
        .or_else(|| own_password(request, layers))
        .or_else(|| open_file_system(request))
}

/// D32, D39: unsigned calls of STS are those of identity providers alone.
fn unsigned(request: &Prepared<'_>) -> Option<Gate> {
    let (service, name) = (request.action.service(), request.action.name());
    let nobody = request.caller.principal.kind == PrincipalKind::Anonymous && request.action.is_of("sts");
    let reason = || format!("{} is a signed call, and nobody signs this one", request.action.text());
    (nobody && !facts::is_unsigned(service, name))
        .then(|| Gate::new(GateName::Credentials, const { rule("D32") }, reason()))
}

/// D.10, I22.
fn credentials(request: &Prepared<'_>) -> Option<Gate> {
    let (service, name) = (request.action.service(), request.action.name());
    let kinds = credential_kinds(&request.caller.principal).into_iter().flatten();
    let limit = kinds.filter_map(|kind| facts::credential_limit(kind, service, name)).next()?;
    let gate = Gate::new(GateName::Credentials, limit.rule, limit.reason);
    Some(Gate { message: limit.message, ..gate })
}

/// What limits the credentials: who signs, and for users and root what with.
fn credential_kinds(principal: &Principal) -> [Option<CredentialKind>; 2] {
    let own = match &principal.kind {
        PrincipalKind::RoleSession { .. } => return [Some(CredentialKind::AssumeRole), None],
        PrincipalKind::FederatedUser { .. } => return [Some(CredentialKind::FederationToken), None],
        PrincipalKind::AssumedRoot { .. } => return [Some(CredentialKind::AssumeRoot), None],
        PrincipalKind::Root(_) => Some(CredentialKind::Root),
        _ => None,
    };
    let token = match principal.credentials {
        Credentials::SessionToken { mfa: true } => Some(CredentialKind::SessionTokenWithMfa),
        Credentials::SessionToken { mfa: false } => Some(CredentialKind::SessionTokenWithoutMfa),
        Credentials::LongTerm if matches!(principal.kind, PrincipalKind::User { .. }) => {
            Some(CredentialKind::LongTerm)
        }
        _ => None,
    };
    [own, token]
}

/// D29, D30; other calls of STS need their permission (D31).
fn needs_no_permission(request: &Prepared<'_>) -> Option<Gate> {
    let rule = facts::needs_no_permission(request.action.service(), request.action.name())?;
    let reason = || format!("{} needs no permission", request.action.text());
    request.is_iam_principal().then(|| Gate::new(GateName::NoPermissionNeeded, rule, reason()))
}

fn partition(request: &Prepared<'_>) -> Option<Gate> {
    let (own, arn) = (&*request.caller.principal.partition, request.arn()?);
    let reason = || format!("the principal is in partition {own}, the resource in {}", arn.partition());
    request.is_cross_partition().then(|| Gate::new(GateName::Partition, const { rule("D.3-1") }, reason()))
}

/// D48, I24.
fn account_state(request: &Prepared<'_>) -> Option<Gate> {
    let rule = const { rule("D48") };
    let accounts = [request.caller.account, request.owner];
    let accounts = accounts.into_iter().flatten().filter_map(|id| request.world.account(id));
    let region = request.arn().map(|arn| arn.region()).filter(|region| !region.is_empty());
    for account in accounts {
        // One can sign in to a closed account to reopen it (R7).
        let reopens = account.state == AccountState::Closed
            && (request.action.is_of("rootonly") || request.action.is("account:ReopenAccount"));
        if account.state.refuses() && !reopens {
            let reason = format!("account {} is {}", account.id, account.state.described());
            return Some(Gate::new(GateName::AccountState, rule, reason));
        }
        let region = region.or_else(|| request.requested_region());
        if let Some(region) = region.filter(|region| account.regions_off.contains(*region)) {
            let reason = format!("Region {region} is not enabled in account {}", account.id);
            return Some(Gate::new(GateName::AccountState, rule, reason));
        }
    }
    None
}

/// E16a.
fn billing_access(request: &Prepared<'_>) -> Option<Gate> {
    let account = request.world.account(request.caller.account?)?;
    let gated = facts::is_billing_console_action(request.action.service(), request.action.name())
        && !request.caller.principal.is_root()
        && !account.billing_access;
    let reason = || format!("IAM access to Billing is off in account {}", account.id);
    gated.then(|| Gate::new(GateName::BillingAccess, const { rule("E16a") }, reason()))
}

/// E8: AssumeRoot works from the management account or the delegated administrator for IAM, on a member, where the
/// feature of its task is on.
fn assume_root(request: &Prepared<'_>) -> Option<Gate> {
    if !request.action.is("sts:AssumeRoot") {
        return None;
    }
    let account = request.caller.account.filter(|_| request.world.organizations().next().is_some())?;
    let reason = match request.world.organization_of(account).filter(|own| own.manages_root(account)) {
        None => "AssumeRoot works from the management account or the delegated administrator for IAM alone",
        Some(own) if !request.owner.is_some_and(|owner| own.binds(owner)) => {
            "AssumeRoot reaches member accounts of the organization alone"
        }
        Some(own) => match own.missing_root_feature(request.given_value("sts:TaskPolicyArn"))? {
            "sessions" => "privileged root sessions are switched off in the organization",
            _ => "central management of root credentials is switched off in the organization",
        },
    };
    Some(Gate::new(GateName::Organizations, const { rule("E8") }, reason))
}

/// I18: of some shared providers STS takes no token under a trust policy that does not ask whose it is.
fn shared_provider(request: &Prepared<'_>) -> Option<Gate> {
    let PrincipalKind::IdentityProvider(caller) = &request.caller.principal.kind else { return None };
    if !request.action.is("sts:AssumeRoleWithWebIdentity") {
        return None;
    }
    let provider = facts::shared_provider(caller).filter(|provider| provider.is_checked_by_sts)?;
    let trust = request.side.policies.iter().flat_map(|level| level.set.policies());
    let unclaimed =
        trust.flat_map(|policy| claims::unclaimed_providers(policy)).any(|found| found == provider);
    let reason = || {
        format!(
            "STS takes no token of {} where the trust policy does not test {}",
            provider.issuer,
            claims::keys(provider)
        )
    };
    unclaimed.then(|| Gate::new(GateName::SharedProvider, const { rule("I18") }, reason()))
}

/// D33, D34, I19, and the aliases of AWS managed keys (D22).
fn protected(request: &Prepared<'_>) -> Option<Gate> {
    let arn = request.arn()?;
    let (service, name) = (request.action.service(), request.action.name());
    let alias =
        ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"].iter().any(|a| request.action.is(a));
    if alias && arn.resource().starts_with("alias/aws/") {
        let reason = "aliases that begin with alias/aws/ belong to AWS";
        return Some(Gate::new(GateName::Protected, const { rule("D22") }, reason));
    }
    let protection = facts::protected_resource(service, name, arn.text())?;
    let is_own = |owner| request.caller.is_service_linked_role_of(owner);
    if protection.owner.is_some_and(is_own) {
        return None; // I19
    }
    Some(Gate::new(GateName::Protected, protection.rule, protection.reason))
}

/// D35.
fn pass_role(request: &Prepared<'_>) -> Option<Gate> {
    let foreign = request.action.is("iam:PassRole") && request.is_cross_account();
    let reason = "a role can be passed only by principals of its own account";
    foreign.then(|| Gate::new(GateName::PassRole, const { rule("D35") }, reason))
}

/// D14a.
fn cross_account_action(request: &Prepared<'_>) -> Option<Gate> {
    if !request.is_cross_account() {
        return None;
    }
    let refusal = facts::not_offered_across_accounts(request.action.service(), request.action.name())?;
    let gate = Gate::new(GateName::CrossAccountAction, refusal.rule, refusal.reason);
    Some(Gate { message: refusal.message, ..gate })
}

/// I6: without a policy a file system asks nobody who reaches a mount target for permission.
fn open_file_system(request: &Prepared<'_>) -> Option<Gate> {
    let (service, name) = (request.action.service(), request.action.name());
    let is_open = facts::is_open_without_policy(service, name)
        && request.arn().is_some_and(|arn| arn.resource().starts_with("file-system/"))
        && request.side.policies.is_empty();
    let reason = "a file system without a policy lets every client in that reaches a mount target";
    is_open.then(|| Gate::new(GateName::NoPermissionNeeded, const { rule("I6") }, reason))
}

/// D37: BlockPublicPolicy refuses a policy that is public; the question says so with a local key.
fn public_policy(request: &Prepared<'_>) -> Option<Gate> {
    if !request.side.public_access_block.block_public_policy || !request.action.is("s3:PutBucketPolicy") {
        return None;
    }
    let public = request
        .given_value("iamwhy:PolicyIsPublic")
        .is_some_and(|public| public.eq_ignore_ascii_case("true"));
    let reason = "BlockPublicPolicy of S3 Block Public Access refuses public policies";
    public.then(|| Gate::new(GateName::PublicAccessBlock, const { rule("D37") }, reason))
}

/// D45: an access point confined to a VPC.
fn access_point(request: &Prepared<'_>) -> Option<Gate> {
    let record = request.side.record.as_ref()?;
    let vpc = record.vpc.as_deref()?;
    let inside = request.source_vpc() == Some(vpc);
    let reason = || format!("the access point answers only inside {vpc}");
    (!inside).then(|| Gate::new(GateName::AccessPoint, const { rule("D45") }, reason()))
}

/// D46: users may change their own password where the account says so, without a policy of their own. It is no
/// exemption from SCPs (D4, D5), nor from the policy of an endpoint (D12).
fn own_password(request: &Prepared<'_>, layers: &Layers) -> Option<Gate> {
    if ![Layer::ServiceControl, Layer::VpcEndpoint].iter().all(|layer| layers.allows[*layer as usize].now) {
        return None;
    }
    let PrincipalKind::User { account, .. } = &request.caller.principal.kind else { return None };
    let allowed = request.world.account(*account).is_some_and(|account| account.change_own_password);
    let own = request.action.is("iam:GetAccountPasswordPolicy")
        || request.arn().is_some_and(|arn| arn.text() == &*request.caller.arn);
    let is_it = facts::is_own_password_action(request.action.service(), request.action.name());
    let reason = "the account lets its users change their own password";
    (allowed && own && is_it).then(|| Gate::new(GateName::NoPermissionNeeded, const { rule("D46") }, reason))
}
