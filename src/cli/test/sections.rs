//! Sections of scripts: a comment `# == NAME` begins one.

use std::sync::Arc;

use crate::source::{Place, Source};

/// The sections of the text that was asked about last.
#[derive(Default)]
pub(super) struct Sections {
    source: Option<Arc<Source>>,
    /// Where each begins, and its name.
    starts: Vec<(u32, Arc<str>)>,
}

impl Sections {
    /// The name of the section that a place stands in; empty before the first.
    pub(super) fn at(&mut self, place: &Place) -> Arc<str> {
        let same = self.source.as_ref().is_some_and(|source| Arc::ptr_eq(source, &place.source));
        if !same {
            self.starts = starts(place.source.text());
            self.source = Some(Arc::clone(&place.source));
        }
        let before = self.starts.partition_point(|(start, _)| *start <= place.span.start);
        before.checked_sub(1).map(|i| Arc::clone(&self.starts[i].1)).unwrap_or_default()
    }
}

fn starts(text: &str) -> Vec<(u32, Arc<str>)> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("# ==") {
            found.push((at, name.trim_matches(['=', ' ', '\t', '\r', '\n']).into()));
        }
        at += line.len() as u32;
    }
    found
}
