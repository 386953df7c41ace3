//! What a command is made in: the statement's text, the session, the door to the outside.

use std::path::Path;
use std::sync::Arc;

use super::aws_policy::aws_policy_in_place_of;
use super::failure::Failure;
use super::file_of::FileOf;
use super::outside::{EditedText, Outside, nobody_edits};
use super::principals::{find_account, find_principal};
use super::slots::{entity, missing};
use super::state::Session;
use crate::names::AccountId;
use crate::policy::{Policy, PolicyType};
use crate::recognise::{PolicyInside, only_in_part, only_of_type, policies_inside};
use crate::source::{Diagnostic, Parsed, Place, Source, Span};
use crate::syntax::json::{Tree, parse_json, parse_json_in};
use crate::syntax::script;
use crate::world::{Account, Document, Entity, NamedDocument, Node, Principal, Target, World, WorldError};

/// The longest policy or script that is read from a file, in bytes; the longest policy of AWS has 150,000.
const MAX_FILE: usize = 10_000_000;

/// What a command is made in.
pub struct Context<'s> {
    /// The text that the statement stands in.
    pub source: &'s Arc<Source>,
    /// The session, as it is before the command.
    pub session: &'s Session,
    outside: &'s mut dyn Outside,
    /// What there is to say about documents that were read and are good enough.
    pub warnings: Vec<Diagnostic>,
    /// The files that were read.
    pub(super) files: Vec<Arc<Source>>,
    /// The policies that were read.
    pub(super) policies: Vec<Arc<Policy>>,
}

impl<'s> Context<'s> {
    /// The surroundings of a statement.
    pub fn new(source: &'s Arc<Source>, session: &'s Session, outside: &'s mut dyn Outside) -> Self {
        Self { source, session, outside, warnings: Vec::new(), files: Vec::new(), policies: Vec::new() }
    }

