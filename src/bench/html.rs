//! The report as one page with plots: no script, nothing fetched.

use super::baseline::BaselineComparison;
use super::change::Trend;
use super::page::{PlotRow, ReportPage, Scale, bar, dot, from_middle, histogram};
use super::report::{DecisionReport, Report};
use super::text::{ROWS, foremost, p99, slowest, verdict};
use super::words::{count, layer_word, percent, plural, probability, time};

/// A colour for each layer, and for what is there without any.
const COLOURS: [(&str, &str); 8] = [
    ("no policies", "h"),
    ("rcp", "d"),
    ("scp", "b"),
    ("vpc-endpoint", "f"),
    ("resource-based", "c"),
    ("identity-based", "a"),
    ("permissions-boundary", "e"),
    ("session", "g"),
];

impl Report {
    /// The report as one page.
    pub fn html(&self, comparison: Option<&BaselineComparison>, threshold: f64) -> String {
        let mut page = ReportPage::new("What a decision costs");
        self.about(&mut page);
        let names = |title: &str, names: &[String], page: &mut ReportPage| {
            if !names.is_empty() {
                page.heading(title, "");
                page.table(&["name"], names.iter().map(|name| vec![name.clone()]));
            }
        };
        self.not_reached_table(&mut page);
        if let Some(comparison) = comparison {
            changes(comparison, threshold, &mut page);
            names("Only in the baseline, not compared", &comparison.only_before, &mut page);
            names("Not in the baseline, not compared", &comparison.only_now, &mut page);
        }
        let shown = slowest(&self.decisions, |decision| decision.decide.p50_ns);
        let which = match self.decisions.len() {
            all if all > ROWS => format!(" The slowest {ROWS} of {}.", count(all as f64)),
            _ => String::new(),
        };
        decisions(&shown, &which, &mut page);
        spread(&shown, &which, &mut page);
        layers(&shown, &which, &mut page);
        self.cores_plot(&mut page);
        self.tables(&mut page);
        page.finish()
    }

    fn not_reached_table(&self, page: &mut ReportPage) {
        if !self.unreached.is_empty() {
            page.heading("Not reached", "Statements that no request made from the policies reaches.");
            let rows = self.not_reached().map(|(name, why)| vec![name.to_owned(), why.to_owned()]);
            page.table(&["statement", "why"], rows);
        }
    }

    /// When, where and how.
    fn about(&self, page: &mut ReportPage) {
        let about = &self.circumstances;
        page.text(&format!(
            "Each figure is the mean of a batch of at least {}, taken in {} through everything. Lines reach from p50 to \
             p99, or to the slowest batch where there are fewer than 100.",
            time(self.least_batch_ns as f64),
            plural(self.rounds, "round"),
        ));
        let policies: Vec<&str> =
            self.policies.iter().take(ROWS).map(|policy| policy.policy.as_str()).collect();
        let more = if self.policies.len() > ROWS { ", …" } else { "" };
        let rows = [
            ("measured", about.date.clone()),
            ("by", format!("iamwhy {}", self.iamwhy)),
            ("on", format!("{}, {}, {}", about.cpu, plural(about.cores, "core"), about.system)),
            ("command", about.arguments.join(" ")),
            ("policies", policies.join(", ") + more),
        ];
        page.table(&["", ""], rows.into_iter().map(|(what, is)| vec![what.to_owned(), is]));
    }

    fn cores_plot(&self, page: &mut ReportPage) {
        page.heading("Cores", "Decisions a second, all requests in turn; the best of five times.");
        let most = self.cores.iter().map(|cores| cores.per_second).fold(1.0, f64::max);
        let rows = self.cores.iter().map(|cores| PlotRow {
            label: plural(cores.threads, "thread"),
            marks: bar(0.0, cores.per_second / most, "a", &format!("{:.2} times one", cores.gain)),
            number: count(cores.per_second),
        });
        page.plot(rows, &[]);
    }

    fn tables(&self, page: &mut ReportPage) {
        page.heading(
            "All decisions",
            "`traced` and `raw` are p50; `a second` is from the mean, interruptions included.",
        );
        let header =
            ["request", "decision", "p50", "p90", "p99", "max", "a second", "batch", "traced", "raw"];
        let rows = self.decisions.iter().map(|decision| {
            let figures = &decision.decide;
            let mut row = vec![decision.request.clone(), decision.decision.clone()];
            row.extend([figures.p50_ns, figures.p90_ns].map(time));
            row.extend([p99(figures), time(figures.max_ns)]);
            row.extend([count(figures.per_second), figures.batch.to_string()]);
            row.extend([decision.traced.p50_ns, decision.raw.p50_ns].map(time));
            row
        });
        page.table(&header, rows);
        if !self.policies.is_empty() {
            self.policies_table(page);
        }
    }

