//! One layer at a time.

use std::sync::Arc;

use crate::policy::Layer;
use crate::world::{Caller, LeftOut, Prepared};

/// The principal with the policies of one layer at most.
pub(super) fn caller_with_only(caller: &Caller, kept: Option<Layer>) -> Caller {
    let mut caller = caller.clone();
    for layer in others(kept) {
        caller.leave_out(&LeftOut::Layer(layer));
    }
    caller
}

/// The request of that principal, with the policies of one layer at most.
pub(super) fn with_only<'p>(
    prepared: &Prepared<'p>,
    caller: &Arc<Caller>,
    kept: Option<Layer>,
) -> Prepared<'p> {
    let mut prepared = prepared.clone();
    prepared.caller = Arc::clone(caller);
    for layer in others(kept) {
        prepared.leave_out(&LeftOut::Layer(layer));
    }
    prepared
}

fn others(kept: Option<Layer>) -> impl Iterator<Item = Layer> {
    Layer::ALL.into_iter().filter(move |layer| Some(*layer) != kept)
}
