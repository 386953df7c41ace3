//! A world whose files are looked at again: where one of them has changed, the world is loaded anew.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::super::exit::Exit;
use super::super::output::Output;
use super::super::world::Start;
use crate::disk::files_below;
use crate::names::AccountId;
use crate::session::Session;
use crate::world::Change;

/// How often the files are looked at, at most.
const AGAIN: Duration = Duration::from_millis(100);

/// The account of a world that has none.
const ACCOUNT: &str = "111122223333";

/// A world, and what its files looked like when it was loaded.
pub(super) struct WatchedWorld<'a> {
    start: &'a Start,
    output: &'a Output,
    now: Mutex<LoadedWorld>,
}

struct LoadedWorld {
    session: Arc<Session>,
    files: Vec<FileStamp>,
    looked: Instant,
}

/// A file, when it was changed last, and how long it is.
type FileStamp = (PathBuf, Option<(SystemTime, u64)>);

impl<'a> WatchedWorld<'a> {
    pub(super) fn load(start: &'a Start, output: &'a Output) -> Result<Self, Exit> {
        let session = begin(start, output)?;
        let files = stamps(start, &session);
        let now = Mutex::new(LoadedWorld { session, files, looked: Instant::now() });
        Ok(Self { start, output, now })
    }

    /// The account that asks where nobody says another, and how many there are.
    pub(super) fn accounts(&self) -> (AccountId, usize) {
        let session = &self.loaded().session;
        let world = session.world();
        let first = || world.accounts().next().map(|account| account.id);
        let known = session.signed_in().and_then(|who| who.account()).or_else(|| session.selected());
        let shown = known.or_else(first).unwrap_or_else(|| AccountId::parse(ACCOUNT).expect("twelve digits"));
        (shown, world.accounts().count())
    }

    /// The world as its files are now; one that cannot be loaded leaves the world that was.
    pub(super) fn session(&self) -> Arc<Session> {
        let mut loaded = self.loaded();
        if loaded.looked.elapsed() >= AGAIN {
            loaded.looked = Instant::now();
            self.look_again(&mut loaded);
        }
        Arc::clone(&loaded.session)
    }

    fn look_again(&self, loaded: &mut LoadedWorld) {
        let seen = stamps(self.start, &loaded.session);
        if seen == loaded.files {
            return;
        }
        loaded.files = seen;
        match begin(self.start, self.output) {
            Ok(session) => {
                loaded.files = stamps(self.start, &session);
                loaded.session = session;
                self.output.say_beside("the world has changed, and was loaded again");
            }
            Err(_) => {
                self.output.say_beside("the world stays as it was: what is in its files now has errors")
            }
        }
    }

    fn loaded(&self) -> MutexGuard<'_, LoadedWorld> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The world of the start; where it has no account, one that has nothing in it.
fn begin(start: &Start, output: &Output) -> Result<Arc<Session>, Exit> {
    let mut session = start.or_empty(output)?;
    if session.world().accounts().next().is_none()
        && let Some(id) = AccountId::parse(ACCOUNT)
    {
        let new = Change::CreateAccount { id, name: "Empty".into(), alias: None };
        // Nothing speaks against an account in a world that has none.
        drop(session.world_mut().apply(new));
    }
    Ok(Arc::new(session))
}

/// The files of a world: those that are named, those below folders, and those that scripts read.
fn stamps(start: &Start, session: &Session) -> Vec<FileStamp> {
    let below = |path: &Path| files_below(path, &["json", "iam", "yaml", "yml"]).unwrap_or_default();
    let named = start.worlds.iter().map(PathBuf::from).flat_map(|path| match path.is_dir() {
        true => below(&path),
        false => vec![path],
    });
    let read = session.files_read().map(PathBuf::from);
    named.chain(read).map(|path| (stamp(&path), path)).map(|(stamp, path)| (path, stamp)).collect()
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = path.metadata().ok()?;
    Some((about.modified().ok()?, about.len()))
}