    fn policies_table(&self, page: &mut ReportPage) {
        let bytes = |bytes: usize| count(bytes as f64);
        let (compiled, index) = (bytes(self.memory.compiled_bytes), bytes(self.memory.index_bytes));
        page.heading(
            "Policies",
            &format!("Compiled policies ({compiled} bytes) and indexes ({index} bytes) are held in addition to their text."),
        );
        let header = ["policy", "bytes", "statements", "compiled bytes", "parse p50", "compile p50"];
        let rows = self.policies.iter().map(|policy| {
            let mut row = vec![policy.policy.clone()];
            row.extend([policy.bytes, policy.statements, policy.compiled_bytes].map(bytes));
            row.extend([policy.parse.p50_ns, policy.compile.p50_ns].map(time));
            row
        });
        page.table(&header, rows);
    }
}

fn changes(comparison: &BaselineComparison, threshold: f64, page: &mut ReportPage) {
    let shown = foremost(&comparison.changes);
    page.heading("Comparison", &verdict(comparison, threshold));
    for remark in &comparison.remarks {
        page.text(&format!("! {remark}"));
    }
    let rows = comparison.decisions.iter();
    let rows: Vec<Vec<String>> =
        rows.map(|change| vec![change.request.clone(), change.before.clone(), change.now.clone()]).collect();
    if !rows.is_empty() {
        page.table(&["decided otherwise", "before", "now"], rows.into_iter());
    }
    let most = shown.iter().map(|change| change.percent.abs()).fold(threshold, f64::max);
    let rows = shown.iter().map(|change| {
        let colour = match change.trend {
            Trend::Faster => "c",
            Trend::Slower => "b",
            Trend::Unclear | Trend::Same => "h",
        };
        let (before, now) = (time(change.before_ns), time(change.now_ns));
        let title = format!("{before} → {now}, p {}, {}", probability(change.p), change.trend.word());
        PlotRow {
            label: change.what.clone(),
            marks: from_middle(change.percent / most, colour, &title),
            number: percent(change.percent),
        }
    });
    page.legend(&[("slower", "b"), ("faster", "c"), ("unclear, or within the threshold", "h")]);
    page.plot(rows, &[]);
}

fn label(decision: &DecisionReport) -> String {
    format!("{} — {}", decision.request, decision.decision)
}

fn decisions(shown: &[&DecisionReport], which: &str, page: &mut ReportPage) {
    let text = "One decision, on a logarithmic scale; the number is p50 of the prepared request.";
    page.heading("Decisions", &format!("{text}{which}"));
    page.legend(&[("prepared request", "a"), ("with the trace", "d"), ("from strings", "b")]);
    let all = shown.iter().flat_map(|decision| [&decision.decide, &decision.traced, &decision.raw]);
    let (least, most) = all.fold((f64::MAX, 1.0_f64), |(least, most), figures| {
        (least.min(figures.p50_ns), most.max(figures.p99_ns))
    });
    let scale = Scale::new(least, most);
    let rows = shown.iter().map(|decision| {
        let measured = [(&decision.decide, "a"), (&decision.traced, "d"), (&decision.raw, "b")];
        let marks = measured.map(|(figures, colour)| {
            let title =
                format!("p50 {}, p99 {}, max {}", time(figures.p50_ns), p99(figures), time(figures.max_ns));
            dot(scale.at(figures.p50_ns), scale.at(figures.p99_ns), colour, &title)
        });
        PlotRow { label: label(decision), marks: marks.concat(), number: time(decision.decide.p50_ns) }
    });
    page.plot(rows, &scale.ticks());
}

fn spread(shown: &[&DecisionReport], which: &str, page: &mut ReportPage) {
    let text = "How the batches of each prepared request spread, from the fastest to p99, scale per row; the last bar \
                holds what is slower. The number is p99.";
    page.heading("Spread", &format!("{text}{which}"));
    let rows = shown.iter().map(|decision| PlotRow {
        label: label(decision),
        marks: histogram(&decision.decide.histogram),
        number: p99(&decision.decide),
    });
    page.plot(rows, &[]);
}

fn layers(shown: &[&DecisionReport], which: &str, page: &mut ReportPage) {
    let text = "A decision with no policies, and what the policies of each layer alone add to it; the number is their \
                sum. A decision with all of them can take less: it stops at the first Deny.";
    page.heading("Layers", &format!("{text}{which}"));
    page.legend(&COLOURS);
    let total = |decision: &DecisionReport| {
        decision.no_policies.p50_ns + decision.layers.iter().map(|layer| layer.own_ns.max(0.0)).sum::<f64>()
    };
    let most = shown.iter().map(|decision| total(decision)).fold(0.1, f64::max);
    let rows = shown.iter().map(|decision| {
        let none = decision.no_policies.p50_ns;
        let mut marks = bar(0.0, none / most, "h", &format!("no policies: {}", time(none)));
        let mut at = none / most;
        for layer in &decision.layers {
            let word = layer_word(&layer.layer);
            let colour = COLOURS.iter().find(|(name, _)| *name == word).map_or("h", |(_, colour)| colour);
            let (levels, statements) = (plural(layer.levels, "level"), plural(layer.statements, "statement"));
            let title = format!("{word}: {} ({levels}, {statements})", time(layer.own_ns));
            let share = layer.own_ns.max(0.0) / most;
            marks.push_str(&bar(at, share, colour, &title));
            at += share;
        }
        PlotRow { label: label(decision), marks, number: time(total(decision)) }
    });
    page.plot(rows, &[]);
}
