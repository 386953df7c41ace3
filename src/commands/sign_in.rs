//! `sign-in alice at acme`, `sign-out`

use super::examples::ALICE;
use crate::session::slots::word;
use crate::session::{
    Context, Failure, Heading, Made, Outcome, Row, Session, command, enter, find_account, find_user, nobody,
};
use crate::syntax::script::Words;
use crate::world::{Credentials, Principal, PrincipalKind, World, WorldError};

pub(super) const IN: Row = Heading::Identity.row(
    "sign-in (root EMAIL:WORD | NAME at ACCOUNT) [mfa]",
    "signs in to the console: the root user by e-mail, an IAM user by account and name",
    "sign-in alice at acme",
    make,
);

pub(super) const OUT: Row = Heading::Identity
    .row("sign-out", "signs out", "sign-out", |_, _| Ok(command(|session, _, _| sign_out(session))))
    .before(&[ALICE]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let mfa = words.has("mfa");
    let who = if words.has("root") {
        root_by_email(context.world(), &word(words, "EMAIL"))?
    } else {
        user_at(context.world(), &word(words, "NAME"), &word(words, "ACCOUNT"))?
    };
    Ok(command(move |session, _, outside| Ok(sign_in(session, who, mfa, outside.now()))))
}

/// The root user with an e-mail address.
fn root_by_email(world: &World, email: &str) -> Result<Principal, WorldError> {
    let account = world.account_by_email(email).ok_or_else(|| {
        let known = world.accounts().map(|account| &*account.root.email);
        let what = format!("no root user has the e-mail address `{email}`");
        WorldError::new("unknown-email", email, what).suggest(known)
    })?;
    Ok(Principal::new(PrincipalKind::Root(account.id)))
}

/// An IAM user of an account, as the sign-in page asks for both.
fn user_at(world: &World, name: &str, account: &str) -> Result<Principal, WorldError> {
    let account = find_account(world, account)?;
    let elsewhere = || world.accounts().find(|other| other.user(name).is_some());
    find_user(account, name).map_err(|unknown| match elsewhere() {
        Some(other) => unknown.otherwise(format!("account {} has one", other.label())),
        None => unknown,
    })
}

fn sign_in(session: &mut Session, mut who: Principal, mfa: bool, now: i64) -> Outcome {
    who.credentials = Credentials::Console { mfa };
    let is_root = who.is_root();
    let outcome = enter(session, who, now);
    match is_root && !mfa {
        true => outcome.note(
            "the root user signed in without MFA; AWS requires MFA for root users, and advises it everywhere",
        ),
        false => outcome,
    }
}

fn sign_out(session: &mut Session) -> Result<Outcome, Failure> {
    match session.signed_in.take() {
        Some(who) => Ok(Outcome::said(format!("signed out {}", who.arn()))),
        None => Err(nobody("nobody is signed in")),
    }
}
