//! The state of a session: the world, who is signed in, what was asked, what can be undone.

use std::sync::Arc;

use super::command::Table;
use super::files::Files;
use super::history::History;
use super::kept_expectations::{Held, Keeping, Worlds};
use super::outside::Outside;
use super::past::{PastQuestion, ShownAnswer};
use super::posed::Posed;
use super::principals::find_principal;
use crate::explain::{Explanation, Remedy};
use crate::names::AccountId;
use crate::world::{GivenPolicies, Principal, World, WorldError};

/// A world that is being changed and asked.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) table: &'static Table,
    pub(crate) world: World,
    /// The account in which bare names are looked up.
    pub(crate) selected: Option<AccountId>,
    pub(crate) signed_in: Option<Principal>,
    /// Policies in place of the world's, for every question.
    pub(super) given: Arc<GivenPolicies>,
    /// The last answer, for `why`.
    pub(crate) last: Option<Arc<Explanation>>,
    /// The question of the last answer; nothing where a text of AWS spoke alone.
    pub(crate) last_question: Option<PastQuestion>,
    /// The last answer as it was shown, for `_`.
    pub(crate) shown: Option<ShownAnswer>,
    /// The questions that were asked, for `what-if` and `_`.
    pub(crate) questions: Vec<Posed>,
    /// The questions that were asked, with their answers, for `record`.
    pub(crate) asked: Vec<(Posed, Arc<Explanation>)>,
    /// What was edited and could not be taken.
    pub(crate) draft: Option<Draft>,
    /// What can be undone and done again.
    pub(crate) history: History,
    /// The files that are being read, the outermost first.
    pub(crate) reading: Vec<String>,
    /// What was read of files so far.
    pub(crate) files: Files,
    /// The expectations, for whoever runs tests.
    pub(super) keeping: Keeping,
}

/// What somebody wrote that could not be taken, so that the next `edit` opens it again.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) label: String,
    pub(crate) text: String,
    pub(crate) again: Box<str>,
    /// The file in which it is kept, if there is one.
    pub(crate) kept_in: Option<String>,
}

impl Session {
    /// A session in an empty world, which knows the commands of a table.
    pub fn new(table: &'static Table) -> Self {
        Self::in_world(table, World::default(), None)
    }

    /// A session in a world, with an account selected.
    pub fn in_world(table: &'static Table, world: World, selected: Option<AccountId>) -> Self {
        Self {
            table,
            world,
            selected,
            signed_in: None,
            given: Arc::default(),
            last: None,
            last_question: None,
            shown: None,
            questions: Vec::new(),
            asked: Vec::new(),
            draft: None,
            history: History::default(),
            reading: Vec::new(),
            files: Files::default(),
            keeping: Keeping::default(),
        }
    }

    /// The commands that it knows.
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The world, to be changed from outside.
    pub fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// Has every question from now on asked with these policies in place of the world's.
    pub fn give(&mut self, policies: GivenPolicies) {
        self.given = Arc::new(policies);
    }

    /// The policies that every question is asked with in place of the world's.
    pub fn given(&self) -> &Arc<GivenPolicies> {
        &self.given
    }

    /// The account in which bare names are looked up.
    pub fn selected(&self) -> Option<AccountId> {
        self.selected
    }

    /// Who is signed in.
    pub fn signed_in(&self) -> Option<&Principal> {
        self.signed_in.as_ref()
    }

    /// The last answer.
    pub fn last_answer(&self) -> Option<&Arc<Explanation>> {
        self.last.as_ref()
    }

    /// What would turn the last answer, if that was explained.
    pub fn remedies(&self) -> &[Remedy] {
        let explained = self.last.as_ref().filter(|_| self.is_explained());
        explained.map(|explained| &*explained.remedies).unwrap_or_default()
    }

    /// The principal that a word names; bare names are looked up in the selected account.
    ///
    /// # Errors
    /// If the name is unknown, or could be two things.
    pub fn principal(&self, word: &str) -> Result<Principal, WorldError> {
        find_principal(&self.world, self.selected, word)
    }

    /// The names of the files whose texts statements have read, and that something still points into.
    pub fn files_read(&self) -> impl Iterator<Item = &str> {
        self.files.names()
    }

    /// The statement that opens again what was written and could not be taken.
    pub fn unfinished_edit(&self) -> Option<&str> {
        self.draft.as_ref().map(|draft| &*draft.again)
    }

    /// Hands the expectations to the outside from now on, each as it was held.
    pub fn keep_expectations(&mut self, worlds: Worlds) {
        self.keeping.begin(worlds);
    }

    /// Hands an expectation to the outside, where somebody wants it.
    pub(crate) fn hand_out(&mut self, outside: &mut dyn Outside, held: impl FnOnce() -> Held) {
        if let Some(held) = self.keeping.wanted(held, &self.world) {
            outside.take_held(held);
        }
    }

    /// The world may change: what comes later happens in another one.
    pub(super) fn forget_snapshot(&mut self) {
        self.keeping.forget_snapshot();
    }
}
