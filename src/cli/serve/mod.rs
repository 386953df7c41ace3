//! `serve`: AWS's own clients, answered on a port of this machine.

mod arguments;
mod connections;
mod patient;
mod watched;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

pub(super) use arguments::ServeTask;
use connections::Connections;
use watched::WatchedWorld;

use super::exit::Exit;
use super::output::Output;
use super::world::Start;
use crate::disk::reason;
use crate::source::Diagnostic;

/// Answers until Ctrl-C or SIGTERM.
pub(super) fn serve(start: &Start, task: &ServeTask, output: &Output) -> Result<Exit, Exit> {
    let watched = WatchedWorld::load(start, output)?;
    let bound = listen(task).and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = bound.map_err(|wrong| output.invalid(&[taken(task, &wrong)]))?;
    let connections = Connections::new(&watched, address, output);
    output.print_as_it_stands(&settings(address, &watched));
    connections.accept(&listener);
    Ok(Exit::Done)
}

fn listen(task: &ServeTask) -> io::Result<TcpListener> {
    let addresses: Vec<SocketAddr> = (&*task.host, task.port).to_socket_addrs()?.collect();
    TcpListener::bind(&addresses[..])
}

fn taken(task: &ServeTask, wrong: &io::Error) -> Diagnostic {
    let what = format!("port {} of `{}` cannot be had: {}", task.port, task.host, reason(wrong));
    Diagnostic::error("no-port", what).help("`--port 0` takes one that is free")
}

/// What a shell sets so that AWS's clients ask here; the first line is a comment to it.
fn settings(address: SocketAddr, watched: &WatchedWorld<'_>) -> String {
    let (account, count) = watched.accounts();
    let whose = if count == 1 { format!("account {account}") } else { format!("{count} accounts") };
    format!(
        "# AWS's clients are answered for {whose}, until Ctrl-C. Set in the shell that runs them:\n\
         export AWS_ENDPOINT_URL=http://{address}\n\
         export AWS_ACCESS_KEY_ID={account} AWS_SECRET_ACCESS_KEY=none\n\
         export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1\n"
    )
}
