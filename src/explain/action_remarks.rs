//! Remarks on actions in policies that AWS does not have: where `NotAction` lists them, the statement is wider than it
//! looks.

use super::remarks::is_target;
use super::warning::{QuestionPart, Warning};
use crate::names::has_wildcard;
use crate::question::Asked;
use crate::trace::StatementView;

impl Asked<'_> {
    /// Actions of a `NotAction` that are none, in the statements that were looked at.
    pub(super) fn actions_that_are_not(&self) -> Vec<Warning> {
        let traces = self.trace.statements.iter().filter(|trace| is_target(trace));
        let views = traces.filter_map(|trace| self.request.statement(trace.at));
        let names = views.flat_map(|view| self.left_out_in_vain(view));
        let mut found: Vec<Warning> = Vec::new();
        for (_, name) in names {
            let message =
                format!("`NotAction` leaves out {name}, and so nothing: {}", self.no_such_action(name));
            let warning = Warning::new("no-such-action", QuestionPart::Nothing, message);
            if !found.contains(&warning) {
                found.push(warning);
            }
        }
        found
    }

    /// The actions of a `NotAction` that the catalog does not know, with their numbers.
    pub(super) fn left_out_in_vain<'v>(
        &self,
        view: StatementView<'v>,
    ) -> impl Iterator<Item = (u32, &'v str)> + use<'_, 'v> {
        let catalog = self.request.world.catalog();
        let patterns = if view.statement.not_action { view.policy.actions(view.statement) } else { &[] };
        let names = patterns.iter().map(move |pattern| pattern.text(view.policy));
        (0..).zip(names).filter(|(_, name)| !has_wildcard(name) && catalog.action(name).is_none())
    }

    /// `the catalog of 2026-11-23 has no such action; did you mean iam:CreateUser?`
    pub(super) fn no_such_action(&self, name: &str) -> String {
        let catalog = self.request.world.catalog();
        let near = catalog.nearest_action(name).map(|near| format!("; did you mean {near}?"));
        format!("the catalog of {} has no such action{}", catalog.date(), near.unwrap_or_default())
    }
}