    /// The world.
    pub fn world(&self) -> &'s World {
        &self.session.world
    }

    /// What the clock says, in epoch seconds.
    pub(crate) fn now(&self) -> i64 {
        self.outside.now()
    }

    /// The selected account.
    pub fn account(&self) -> Result<AccountId, Failure> {
        self.session.selected.ok_or_else(no_account)
    }

    /// The account that a word names by its id or alias.
    pub fn account_named(&self, word: &str) -> Result<AccountId, Failure> {
        find_account(self.world(), word).map(|account| account.id).map_err(Failure::from)
    }

    /// A place of the statement.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.source, span)
    }

    /// Reads a policy document: inline, where the script itself is its source, or from a file.
    pub fn document(&mut self, at: &script::JsonAt<'_>, kind: PolicyType) -> Result<Document, Failure> {
        let tree = match at {
            script::JsonAt::Json(span) => parse_json_in(self.source, *span),
            script::JsonAt::From(path) => self.policy_in(path, kind)?,
        };
        match Document::from_parsed(Policy::of(tree, kind)) {
            (Document::Refused(diagnostics), _) => Err(diagnostics.to_vec().into()),
            (document, warnings) => {
                self.warnings.extend(warnings);
                self.policies.extend(document.compiled().map(|compiled| Arc::clone(compiled.policy())));
                Ok(document)
            }
        }
    }

    /// The document of a slot.
    pub fn document_of(&mut self, words: &script::Words<'_>, kind: PolicyType) -> Result<Document, Failure> {
        self.optional_document(words, kind)?
            .ok_or_else(|| Failure::from(WorldError::new("missing-word", "", "expected a policy document")))
    }

    /// The document of a slot that may be left out.
    pub fn optional_document(
        &mut self,
        words: &script::Words<'_>,
        kind: PolicyType,
    ) -> Result<Option<Document>, Failure> {
        words.document("DOCUMENT").map(|document| self.document(document, kind)).transpose()
    }

    /// Reads the policy of a file, which may hold it inside of something else, as outputs of AWS do.
    pub(crate) fn policy_in(
        &mut self,
        path: &script::Word<'_>,
        kind: PolicyType,
    ) -> Result<Parsed<Tree>, Failure> {
        let file = self.file(path, FileOf::Policy)?;
        self.policy_of(&file, path, kind)
    }

    /// The policy of a file that was read, which may hold it inside of something else.
    pub(crate) fn policy_of(
        &self,
        file: &Arc<Source>,
        path: &script::Word<'_>,
        kind: PolicyType,
    ) -> Result<Parsed<Tree>, Failure> {
        match self.inside(file, path)? {
            None => Ok(parse_json(file)),
            Some(inside) => Ok(only_of_type(file, inside, kind).map_err(Failure::from)?.tree()),
        }
    }

    /// The policy of a file that was read, as far as it is known; and what is to be said where that is not in full.
    pub(crate) fn policy_in_part(
        &self,
        file: &Arc<Source>,
        path: &script::Word<'_>,
        kind: PolicyType,
    ) -> Result<(Parsed<Tree>, Option<Diagnostic>), Failure> {
        let Some(inside) = self.inside(file, path)? else { return Ok((parse_json(file), None)) };
        let only = only_in_part(file, inside, kind).map_err(Failure::from)?;
        Ok((only.tree(), only.unresolved()))
    }

    /// The type that the policy of a file has, or looks like.
    pub(crate) fn policy_type_of(
        &self,
        file: &Arc<Source>,
        path: &script::Word<'_>,
    ) -> Result<PolicyType, Failure> {
        let looks = |parsed: Parsed<Tree>| parsed.value.map(|tree| PolicyType::by_looks(tree.root()));
        let found = match self.inside(file, path)? {
            None => looks(parse_json(file)),
            Some(inside) => inside.into_iter().find_map(|one| one.kind.or_else(|| looks(one.tree()))),
        };
        Ok(found.unwrap_or(PolicyType::IdentityBased))
    }

    fn inside(
        &self,
        file: &Arc<Source>,
        path: &script::Word<'_>,
    ) -> Result<Option<Vec<PolicyInside>>, Failure> {
        let place = self.place(path.span);
        policies_inside(file).map_err(|other| Failure::from(other.at(place, "")))
    }

    /// Reads JSON, inline or from a file.
    pub(crate) fn json(&mut self, at: &script::JsonAt<'_>, kind: FileOf) -> Result<Parsed<Tree>, Failure> {
        match at {
            script::JsonAt::Json(span) => Ok(parse_json_in(self.source, *span)),
            script::JsonAt::From(path) => Ok(parse_json(&self.file(path, kind)?)),
        }
    }

    /// Lets a person edit a text, unless a script asks for it.
    pub(crate) fn let_edit(&mut self, name: &str, text: &str) -> Result<EditedText, Failure> {
        let edited = match self.session.reading.is_empty() {
            true => self.outside.edit(name, text),
            false => Err(nobody_edits(name)),
        };
        edited.map_err(|wrong| Diagnostic::from(wrong).into())
    }

    /// Reads a file; paths are relative to the file that the statement stands in.
    pub(crate) fn file(&mut self, path: &script::Word<'_>, kind: FileOf) -> Result<Arc<Source>, Failure> {
        let place = Place::new(self.source, path.span);
        self.source_of(&path.text, kind, &place)
    }

    /// Reads the file of a path, or takes AWS's policy of that name where a policy is named and no file; `place` is
    /// where the statement names it.
    pub(crate) fn source_of(
        &mut self,
        path: &str,
        kind: FileOf,
        place: &Place,
    ) -> Result<Arc<Source>, Failure> {
        let full = relative_to(self.source.name(), path);
        let wrong = |diagnostic: Diagnostic| Failure::from(diagnostic.at(place.clone(), ""));
        let text = match self.outside.read(&full) {
            Ok(text) => text,
            Err(unreadable) if kind == FileOf::Policy => {
                return aws_policy_in_place_of(path, unreadable)
                    .map_err(|unreadable| wrong(unreadable.into()));
            }
            Err(unreadable) => return Err(wrong(unreadable.into())),
        };
        if text.len() > MAX_FILE {
            let what = format!("`{full}` has {} bytes, more than the {MAX_FILE} that are read", text.len());
            return Err(wrong(Diagnostic::error("file-too-long", what)));
        }
        let file = self.session.files.source(full, text, &self.files).map_err(wrong)?;
        self.files.push(Arc::clone(&file));
        let json = kind.as_json(&file);
        if self.outside.is_strangers() {
            let read = json.as_ref().and_then(|json| json.as_ref().ok()).unwrap_or(&file);
            kind.check(read).map_err(|other| wrong(other.into()))?;
        }
        json.unwrap_or(Ok(file)).map_err(Failure::from)
    }
}

