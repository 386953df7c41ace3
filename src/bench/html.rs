//! The report as one page with plots: no script, nothing fetched.

use std::fmt::Write as _;

use libm::log10;

use super::baseline::{Change, Trend};
use super::figures::{Figures, Histogram};
use super::report::{DecisionReport, Report};
use super::text::{count, label, time};

/// How many rows a plot has at most.
const ROWS: usize = 40;

/// The width of plots: labels, then bars.
const LABELS: f64 = 330.0;
const BARS: f64 = 520.0;
const NUMBERS: f64 = 90.0;

const STYLE: &str = "
:root{--ink:#1c2330;--soft:#5b6577;--line:#d9dee7;--page:#fff;--a:#2563a8;--b:#c2571a;--c:#3c8d5a;--d:#8a4fa3;--e:#b8932b;--f:#2c8c99;--g:#a33b53;--h:#7a8496}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--line:#374151;--page:#161b24;--a:#6ba6e8;--b:#ec9259;--c:#72c492;--d:#c08ad6;--e:#dcbc60;--f:#66c2ce;--g:#e08198;--h:#a5aebd}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:980px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin:2.2rem 0 .2rem}p{color:var(--soft);margin:.2rem 0 .8rem;max-width:46rem}
svg{width:100%;height:auto;font:12px system-ui,sans-serif;fill:var(--ink)}svg .soft{fill:var(--soft)}svg line{stroke:var(--line)}svg .reach{stroke-width:2}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right}th:first-child,td:first-child{text-align:left;word-break:break-all}th{color:var(--soft);font-weight:600}
.key span{display:inline-block;margin-right:1.1rem}.key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em}
.wide{overflow-x:auto}
";

/// A colour for each layer, and for what is there without any.
const COLOURS: [(&str, &str); 8] = [
    ("no policies", "h"),
    ("rcp", "d"),
    ("scp", "b"),
    ("vpc_endpoint", "f"),
    ("resource", "c"),
    ("identity", "a"),
    ("permissions_boundary", "e"),
    ("session", "g"),
];

