//! A policy inside of something else, and what is to be said of it.

use std::sync::Arc;

use super::template::OpenFunction;
use crate::policy::PolicyType;
use crate::source::{Diagnostic, Parsed, Source, Span, first_of};
use crate::syntax::json::{Tree, parse_json_in};

/// A policy inside of a file.
#[derive(Clone, Debug)]
pub struct PolicyInside {
    /// The text in which it stands: the file, or what a string of the file holds.
    pub source: Arc<Source>,
    /// Where it stands there.
    pub span: Span,
    /// What it is, where that which holds it says so.
    pub kind: Option<PolicyType>,
    /// The members that lead to it: `PolicyVersion.Document`.
    pub path: String,
    /// What in it only a deployment knows: the function of a template, and the name of what it does not give.
    pub open: Vec<OpenFunction>,
    /// Its other texts, where something is open: each has something else in the place of that.
    pub(super) others: Vec<Arc<Source>>,
    /// Whether it can be written down, whatever stands in the place of what is open.
    pub(super) is_written: bool,
    /// What is to be said where the statements of the file stand alone, without the policy around.
    pub(super) bare: Option<Diagnostic>,
}

impl PolicyInside {
    /// A policy that stands in a text as it is.
    pub(super) fn standing(source: &Arc<Source>, span: Span, kind: Option<PolicyType>, path: String) -> Self {
        let (source, open, others) = (Arc::clone(source), Vec::new(), Vec::new());
        Self { source, span, kind, path, open, others, is_written: true, bare: None }
    }

    /// The policy, read as JSON; what is missing around it is said.
    pub fn tree(&self) -> Parsed<Tree> {
        let mut tree = parse_json_in(&self.source, self.span);
        tree.diagnostics.extend(self.bare.clone());
        tree
    }

    /// All texts that it may have, read as JSON; none if it cannot be written down.
    pub fn trees(&self) -> Vec<Parsed<Tree>> {
        if !self.is_written {
            return Vec::new();
        }
        let whole = |source: &Arc<Source>| parse_json_in(source, Span::new(0, source.text().len() as u32));
        std::iter::once(self.tree()).chain(self.others.iter().map(whole)).collect()
    }

    /// Whether it stands in the text of the file itself, as it is.
    pub(super) fn is_written_in(&self, file: &Arc<Source>) -> bool {
        Arc::ptr_eq(&self.source, file) && self.open.is_empty()
    }

    /// What is to be said of it where something in it is not known.
    pub fn unresolved(&self) -> Option<Diagnostic> {
        let first = self.open.first()?;
        let mut names: Vec<String> = self.open.iter().map(|open| format!("`{}`", open.name)).collect();
        names.sort_unstable();
        names.dedup();
        let is = if names.len() > 1 { "are" } else { "is" };
        let what = format!(
            "the policy `{}` is not known in full: what {} {is} shows when the template is deployed",
            self.path,
            first_of(3, &names),
        );
        Some(Diagnostic::warning("unresolved-function", what).at(first.place.clone(), ""))
    }
}
