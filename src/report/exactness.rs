//! How far an answer about all requests goes.

use serde_json::{Value, json};

use crate::reason::Caveat;

/// As data.
pub(super) fn exactness(caveats: &[Caveat], assumed: &[impl AsRef<str>]) -> Value {
    let told: Vec<Value> = caveats
        .iter()
        .map(|caveat| json!({ "rule": caveat.rule.map(|rule| rule.as_str()), "text": caveat.why }))
        .collect();
    json!({
        "kind": if caveats.is_empty() { "exact" } else { "within" },
        "caveats": told,
        "assumed": assumed.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
    })
}

/// In words.
pub(super) fn closing(caveats: &[Caveat], assumed: &[impl AsRef<str>], catalog: &str) -> String {
    let of_what = format!(", for the actions of the catalog of {catalog} and all that the policies name");
    closing_of(&of_what, caveats, assumed)
}

/// In words, of what is said behind the first.
pub(super) fn closing_of(of_what: &str, caveats: &[Caveat], assumed: &[impl AsRef<str>]) -> String {
    let exact = if caveats.is_empty() { "exact" } else { "not exact" };
    let mut sentences = vec![format!("{exact}{of_what}")];
    sentences.extend(caveats.iter().map(|caveat| caveat.why.clone()));
    sentences.extend(assumed.iter().map(|sentence| sentence.as_ref().to_owned()));
    sentences.join("; ")
}
