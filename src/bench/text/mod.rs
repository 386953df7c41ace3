//! The report as text.

mod comparison;

use std::fmt::Write as _;

use super::baseline::BaselineComparison;
use super::figures::{Figures, Histogram};
use super::meter::MeterPlan;
use super::report::{DecisionReport, PolicyReport, Report};
use super::table::{TextTable, wrapped};
use super::words::{clipped, count, layer_word, plural, time};
use crate::policy::Layer;

pub(super) use comparison::{foremost, verdict};

/// How many rows of a kind are shown.
pub(super) const ROWS: usize = 20;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// What titles of the decisions' table mean.
const MEANINGS: [(&str, &str); 6] = [
    ("a second", "from the mean, interruptions included"),
    ("batch", "decisions in a batch"),
    ("own", "what the policies add to a decision with none, p50"),
    ("traced", "with the trace, p50"),
    ("raw", "from strings, p50"),
    ("distribution", "from the fastest to p99, scale per row, the last bar holds what is slower"),
];

/// How a report is shown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The columns of the surface.
    pub width: usize,
    /// Whether there are small histograms.
    pub drawn: bool,
    /// The threshold of the comparison, in percent.
    pub threshold: f64,
}

impl Report {
    /// The report for people.
    pub fn text(&self, comparison: Option<&BaselineComparison>, look: &Look) -> String {
        let mut text = ReportText { report: self, look, out: String::new() };
        text.unreached();
        text.decisions();
        text.layers();
        text.policies();
        text.cores();
        if let Some(comparison) = comparison {
            text.comparison(comparison);
        }
        text.out
    }
}

struct ReportText<'r> {
    report: &'r Report,
    look: &'r Look,
    out: String,
}

impl ReportText<'_> {
    fn section(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        wrapped(text, self.look.width, "", &mut self.out);
    }

    fn table(&mut self, table: &TextTable) -> Vec<&'static str> {
        table.write(self.look.width, &mut self.out)
    }

    fn rest(&mut self, all: usize, what: &str) {
        if all > ROWS {
            let _ = writeln!(self.out, "  … {what} {ROWS} of {}; all of them in JSON", count(all as f64));
        }
    }

    fn names(&mut self, title: &str, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "{title}:");
        for name in names.iter().take(ROWS) {
            let _ = writeln!(self.out, "  {}", clipped(name, self.look.width.saturating_sub(2)));
        }
        self.rest(names.len(), "the first");
    }

    fn unreached(&mut self) {
        let title =
            format!("not reached by any request: {}", plural(self.report.unreached.len(), "statement"));
        let named = self.report.not_reached();
        let all: Vec<String> = named.map(|(name, why)| format!("{name}: {why}")).collect();
        self.names(&title, &all);
    }

    fn decisions(&mut self) {
        let shown = slowest(&self.report.decisions, |decision| decision.decide.p50_ns);
        self.section(&intro(self.report));
        let mut columns =
            vec![("request", 0), ("decision", 0), ("p50", 0), ("p90", 5), ("p99", 1), ("max", 4)];
        columns.extend([("a second", 3), ("batch", 6), ("own", 2), ("traced", 8), ("raw", 7)]);
        if self.look.drawn {
            columns.push(("distribution", 9));
        }
        let mut table = TextTable::new(&columns, 2);
        for decision in &shown {
            let mut row = vec![decision.request.clone(), decision.decision.clone()];
            row.extend(figures(decision));
            if self.look.drawn {
                row.push(bars(&decision.decide.histogram));
            }
            table.row(row);
        }
        let titles = self.table(&table);
        self.rest(self.report.decisions.len(), "the slowest");
        self.legend(&titles);
    }

    /// What the columns mean that do not say it themselves.
    fn legend(&mut self, titles: &[&str]) {
        let mut told: Vec<String> = MEANINGS
            .iter()
            .filter(|(title, _)| titles.contains(title))
            .map(|(title, meaning)| format!("{title}: {meaning}"))
            .collect();
        if self.report.decisions.iter().any(|decision| decision.request.contains('[')) {
            told.push(
                "P [S] action: made for the statement S of the policy P; others may overrule it".to_owned(),
            );
        }
        if !told.is_empty() {
            wrapped(&format!("  {}.", told.join("; ")), self.look.width, "  ", &mut self.out);
        }
    }

    fn layers(&mut self) {
        let several: Vec<&DecisionReport> =
            self.report.decisions.iter().filter(|decision| decision.layers.len() > 1).collect();
        if several.is_empty() {
            return; // what one layer takes is what all policies take
        }
        let shown: Vec<&DecisionReport> =
            slowest(&several, |decision| decision.decide.p50_ns).into_iter().copied().collect();
        self.section(
            "Layers: what the policies of each layer alone add to a decision with no policies (`none`), p50.",
        );
        let taking_part = |layer: &Layer| {
            shown.iter().any(|decision| decision.layers.iter().any(|report| report.layer == layer.key()))
        };
        let layers: Vec<Layer> = Layer::ALL.into_iter().filter(taking_part).collect();
        let wide = layers_side_by_side(&shown, &layers);
        match wide.least_width() <= self.look.width {
            true => self.table(&wide),
            false => self.table(&layers_below_each_other(&shown)),
        };
        self.rest(several.len(), "the slowest");
    }

    fn policies(&mut self) {
        let report = self.report;
        if report.policies.is_empty() {
            return;
        }
        let statements = report.policies.iter().map(|policy| policy.statements).sum();
        let bytes = |bytes: usize| count(bytes as f64);
        self.section(&format!(
            "Policies: {} with {}. Compiled tables take {} bytes and indexes {} bytes, in addition to texts of {} \
             bytes and their syntax trees.{}",
            plural(report.policies.len(), "policy"),
            plural(statements, "statement"),
            bytes(report.memory.compiled_bytes),
            bytes(report.memory.index_bytes),
            bytes(report.memory.text_bytes),
            report.memory.peak_process_bytes.map_or_else(String::new, |peak| {
                format!(" The whole process took {:.1} MB at most, measuring included.", peak as f64 / 1e6)
            }),
        ));
        let columns = [("policy", 0), ("bytes", 3), ("statements", 2), ("compiled bytes", 1)];
        let mut table =
            TextTable::new(&[&columns[..], &[("parse", 0), ("compile", 0), ("parse MB/s", 4)]].concat(), 1);
        slowest(&report.policies, |policy| policy.parse.p50_ns)
            .into_iter()
            .map(policy_row)
            .for_each(|row| table.row(row));
        self.table(&table);
        self.rest(report.policies.len(), "the slowest");
    }

    fn cores(&mut self) {
        self.section("Cores: all requests in turn, the best of five times.");
        let mut table = TextTable::new(&[("threads", 0), ("decisions a second", 0), ("times one", 0)], 0);
        for cores in &self.report.cores {
            table.row(vec![cores.threads.to_string(), count(cores.per_second), format!("{:.2}", cores.gain)]);
        }
        self.table(&table);
    }
}

