//! Looks for what is wrong with the element that did not match.

use super::super::misspelt::{is_misspelling, misspelt_name};
use super::hint::{ActionHint, ConditionHint, Hint, PrincipalHint, ResourceHint};
use crate::catalog::{Catalog, KeyFacts};
use crate::compile::{PrincipalPatternKind, RequestResource, Test, Variables};
use crate::names::{Arn, glob, glob_fold, has_wildcard};
use crate::policy::{Operator, OperatorFamily};
use crate::question::Asked;
use crate::source::LONGEST_WORD;
use crate::trace::{ConditionMismatch, Mismatch, StatementView};
use crate::world::{Presence, PrincipalKind};

/// How many patterns of a statement are compared with the action, and how many values of a test with those of its key.
const COMPARED: usize = 1_000;

/// The pattern of `Action` that is most like the action; one that names an operation that needs it is most like it.
pub(super) fn nearest_action(asked: &Asked<'_>, view: StatementView<'_>) -> Option<u32> {
    let action = asked.request.action.text().to_ascii_lowercase();
    let patterns = view.policy.actions(view.statement).iter().enumerate().take(COMPARED);
    let distance = |pattern: &str| match pattern.len().max(action.len()) {
        ..=LONGEST_WORD => strsim::damerau_levenshtein(&pattern.to_ascii_lowercase(), &action),
        longest => longest,
    };
    let likeness = |pattern: &str| match is_operation_of(asked, pattern) {
        true => 0,
        false => distance(pattern),
    };
    let nearest = patterns.min_by_key(|(_, pattern)| likeness(pattern.text(view.policy)))?;
    Some(nearest.0 as u32)
}

/// Whether a pattern names an operation that needs the action: `s3:HeadBucket` where s3:ListBucket is asked.
fn is_operation_of(asked: &Asked<'_>, pattern: &str) -> bool {
    let named = asked.request.world.catalog().operation(pattern);
    named.is_some_and(|one| {
        one.actions.iter().any(|action| action.eq_ignore_ascii_case(asked.request.action.text()))
    })
}

/// Of the resource patterns that get as far as the nearest one, the one of which it can be said what is wrong, or
/// else the one that has most in common with the resource.
pub(super) fn nearest_resource(
    asked: &Asked<'_>,
    view: StatementView<'_>,
    nearest: u32,
    field: u8,
) -> (u32, Option<Hint>) {
    let RequestResource::One(arn) = asked.request.resource() else { return (nearest, None) };
    let patterns = view.policy.resources(view.statement);
    let mut as_far: Vec<u32> = (0..patterns.len() as u32).collect();
    as_far.retain(|i| {
        let failing = patterns[*i as usize].first_mismatch(view.policy, &arn, &asked.request);
        *i == nearest || failing == Some(field)
    });
    let text = |i: u32| patterns[i as usize].text(view.policy);
    let speaks_of_objects =
        |i: u32| (0..patterns.len() as u32).any(|other| text(other).starts_with(&format!("{}/", text(i))));
    let hinted = |i: &u32| {
        let hint = resource(asked, view, *i, field)?;
        // Whoever names folders of a bucket knows that a bucket is not its objects.
        let is_bucket = matches!(hint, Hint::Resource(ResourceHint::BucketForObject { .. }));
        (!(is_bucket && speaks_of_objects(*i))).then_some((*i, hint))
    };
    let fits_else = |i: &&u32| fits_but_for(patterns[**i as usize].text(view.policy), &arn, field);
    let first = as_far.iter().filter(fits_else).find_map(hinted);
    if let Some((i, hint)) = first.or_else(|| as_far.iter().find_map(hinted)) {
        return (i, Some(hint));
    }
    let common = |i: &&u32| {
        let text = patterns[**i as usize].text(view.policy);
        let same = text.bytes().zip(arn.text().bytes()).take_while(|(a, b)| a == b).count();
        (same, text.contains('/') == arn.text().contains('/')) // of a bucket and its objects what was asked for
    };
    // Of equals the first.
    (as_far.iter().rev().max_by_key(common).copied().unwrap_or(nearest), None)
}

