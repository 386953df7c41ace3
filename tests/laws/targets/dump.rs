//! What AWS tells about an account, loaded.

use iamwhy::commands;
use iamwhy::session::Status;

use super::script::is_read_as_it_is_saved;
use super::shown::outcome_is_shown;
use crate::outside::{Memory, typed};

/// Loads a text, twice, and saves what there is then.
pub(super) fn dump(data: &[u8]) {
    let mut disk = Memory::with(&[("dump.json", &super::text(data))]);
    let mut session = commands::session();
    let outcomes =
        typed(&mut session, &mut disk, "load dump.json\nload dump.json\nlist users\nlist policies");
    outcomes.iter().for_each(outcome_is_shown);
    assert_eq!(outcomes[0].status, outcomes[1].status);
    if outcomes[0].status == Status::Done {
        is_read_as_it_is_saved(&mut session);
    }
}
