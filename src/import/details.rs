//! The output of `aws iam get-account-authorization-details`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::imported::Imported;
use super::policies::Policies;
use super::{document, entry};
use crate::names::{AccountId, Arn};
use crate::policy::PolicyType;
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::json::{Cursor, Kind, parse_json};
use crate::world::{Change, Document, Entity, Target, claims};

/// The lists of a dump; each may be absent, as the output can be filtered.
pub(crate) const LISTS: [&str; 4] = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

/// Reads the output of `aws iam get-account-authorization-details` as changes to a world.
///
/// The account is the one given, else the one that most ARNs of the dump name; ARNs of another account are read
/// as if they were of this one, and a finding says so.
pub fn account_authorization_details(source: &Arc<Source>, account: Option<AccountId>) -> Imported {
    let tree = parse_json(source);
    let errors = tree.has_errors();
    let Some(tree) = tree.value.filter(|_| !errors) else { return refused(tree.diagnostics) };
    let dump = tree.root();
    let is_list = |name: &str| dump.member(name).is_some_and(|list| list.kind() == Kind::Array);
    if !LISTS.iter().any(|name| is_list(name)) {
        return refused(vec![not_a_dump(dump)]);
    }
    let Some(account) = account.or_else(|| most_named(dump)) else { return refused(vec![no_account(dump)]) };
    DumpReading::new(source.name(), account).whole(dump)
}

pub(super) struct DumpReading<'s> {
    pub(super) name: &'s str,
    pub(super) account: AccountId,
    pub(super) changes: Vec<Change>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) policies: Policies,
    /// Names that were met, folded, by kind.
    seen: BTreeSet<(&'static str, String)>,
    /// How many ARNs name another account.
    foreign: BTreeMap<AccountId, usize>,
}

impl<'s> DumpReading<'s> {
    fn new(name: &'s str, account: AccountId) -> Self {
        Self {
            name,
            account,
            changes: vec![imported(Change::CreateAccount { id: account, name: "".into(), alias: None })],
            found: Vec::new(),
            policies: Policies::new(),
            seen: BTreeSet::new(),
            foreign: BTreeMap::new(),
        }
    }

    /// Policies first, then who holds them: nothing is named before it is there.
    fn whole(mut self, dump: Cursor<'_>) -> Imported {
        self.truncated(dump);
        self.policies(dump);
        for group in entry::list(dump, "GroupDetailList") {
            self.group(group);
        }
        for user in entry::list(dump, "UserDetailList") {
            self.user(user);
        }
        for role in entry::list(dump, "RoleDetailList") {
            self.role(role);
        }
        self.foreign_accounts();
        Imported { changes: self.changes, account: Some(self.account), findings: self.found }
    }

    fn truncated(&mut self, dump: Cursor<'_>) {
        let Some(flag) = dump.member("IsTruncated") else { return };
        if entry::is_true(dump, "IsTruncated") {
            let what =
                "the dump is truncated: users, groups, roles or policies are missing from it".to_owned();
            let finding = entry::finding("truncated-dump", flag, what);
            self.found.push(
                finding.help(
                    "fetch the other pages with `--starting-token`, or all of them without `--max-items`",
                ),
            );
        }
    }

    fn group(&mut self, group: Cursor<'_>) {
        let Some(name) = self.named(group, "group", "GroupName") else { return };
        let (account, path) = (self.account, entry::path(group));
        self.changes.push(Change::CreateGroup { account, name: name.clone(), path, members: Vec::new() });
        self.permissions(group, &Entity::Group(name), "GroupPolicyList");
    }

    fn user(&mut self, user: Cursor<'_>) {
        let Some(name) = self.named(user, "user", "UserName") else { return };
        let (account, path, tags) = (self.account, entry::path(user), entry::tags(user));
        let id = entry::text(user, "UserId");
        self.changes.push(Change::CreateUser { account, name: name.clone(), path, tags, id });
        for group in entry::list(user, "GroupList") {
            self.membership(group, &name);
        }
        self.permissions(user, &Entity::User(name), "UserPolicyList");
    }