/// Whether a pattern covers an ARN but for one of its fields.
fn fits_but_for(pattern: &str, arn: &Arn<'_>, field: u8) -> bool {
    let own = Arn::parse(pattern).map(|own| own.with_field(field as usize, arn.field(field as usize)));
    own.is_some_and(|own| glob(&own, arn.text()))
}

/// What is probably wrong with the element that did not match; resources have [`nearest_resource`].
pub(super) fn hint(asked: &Asked<'_>, view: StatementView<'_>, mismatch: &Mismatch) -> Option<Hint> {
    match *mismatch {
        Mismatch::Action => action(asked, view),
        Mismatch::Unresolved(_) => unresolved(asked, view),
        Mismatch::OnlyStar(_) => only_star(asked),
        Mismatch::Principal => principal(asked, view),
        Mismatch::Condition { test, why } => {
            let test = view.policy.tests(view.statement).get(test as usize)?;
            condition(asked, view, test, why)
        }
        _ => None,
    }
}

fn action(asked: &Asked<'_>, view: StatementView<'_>) -> Option<Hint> {
    let nearest = nearest_action(asked, view)? as usize;
    let nearest = view.policy.actions(view.statement).get(nearest)?;
    let pattern = nearest.text(view.policy);
    let action = asked.request.action;
    let suggest = asked.action_name();
    if has_wildcard(pattern) {
        return None;
    }
    let (own, name) = nearest.parts(view.policy);
    let own = own.unwrap_or_default();
    if own.is_empty() && name.eq_ignore_ascii_case(action.name()) {
        return Some(ActionHint::NoService { suggest }.into());
    }
    let catalog = asked.request.world.catalog();
    if catalog.action(pattern).is_none()
        && (is_misspelling(pattern, action.text()) || is_operation_of(asked, pattern))
    {
        return Some(ActionHint::Typo { suggest }.into());
    }
    if name.eq_ignore_ascii_case(action.name()) && !own.is_empty() {
        return Some(ActionHint::OtherService { suggest }.into());
    }
    let unknown = action.is_of(own) && catalog.action(pattern).is_none();
    unknown.then(|| ActionHint::NotKnown { date: catalog.date().to_owned() }.into())
}

fn only_star(asked: &Asked<'_>) -> Option<Hint> {
    let has_types = asked.request.facts.is_some_and(|facts| facts.has_resource_types());
    (!has_types).then_some(ResourceHint::OnlyStar.into())
}

fn resource(asked: &Asked<'_>, view: StatementView<'_>, nearest: u32, field: u8) -> Option<Hint> {
    let RequestResource::One(arn) = asked.request.resource() else { return None };
    let pattern = view.policy.resources(view.statement).get(nearest as usize)?;
    let written = pattern.text(view.policy);
    let has_variables = written.contains("${");
    if has_variables && view.policy.policy().language() == crate::policy::LanguageVersion::V2008 {
        return Some(Hint::OldVersion);
    }
    let text = asked.resolved_pattern(written)?;
    if glob_fold(&text, arn.text()) {
        return Some(Hint::LetterCase { asked: arn.text().to_owned() });
    }
    match field {
        1..5 if has_variables => None, // a variable may stand there
        1..5 => Some(ResourceHint::OtherField { field, asked: arn.field(field as usize).to_owned() }.into()),
        _ if has_variables => path(written, &text, &arn),
        _ => path(written, &text, &arn).or_else(|| misspelt(asked, &text, &arn)),
    }
}

/// A name that the pattern and the resource spell differently; what is here under the name of the pattern is another thing.
fn misspelt(asked: &Asked<'_>, text: &str, arn: &Arn<'_>) -> Option<Hint> {
    let name = misspelt_name(text, arn.text()).filter(|name| !name.own.is_empty())?;
    let mut known = asked.request.world.resources().take(COMPARED);
    let is_there = known.any(|one| glob(text, &*one.arn));
    let (own, asked) = (name.own.to_owned(), name.asked.to_owned());
    (!is_there).then(|| ResourceHint::Misspelt { own, asked }.into())
}

