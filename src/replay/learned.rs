//! The least that policies have to allow for the calls of a log.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::needed::{NeededBy, NeededCalls};
use crate::policy::{Policy, PolicyType, joined};
use crate::reason::{Anybody, CheckVerdict, DiffVerdict, KeptRequest, LeastPrivilege, ListedActions};
use crate::source::Source;
use crate::world::{Document, GivenPolicies, Level, NamedDocument, Principal, World};

/// Somebody of whom nothing is known, to whom a policy is given for the proof that it allows nothing new.
const ANYBODY: &str = "arn:aws:iam::123456789012:user/example-user";

/// The policies of those who have a narrower one, by their ARNs.
pub type Narrower = BTreeMap<String, Arc<GivenPolicies>>;

/// What was learned of all users and roles of a log.
#[derive(Clone, Debug, Default)]
pub struct LearnedPolicies {
    /// By the ARN of the user or role.
    pub by: BTreeMap<String, LearnedPolicy>,
    /// What the log told, as it was read last.
    pub needed: NeededCalls,
    /// Whether the calls were asked again with the policies that were learned.
    pub is_tried: bool,
}

/// The least that the policies of a user or role have to allow, as one policy.
#[derive(Clone, Debug)]
pub enum LearnedPolicy {
    /// Its policies, made one and narrowed; the second are the names of the statements of that one.
    Least(Box<LeastPrivilege>, Vec<String>),
    /// None was made, for this reason.
    None(String),
}

impl LearnedPolicies {
    /// Takes in the calls of a reading: of the first everybody's policies are learned, then again those by which a call was
    /// lost; of the last nothing is learned any more.
    pub fn take(&mut self, world: &Arc<World>, mut needed: NeededCalls, is_last: bool) {
        let is_first = self.by.is_empty();
        needed.remember(std::mem::take(&mut self.needed));
        self.needed = needed;
        self.is_tried = !is_first;
        if is_first || (self.is_lost() && !is_last) {
            self.learn(world, is_first);
            self.is_tried = false;
        }
    }

    fn learn(&mut self, world: &Arc<World>, is_first: bool) {
        let empty = World::with_catalog(Arc::clone(world.catalog()));
        let listed = ListedActions::of(world.catalog());
        let Some(principal) = Principal::parse(ANYBODY).map(Arc::new) else { return };
        let anybody = Anybody { world: &empty, listed: &listed, principal };
        let is_new = |by: &NeededBy| by.calls > 0 && (is_first || by.lost > 0);
        for (arn, by) in self.needed.by.iter().filter(|(_, by)| is_new(by)) {
            self.by.insert(arn.clone(), LearnedPolicy::of(world, by, &anybody));
        }
    }

    /// The narrower policies.
    pub fn narrower(&self) -> Narrower {
        let given = |learned: &LearnedPolicy| {
            let policy = made("learned", learned.policy()?);
            Some(Arc::new(GivenPolicies { identity: Some(vec![policy]), ..GivenPolicies::default() }))
        };
        self.by.iter().filter_map(|(arn, learned)| Some((arn.clone(), given(learned)?))).collect()
    }

    /// Whether the policies that were tried deny a call.
    pub fn is_lost(&self) -> bool {
        self.needed.by.values().any(|by| by.lost > 0)
    }

    /// The word for one: whether less is enough; `unknown` where it was not proved, or not all of its calls are known.
    pub fn verdict_of(&self, arn: &str) -> DiffVerdict {
        let is_whole = self.is_tried && !self.needed.log.is_cut;
        let is_kept = self.needed.by.get(arn).is_some_and(|by| by.lost == 0 && by.denied_here == 0);
        match self.by.get(arn) {
            Some(LearnedPolicy::Least(least, _)) if is_whole && is_kept => match least.verdict() {
                CheckVerdict::Holds => DiffVerdict::Equal,
                CheckVerdict::Fails => DiffVerdict::Narrower,
                CheckVerdict::Unknown => DiffVerdict::Unknown,
            },
            _ => DiffVerdict::Unknown,
        }
    }

    /// The word for all: the worst of them.
    pub fn verdict(&self) -> DiffVerdict {
        let all: Vec<_> = self.needed.by.keys().map(|arn| self.verdict_of(arn)).collect();
        match () {
            () if all.is_empty() || all.contains(&DiffVerdict::Unknown) => DiffVerdict::Unknown,
            () if all.contains(&DiffVerdict::Narrower) => DiffVerdict::Narrower,
            () => DiffVerdict::Equal,
        }
    }
}

impl LearnedPolicy {
    /// The text of the policy.
    pub fn policy(&self) -> Option<&str> {
        match self {
            Self::Least(least, _) => Some(&least.least),
            Self::None(_) => None,
        }
    }

    fn of(world: &Arc<World>, by: &NeededBy, anybody: &Anybody<'_>) -> Self {
        match learned(world, by, anybody) {
            Ok((least, names)) => Self::Least(Box::new(least), names),
            Err(why) => Self::None(why),
        }
    }
}

fn learned(
    world: &Arc<World>,
    by: &NeededBy,
    anybody: &Anybody<'_>,
) -> Result<(LeastPrivilege, Vec<String>), String> {
    let requests: Vec<KeptRequest> = by
        .questions()
        .map(|question| KeptRequest { question: question.clone(), world: Arc::clone(world) })
        .collect();
    let principal = requests.first().map(|request: &KeptRequest| &*request.question.principal);
    let caller = principal.map(|one| world.caller(one, &GivenPolicies::default()));
    let level = caller.and_then(|caller| caller.identity).unwrap_or_default();
    let (text, names) = as_one(&level)?;
    let policy = made("its policies", &text);
    let least = anybody.least_privilege(&policy, &requests).map_err(|wrong| wrong.to_string())?;
    Ok((least.ok_or("its policies cannot be read as one")?, names))
}

/// The policies of somebody as one, with the name of each statement.
fn as_one(level: &Level) -> Result<(String, Vec<String>), String> {
    if let Some(missing) = level.incomplete.first() {
        return Err(format!("its policy {missing} could not be read"));
    }
    let policies: Vec<&Policy> = level.set.policies().iter().map(|compiled| &**compiled.policy()).collect();
    if policies.is_empty() {
        return Err("it has no policy: others let it in".to_owned());
    }
    let text = joined(&policies)
        .ok_or("a policy of it has variables in the language of 2008, where they are plain text")?;
    let named = policies.iter().zip(level.origins.iter()).flat_map(|(policy, origin)| {
        let name = |at| match policy.sid(at) {
            Some(sid) => format!("{} · {sid}", origin.name),
            None => format!("{} · statement {}", origin.name, at + 1),
        };
        (0..policy.statements().len()).map(name)
    });
    Ok((text, named.collect()))
}

fn made(name: &str, text: &str) -> NamedDocument {
    let (document, _) = Document::read(&Source::new(name, text), PolicyType::IdentityBased);
    NamedDocument { name: name.into(), document }
}
