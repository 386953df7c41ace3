//! How much memory is held: what did not change is shared, and what is not needed any more is not kept.

use iamwhy::commands;
use iamwhy::names::AccountId;
use iamwhy::session::{Mode, Run, run_script, run_stream};
use iamwhy::source::Source;
use iamwhy::world::{Change, Tags, World};

use crate::allocations::{allocations_of, bytes_kept_by};

const MANY: usize = 100_000;

fn acme() -> AccountId {
    AccountId::parse("111122223333").expect("twelve digits")
}

fn user(name: &str) -> Change {
    Change::CreateUser { account: acme(), name: name.into(), path: "/".into(), tags: Tags::new(), id: None }
}

fn world_of(users: usize) -> World {
    let mut world = World::new();
    world.apply(Change::CreateAccount { id: acme(), name: "".into(), alias: None }).expect("good");
    (0..users).for_each(|number| drop(world.apply(user(&format!("u{number}"))).expect("good")));
    world
}

fn declarations(users: usize) -> String {
    let users: String = (0..users).map(|number| format!("user u{number}\n")).collect();
    format!("account 111122223333\n{users}")
}

#[test]
fn a_copy_of_a_world_is_a_handful_of_pointers() {
    let world = world_of(MANY);
    let (bytes, _copy) = bytes_kept_by(|| world.clone());
    assert_eq!((allocations_of(|| drop(world.clone())), bytes), (0, 0));
}

#[test]
fn a_change_of_a_copy_over_100_000_users_takes_a_few_kilobytes() {
    let world = world_of(MANY);
    let mut copy = world.clone();
    let mut bytes = 0;
    let allocations = allocations_of(|| bytes = bytes_kept_by(|| copy.apply(user("new"))).0);
    assert!(bytes < 4 << 10, "{bytes} bytes");
    assert!(allocations < 64, "{allocations} allocations");
    let users = |world: &World| world.account(acme()).map(|account| account.users.len());
    assert_eq!((users(&world), users(&copy)), (Some(MANY), Some(MANY + 1)));
}

#[test]
fn piped_declarations_take_the_memory_of_the_world_and_what_the_last_thousand_share_not() {
    let script = Source::new("world.iam", declarations(10_000));
    let run = Run { mode: Mode::World, keep_going: false };
    let (of_world, _world) = bytes_kept_by(|| {
        let mut session = commands::session();
        run_script(&mut session, &script, &mut (), run).for_each(drop);
        session
    });
    let (piped, _session) = bytes_kept_by(|| {
        let mut session = commands::session();
        run_stream(&mut session, script.text().as_bytes(), &mut (), &mut |_| ());
        session
    });
    // A tenth of what 100,000 of them are.
    assert!(piped < of_world + of_world, "{piped} bytes piped, {of_world} bytes of the world");
}
