//! From an answer to proposals: what could remove the first of the things that stand against a request.

use std::sync::Arc;

use super::super::Because;
use super::changed::changed;
use super::proposal::{Patch, Proposal};
use crate::compile::CompiledPolicy;
use crate::policy::{Effect, Layer, Policy, StatementEdit, Token};
use crate::question::Asked;
use crate::syntax::json::one_line;
use crate::trace::{Decision, StatementAt, StatementView};
use crate::world::{Document, LevelEdit, Origin};

/// A statement whose text is to be changed.
pub(super) struct EditTarget<'t> {
    pub(super) view: StatementView<'t>,
    pub(super) edit: StatementEdit<'t>,
}

impl Asked<'_> {
    /// What could remove the first of the things that stand against the request, the smallest change first.
    pub(super) fn changes(&self) -> Vec<Proposal> {
        let first = || self.because().iter().find_map(|because: &Because| because.at);
        match self.decision {
            Decision::Allowed => Vec::new(),
            _ if self.trace.gate.is_some() => self.gate_changes(),
            Decision::ExplicitDeny if self.is_restricted() => {
                first().map(|at| self.unpublic_changes(at)).unwrap_or_default()
            }
            Decision::ExplicitDeny => {
                let sparing = first().map(|at| self.sparing_changes(at)).unwrap_or_default();
                self.meant_resources().into_iter().chain(sparing).collect()
            }
            Decision::ImplicitDeny => {
                let missing = self.missing_levels().into_iter().next();
                let known = missing.filter(|(layer, _)| !self.is_unknown(*layer)); // I6
                let changes = known.map(|(layer, level)| self.allowing_changes(layer, level));
                let meant = self.meant_entity().into_iter().chain(self.meant_resources());
                meant.chain(changes.unwrap_or_default()).collect()
            }
        }
    }

    /// The action as AWS writes it.
    pub(in crate::explain) fn action_name(&self) -> String {
        self.request.facts.map_or_else(|| self.request.action.text().to_owned(), |facts| facts.to_string())
    }

    /// AWS's own policies cannot be changed, and nobody changes the policy of a root task, or of a service-linked role.
    pub(super) fn is_editable(&self, at: StatementAt) -> bool {
        let task = at.layer == Layer::Session && self.request.caller.principal.is_root();
        let service_linked = at.layer == Layer::IdentityBased && self.request.caller.service_linked.is_some();
        let reserved = at.layer == Layer::ResourceBased && self.is_on_reserved_role();
        !task && !service_linked && !reserved && self.origin(at).is_some_and(|origin| !is_of_aws(origin))
    }

    pub(super) fn detached(&self, at: StatementAt) -> Option<Proposal> {
        let service_linked = at.layer == Layer::IdentityBased && self.request.caller.service_linked.is_some();
        let origin = self.origin(at).filter(|_| at.layer != Layer::Session && !service_linked)?;
        let edit =
            LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document: None };
        let found = self.of_policy(format!("detach {}", origin.name), edit, Some(origin), None);
        let mut found = found.so(format!("takes away all that {} says", origin.name));
        found.edit.place = self.place(at, Token::Statement);
        Some(found.lifting(self.guard(at), self.guards_on_purpose(at)))
    }

    /// A Deny by which somebody guards more than one user or role: that of an organization, a boundary, a resource or
    /// an endpoint, or of a policy that others can have, too.
    pub(super) fn guard(&self, at: StatementAt) -> Option<String> {
        let is_shared = |origin: &Origin| origin.group.is_some() || origin.arn.is_some();
        let own = match at.layer {
            Layer::IdentityBased => !self.origin(at).is_some_and(is_shared),
            layer => layer == Layer::Session,
        };
        let view = self.request.statement(at).filter(|_| !own)?;
        let name = || self.statement(at).name().unwrap_or_else(|| self.named(at));
        (view.statement.effect == Effect::Deny).then(name)
    }

    pub(super) fn target(&self, at: StatementAt) -> Option<EditTarget<'_>> {
        let view = self.request.statement(at)?;
        let edit = StatementEdit::new(view.policy.policy(), at.statement.statement as usize)?;
        Some(EditTarget { view, edit })
    }

    /// A statement in other words, with what is to be done in it.
    pub(super) fn reworded(
        &self,
        on: &EditTarget<'_>,
        token: Token,
        what: &str,
        says: StatementEdit<'_>,
    ) -> Option<Proposal> {
        self.rewritten(on.view.at, token, format!("in {}, {what}", self.named(on.view.at)), Some(says))
    }

    /// One statement in other words; `None` = without it.
    pub(super) fn rewritten(
        &self,
        at: StatementAt,
        token: Token,
        words: String,
        says: Option<StatementEdit<'_>>,
    ) -> Option<Proposal> {
        let policy = self.request.statement(at)?.policy.policy();
        let says = says.map(|edit| edit.statement());
        if says.is_none() && policy.statements().len() == 1 {
            let mut detached = self.detached(at)?;
            detached.edit.words = words;
            return Some(detached);
        }
        let text = policy.with_statement(at.statement.statement as usize, says.as_deref());
        let statement = says.map(|says| one_line(&says));
        let own = policy.place(at.statement.statement as usize, Token::Statement);
        let mut edited = self.edited(at, token, words, text, policy)?;
        let changed = statement.as_ref().map(|statement| changed(own.text(), statement));
        edited.edit.changed = changed.unwrap_or_default();
        edited.edit.statement = statement;
        Some(edited)
    }

    pub(super) fn edited(
        &self,
        at: StatementAt,
        token: Token,
        words: String,
        text: String,
        policy: &Policy,
    ) -> Option<Proposal> {
        let document = Some(Document::compile(policy.source().name(), &text, policy.kind())?);
        let edit =
            LevelEdit { layer: at.layer, level: at.level, policy: Some(at.statement.policy), document };
        let mut found = self.of_policy(words, edit, self.origin(at), Some(text));
        found.edit.place = self.place(at, token);
        Some(found.lifting(self.guard(at), self.guards_on_purpose(at)))
    }

    /// A policy with a new text, be it a new policy; `None` = it is taken away.
    pub(super) fn of_policy(
        &self,
        words: String,
        edit: LevelEdit,
        origin: Option<&Origin>,
        text: Option<String>,
    ) -> Proposal {
        let whereabouts = self.whereabouts(&edit, origin, text.as_deref());
        let is_identity = edit.layer == Layer::IdentityBased;
        let words = is_identity.then(|| self.in_permission_set(&words, origin)).flatten().unwrap_or(words);
        let (replaces, made) = (self.replaced(&edit), self.changes_of(&edit, origin));
        let found = Proposal::new(words, Patch::Policy(edit)).at(whereabouts);
        let mut found = Proposal { replaces, made, ..found };
        found.edit.policy = origin.map(|origin| origin.name.to_string());
        found.edit.document = text;
        found
    }

    /// The document that an edit puts another in place of.
    fn replaced(&self, edit: &LevelEdit) -> Option<Arc<CompiledPolicy>> {
        let own = self.request.level(edit.layer, edit.level)?.set.policies();
        edit.policy.and_then(|at| own.get(at as usize)).cloned()
    }

    pub(in crate::explain) fn named(&self, at: StatementAt) -> String {
        self.name_statement(&self.statement(at))
    }
}

pub(super) fn is_of_aws(origin: &Origin) -> bool {
    origin.arn.as_deref().is_some_and(|arn| arn.contains("::aws:policy/"))
}
