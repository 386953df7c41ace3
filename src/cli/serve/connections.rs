//! The connections: a thread each, so many at a time, and all of them end when the program is told to end.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope, scope, sleep};
use std::time::Duration;

use super::super::output::Output;
use super::patient::Patient;
use super::watched::WatchedWorld;
use crate::disk::Disk;
use crate::serve::{Counter, Hosts, Previews, converse};
use crate::session::{Outside, Session};

/// How many connections there are at a time; a client keeps fifty open.
const MOST: usize = 256;

/// How long is waited where the system gives no further connection.
const PAUSE: Duration = Duration::from_millis(50);

/// The connections to a world.
pub(super) struct Connections<'a> {
    world: &'a WatchedWorld<'a>,
    hosts: Hosts,
    output: &'a Output,
    is_closing: Arc<AtomicBool>,
    previews: Previews,
    open: Mutex<BTreeMap<u64, TcpStream>>,
}

impl Counter for Connections<'_> {
    fn session(&self) -> Arc<Session> {
        self.world.session()
    }

    fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    fn previews(&self) -> &Previews {
        &self.previews
    }

    fn now(&self) -> i64 {
        Disk.now()
    }

    fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::SeqCst)
    }
}

impl<'a> Connections<'a> {
    /// None yet; from now on a signal says that it is enough.
    pub(super) fn new(world: &'a WatchedWorld<'a>, address: SocketAddr, output: &'a Output) -> Self {
        let hosts = if address.ip().is_loopback() { Hosts::Loopback } else { Hosts::Any };
        let is_closing = Arc::default();
        end_on_signal(&is_closing, address);
        Self { world, hosts, output, is_closing, previews: Previews::default(), open: Mutex::default() }
    }

    /// Takes connections until it is enough; then the answers are given that were begun.
    pub(super) fn accept(&self, listener: &TcpListener) {
        scope(|threads| {
            for (number, stream) in (0..).zip(listener.incoming()) {
                if self.is_closing() {
                    break;
                }
                match stream {
                    Ok(stream) => self.begin(threads, number, stream),
                    Err(_) => sleep(PAUSE),
                }
            }
            self.open().values().for_each(|stream| drop(stream.shutdown(Shutdown::Read)));
        });
    }

    /// Begins a connection; one too many is ended at once.
    fn begin<'s>(&'s self, threads: &'s Scope<'s, '_>, number: u64, stream: TcpStream) {
        let Ok(known) = stream.try_clone() else { return };
        let mut open = self.open();
        if open.len() >= MOST {
            return self.output.say_beside("a connection was refused: there are 256 already");
        }
        open.insert(number, known);
        drop(open);
        let answer = move || {
            // A client that goes away, or is too slow, ends its own connection and nothing else.
            drop(Patient::new(&stream).and_then(|both| converse(self, &mut &both, &mut &both)));
            self.open().remove(&number);
        };
        if Builder::new().spawn_scoped(threads, answer).is_err() {
            self.open().remove(&number);
        }
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has Ctrl-C and SIGTERM end the taking of connections; a second one ends the program.
#[cfg(unix)]
fn end_on_signal(is_closing: &Arc<AtomicBool>, address: SocketAddr) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let is_closing = Arc::clone(is_closing);
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    // Where no thread can be had, the signals are dropped with the closure and do what they did before.
    drop(Builder::new().spawn(move || {
        for signal in signals.forever() {
            if is_closing.swap(true, Ordering::SeqCst) {
                drop(signal_hook::low_level::emulate_default_handler(signal));
            }
            // Whoever waits for a connection gets one, and sees that it was the last.
            drop(TcpStream::connect_timeout(&knock(address), PAUSE));
        }
    }));
}

#[cfg(not(unix))]
fn end_on_signal(_: &Arc<AtomicBool>, _: SocketAddr) {}

/// Where the port is reached from this machine.
#[cfg(unix)]
fn knock(mut address: SocketAddr) -> SocketAddr {
    match address {
        _ if !address.ip().is_unspecified() => {}
        SocketAddr::V4(_) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        SocketAddr::V6(_) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
    }
    address
}
