//! Forms, in which the query protocol writes nested values: `ActionNames.member.1=s3%3AGetObject`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::syntax::percent;

/// How deep a name may be nested.
const DEPTH: usize = 16;

/// A value of a form while its names are gathered.
#[derive(Debug, Default)]
struct FormNode {
    text: Option<String>,
    fields: BTreeMap<String, FormNode>,
}

/// Names and values of a form, or of a query; nothing where it is not UTF-8, or not written as forms are.
pub(super) fn pairs(form: &str) -> Option<Vec<(String, String)>> {
    let decoded = |text: &str| percent::decode(&text.replace('+', " "));
    let parts = form.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decoded(name)?, decoded(value)?))
    };
    parts.map(pair).collect()
}

/// Nested values, made of names with dots.
pub(super) fn nested(pairs: Vec<(String, String)>) -> Option<Map<String, Value>> {
    let mut root = FormNode::default();
    for (name, value) in pairs {
        let mut node = &mut root;
        for (depth, part) in name.split('.').enumerate() {
            if depth == DEPTH {
                return None;
            }
            node = node.fields.entry(part.to_owned()).or_default();
        }
        node.text = Some(value);
    }
    let fields = root.fields.into_iter();
    Some(fields.map(|(name, node)| (name, node.value())).collect())
}

impl FormNode {
    /// A list where all is `member.N`, else an object, else a text.
    fn value(mut self) -> Value {
        if let (1, Some(members)) = (self.fields.len(), self.fields.remove("member")) {
            let mut items: Vec<(u32, Self)> =
                members.fields.into_iter().filter_map(|(at, item)| Some((at.parse().ok()?, item))).collect();
            items.sort_by_key(|(at, _)| *at);
            return items.into_iter().map(|(_, item)| item.value()).collect();
        }
        match self.fields.is_empty() {
            true => self.text.unwrap_or_default().into(),
            false => self.fields.into_iter().map(|(name, node)| (name, node.value())).collect(),
        }
    }
}
