//! Loading dumps: what is missing or refused is said, and the rest goes on.

use std::sync::Arc;

use super::super::failure::Failure;
use super::super::outcome::{Outcome, Part};
use super::super::state::Session;
use crate::import::account_authorization_details;
use crate::names::AccountId;
use crate::source::{Diagnostic, Source};

/// A dump to be loaded.
#[derive(Clone, Debug)]
pub struct Loading {
    /// Its text.
    pub source: Arc<Source>,
    /// The account to load it as.
    pub account: Option<AccountId>,
}

/// Loads a dump and selects its account.
pub(in super::super) fn load(session: &mut Session, loading: Loading) -> Result<Outcome, Failure> {
    let imported = account_authorization_details(&loading.source, loading.account);
    let Some(id) = imported.account else { return Err(imported.findings.into()) };
    let mut findings = imported.findings;
    let mut warnings = Vec::new();
    for change in imported.changes {
        match session.world.apply(change) {
            Ok(applied) => warnings.extend(applied.warnings),
            Err(error) => {
                let refused = Diagnostic::warning(error.code, error.message);
                findings.push(Diagnostic { help: error.help, ..refused });
            }
        }
    }
    session.selected = Some(id);
    let mut outcome = Outcome::said(summary(session, id, loading.source.name())).after(findings);
    outcome.parts.extend(warnings.into_iter().map(Part::Note));
    Ok(outcome)
}

fn summary(session: &Session, id: AccountId, name: &str) -> String {
    let Some(account) = session.world.account(id) else { return format!("loaded {name}") };
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let policies = match account.policies.len() {
        1 => "1 customer managed policy".to_owned(),
        number => format!("{number} customer managed policies"),
    };
    format!(
        "loaded {name} into account {}: {}, {}, {}, {policies}",
        account.label(),
        count(account.users.len(), "user"),
        count(account.groups.len(), "group"),
        count(account.roles.len(), "role"),
    )
}
