//! The comparison with a baseline.

use super::{ROWS, ReportText};
use crate::bench::baseline::BaselineComparison;
use crate::bench::change::{Drift, Trend};
use crate::bench::table::{TextTable, wrapped};
use crate::bench::words::{count, percent, plural, probability, time};

impl ReportText<'_> {
    pub(super) fn comparison(&mut self, comparison: &BaselineComparison) {
        self.section(&verdict(comparison, self.look.threshold));
        for remark in &comparison.remarks {
            wrapped(&format!("  ! {remark}"), self.look.width, "    ", &mut self.out);
        }
        let decisions = comparison.decisions.iter();
        let decisions: Vec<String> = decisions
            .map(|change| format!("{}: {}, was {}", change.request, change.now, change.before))
            .collect();
        self.names("decided otherwise", &decisions);
        self.names("only in the baseline, not compared", &comparison.only_before);
        self.names("not in the baseline, not compared", &comparison.only_now);
        let columns =
            [("what", 0), ("before", 3), ("now", 2), ("change", 0), ("beyond floor", 1), ("p", 4), ("", 0)];
        let mut table = TextTable::new(&columns, 1);
        for change in foremost(&comparison.changes) {
            let mut row = vec![change.what.clone(), time(change.before_ns), time(change.now_ns)];
            row.extend([change.percent, change.percent_beyond_floor].map(percent));
            row.extend([probability(change.p), change.trend.word().to_owned()]);
            table.row(row);
        }
        self.table(&table);
        self.rest(comparison.changes.len(), "the foremost");
    }
}

pub(in crate::bench) fn verdict(comparison: &BaselineComparison, threshold: f64) -> String {
    let changes = &comparison.changes;
    let number = |trend| changes.iter().filter(|change| change.trend == trend).count();
    let unclear = match number(Trend::Unclear) {
        0 => String::new(),
        unclear => format!("; {} unclear", count(unclear as f64)),
    };
    let of = if comparison.date.is_empty() { String::new() } else { format!(" of {}", comparison.date) };
    format!(
        "Against the baseline{of}: of {}, {} slower and {} faster by more than {threshold} %{unclear}. `before` and \
         `now` are the fastest of the rounds; `beyond floor` leaves out what a decision with no policies changed by; \
         `p` is for the noise within the runs only, corrected for the number of comparisons. What looked slower was \
         measured again.",
        plural(changes.len(), "comparison"),
        count(number(Trend::Slower) as f64),
        count(number(Trend::Faster) as f64),
    )
}

/// The changes that tell most, first.
pub(in crate::bench) fn foremost(changes: &[Drift]) -> Vec<&Drift> {
    let mut sorted: Vec<&Drift> = changes.iter().collect();
    sorted.sort_by(|a, b| a.trend.cmp(&b.trend).then(b.percent.abs().total_cmp(&a.percent.abs())));
    sorted.truncate(ROWS);
    sorted
}
