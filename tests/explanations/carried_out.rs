//! Every remedy of every script is carried out on a copy of the world and turns the answer.

use std::fs;
use std::path::{Path, PathBuf};

use iamwhy::commands::{session, table};
use iamwhy::explain::{Edit, Remedy};
use iamwhy::question::Question;
use iamwhy::session::{Held, Session, Worlds};
use iamwhy::world::{Principal, World};

use crate::outside::{Memory, scripted};

#[test]
fn every_remedy_of_every_script_turns_the_answer() {
    let mut denied = 0;
    let mut tried = 0;
    let mut wrong: Vec<String> = Vec::new();
    for path in scripts() {
        for held in questions(&path) {
            let (question, world) = (&*held.expectation.question, held.world.as_deref().expect("kept"));
            let asked = question.ask(world).expect("asked before");
            if asked.decision.is_allowed() {
                continue;
            }
            denied += 1;
            for remedy in asked.explain().remedies {
                tried += 1;
                let found = fault(&remedy, question, world, &held);
                wrong.extend(found.map(|fault| said(&path, &held, &remedy, &fault)));
            }
        }
    }
    assert!(denied > 800 && tried > 800, "{denied} denials, {tried} remedies");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_grants_nothing_else_grants_nothing_else_and_what_is_lifted_for_one_is_lifted_for_that_one() {
    let mut claims = 0;
    let mut wrong: Vec<String> = Vec::new();
    for path in scripts() {
        let all = questions(&path);
        for held in &all {
            let (question, world) = (&*held.expectation.question, held.world.as_deref().expect("kept"));
            let asked = question.ask(world).expect("asked before");
            if asked.decision.is_allowed() {
                continue;
            }
            let remedies = asked.explain().remedies;
            for edit in
                remedies.iter().filter(|remedy| remedy.edits.len() == 1).map(|remedy| &remedy.edits[0])
            {
                let Some(claim) = Claim::of(edit, question) else { continue };
                claims += 1;
                let mut after = Session::in_world(table(), world.clone(), held.selected);
                let mut again = question.clone();
                done(edit, &mut after, &mut again);
                let fault = claim.fault(world, after.world(), held, &all);
                wrong.extend(fault.map(|fault| format!("{}: {}\n    {fault}", path.display(), edit.words)));
            }
        }
    }
    assert!(claims > 300, "{claims}");
    assert!(wrong.is_empty(), "{} of {claims}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is said of a change.
struct Claim<'q> {
    question: &'q Question,
    /// Whether nothing but what was asked for is granted, to whomever.
    nothing_else: bool,
    /// Whether that is said of the actions alone.
    any_resource: bool,
    /// Whether it is for the one who asked alone.
    alone: bool,
}

impl<'q> Claim<'q> {
    fn of(edit: &Edit, question: &'q Question) -> Option<Self> {
        let so = edit.so.as_deref().filter(|_| !edit.commands.is_empty())?;
        let nothing_else = so.starts_with("grants nothing else") || so.starts_with("grants no other action");
        let lifted =
            so.starts_with("lifts the Deny on") && (so.contains(" for user ") || so.contains(" for role "));
        let of_actions = so.starts_with("grants no other action");
        let any_resource = of_actions || question.resource.is_none();
        let alone = lifted || (nothing_else && !of_actions && !so.contains(", to all"));
        (nothing_else || lifted).then_some(Self { question, nothing_else, any_resource, alone })
    }

    /// Asks before and after whatever the script asks, as everybody who is there.
    fn fault(&self, before: &World, after: &World, held: &Held, all: &[Held]) -> Option<String> {
        let asked = all.iter().map(|held| &*held.expectation.question);
        let askers: Vec<Principal> = asked.clone().map(|question| (*question.principal).clone()).collect();
        let calls = asked.map(|question| (&question.action, &question.resource));
        for (action, resource) in calls {
            for principal in askers.iter().take(MOST) {
                let same_resource = *resource == self.question.resource || self.any_resource;
                let same_call = *action == self.question.action && same_resource;
                let own = is_of(principal, &self.question.principal);
                if resource.is_none() || ((same_call || !self.nothing_else) && (own || !self.alone)) {
                    continue;
                }
                let mut question =
                    Question { action: action.clone(), resource: resource.clone(), ..self.question.clone() };
                question.principal = principal.clone().into();
                question.assumptions.now = held.now;
                let allowed = |world| question.ask(world).is_ok_and(|asked| asked.decision.is_allowed());
                if allowed(after) && !allowed(before) {
                    return Some(format!("allows {} {action} on {resource:?}", principal.arn()));
                }
            }
        }
        None
    }
}

/// How many askers of a script are tried.
const MOST: usize = 12;

/// Whether two are one, or sessions of one role.
fn is_of(one: &Principal, other: &Principal) -> bool {
    one.arn() == other.arn() || (one.role_arn().is_some() && one.role_arn() == other.role_arn())
}

fn scripts() -> Vec<PathBuf> {
    let mut open = vec![PathBuf::from("tests/cases"), PathBuf::from("examples")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => open.push(path),
                Some("iam") => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// What a script asks, each with the world of the moment.
fn questions(path: &Path) -> Vec<Held> {
    let text = fs::read_to_string(path).expect("a script");
    let mut session = session();
    session.keep_expectations(Worlds::Keep);
    let mut outside = Memory::default();
    scripted(&mut session, &mut outside, &text);
    outside.held
}

/// What is wrong with a remedy, if something is.
fn fault(remedy: &Remedy, question: &Question, world: &World, held: &Held) -> Option<String> {
    let mut session = Session::in_world(table(), world.clone(), held.selected);
    let mut question = question.clone();
    question.assumptions.now = held.now;
    for edit in &remedy.edits {
        if let Some(fault) = unauthorized(edit, session.world(), held.now) {
            return Some(fault);
        }
        if let Some(fault) = done(edit, &mut session, &mut question) {
            return Some(fault);
        }
    }
    match question.ask(session.world()) {
        Ok(again) if again.decision.is_allowed() => None,
        Ok(again) => Some(format!("then {:?}", again.decision)),
        Err(wrong) => Some(format!("then {wrong:?}")),
    }
}

/// What is wrong with whom an edit says that can do it: each must be allowed the call, and it says who.
fn unauthorized(edit: &Edit, world: &World, now: i64) -> Option<String> {
    let given = edit.layer.is_some() && edit.commands.is_empty() && edit.changes.is_empty();
    if edit.who.is_none() && !given {
        return Some("nothing says who can do it".to_owned());
    }
    let authority = edit.authority.as_ref()?;
    let may = |principal: &&Principal| {
        let call = Question::new((*principal).clone(), &*authority.action).on(&*authority.resource);
        let call = call.owned_by(authority.account).at(now);
        call.ask(world).is_ok_and(|asked| asked.decision.is_allowed())
    };
    let refused = authority.principals.iter().find(|principal| !may(principal));
    refused.map(|principal| format!("{} is not allowed {}", principal.arn(), authority.action))
}

/// Does an edit as `apply` does it.
fn done(edit: &Edit, session: &mut Session, question: &mut Question) -> Option<String> {
    session.carry_out(edit, question, &mut Memory::default()).err().map(|wrong| format!("refused: {wrong:?}"))
}

fn said(path: &Path, held: &Held, remedy: &Remedy, fault: &str) -> String {
    let edits: Vec<&str> = remedy.edits.iter().map(|edit| &*edit.words).collect();
    let at = held.place.line_column().line;
    format!("{}:{at} {}\n    {}\n    {fault}", path.display(), held.place.text(), edits.join("\n    "))
}