    fn membership(&mut self, group: Cursor<'_>, user: &str) {
        let Some(name) = group.string() else { return };
        if !self.seen.contains(&("group", name.to_ascii_lowercase())) {
            let what = format!(
                "user `{user}` is in group `{name}`, which is not in the dump; its policies are unknown"
            );
            self.found.push(entry::finding("unlisted-group", group, what));
            return;
        }
        let (account, group) = (self.account, name.into_owned().into());
        self.changes.push(Change::AddToGroup { account, user: user.into(), group });
    }

    fn role(&mut self, role: Cursor<'_>) {
        let Some(name) = self.named(role, "role", "RoleName") else { return };
        let (account, path, tags) = (self.account, entry::path(role), entry::tags(role));
        let id = entry::text(role, "RoleId");
        let label = format!("trust policy of role {name}");
        let trust = self.document(role, "AssumeRolePolicyDocument", &label, PolicyType::Trust);
        self.unclaimed(role, &name, &trust);
        let is_for_instances = trust.text().is_some_and(|text| text.contains("ec2.amazonaws.com"));
        self.changes.push(imported(Change::CreateRole {
            account,
            name: name.clone(),
            path,
            trust,
            tags,
            id,
        }));
        let profiles = entry::list(role, "InstanceProfileList");
        let profiles: Vec<_> = profiles.filter_map(|one| entry::text(one, "InstanceProfileName")).collect();
        // That none holds a role which no instance can have goes without saying.
        if role.member("InstanceProfileList").is_some() && (is_for_instances || !profiles.is_empty()) {
            self.changes.push(Change::SetInstanceProfiles { account, role: name.clone(), profiles });
        }
        self.permissions(role, &Entity::Role(name), "RolePolicyList");
    }

    /// I18: AWS saved the trust policy before it asked for the claim, and will refuse to save it again.
    fn unclaimed(&mut self, role: Cursor<'_>, name: &str, trust: &Document) {
        let provider = trust.compiled().and_then(|trust| claims::unclaimed_providers(trust).next());
        let Some(provider) = provider else { return };
        let what = format!("{}; AWS no longer saves such a trust policy", claims::everybody(name, provider));
        let finding =
            entry::finding("missing-claim", role.member("AssumeRolePolicyDocument").unwrap_or(role), what);
        self.found.push(finding.help(format!("test {} in a condition", claims::keys(provider))));
    }

    /// Inline policies, attached policies and the boundary.
    fn permissions(&mut self, holder: Cursor<'_>, on: &Entity, inline: &str) {
        let account = self.account;
        let label = on.to_string();
        for policy in entry::list(holder, inline) {
            self.inline(policy, on, &label);
        }
        for attached in entry::list(holder, "AttachedManagedPolicies") {
            let Some(policy) = self.referred(attached, "PolicyArn", &label) else { continue };
            self.changes.push(Change::Attach { account, policy, to: Target::Entity(on.clone()) });
        }
        if let Some(boundary) = holder.member("PermissionsBoundary").filter(|b| b.kind() == Kind::Object) {
            let policy = self.referred(boundary, "PermissionsBoundaryArn", &label);
            let set =
                policy.map(|policy| Change::SetBoundary { account, on: on.clone(), policy: Some(policy) });
            self.changes.extend(set);
        }
    }

    fn inline(&mut self, policy: Cursor<'_>, on: &Entity, label: &str) {
        let Some(name) = entry::text(policy, "PolicyName") else {
            let what = format!("an inline policy of {label} has no `PolicyName`");
            self.found.push(entry::finding("no-name", policy, what));
            return;
        };
        let label = format!("inline policy {name} of {label}");
        let document = self.document(policy, "PolicyDocument", &label, PolicyType::IdentityBased);
        let (account, on) = (self.account, on.clone());
        self.changes.push(imported(Change::PutInline { account, on, name, document }));
    }