/// A pattern that ends too early, or too late: as it is written, and as it reads here.
fn path(written: &str, text: &str, arn: &Arn<'_>) -> Option<Hint> {
    let is_bucket = |arn: &Arn<'_>| arn.service() == "s3" && !arn.resource().contains('/');
    if let Some((bare, suggest)) = text.strip_suffix("/*").zip(written.strip_suffix("/*"))
        && glob(bare, arn.text())
    {
        let suggest = suggest.to_owned();
        let bucket = is_bucket(arn);
        return bucket.then_some(ResourceHint::ObjectForBucket { suggest }.into());
    }
    if arn.service() == "kms" && arn.resource().starts_with("key/") && written.contains(":alias/") {
        return Some(ResourceHint::AliasForKey { suggest: arn.text().to_owned() }.into());
    }
    if let Some(suggest) = of_database_by_id(written, arn) {
        return Some(ResourceHint::DatabaseByName { suggest }.into());
    }
    if arn.service() == "secretsmanager" && glob(&format!("{text}-??????"), arn.text()) {
        return Some(ResourceHint::SecretEnd { suggest: format!("{written}-??????") }.into());
    }
    for separator in ['/', ':'] {
        let suggest = format!("{written}{separator}*");
        if glob(&format!("{text}{separator}*"), arn.text()) {
            let bucket = Arn::parse(text).is_some_and(|pattern| is_bucket(&pattern));
            return Some(if bucket {
                ResourceHint::BucketForObject { suggest }.into()
            } else {
                ResourceHint::Below { suggest }.into()
            });
        }
    }
    None
}

/// The pattern of a database user with the id of the database that was asked for, in place of a name: rds-db knows databases
/// by ids alone.
fn of_database_by_id(written: &str, arn: &Arn<'_>) -> Option<String> {
    let named = Arn::parse(written).filter(|own| own.service() == "rds-db" && arn.service() == "rds-db")?;
    let parts = |resource: &str| {
        resource.strip_prefix("dbuser:")?.split_once('/').map(|(id, user)| (id.to_owned(), user.to_owned()))
    };
    let ((name, user), (id, asked)) = (parts(named.resource())?, parts(arn.resource())?);
    let is_id = |text: &str| ["db-", "cluster-", "prx-"].iter().any(|start| text.starts_with(start));
    let is_name = !is_id(&name) && !has_wildcard(&name) && is_id(&id) && glob(&user, &asked);
    is_name.then(|| named.with_field(5, &format!("dbuser:{id}/{user}")))
}

fn unresolved(asked: &Asked<'_>, view: StatementView<'_>) -> Option<Hint> {
    let key = first_open(asked, |look| view.policy.resource_variables(view.statement, look))?;
    Some(Hint::Unresolved { key })
}

