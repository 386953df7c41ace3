//! Which of several remedies is to be taken, on what that hangs, and who is to be asked, and what to write, where what
//! denies may be right to.

use super::edit::{BESIDE_LIKES, Edit, NOTHING_ELSE, Remedy, TAKES, Takes};
use super::slip::Favour;
use crate::explain::{Cause, CauseKind};
use crate::question::Asked;

/// How many remedies are told without being asked for more.
pub const TOLD: usize = 2;

/// What is said before the first few remedies, which are told: which of them to take. In brief it does not say what whom
/// the first names as the one who does it may do, nor who may do it today.
pub fn choice(remedies: &[Remedy], told: usize, in_brief: bool) -> Option<String> {
    let (all, told) = (remedies.len(), &remedies[..remedies.len().min(told)]);
    let first = told.first()?;
    if first.meets_deny() {
        return Some(RIGHTLY.to_owned());
    }
    let owner = first.asks();
    let doubt = first.doubt(told, in_brief);
    let is_asked = doubt.as_ref().is_some_and(|doubt| doubt.contains("ask "));
    let merit = first.merit.unwrap_or(CHANGES_LEAST);
    let facts = first.by_evidence(told).or_else(|| both_sides(told));
    let facts = facts.or_else(|| facts_of(told, is_asked, in_brief));
    let is_certain = facts.is_none();
    let what = match (facts, told.len(), all) {
        (Some(facts), ..) => facts,
        (None, 1, 1) if doubt.is_some() => String::new(),
        (None, 1, 1) if first.is_work_of_others() => String::new(),
        (None, 1, 1) => "this is enough".to_owned(),
        (None, ..) if first.is_work_of_others() => "1 leaves what denies as it is".to_owned(),
        (None, 1, _) => "the first of several; `why` shows them all".to_owned(),
        (None, ..) if owner.is_some() => format!("then 1: {merit}{}", second_for(told)),
        (None, ..) if doubt.is_some() => format!("1 is recommended: {merit}{}", second_for(told)),
        (None, ..) => format!("any one of these is enough; 1 is recommended: {merit}{}", second_for(told)),
    };
    let is_of_all = told.iter().all(|one| one.doubt(&[], in_brief).is_some()) || is_certain;
    let said = doubt.filter(|_| is_of_all).into_iter().chain([what]);
    Some(said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; "))
}

/// What is said of a Deny where the call can be made as it asks.
const RIGHTLY: &str = "rightly denied: the statement is there for that; 1 does what it asks";

const CHANGES_LEAST: &str = "it changes least";

/// What is for people to say, and which remedy is the right one then: `if the instance is mis-tagged: 1; if not: 2, or
/// nothing`.
fn facts_of(told: &[Remedy], is_asked: bool, in_brief: bool) -> Option<String> {
    let fact = |remedy: &Remedy| remedy.edits.iter().find_map(|edit| edit.provided.clone());
    let mut parts = vec![format!("if {}: 1", fact(told.first()?)?)];
    for (number, remedy) in told.iter().enumerate().skip(1) {
        parts.push(match fact(remedy) {
            Some(fact) => format!("if {fact}: {}", number + 1),
            None => format!("if not: {}, or nothing", number + 1),
        });
    }
    if told.len() == 1 {
        parts.push("if not: nothing".to_owned());
    }
    let mut edits = told.iter().flat_map(|remedy| &remedy.edits);
    let decider = edits.find_map(|edit| Some(edit).zip(edit.keeper.as_ref()));
    let decider = decider.filter(|(edit, _)| !in_brief || !edit.is_asked_as_doer()).map(|(_, keeper)| keeper);
    let owner = told.first().and_then(Remedy::asks);
    let is_asked = is_asked || owner.is_some();
    parts.extend(decider.filter(|_| !is_asked).map(|decider| format!("ask {decider} which is so")));
    Some(parts.join("; "))
}

/// The sides of a slip, where nothing here tells which is right: `if the policy is right: 1, if the request: 2; ask …`.
fn both_sides(told: &[Remedy]) -> Option<String> {
    let sides: Vec<&Edit> =
        told.iter().flat_map(|remedy| &remedy.edits).filter(|edit| edit.takes_a_side()).collect();
    let [first, second] = sides[..] else { return None };
    let keeper = sides.iter().find_map(|edit| edit.keeper.as_deref());
    let ask = keeper.map(|keeper| format!("; ask {keeper} which")).unwrap_or_default();
    let second = second.provided.as_deref()?.trim_end_matches(" is right");
    let is_open = first.favour == Favour::Open;
    is_open.then(|| Some(format!("if {}: 1, if {second}: 2{ask}", first.provided.as_deref()?)))?
}

/// For whom the second is the right one, where it is for more people than the first, or for fewer.
fn second_for(told: &[Remedy]) -> String {
    let [first, second, ..] = told else { return String::new() };
    match (first.group(), second.group()) {
        (None, Some(group)) => format!("; 2 if all of {group} are to have it"),
        _ if second.is_in_place_of(first) => "; 2 if what the old value lets in is to stay out".to_owned(),
        (Some(_), None) if second.edits.iter().all(|edit| edit.layer.is_some()) => {
            "; 2 if nobody else is to have it".to_owned()
        }
        _ => first.apart(second).map(|apart| format!("; {apart}")).unwrap_or_default(),
    }
}

/// Recommends the first of several remedies, which takes least, with the reason.
pub(super) fn recommend(found: &mut [Remedy]) {
    if let [first, _, ..] = found {
        first.merit = Some(first.found_merit());
    }
}

impl Remedy {
    /// That it mends the side of a slip for which the data does not speak: `1 is recommended: instance/i-1 has …`.
    fn by_evidence(&self, told: &[Self]) -> Option<String> {
        let supported = |edit: &&Edit| edit.favour == Favour::Supported;
        let evidence = self.edits.iter().find(supported)?.evidence.as_deref()?;
        let other = told.get(1).and_then(|other| other.edits.iter().find_map(|edit| edit.provided.as_ref()));
        let other = other.map(|fact| format!("; if {fact} all the same: 2")).unwrap_or_default();
        Some(format!("1 is recommended: {evidence}{other}"))
    }

    /// Whether it puts in the place of a value what another remedy puts beside it.
    pub(super) fn is_in_place_of(&self, other: &Self) -> bool {
        let [own] = &self.edits[..] else { return false };
        let [other] = &other.edits[..] else { return false };
        let is_same = own.policy.is_some() && own.policy == other.policy && own.layer == other.layer;
        is_same && own.loses.is_some() && other.words.contains(", also let ")
    }

    /// Whether it is for others to do, whom the one who asks cannot become.
    fn is_work_of_others(&self) -> bool {
        self.edits.iter().any(|edit| edit.is_work_of_others)
    }

    /// The group whose members all get something.
    fn group(&self) -> Option<String> {
        let so = self.edits.iter().find_map(|edit| edit.so.as_deref()?.split_once("everybody in "))?;
        let (_, group) = so;
        Some(group.split([' ', ',', ';']).take(2).collect::<Vec<_>>().join(" "))
    }

    /// Who is to be asked before it is carried out: the owner of what stands in the way, with a name where one is known.
    fn asks(&self) -> Option<String> {
        self.edits.iter().find_map(Edit::asks)
    }

    /// That what denies may be right to, with the reason, who is to be asked about it and what.
    fn doubt(&self, told: &[Self], in_brief: bool) -> Option<String> {
        if self.favour() == Favour::Supported {
            return None;
        }
        let since = self.edits.iter().find_map(|edit| edit.since_in_words(in_brief));
        let today = self.edits.iter().find_map(|edit| edit.today.as_ref()).filter(|_| !in_brief);
        let today = today.map(|today| format!(" ({today})")).unwrap_or_default();
        let since = since.map(|since| format!(", since {since}{today}"));
        let question = self.edits.iter().find_map(|edit| edit.question.as_ref());
        let asked = self.asks().or_else(|| question.and_then(|_| told.iter().find_map(Self::asks)));
        // Where nobody is known there is a letter, which asks the same.
        let question = question.filter(|_| self.edits.iter().all(Edit::has_somebody));
        let question = question.map(|question| format!(": \"{question}\"")).unwrap_or_default();
        let of_data = || self.keeper_of_data().filter(|_| !question.is_empty());
        let named_below = in_brief && self.edits.iter().any(Edit::is_asked_as_doer);
        let by_name = self.edits.iter().find_map(|edit| edit.keeper.as_deref()).filter(|_| named_below);
        let is_for_asker = self.edits.iter().all(|edit| edit.is_for_asker);
        let ask_first = |whom: &str| match is_for_asker && !question.is_empty() {
            true => format!("you may decide it{question}"),
            false => format!("ask {} first{question}", by_name.unwrap_or(whom)),
        };
        let (ask, is_of_data) = match asked {
            Some(owner) => (Some(ask_first(&owner)), false),
            None => (of_data().map(ask_first), since.is_none()),
        };
        let is_forgotten = self.edits.iter().any(|edit| edit.is_forgotten);
        let lead = if is_forgotten { "probably forgotten" } else { "perhaps rightly denied" };
        match (since, ask) {
            (None, None) => None,
            (Some(since), None) => Some(format!("{lead}{since}")),
            (None, Some(ask)) if is_of_data => Some(ask),
            (since, Some(ask)) => Some(format!("{lead}{}: {ask}", since.unwrap_or_default())),
        }
    }

    /// Who answers for what is opened to one more, where no limit is moved for it.
    fn keeper_of_data(&self) -> Option<&str> {
        self.edits.iter().find(|edit| edit.question.is_some()).and_then(|edit| edit.keeper.as_deref())
    }

    fn found_merit(&self) -> &'static str {
        let all = |is: fn(&Edit) -> bool| self.edits.iter().all(is);
        let grants_this = |edit: &Edit| edit.so.as_deref().is_some_and(|so| so.starts_with(NOTHING_ELSE));
        match () {
            () if self.takes() == Takes::Identity && all(Edit::is_call) => "it changes no policy",
            () if self.takes() == Takes::Entry => "that list is meant for such exceptions",
            () if self.takes() != Takes::Nothing => CHANGES_LEAST,
            () if all(Edit::is_same_deed) => "it changes nobody's rights",
            () if all(|edit| edit.layer.is_none()) => "it changes no policy",
            () if all(grants_this) => "it grants nothing else",
            () if all(|edit| edit.so.as_deref().is_some_and(|so| so.ends_with(TAKES))) => {
                "it grants what the task takes, and nothing else"
            }
            () if self.edits.iter().any(|edit| edit.words.ends_with(BESIDE_LIKES)) => {
                "others of its kind stand in that list"
            }
            () if self.edits.len() == 1 && self.edits[0].statement.is_some() => {
                "it mends the nearest statement"
            }
            () => CHANGES_LEAST,
        }
    }
}

impl Asked<'_> {
    /// What to write to the one who decides, where nobody but a root user is known who could carry out the first remedy.
    pub(crate) fn letter(&self, causes: &[Cause], remedies: &[Remedy]) -> Option<String> {
        let first = remedies.first()?;
        if first.edits.iter().all(Edit::has_somebody) {
            return None;
        }
        let is_policy = |cause: &&Cause| matches!(cause.kind, CauseKind::Denies | CauseKind::Lacks);
        let statement = causes.iter().find(is_policy)?.statement.as_ref()?;
        Some(format!("\"{} {statement} stands in the way.\"", self.may_they(true)))
    }
}
