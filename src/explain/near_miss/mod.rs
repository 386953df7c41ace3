//! The statements that came nearest: a second question, asked with the statement matching of the evaluator.

use std::cmp::Reverse;

mod blame;
mod guess;
mod hint;

pub(super) use blame::FIELDS;
pub use hint::{ActionHint, ConditionHint, Hint, PrincipalHint, ResourceHint};

use crate::compile::Element;
use crate::eval::{look_at, mismatches};
use crate::names::glob_fold;
use crate::policy::{Effect, Layer, Token};
use crate::question::Asked;
use crate::question::search::is_stopped;
use crate::source::{LONGEST_WORD, Label, Place};
use crate::trace::{Decision, Mismatch, StatementAt, StatementView};
use blame::{narrow, reason, token};
use guess::{hint, nearest_resource};

/// How many are kept.
const KEPT: usize = 5;

/// How many statements of a layer are looked at closely.
const LOOKED_AT: usize = 1_000;

/// How many elements of a statement get words of their own.
const OTHERS: usize = 16;

/// A statement that would apply but for one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// Which statement.
    pub at: StatementAt,
    /// Its effect.
    pub effect: Effect,
    /// The first element that does not fit.
    pub mismatch: Mismatch,
    /// The token that is to blame.
    pub token: Token,
    /// Its place, down to the field of an ARN.
    pub place: Place,
    /// Why it does not fit, in words.
    pub reason: String,
    /// What is probably meant, or what would help.
    pub hint: Option<Hint>,
    /// All elements that do not fit, the condition key by key; where it is one, everything else matches.
    pub differs: Vec<String>,
    /// How much of it is about this very request: a principal by name, tests that hold.
    pub particulars: usize,
    /// In how many letters the token and what the request has differ, where they are compared letter by letter.
    pub letters: usize,
    /// What is to be said of the others.
    pub others: Vec<Label>,
}

impl NearMiss {
    /// Whether all that does not fit is whose the resource is.
    fn asks_whose_it_is(&self) -> bool {
        let keys = ["Condition on aws:ResourceOrg", "Condition on aws:ResourceAccount"];
        let is_of_owner = |name: &String| keys.iter().any(|key| name.starts_with(key));
        self.effect == Effect::Allow && !self.differs.is_empty() && self.differs.iter().all(is_of_owner)
    }

    /// Whether it misses by a resource alone that is nowhere: a name that looks misspelt, the alias of a key.
    pub(super) fn names_what_is_not_there(&self) -> bool {
        let Some(Hint::Resource(hint)) = &self.hint else { return false };
        let is_nowhere = matches!(hint, ResourceHint::Misspelt { .. } | ResourceHint::AliasForKey { .. });
        is_nowhere && self.differs.len() == 1
    }

    /// Whether its condition is among what does not fit.
    pub(super) fn has_condition(&self) -> bool {
        self.differs.iter().any(|name| name.starts_with("Condition"))
    }
}

/// The Allows that are missing, where the answer is an implicit deny; the nearest first. Layers that did not allow
/// and need not have, such as a resource-based policy within one account, could have granted, too.
pub(super) fn near_misses(asked: &Asked<'_>) -> Vec<NearMiss> {
    if asked.decision != Decision::ImplicitDeny || asked.trace.gate.is_some() {
        return Vec::new();
    }
    let grants = |layer: &Layer| matches!(layer, Layer::ResourceBased | Layer::IdentityBased);
    let layers =
        Layer::ALL.into_iter().filter(|layer| asked.trace.blocked_by.contains(layer) || grants(layer));
    nearest(asked, layers, Effect::Allow)
}

/// The Denies that nearly applied, where the answer is an allow that somebody may have hoped to be none.
pub(super) fn hoped_for(asked: &Asked<'_>) -> Vec<NearMiss> {
    if !asked.decision.is_allowed() || asked.trace.gate.is_some() {
        return Vec::new();
    }
    let other = |miss: &NearMiss| {
        let about_else = matches!(
            miss.mismatch,
            Mismatch::Action | Mismatch::NotAction(_) | Mismatch::Resource { .. } | Mismatch::NotResource(_)
        );
        about_else && miss.hint.is_none()
    };
    let mut found = nearest(asked, Layer::ALL.into_iter(), Effect::Deny);
    found.retain(|miss| !other(miss));
    found
}

