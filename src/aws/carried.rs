//! The context keys that the options of a call carry, whatever its operation: what the catalog calls like an option,
//! and what one table says of the others.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::call_option::is_unseen;
use super::given::CallOption;
use super::shorthand::{Structure, text_of};
use super::tag_options::{TagSets, are_read};
use crate::catalog::{ActionFacts, Catalog, KeyFacts, KeyType};
use crate::facts::{self, OptionPart, Trigger};
use crate::session::Need;
use crate::world::{ContextEntry, ContextValue};

/// What the options of a call carry to the request about one resource.
#[derive(Debug, Default)]
pub(super) struct Carried {
    context: Vec<ContextEntry<'static>>,
    /// The options that were read.
    read: Vec<String>,
}

impl Carried {
    /// What the options carry to a request for an action on a resource, in a Region.
    pub(super) fn of(catalog: &Catalog, need: &Need, options: &[CallOption], region: &str) -> Self {
        let mut carried = Self::default();
        let Some(action) = catalog.action(&need.action) else { return carried };
        let keys = keys(action, &need.resource);
        for (name, values) in options {
            let is_read = are_read(name, values);
            if !is_read {
                keys.iter().for_each(|key| carried.take(*key, name, values));
            }
            if is_read || is_unseen(name) {
                carried.read.push(name.clone());
            }
        }
        carried.take_contexts(&keys, options);
        carried.take_tasks(&need.action, options);
        for (key, values) in TagSets::of(options).keys(action, &need.resource, &keys) {
            carried.put(key, values);
        }
        if let Some(own) =
            keys.iter().find(|key| key.name().split_once(':').is_some_and(|(_, name)| name == "Region"))
        {
            carried.put(own.name().to_owned(), ContextValue::One(Cow::Owned(region.to_owned())));
        }
        carried
    }

    /// Whether an option was read.
    pub(super) fn has_read(&self, option: &str) -> bool {
        self.read.iter().any(|own| own == option)
    }

    /// Adds what is carried to a request; what the call says of a key itself stays.
    pub(super) fn add_to(&self, need: Need) -> Need {
        self.context.iter().fold(need, |mut need, entry| {
            if !need.context.iter().any(|(own, _)| own.eq_ignore_ascii_case(&entry.0)) {
                need.context.push(entry.clone());
            }
            need
        })
    }

    fn take(&mut self, key: KeyFacts<'_>, name: &str, values: &[String]) {
        let Some(values) = value_of(key, name, values) else { return };
        self.read.push(name.to_owned());
        let mut values = values.into_iter().map(Cow::Owned);
        match key.is_multivalued() {
            true => self.put(key.name().to_owned(), ContextValue::Many(values.collect())),
            false => values
                .next()
                .into_iter()
                .for_each(|one| self.put(key.name().to_owned(), ContextValue::One(one))),
        }
    }

    /// `--encryption-context a=b` of KMS is a key for each of its pairs.
    fn take_contexts(&mut self, keys: &[KeyFacts<'_>], options: &[CallOption]) {
        const OPTION: &str = "encryption-context";
        let Some((_, values)) = options.iter().find(|(name, _)| name == OPTION) else { return };
        let read: Vec<Structure> =
            values.iter().flat_map(|value| Structure::read(value).unwrap_or_default()).collect();
        let pairs: Vec<(&str, &Json)> = read.iter().flat_map(Structure::fields).collect();
        for key in keys.iter().map(|key| key.name()).filter(|key| key.starts_with("kms:EncryptionContext")) {
            self.read.push(OPTION.to_owned());
            match key.split_once("${") {
                Some((start, _)) => pairs.iter().for_each(|(name, value)| {
                    self.put(format!("{start}{name}"), ContextValue::One(Cow::Owned(text_of(value))));
                }),
                None => {
                    let names = pairs.iter().map(|(name, _)| Cow::Owned((*name).to_owned())).collect();
                    self.put(key.to_owned(), ContextValue::Many(names));
                }
            }
        }
    }

    /// What makes a call a root-only task under a local key: `--versioning-configuration MFADelete=Enabled` (R16).
    fn take_tasks(&mut self, action: &str, options: &[CallOption]) {
        for task in facts::by_real_action(action) {
            let Trigger::ContextKey { key, .. } = task.trigger else { continue };
            for (name, values) in options {
                for part in facts::option_parts(name, key) {
                    self.read.push(name.clone());
                    let value = part_of(values, part).and_then(|values| values.into_iter().next());
                    value.into_iter().for_each(|one| self.put(key.to_owned(), ContextValue::One(one.into())));
                }
            }
        }
    }

    fn put(&mut self, key: String, value: ContextValue<'static>) {
        if !self.context.iter().any(|(own, _)| own.eq_ignore_ascii_case(&key)) {
            self.context.push((Cow::Owned(key), value));
        }
    }
}

/// The condition keys that a request for an action on a resource can carry beside the global ones (D44).
fn keys<'c>(action: ActionFacts<'c>, resource: &str) -> Vec<KeyFacts<'c>> {
    let kind = action.resource_type_of(resource);
    let of_kind = action.resource_types().filter(|used| kind.is_none_or(|kind| used.resource_type() == kind));
    let of_kind = of_kind.flat_map(|used| used.condition_keys().collect::<Vec<_>>());
    let made = kind.filter(|_| CREATING.iter().any(|start| action.name().starts_with(start)));
    let of_made = made.into_iter().flat_map(|kind| kind.condition_keys().collect::<Vec<_>>());
    action.condition_keys().chain(of_kind).chain(of_made).collect()
}