impl Report {
    /// The report as one page.
    pub fn html(&self, changes: &[Change], threshold: f64) -> String {
        let mut page = String::from("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
        page.push_str("<meta name=\"viewport\" content=\"width=device-width\"><title>iamwhy bench</title>");
        let _ = write!(page, "<style>{STYLE}</style><h1>What a decision costs</h1>");
        let _ = write!(
            page,
            "<p>iamwhy {}. Each figure is of the mean of one batch of at least {}, taken in {} rounds through \
             everything. Lines reach from the median to the 99th percentile.</p>",
            escaped(&self.iamwhy),
            time(self.least_batch_ns as f64),
            self.rounds,
        );
        let shown = &self.decisions[..self.decisions.len().min(ROWS)];
        self.changes_section(changes, threshold, &mut page);
        decisions_section(shown, &mut page);
        spread_section(shown, &mut page);
        layers_section(shown, &mut page);
        self.cores_section(&mut page);
        self.tables(&mut page);
        page.push_str("</html>\n");
        page
    }

    fn changes_section(&self, changes: &[Change], threshold: f64, page: &mut String) {
        if changes.is_empty() {
            return;
        }
        let mut shown: Vec<&Change> = changes.iter().collect();
        shown.sort_by(|a, b| b.percent.abs().total_cmp(&a.percent.abs()));
        shown.truncate(ROWS);
        let most = shown.iter().map(|change| change.percent.abs()).fold(threshold, f64::max);
        heading(
            "Against the baseline",
            &format!(
                "The change of the median. Coloured where it passes {threshold} % and is no chance (p &lt; 0.01, \
                 Mann–Whitney over the rounds): green is faster. The {} largest of {}.",
                shown.len(),
                changes.len()
            ),
            page,
        );
        let rows = shown.iter().map(|change| {
            let width = change.percent.abs() / most * BARS / 2.0;
            let start = LABELS + BARS / 2.0 - if change.percent < 0.0 { width } else { 0.0 };
            let colour = match change.trend {
                Trend::Faster => "c",
                Trend::Same => "h",
                Trend::Slower => "b",
            };
            let title = format!("{} → {}, p = {:.4}", time(change.before_ns), time(change.now_ns), change.p);
            Row {
                label: change.what.clone(),
                marks: bar(start, width, colour, &title),
                number: format!("{:+.1} %", change.percent),
            }
        });
        plot(rows.collect(), &[], page);
    }

    fn cores_section(&self, page: &mut String) {
        heading("Cores", "Decisions a second, all requests in turn; the best of five times.", page);
        let most = self.cores.iter().map(|cores| cores.per_second).fold(1.0, f64::max);
        let rows = self.cores.iter().map(|cores| Row {
            label: format!("{} thread{}", cores.threads, if cores.threads == 1 { "" } else { "s" }),
            marks: bar(LABELS, cores.per_second / most * BARS, "a", &format!("{:.2} times one", cores.gain)),
            number: count(cores.per_second),
        });
        plot(rows.collect(), &[], page);
    }

    fn tables(&self, page: &mut String) {
        heading("All decisions", "", page);
        let header =
            ["request", "decision", "p50", "p90", "p99", "max", "a second", "batch", "traced p50", "raw p50"];
        let rows = self.decisions.iter().map(|decision| {
            let figures = &decision.decide;
            let mut row = vec![decision.request.clone(), decision.decision.clone()];
            row.extend([figures.p50_ns, figures.p90_ns, figures.p99_ns, figures.max_ns].map(time));
            row.extend([count(figures.per_second), figures.batch.to_string()]);
            row.extend([decision.traced.p50_ns, decision.raw.p50_ns].map(time));
            row
        });
        table(&header, rows, page);
        heading("Policies", "Bytes of compiled tables are beside those of the text.", page);
        let header = ["policy", "bytes", "statements", "compiled bytes", "parse p50", "compile p50"];
        let rows = self.policies.iter().map(|policy| {
            let mut row = vec![policy.policy.clone()];
            row.extend([policy.bytes, policy.statements, policy.compiled_bytes].map(|n| count(n as f64)));
            row.extend([policy.parse.p50_ns, policy.compile.p50_ns].map(time));
            row
        });
        table(&header, rows, page);
        if !self.unreached.is_empty() {
            heading("Not reached", "Statements that no request made from the policies reaches.", page);
            let rows = self.not_reached().map(|(name, why)| vec![name.to_owned(), why.to_owned()]);
            table(&["statement", "why"], rows, page);
        }
    }
}

/// A row of a plot.
struct Row {
    label: String,
    marks: String,
    number: String,
}

fn decisions_section(decisions: &[DecisionReport], page: &mut String) {
    heading("Decisions", "One decision, on a logarithmic scale.", page);
    legend(&[("prepared request", "a"), ("with the trace", "d"), ("from strings", "b")], page);
    let all = decisions.iter().flat_map(|decision| [&decision.decide, &decision.traced, &decision.raw]);
    let (least, most) = all.fold((f64::MAX, 1.0_f64), |(least, most), figures| {
        (least.min(figures.p50_ns), most.max(figures.p99_ns))
    });
    let scale = Scale::new(least, most);
    let rows = decisions.iter().map(|decision| {
        let measured = [(&decision.decide, "a"), (&decision.traced, "d"), (&decision.raw, "b")];
        let marks = measured.map(|(figures, colour)| point(figures, &scale, colour)).concat();
        Row { label: label(decision), marks, number: time(decision.decide.p50_ns) }
    });
    plot(rows.collect(), &scale.ticks(), page);
}

fn spread_section(decisions: &[DecisionReport], page: &mut String) {
    heading(
        "Spread",
        "How the batches of each prepared request spread, from the fastest to the 99th percentile; the last bar \
         counts what is slower, too. The number is the 99th percentile.",
        page,
    );
    let rows = decisions.iter().map(|decision| Row {
        label: label(decision),
        marks: histogram(&decision.decide.histogram),
        number: time(decision.decide.p99_ns),
    });
    plot(rows.collect(), &[], page);
}

fn layers_section(decisions: &[DecisionReport], page: &mut String) {
    heading(
        "Layers",
        "A decision with no policies, and what the policies of each layer by itself add to it. A decision with all \
         of them can take less: it stops at the first Deny.",
        page,
    );
    legend(&COLOURS, page);
    let parts = |decision: &DecisionReport| {
        let layers = decision.layers.iter().map(|layer| (layer.layer.clone(), layer.own_ns));
        [("no policies".to_owned(), decision.no_policies.p50_ns)]
            .into_iter()
            .chain(layers)
            .collect::<Vec<_>>()
    };
    let total = |decision: &DecisionReport| parts(decision).iter().map(|(_, ns)| ns).sum::<f64>();
    let most = decisions.iter().map(total).fold(0.1, f64::max);
    let rows = decisions.iter().map(|decision| {
        let mut at = LABELS;
        let mut marks = String::new();
        for (name, ns) in parts(decision) {
            let width = ns / most * BARS;
            let colour = COLOURS.iter().find(|(layer, _)| *layer == name).map_or("h", |(_, colour)| colour);
            marks.push_str(&bar(at, width, colour, &format!("{name}: {}", time(ns))));
            at += width;
        }
        Row { label: label(decision), marks, number: time(total(decision)) }
    });
    plot(rows.collect(), &[], page);
}

/// A logarithmic scale over whole powers of ten.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    fn new(least: f64, most: f64) -> Self {
        let from = log10(least.max(0.1)).floor();
        Self { from, to: log10(most).ceil().max(from + 1.0) }
    }

    fn x(&self, ns: f64) -> f64 {
        let share = (log10(ns.max(0.1)) - self.from) / (self.to - self.from);
        LABELS + share.clamp(0.0, 1.0) * BARS
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        let powers = self.from as i32..=self.to as i32;
        powers.map(|power| 10_f64.powi(power)).map(|ns| (self.x(ns), time(ns))).collect()
    }
}

