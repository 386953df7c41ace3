//! The report as text.

use std::fmt::Write as _;

use super::baseline::{Change, Trend};
use super::figures::Histogram;
use super::report::{DecisionReport, PolicyReport, Report};

/// How many rows of a kind are shown; the slowest.
const ROWS: usize = 40;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

impl Report {
    /// The report for people; `drawn` with small histograms.
    pub fn text(&self, changes: &[Change], threshold: f64, drawn: bool) -> String {
        let mut out = String::new();
        self.decisions_text(&mut out, drawn);
        self.layers_text(&mut out);
        self.policies_text(&mut out);
        self.cores_text(&mut out);
        self.unreached_text(&mut out);
        changes_text(changes, threshold, &mut out);
        out
    }

    fn decisions_text(&self, out: &mut String, drawn: bool) {
        let shown = slowest(&self.decisions, |decision| decision.decide.p50_ns);
        let header =
            ["request", "decision", "p50", "p90", "p99", "max", "a second", "batch", "traced", "raw"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        if drawn {
            rows[0].push("p50 to p99".to_owned());
        }
        for decision in &shown {
            let figures = &decision.decide;
            let mut row = vec![clipped(&decision.request), decision.decision.clone()];
            row.extend([figures.p50_ns, figures.p90_ns, figures.p99_ns, figures.max_ns].map(time));
            row.extend([count(figures.per_second), count(figures.batch as f64)]);
            row.extend([decision.traced.p50_ns, decision.raw.p50_ns].map(time));
            if drawn {
                row.push(bars(&figures.histogram));
            }
            rows.push(row);
        }
        if drawn {
            rows[0].pop();
            rows[0].push("distribution".to_owned());
        }
        let batches = self.decisions.first().map_or(0, |decision| decision.decide.batches);
        let _ = writeln!(
            out,
            "decisions: time of one, over batches of at least {} ({batches} batches in {} rounds; `batch` = decisions in one);\n\
             from a prepared request, `traced` with the trace, `raw` from strings",
            time(self.least_batch_ns as f64),
            self.rounds,
        );
        table(&rows, 2, out);
        rest(self.decisions.len(), shown.len(), "requests, all of them in JSON", out);
    }

    fn layers_text(&self, out: &mut String) {
        let shown = slowest(&self.decisions, |decision| decision.decide.p50_ns);
        let mut rows =
            vec![["request", "layer", "levels", "statements", "own time", "p99"].map(str::to_owned).to_vec()];
        for decision in shown {
            let base = ["(no policies)", "", ""].map(str::to_owned);
            let mut row = vec![clipped(&decision.request)];
            row.extend(base);
            row.extend([time(decision.no_policies.p50_ns), time(decision.no_policies.p99_ns)]);
            rows.push(row);
            for layer in &decision.layers {
                let mut row = vec![String::new(), layer.layer.clone()];
                row.extend([count(layer.levels as f64), count(layer.statements as f64)]);
                row.extend([time(layer.own_ns), time(layer.alone.p99_ns)]);
                rows.push(row);
            }
        }
        out.push_str("\nlayers: a decision with the policies of one layer only, beyond one with none\n");
        table(&rows, 2, out);
    }

    fn policies_text(&self, out: &mut String) {
        let shown = slowest(&self.policies, |policy| policy.parse.p50_ns);
        let header = ["policy", "bytes", "statements", "compiled bytes", "parse", "compile", "parse MB/s"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        rows.extend(shown.iter().map(|policy| policy_row(policy)));
        let sum = |of: fn(&PolicyReport) -> usize| count(self.policies.iter().map(of).sum::<usize>() as f64);
        let _ = writeln!(
            out,
            "\npolicies: {} with {} statements; compiled {} bytes, their texts {}",
            count(self.policies.len() as f64),
            sum(|policy| policy.statements),
            sum(|policy| policy.compiled_bytes),
            sum(|policy| policy.bytes),
        );
        table(&rows, 1, out);
        rest(self.policies.len(), shown.len(), "policies", out);
    }

    fn cores_text(&self, out: &mut String) {
        out.push_str("\ncores: all requests in turn, the best of five times\n");
        let rows: Vec<Vec<String>> = self
            .cores
            .iter()
            .map(|cores| {
                let threads =
                    format!("{} thread{}", cores.threads, if cores.threads == 1 { "" } else { "s" });
                vec![
                    threads,
                    format!("{} a second", count(cores.per_second)),
                    format!("{:.2} times", cores.gain),
                ]
            })
            .collect();
        table(&rows, 1, out);
    }

    fn unreached_text(&self, out: &mut String) {
        if self.unreached.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nnot reached by any request: {} statements", self.unreached.len());
        for (name, why) in self.not_reached().take(ROWS) {
            let _ = writeln!(out, "  {name}: {why}");
        }
        rest(self.unreached.len(), self.unreached.len().min(ROWS), "statements", out);
    }
}

fn policy_row(policy: &PolicyReport) -> Vec<String> {
    let mut row = vec![clipped(&policy.policy)];
    row.extend([policy.bytes, policy.statements, policy.compiled_bytes].map(|number| count(number as f64)));
    row.extend([policy.parse.p50_ns, policy.compile.p50_ns].map(time));
    row.push(count(policy.bytes as f64 * 1e3 / policy.parse.p50_ns.max(0.1)));
    row
}

fn changes_text(changes: &[Change], threshold: f64, out: &mut String) {
    if changes.is_empty() {
        return;
    }
    let far = |trend| changes.iter().filter(|change| change.trend == trend).count();
    let _ = writeln!(
        out,
        "\nagainst the baseline: {} slower and {} faster by more than {threshold} % (p < 0.01), of {}",
        far(Trend::Slower),
        far(Trend::Faster),
        changes.len(),
    );
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| change.trend == Trend::Same);
    let mut rows = vec![["what", "before", "now", "change", "p", ""].map(str::to_owned).to_vec()];
    rows.extend(sorted.iter().take(ROWS).map(|change| {
        let word = match change.trend {
            Trend::Faster => "faster",
            Trend::Same => "",
            Trend::Slower => "slower",
        };
        let p = if change.p < 0.0001 { "< 0.0001".to_owned() } else { format!("{:.4}", change.p) };
        let percent = format!("{:+.1} %", change.percent);
        vec![clipped(&change.what), time(change.before_ns), time(change.now_ns), percent, p, word.to_owned()]
    }));
    table(&rows, 1, out);
    rest(changes.len(), changes.len().min(ROWS), "comparisons, all of them in JSON", out);
}

/// The slowest, in their own order.
fn slowest<T>(all: &[T], time: impl Fn(&T) -> f64) -> Vec<&T> {
    let mut numbers: Vec<usize> = (0..all.len()).collect();
    numbers.sort_by(|a, b| time(&all[*b]).total_cmp(&time(&all[*a])));
    numbers.truncate(ROWS);
    numbers.sort_unstable();
    numbers.into_iter().map(|number| &all[number]).collect()
}

fn rest(all: usize, shown: usize, what: &str, out: &mut String) {
    if shown < all {
        let _ = writeln!(out, "  … the slowest {shown} of {} {what}", count(all as f64));
    }
}

/// Columns; the first `left` of them are words, the others numbers.
fn table(rows: &[Vec<String>], left: usize, out: &mut String) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let length =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let lengths: Vec<usize> = (0..columns).map(|column| length(column).unwrap_or_default()).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, length)) in row.iter().zip(&lengths).enumerate() {
            let _ = match column < left {
                true => write!(line, "  {cell:<length$}"),
                false => write!(line, "  {cell:>length$}"),
            };
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn clipped(name: &str) -> String {
    const MOST: usize = 48;
    match name.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

fn bars(histogram: &Histogram) -> String {
    let most = histogram.counts.iter().copied().max().unwrap_or_default().max(1);
    let bar = |count: &u32| match count {
        0 => ' ',
        count => BARS[(*count as usize * (BARS.len() - 1)).div_ceil(most as usize)],
    };
    histogram.counts.iter().map(bar).collect()
}

/// Nanoseconds in the unit that suits them.
pub(super) fn time(ns: f64) -> String {
    match ns {
        ns if ns < 1e3 => format!("{ns:.1} ns"),
        ns if ns < 1e6 => format!("{:.2} µs", ns / 1e3),
        ns if ns < 1e9 => format!("{:.2} ms", ns / 1e6),
        ns => format!("{:.2} s", ns / 1e9),
    }
}

/// A whole number with commas between thousands.
pub(super) fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The name of a decision, as its row calls it.
pub(super) fn label(decision: &DecisionReport) -> String {
    format!("{} — {}", clipped(&decision.request), decision.decision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_between_thousands() {
        assert_eq!([0.0, 999.0, 1000.0, 1_234_567.0].map(count), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn times_have_the_unit_that_suits_them() {
        assert_eq!([35.14, 1500.0, 2.5e6].map(time), ["35.1 ns", "1.50 µs", "2.50 ms"]);
    }
}