/// The statements of an effect in some layers that came nearest, the nearest first.
pub(super) fn nearest(
    asked: &Asked<'_>,
    layers: impl Iterator<Item = Layer>,
    effect: Effect,
) -> Vec<NearMiss> {
    let found =
        layers.flat_map(|layer| within(asked, layer, None, effect, &asked.trace.blocked_by)).collect();
    kept(found)
}

/// The Allow of a level that came nearest, where it is known that the level has to allow it.
pub(super) fn nearest_at(asked: &Asked<'_>, layer: Layer, level: u8) -> Option<NearMiss> {
    kept(within(asked, layer, Some(level), Effect::Allow, &[layer])).into_iter().next()
}

/// The statements of a layer, or of a level of it, that nearly apply, each with how near it is.
fn within(
    asked: &Asked<'_>,
    layer: Layer,
    level: Option<u8>,
    effect: Effect,
    blocked: &[Layer],
) -> Vec<(u8, NearMiss)> {
    // A level of the layer that allows is not to blame (D.3-5).
    let open = |at: &StatementAt| {
        let outcome = asked.trace.level(layer, at.level).map(|level| level.outcome);
        effect == Effect::Deny || outcome.is_none_or(|outcome| outcome.allows.is_none())
    };
    let here = |at: &StatementAt| level.is_none_or(|level| level == at.level);
    let near = worth_a_look(asked, layer, effect, blocked).filter(here).filter(open).take(LOOKED_AT);
    near.take_while(|_| !is_stopped()).filter_map(|at| miss(asked, at, blocked)).collect()
}

/// The nearest first, those with the fewest differences before others of their kind; without what is about something
/// else, where there are better.
fn kept(mut found: Vec<(u8, NearMiss)>) -> Vec<NearMiss> {
    let differences =
        |nearness: u8, miss: &NearMiss| if nearness >= NEAR { miss.differs.len() } else { usize::MAX };
    // Of statements that miss by the same element the one that is about this very service, source and so on.
    let order = |nearness: u8, miss: &NearMiss| {
        let (differences, particulars) = (miss.differs.len(), Reverse(miss.particulars));
        let class = Reverse(nearness / CLASS);
        (class, differences, particulars, Reverse(nearness), miss.letters, miss.at)
    };
    if found.iter().any(|(nearness, _)| *nearness == KIN) {
        let of_owner = found.iter_mut().filter(|(_, miss)| miss.asks_whose_it_is());
        of_owner.for_each(|(nearness, _)| *nearness = KIN - 1);
    }
    found.sort_by_key(|(nearness, miss)| (differences(*nearness, miss), order(*nearness, miss)));
    let nearer = |layer| found.iter().any(|(other, miss)| *other >= NEAR && miss.at.layer == layer);
    let kept = found.iter().filter(|(nearness, miss)| *nearness >= FAR || !nearer(miss.at.layer));
    kept.map(|(_, miss)| miss.clone()).take(KEPT).collect()
}

/// Beside a near miss of this nearness, one that is about something else is of no interest.
const NEAR: u8 = 60;

/// The nearness of a statement that names another bucket of the same family: it comes nearer than one that asks whose the
/// bucket is, which nobody can change.
const KIN: u8 = 67;

/// How many steps of nearness are of one element.
const CLASS: u8 = 10;

/// A near miss of less than this nearness is about something else.
const FAR: u8 = 30;

/// The statements of an effect in a layer that may come near.
fn worth_a_look<'a>(
    asked: &'a Asked<'a>,
    layer: Layer,
    effect: Effect,
    blocked: &[Layer],
) -> impl Iterator<Item = StatementAt> + use<'a> {
    let limits = limits(blocked, layer).is_some();
    let near = move |at: &StatementAt| {
        limits || asked.request.statement(*at).is_some_and(|view| may_be_near(asked, view))
    };
    asked.request.statements(layer, effect).filter(near)
}

/// Whether there are more statements that may come near than are looked at.
pub(super) fn is_looked_at_in_part(asked: &Asked<'_>) -> bool {
    let effect = if asked.decision.is_allowed() { Effect::Deny } else { Effect::Allow };
    let wanted = asked.decision != Decision::ExplicitDeny && asked.trace.gate.is_none();
    let more = |layer| worth_a_look(asked, layer, effect, &asked.trace.blocked_by).nth(LOOKED_AT).is_some();
    wanted && Layer::ALL.into_iter().any(more)
}