/// What the figures of decisions mean.
fn intro(report: &Report) -> String {
    let batches = report.decisions.first().map_or(0, |decision| decision.decide.batches);
    format!(
        "Decisions: the time of one, from a prepared request. Each figure is the mean of a batch of {} or more, because \
         reading the clock costs about as much as a decision. {} a request, in {}{}{}.",
        time(report.least_batch_ns as f64),
        plural(batches, "batch"),
        plural(report.rounds, "round"),
        more_rounds(report),
        if batches < 100 { ": too few for a p99 (`–`)" } else { "" },
    )
}

/// What would make all rounds that are wanted.
fn more_rounds(report: &Report) -> String {
    let all = MeterPlan::default().rounds;
    if report.rounds >= all {
        return String::new();
    }
    format!(" (`--seconds {:.0}` makes {all})", report.wanted_seconds.ceil())
}

fn figures(decision: &DecisionReport) -> Vec<String> {
    let figures = &decision.decide;
    vec![
        time(figures.p50_ns),
        time(figures.p90_ns),
        p99(figures),
        time(figures.max_ns),
        count(figures.per_second),
        count(figures.batch as f64),
        time(decision.own_ns()),
        time(decision.traced.p50_ns),
        time(decision.raw.p50_ns),
    ]
}

/// The 99th percentile, where there is one.
pub(super) fn p99(figures: &Figures) -> String {
    if figures.has_p99() { time(figures.p99_ns) } else { "–".to_owned() }
}

fn layers_side_by_side(decisions: &[&DecisionReport], layers: &[Layer]) -> TextTable {
    let mut columns = vec![("request", 0), ("none", 0)];
    columns.extend(layers.iter().map(|layer| (layer.word(), 0)));
    let mut table = TextTable::new(&columns, 1);
    for decision in decisions {
        let mut row = vec![decision.request.clone(), time(decision.no_policies.p50_ns)];
        row.extend(layers.iter().map(|layer| own_time(decision, *layer)));
        table.row(row);
    }
    table
}

fn layers_below_each_other(decisions: &[&DecisionReport]) -> TextTable {
    let mut table = TextTable::new(&[("request", 0), ("layer", 0), ("p50", 0)], 2);
    for decision in decisions {
        let none = time(decision.no_policies.p50_ns);
        table.row(vec![decision.request.clone(), "none".to_owned(), none]);
        for layer in &decision.layers {
            let word = layer_word(&layer.layer).to_owned();
            table.row(vec![String::new(), word, time(layer.own_ns)]);
        }
    }
    table
}

fn own_time(decision: &DecisionReport, layer: Layer) -> String {
    let report = decision.layers.iter().find(|report| layer_word(&report.layer) == layer.word());
    report.map_or_else(String::new, |report| time(report.own_ns))
}

fn policy_row(policy: &PolicyReport) -> Vec<String> {
    let mut row = vec![policy.policy.clone()];
    row.extend([policy.bytes, policy.statements, policy.compiled_bytes].map(|number| count(number as f64)));
    row.extend([policy.parse.p50_ns, policy.compile.p50_ns].map(time));
    row.push(count(policy.bytes as f64 * 1e3 / policy.parse.p50_ns.max(0.1)));
    row
}

/// The slowest, in their own order.
pub(super) fn slowest<T>(all: &[T], time: impl Fn(&T) -> f64) -> Vec<&T> {
    let mut numbers: Vec<usize> = (0..all.len()).collect();
    numbers.sort_by(|a, b| time(&all[*b]).total_cmp(&time(&all[*a])));
    numbers.truncate(ROWS);
    numbers.sort_unstable();
    numbers.into_iter().map(|number| &all[number]).collect()
}

fn bars(histogram: &Histogram) -> String {
    let most = histogram.counts.iter().copied().max().unwrap_or_default().max(1);
    let bar = |count: &u32| match count {
        0 => ' ',
        count => BARS[(*count as usize * (BARS.len() - 1)).div_ceil(most as usize)],
    };
    histogram.counts.iter().map(bar).collect()
}
