//! The statements that make a world, in an order in which they can be executed: who there is before what names them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::commands::describe::{on_off, replaced};
use crate::facts;
use crate::names::{AccountId, Arn};
use crate::session::Session;
use crate::source::printable_json;
use crate::syntax::script::Usage;
use crate::syntax::script::write::{self, arn, pair, quoted};
use crate::world::{
    Account, AccountState, ControlKind, DOUBTS, Document, MODES, ManagedPolicy, Node, Organization,
    Permissions, PublicAccessBlock, Resource, Tags, World,
};

/// The first words of every script.
pub(super) const OPENING: &str = "# A world of iamwhy.\n";

/// A script, and what it cannot say.
pub(super) struct Saved {
    pub(super) text: String,
    pub(super) left_out: Vec<String>,
}

/// The script that makes a world. Unique ids are in it where its policies speak of some (A31).
pub(super) fn script_of(session: &Session) -> Saved {
    let saved = written(session, false);
    let speaks_of_ids = ["AIDA", "AROA"].iter().any(|prefix| saved.text.contains(prefix));
    if speaks_of_ids { written(session, true) } else { saved }
}

fn written(session: &Session, ids: bool) -> Saved {
    let (world, selected) = (&session.world, session.selected);
    let mut writer = Writer { ids, usages: &session.table.usages, ..Writer::default() };
    writer.text.push_str(OPENING);
    world.accounts().for_each(|account| writer.identities(account));
    writer.aws_policies(world);
    world.accounts().for_each(|account| writer.policies(account));
    world.accounts().for_each(|account| writer.roles(world, account));
    world.accounts().for_each(|account| writer.attachments(account));
    world.organizations().for_each(|organization| writer.organization(world, organization));
    let (points, others): (Vec<_>, Vec<_>) =
        world.resources().partition(|resource| resource.bucket.is_some() || resource.holder.is_some());
    others.into_iter().chain(points).for_each(|resource| writer.resource(resource));
    for endpoint in world.endpoints() {
        let owner = endpoint.owner.map(|owner| format!(" owner {owner}")).unwrap_or_default();
        let service = endpoint.service.as_ref().map(|own| format!(" service {}", writer.word(own)));
        let (id, vpc) = (writer.word(&endpoint.id), writer.word(&endpoint.vpc));
        let line = format!("endpoint {id} vpc {vpc}{}{owner}", service.unwrap_or_default());
        writer.with_policy(line, endpoint.policy.as_ref());
    }
    world.accounts().for_each(|account| writer.switches(account));
    writer.settings(world);
    if let Some(id) = selected.filter(|id| writer.selected != Some(*id)) {
        let _ = writeln!(writer.text, "\naccount {id}");
    }
    Saved { text: writer.text, left_out: writer.left_out }
}

#[derive(Default)]
struct Writer {
    text: String,
    left_out: Vec<String>,
    /// How statements are written, whose keywords are no names.
    usages: &'static [Usage],
    /// Whether unique ids are written.
    ids: bool,
    /// The ARNs of managed policies that are left out.
    unread: Vec<Box<str>>,
    /// The account in which the next statement stands, and the one that is selected where the script ends.
    account: Option<AccountId>,
    selected: Option<AccountId>,
}