/// Whether a closer look at a statement is worth it: most of a thousand are about other services, and are told by a
/// glance at their actions.
fn may_be_near(asked: &Asked<'_>, view: StatementView<'_>) -> bool {
    let action = asked.request.action;
    view.statement.not_action
        || view.policy.actions(view.statement).iter().any(|pattern| {
            let (text, (service, name)) = (pattern.text(view.policy), pattern.parts(view.policy));
            let service = service.unwrap_or(action.service());
            action.is_of(service)
                || name.eq_ignore_ascii_case(action.name())
                || service.contains(['*', '?'])
                || (text.len().abs_diff(action.text().len()) <= 2 && shares_letters(text, action.text()))
        })
}

/// Whether two texts begin or end alike, as a typo does.
fn shares_letters(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let same = |a: Option<&[u8]>, b: Option<&[u8]>| a.zip(b).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    same(one.get(..4), other.get(..4))
        || same(one.last_chunk().map(|c: &[u8; 6]| &c[..]), other.last_chunk().map(|c: &[u8; 6]| &c[..]))
}

fn miss(asked: &Asked<'_>, at: StatementAt, blocked: &[Layer]) -> Option<(u8, NearMiss)> {
    let trace = look_at(&asked.request, at)?;
    // What the statement says is one thing; that S3 does not heed it is another (E12–E14).
    let unheeded = asked.trace.statement(at).is_some_and(|own| own.found == Err(Mismatch::RootOverride));
    let mismatch = if unheeded { Mismatch::RootOverride } else { trace.found.err()? };
    let view = asked.request.statement(at)?;
    let (mismatch, hint) = match mismatch {
        Mismatch::Resource { nearest, field } => {
            let (nearest, hint) = nearest_resource(asked, view, nearest, field);
            (Mismatch::Resource { nearest, field }, hint)
        }
        other => (other, hint(asked, view, &other)),
    };
    let blocks = blocked.contains(&at.layer) || trace.effect == Effect::Deny;
    if !blocks && hint.is_none() && !matches!(mismatch, Mismatch::Condition { .. }) {
        return None; // what need not have allowed is of interest only if it nearly did
    }
    let all = mismatches(&asked.request, at);
    if mismatch == Mismatch::Principal && all.len() > 1 && hint.is_none() && asked.is_of_a_service() {
        return None; // what lets in another service for another resource has nothing to do with this one
    }
    let nearness = nearness(asked, view, &mismatch, hint.as_ref()).or(limits(blocked, at.layer))?;
    let token = token(view, &mismatch, asked, hint.is_some());
    let place = narrow(asked.place(at, token)?, &mismatch);
    let reason = reason(asked, view, &mismatch, place.text());
    let differs = differs(view, &all);
    let particulars = particulars(view, &all) + usize::from(names_action(asked, view));
    let letters = letters(asked, view, &mismatch);
    let others =
        all.iter().skip(1).take(OTHERS).filter_map(|other| other_label(asked, view, other)).collect();
    Some((
        nearness,
        NearMiss {
            at,
            effect: trace.effect,
            mismatch,
            token,
            place,
            reason,
            hint,
            differs,
            particulars,
            letters,
            others,
        },
    ))
}

/// In how many letters a pattern and the resource differ.
fn letters(asked: &Asked<'_>, view: StatementView<'_>, mismatch: &Mismatch) -> usize {
    let Mismatch::Resource { nearest, .. } = *mismatch else { return 0 };
    let pattern = view.policy.resources(view.statement).get(nearest as usize);
    let (own, text) = (pattern.map_or("", |own| own.text(view.policy)), asked.request.resource());
    match own.len().max(text.text().len()) {
        ..=LONGEST_WORD => strsim::damerau_levenshtein(own, text.text()),
        longest => longest,
    }
}

/// What is to be said of another element that does not fit.
fn other_label(asked: &Asked<'_>, view: StatementView<'_>, mismatch: &Mismatch) -> Option<Label> {
    let place = narrow(asked.place(view.at, token(view, mismatch, asked, false))?, mismatch);
    let text = reason(asked, view, mismatch, place.text());
    Some(Label { place, text })
}

