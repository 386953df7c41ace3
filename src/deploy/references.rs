//! What the members of a plan refer to, where only applying it tells their values.

use std::collections::BTreeMap;

use super::kind::{Makes, makes};
use super::resources::filled_in;
use crate::names::AccountId;
use crate::syntax::json::Cursor;

/// Members that take the name or ARN of something else as it is.
const NAMES: [&str; 13] = [
    "role", "user", "group", "policy_arn", "permissions_boundary", "bucket", "queue_url", "arn", "key_id",
    "repository", "backup_vault_name", "resource_arn", "secret_arn",
];

/// What a plan says of how it was written, and what it makes.
pub(super) struct Configuration<'t> {
    pub(super) root: Option<Cursor<'t>>,
    /// Type, own name and what there will be, by the address without indices.
    pub(super) planned: BTreeMap<String, Vec<(String, Cursor<'t>)>>,
    pub(super) account: AccountId,
    pub(super) region: Option<Box<str>>,
}

impl<'t> Configuration<'t> {
    /// Whether somebody wrote a member; one that nobody wrote is whatever AWS makes it.
    pub(super) fn says(&self, address: &str, member: &str) -> bool {
        self.root.is_none() || self.expression(address, member).is_some()
    }

    /// The name or ARN of the only thing to which a member refers.
    pub(super) fn referred(&self, address: &str, member: &str) -> Option<String> {
        let references = self.expression(address, member).filter(|_| NAMES.contains(&member))?;
        let references = references.member("references")?.items().filter_map(|one| one.string());
        let references: Vec<String> = references.map(|one| without_indices(&one)).collect();
        let longest = references.iter().max_by_key(|one| one.len())?;
        if !references.iter().all(|one| longest.starts_with(one.as_str())) {
            return None;
        }
        let (resource, attribute) =
            longest.rsplit_once('.').filter(|(resource, _)| resource.contains('.'))?;
        let module = without_indices(address);
        let module = module.strip_suffix(&own_address(&module))?;
        let [(kind, planned)] = &self.planned.get(&format!("{module}{resource}"))?[..] else { return None };
        self.attribute(kind, *planned, attribute, resource.rsplit('.').next()?)
    }

    /// What an attribute will be: as it is planned, or as it follows from the name.
    fn attribute(&self, kind: &str, planned: Cursor<'t>, attribute: &str, own: &str) -> Option<String> {
        if let Some(known) = planned.member(attribute).and_then(|value| value.string()) {
            return Some(known.into_owned());
        }
        let text = |name: &str| planned.member(name).and_then(|value| value.string());
        let of_iam = |what: &str| {
            let name = text("name").unwrap_or_else(|| own.into());
            let arn =
                format!("arn:aws:iam::{}:{what}{}{name}", self.account, text("path").unwrap_or("/".into()));
            match attribute {
                "arn" => Some(arn),
                "id" if what == "policy" => Some(arn),
                "id" | "name" => Some(name.into_owned()),
                _ => None,
            }
        };
        match makes(kind)? {
            Makes::Policy => of_iam("policy"),
            Makes::Principal(entity) => of_iam(entity("".into()).kind()),
            Makes::Governed(governed) if matches!(attribute, "arn" | "id" | "url" | "key_id") => {
                let name = text(governed.name).unwrap_or_else(|| own.into());
                filled_in(governed.arn, &name, self.account, self.region.as_deref())
            }
            _ => None,
        }
    }

    fn expression(&self, address: &str, member: &str) -> Option<Cursor<'t>> {
        let address = without_indices(address);
        let mut module = self.root?.member("root_module")?;
        let mut rest = address.as_str();
        while let Some(behind) = rest.strip_prefix("module.") {
            let (name, behind) = behind.split_once('.')?;
            module = module.member("module_calls")?.member(name)?.member("module")?;
            rest = behind;
        }
        let is_it =
            |one: &Cursor<'t>| one.member("address").and_then(|own| own.string()).as_deref() == Some(rest);
        module.member("resources")?.items().find(is_it)?.member("expressions")?.member(member)
    }
}

/// The address of a resource in its module.
fn own_address(address: &str) -> String {
    let mut rest = address;
    while let Some((_, behind)) = rest.strip_prefix("module.").and_then(|behind| behind.split_once('.')) {
        rest = behind;
    }
    rest.to_owned()
}

/// An address without `[0]` and `["key"]`.
pub(super) fn without_indices(address: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in address.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}
