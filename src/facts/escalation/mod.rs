//! Ways by which somebody gains the rights of another, or all.
//!
//! From public lists (Rhino Security Labs, pathfinding.cloud, cloudsplaining, iam-vulnerable, hackingthe.cloud, Prowler and
//! others), AWS's documentation, and the Service Reference of 2026-02-13, as of 2026-11-23. None was tried on AWS.

use std::sync::LazyLock;

/// One method a line: id, whose own it can be (`user`, `role`, `-`), the services that a role may be handed to, the services that
/// the role must trust where they are others, what is gained, what is needed (`ACTION@ON`), what is done.
const TABLE: &str = include_str!("methods.txt");

/// A way to gain rights. All of its needs together.
#[derive(Debug)]
pub struct EscalationMethod {
    /// Its stable name.
    pub id: &'static str,
    /// Whether only a `user`, or only a `role`, can use it; nothing where it does not matter.
    pub actor: Option<&'static str>,
    /// The service that a role is handed to: the value of `iam:PassedToService`.
    pub passed_to: Option<&'static str>,
    /// The services that the role must trust.
    pub trusted: Vec<&'static str>,
    /// What is gained.
    pub gains: MethodGain,
    /// The actions that are needed, each with what it is needed on.
    pub needs: Vec<(&'static str, NeedOn)>,
    /// What is done, in words: `make a function with a role and call it`.
    pub what: &'static str,
}

/// What a method gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodGain {
    /// Any right that no SCP and no boundary holds back.
    Everything,
    /// What the role may do that is handed on, or assumed, or the user whose key is made.
    Target,
    /// What the group allows.
    Group,
    /// What the role may do of something that runs already, or what Identity Center and the organization give: a world does
    /// not tell of those.
    Running,
    /// What a Deny, a boundary or the default version of a policy holds back.
    HeldBack,
    /// Nothing for sure: a secret may be a key, code that is overwritten may run.
    Weak,
}

/// On what an action is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedOn {
    /// The principal itself.
    Itself,
    /// A group that the user is in.
    OwnGroup,
    /// A customer managed policy that the principal has.
    OwnPolicy,
    /// Another user.
    User,
    /// Another role.
    Role,
    /// A group that the user is not in.
    Group,
    /// A customer managed policy that the role has.
    PolicyOfRole,
    /// The role that is handed to a service.
    PassedRole,
    /// The identity provider that the role trusts by SAML.
    ProviderOfRole,
    /// The root user of another account.
    MemberRoot,
    /// Anything of the action's types, of whatever name.
    Anything,
}

/// All methods, in the order of their kinds.
pub fn escalation_methods() -> &'static [EscalationMethod] {
    static METHODS: LazyLock<Vec<EscalationMethod>> =
        LazyLock::new(|| TABLE.lines().filter_map(EscalationMethod::read).collect());
    &METHODS
}

impl EscalationMethod {
    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('|');
        let mut next = || fields.next();
        let said = |field: &'static str| Some(field).filter(|field| *field != "-");
        let (id, actor, passed_to, trusts) = (next()?, said(next()?), said(next()?), said(next()?));
        let (gains, needs, what) = (next()?, next()?, next()?);
        let trusted = trusts.or(passed_to).map_or_else(Vec::new, |all| all.split('+').collect());
        let gains = match gains {
            "everything" => MethodGain::Everything,
            "target-group" => MethodGain::Group,
            "running" => MethodGain::Running,
            "held-back" => MethodGain::HeldBack,
            "weak" => MethodGain::Weak,
            _ => MethodGain::Target,
        };
        let needs = needs.split(' ').filter_map(|need| need.split_once('@'));
        let needs = needs.map(|(action, on)| (action, NeedOn::read(on))).collect();
        Some(Self { id, actor, passed_to, trusted, gains, needs, what })
    }

    /// Whether it gives the rights of others, or all, for sure.
    pub fn is_certain(&self) -> bool {
        matches!(self.gains, MethodGain::Everything | MethodGain::Target | MethodGain::Group)
    }

    /// Whether something is needed on one of a kind.
    pub fn needs_on(&self, on: NeedOn) -> bool {
        self.needs.iter().any(|(_, own)| *own == on)
    }
}

impl NeedOn {
    fn read(word: &str) -> Self {
        match word {
            "self" => Self::Itself,
            "own-group" => Self::OwnGroup,
            "own-policy" => Self::OwnPolicy,
            "target-user" => Self::User,
            "target-role" => Self::Role,
            "target-group" => Self::Group,
            "target-policy" => Self::PolicyOfRole,
            "passed-role" => Self::PassedRole,
            "saml-provider" => Self::ProviderOfRole,
            "member-root" => Self::MemberRoot,
            _ => Self::Anything,
        }
    }
}
