//! A Terraform plan, as `terraform show -json` prints it.

use std::collections::BTreeMap;

use super::declared::{Declared, Member, tree};
use super::kind::{MEMBERS, Makes, bears_on_access, makes};
use super::notes::{NOT_FOLLOWED, Notes};
use super::references::{Configuration, without_indices};
use super::site::Site;
use crate::names::AccountId;
use crate::source::MadeText;
use crate::syntax::json::{Cursor, Kind, Tree, quote};

/// How much of a plan is carried out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PlanExtent {
    /// What it changes.
    Changes,
    /// Everything that there will be.
    Everything,
}

/// A change of a plan.
struct Planned<'t> {
    address: String,
    kind: String,
    /// What it is called in its module.
    own_name: String,
    change: Cursor<'t>,
}

/// Whether a value is a plan.
pub(super) fn is_plan(root: Cursor<'_>) -> bool {
    root.member("resource_changes").is_some_and(|changes| changes.kind() == Kind::Array)
}

/// What a plan declares.
pub(super) fn declared(root: Cursor<'_>, site: &mut Site, extent: PlanExtent) -> Vec<Declared> {
    let all: Vec<Planned<'_>> =
        root.member("resource_changes").into_iter().flat_map(Cursor::items).filter_map(planned).collect();
    let configuration = configuration(root, &all, site.account);
    site.region.clone_from(&configuration.region);
    all.iter().flat_map(|one| one.declared(&configuration, &mut site.notes, extent)).collect()
}

fn planned(change: Cursor<'_>) -> Option<Planned<'_>> {
    let text = |name: &str| Some(change.member(name)?.string()?.into_owned());
    let is_managed = text("mode").is_none_or(|mode| mode == "managed");
    let planned = Planned {
        address: text("address")?,
        kind: text("type")?,
        own_name: text("name")?,
        change: change.member("change")?,
    };
    is_managed.then_some(planned)
}

fn configuration<'t>(root: Cursor<'t>, all: &[Planned<'t>], account: AccountId) -> Configuration<'t> {
    let configuration = root.member("configuration");
    let mut planned: BTreeMap<String, Vec<(String, Cursor<'t>)>> = BTreeMap::new();
    for one in all {
        let after = one.change.member("after").map(|after| (one.kind.clone(), after));
        planned.entry(without_indices(&one.address)).or_default().extend(after);
    }
    let region = configuration.and_then(|all| {
        let aws = all.member("provider_config")?.member("aws")?;
        Some(aws.member("expressions")?.member("region")?.member("constant_value")?.string()?.into())
    });
    Configuration { root: configuration, planned, account, region }
}

impl Planned<'_> {
    fn declared(
        &self,
        configuration: &Configuration<'_>,
        notes: &mut Notes,
        extent: PlanExtent,
    ) -> Vec<Declared> {
        let actions = self.change.member("actions").into_iter().flat_map(Cursor::items);
        let actions: Vec<String> = actions.filter_map(|one| Some(one.string()?.into_owned())).collect();
        let does = |action: &str| actions.iter().any(|one| one == action);
        let is_left = does("no-op") || does("read");
        if is_left && extent == PlanExtent::Changes {
            return Vec::new();
        }
        if makes(&self.kind).is_none() {
            if bears_on_access(&self.kind, self.change.raw()) {
                notes.left_out(&self.address, NOT_FOLLOWED);
            }
            return Vec::new();
        }
        let mut all = Vec::new();
        if does("delete") && extent == PlanExtent::Changes && !(does("create") && self.keeps_its_names()) {
            all.push(self.as_declared(known(self.change.member("before")), BTreeMap::new(), true));
        }
        if does("create") || does("update") || is_left {
            let before = if does("update") { known(self.change.member("before")) } else { BTreeMap::new() };
            all.push(self.as_declared(self.after(configuration, notes), before, false));
        }
        all
    }

    fn as_declared(
        &self,
        members: BTreeMap<&'static str, Member>,
        before: BTreeMap<&'static str, Member>,
        is_gone: bool,
    ) -> Declared {
        Declared {
            label: self.address.clone(),
            kind: self.kind.clone(),
            own_name: self.own_name.clone(),
            members,
            before,
            is_gone,
        }
    }

    /// Whether a member is the name of the resource itself, which may be made of that of another.
    fn is_named_by(&self, member: &str) -> bool {
        matches!(makes(&self.kind), Some(Makes::Governed(one)) if !one.is_policy_alone && one.name == member)
    }

    /// Whether what is made anew has the names of what is taken away.
    fn keeps_its_names(&self) -> bool {
        let names = |side: &str| {
            let side = self.change.member(side);
            ["name", "role", "user", "group", "policy_arn", "bucket"]
                .map(|name| side.and_then(|side| side.member(name)).map(|value| value.raw().to_owned()))
        };
        names("before") == names("after")
    }

    /// What there will be, with what only applying the plan tells.
    fn after(&self, configuration: &Configuration<'_>, notes: &mut Notes) -> BTreeMap<&'static str, Member> {
        let mut members = known(self.change.member("after"));
        let Some(unknown) = self.change.member("after_unknown") else { return members };
        for name in MEMBERS.iter().copied() {
            let is_unknown = unknown.member(name).is_some_and(is_open);
            if !is_unknown || !configuration.says(&self.address, name) {
                continue;
            }
            let referred = configuration.referred(&self.address, name).filter(|_| !self.is_named_by(name));
            let referred = referred.and_then(|text| self.text(&text));
            if referred.is_some() {
                notes.referring(&self.address);
            }
            members.insert(name, referred.map_or(Member::Unknown, Member::Known));
        }
        members
    }

    fn text(&self, text: &str) -> Option<Tree> {
        let mut made = MadeText::of(self.change.source());
        made.add(&quote(text), self.change.span());
        tree(&made.finish())
    }
}

/// Whether a value is unknown, or an item of a list of texts is.
fn is_open(unknown: Cursor<'_>) -> bool {
    let is_true = |value: Cursor<'_>| value.kind() == Kind::Bool && value.raw() == "true";
    is_true(unknown) || unknown.items().any(is_true)
}

/// What is said there, each with its place.
fn known(values: Option<Cursor<'_>>) -> BTreeMap<&'static str, Member> {
    let said = |name: &&'static str| {
        let value = values?.member(name).filter(|value| value.kind() != Kind::Null)?;
        let mut made = MadeText::of(value.source());
        made.add(value.raw(), value.span());
        Some((*name, Member::Known(tree(&made.finish())?)))
    };
    MEMBERS.iter().filter_map(said).collect()
}
