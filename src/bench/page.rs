//! The parts of a page: headings, plots of rows, tables. Rows wrap and stack, so that a telephone shows them, too.

use std::fmt::Write as _;

use super::figures::Histogram;
use super::words::time;
use crate::layout::{self, escape};

const STYLE: &str = "
:root{--ink:#1c2330;--soft:#5b6577;--line:#d9dee7;--page:#fff;--a:#2563a8;--b:#c2571a;--c:#3c8d5a;--d:#8a4fa3;--e:#b8932b;--f:#2c8c99;--g:#a33b53;--h:#7a8496}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--line:#374151;--page:#161b24;--a:#6ba6e8;--b:#ec9259;--c:#72c492;--d:#c08ad6;--e:#dcbc60;--f:#66c2ce;--g:#e08198;--h:#a5aebd}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:980px;margin:2rem auto;padding:0 1rem;print-color-adjust:exact}
h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin:2.2rem 0 .2rem}p{color:var(--soft);margin:.2rem 0 .8rem;max-width:46rem}
.row{display:grid;grid-template-columns:20rem 1fr 5.5rem;gap:.8rem;align-items:center;font-size:.85rem;line-height:1.25;padding:.15rem 0}
.row>:first-child{text-align:right;overflow-wrap:anywhere}.row>:last-child{text-align:right;color:var(--soft);white-space:nowrap}
.track{position:relative;height:20px}.track *{position:absolute;top:3px;height:14px}
.track s{border-left:1px solid var(--line);top:-4px;height:28px}.track em{font-style:normal;color:var(--soft);transform:translateX(-50%);white-space:nowrap;height:auto}
.track b{width:10px;height:10px;border-radius:5px;margin-left:-5px;top:5px}.track u{height:2px;top:9px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th:first-child,td:first-child,.pair td{text-align:left}td:first-child{white-space:normal;overflow-wrap:anywhere;min-width:11rem}th{color:var(--soft);font-weight:600}
.pair td{white-space:normal;overflow-wrap:anywhere}.pair td:first-child{min-width:5rem;color:var(--soft)}
.key span{display:inline-block;margin-right:1.1rem}.key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em}
.wide{overflow-x:auto}
@media(max-width:700px){.row{grid-template-columns:1fr 5.5rem;gap:.1rem .8rem;padding:.35rem 0}.row>:first-child{grid-column:1/-1;text-align:left}.track{margin:0 1.2rem}}
";

pub(super) struct ReportPage(String);

pub(super) struct PlotRow {
    pub(super) label: String,
    pub(super) marks: String,
    pub(super) number: String,
}

impl ReportPage {
    pub(super) fn new(title: &str) -> Self {
        Self(format!("<h1>{}</h1>", escape(title)))
    }

    pub(super) fn finish(self) -> String {
        layout::Page { title: "iamwhy bench", head: "", style: STYLE, body: &(self.0 + "\n") }.to_string()
    }

    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            let _ = write!(self.0, "<p>{}</p>", with_code(text));
        }
    }

    pub(super) fn heading(&mut self, title: &str, text: &str) {
        let _ = write!(self.0, "<h2>{}</h2>", escape(title));
        self.text(text);
    }

    pub(super) fn legend(&mut self, entries: &[(&str, &str)]) {
        self.0.push_str("<p class=\"key\">");
        for (name, colour) in entries {
            let _ =
                write!(self.0, "<span><i style=\"background:var(--{colour})\"></i>{}</span>", escape(name));
        }
        self.0.push_str("</p>");
    }

    /// Rows one below the other, with lines at the ticks.
    pub(super) fn plot(&mut self, rows: impl Iterator<Item = PlotRow>, ticks: &[(f64, String)]) {
        let at = |share: &f64| format!("style=\"left:{:.2}%\"", share * 100.0);
        let lines: String = ticks.iter().map(|(share, _)| format!("<s {}></s>", at(share))).collect();
        for row in rows {
            self.row(&escape(&row.label), &(lines.clone() + &row.marks), &escape(&row.number));
        }
        if !ticks.is_empty() {
            let text = |(share, text): &(f64, String)| format!("<em {}>{}</em>", at(share), escape(text));
            self.row("", &ticks.iter().map(text).collect::<String>(), "");
        }
    }

    fn row(&mut self, label: &str, marks: &str, number: &str) {
        let _ = write!(
            self.0,
            "<div class=\"row\"><span>{label}</span><div class=\"track\">{marks}</div><span>{number}</span></div>"
        );
    }

    pub(super) fn table(&mut self, header: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let class = if header.iter().all(|title| title.is_empty()) { " class=\"pair\"" } else { "" };
        let _ = write!(self.0, "<div class=\"wide\"><table{class}><tr>");
        for title in header.iter().filter(|title| !title.is_empty()) {
            let _ = write!(self.0, "<th>{}</th>", escape(title));
        }
        for row in rows {
            self.0.push_str("</tr><tr>");
            for cell in row {
                let _ = write!(self.0, "<td>{}</td>", escape(&cell));
            }
        }
        self.0.push_str("</tr></table></div>");
    }
}

