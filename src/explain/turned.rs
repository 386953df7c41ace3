//! Which switches turned an answer (H.2): the question is asked once more with each of them in the position where it
//! stands by itself, which only those that do not stand there make necessary.

use crate::question::{Asked, ask};
use crate::trace::Decision;
use crate::world::{DOUBTS, Request, Settings, Switch};

impl Asked<'_> {
    /// A sentence for each switch that turned the answer.
    pub(super) fn turned_notes(&self) -> impl Iterator<Item = String> {
        let settings = *self.request.settings();
        let turned = DOUBTS.into_iter().filter(move |switch| switch.is_turned(&settings));
        turned.filter_map(move |switch| {
            let usual = switch.flipped(&settings);
            let other = self.decision_under(usual)?;
            (other != self.decision).then(|| note(&switch, &settings, &usual, other))
        })
    }

    /// What the decision would be if the switches stood so. The keys of the caller follow from them, too.
    fn decision_under(&self, settings: Settings) -> Option<Decision> {
        let question = &self.request;
        let mut world = question.world.clone();
        *world.settings_mut() = settings;
        let mut caller = world.caller(&question.caller.principal, question.request.policies);
        for out in &question.left_out {
            caller.leave_out(out);
        }
        let request = Request { settings, ..question.request };
        let mut prepared = world.prepare(caller.into(), request).ok()?;
        for out in &question.left_out {
            prepared.leave_out(out);
        }
        Some(ask(prepared).decision)
    }
}

fn note(switch: &Switch, settings: &Settings, usual: &Settings, other: Decision) -> String {
    let (label, word, back) = (switch.label(), switch.word(settings), switch.word(usual));
    format!(
        "the setting {label} turned the answer: it is {word}, and with {back} it would be {}",
        other.as_str()
    )
}
