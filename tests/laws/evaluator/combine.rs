//! What all layers say together (D.2–D.7).

use super::asked::{Asked, Kind};
use super::principal::Strength;
use super::statement::Spoken;

/// What the layers said.
pub(crate) struct Said {
    /// D.3-3: whether anything denies.
    pub(crate) denied: bool,
    scp: bool,
    endpoint: bool,
    strengths: Vec<Strength>,
    /// I1: those by the policy of a service network, where one takes part.
    network: Option<Vec<Strength>>,
    identity: bool,
    boundary: bool,
    session: bool,
}

impl Said {
    pub(crate) fn by_all(asked: &Asked) -> Self {
        let one = |layer: &str| asked.policies(layer).map(|list| Spoken::by(&list, layer, asked));
        let scp = levels("scp", asked, scp_binds(asked));
        let rcp = levels("rcp", asked, rcp_binds(asked));
        let endpoint = one("vpc_endpoint");
        // I17: the delegation policy is asked for every call.
        let has_policy = asked.resource != "*" || asked.action.starts_with("organizations:");
        let resource = one("resource").filter(|_| has_policy).unwrap_or_default();
        let network = one("service_network");
        let identity = one("identity").filter(|_| has_identity(asked)).unwrap_or_default();
        let boundary = one("permissions_boundary").filter(|_| has_identity(asked));
        let session = one("session");
        let denies = |spoken: &Option<Spoken>| spoken.as_ref().is_some_and(|spoken| spoken.denies);
        let denied = scp.iter().chain(&rcp).any(|level| level.denies)
            || denies(&endpoint)
            || denies(&network)
            || (resource.denies && !overrides(asked))
            || identity.denies
            || denies(&boundary)
            || denies(&session);
        Self {
            denied,
            scp: scp.iter().all(|level| level.allows), // D.3-5
            endpoint: endpoint.is_none_or(|spoken| spoken.allows), // D.3-6
            strengths: resource.strengths,
            network: network.map(|spoken| spoken.strengths),
            identity: asked.is_root() || issued_by_root(asked) || identity.allows,
            boundary: boundary.is_none_or(|spoken| spoken.allows),
            session: match (session, asked.kind) {
                (_, Kind::Root | Kind::AssumedRoot) => true, // D11
                (None, Kind::Federated) => false,            // D10
                (session, _) => session.is_none_or(|spoken| spoken.allows),
            },
        }
    }

    /// D.3-4 to D.3-9.
    pub(crate) fn allows(&self, asked: &Asked) -> bool {
        self.scp && self.endpoint && self.combined(asked) && self.network_allows(asked)
    }

    fn combined(&self, asked: &Asked) -> bool {
        use Strength as S;
        let all = self.identity && self.boundary && self.session;
        match asked.kind {
            // D16
            Kind::Service | Kind::OriginAccess => self.named(&[S::Service, S::Any]),
            Kind::Provider => self.named(&[S::Provider, S::Any]),
            Kind::Anonymous => self.named(&[S::Any]),
            _ if asked.request["delegation"].is_string() => {
                // I17
                (asked.request["delegation"] != "needed" || !self.strengths.is_empty()) && all
            }
            _ if asked.is_cross_account() || is_lattice(asked) => !self.strengths.is_empty() && all, // D14, I1
            _ if is_trust(asked) || is_key(asked) => self.decisive(asked, all),
            // D.4
            Kind::Root | Kind::AssumedRoot => true,
            _ => {
                self.named(&[S::User, S::Session, S::Any])
                    || (self.named(&[S::Parent]) && self.boundary && self.session)
                    || all
            }
        }
    }

    /// I1: as the policy of the service does.
    fn network_allows(&self, asked: &Asked) -> bool {
        let unsigned = asked.account.is_none();
        let allows = |strength: &Strength| !unsigned || matches!(strength, Strength::Service | Strength::Any);
        self.network.as_ref().is_none_or(|strengths| strengths.iter().any(allows))
    }

    /// D21, D22: the policy of the resource must take part.
    fn decisive(&self, asked: &Asked, all: bool) -> bool {
        use Strength as S;
        let user = self.named(&[S::User]) && (self.boundary || !is_trust(asked));
        user || self.named(&[S::Session, S::Any, S::Root])
            || (self.named(&[S::Parent]) && self.boundary && self.session)
            || (self.named(&[S::Account]) && all)
    }

    fn named(&self, any: &[Strength]) -> bool {
        self.strengths.iter().any(|strength| any.contains(strength))
    }
}

/// D7.
fn levels(layer: &str, asked: &Asked, binds: bool) -> Vec<Spoken> {
    let levels = asked.request["policies"][layer].as_array().filter(|_| binds);
    let levels = levels.into_iter().flatten();
    levels
        .map(|level| Spoken::by(&level.as_array().expect("a level").iter().collect::<Vec<_>>(), layer, asked))
        .collect()
}

/// D4, D5.
pub(super) fn scp_binds(asked: &Asked) -> bool {
    let exempt = asked.action.starts_with("mechanicalturk:");
    asked.account.is_some() && !asked.is_service_linked() && !exempt
}

/// D6, A54.
pub(super) fn rcp_binds(asked: &Asked) -> bool {
    const SERVICES: [&str; 10] = [
        "s3:", "sqs:", "kms:", "sts:", "dynamodb:", "es:", "events:", "logs:", "secretsmanager:",
        "codeartifact:",
    ];
    let supported = SERVICES.iter().any(|service| asked.action.starts_with(service));
    supported && asked.resource != "*" && asked.action != "kms:RetireGrant" && !asked.is_service_linked()
}

/// D8.
pub(super) fn has_identity(asked: &Asked) -> bool {
    let user_or_role = matches!(asked.kind, Kind::User | Kind::RoleSession | Kind::Federated);
    user_or_role && !issued_by_root(asked)
}

fn issued_by_root(asked: &Asked) -> bool {
    let root = asked.parent.as_ref().is_some_and(|issuer| issuer.ends_with(":root"));
    asked.kind == Kind::Federated && root
}

/// E12–E14: the owner's root user may unlock the policy.
fn overrides(asked: &Asked) -> bool {
    const ACTIONS: [&str; 6] = [
        "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "dynamodb:DeleteResourcePolicy",
        "sqs:SetQueueAttributes", "sqs:GetQueueAttributes",
    ];
    asked.is_root() && asked.account == asked.owner && ACTIONS.contains(&&*asked.action)
}

fn is_trust(asked: &Asked) -> bool {
    asked.action.starts_with("sts:") && asked.resource.contains(":role/")
}

fn is_key(asked: &Asked) -> bool {
    asked.action.starts_with("kms:") && asked.resource.contains(":key/")
}

/// I1: service, network and identity must each allow, as across accounts.
fn is_lattice(asked: &Asked) -> bool {
    asked.action.starts_with("vpc-lattice-svcs:")
}