/// The first of the variables that are gone through that has no value.
fn first_open<'v>(asked: &Asked<'_>, through: impl FnOnce(&mut dyn FnMut(u64, &'v str))) -> Option<String> {
    let mut found = None;
    through(&mut |hash, key| {
        if found.is_none() && asked.request.variable(hash, key).is_none() {
            found = Some(key.to_owned());
        }
    });
    found
}

fn principal(asked: &Asked<'_>, view: StatementView<'_>) -> Option<Hint> {
    let caller = &asked.request.caller;
    let patterns = view.policy.principals(view.statement);
    patterns.iter().zip(0..).find_map(|(pattern, number)| {
        let text = pattern.text(view.policy);
        let same = |arn: &str| arn == text;
        match pattern.kind {
            PrincipalPatternKind::UniqueId => {
                let kind = gone(asked, text)?;
                Some(PrincipalHint::Gone { kind, number }.into())
            }
            PrincipalPatternKind::RoleSession => session_of(asked, text),
            PrincipalPatternKind::Account(_) => {
                Some(PrincipalHint::OtherAccount { asked: caller.account?.to_string() }.into())
            }
            PrincipalPatternKind::Nobody if text.contains('*') => Some(PrincipalHint::Wildcard.into()),
            _ if same(&caller.arn) || caller.parent_arn.as_deref().is_some_and(same) => {
                Some(PrincipalHint::MadeAgain.into())
            }
            _ => letter_case(text, caller.parent_arn.as_deref().unwrap_or(&caller.arn)),
        }
    })
}

/// What an id names that is neither the principal's nor that of anybody who is known.
fn gone(asked: &Asked<'_>, id: &str) -> Option<&'static str> {
    let kinds = [("AROA", "role"), ("AIDA", "user")];
    let (_, kind) = kinds.into_iter().find(|(start, _)| id.starts_with(start))?;
    let is_known = asked.request.world.accounts().any(|account| {
        let users = account.users.values().map(|user| &user.id);
        users.chain(account.roles.values().map(|role| &role.id)).any(|own| **own == *id)
    });
    (!is_known).then_some(kind)
}

/// Another session of the role that the principal is a session of.
fn session_of(asked: &Asked<'_>, text: &str) -> Option<Hint> {
    let PrincipalKind::RoleSession { role, .. } = &asked.request.caller.principal.kind else { return None };
    let (own, named) = (Arn::parse(&asked.request.caller.arn)?, Arn::parse(text)?);
    let of_role = named.resource().split('/').nth(1) == Some(role) && own.account() == named.account();
    let suggest = asked.request.caller.parent_arn.as_deref()?.to_owned();
    of_role.then_some(PrincipalHint::SessionForRole { suggest }.into())
}

fn letter_case(written: &str, asked: &str) -> Option<Hint> {
    let same = written.eq_ignore_ascii_case(asked) && written != asked;
    same.then(|| Hint::LetterCase { asked: asked.to_owned() })
}

fn condition(
    asked: &Asked<'_>,
    view: StatementView<'_>,
    test: &Test,
    why: ConditionMismatch,
) -> Option<Hint> {
    let key = test.key(view.policy);
    let typo =
        || typo(asked.request.world.catalog(), key).map(|suggest| ConditionHint::KeyTypo { suggest }.into());
    match why {
        ConditionMismatch::Multivalued => Some(ConditionHint::NeedsSetOperator.into()),
        ConditionMismatch::NotGiven => {
            typo().or_else(|| Some(ConditionHint::NotGiven { key: key.to_owned() }.into()))
        }
        ConditionMismatch::Absent => typo().or_else(|| absent(asked, key)),
        ConditionMismatch::Value => value(asked, view, test, key),
    }
}

/// A key that is not known, but like one that is.
fn typo(catalog: &Catalog, key: &str) -> Option<String> {
    let is_tag = key.contains('/');
    if is_tag || catalog.condition_key(key).is_some() {
        return None;
    }
    let known = catalog.condition_keys().map(KeyFacts::name);
    let suggest = crate::source::nearest(key, known)?;
    is_misspelling(suggest, key).then(|| suggest.to_owned())
}

fn absent(asked: &Asked<'_>, key: &str) -> Option<Hint> {
    let facts = asked.request.facts;
    let carried = facts.is_none_or(|facts| facts.carries_key(key));
    if !carried && asked.request.world.catalog().condition_key(key).is_some() {
        let action = asked.request.action.text().to_owned();
        return Some(ConditionHint::NeverCarried { key: key.to_owned(), action }.into());
    }
    let mfa = key.to_ascii_lowercase().starts_with("aws:multifactorauth");
    (mfa && asked.request.caller.principal.has_long_term_key()).then_some(ConditionHint::LongTermKey.into())
}

fn value(asked: &Asked<'_>, view: StatementView<'_>, test: &Test, key: &str) -> Option<Hint> {
    let Presence::Known(values) = asked.request.presence(test.hash, key) else { return None };
    if let Some(key) = first_open(asked, |look| view.policy.test_variables(test, look)) {
        return Some(Hint::Unresolved { key });
    }
    let operator = test.operator.operator;
    if operator.is_negated() || operator.family() != OperatorFamily::String {
        return None;
    }
    let texts = view.policy.operands(test).iter().filter_map(|operand| operand.text(view.policy));
    let exact = operator != Operator::StringLike;
    texts.take(COMPARED).find_map(|text| {
        let resolved = asked.resolved(text, str::to_owned);
        let is_pattern = exact && has_wildcard(text);
        values.iter().take(COMPARED).find_map(|value| match is_pattern && glob(text, value.as_bytes()) {
            true => Some(ConditionHint::NeedsLike { suggest: "StringLike" }.into()),
            false => letter_case(&resolved, value),
        })
    })
}
