//! Every remedy of every script is carried out on a copy of the world and turns the answer.

use std::fs;
use std::path::{Path, PathBuf};

use iamwhy::commands::{session, table};
use iamwhy::explain::{Edit, Permitted, Remedy};
use iamwhy::names::{glob, glob_fold};
use iamwhy::question::Question;
use iamwhy::session::{Held, Session, Worlds};
use iamwhy::world::{Principal, PrincipalKind, World};

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
fn whatever_a_change_opens_or_takes_away_is_said_with_it() {
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
            let single = remedies.iter().filter(|remedy| remedy.edits.len() == 1);
            for edit in single.map(|remedy| &remedy.edits[0]).filter(|edit| !edit.commands.is_empty()) {
                claims += 1;
                let mut after = Session::in_world(table(), world.clone(), held.selected);
                let mut again = question.clone();
                done(edit, &mut after, &mut again);
                let claim = Claim { question, edit, before: world, after: after.world() };
                let fault = claim.fault(held, &all);
                wrong.extend(fault.map(|fault| {
                    let said = (edit.so.as_deref(), edit.loses.as_deref());
                    format!("{}: {}\n    {said:?}\n    {fault}", path.display(), edit.words)
                }));
            }
        }
    }
    assert!(claims > 600, "{claims}");
    assert!(wrong.is_empty(), "{} of {claims}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is said of a change, held to the worlds before and after it.
struct Claim<'c> {
    question: &'c Question,
    edit: &'c Edit,
    before: &'c World,
    after: &'c World,
}

impl Claim<'_> {
    /// Asks before and after whatever the script asks, as everybody who is there.
    fn fault(&self, held: &Held, all: &[Held]) -> Option<String> {
        let asked = all.iter().map(|held| &*held.expectation.question);
        let askers: Vec<Principal> = asked.clone().map(|question| (*question.principal).clone()).collect();
        let calls = asked.map(|question| (&question.action, &question.resource));
        for (action, resource) in calls.filter(|(_, resource)| resource.is_some()) {
            for principal in askers.iter().take(MOST) {
                let mut question =
                    Question { action: action.clone(), resource: resource.clone(), ..self.question.clone() };
                question.principal = principal.clone().into();
                question.assumptions.now = held.now;
                let allowed = |world| question.ask(world).is_ok_and(|asked| asked.decision.is_allowed());
                let fault = match (allowed(self.before), allowed(self.after)) {
                    (false, true) if !self.opens(&question) => "opens",
                    (true, false) if !self.loses(&question) => "takes away",
                    _ => continue,
                };
                return Some(format!("{fault} {action} on {resource:?} for {}", principal.arn()));
            }
        }
        None
    }

    /// Whether the words tell that a call is opened. A switch of the world says of itself what it does.
    fn opens(&self, call: &Question) -> bool {
        let Some(so) = &self.edit.so else { return self.edit.layer.is_none() };
        let own = is_of(&call.principal, &self.question.principal);
        let same_action = call.action.eq_ignore_ascii_case(&self.question.action);
        let same =
            same_action && (call.resource == self.question.resource || self.question.resource.is_none());
        if so.starts_with("grants nothing else") || (own && same) {
            return same && (own || so.contains("to all "));
        }
        self.tells(so, call) && (self.names(so, &call.principal) || own)
    }

    fn loses(&self, call: &Question) -> bool {
        let told = self.edit.loses.as_ref();
        told.is_some_and(|loses| self.tells(loses, call) && self.names(loses, &call.principal))
    }

    /// Whether words name the action and the resource of a call, or patterns that cover them.
    fn tells(&self, words: &str, call: &Question) -> bool {
        let tokens = || words.split([' ', ',', ';', '(', ')']).filter(|word| word.contains(':'));
        let (arns, actions): (Vec<&str>, Vec<&str>) = tokens().partition(|word| word.starts_with("arn:"));
        let resource = call.resource.as_deref().unwrap_or("*");
        let action = actions.iter().any(|one| glob_fold(one, &call.action));
        let but = ["every action", "the tag counts", " more", "everyone in whom", "all that"];
        let here = arns.is_empty() || arns.iter().any(|arn| glob(&open(arn), resource));
        let wide =
            ["every resource", " more", "this key", "what lies in it"].iter().any(|one| words.contains(one));
        (action || but.iter().any(|one| words.contains(one))) && (here || wide)
    }

    /// Whether words name somebody, or a group to which it belongs.
    fn names(&self, words: &str, who: &Principal) -> bool {
        let name = match &who.kind {
            PrincipalKind::User { name, .. } => format!("user {name}"),
            PrincipalKind::RoleSession { role, .. } => format!("role {role}"),
            PrincipalKind::Anonymous => "everybody".to_owned(),
            PrincipalKind::IdentityProvider(arn) => {
                arn.split_once("-provider/").map_or("", |(_, provider)| provider).to_owned()
            }
            _ => who.arn(),
        };
        let of_group = words.contains("everybody in group") || words.contains("to all ");
        let everybody = words.contains("everybody") && !of_group;
        let account = who.account().is_some_and(|id| words.contains(&format!("account {id}")));
        let all = [
            "every account", "every call", "whoever", "everyone", " more", "the tag counts",
            "the policies of",
        ];
        words.contains(&name)
            || words.contains(&who.arn())
            || who.role_arn().is_some_and(|role| words.contains(&role))
            || everybody
            || of_group
            || account
            || all.iter().any(|one| words.contains(one))
    }
}

/// A pattern whose variables may stand for anything.
fn open(pattern: &str) -> String {
    let mut parts = pattern.split("${");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}*{}", part.split_once('}').map_or("", |(_, rest)| rest)))
}

/// How many askers of a script are tried.
const MOST: usize = 12;

/// Whether two are one, or sessions of one role.
fn is_of(one: &Principal, other: &Principal) -> bool {
    one.arn() == other.arn() || (one.role_arn().is_some() && one.role_arn() == other.role_arn())
}

pub(crate) fn scripts() -> Vec<PathBuf> {
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

/// What a script asks, each with the world of the moment; what it expects of everybody is no question of one.
pub(crate) fn questions(path: &Path) -> Vec<Held> {
    let text = fs::read_to_string(path).expect("a script");
    let mut session = session();
    session.keep_expectations(Worlds::Keep);
    let mut outside = Memory::default();
    scripted(&mut session, &mut outside, &text);
    outside.held.retain(|held| held.world.is_some());
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
    let may = |permitted: &&Permitted| {
        let call = Question::new(permitted.principal.clone(), &*authority.action).on(&*authority.resource);
        let says_owner =
            iamwhy::names::Arn::parse(&authority.resource).is_some_and(|arn| arn.account_id().is_some());
        let call = if says_owner { call } else { call.owned_by(authority.account) }.at(now);
        let call = authority.keys.iter().cloned().fold(call, |call, (key, value)| call.with(key, value));
        let placed = authority
            .region
            .iter()
            .fold(call, |call, region| call.with("aws:RequestedRegion", region.clone()));
        let call = permitted.with.iter().cloned().fold(placed, |call, (key, value)| call.with(key, value));
        call.ask(world).is_ok_and(|asked| asked.decision.is_allowed())
    };
    let refused = authority.permitted.iter().find(|permitted| !may(permitted));
    refused.map(|one| format!("{} is not allowed {}", one.principal.arn(), authority.action))
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
