//! What is found out of one class of requests and holds of others, too: which resources of a kind there are, what tests tell
//! apart under a key, how the resources that are asked about are divided.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::content::TestContent;
use super::dimension::Dimension;
use super::piece::{CoveredKind, ResourcePiece};
use super::resources::Resources;
use crate::names::TextSet;
use crate::world::{Caller, World};

/// From how many sets or searches on the resources of a kind are begun anew, so that they do not take all memory.
const MOST_OF_A_KIND: usize = 20_000;

/// What is kept while requests of the same worlds are compared or asked about.
#[derive(Default)]
pub struct KeptParts {
    resources: RefCell<HashMap<TextSet, Resources>>,
    dimensions: RefCell<HashMap<KeptTests<'static>, Dimension>>,
    pieces: RefCell<HashMap<AskedPieces, Rc<PiecesOfKind>>>,
}

/// The tests of a key, in order, and whether requests have it as a list (B18).
type KeptTests<'p> = (Vec<TestContent<'p>>, bool);

/// A kind of resource, the pattern that is asked about, and who asks, where they are a resource of the kind themselves.
type AskedPieces = (TextSet, TextSet, Option<Box<str>>);

/// The pieces into which the resources of a kind are divided, and whether these are all.
type PiecesOfKind = (Vec<ResourcePiece>, bool);

impl KeptParts {
    /// The resources of a kind, with what is known of them.
    pub(super) fn resources(&self, all: TextSet) -> Resources {
        match self.resources.borrow_mut().remove(&all) {
            Some(known) => known,
            None => Resources::new(all),
        }
    }

    /// Keeps what became known of the resources of a kind.
    pub(super) fn keep(&self, resources: Resources) {
        if resources.size() <= MOST_OF_A_KIND {
            self.resources.borrow_mut().insert(resources.all().clone(), resources.at_rest());
        }
    }

    /// The pieces of the resources of a kind, which are the same for all who ask but those that are such a resource and that
    /// no world has.
    pub(super) fn pieces(
        &self,
        covered: &CoveredKind<'_>,
        world: &World,
        caller: &Caller,
    ) -> Rc<PiecesOfKind> {
        let own = covered.is_a_resource(caller).then(|| caller.arn.clone());
        let key = (covered.kind.clone(), covered.pattern.clone(), own);
        if let Some(known) = self.pieces.borrow().get(&key) {
            return Rc::clone(known);
        }
        let made = Rc::new(covered.pieces(world, caller));
        self.pieces.borrow_mut().insert(key, Rc::clone(&made));
        made
    }

    /// The dimension of some tests on a key, which is made where it is new; what hangs on variables is not kept.
    pub(super) fn dimension(&self, tests: KeptTests<'_>, make: impl FnOnce() -> Dimension) -> Dimension {
        if let Some(known) = self.dimensions.borrow().get(&tests) {
            return known.clone();
        }
        let made = make();
        if tests.0.iter().all(TestContent::is_without_variables) {
            let tests = (tests.0.iter().map(TestContent::to_owned).collect(), tests.1);
            self.dimensions.borrow_mut().insert(tests, made.clone());
        }
        made
    }
}
