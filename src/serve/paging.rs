//! Pages of an answer: each service has words of its own for how much is wanted and from where on.

use serde_json::{Map, Value};

/// The words of a service.
#[derive(Clone, Copy, Debug)]
struct PagingWords {
    most: &'static str,
    from: &'static str,
    next: &'static str,
    /// The field that says whether more follows, where there is one.
    more: Option<&'static str>,
}

const IAM: PagingWords =
    PagingWords { most: "MaxItems", from: "Marker", next: "Marker", more: Some("IsTruncated") };
const KMS: PagingWords =
    PagingWords { most: "Limit", from: "Marker", next: "NextMarker", more: Some("Truncated") };
const TOKEN: PagingWords =
    PagingWords { most: "MaxResults", from: "NextToken", next: "NextToken", more: None };
const CAMEL: PagingWords =
    PagingWords { most: "maxResults", from: "nextToken", next: "nextToken", more: None };

/// Which part of an answer is wanted; all of it where nobody said, in one page, for some clients read no second.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnswerPage {
    words: PagingWords,
    most: usize,
    from: usize,
}

impl AnswerPage {
    /// Takes what says the page out of an input; the error names the word that is wrong.
    pub(super) fn take(service: &str, input: &mut Map<String, Value>) -> Result<Self, &'static str> {
        let words = match service {
            "iam" => IAM,
            "kms" => KMS,
            "accessanalyzer" => CAMEL,
            _ => TOKEN,
        };
        let mut number = |name: &'static str| match input.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => text.parse().map(Some).map_err(|_| name),
            Some(value) => value.as_u64().map(|found| Some(found as usize)).ok_or(name),
        };
        let (most, from) = (number(words.most)?, number(words.from)?);
        match most {
            Some(0) => Err(words.most),
            _ => Ok(Self { words, most: most.unwrap_or(usize::MAX), from: from.unwrap_or(0) }),
        }
    }

    /// Leaves the page of a result: its lists count as one, one behind the other.
    pub(super) fn cut(self, result: &mut Map<String, Value>) {
        let (mut skip, mut left, mut rest, mut has_list) = (self.from, self.most, 0, false);
        for list in result.values_mut().filter_map(Value::as_array_mut) {
            let gone = skip.min(list.len());
            list.drain(..gone);
            rest += list.len().saturating_sub(left);
            list.truncate(left);
            (skip, left, has_list) = (skip - gone, left - list.len(), true);
        }
        if let Some(more) = self.words.more.filter(|_| has_list) {
            result.insert(more.to_owned(), (rest > 0).into());
        }
        if rest > 0 {
            let next = self.from.saturating_add(self.most).to_string();
            result.insert(self.words.next.to_owned(), next.into());
        }
    }
}
