//! A policy of a template with its functions carried out.

use std::sync::Arc;

use super::functions::is_mixed;
use super::sections::Template;
use crate::source::{Place, Source};
use crate::syntax::json::Cursor;

/// How deep functions may stand in each other and refer to each other.
pub(super) const MOST_DEEP: usize = 32;

/// How much work the functions of a file may make: values that are looked at, and pieces of text. Parameters and mappings
/// may be named again and again.
pub(in super::super) const MOST_STEPS: usize = 2_000_000;

/// How many bytes of text are a step.
const BYTES: usize = 32;

/// A policy with its functions carried out.
pub(in super::super) struct Resolved {
    /// Its texts: one, or where something is open several, each with something else in its place.
    pub(in super::super) texts: Vec<Arc<Source>>,
    /// What is open: the function, and the name of what it does not give.
    pub(in super::super) open: Vec<OpenFunction>,
}

/// A function of which it is not known what it gives.
#[derive(Clone, Debug)]
pub struct OpenFunction {
    /// The function.
    pub place: Place,
    /// What it does not give, as the template calls it.
    pub name: String,
}

/// What stands in the place of what is open.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Stand {
    /// What stands for open texts.
    pub(super) texts: OpenTexts,
    /// Whether open conditions hold.
    pub(super) holds: bool,
}

/// What stands for texts that are open.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum OpenTexts {
    /// Each is a name of its own.
    Narrow,
    /// They match everything.
    Wide,
    /// Each is what the template calls it.
    Itself,
}

pub(super) struct Resolver<'a, 't> {
    pub(super) template: &'a Template<'t>,
    pub(super) stand: Stand,
    pub(super) open: Vec<OpenFunction>,
    /// How often a condition was open.
    choices: usize,
    /// How many steps are left.
    steps: usize,
    /// Whether something cannot be written down.
    pub(super) failed: bool,
}

impl<'a, 't> Resolver<'a, 't> {
    pub(super) fn new(template: &'a Template<'t>, stand: Stand, steps: usize) -> Self {
        Self { template, stand, open: Vec::new(), choices: 0, steps, failed: false }
    }

    pub(super) fn steps_left(&self) -> usize {
        self.steps
    }

    /// Whether more may be looked at.
    pub(super) fn has_steps(&mut self) -> bool {
        self.takes("");
        !self.failed
    }

    /// Counts the work that a text makes.
    pub(super) fn takes(&mut self, text: &str) {
        let left = self.steps.checked_sub(1 + text.len() / BYTES);
        self.failed |= left.is_none();
        self.steps = left.unwrap_or_default();
    }

    /// How often a condition was open so far.
    pub(super) fn choices(&self) -> usize {
        self.choices
    }

    /// What stands for a condition that is open.
    pub(super) fn chosen(&mut self) -> bool {
        self.choices += 1;
        self.stand.holds
    }
}

/// Carries out the functions of a policy in a template, with so many steps; nothing if it cannot be written down.
pub(in super::super) fn resolve<'t>(
    template: &Template<'t>,
    policy: Cursor<'t>,
    steps: &mut usize,
) -> Option<Resolved> {
    use OpenTexts::{Narrow, Wide};
    let mut written = |texts, holds| written(template, policy, Stand { texts, holds }, steps);
    let (text, mut open, has_choice) = written(Narrow, true)?;
    let mut texts = vec![text];
    let others = match (open.is_empty(), has_choice) {
        (true, false) => Vec::new(),
        (false, false) => vec![(Wide, true)],
        (_, true) => vec![(Wide, false), (Narrow, false), (Wide, true)],
    };
    for (stands, holds) in others {
        let (text, more, _) = written(stands, holds)?;
        texts.push(text);
        open.extend(more);
    }
    open.sort_by_key(|one| one.place.span);
    open.dedup_by(|a, b| a.place == b.place && a.name == b.name);
    Some(Resolved { texts, open })
}

/// A value with its functions carried out, what is open in it, and whether a condition is.
pub(super) fn written<'t>(
    template: &Template<'t>,
    value: Cursor<'t>,
    stand: Stand,
    steps: &mut usize,
) -> Option<(Arc<Source>, Vec<OpenFunction>, bool)> {
    let mut resolver = Resolver { failed: is_mixed(value), ..Resolver::new(template, stand, *steps) };
    let text = resolver.written(value);
    *steps = resolver.steps;
    (!resolver.failed).then_some((text, resolver.open, resolver.choices > 0))
}
