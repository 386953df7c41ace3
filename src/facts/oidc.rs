//! OIDC providers that many customers share: whose token it is, a condition of the trust policy has to ask (I18, D49).
//!
//! Source: IAM User Guide, id_roles_providers_oidc_secure-by-default and id_roles_create_for-idp_oidc, as of 2026-11-29;
//! in force since 2025-06-06, extended on 2025-08-01, `job_workflow_ref` since 2026-05-12. That
//! vstoken.actions.githubusercontent.com needs `sub` is of medium confidence.

/// A provider that many customers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedProvider {
    /// The issuer, as it stands behind `oidc-provider/` or as a principal of its own.
    pub issuer: &'static str,
    claims: &'static [&'static str],
    /// Whether a value of the claim may consist of wildcards alone.
    pub takes_bare_wildcards: bool,
    /// Whether STS refuses tokens under a stored trust policy that does not ask for the claim.
    pub is_checked_by_sts: bool,
}

impl SharedProvider {
    /// The condition keys of which a trust policy has to test one.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.claims.iter().map(|claim| match claim.contains(':') {
            true => (*claim).to_owned(),
            false => format!("{}:{claim}", self.issuer),
        })
    }
}

/// The shared provider of that name or ARN.
pub fn shared_provider(provider: &str) -> Option<&'static SharedProvider> {
    let issuer = provider.split_once("oidc-provider/").map_or(provider, |(_, issuer)| issuer);
    SHARED.iter().find(|shared| shared.issuer == issuer)
}

const fn shared(issuer: &'static str, claims: &'static [&'static str]) -> SharedProvider {
    SharedProvider { issuer, claims, takes_bare_wildcards: true, is_checked_by_sts: false }
}

static SHARED: &[SharedProvider] = &[
    shared("cognito-identity.amazonaws.com", &["aud"]),
    shared("api.pulumi.com/oidc", &["aud"]),
    shared("sandboxes.cloud", &["aud"]),
    shared("oidc.vercel.com", &["aud"]),
    shared("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", &["sts:RoleSessionName"]),
    shared("agent.buildkite.com", &["sub"]),
    shared("oidc.codefresh.io", &["sub"]),
    shared("studio.datachain.ai/api", &["sub"]),
    shared("oidc-configuration.audit-log.githubusercontent.com", &["sub"]),
    shared("vstoken.actions.githubusercontent.com", &["sub"]),
    shared("gitlab.com", &["sub"]),
    shared("scalr.io", &["sub"]),
    shared("tokens.cloud.shisho.dev", &["sub"]),
    SharedProvider { is_checked_by_sts: true, ..shared("app.terraform.io", &["sub"]) },
    shared("proidc.upbound.io", &["sub"]),
    shared("rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7", &["sub"]),
    shared("rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr", &["sub"]),
    shared("rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg", &["sub"]),
    shared("rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26", &["sub"]),
    shared("oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb", &["sub"]),
    shared("oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu", &["sub"]),
    SharedProvider {
        takes_bare_wildcards: false,
        ..shared("token.actions.githubusercontent.com", &["sub", "job_workflow_ref"])
    },
];
