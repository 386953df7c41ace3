//! What a question assumes: context keys, what is left out, the day of the facts.

use std::borrow::Cow;

use super::context::Context;
use super::failure::Failure;
use crate::batch::read_context;
use crate::names::AccountId;
use crate::syntax::script::{self, Clause, PairValue};
use crate::world::{
    ContextEntry, ContextValue, GivenPolicies, LeftOut, PublicAccessBlock, Settings, WorldError,
};

/// What a question assumes beyond what the world says.
#[derive(Clone, Debug, Default)]
pub struct Assumptions {
    /// Context keys.
    pub context: Vec<ContextEntry<'static>>,
    /// Layers and policies that are left out.
    pub without: Vec<LeftOut>,
    /// Policies in place of the world's.
    pub given: GivenPolicies,
    /// The account that owns the resource, where neither the ARN nor the world says it.
    pub resource_account: Option<AccountId>,
    /// S3 Block Public Access in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The day of the root-only tasks, and other switches, where the question names them.
    pub settings: Option<Settings>,
}

impl Context<'_> {
    /// What the clauses of a statement assume.
    pub(super) fn assumptions(&mut self, words: &script::Words<'_>) -> Result<Assumptions, Failure> {
        let given = self.given_policies().clone();
        let mut assumptions = Assumptions { given, ..Assumptions::default() };
        for clause in words.clauses("CLAUSE") {
            match clause {
                Clause::With(context) => self.add_context(context, &mut assumptions.context)?,
                Clause::Without(word) => assumptions.without.push(LeftOut::read(&word.text)),
                Clause::AsOf(date) => {
                    let mut settings = assumptions.settings.unwrap_or(*self.world().settings());
                    settings.set("as_of", &date.text)?;
                    assumptions.settings = Some(settings);
                }
            }
        }
        Ok(assumptions)
    }

    fn add_context(
        &mut self,
        context: &script::Context<'_>,
        entries: &mut Vec<ContextEntry<'static>>,
    ) -> Result<(), Failure> {
        let added = match context {
            script::Context::Pairs(pairs) => pairs.iter().map(entry).collect(),
            script::Context::Json(span) => self.json_context(&script::Document::Json(*span))?,
            script::Context::From(path) => self.json_context(&script::Document::From(path.clone()))?,
        };
        for (key, value) in added {
            if entries.iter().any(|(known, _)| known.eq_ignore_ascii_case(&key)) {
                return Err(WorldError::new("key-twice", &*key, format!("`{key}` is given twice")).into());
            }
            entries.push((key, value));
        }
        Ok(())
    }

    fn json_context(&mut self, at: &script::Document<'_>) -> Result<Vec<ContextEntry<'static>>, Failure> {
        let (tree, _) = self.json(at)?.accept()?;
        let entries = read_context(tree.root())?;
        Ok(entries.into_iter().map(|(key, value)| (owned(key), owned_value(value))).collect())
    }
}

fn entry(pair: &script::Pair<'_>) -> ContextEntry<'static> {
    let text = |word: &script::Word<'_>| Cow::Owned(word.text.to_string());
    let value = match &pair.value {
        PairValue::Null(_) => ContextValue::Absent,
        PairValue::One(word) => ContextValue::One(text(word)),
        PairValue::List(words, _) => ContextValue::Many(words.iter().map(text).collect()),
    };
    (text(&pair.key), value)
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn owned_value(value: ContextValue<'_>) -> ContextValue<'static> {
    match value {
        ContextValue::Absent => ContextValue::Absent,
        ContextValue::One(text) => ContextValue::One(owned(text)),
        ContextValue::Many(texts) => ContextValue::Many(texts.into_iter().map(owned).collect()),
    }
}
