//! Two versions of a policy that nobody has yet, each in a file.

use std::sync::Arc;

use super::example_user::example_user;
use super::governed::governed;
use crate::catalog::Catalog;
use crate::names::Arn;
use crate::policy::{Policy, PolicyType};
use crate::reason::{Anybody, Caveat, GovernedResource, ListedActions, PolicyDifference};
use crate::session::{Context, Failure};
use crate::source::{Parsed, Source};
use crate::syntax::json::Tree;
use crate::syntax::script::{Word, Words};
use crate::world::{Document, NamedDocument, Principal, World, WorldError, policy_kind};

/// The old version and the new one, and to whom or what the one or the other belongs.
pub(super) struct TwoFiles {
    documents: [NamedDocument; 2],
    has: HolderOfPolicy,
    /// What of them only a deployment knows.
    unknown: Vec<Caveat>,
}

/// To whom or what a policy belongs.
pub(super) enum HolderOfPolicy {
    /// Somebody of whom nothing is known; it allows, or limits what others allow.
    Anybody(PolicyType, Arc<Principal>),
    /// A resource, by its ARN.
    Resource(String),
}

impl TwoFiles {
    /// Those of a command that names two files.
    pub(super) fn of(
        [old, new]: [&Word<'_>; 2],
        sources: [Arc<Source>; 2],
        words: &Words<'_>,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let kind = kind_of(words, [(old, &sources[0]), (new, &sources[1])], context)?;
        let [old, new] = [(old, &sources[0]), (new, &sources[1])]
            .map(|(word, source)| document_in_part(word, source, kind, context));
        let ((old, unknown), (new, more)) = (old?, new?);
        let documents = [old, new];
        let has = HolderOfPolicy::of(kind, words, &documents, context)?;
        Ok(Self { documents, has, unknown: unknown.into_iter().chain(more).collect() })
    }

    /// All that differs, over all requests.
    pub(super) fn difference(self, catalog: &Arc<Catalog>) -> Result<PolicyDifference, WorldError> {
        let Self { documents, has, unknown } = self;
        let mut difference = match has {
            HolderOfPolicy::Resource(resource) => {
                asking_for(&resource, catalog, |governed| governed.difference(documents))?
            }
            HolderOfPolicy::Anybody(kind, principal) => asking_as(principal, catalog, |anybody| match kind {
                PolicyType::IdentityBased => anybody.difference(documents.map(|one| vec![one])),
                _ => anybody.difference_of_limits(kind, documents),
            }),
        };
        difference.caveats.extend(unknown);
        difference.caveats.sort();
        difference.caveats.dedup();
        Ok(difference)
    }
}

impl HolderOfPolicy {
    /// Of policies of a type; the resource is the one that is named, or of which they speak.
    pub(super) fn of(
        kind: PolicyType,
        words: &Words<'_>,
        documents: &[NamedDocument],
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        if !matches!(kind, PolicyType::ResourceBased | PolicyType::Trust | PolicyType::Key) {
            return Ok(Self::Anybody(kind, Arc::new(context.principal(&example_user(None))?)));
        }
        if let Some(named) = words.get("ARN") {
            return Ok(Self::Resource(named.text.to_string()));
        }
        let compiled = documents.iter().filter_map(|one| one.document.compiled());
        let found: Vec<Result<String, WorldError>> =
            compiled.map(|compiled| governed(compiled.policy())).collect();
        let known = found.iter().find_map(|one| one.as_ref().ok()).cloned();
        match (known, found.into_iter().next()) {
            (Some(resource), _) => Ok(Self::Resource(resource)),
            (None, Some(Err(wrong))) => Err(wrong.into()),
            (None, _) => Err(WorldError::new("bad-policy", "", "the policy cannot be read").into()),
        }
    }
}

/// The type that is said, or follows from the resource that is named, or as which the files look.
fn kind_of(
    words: &Words<'_>,
    [old, new]: [(&Word<'_>, &Arc<Source>); 2],
    context: &Context<'_>,
) -> Result<PolicyType, Failure> {
    if let Some(kind) = said_kind(words)? {
        return Ok(kind);
    }
    match [context.policy_type_of(old.1, old.0)?, context.policy_type_of(new.1, new.0)?] {
        [old, new] if old == new => Ok(old),
        // A policy that lets nobody in looks like one of another kind at times.
        [PolicyType::Key | PolicyType::ResourceBased, PolicyType::Key | PolicyType::ResourceBased] => {
            Ok(PolicyType::ResourceBased)
        }
        [old, new] => {
            let what =
                format!("one looks like {}, the other like {}", old.with_article(), new.with_article());
            Err(WorldError::new("other-policy", "", what).help("say what both are: `type resource`").into())
        }
    }
}

/// The type that a statement says, or that the policy of the resource has which it names.
pub(super) fn said_kind(words: &Words<'_>) -> Result<Option<PolicyType>, WorldError> {
    let Some(word) = words.get("TYPE") else {
        return Ok(words.get("ARN").map(|arn| policy_kind(Some(&arn.text))));
    };
    let known = || PolicyType::WORDS.map(|(word, _)| word).join(", ");
    let wrong = || WorldError::new("unknown-type", &*word.text, format!("the types are {}", known()));
    PolicyType::parse(&word.text).ok_or_else(wrong).map(Some)
}

/// Asks of somebody who has nothing but the policies that are asked about, in an empty world.
pub(super) fn asking_as<T>(
    principal: Arc<Principal>,
    catalog: &Arc<Catalog>,
    ask: impl FnOnce(&Anybody<'_>) -> T,
) -> T {
    let world = World::with_catalog(Arc::clone(catalog));
    ask(&Anybody { world: &world, listed: &ListedActions::of(catalog), principal })
}

/// Asks for a resource of which nothing is known but its policy, in an empty world.
pub(super) fn asking_for<T>(
    resource: &str,
    catalog: &Arc<Catalog>,
    ask: impl FnOnce(&GovernedResource<'_>) -> T,
) -> Result<T, WorldError> {
    let world = World::with_catalog(Arc::clone(catalog));
    let arn = Arn::parse(resource)
        .ok_or_else(|| WorldError::new("bad-arn", resource, format!("`{resource}` is no ARN")))?;
    Ok(ask(&GovernedResource { world: &world, listed: &ListedActions::of(catalog), resource: arn }))
}

/// The policy of a file that was read, which must be known in full.
pub(super) fn document(
    word: &Word<'_>,
    source: &Arc<Source>,
    kind: PolicyType,
    context: &Context<'_>,
) -> Result<NamedDocument, Failure> {
    named(word, context.policy_of(source, word, kind)?, kind)
}

/// The policy of a file that was read, as far as it is known, and what is not: a name of its own stands for that.
pub(super) fn document_in_part(
    word: &Word<'_>,
    source: &Arc<Source>,
    kind: PolicyType,
    context: &Context<'_>,
) -> Result<(NamedDocument, Option<Caveat>), Failure> {
    let (tree, unresolved) = context.policy_in_part(source, word, kind)?;
    let stands = "a name of its own stands for that";
    let unknown = unresolved.map(|one| Caveat { rule: None, why: format!("{}; {stands}", one.message) });
    Ok((named(word, tree, kind)?, unknown))
}

fn named(word: &Word<'_>, tree: Parsed<Tree>, kind: PolicyType) -> Result<NamedDocument, Failure> {
    let (document, _) = Document::from_parsed(Policy::of(tree, kind));
    if let Document::Refused(wrong) = &document {
        return Err(Failure::from(wrong.to_vec()));
    }
    let name = word.text.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok(NamedDocument { name: name.into(), document })
}
