//! What AWS says of a policy document that it did not take: `MalformedPolicyDocument: Syntax errors in policy.`

/// A refusal of a policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// AWS's code.
    pub code: &'static str,
    /// AWS's words, without the code; they may be empty.
    pub words: String,
    /// The policy document, where it stands in the text, too.
    pub document: Option<String>,
}

/// The codes, the longer before those that begin it.
const CODES: [&str; 3] = ["MalformedPolicyDocumentException", "MalformedPolicyDocument", "MalformedPolicy"];

pub(super) fn malformed(text: &str) -> Option<Malformed> {
    let code = CODES.into_iter().find(|code| text.contains(code))?;
    let (_, behind) = text.split_once(code)?;
    let (said, document) = match behind.find("{") {
        Some(at) => behind.split_at(at),
        None => (behind, ""),
    };
    let words = said.split(" operation: ").last().unwrap_or_default();
    let words = words.split([';', '\n']).map(without_tail).find(|line| !line.is_empty()).unwrap_or_default();
    let document =
        Some(document.trim()).filter(|text| text.contains("\"Statement\"") || text.contains("Effect"));
    Some(Malformed { code, words: words.to_owned(), document: document.map(str::to_owned) })
}

/// A line without what stands around the words.
fn without_tail(line: &str) -> &str {
    let end = ["(Service:", "status code:", "Status Code"].iter().filter_map(|mark| line.find(mark)).min();
    let line = line.get(..end.unwrap_or(line.len())).unwrap_or(line);
    line.trim().trim_matches([':', ')', '(', '\'', '"']).trim()
}