/// How actions begin whose options say what the resource will be like.
const CREATING: [&str; 4] = ["Create", "Restore", "Run", "Start"];

/// What an option says of a key; nothing if it is about something else.
fn value_of(key: KeyFacts<'_>, name: &str, values: &[String]) -> Option<Vec<String>> {
    let mut by_table = facts::option_parts(name, key.name()).filter_map(|part| part_of(values, part));
    let named = || by_name(key, name).then(|| worded(name, values));
    // What is no ARN where the key is one would be compared with something else.
    let is_of_kind =
        |values: &Vec<String>| key.kind() != KeyType::Arn || values.iter().all(|one| one.starts_with("arn:"));
    by_table.find(is_of_kind).or_else(|| named().filter(is_of_kind))
}

/// `--instance-type` is ec2:InstanceType, `--storage-class` s3:x-amz-storage-class.
fn by_name(key: KeyFacts<'_>, name: &str) -> bool {
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let own = key.name().split_once(':').map_or("", |(_, own)| own);
    let wanted = plain(own.strip_prefix("x-amz-").unwrap_or(own));
    let given = plain(name);
    given == wanted || is_switch(key) && given.strip_prefix("no") == Some(&*wanted)
}

fn is_switch(key: KeyFacts<'_>) -> bool {
    key.kind() == KeyType::Bool
}

/// The values of an option; of one without a value, whether it is on.
fn worded(name: &str, values: &[String]) -> Vec<String> {
    match values.is_empty() {
        true => vec![(!name.starts_with("no-")).to_string()],
        false => values.to_vec(),
    }
}

/// What an option gives a key of its values.
fn part_of(values: &[String], part: OptionPart) -> Option<Vec<String>> {
    let structures = || values.iter().flat_map(|value| Structure::read(value).unwrap_or_default());
    let found: Vec<String> = match part {
        OptionPart::Whole if values.is_empty() => vec!["AES256".to_owned()],
        OptionPart::Whole => values.to_vec(),
        OptionPart::Given => vec!["true".to_owned()],
        OptionPart::Field(path) => structures().flat_map(|one| one.at(path)).collect(),
        OptionPart::FieldNames => structures()
            .flat_map(|one| one.fields().map(|(name, _)| name.to_owned()).collect::<Vec<_>>())
            .collect(),
        OptionPart::Alias => {
            values.iter().filter_map(|one| Some(one[one.find("alias/")?..].to_owned())).collect()
        }
        OptionPart::OnlyKey => structures().flat_map(|one| only_value(&one)).collect(),
    };
    (!found.is_empty()).then_some(found)
}

/// The value of an item's only attribute, `{"Id": {"S": "x"}}`; of several nobody knows here which is the partition key.
fn only_value(key: &Structure) -> Option<String> {
    let mut fields = key.fields();
    let (_, value) = fields.next().filter(|_| fields.next().is_none())?;
    value.as_object()?.values().next().map(text_of)
}
