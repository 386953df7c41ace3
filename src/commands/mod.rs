//! The commands, a file each: how each is written, what it is for, how it is made, and what it does. Those that are one
//! change of the world stand with their kin.
//!
//! INVARIANT: a command is known to its file and to the list below, to nobody else. Nothing here prints, reads a file
//! or a clock: the outside is reached through [`Outside`](crate::session::Outside) alone.
//!
//! Read first: [`Row`], then `can.rs`.

mod account;
mod account_settings;
mod actions;
mod apply;
mod assume;
mod assume_root;
mod aws;
mod aws_text;
mod can;
mod check;
mod check_public;
mod compare;
mod deployments;
mod describe;
mod diff;
mod edit;
mod example_user;
mod examples;
mod expand;
mod expect;
mod expect_lint;
mod expect_of_all;
mod expect_table;
mod expect_who_can;
mod federate;
mod fmt;
mod given_policy;
mod governed;
mod guess;
mod guides;
mod help;
mod history;
mod identity;
mod imported;
mod info;
mod info_catalog;
mod least_privilege;
mod lint;
mod list;
mod list_policies;
mod load;
mod matrix;
mod open;
mod organization;
mod pasted;
mod paths;
mod pattern;
mod picture;
mod policy;
mod read;
mod record;
mod resource;
mod save;
mod scope_down;
mod set;
mod show;
mod shrink;
mod sign_in;
mod stored;
mod target;
mod tour;
mod two_files;
mod underscore;
mod version_files;
mod what_can;
mod what_if;
mod when;
mod who_can;
mod whoami;
mod why;
mod why_malformed;
mod why_message;
mod world_change;
mod world_file;
mod world_policies;
mod written;

use std::sync::LazyLock;

use crate::session::{Command, Mode, Row, Run, Session, Table, Unusual, run_script};
use crate::source::{Diagnostic, Severity, Source, nearest};
use crate::world::World;

pub use aws_text::{text_of_aws, words_of_aws};
pub use example_user::example_user;
pub use imported::imports;
pub use list::lists;
pub use load::loads;
pub use world_file::session_in;
pub use world_policies::beside_the_world;

/// The commands in the order of `help`.
static ROWS: [Row; 90] = [
    account::ROW,
    account_settings::ROOT,
    identity::USER,
    identity::GROUP,
    identity::ROLE,
    policy::ROW,
    identity::INLINE,
    identity::BOUNDARY,
    identity::INSTANCE_PROFILES,
    resource::RESOURCE,
    resource::ENDPOINT,
    resource::ACCESS_POINT,
    resource::GRANT,
    organization::CREATE,
    organization::UNIT,
    organization::DELEGATE,
    organization::INVITE,
    organization::ROOT_ACCESS,
    account_settings::BILLING_ACCESS,
    account_settings::CHANGE_OWN_PASSWORD,
    resource::PUBLIC_ACCESS_BLOCK,
    resource::BUCKET_ABAC,
    resource::BUCKET_SSE_C,
    account_settings::STATE,
    account_settings::REGION,
    target::ATTACH,
    target::DETACH,
    identity::ADD,
    identity::REMOVE,
    target::TAG,
    edit::ROW,
    target::DELETE,
    organization::MOVE_ACCOUNT,
    load::ROW,
    read::ROW,
    sign_in::IN,
    sign_in::OUT,
    whoami::ROW,
    open::ROW,
    assume::ROW,
    assume_root::ROW,
    federate::ROW,
    scope_down::ROW,
    can::ROW,
    why::ROW,
    why::LAST,
    apply::ROW,
    underscore::WHY,
    underscore::QUESTION,
    underscore::ANSWER,
    who_can::ROW,
    what_can::ROW,
    matrix::ROW,
    paths::ROW,
    compare::ROW,
    diff::ROW,
    check::EQUIVALENT,
    check::NO_NEW_ACCESS,
    check::ACCESS_NOT_GRANTED,
    least_privilege::ROW,
    check_public::ROW,
    check::DEAD,
    why_message::ROW,
    expand::ROW,
    shrink::ROW,
    lint::ROW,
    when::ROW,
    what_if::ROW,
    picture::ROW,
    expect::ROW,
    expect_table::ROW,
    expect_of_all::NO_ACCESS,
    expect_of_all::PUBLIC_NOTHING,
    expect_of_all::NO_NEW_ACCESS,
    expect_who_can::ROW,
    expect_lint::ROW,
    set::ROW,
    history::UNDO,
    history::REDO,
    history::RESET,
    history::CHANGES,
    list::ROW,
    info::ROW,
    show::ROW,
    fmt::ROW,
    save::ROW,
    record::ROW,
    tour::ROW,
    help::ROW,
    aws::ROW,
];

/// Statements that no usage describes.
static UNUSUAL: [Unusual; 2] = [aws_text::at_prompt, pasted::pasted];

/// The table of the commands.
pub fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&ROWS, &UNUSUAL, guess::guess));
    &TABLE
}

/// Whether statements begin with a word.
fn is_command(word: &str) -> bool {
    first_words().any(|first| first == word)
}

/// Whether a word, or it and the next with a hyphen between them, is the beginning of statements, or nearly so.
fn is_nearly_command(word: &str, next: Option<&str>) -> bool {
    let both = next.map(|next| format!("{word}-{next}"));
    is_command(word) || both.is_some_and(|both| is_command(&both)) || nearest(word, first_words()).is_some()
}

fn first_words() -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter_map(|row| row.usage.split(' ').next()).flat_map(|first| first.split('|'))
}

/// A session in an empty world, which knows the commands.
pub fn session() -> Session {
    Session::new(table())
}

/// The world that a script declares, as a `--world` file does: it holds no questions, and reads no files.
///
/// ```
/// let world = iamwhy::commands::world("account 111122223333 \"Acme\" alias acme\nuser alice").expect("a good script");
/// assert!(world.find_account("acme").is_some());
/// ```
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn world(script: &str) -> Result<World, Box<Diagnostic>> {
    let (mut session, source) = (session(), Source::new("<world>", script));
    for ran in run_script(&mut session, &source, &mut (), Run { mode: Mode::World, keep_going: false }) {
        let wrong = ran.outcome.diagnostics().find(|found| found.severity == Severity::Error);
        if let Some(wrong) = wrong {
            return Err(wrong.clone().into());
        }
    }
    Ok(session.world().clone())
}

/// What `?` and a word ask for: all that is known of it, or the list of commands.
pub fn about(word: &str) -> Command {
    match word {
        "" => help::helps(None),
        word => info::tells(word.into()),
    }
}

/// The commands of the language: how each is written, and what it is for.
pub fn command_usages() -> impl Iterator<Item = (String, &'static str)> {
    help::command_usages(table())
}
