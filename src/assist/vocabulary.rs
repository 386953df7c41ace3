//! What is known while a line is typed.

use crate::catalog::Catalog;
use crate::explain::Remedy;
use crate::names::AccountId;
use crate::session::Session;
use crate::world::{Account, Organization, World};

/// What a folder holds: names, and whether each is that of a folder.
pub type Folder = fn(&str) -> Vec<(String, bool)>;

/// The world as it was before the line, and where files are looked up; names are looked up only when they are asked
/// for.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    pub(super) world: World,
    /// The account in which bare names are looked up.
    selected: Option<AccountId>,
    /// What would turn the last answer, in words.
    pub(super) remedies: Vec<String>,
    pub(super) folder: Folder,
}

impl Vocabulary {
    /// What is known now.
    pub fn of(session: &Session, folder: Folder) -> Self {
        let remedies = session.remedies().iter().map(Remedy::in_brief).collect();
        Self { world: session.world().clone(), selected: session.selected(), remedies, folder }
    }

    /// What is known of actions and condition keys.
    pub(super) fn catalog(&self) -> &Catalog {
        self.world.catalog()
    }

    /// The account in which bare names are looked up.
    pub(super) fn account(&self) -> Option<&Account> {
        self.selected.and_then(|id| self.world.account(id)).map(AsRef::as_ref)
    }

    /// The organization that is meant where none is named.
    pub(super) fn organization(&self) -> Option<&Organization> {
        self.world.organization_meant(self.selected).ok().map(AsRef::as_ref)
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { world: World::default(), selected: None, remedies: Vec::new(), folder: |_| Vec::new() }
    }
}
