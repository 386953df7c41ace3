//! `expect no-access s3:Delete* on arn:aws:s3:::reports/* except alice`, `expect public nothing`: what must hold of everybody.

use std::sync::Arc;

use super::expect::conclude;
use super::world_file::{is_world, policy_or_world, world_of};
use crate::explain::Explanation;
use crate::names::Arn;
use crate::question::Question;
use crate::reason::{
    Check, CheckKind, Everybody, ListedActions, PublicAccess, PublicVerdict, Scope, TwoWorlds,
};
use crate::session::{
    Context, Expectation, ExpectedVerdict, Failure, Heading, Made, Outcome, Outside, Posed, Row, Session,
    command,
};
use crate::source::Place;
use crate::syntax::script::Words;
use crate::world::{Principal, PrincipalKind, World, WorldError};

pub(super) const NO_ACCESS: Row = Heading::Expectation.row(
    "[todo] expect no-access ACTION... [on] RESOURCE... [except PRINCIPAL...]",
    "states that nobody but these is allowed any of these actions on any of these resources, each a pattern: no user, \
     role or root user of the world, and nobody who does not sign",
    "expect no-access s3:DeleteObject on arn:aws:s3:::acme-reports/* except root alice",
    no_access,
);

pub(super) const PUBLIC_NOTHING: Row = Heading::Expectation.row(
    "[todo] expect public nothing",
    "states that no stranger is allowed anything on any resource of the world that has a policy",
    "expect public nothing",
    |words, context| {
        let (is_todo, now) = (words.has("todo"), context.now());
        let find = |session: &Session, _: &mut dyn Outside, _| Ok(public(&session.world)?);
        let of_all = OfAll { is_todo, now, find: Box::new(find) };
        Ok(command(move |session, place, outside| of_all.hold(session, place, outside)).expecting())
    },
);

pub(super) const NO_NEW_ACCESS: Row = Heading::Expectation.row(
    "[todo] expect no-new-access over FILE",
    "states that nobody is allowed anything here that the world of a file does not allow: a script or a dump",
    "expect no-new-access over \"acme.iam\"",
    no_new_access,
);

/// What breaks an expectation about everybody: what was found, and a request that shows it.
pub(super) struct Breach {
    pub(super) wrong: String,
    pub(super) witness: Question,
}

/// Looks for a breach in the world of a session, at a time.
pub(super) type Find = dyn Fn(&Session, &mut dyn Outside, i64) -> Result<Option<Breach>, Failure>;

/// An expectation about everybody.
pub(super) struct OfAll {
    pub(super) is_todo: bool,
    pub(super) now: i64,
    pub(super) find: Box<Find>,
}

impl OfAll {
    pub(super) fn hold(
        &self,
        session: &mut Session,
        place: &Place,
        outside: &mut dyn Outside,
    ) -> Result<Outcome, Failure> {
        let breach = (self.find)(session, outside, self.now)?;
        let (wrong, question) = match breach {
            Some(Breach { wrong, witness }) => (Some(wrong), witness),
            None => (None, Question::new(Principal::new(PrincipalKind::Anonymous), "s3:ListAllMyBuckets")),
        };
        let explanation: Arc<Explanation> = match &wrong {
            Some(_) => session.decide(&question.clone().into())?,
            None => Arc::new(question.ask(&session.world)?.explain_briefly()),
        };
        let expectation = Expectation {
            question: Posed { is_pattern: true, ..question.into() },
            expected: ExpectedVerdict::of("denied"),
            reason: None,
            todo: self.is_todo,
        };
        Ok(conclude(session, &expectation, (wrong, explanation), place, outside))
    }
}

fn no_access(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let texts = |label: &'static str| words.all(label).map(|word| (&*word.text).into()).collect();
    let scope = Scope { actions: texts("ACTION"), resources: texts("RESOURCE") };
    let except = words.all("PRINCIPAL").map(|word| context.principal(&word.text));
    let except: Vec<Principal> = except.collect::<Result<_, _>>()?;
    let find = move |session: &Session, _: &mut dyn Outside, now: i64| {
        Ok(accessed(&Everybody { world: &session.world, now }, &scope, &except)?)
    };
    let of_all = OfAll { is_todo: words.has("todo"), now: context.now(), find: Box::new(find) };
    Ok(command(move |session, place, outside| of_all.hold(session, place, outside)).expecting())
}

