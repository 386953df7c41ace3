//! Requests of AWS's clients: whatever comes, each answer is one of HTTP that says how long it is, and none is the fault
//! of the server.

use std::sync::{Arc, LazyLock};

use iamwhy::commands;
use iamwhy::serve::{Counter, Hosts, Previews, converse};
use iamwhy::session::Session;

const WORLD: &str = "account 111122223333\nuser alice\nattach AdministratorAccess to user alice";

static START: LazyLock<Arc<Session>> = LazyLock::new(|| {
    let world = commands::world(WORLD).expect("a world");
    let mut session = commands::session();
    *session.world_mut() = world;
    Arc::new(session)
});

static PREVIEWS: LazyLock<Previews> = LazyLock::new(Previews::default);

/// What is behind a port that is none.
struct Desk;

impl Counter for Desk {
    fn session(&self) -> Arc<Session> {
        Arc::clone(&START)
    }

    fn hosts(&self) -> &Hosts {
        &Hosts::Loopback
    }

    fn previews(&self) -> &Previews {
        &PREVIEWS
    }

    fn now(&self) -> i64 {
        0
    }

    fn is_closing(&self) -> bool {
        false
    }
}

/// Answers what a connection says.
pub(super) fn http(data: &[u8]) {
    let mut answers = Vec::new();
    converse(&Desk, &mut &*data, &mut answers).expect("memory takes everything");
    let answers = String::from_utf8(answers).expect("UTF-8");
    let mut rest = answers.as_str();
    while !rest.is_empty() {
        let (head, behind) = rest.split_once("\r\n\r\n").expect("a head");
        let status = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).expect("a status");
        assert!(status.starts_with(['1', '2', '4']), "{head}");
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        let length = length.map_or(0, |length| length.parse().expect("a length"));
        rest = behind.get(length..).expect("the whole body");
    }
}
