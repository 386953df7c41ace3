//! `show policy ReadReports`: one thing of the world.

use super::describe::{names, on_off, permissions, replaced};
use super::stored::Stored;
use crate::facts;
use crate::names::Arn;
use crate::policy::Policy;
use crate::session::slots::{entity, word};
use crate::session::{Context, Failure, Heading, Made, Outcome, Row, Session, command};
use crate::source::Place;
use crate::syntax::script::Words;
use crate::world::{
    self, Account, Document, Entity, ManagedPolicy, Node, Resource, Role, Tags, User, World, WorldError,
};

pub(super) const ROW: Row = Heading::Control.row(
    "show [policy|user|group|role|account|resource] WORD [on ENTITY]",
    "shows a policy, user, group, role, account or resource; a policy with the line numbers that explanations use; `on` for an inline policy",
    "show policy ReadReports",
    make,
);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    let kinds = ["policy", "user", "group", "role", "account", "resource"];
    let name = words.get("WORD").map_or(0, |word| word.span.start);
    let kind = kinds.into_iter().find(|kind| words.keyword(kind).is_some_and(|at| at.start < name));
    let shown = Shown { kind, word: word(words, "WORD"), on: words.entity("ENTITY").map(entity) };
    Ok(command(move |session, _, _| show(session, &shown)))
}

/// What is shown of one thing.
type Lines = Vec<String>;

struct Shown {
    /// The kind that it is of, if that was said.
    kind: Option<&'static str>,
    word: Box<str>,
    /// The user, group or role of an inline policy.
    on: Option<Entity>,
}

/// Shows everything that a word names.
fn show(session: &Session, shown: &Shown) -> Result<Outcome, Failure> {
    let word = &*shown.word;
    if let Some(on) = &shown.on {
        let stored = Stored::find(session, word, Some(on))?;
        let lines = std::iter::once(stored.label.clone()).chain(document_text(&stored.document));
        return Ok(Outcome::lines(lines));
    }
    let is = |kind: &str| shown.kind.is_none_or(|own| own == kind);
    let mut found: Vec<Lines> = identities(session, word, shown.kind);
    found.extend(policies(session, word).into_iter().filter(|_| is("policy")));
    found.extend(
        session
            .world
            .find_account(word)
            .filter(|_| is("account"))
            .map(|one| account_text(&session.world, one)),
    );
    found.extend(resources(session, word).into_iter().filter(|_| is("resource")));
    found.extend(builtin(word).filter(|_| is("policy") && found.is_empty()));
    if found.is_empty() {
        Err(unknown(session, word))
    } else {
        Ok(Outcome::lines(found.join(&String::new())))
    }
}

fn identities(session: &Session, word: &str, said: Option<&str>) -> Vec<Lines> {
    let Ok(account) = session.selected_account() else { return Vec::new() };
    let (kind, name) = word.split_once('/').unwrap_or(("", word));
    let is = |own: &str| (kind.is_empty() || kind == own) && said.is_none_or(|said| said == own);
    let user = account.user(name).filter(|_| is("user")).map(|user| user_text(account, user));
    let group = account.group(name).filter(|_| is("group")).map(|group| group_text(account, group));
    let role = account.role(name).filter(|_| is("role")).map(|role| role_text(&session.world, account, role));
    let root = (word == "root" && is("user")).then(|| account_text(&session.world, account));
    [user, group, role, root].into_iter().flatten().collect()
}

fn policies(session: &Session, word: &str) -> Vec<Lines> {
    let is = |policy: &&ManagedPolicy| &*policy.name == word || &*policy.arn == word;
    let own = session.selected_account().into_iter().flat_map(|account| account.policies.values());
    let aws = session.world.aws_policies();
    // By its ARN a policy of any organization is shown, by its name one of that which is meant.
    let meant = session.world.organization_meant(session.selected).ok().map(|meant| &meant.id);
    let any = word.starts_with("arn:") || meant.is_none();
    let shown = session.world.organizations().filter(|all| any || meant == Some(&all.id));
    let control = shown.flat_map(|all| all.control_policies()).map(|(_, policy)| policy);
    let mut texts: Vec<Lines> =
        own.chain(aws).chain(control).map(AsRef::as_ref).filter(is).map(policy_text).collect();
    texts.dedup();
    texts
}

