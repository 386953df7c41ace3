//! A bare policy at the prompt: read, checked, and offered.

use crate::policy::{Effect, Policy, PolicyType};
use crate::session::{Command, FoundAtOnce, Outcome, Part, Session, command};
use crate::source::{Diagnostic, Place};
use crate::syntax::json::parse_json_in;

pub(super) fn pasted(place: &Place, _: &Session) -> Option<Command> {
    place.text().starts_with('{').then(|| command(|session, place, _| Ok(pasted_policy(session, place))))
}

/// Reads a policy that stands alone, and says how to keep it.
pub(super) fn pasted_policy(session: &Session, place: &Place) -> Outcome {
    let tree = parse_json_in(&place.source, place.span);
    let Some(value) = tree.value else { return Outcome::refused(tree.diagnostics) };
    if value.root().member("Statement").is_none() {
        let wrong = Diagnostic::error("expected-command", "expected a command, found JSON that is no policy");
        return Outcome::refused(vec![
            wrong.at(place.clone(), "").help("a policy has a `Statement`; `help` lists the commands"),
        ]);
    }
    let kind = kind_of(&value);
    let mut policy = Policy::lower(value.root(), kind);
    policy.diagnostics.splice(0..0, tree.diagnostics);
    match policy.accept() {
        Ok((policy, warnings)) => {
            let found = FoundAtOnce::in_policies([&policy], session.world.catalog(), &warnings);
            found.shown_with(offered(&policy, kind), Some("lint NAME")).after(warnings)
        }
        Err(wrong) => Outcome::refused(wrong),
    }
}

/// A policy whose statements name principals belongs to a resource.
fn kind_of(tree: &crate::syntax::json::Tree) -> PolicyType {
    let statement = tree.root().member("Statement");
    let names = |statement: crate::syntax::json::Cursor<'_>| {
        statement.member("Principal").is_some() || statement.member("NotPrincipal").is_some()
    };
    let named = statement.is_some_and(|one| names(one) || one.items().any(names));
    if named { PolicyType::ResourceBased } else { PolicyType::IdentityBased }
}

fn offered(policy: &Policy, kind: PolicyType) -> Outcome {
    let count = |effect| policy.statements().iter().filter(|statement| statement.effect == effect).count();
    let (allows, denies) = (count(Effect::Allow), count(Effect::Deny));
    let keep = match kind {
        PolicyType::ResourceBased => "to keep it: `resource ARN policy { … }`, or `role NAME trust { … }`",
        _ => "to keep it: `policy NAME { … }`, then `attach NAME to user alice`",
    };
    Outcome::said(format!("{} without errors: {allows} Allow, {denies} Deny", kind.with_article()))
        .and(Part::Note(keep.to_owned()))
}