fn no_new_access(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let word = words.get("FILE").ok_or_else(|| WorldError::new("missing-word", "", "expected a file"))?;
    let file = policy_or_world(word, context)?;
    if !is_world(&file) {
        let what = format!("`{}` holds no world", word.text);
        let wrong = WorldError::new("no-world", &*word.text, what);
        return Err(wrong
            .help("a world is a script, or what get-account-authorization-details prints")
            .into());
    }
    let find = move |session: &Session, outside: &mut dyn Outside, now: i64| {
        let before = world_of(&file, session, outside)?;
        Ok(newly_allowed([&before, &session.world], file.name(), now))
    };
    let of_all = OfAll { is_todo: words.has("todo"), now: context.now(), find: Box::new(find) };
    Ok(command(move |session, place, outside| of_all.hold(session, place, outside)).expecting())
}

/// What the second world allows and the first does not.
fn newly_allowed(worlds: [&World; 2], over: &str, now: i64) -> Option<Breach> {
    let listed = ListedActions::of(worlds[1].catalog());
    let check = Check::new(CheckKind::NoNewAccess, TwoWorlds { worlds, listed: &listed, now }.difference());
    let over = format!("expected no new access over {over}");
    if let Some(change) = check.breaches.changes.first() {
        let request = change.request();
        let on = request.resource.as_ref().map(|arn| format!(" on {arn}")).unwrap_or_default();
        let who = request.principal.arn();
        let wrong = format!("{over}, but {who} is newly allowed {}{on}", request.action);
        return Some(Breach { wrong, witness: request.clone() });
    }
    let caveat = check.breaches.caveats.first()?;
    let witness = Question::new(Principal::new(PrincipalKind::Anonymous), "s3:ListAllMyBuckets");
    Some(Breach { wrong: format!("{over}, and not everything was looked at: {}", caveat.why), witness })
}

/// A request of somebody else that is allowed, or that nobody could ask at all.
fn accessed(
    everybody: &Everybody<'_>,
    scope: &Scope,
    except: &[Principal],
) -> Result<Option<Breach>, WorldError> {
    let check = everybody.nothing_granted(scope, except)?;
    if let Some(change) = check.breaches.changes.first() {
        let witness = change.request();
        let on = witness.resource.as_ref().map(|arn| format!(" on {arn}")).unwrap_or_default();
        let who = witness.principal.arn();
        let owner = match everybody.is_ownerless(witness) {
            true => ", if that belongs to its account: nobody says whose it is",
            false => "",
        };
        let wrong = format!("expected no access, but {who} is allowed {}{on}{owner}", witness.action);
        return Ok(Some(Breach { wrong, witness: witness.clone() }));
    }
    if let Some(nothing) = everybody.asked_for_nothing(scope)?.first() {
        return Err(WorldError::new("no-such-request", "", nothing.why.clone())
            .help("see `info` of the action for what it acts on"));
    }
    Ok(check.breaches.caveats.first().map(|caveat| {
        let witness = Question::new(Principal::new(PrincipalKind::Anonymous), "s3:ListAllMyBuckets");
        Breach { wrong: format!("expected no access, and it is not known: {}", caveat.why), witness }
    }))
}

/// What a stranger is allowed on some resource that has a policy.
fn public(world: &World) -> Result<Option<Breach>, WorldError> {
    let declared = world.resources().filter(|one| one.policy.is_some()).map(|one| one.arn.to_string());
    let roles = world.accounts().flat_map(|account| {
        account.identities().filter(|one| one.kind == "role").map(|role| role.arn(account.id))
    });
    for resource in declared.chain(roles) {
        let Some(arn) = Arn::parse(&resource) else { continue };
        let access = match PublicAccess::of(world, &arn, None) {
            Err(error) if error.code == "no-such-request" => continue,
            found => found?,
        };
        if let Some((stranger, part)) = access.parts.first() {
            let on = part.witness.resource.as_deref().unwrap_or(&resource);
            let who = stranger.word();
            let wrong =
                format!("expected nothing public, but {who} may call {} on {on}", part.witness.action);
            return Ok(Some(Breach { wrong, witness: part.witness.clone() }));
        }
        if access.verdict() == PublicVerdict::Unknown {
            let why = access.caveats.first().map(|caveat| caveat.why.clone()).unwrap_or_default();
            let witness =
                Question::new(Principal::new(PrincipalKind::Anonymous), "s3:GetObject").on(&*resource);
            let wrong = format!("expected nothing public, and of {resource} it is not known: {why}");
            return Ok(Some(Breach { wrong, witness }));
        }
    }
    Ok(None)
}