impl Writer {
    fn line(&mut self, line: String) {
        if let Some(id) = self.account.filter(|_| self.account != self.selected) {
            self.text.push_str(&format!("\naccount {id}\n"));
            self.selected = self.account;
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn leave_out(&mut self, what: String) {
        let _ = writeln!(self.text, "# left out: {what}");
        self.left_out.push(format!("left out: {what}"));
    }

    /// A statement that ends with a document; nothing if the document cannot be consulted.
    fn with_document(&mut self, line: String, document: &Document) {
        match document.text() {
            Some(text) => self.line(format!("{line} {}", printable_json(text))),
            None => self.leave_out(format!("{line}: its document is missing or has errors")),
        }
    }

    fn with_policy(&mut self, line: String, policy: Option<&Document>) {
        match policy {
            Some(document) => self.with_document(format!("{line} policy"), document),
            None => self.line(line),
        }
    }

    fn identities(&mut self, account: &Account) {
        let alias =
            account.alias.as_ref().map(|alias| format!(" alias {}", self.word(alias))).unwrap_or_default();
        (self.account, self.selected) = (Some(account.id), Some(account.id));
        self.line(format!("\naccount {} {}{alias}", account.id, quoted(&account.name)));
        if !account.root.email.is_empty() {
            let mfa = if account.root.mfa { " mfa" } else { "" };
            self.line(format!("root {}{mfa}", self.word(&account.root.email)));
        }
        for user in account.users.values() {
            let id = self.id(&user.id);
            self.line(format!(
                "user {}{}{id}{}",
                self.word(&user.name),
                self.path(&user.path),
                tags(&user.tags)
            ));
        }
        for group in account.groups.values() {
            let members = account.members(&group.name);
            let members: String = members.map(|user| format!(" {}", self.word(user.name))).collect();
            let members = if members.is_empty() { members } else { format!(" members{members}") };
            self.line(format!("group {}{}{members}", self.word(&group.name), self.path(&group.path)));
        }
    }

    fn id(&self, id: &str) -> String {
        if self.ids { format!(" id {}", self.word(id)) } else { String::new() }
    }

    /// The policies of AWS whose documents are not those built in: a dump brought them.
    fn aws_policies(&mut self, world: &World) {
        for policy in world.aws_policies() {
            let text = policy.document().text();
            let builtin = facts::managed_policy(&policy.arn).map(|builtin| builtin.document);
            match policy.document() {
                // The document of a policy that nobody knows is missing wherever it is attached.
                Document::Missing if builtin.is_none() => {}
                _ if text.is_some() && text == builtin.map(str::trim) => {}
                document => self.with_document(format!("policy {}", arn(&policy.arn)), document),
            }
        }
    }

    /// Versions in order, the default one last: what is put last is the default (A13).
    fn policies(&mut self, account: &Account) {
        self.account = Some(account.id);
        for policy in account.policies.values() {
            let has_path = !policy.arn.ends_with(&format!(":policy/{}", policy.name));
            self.versions("policy", if has_path { &policy.arn } else { &policy.name }, policy);
            if policy.document().compiled().is_none() {
                self.unread.push(policy.arn.clone());
            }
        }
    }

    fn versions(&mut self, keyword: &str, name: &str, policy: &ManagedPolicy) {
        let others = policy.versions.iter().enumerate().filter(|(number, _)| *number != policy.default);
        // Without its default version a policy would be another one.
        for (_, version) in others.filter(|_| policy.document().compiled().is_some()) {
            self.with_document(format!("{keyword} {}", self.word(name)), &version.document);
        }
        self.with_document(format!("{keyword} {}", self.word(name)), policy.document());
    }

    fn roles(&mut self, world: &World, account: &Account) {
        self.account = Some(account.id);
        for role in account.roles.values() {
            let line =
                format!("role {}{}{} trust", self.word(&role.name), self.path(&role.path), self.id(&role.id));
            match role.trust.compiled() {
                Some(compiled) => {
                    // An ARN that means nobody any more, or somebody else, is shown as the unique id (A31).
                    let text = compiled.policy().renamed(&replaced(world, role));
                    self.line(format!("{line} {}", printable_json(&text)));
                }
                None => self.with_document(line, &role.trust),
            }
            if !role.tags.is_empty() && role.trust.compiled().is_some() {
                let tags = tags(&role.tags).replacen(" tags", "", 1);
                self.line(format!("tag role {}{tags}", self.word(&role.name)));
            }
            let profiles = role.instance_profiles.as_ref().filter(|_| role.trust.compiled().is_some());
            if let Some(profiles) = profiles {
                let names: String = profiles.iter().map(|name| format!(" {}", self.word(name))).collect();
                let are = if names.is_empty() { names } else { format!(" are{names}") };
                self.line(format!("instance-profiles of role {}{are}", self.word(&role.name)));
            }
        }
    }

    fn attachments(&mut self, account: &Account) {
        self.account = Some(account.id);
        let is_written = |trust: &Document| trust.compiled().is_some();
        for one in account.identities().filter(|one| one.trust.is_none_or(is_written)) {
            let target = format!("{} {}", one.kind, self.word(one.name));
            self.permissions(&target, one.permissions);
            self.boundary(&target, one.boundary);
        }
    }

    fn permissions(&mut self, target: &str, permissions: &Permissions) {
        for arn in &permissions.attached {
            if self.unread.contains(arn) {
                self.leave_out(format!("attach {} to {target}: the policy is left out", self.word(arn)));
                continue;
            }
            self.line(format!("attach {} to {target}", self.word(arn)));
        }
        for inline in &permissions.inline {
            self.with_document(format!("inline {} on {target}", self.word(&inline.name)), &inline.document);
        }
    }

    fn boundary(&mut self, target: &str, policy: Option<&str>) {
        match policy {
            Some(policy) if self.unread.iter().any(|unread| **unread == *policy) => {
                self.leave_out(format!("boundary {} on {target}: the policy is left out", self.word(policy)));
            }
            Some(policy) => self.line(format!("boundary {} on {target}", self.word(policy))),
            None => {}
        }
    }

    /// Where there are several, what is said of one is said in its management account.
    fn organization(&mut self, world: &World, organization: &Organization) {
        if world.organizations().nth(1).is_some() {
            self.account = Some(organization.management);
        }
        self.line(format!(
            "\norganization {} management {}",
            self.word(&organization.id),
            organization.management
        ));
        self.units(organization);
        for (id, unit) in organization.accounts.iter().filter(|(id, _)| **id != organization.management) {
            let to = unit
                .as_ref()
                .map_or("organization-root".to_owned(), |name| format!("ou {}", self.word(name)));
            self.line(format!("move account {id} to {to}"));
        }
        let own = |(kind, policy): &(ControlKind, &Arc<ManagedPolicy>)| *policy.name != *kind.full_access();
        for (kind, policy) in organization.control_policies().filter(own) {
            self.versions(kind.keyword(), &policy.name, policy);
        }
        ControlKind::ALL.into_iter().for_each(|kind| self.attached_to_nodes(organization, kind));
        for (account, service) in organization.delegated.keys() {
            self.line(format!("delegate {} to account {account}", self.word(service)));
        }
        for (word, on) in
            [("credentials", organization.root_credentials), ("sessions", organization.root_sessions)]
        {
            if let Some(on) = on {
                self.line(format!("root-access {word} {}", on_off(on)));
            }
        }
        for (node, block) in &organization.public_access_blocks {
            let place = match node {
                Node::Root => " for organization".to_owned(),
                _ => format!(" for organization {}", self.target(node)),
            };
            self.public_access(&place, *block);
        }
        for account in organization.invited.keys() {
            self.line(format!("invite {account}"));
        }
    }

    /// Parents before children.
    fn units(&mut self, organization: &Organization) {
        let mut open = vec![&Node::Root];
        while let Some(parent) = open.pop() {
            for node in organization.inside(parent) {
                let Node::Unit(name) = node else { break };
                let under = match parent {
                    Node::Unit(parent) => format!(" under {}", self.word(parent)),
                    _ => String::new(),
                };
                self.line(format!("ou {}{under}", self.word(name)));
                open.push(node);
            }
        }
    }

    fn attached_to_nodes(&mut self, organization: &Organization, kind: ControlKind) {
        let full = kind.full_access();
        for (node, names) in &organization.controls(kind).attached {
            let target = self.target(node);
            for name in names.iter().filter(|name| &***name != full) {
                self.line(format!("attach {} to {target}", self.word(name)));
            }
            if kind == ControlKind::Scp && !names.iter().any(|name| &**name == full) {
                self.line(format!("detach {full} from {target}"));
            }
        }
    }

    fn resource(&mut self, resource: &Resource) {
        match &resource.bucket {
            Some(bucket) => {
                let vpc =
                    resource.vpc.as_ref().map(|vpc| format!(" vpc {}", self.word(vpc))).unwrap_or_default();
                let line = format!("access-point {} of {}{vpc}", arn(&resource.arn), arn(bucket));
                self.with_policy(line, resource.policy.as_ref());
            }
            None => {
                let said = |word: &str, what: &Option<Box<str>>| {
                    what.as_ref().map(|what| format!(" {word} {}", arn(what))).unwrap_or_default()
                };
                let (holder, key) = (said("in", &resource.holder), said("key", &resource.key));
                let region = resource.region.as_ref().map(|region| format!(" region {}", self.word(region)));
                let region = region.unwrap_or_default();
                let line = format!("resource {}{holder}{region}{key}{}", arn(&resource.arn), owner(resource));
                if !resource.tags.is_empty() {
                    self.line(format!("{line}{}", tags(&resource.tags)));
                }
                if resource.tags.is_empty() || resource.policy.is_some() {
                    self.with_policy(line, resource.policy.as_ref());
                }
            }
        }
        for grant in &resource.grants {
            let actions: Vec<_> = grant.actions.iter().map(|action| self.word(action)).collect();
            let actions = actions.join(" ");
            self.line(format!("grant {} on {} actions {actions}", arn(&grant.principal), arn(&resource.arn)));
        }
        if resource.abac {
            self.line(format!("bucket-abac on for {}", arn(&resource.arn)));
        }
        if resource.takes_sse_c {
            self.line(format!("bucket-sse-c on for {}", arn(&resource.arn)));
        }
        self.public_access(&format!(" for {}", arn(&resource.arn)), resource.public_access_block);
    }

    fn public_access(&mut self, place: &str, block: PublicAccessBlock) {
        let on = block.switches().into_iter().filter(|(_, on)| *on);
        let on: String = on.map(|(name, _)| format!(" {name}")).collect();
        if !on.is_empty() {
            self.line(format!("public-access-block on{place}{on}"));
        } else if block.is_said {
            self.line(format!("public-access-block off{place}"));
        }
    }

    fn switches(&mut self, account: &Account) {
        self.account = Some(account.id);
        if account.billing_access {
            self.line("billing-access on".to_owned());
        }
        if account.change_own_password {
            self.line("change-own-password on".to_owned());
        }
        for region in &account.regions_off {
            self.line(format!("region {} off", self.word(region)));
        }
        self.public_access("", account.public_access_block);
        if account.state != AccountState::Active {
            self.line(format!("account-state {}", account.state.as_str()));
        }
    }

    fn settings(&mut self, world: &World) {
        let settings = world.settings();
        for switch in DOUBTS.iter().chain(&MODES).filter(|switch| switch.is_turned(settings)) {
            self.line(format!("set {} {}", switch.label(), switch.word(settings)));
        }
        if let Some(day) = settings.as_of {
            self.line(format!("set as-of {day}"));
        }
        if let Some(time) = settings.time {
            self.line(format!("set time {time}"));
        }
    }

    fn target(&self, node: &Node) -> String {
        match node {
            Node::Root => "organization-root".to_owned(),
            Node::Unit(name) => format!("ou {}", self.word(name)),
            Node::Account(id) => format!("account {id}"),
        }
    }

    fn path(&self, path: &str) -> String {
        if path == "/" { String::new() } else { format!(" path {}", self.word(path)) }
    }

    /// A word: bare where that can mean nothing else.
    fn word<'t>(&self, text: &'t str) -> Cow<'t, str> {
        write::name(text, self.usages)
    }
}

/// The clause for the owner of a resource; none where the ARN says it, for that account need not be in the world.
fn owner(resource: &Resource) -> String {
    let said = Arn::parse(&resource.arn).and_then(|arn| arn.account_id()) == Some(resource.owner);
    if said { String::new() } else { format!(" owner {}", resource.owner) }
}

fn tags(tags: &Tags) -> String {
    let pairs: String = tags.iter().map(|(key, value)| format!(" {}", pair(key, &quoted(value)))).collect();
    if pairs.is_empty() { pairs } else { format!(" tags{pairs}") }
}
