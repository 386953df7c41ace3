//! The condition keys that hold tags: of the resource, of what it lies in, of the request (C.4, I7, I9).

use super::account::Tags;
use super::context::{ContextValue, Key, request_tag};
use super::prepare::Prepared;
use super::resource::Resource;
use crate::facts::{TagKeys, TagsOf};
use crate::names::{Arn, fold_hash};
use crate::source::scan::first;

/// The keys of every service for the tags of a resource.
const RESOURCE_TAG: TagKeys<'_> = TagKeys { start: "aws:ResourceTag/", only: None, of: TagsOf::Resource };

impl<'a> Prepared<'a> {
    /// C.4: the tags of the resource, and of one that the request creates those that it gets, under each of their
    /// names (I7). A tag that the question gives under one name has the others, too.
    pub(super) fn derive_resource_tags(&mut self) {
        if !self.reads_tags() {
            return;
        }
        let created = !self.side.is_known && self.created_thing().is_some();
        let created = created && self.request_tags().next().is_some();
        let tagged = !self.side.tags.is_empty() || self.side.record.is_some();
        let given = || self.request.context.iter().any(|(key, _)| could_tell_a_tag(key));
        if !(created || tagged || given()) {
            return;
        }
        let every = (!self.is_object()).then_some(RESOURCE_TAG);
        let names: Vec<TagKeys<'a>> =
            every.into_iter().chain(self.tag_keys().map(|(_, keys)| keys)).collect();
        let given = self.given_tags(&names);
        let created = if created { self.tags_of_created() } else { Tags::new() };
        let mut found = Vec::new();
        for keys in names {
            let own = keys.of == TagsOf::Resource;
            for (tag, value) in given.iter().filter(|_| own) {
                self.add_tag(keys, tag, (*value).clone(), &mut found);
            }
            let created = own.then_some(&created);
            for (tag, value) in self.tags_behind(keys.of).into_iter().chain(created).flatten() {
                self.add_tag(keys, tag, value.to_string().into(), &mut found);
            }
        }
        self.keys.append(&mut found);
    }

    /// The tags of the resource that the question gives under one of these names.
    fn given_tags(&self, names: &[TagKeys<'_>]) -> Vec<(&'a str, &'a ContextValue<'a>)> {
        let is_one = |start: &str| {
            let own = names.iter().filter(|keys| keys.of == TagsOf::Resource && keys.only.is_none());
            own.into_iter().any(|keys| keys.start.eq_ignore_ascii_case(start))
        };
        let given = self.request.context.iter();
        given
            .filter_map(|(key, value)| {
                let (start, tag) = key.split_at(key.find('/')? + 1);
                is_one(start).then_some((tag, value))
            })
            .collect()
    }

    /// Adds the key of a tag that some policy reads and nobody has given.
    fn add_tag(&self, keys: TagKeys<'_>, tag: &str, value: ContextValue<'a>, found: &mut Vec<Key<'a>>) {
        if keys.only.is_some_and(|only| !only.eq_ignore_ascii_case(tag)) {
            return;
        }
        let name = [keys.start, tag].concat();
        let hash = fold_hash(name.as_bytes());
        let same = |key: &Key<'_>| key.hash == hash && key.name.eq_ignore_ascii_case(&name);
        if self.reads(hash) && !self.keys.iter().chain(&*found).any(same) {
            found.push(Key::new(name, value));
        }
    }

    /// The tags that keys hold.
    fn tags_behind(&self, of: TagsOf) -> Option<&Tags> {
        match of {
            TagsOf::Resource => Some(&self.side.tags),
            TagsOf::Object => self.object().map(|object| &object.tags),
            _ => {
                self.tagged_container(of).filter(|container| container.lends_tags()).map(|found| &found.tags)
            }
        }
    }

    /// The ARN of what has the tag that a key of the resource's side holds.
    pub fn tagged_arn(&self, key: &str) -> Option<&str> {
        let own =
            || self.side.record.as_ref().map_or(self.arn().map(|arn| arn.text()), |own| Some(&*own.arn));
        let is_plain = key.get(..16).is_some_and(|start| start.eq_ignore_ascii_case(RESOURCE_TAG.start));
        if is_plain {
            return own().filter(|_| !self.is_object());
        }
        match self.tag_keys_of(self.world.catalog().condition_key(key)?)?.of {
            TagsOf::Resource => own(),
            TagsOf::Object => self.object().map(|object| &*object.arn),
            of => self.tagged_container(of).map(|container| &*container.arn),
        }
    }

    /// What the resource lies in, as far as the world knows it: for the tags of a bucket the one behind an access
    /// point.
    fn tagged_container(&self, of: TagsOf) -> Option<&Resource> {
        let container = self.world.container_of(&self.arn()?)?;
        match &container.bucket {
            Some(bucket) if of == TagsOf::Bucket => self.world.resource(bucket).map(AsRef::as_ref),
            _ => Some(container),
        }
    }

    /// Whether the key of a tag could be there, though the world does not tell: then it knows not whose tag it is.
    pub(super) fn tag_could_be_given(&self, of: TagsOf) -> bool {
        match of {
            TagsOf::Object => self.object().is_none(),
            TagsOf::Resource => self.arn().is_some() && !self.side.is_known,
            _ => self.tagged_container(of).is_none(),
        }
    }

    /// The object, as far as the world knows it by itself.
    fn object(&self) -> Option<&Resource> {
        let arn = self.arn()?;
        let behind = || self.side.policies.iter().find_map(|level| level.resource.as_deref());
        let found = self.world.resource(arn.text()).or_else(|| self.world.resource(behind()?));
        found.map(AsRef::as_ref)
    }

    /// Whether the resource is an object of S3: its tags have a key of their own, `s3:ExistingObjectTag`, alone.
    fn is_object(&self) -> bool {
        let is_object = |arn: &Arn<'_>| arn.service() == "s3" && arn.account().is_empty();
        self.arn().is_some_and(|arn| is_object(&arn) && arn.resource().contains('/'))
    }

    fn tags_of_created(&self) -> Tags {
        let mut tags = self.request_tags().peekable();
        if tags.peek().is_none() || !self.creates_resource() {
            return Tags::new();
        }
        tags.map(|(tag, value)| (tag.into(), value.into())).collect()
    }

    /// The tags that the call passes: their keys and values.
    fn request_tags(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.request.context.iter().filter_map(|(key, value)| Some((request_tag(key)?, value.only()?)))
    }

    /// `aws:TagKeys` follows from the request tags (C.5), for the resources that get them (I9).
    pub(super) fn request_tag_keys(&self) -> Option<Vec<String>> {
        let tags: Vec<_> = self.request_tags().map(|(tag, _)| tag.to_owned()).collect();
        (!tags.is_empty() && self.resource_carries("aws:TagKeys")).then_some(tags)
    }
}

/// Whether a key could tell a tag of the resource: nearly all keys of tags that questions give are of the caller or the
/// request, and to look through the keys of an action takes longer than the rest of a question.
fn could_tell_a_tag(key: &str) -> bool {
    const PRINCIPAL: &str = "aws:PrincipalTag/";
    let is_principal = || key.get(..PRINCIPAL.len()).is_some_and(|it| it.eq_ignore_ascii_case(PRINCIPAL));
    first(key.as_bytes(), [b'/']).is_some() && !is_principal() && request_tag(key).is_none()
}