fn builtin(word: &str) -> Option<Lines> {
    let policy = facts::managed_policy(word).or_else(|| facts::root_task_policy(word))?;
    let mut lines = vec![format!("policy {}", policy.name), format!("arn      {}", policy.arn)];
    lines.push(format!("version  {}, the default since {}", policy.version, policy.date));
    lines.extend(numbered(policy.document, 1));
    Some(lines)
}

fn policy_text(policy: &ManagedPolicy) -> Lines {
    let versions = policy.versions.iter().map(|version| &version.id);
    let default = policy.versions.get(policy.default).map(|version| version.id.to_string());
    let mut lines = vec![format!("policy {}", policy.name), format!("arn      {}", policy.arn)];
    lines.push(format!("version  {} (of {})", default.unwrap_or_default(), names(versions)));
    lines.extend(document_text(policy.document()));
    lines
}

fn document_text(document: &Document) -> Lines {
    match document {
        Document::Good(compiled) => lines_of(compiled.policy()),
        Document::Refused(found) => {
            let first = found.first().map(|wrong| wrong.message.clone()).unwrap_or_default();
            vec![format!("       its document has errors: {first}")]
        }
        Document::Missing => vec!["       its document is missing".to_owned()],
    }
}

/// The lines of a document as explanations count them: in the text that it was written in.
fn lines_of(policy: &Policy) -> Lines {
    let place = Place::new(policy.source(), policy.document());
    let first = place.line_column().line;
    let lines = numbered(place.text(), first as usize);
    let whose = (first != 1).then(|| format!("lines    as in {}", place.source.name()));
    whose.into_iter().chain(lines).collect()
}

/// The lines of a document with their numbers; tabs are blanks of four.
fn numbered(text: &str, first: usize) -> impl Iterator<Item = String> {
    let line =
        move |(number, line): (usize, &str)| format!("{:>5}  {}", number + first, line.replace('\t', "    "));
    text.lines().enumerate().map(line)
}

fn user_text(account: &Account, user: &User) -> Lines {
    let mut lines = vec![format!("user     {}", user.name), format!("arn      {}", user.arn(account.id))];
    lines.push(format!("id       {}", user.id));
    lines.push(format!("groups   {}", names(user.groups.iter())));
    lines.push(format!("policies {}", permissions(&user.permissions)));
    let groups = user.groups.iter().filter_map(|name| account.group(name));
    lines.extend(
        groups.map(|group| format!("         {} (group {})", permissions(&group.permissions), group.name)),
    );
    lines.extend(user.boundary.as_ref().map(|boundary| format!("boundary {boundary}")));
    lines.extend(tag_line(&user.tags));
    lines
}

fn group_text(account: &Account, group: &world::Group) -> Lines {
    let members = account.members(&group.name);
    let members = names(members.map(|user| user.name));
    let policies = permissions(&group.permissions);
    vec![format!("group    {}", group.name), format!("members  {members}"), format!("policies {policies}")]
}

fn role_text(world: &World, account: &Account, role: &Role) -> Lines {
    let mut lines = vec![format!("role     {}", role.name), format!("arn      {}", role.arn(account.id))];
    lines.push(format!("id       {}", role.id));
    lines.push(format!("policies {}", permissions(&role.permissions)));
    lines.extend(role.boundary.as_ref().map(|boundary| format!("boundary {boundary}")));
    lines.extend(role.instance_profiles.as_ref().map(|profiles| match &profiles[..] {
        [] => "no instance profile".to_owned(),
        profiles => format!("instance profiles {}", profiles.join(", ")),
    }));
    lines.extend(tag_line(&role.tags));
    lines.push("trust".to_owned());
    lines.extend(document_text(&role.trust));
    let gone = |(arn, id): (&str, &str)| {
        format!("note     {arn} means {id}, who was deleted; whoever has the name now is somebody else (A31)")
    };
    lines.extend(replaced(world, role).into_iter().map(gone));
    lines
}

