//! `check …`: what must hold of all requests.

use std::sync::Arc;

use super::example_user::example_user;
use super::governed::governed;
use super::two_files::{asking_as, asking_for, document_in_part};
use super::version_files::VersionFiles;
use super::world_file::{is_world, policy_or_world, session_of, world_of};
use crate::names::{Arn, has_wildcard};
use crate::policy::{PolicyType, policy_of};
use crate::reason::{Check, CheckKind, DeadParts, Everybody, ListedActions, Scope};
use crate::session::{Context, Failure, Heading, Made, Outcome, Part, Row, Session, Status, command};
use crate::source::Source;
use crate::syntax::json::quote;
use crate::syntax::script::{Word, Words};
use crate::world::{Document, NamedDocument, WorldError};

pub(super) const EQUIVALENT: Row = Heading::Question.row(
    "check equivalent FILE FILE [type TYPE:WORD] [on ARN]",
    "holds where two versions of a policy or of a world allow the same requests",
    "check equivalent reports-v1.json reports-v2.json",
    |words, context| of_versions(CheckKind::Equivalent, words, context),
);

pub(super) const NO_NEW_ACCESS: Row = Heading::Question.row(
    "check no-new-access FILE FILE [type TYPE:WORD] [on ARN]",
    "holds where the second of two versions of a policy or of a world allows no request that the first does not",
    "check no-new-access reports-v1.json reports-v2.json",
    |words, context| of_versions(CheckKind::NoNewAccess, words, context),
);

pub(super) const ACCESS_NOT_GRANTED: Row = Heading::Question.row(
    "check access-not-granted FILE ACTION... [on] RESOURCE... [except PRINCIPAL...]",
    "holds where a policy, or a world to anybody but these, allows no request for these actions on these resources, each a pattern",
    "check access-not-granted reports-v2.json s3:Delete* s3:Put* on arn:aws:s3:::reports/hr/*",
    access_not_granted,
);

pub(super) const DEAD: Row = Heading::Question.row(
    "check dead FILE",
    "the statements, actions, resources and conditions of an identity-based policy that change nothing; of a world the \
     statements of its policies",
    "check dead reports-v1.json",
    dead,
);

fn of_versions(kind: CheckKind, words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let versions = VersionFiles::of(words, context)?;
    Ok(command(move |session, _, outside| {
        let difference = versions.difference(session, outside)?;
        Ok(told(session, Check::new(kind, difference)))
    }))
}

fn access_not_granted(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let word = file(words)?;
    let source = policy_or_world(word, context)?;
    let texts =
        |label: &'static str| words.all(label).map(|word| (&*word.text).into()).collect::<Vec<Box<str>>>();
    let scope = Scope { actions: texts("ACTION"), resources: texts("RESOURCE") };
    scope.resources.iter().try_for_each(|pattern| check_pattern(pattern))?;
    let except = texts("PRINCIPAL");
    if is_world(&source) {
        return Ok(command(move |session, _, outside| {
            let made = session_of(&source, session, outside)?;
            let except = except.iter().map(|word| made.principal(word)).collect::<Result<Vec<_>, _>>()?;
            let everybody = Everybody { world: made.world(), now: outside.now() };
            Ok(told(session, everybody.nothing_granted(&scope, &except)?))
        }));
    }
    if let Some(word) = except.first() {
        let what = "`except` leaves somebody of a world out, and a policy is nobody's";
        return Err(WorldError::new("no-world", &**word, what).into());
    }
    let kind = context.policy_type_of(&source, word)?;
    let (policy, unknown) = document_in_part(word, &source, kind, context)?;
    let with_unknown = move |mut check: Check| {
        check.breaches.caveats.extend(unknown);
        check
    };
    if kind != PolicyType::IdentityBased {
        let resource = governed_in(&policy, &scope)?;
        return Ok(command(move |session, _, _| {
            let catalog = session.world.catalog();
            let check = asking_for(&resource, catalog, |governed| governed.nothing_granted(policy, &scope))?;
            Ok(told(session, with_unknown(check)))
        }));
    }
    let anybody = example_user(scope.resources.iter().map(AsRef::as_ref).find(|arn| names_account(arn)));
    let anybody = Arc::new(context.principal(&anybody)?);
    Ok(command(move |session, _, _| {
        let check =
            asking_as(anybody, session.world.catalog(), |anybody| anybody.nothing_granted(policy, &scope));
        Ok(told(session, with_unknown(check)))
    }))
}

/// The resource that has a policy: the one of which it speaks, or that is asked about.
fn governed_in(policy: &NamedDocument, scope: &Scope) -> Result<String, WorldError> {
    let by_policy = policy.document.compiled().map(|compiled| governed(compiled.policy()));
    let asked = scope.resources.iter().find(|arn| !has_wildcard(arn) && Arn::parse(arn).is_some());
    match (by_policy, asked) {
        (Some(Ok(resource)), _) => Ok(resource),
        (_, Some(asked)) => Ok(asked.to_string()),
        (Some(Err(wrong)), None) => Err(wrong),
        (None, None) => Err(WorldError::new("bad-policy", "", "the policy cannot be read")),
    }
}

fn names_account(arn: &str) -> bool {
    Arn::parse(arn).is_some_and(|arn| arn.account_id().is_some())
}

/// A resource is a pattern as policies write it.
fn check_pattern(pattern: &str) -> Result<(), WorldError> {
    let policy =
        policy_of(&format!(r#"{{"Effect": "Deny", "Action": "*", "Resource": {}}}"#, quote(pattern)));
    let (document, _) = Document::read(&Source::new("pattern", policy), PolicyType::IdentityBased);
    let Document::Refused(wrong) = document else { return Ok(()) };
    let why = wrong.first().map(|wrong| wrong.message.clone()).unwrap_or_default();
    Err(WorldError::new("bad-resource", pattern, why))
}

fn dead(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let word = file(words)?;
    let source = policy_or_world(word, context)?;
    if is_world(&source) {
        return Ok(command(move |session, _, outside| {
            let world = world_of(&source, session, outside)?;
            let everybody = Everybody { world: &world, now: outside.now() };
            Ok(told_dead(session, everybody.dead(&ListedActions::of(world.catalog()))))
        }));
    }
    let (policy, unknown) = document_in_part(word, &source, PolicyType::IdentityBased, context)?;
    let anybody = Arc::new(context.principal(&example_user(None))?);
    Ok(command(move |session, _, _| {
        match asking_as(anybody, session.world.catalog(), |anybody| anybody.dead(&policy)) {
            Some(mut dead) => {
                dead.caveats.extend(unknown);
                Ok(told_dead(session, dead))
            }
            None => Err(WorldError::new("bad-policy", "", "the policy cannot be read").into()),
        }
    }))
}

fn told_dead(session: &Session, dead: DeadParts) -> Outcome {
    let status = Status::Checked(dead.verdict());
    let date = session.world.catalog().date().to_owned();
    Outcome { status, ..Outcome::of(Part::Dead(Box::new(dead), date)) }
}

fn file<'w, 't>(words: &'w Words<'t>) -> Result<&'w Word<'t>, Failure> {
    words.get("FILE").ok_or_else(|| WorldError::new("missing-word", "", "expected a file").into())
}

fn told(session: &Session, check: Check) -> Outcome {
    let status = Status::Checked(check.verdict());
    let date = session.world.catalog().date().to_owned();
    Outcome { status, ..Outcome::of(Part::Check(Box::new(check), date)) }
}
