//! The names of the accounts whose numbers stand in an answer.

use crate::names::AccountId;
use crate::world::World;

/// How many accounts are named.
const NAMED: usize = 6;

/// The accounts of which texts speak and that have a name, in the order in which they come.
pub(super) fn named_accounts<'t>(
    world: &World,
    texts: impl Iterator<Item = &'t str>,
) -> Vec<(AccountId, String)> {
    let mut found: Vec<(AccountId, String)> = Vec::new();
    for id in texts.flat_map(accounts_in) {
        let account = world.account(id).filter(|_| found.len() < NAMED);
        let name = account.and_then(|own| own.alias.as_deref().or(Some(&*own.name)));
        let is_new = !found.iter().any(|(known, _)| *known == id);
        found.extend(name.filter(|name| is_new && !name.is_empty()).map(|name| (id, name.to_owned())));
    }
    found
}

/// The numbers of twelve digits in a text.
fn accounts_in(text: &str) -> impl Iterator<Item = AccountId> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(AccountId::parse)
}

/// Which account is which, in one line: `387754019263 is insight, 529917340086 tools`; nothing where there is but one.
pub fn accounts_in_words(accounts: &[(AccountId, String)]) -> Option<String> {
    let ((first, name), rest) = accounts.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let others = rest.iter().map(|(id, name)| format!(", {id} {name}"));
    Some(others.fold(format!("{first} is {name}"), |text, other| text + &other))
}