impl Session {
    /// The account that is selected, or the refusal to go on without.
    pub(crate) fn selected_account(&self) -> Result<&Account, Failure> {
        self.selected.and_then(|id| self.world.account(id)).map(AsRef::as_ref).ok_or_else(no_account)
    }
}

fn no_account() -> Failure {
    WorldError::new("no-account", "", "no account is selected")
        .help("create or select one: `account 111122223333 \"Acme\"`")
        .into()
}

/// A path as it is meant in a file: relative to that file.
pub(crate) fn relative_to(file: &str, path: &str) -> String {
    let base = Path::new(file).parent().filter(|_| !file.starts_with('<'));
    if let Some(base) = base { base.join(path).to_string_lossy().into_owned() } else { path.to_owned() }
}

impl Context<'_> {
    /// The principal that a word names; bare names are looked up in the selected account.
    pub fn principal(&self, word: &str) -> Result<Principal, Failure> {
        Ok(find_principal(self.world(), self.session.selected, word)?)
    }

    pub(crate) fn owner_of(&self, words: &script::Words<'_>) -> Result<Option<AccountId>, Failure> {
        words.get("ACCOUNT").map(|account| self.account_named(&account.text)).transpose()
    }

    pub(crate) fn file_of(
        &mut self,
        words: &script::Words<'_>,
        kind: FileOf,
    ) -> Result<Arc<Source>, Failure> {
        let path = words.get("FILE").ok_or_else(|| missing("a path"))?;
        self.file(path, kind)
    }

    /// The session policies that a statement gives, called `name`.
    pub(crate) fn session_policies(
        &mut self,
        words: &script::Words<'_>,
        name: &str,
    ) -> Result<Vec<NamedDocument>, Failure> {
        let mut policies = Vec::new();
        for value in words.values("DOCUMENT") {
            let script::Value::Document(at) = value else { continue };
            let document = self.document(at, PolicyType::Session)?;
            policies.push(NamedDocument { name: name.into(), document });
        }
        Ok(policies)
    }

    pub(crate) fn entity_of(&self, words: &script::Words<'_>) -> Result<Entity, Failure> {
        words.entity("ENTITY").map(entity).ok_or_else(|| missing("a user, group or role"))
    }

    pub(crate) fn target_of(&self, words: &script::Words<'_>) -> Result<Target, Failure> {
        let target = words.target("TARGET").ok_or_else(|| missing("a target"))?;
        let name: Box<str> = target.name.as_ref().map(|name| &*name.text).unwrap_or_default().into();
        Ok(match &*target.kind.text {
            "user" => Target::Entity(Entity::User(name)),
            "group" => Target::Entity(Entity::Group(name)),
            "role" => Target::Entity(Entity::Role(name)),
            "ou" => Target::Unit(name),
            "account" => Target::Account(self.account_named(&name)?),
            "policy" => Target::Policy(name),
            "resource" => Target::Resource(name),
            _ => Target::OrganizationRoot,
        })
    }

    /// The node of the organization that is named; the root where none is.
    pub(crate) fn node_of(&self, words: &script::Words<'_>) -> Result<Node, Failure> {
        if words.target("TARGET").is_none() {
            return Ok(Node::Root);
        }
        match self.target_of(words)? {
            Target::OrganizationRoot => Ok(Node::Root),
            Target::Unit(name) => Ok(Node::Unit(name)),
            Target::Account(id) => Ok(Node::Account(id)),
            _ => {
                let what = "an organization consists of its root, units and accounts";
                let error = WorldError::new("not-a-node", "", what);
                Err(error.help("`organization-root`, `ou NAME` or `account ID`").into())
            }
        }
    }

    /// The account in which a change to a target happens: the selected one. Where none is, what is of an organization
    /// is changed in its management account, and for what belongs to no account any will do.
    pub(crate) fn account_for(&self, target: &Target) -> Result<AccountId, Failure> {
        if let Some(selected) = self.session.selected {
            return Ok(selected);
        }
        let free = match target {
            Target::Unit(_) | Target::OrganizationRoot => {
                return Ok(self.world().organization_meant(None)?.management);
            }
            Target::Resource(_) => self.world().accounts().next(),
            Target::Account(id) => self.world().account(*id),
            _ => None,
        };
        free.map(|account| account.id).ok_or_else(no_account)
    }
}