/// A logarithmic scale over whole powers of ten.
pub(super) struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    pub(super) fn new(least: f64, most: f64) -> Self {
        let from = log10(least).floor();
        Self { from, to: log10(most).ceil().max(from + 1.0) }
    }

    /// Where a time is, from 0 to 1.
    pub(super) fn at(&self, ns: f64) -> f64 {
        ((log10(ns) - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let powers = self.from as i32..=self.to as i32;
        powers
            .map(|power| 10_f64.powi(power))
            .map(|ns| (self.at(ns), time(ns).replace(".00", "").replace(".0", "")))
            .collect()
    }
}

/// The decimal logarithm, fine enough for a plot: the system's library for it would be loaded at each start.
fn log10(number: f64) -> f64 {
    let mut rest = number.max(0.1) * 10.0;
    let mut log = -1.0;
    while rest >= 10.0 {
        rest /= 10.0;
        log += 1.0;
    }
    for bit in 1..=12 {
        rest *= rest;
        if rest >= 10.0 {
            rest /= 10.0;
            log += 1.0 / f64::from(1 << bit);
        }
    }
    log
}

/// A point with a line to where it reaches; places are shares of the width.
pub(super) fn dot(at: f64, reach: f64, colour: &str, title: &str) -> String {
    let title = escape(title);
    format!(
        "<u title=\"{title}\" style=\"left:{:.2}%;width:{:.2}%;background:var(--{colour})\"></u>\
         <b title=\"{title}\" style=\"left:{:.2}%;background:var(--{colour})\"></b>",
        at * 100.0,
        (reach - at).max(0.0) * 100.0,
        at * 100.0,
    )
}

pub(super) fn bar(at: f64, width: f64, colour: &str, title: &str) -> String {
    format!(
        "<i title=\"{}\" style=\"left:{:.2}%;width:max(1px,{:.2}%);background:var(--{colour})\"></i>",
        escape(title),
        at * 100.0,
        width * 100.0,
    )
}

/// A bar from the middle to the left or to the right.
pub(super) fn from_middle(share: f64, colour: &str, title: &str) -> String {
    let width = share.abs() / 2.0;
    let start = if share < 0.0 { 0.5 - width } else { 0.5 };
    format!("<s style=\"left:50%\"></s>{}", bar(start, width, colour, title))
}

pub(super) fn histogram(histogram: &Histogram) -> String {
    let most = histogram.counts.iter().copied().max().unwrap_or_default().max(1);
    let bars = histogram.counts.len().max(1) as f64;
    let step = (histogram.to_ns - histogram.from_ns) / bars;
    let bars = histogram.counts.iter().enumerate().map(|(i, count)| {
        let height = f64::from(*count) / f64::from(most) * 18.0;
        format!(
            "<i title=\"from {}: {count} batches\" style=\"left:{:.2}%;width:{:.2}%;top:{:.1}px;height:{height:.1}px;\
             background:var(--a)\"></i>",
            time(histogram.from_ns + i as f64 * step),
            i as f64 / bars * 100.0,
            90.0 / bars,
            19.0 - height,
        )
    });
    bars.collect()
}

/// Text in which backquotes set names apart.
fn with_code(text: &str) -> String {
    let parts = escape(text);
    let mut out = String::new();
    for (i, part) in parts.split('`').enumerate() {
        match i % 2 {
            0 => out.push_str(part),
            _ => {
                let _ = write!(out, "<code>{part}</code>");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_tables() {
        for (number, log) in [(0.1, -1.0), (1.0, 0.0), (5.0, 0.698_970), (1000.0, 3.0), (31.4, 1.496_930)] {
            assert!((log10(number) - log).abs() < 5e-4, "{number}");
        }
    }
}
