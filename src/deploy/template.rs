//! A template of CloudFormation, SAM or the CDK.

use std::collections::BTreeMap;

use super::declared::{Declared, Member, tree};
use super::kind::{MEMBERS, bears_on_access, makes};
use super::notes::NOT_FOLLOWED;
use super::site::Site;
use crate::recognise::{DeclaredResource, DeployedTemplate};
use crate::syntax::json::Cursor;

/// Whether a value is a template.
pub(super) fn is_template(root: Cursor<'_>) -> bool {
    let resources = root.member("Resources").into_iter().flat_map(Cursor::members);
    let mut kinds = resources.filter_map(|(_, resource)| resource.member("Type")?.string());
    kinds.any(|kind| kind.starts_with("AWS::"))
}

/// What a template declares.
pub(super) fn declared(root: Cursor<'_>, site: &mut Site) -> Vec<Declared> {
    let mut template = DeployedTemplate::of(root, site.account);
    if template.has_defaults() {
        site.notes.assume("parameters of the template have their defaults".to_owned());
    }
    let all = template.resources();
    all.iter().filter_map(|one| of_resource(one, &mut template, site)).collect()
}

fn of_resource<'t>(
    one: &DeclaredResource<'t>,
    template: &mut DeployedTemplate<'t>,
    site: &mut Site,
) -> Option<Declared> {
    let label = format!("{} ({})", one.name, one.kind);
    if one.is_made == Some(false) {
        return None;
    }
    let is_followed = makes(&one.kind).is_some();
    let text = one.properties.map_or("", Cursor::raw);
    if !is_followed && !bears_on_access(&one.kind, text) {
        return None;
    }
    if !is_followed {
        site.notes.left_out(&label, NOT_FOLLOWED);
        return None;
    }
    if one.is_made.is_none() {
        site.notes.left_out(&label, "its condition shows when it is deployed");
        return None;
    }
    let members = members(one, template, site);
    let (kind, own_name) = (one.kind.clone(), one.name.clone());
    Some(Declared { label, kind, own_name, members, before: BTreeMap::new(), is_gone: false })
}

fn members<'t>(
    one: &DeclaredResource<'t>,
    template: &mut DeployedTemplate<'t>,
    site: &mut Site,
) -> BTreeMap<&'static str, Member> {
    let mut members = BTreeMap::new();
    for name in MEMBERS.iter().copied() {
        let Some(value) = one.properties.and_then(|all| all.member(name)) else { continue };
        if template.is_nothing(value) {
            continue;
        }
        let member = match template.value(value).and_then(|(text, open)| Some((tree(&text)?, open))) {
            Some((tree, open)) => {
                open.iter().for_each(|open| site.notes.open(&open.name));
                Member::Known(tree)
            }
            None => Member::Unknown,
        };
        members.insert(name, member);
    }
    members
}
