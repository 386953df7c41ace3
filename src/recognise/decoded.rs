//! A decoded authorization message, as `aws sts decode-authorization-message` prints it.

use super::field::{at, text_at, text_of};
use super::{Pasted, PastedForm, PastedKind, PastedOutcome};
use crate::catalog::Catalog;
use crate::names::Arn;
use crate::syntax::json::Cursor;
use crate::world::{ContextEntry, ContextValue};

/// Keys by which these messages tell the parts of the resource; no policy tests them.
const OF_THE_RESOURCE: [&str; 6] =
    ["aws:Resource", "aws:Account", "aws:Service", "aws:Type", "aws:ARN", "aws:Region"];

pub(super) fn decoded(root: Cursor<'_>, catalog: &Catalog) -> Option<Pasted> {
    let allowed = root.member("allowed")?.raw();
    let context = root.member("context")?;
    let explicit = root.member("explicitDeny").is_some_and(|deny| deny.raw() == "true");
    let resource = text_at(context, &["resource"]);
    let items = items(context, "conditions");
    let mut pasted = Pasted {
        form: PastedForm::Decoded,
        outcome: if allowed == "true" { PastedOutcome::Allowed } else { PastedOutcome::Denied },
        principal: text_at(context, &["principal", "arn"]),
        action: text_at(context, &["action"]).map(|action| full(action, resource.as_deref(), catalog)),
        resource,
        kind: match (allowed, explicit) {
            ("true", _) => PastedKind::None,
            (_, true) => PastedKind::Explicit,
            (_, false) => PastedKind::Implicit,
        },
        statements: items_of(root, "matchedStatements").filter_map(statement).collect(),
        context: items.into_iter().flatten().filter_map(entry).collect(),
        ..Pasted::default()
    };
    let region = items_of(context, "conditions").find(|item| name_is(*item, "aws:Region")).and_then(values);
    let known = pasted.context.iter().any(|(key, _)| key.eq_ignore_ascii_case("aws:RequestedRegion"));
    pasted.context.extend(region.filter(|_| !known).map(|value| ("aws:RequestedRegion".into(), value)));
    Some(pasted)
}

/// An action with its service, which some of these messages leave out.
fn full(action: String, resource: Option<&str>, catalog: &Catalog) -> String {
    let service = resource.and_then(Arn::parse).map_or("ec2", |arn| arn.service());
    let own = catalog.action_by_parts(service, &action).map(|action| action.to_string());
    if action.contains(':') { action } else { own.unwrap_or_else(|| format!("{service}:{action}")) }
}

fn items<'t>(value: Cursor<'t>, name: &str) -> Option<impl Iterator<Item = Cursor<'t>>> {
    Some(at(value, &[name, "items"])?.items())
}

fn items_of<'t>(value: Cursor<'t>, name: &str) -> impl Iterator<Item = Cursor<'t>> {
    items(value, name).into_iter().flatten()
}

/// The Sid of a statement, or that it has none.
fn statement(item: Cursor<'_>) -> Option<String> {
    let effect = text_at(item, &["effect"])?.to_lowercase();
    let sid = text_at(item, &["statementId"]).unwrap_or_else(|| "a statement without a Sid".to_owned());
    Some(format!("{sid} ({effect})"))
}

fn entry(item: Cursor<'_>) -> Option<ContextEntry<'static>> {
    let key = text_at(item, &["key"])?;
    let told = OF_THE_RESOURCE.iter().any(|known| known.eq_ignore_ascii_case(&key));
    Some((key.into(), values(item)?)).filter(|_| !told)
}

fn name_is(item: Cursor<'_>, name: &str) -> bool {
    text_at(item, &["key"]).is_some_and(|key| key.eq_ignore_ascii_case(name))
}

fn values(item: Cursor<'_>) -> Option<ContextValue<'static>> {
    let texts: Vec<String> =
        items_of(item, "values").filter_map(|value| text_of(value.member("value")?)).collect();
    super::toolbox::value(texts)
}
