//! Ctrl-C while a statement runs: its answer is given up, not the program.
//!
//! A statement runs in a thread of its own, on a copy of the session, while the terminal is watched here. Whatever it
//! wants of the outside is done here, so that a statement that was given up can reach nothing any more; and its searches
//! know the flag that is raised then, so that its thread ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender, channel};
use std::thread::Builder;
use std::time::Duration;

use crate::question::search::stop_by;
use crate::session::{EditedText, Existing, Outcome, Outside, Session, Unreadable, Wrote};

/// How often Ctrl-C is looked for.
const GLANCE: Duration = Duration::from_millis(20);

/// How long is waited for what was found so far.
const GRACE: Duration = Duration::from_millis(200);

/// As much as the main thread has.
const STACK: usize = 8 << 20;

/// Ctrl-C, as long as the line editor does not take it.
pub(super) struct Interrupt(Arc<AtomicBool>);

pub(super) trait Work: FnOnce(&mut Session, &mut dyn Outside) -> Outcome + Send + 'static {}

impl<F: FnOnce(&mut Session, &mut dyn Outside) -> Outcome + Send + 'static> Work for F {}

type Errand = Box<dyn FnOnce(&mut dyn Outside) + Send>;

enum Message {
    Errand(Errand),
    /// Something to be done while an editor has the terminal.
    Editing(Errand),
    Done(Box<(Session, Outcome)>),
}

impl Interrupt {
    /// Takes Ctrl-C from now on. Where the handler cannot be set, Ctrl-C works as it did before.
    pub(super) fn watch() -> Self {
        let pressed = Arc::default();
        drop(signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&pressed)));
        Self(pressed)
    }

    /// Forgets what was pressed before.
    pub(super) fn forget(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Does something; nothing, and the session is as it was, if Ctrl-C came first or the work broke down.
    pub(super) fn run(
        &self,
        session: &mut Session,
        outside: &mut dyn Outside,
        work: impl Work,
    ) -> Option<Outcome> {
        let stopped = Arc::new(AtomicBool::new(false));
        let messages = match start(session.clone(), outside.now(), Arc::clone(&stopped), work) {
            Ok(messages) => messages,
            // Ctrl-C cannot stop what is done here.
            Err(work) => return Some(work(session, outside)),
        };
        let mut done = self.wait(&messages, outside);
        stopped.store(done.is_none(), Ordering::Relaxed);
        if done.is_none() {
            done = found_so_far(&messages);
        }
        let outcome;
        (*session, outcome) = *done?;
        Some(outcome)
    }

    fn wait(
        &self,
        messages: &Receiver<Message>,
        outside: &mut dyn Outside,
    ) -> Option<Box<(Session, Outcome)>> {
        while !self.0.load(Ordering::Relaxed) {
            match messages.recv_timeout(GLANCE) {
                Ok(Message::Done(done)) => return Some(done),
                Ok(Message::Errand(errand)) => errand(outside),
                Ok(Message::Editing(errand)) => {
                    errand(outside);
                    // The editor got Ctrl-C as well, and knew what was meant by it.
                    self.forget();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        None
    }
}

/// What a statement that was told to stop had found, if it says so soon.
fn found_so_far(messages: &Receiver<Message>) -> Option<Box<(Session, Outcome)>> {
    match messages.recv_timeout(GRACE) {
        Ok(Message::Done(done)) if done.1.is_cut_short() => Some(done),
        _ => None,
    }
}

/// Begins the work in a thread; the work is given back where none can be had.
fn start<W: Work>(
    mut session: Session,
    now: i64,
    stopped: Arc<AtomicBool>,
    work: W,
) -> Result<Receiver<Message>, W> {
    let (door, messages) = channel();
    // The thread is given the work once there is one: it would take it along where there is none.
    let (hand_over, taken) = channel::<W>();
    let body = move || {
        let Ok(work) = taken.recv() else { return };
        stop_by(stopped);
        let outcome = work(&mut session, &mut Door { door: door.clone(), now });
        // Whoever gave up waiting does not listen.
        let _ = door.send(Message::Done(Box::new((session, outcome))));
    };
    match Builder::new().stack_size(STACK).spawn(body) {
        Ok(_) => hand_over.send(work).map(|()| messages).map_err(|SendError(work)| work),
        Err(_) => Err(work),
    }
}

/// The outside as the thread sees it.
struct Door {
    door: Sender<Message>,
    now: i64,
}

impl Door {
    fn ask<T: Send + 'static>(
        &self,
        message: fn(Errand) -> Message,
        errand: impl FnOnce(&mut dyn Outside) -> Result<T, Unreadable> + Send + 'static,
    ) -> Result<T, Unreadable> {
        let stopped = |_| Unreadable::new("stopped", "stopped");
        let (answer, answered) = channel();
        let errand = move |outside: &mut dyn Outside| drop(answer.send(errand(outside)));
        self.door.send(message(Box::new(errand))).map_err(|_| stopped(()))?;
        answered.recv().unwrap_or_else(|_| Err(stopped(())))
    }
}

impl Outside for Door {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        let path = path.to_owned();
        self.ask(Message::Errand, move |outside| outside.read(&path))
    }

    fn write(&mut self, path: &str, text: &str, existing: Existing) -> Result<Wrote, Unreadable> {
        let (path, text) = (path.to_owned(), text.to_owned());
        self.ask(Message::Errand, move |outside| outside.write(&path, &text, existing))
    }

    fn now(&self) -> i64 {
        self.now
    }

    fn edit(&mut self, name: &str, text: &str) -> Result<EditedText, Unreadable> {
        let (name, text) = (name.to_owned(), text.to_owned());
        self.ask(Message::Editing, move |outside| outside.edit(&name, &text))
    }

    fn forget_draft(&mut self, file: &str) {
        let file = file.to_owned();
        // Where nobody listens any more, the draft stays.
        drop(self.ask(Message::Errand, move |outside| {
            outside.forget_draft(&file);
            Ok(())
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_up_leaves_the_session_as_it_was() {
        let interrupt = Interrupt(Arc::default());
        let pressed = Arc::clone(&interrupt.0);
        let endless = move |session: &mut Session, _: &mut dyn Outside| {
            let account = crate::names::AccountId::parse("111122223333");
            *session = Session::in_world(session.table(), crate::world::World::new(), account);
            pressed.store(true, Ordering::Relaxed);
            while !crate::question::search::is_stopped() {
                std::thread::yield_now();
            }
            Outcome::default()
        };
        let mut session = crate::commands::session();
        assert!(interrupt.run(&mut session, &mut (), endless).is_none());
        assert_eq!(session.selected(), None);
    }

    #[test]
    fn the_outside_is_reached_from_the_thread() {
        let read = |_: &mut Session, outside: &mut dyn Outside| {
            Outcome::said(outside.read("none").expect_err("there is no file").code)
        };
        let outcome = Interrupt(Arc::default()).run(&mut crate::commands::session(), &mut (), read);
        assert!(format!("{outcome:?}").contains("no-such-file"), "{outcome:?}");
    }
}
