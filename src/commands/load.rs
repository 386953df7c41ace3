//! `load "account-authorization-details.json"`: what is missing or refused is said, and the rest goes on.

use std::sync::Arc;

use crate::import::account_authorization_details;
use crate::names::AccountId;
use crate::recognise::file_form;
use crate::session::{Command, Failure, FileOf, Heading, Outcome, Part, Row, Session, command};
use crate::source::{Diagnostic, Source};
use crate::world::Change;

pub(super) const ROW: Row = Heading::Change.row(
    "load FILE [as account ACCOUNT-ID]",
    "reads the output of `aws iam get-account-authorization-details`",
    "load \"account-authorization-details.json\" as account 111122223333",
    |words, context| {
        let account = words.get("ACCOUNT-ID").and_then(|id| AccountId::parse(&id.text));
        Ok(loads(context.file_of(words, FileOf::Dump)?, account))
    },
);

/// A command that loads a dump, as this account if one is said, and selects its account.
pub fn loads(dump: Arc<Source>, account: Option<AccountId>) -> Command {
    command(move |session, _, _| load(session, &dump, account)).changing()
}

fn load(session: &mut Session, dump: &Arc<Source>, account: Option<AccountId>) -> Result<Outcome, Failure> {
    let imported = account_authorization_details(dump, account);
    let Some(id) = imported.account else { return Err(no_dump(dump, imported.findings).into()) };
    let mut findings = imported.findings;
    let warnings = apply_all(session, imported.changes, &mut findings);
    session.selected = Some(id);
    let mut outcome = Outcome::said(summary(session, id, dump.name())).after(findings);
    outcome.parts.extend(warnings.into_iter().map(Part::Note));
    Ok(outcome)
}

/// What a file is that is no dump, where that can be told; else what is wrong with it as one.
fn no_dump(file: &Arc<Source>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_dump = findings.iter().any(|found| found.code == "no-account");
    let Some(form) = file_form(file).filter(|_| !is_dump) else { return findings };
    let what = form.and_no(file, "output of `aws iam get-account-authorization-details`");
    let prints = "`aws iam get-account-authorization-details > FILE` writes what is read here";
    vec![Diagnostic::error("not-a-dump", what).help(form.instead_of(prints))]
}

/// Makes all changes that the world takes; those that it refuses are found.
pub(super) fn apply_all(
    session: &mut Session,
    changes: Vec<Change>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut warnings = Vec::new();
    for change in changes {
        match session.world.apply(change) {
            Ok(applied) => warnings.extend(applied.warnings),
            Err(error) => {
                let refused = Diagnostic::warning(error.code, error.message);
                findings.push(Diagnostic { help: error.help, ..refused });
            }
        }
    }
    warnings
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
