//! Two files that hold an old version and a new one: of a policy, or of a world.

use std::sync::Arc;

use super::two_files::TwoFiles;
use super::world_file::{is_world, policy_or_world, world_of};
use crate::reason::{ListedActions, PolicyDifference, TwoWorlds};
use crate::session::{Context, Failure, Outside, Session};
use crate::source::Source;
use crate::syntax::script::{Word, Words};
use crate::world::WorldError;

/// What two files hold.
pub(super) enum VersionFiles {
    /// A policy each.
    Policies(TwoFiles),
    /// A world each.
    Worlds([Arc<Source>; 2]),
}

impl VersionFiles {
    /// Those of a command that names two files.
    pub(super) fn of(words: &Words<'_>, context: &mut Context<'_>) -> Result<Self, Failure> {
        let files: Vec<&Word<'_>> = words.all("FILE").collect();
        let [old, new] = files[..] else {
            return Err(WorldError::new("missing-word", "", "expected two files").into());
        };
        let sources = [policy_or_world(old, context)?, policy_or_world(new, context)?];
        match sources.each_ref().map(is_world) {
            [true, true] => Ok(Self::Worlds(sources)),
            [false, false] => Ok(Self::Policies(TwoFiles::of([old, new], sources, words, context)?)),
            [is_old, _] => {
                let (world, policy) = if is_old { (old, new) } else { (new, old) };
                let what = format!("`{}` holds a world, and `{}` a policy", world.text, policy.text);
                Err(WorldError::new("world-and-policy", &*policy.text, what).into())
            }
        }
    }

    /// All that differs, over all requests.
    pub(super) fn difference(
        self,
        session: &Session,
        outside: &mut dyn Outside,
    ) -> Result<PolicyDifference, Failure> {
        let catalog = session.world.catalog();
        match self {
            Self::Policies(versions) => Ok(versions.difference(catalog)?),
            Self::Worlds([old, new]) => {
                let worlds = [world_of(&old, session, outside)?, world_of(&new, session, outside)?];
                let worlds = worlds.each_ref();
                let two = TwoWorlds { worlds, listed: &ListedActions::of(catalog), now: outside.now() };
                Ok(two.difference())
            }
        }
    }
}
