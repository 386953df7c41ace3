//! Tags: keys are told apart without letter case (B2).

use std::collections::{BTreeMap, BTreeSet};

use super::{Outcome, references, room, target_label, target_word};
use crate::names::AccountId;
use crate::world::{Applied, Entity, Tags, Target, World, WorldError};

/// The most tags of one thing (E22).
const MOST_TAGS: usize = 50;

impl World {
    pub(super) fn tag(&mut self, account: AccountId, target: &Target, tags: Tags) -> Outcome {
        check_tags(&tags)?;
        let count = tags.len();
        let label = target_label(target);
        let into = self.tags_mut(account, target)?;
        let merged = merged(into, tags);
        room::TAGS.check(target_word(target), &label, merged.len())?;
        let quota = quota(&label, merged.len());
        *into = merged;
        let noun = if count == 1 { "tag" } else { "tags" };
        Ok(Applied::said(format!("set {count} {noun} on {label}")).warn(quota))
    }

    /// Takes tags away; keys that are not there change nothing, as in AWS.
    pub(super) fn untag(&mut self, account: AccountId, target: &Target, keys: &[Box<str>]) -> Outcome {
        let tags = self.tags_mut(account, target)?;
        let before = tags.len();
        tags.retain(|known, _| !keys.iter().any(|key| key.eq_ignore_ascii_case(known)));
        let count = before - tags.len();
        let noun = if count == 1 { "tag" } else { "tags" };
        Ok(Applied::said(format!("took {count} {noun} from {}", target_label(target))))
    }

    fn tags_mut(&mut self, account: AccountId, target: &Target) -> Result<&mut Tags, WorldError> {
        let untaggable = || {
            let what = format!("{} cannot be tagged here", target_label(target));
            WorldError::new("not-taggable", target_word(target), what)
                .help("users, roles and resources have tags; a group has none in AWS")
        };
        match target {
            Target::Entity(entity) => {
                references::find(self.known_account(account)?, entity)?;
                let account = self.account_mut(account)?;
                match entity {
                    Entity::User(name) => references::user_mut(account, name).map(|user| &mut user.tags),
                    Entity::Role(name) => references::role_mut(account, name).map(|role| &mut role.tags),
                    Entity::Group(_) => None,
                }
                .ok_or_else(untaggable)
            }
            Target::Resource(arn) => Ok(&mut self.resource_mut(arn)?.tags),
            _ => Err(untaggable()),
        }
    }
}

/// Refuses tags that nothing could carry (E22, B2).
pub(super) fn check_tags(tags: &Tags) -> Result<(), WorldError> {
    let mut known = BTreeMap::new();
    for (key, value) in tags {
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 {
            let what = format!("`{key}` is no tag that AWS would store");
            return Err(WorldError::new("bad-tag", &**key, what)
                .help("a key has 1 to 128 characters, a value at most 256"));
        }
        if let Some(other) = known.insert(key.to_ascii_lowercase(), key) {
            let what = format!("the tags `{other}` and `{key}` differ only in letter case");
            return Err(
                WorldError::new("duplicate-tag", &**key, what).help("keys of tags ignore letter case")
            );
        }
    }
    Ok(())
}

/// Tags and further ones; a key that is there in another spelling is replaced and takes the new one.
pub(super) fn merged(old: &Tags, new: Tags) -> Tags {
    let replaced: BTreeSet<String> = new.keys().map(|key| key.to_ascii_lowercase()).collect();
    let stays = |key: &str| !replaced.contains(&key.to_ascii_lowercase());
    let old = old.iter().filter(|(key, _)| stays(key)).map(|(key, value)| (key.clone(), value.clone()));
    old.chain(new).collect()
}

/// The warning that AWS would not allow so many.
pub(super) fn quota(label: &str, count: usize) -> Option<String> {
    (count > MOST_TAGS).then(|| format!("{label} has {count} tags, AWS allows {MOST_TAGS}"))
}
