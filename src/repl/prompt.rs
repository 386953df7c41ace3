//! The prompt itself: who is signed in, and where.

use crate::names::AccountId;
use crate::session::Session;
use crate::source::one_line;
use crate::world::{Principal, PrincipalKind};

/// A prompt, plain and in colour; both are equally wide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prompt {
    pub(super) plain: String,
    pub(super) painted: String,
}

impl Prompt {
    /// The prompt of a session: `alice@acme> `; another selected account stands behind.
    pub(super) fn of(session: &Session) -> Self {
        let Some(principal) = session.signed_in() else { return Self::new("36", "iamwhy", "") };
        let home = principal.account();
        let at = home.map(|id| format!("@{}", label(session, id))).unwrap_or_default();
        let elsewhere = session.selected().filter(|id| Some(*id) != home);
        let behind = elsewhere.map(|id| format!(" ({})", label(session, id))).unwrap_or_default();
        // The root user is to be noticed.
        let colour = if principal.is_root() { "1;31" } else { "32" };
        Self::new(colour, &who(principal), &format!("{at}{behind}"))
    }

    fn new(colour: &str, who: &str, behind: &str) -> Self {
        let (who, behind) = (one_line(who), one_line(behind));
        let plain = format!("{who}{behind}> ");
        Self { painted: format!("\x1b[{colour}m{who}\x1b[0m{behind}> "), plain }
    }
}

fn label(session: &Session, id: AccountId) -> String {
    let alias = session.world().account(id).and_then(|account| account.alias.as_deref());
    alias.map_or_else(|| id.to_string(), str::to_owned)
}

fn who(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::Root(_) => "root".to_owned(),
        PrincipalKind::AssumedRoot { task, .. } => {
            format!("root:{}", task.rsplit('/').next().unwrap_or_default())
        }
        PrincipalKind::User { name, .. } => name.to_string(),
        PrincipalKind::RoleSession { role, session, .. } => format!("{role}:{session}"),
        PrincipalKind::FederatedUser { name, .. } => format!("federated:{name}"),
        _ => principal.arn(),
    }
}
