//! Context keys as AWS's questions give them: `ContextKeyName=aws:SourceIp,ContextKeyValues=203.0.113.7,ContextKeyType=ip`.

use std::borrow::Cow;

use super::super::{call::Call, refusal::Refusal};
use crate::world::{ContextEntry, ContextValue, WorldError};

/// The types of context values, each also as a list.
const CONTEXT_TYPES: [&str; 7] = ["string", "numeric", "boolean", "ip", "binary", "date", ""];

/// The entries of a call.
pub(super) fn entries(call: &Call<'_>) -> Result<Vec<ContextEntry<'static>>, Refusal> {
    let mut found = Vec::new();
    for one in call.structures("context-entries")? {
        let (key, kind) = (one.text("ContextKeyName"), one.text("ContextKeyType"));
        let (key, kind) = (key.unwrap_or_default(), kind.unwrap_or_default());
        check_entry(&key, &kind)?;
        let is_list = kind.ends_with("List");
        let mut values = one.at("ContextKeyValues").into_iter().map(Cow::Owned);
        let value = if is_list {
            Some(ContextValue::Many(values.collect()))
        } else {
            values.next().map(ContextValue::One)
        };
        found.extend(value.map(|value| (Cow::Owned(key), value)));
    }
    Ok(found)
}

/// AWS takes no entry without a name, nor one of another type.
fn check_entry(key: &str, kind: &str) -> Result<(), Refusal> {
    if key.is_empty() {
        let what = "an entry is given as `ContextKeyName=…,ContextKeyValues=…,ContextKeyType=string`";
        return Err(Refusal::Error("ValidationError", WorldError::new("bad-entry", "", what)));
    }
    if CONTEXT_TYPES.contains(&kind.strip_suffix("List").unwrap_or(kind)) {
        return Ok(());
    }
    let what = format!("`{kind}` is no type of a context value");
    let error = WorldError::new("bad-entry", kind, what).suggest(CONTEXT_TYPES);
    Err(Refusal::Error("ValidationError", error))
}