fn point(figures: &Figures, scale: &Scale, colour: &str) -> String {
    let (from, to) = (scale.x(figures.p50_ns), scale.x(figures.p99_ns));
    format!(
        "<line class=\"reach\" style=\"stroke:var(--{colour})\" x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"11\" y2=\"11\"/>\
         <circle fill=\"var(--{colour})\" cx=\"{from:.1}\" cy=\"11\" r=\"5\"><title>{} to {}</title></circle>",
        time(figures.p50_ns),
        time(figures.p99_ns),
    )
}

fn bar(x: f64, width: f64, colour: &str, title: &str) -> String {
    format!(
        "<rect fill=\"var(--{colour})\" x=\"{x:.1}\" y=\"4\" width=\"{:.1}\" height=\"14\"><title>{}</title></rect>",
        width.max(1.0),
        escaped(title),
    )
}

fn histogram(histogram: &Histogram) -> String {
    let most = histogram.counts.iter().copied().max().unwrap_or_default().max(1);
    let width = BARS / histogram.counts.len().max(1) as f64;
    let step = (histogram.to_ns - histogram.from_ns) / histogram.counts.len().max(1) as f64;
    let bars = histogram.counts.iter().enumerate().map(|(i, count)| {
        let height = f64::from(*count) / f64::from(most) * 18.0;
        format!(
            "<rect fill=\"var(--a)\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\">\
             <title>from {}: {count} batches</title></rect>",
            LABELS + i as f64 * width,
            20.0 - height,
            width - 2.0,
            time(histogram.from_ns + i as f64 * step),
        )
    });
    bars.collect()
}

fn heading(title: &str, text: &str, page: &mut String) {
    let _ = write!(page, "<h2>{title}</h2>");
    if !text.is_empty() {
        let _ = write!(page, "<p>{text}</p>");
    }
}

fn legend(entries: &[(&str, &str)], page: &mut String) {
    page.push_str("<p class=\"key\">");
    for (name, colour) in entries {
        let _ = write!(page, "<span><i style=\"background:var(--{colour})\"></i>{name}</span>");
    }
    page.push_str("</p>");
}

/// Rows one below the other, with lines at the ticks.
fn plot(rows: Vec<Row>, ticks: &[(f64, String)], page: &mut String) {
    let foot = if ticks.is_empty() { 4 } else { 22 };
    let height = rows.len() * 24 + foot;
    let width = LABELS + BARS + NUMBERS;
    let _ = write!(page, "<svg viewBox=\"0 0 {width} {height}\" role=\"img\">");
    let bottom = rows.len() * 24;
    for (x, text) in ticks {
        let _ = write!(
            page,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"0\" y2=\"{bottom}\"/>\
             <text class=\"soft\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{text}</text>",
            bottom + 16,
        );
    }
    for (i, row) in rows.iter().enumerate() {
        let _ = write!(
            page,
            "<g transform=\"translate(0,{})\"><text x=\"{}\" y=\"15\" text-anchor=\"end\">{}</text>{}\
             <text class=\"soft\" x=\"{width}\" y=\"15\" text-anchor=\"end\">{}</text></g>",
            i * 24,
            LABELS - 12.0,
            escaped(&clipped(&row.label)),
            row.marks,
            row.number,
        );
    }
    page.push_str("</svg>");
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>, page: &mut String) {
    page.push_str("<div class=\"wide\"><table><tr>");
    for cell in header {
        let _ = write!(page, "<th>{cell}</th>");
    }
    for row in rows {
        page.push_str("</tr><tr>");
        for cell in row {
            let _ = write!(page, "<td>{}</td>", escaped(&cell));
        }
    }
    page.push_str("</tr></table></div>");
}

fn clipped(label: &str) -> String {
    const MOST: usize = 50;
    match label.chars().count() {
        length if length > MOST => label.chars().take(MOST).chain(['…']).collect(),
        _ => label.to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
