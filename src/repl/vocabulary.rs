//! What is known while a line is typed.

use crate::catalog::Catalog;
use crate::session::Session;
use crate::world::{Account, World};

/// The world as it was before the line; names are looked up in it only when they are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// The world.
    pub(super) world: World,
    /// The account in which bare names are looked up.
    selected: Option<crate::names::AccountId>,
    /// What the last line should have been: offered at an empty prompt.
    pub(super) correction: Option<String>,
}

impl Vocabulary {
    /// What is known now.
    pub(super) fn of(session: &Session, correction: Option<String>) -> Self {
        Self { world: session.world().clone(), selected: session.selected(), correction }
    }

    /// What is known of actions and condition keys.
    pub(super) fn catalog(&self) -> &Catalog {
        self.world.catalog()
    }

    /// The account in which bare names are looked up.
    pub(super) fn account(&self) -> Option<&Account> {
        self.selected.and_then(|id| self.world.account(id)).map(AsRef::as_ref)
    }
}