fn account_text(world: &World, account: &Account) -> Lines {
    let email = if account.root.email.is_empty() { "no e-mail address yet" } else { &*account.root.email };
    let mfa = if account.root.mfa { "with MFA" } else { "without MFA" };
    let mut lines = vec![format!("account  {}", account.label())];
    lines.extend(account.alias.as_ref().map(|alias| format!("alias    {alias}")));
    lines.push(format!("root     {email}, {mfa}"));
    lines.extend(world.organization_of(account.id).map(|organization| {
        let nodes = organization.path_to(account.id);
        let place = nodes.iter().rev().nth(1).map(Node::to_string).unwrap_or_default();
        let managing = if organization.management == account.id { ", its management account" } else { "" };
        format!("in       organization {}, {place}{managing}", organization.id)
    }));
    lines.push(format!("billing  IAM access to Billing is {}", on_off(account.billing_access)));
    lines.push(format!("users    {}", names(account.users.values().map(|user| &user.name))));
    lines.push(format!("roles    {}", names(account.roles.values().map(|role| &role.name))));
    lines
}

fn resource_text(resource: &Resource) -> Lines {
    let mut lines = vec![format!("resource {}", resource.arn), format!("owner    {}", resource.owner)];
    lines.extend(resource.holder.as_ref().map(|holder| format!("in       {holder}")));
    lines.extend(resource.region.as_ref().map(|region| format!("region   {region}")));
    lines.extend(resource.key.as_ref().map(|key| format!("key      {key}")));
    lines.extend(tag_line(&resource.tags));
    let grant = |grant: &world::Grant| format!("grant    {}: {}", grant.principal, grant.actions.join(", "));
    lines.extend(resource.grants.iter().map(|one| grant(one)));
    if let Some(policy) = &resource.policy {
        lines.push("policy".to_owned());
        lines.extend(document_text(policy));
    }
    lines
}

/// A declared resource; of what was not declared what holds it (I1).
/// The resource with an ARN, or what it lies in; by their names those of all accounts.
fn resources(session: &Session, word: &str) -> Vec<Lines> {
    if let Some(own) = session.world.resource(word) {
        return vec![resource_text(own)];
    }
    let Some(arn) = Arn::parse(word) else { return resources_called(session, word) };
    let holder = session
        .world
        .resource_of(&arn)
        .map(|holder| std::iter::once(format!("{word} lies in")).chain(resource_text(holder)).collect());
    holder.into_iter().collect()
}

fn resources_called(session: &Session, name: &str) -> Vec<Lines> {
    let is = |own: &Resource| {
        Arn::parse(&own.arn).is_some_and(|own| {
            own.resource() == name || own.resource().rsplit(['/', ':']).next() == Some(name)
        })
    };
    session.world.resources().filter(|own| is(own)).map(|own| resource_text(own)).collect()
}

fn tag_line(tags: &Tags) -> Option<String> {
    let all = tags.iter().map(|(key, value)| format!("{key}={value}"));
    (!tags.is_empty()).then(|| format!("tags     {}", names(all)))
}

fn unknown(session: &Session, word: &str) -> Failure {
    let account = match session.selected_account() {
        Ok(account) => account,
        Err(none) => return none,
    };
    let known =
        account.users.values().map(|user| &*user.name).chain(account.roles.values().map(|role| &*role.name));
    let known = known
        .chain(account.groups.values().map(|group| &*group.name))
        .chain(account.policies.keys().map(AsRef::as_ref));
    let known = known.chain(facts::managed_policy_names());
    let what = format!("there is nothing called `{word}` in account {}", account.label());
    WorldError::new("unknown-name", word, what).suggest(known).otherwise("`list` says what there is").into()
}
