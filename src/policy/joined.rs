//! Several policies made one.

use std::collections::BTreeSet;

use super::ast::LanguageVersion;
use super::edit::{StatementEdit, document};
use super::lower::Policy;
use super::token::Token;
use crate::syntax::json::quote;

/// What the first of several statements of one Sid keeps, and the others carry a number behind.
const SECOND: usize = 2;

/// The text of one policy that has the statements of several; `None` where one is written in the language of 2008 and says
/// something else in that of today (A11).
pub fn joined(policies: &[&Policy]) -> Option<String> {
    let today = |policy: &Policy| matches!(policy.version(), Some((LanguageVersion::V2012, _)));
    let mut sids = BTreeSet::new();
    let mut statements = Vec::new();
    for policy in policies {
        for at in 0..policy.statements().len() {
            let text = with_own_sid(policy, at, &mut sids)?;
            if !today(policy) && text.contains("${") {
                return None;
            }
            statements.push(text);
        }
    }
    Some(document(Some(LanguageVersion::V2012), statements.iter().map(String::as_str)))
}

/// A statement with a Sid that no other has.
fn with_own_sid(policy: &Policy, at: usize, sids: &mut BTreeSet<String>) -> Option<String> {
    let edit = StatementEdit::new(policy, at)?;
    let Some(sid) = policy.sid(at) else { return Some(edit.statement()) };
    let numbered = (SECOND..).map(|number| format!("{sid}{number}"));
    let own = std::iter::once(sid.to_string()).chain(numbered).find(|one| !sids.contains(one))?;
    sids.insert(own.clone());
    Some(if own == sid { edit.statement() } else { edit.replaced(Token::Sid, quote(&own)).statement() })
}