/// The elements of a statement that do not fit, as they are written.
fn differs(view: StatementView<'_>, all: &[Mismatch]) -> Vec<String> {
    let negated = |negated: bool, name: &str| format!("{}{name}", if negated { "Not" } else { "" });
    let name = |mismatch: &Mismatch| match *mismatch {
        Mismatch::Action | Mismatch::NotAction(_) => negated(view.statement.not_action, "Action"),
        Mismatch::Principal | Mismatch::NotPrincipal | Mismatch::NoPrincipal => {
            negated(view.statement.principal_element == Element::Negated, "Principal")
        }
        Mismatch::Condition { test, .. } => {
            let key = view.policy.tests(view.statement).get(test as usize);
            format!("Condition on {}", key.map_or("", |test| test.key(view.policy)))
        }
        _ => negated(view.statement.resource_element == Element::Negated, "Resource"),
    };
    all.iter().map(name).collect()
}

/// How much of a statement fits that is not said of everybody.
fn particulars(view: StatementView<'_>, all: &[Mismatch]) -> usize {
    let is_principal = |one: &Mismatch| matches!(one, Mismatch::Principal | Mismatch::NotPrincipal);
    let names = !view.policy.principals(view.statement).is_empty() && view.everyone().is_none();
    let failing = all.iter().filter(|one| matches!(one, Mismatch::Condition { .. })).count();
    let holding = view.policy.tests(view.statement).len().saturating_sub(failing);
    holding + usize::from(names && !all.iter().any(is_principal))
}

/// Whether a statement is about the action, and not about all that its service has.
fn names_action(asked: &Asked<'_>, view: StatementView<'_>) -> bool {
    let mut patterns = view.policy.actions(view.statement).iter().map(|pattern| pattern.text(view.policy));
    let is_it =
        |text: &str| text.len() > 1 && !text.ends_with(":*") && glob_fold(text, asked.request.action.text());
    !view.statement.not_action && patterns.any(is_it)
}

/// How near: the later the element that fails, the nearer. `None` = it has nothing to do with the request.
fn nearness(
    asked: &Asked<'_>,
    view: StatementView<'_>,
    mismatch: &Mismatch,
    hint: Option<&Hint>,
) -> Option<u8> {
    let bonus = if hint.is_some() { 9 } else { 0 };
    Some(match mismatch {
        Mismatch::Condition { .. } | Mismatch::RootOverride => 90 + bonus,
        Mismatch::Principal | Mismatch::NotPrincipal | Mismatch::NoPrincipal => 80 + bonus,
        Mismatch::Unresolved(_) | Mismatch::OnlyStar(_) => 70 + bonus,
        Mismatch::Resource { nearest, .. } if hint.is_none() && is_of_kin(asked, view, *nearest) => KIN,
        Mismatch::Resource { field, .. } => 60 + field + bonus,
        Mismatch::NotResource(_) | Mismatch::NotCovered => 60,
        Mismatch::NotAction(_) => 40,
        Mismatch::Action => match hint {
            Some(Hint::Action(ActionHint::Typo { .. } | ActionHint::NoService { .. })) => 75,
            Some(_) => 30,
            None if lists_service(asked, view) => 10,
            None => return None,
        },
    })
}

/// Whether a pattern names another bucket whose name begins with the same word: `helix-reads` and `helix-genomes`.
fn is_of_kin(asked: &Asked<'_>, view: StatementView<'_>, nearest: u32) -> bool {
    const WORD: usize = 4;
    let family = |arn: &str| {
        let name = arn.strip_prefix("arn:aws:s3:::")?.split('/').next()?;
        let (word, _) = name.split_once('-')?;
        (word.len() >= WORD && !word.contains(['*', '?', '$'])).then(|| word.to_owned())
    };
    let pattern = view.policy.resources(view.statement).get(nearest as usize);
    let named = pattern.and_then(|pattern| family(pattern.text(view.policy)));
    named.is_some() && named == family(asked.request.resource().text())
}

/// What sets a limit is to blame even if it has nothing to do with the request.
fn limits(blocked: &[Layer], layer: Layer) -> Option<u8> {
    let grants = matches!(layer, Layer::ResourceBased | Layer::IdentityBased);
    (!grants && blocked.contains(&layer)).then_some(5)
}

fn lists_service(asked: &Asked<'_>, view: StatementView<'_>) -> bool {
    let service = asked.request.action.service();
    let services = view.policy.actions(view.statement).iter().map(|pattern| pattern.parts(view.policy).0);
    services.flatten().any(|own| own.eq_ignore_ascii_case(service))
}
