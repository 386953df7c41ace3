//! Remedies that come to the same: one of them is enough; and what sets apart those that do not.

use super::difference::{Difference, Opened};
use super::edit::{Edit, Remedy};

impl Difference {
    /// The same as a set.
    pub(super) fn as_set(&self) -> Opened {
        let sides = [(true, &self.opened), (false, &self.lost)];
        let all =
            sides.into_iter().flat_map(|(is_opened, calls)| calls.iter().map(move |call| (is_opened, call)));
        all.map(|(is_opened, call)| (is_opened, call.who.arn(), call.action.clone(), call.resource.clone()))
            .collect()
    }
}

/// Of remedies that change the same policies and come to the same the first is kept.
pub(super) fn drop_the_same(found: &mut Vec<Remedy>) {
    let mut at = 0;
    while at < found.len() {
        let is_told = found[..at].iter().any(|other| other.comes_to_the_same(&found[at]));
        if is_told {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

impl Remedy {
    fn comes_to_the_same(&self, other: &Self) -> bool {
        let pairs = self.edits.iter().zip(&other.edits);
        self.edits.len() == other.edits.len() && pairs.into_iter().all(|(one, other)| same(one, other))
    }

    /// What another remedy opens beside this one: `2 opens more`; nothing where that was not asked.
    pub(super) fn apart(&self, other: &Self) -> Option<&'static str> {
        let is_known = |remedy: &Self| remedy.edits.iter().all(|edit| edit.opened.is_some());
        if !is_known(self) || !is_known(other) {
            return None;
        }
        let all = |remedy: &Self| -> Opened { remedy.edits.iter().flat_map(opened).collect() };
        let (own, other) = (all(self), all(other));
        match (own.is_subset(&other), other.is_subset(&own)) {
            (true, false) => Some("2 opens more"),
            (false, true) => Some("2 opens less"),
            _ => None,
        }
    }
}

fn same(one: &Edit, other: &Edit) -> bool {
    let is_policy = one.layer.is_some() && one.document.is_some() && other.document.is_some();
    let place = |edit: &Edit| (edit.layer, edit.level, edit.policy.clone());
    let known = one.opened.is_some() && opened(one) == opened(other);
    is_policy && known && place(one) == place(other) && arns(one) == arns(other)
}

/// The ARNs that are named with what a change opens: not every one of them was asked about.
fn arns(edit: &Edit) -> Vec<&str> {
    let so = edit.so.as_deref().unwrap_or_default();
    so.split([' ', ',', ';']).filter(|word| word.starts_with("arn:")).collect()
}

/// What an edit opens, without what it takes away.
fn opened(edit: &Edit) -> Opened {
    let all = edit.opened.iter().flatten();
    all.filter(|(is_opened, ..)| *is_opened).cloned().collect()
}