    fn referred(&mut self, reference: Cursor<'_>, field: &str, label: &str) -> Option<Box<str>> {
        match entry::text(reference, field) {
            Some(arn) => self.mentioned(&arn, reference, label),
            None => {
                let what = format!("a policy attached to {label} has no `{field}`");
                self.found.push(entry::finding("no-arn", reference, what));
                None
            }
        }
    }

    /// Reads a document of an entry; what is wrong with it becomes a finding.
    pub(super) fn document(
        &mut self,
        holder: Cursor<'_>,
        field: &str,
        label: &str,
        kind: PolicyType,
    ) -> Document {
        let name = format!("{}: {label}", self.name);
        let (document, finding) = document::read(holder.member(field), &name, kind);
        let placed = finding.map(|finding| match finding.labels.is_empty() {
            true => finding.at(holder.place(), ""),
            false => finding,
        });
        self.found.extend(placed);
        document
    }

    /// The name of an entry that is met for the first time.
    fn named(&mut self, holder: Cursor<'_>, kind: &'static str, field: &str) -> Option<Box<str>> {
        let Some(name) = entry::text(holder, field) else {
            let what = format!("a {kind} has no `{field}` and was left out");
            self.found.push(entry::finding("no-name", holder, what));
            return None;
        };
        if let Some(arn) = entry::text(holder, "Arn") {
            self.note_account(&arn);
        }
        self.first_of(kind, &name, holder).then_some(name)
    }

    /// Whether a name is new; otherwise says that it was left out (E20).
    pub(super) fn first_of(&mut self, kind: &'static str, name: &str, at: Cursor<'_>) -> bool {
        let new = self.seen.insert((kind, name.to_ascii_lowercase()));
        if !new {
            let what = format!("{kind} `{name}` is in the dump twice; the second was left out");
            self.found.push(entry::finding("listed-twice", at, what));
        }
        new
    }

    /// Counts ARNs that name another account.
    pub(super) fn note_account(&mut self, arn: &str) {
        let other = Arn::parse(arn).and_then(|arn| arn.account_id()).filter(|id| *id != self.account);
        if let Some(other) = other {
            *self.foreign.entry(other).or_default() += 1;
        }
    }

    fn foreign_accounts(&mut self) {
        for (other, count) in &self.foreign {
            let arns = if *count == 1 { "1 ARN".to_owned() } else { format!("{count} ARNs") };
            let what = format!(
                "{arns} of the dump name account `{other}`; they are read as of account `{}`",
                self.account
            );
            self.found.push(Diagnostic::warning("foreign-account", what));
        }
    }
}

fn imported(change: Change) -> Change {
    Change::Imported(Box::new(change))
}

fn refused(findings: Vec<Diagnostic>) -> Imported {
    Imported { changes: Vec::new(), account: None, findings }
}

fn not_a_dump(dump: Cursor<'_>) -> Diagnostic {
    let what = "this is not the output of `aws iam get-account-authorization-details`";
    Diagnostic::error("not-a-dump", what).at(start_of(dump), "").help(format!(
        "expected an object with the lists {}",
        LISTS.map(|name| format!("`{name}`")).join(", ")
    ))
}

fn no_account(dump: Cursor<'_>) -> Diagnostic {
    Diagnostic::error("no-account", "no ARN of the dump names its account")
        .at(start_of(dump), "")
        .help("say which it is: `load \"FILE\" as account 111122223333`")
}

fn start_of(dump: Cursor<'_>) -> Place {
    let start = dump.span().start;
    Place::new(dump.source(), Span::new(start, start + 1))
}

/// The account that most ARNs name.
fn most_named(dump: Cursor<'_>) -> Option<AccountId> {
    let mut counts: BTreeMap<AccountId, usize> = BTreeMap::new();
    for entry in LISTS.iter().flat_map(|list| entry::list(dump, list)) {
        let arn = entry::text(entry, "Arn");
        if let Some(id) = arn.as_deref().and_then(Arn::parse).and_then(|arn| arn.account_id()) {
            *counts.entry(id).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(id, _)| id)
}
