//! What tests made of the policies, for people and for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use super::snippet::at;
use super::window::window;
use crate::analysis::{Coverage, CoveredElement, CoveredPolicy, CoveredStatement, Gap};
use crate::layout::width;
use crate::policy::Token;
use crate::source::{Place, harmless, one_line};

/// The form of a report on coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageReport {
    /// A line for each policy and for each gap.
    Text,
    /// JSON of this program's own.
    Json,
    /// LCOV's trace file.
    Lcov,
    /// The text of the policies, with marks.
    Listing,
}

impl CoverageReport {
    /// All forms, each with the word for it.
    pub const ALL: [(&str, Self); 4] =
        [("text", Self::Text), ("json", Self::Json), ("lcov", Self::Lcov), ("listing", Self::Listing)];

    /// Writes the report.
    pub fn render(self, coverage: &Coverage) -> String {
        let text = match self {
            Self::Text => text(coverage),
            Self::Json => json(coverage),
            Self::Lcov => lcov(coverage),
            Self::Listing => listing(coverage),
        };
        harmless(&text).into_owned()
    }
}

fn text(coverage: &Coverage) -> String {
    let mut lines: Vec<String> = Vec::new();
    for policy in coverage.policies() {
        lines.extend(policy.gaps().iter().map(|gap| format!("{}: {}", at(&gap.place), one_line(&gap.what))));
    }
    lines.extend(coverage.policies().map(|policy| format!("  {}", head(policy))));
    let (covered, all) = coverage.points();
    lines.push(format!("coverage {:.1} % ({covered} of {all})", coverage.percent()));
    lines.join("\n") + "\n"
}

/// `ReadReports (world.iam:20): 5 of 6`
fn head(policy: &CoveredPolicy) -> String {
    let (covered, all) = policy.points();
    let place = Place::new(policy.policy.source(), policy.policy.document());
    let line = place.line_column().line;
    format!("{}: {covered} of {all}", one_line(&format!("{} ({}:{line})", policy.name, place.source.name())))
}

fn json(coverage: &Coverage) -> String {
    let (covered, all) = coverage.points();
    let policies: Vec<Value> = coverage.policies().map(policy_json).collect();
    let all =
        json!({"covered": covered, "all": all, "percent": rounded(coverage.percent()), "policies": policies});
    format!("{all}\n")
}

fn policy_json(policy: &CoveredPolicy) -> Value {
    let (covered, all) = policy.points();
    let place = Place::new(policy.policy.source(), policy.policy.document());
    let statements = policy.statements.iter().enumerate();
    let gaps: Vec<Value> = policy.gaps().iter().map(gap_json).collect();
    json!({
        "name": policy.name, "file": place.source.name(), "line": place.line_column().line,
        "covered": covered, "all": all, "percent": rounded(policy.percent()),
        "statements": statements.map(|(i, own)| statement_json(policy, i, own)).collect::<Vec<_>>(),
        "gaps": gaps,
    })
}

fn statement_json(policy: &CoveredPolicy, number: usize, statement: &CoveredStatement) -> Value {
    let elements = statement.elements.iter().map(|element| element_json(policy, number, element));
    let mut value = json!({
        "statement": number, "line": policy.policy.place(number, Token::Statement).line_column().line,
        "evaluated": statement.evaluated, "matched": statement.matched, "decisive": statement.decisive,
        "elements": elements.collect::<Vec<_>>(),
    });
    if let Some(sid) = policy.policy.sid(number) {
        value["sid"] = json!(sid);
    }
    value
}

fn element_json(policy: &CoveredPolicy, statement: usize, element: &CoveredElement) -> Value {
    let place = policy.policy.place(statement, element.token);
    let at = place.line_column();
    json!({
        "kind": element.word(), "text": place.text().trim_matches('"'), "line": at.line, "column": at.column,
        "evaluated": element.evaluated, "matched": element.matched, "decisive": element.decisive,
    })
}

fn gap_json(gap: &Gap) -> Value {
    let at = gap.place.line_column();
    json!({"statement": gap.statement, "line": at.line, "column": at.column, "what": gap.what})
}

fn rounded(percent: f64) -> f64 {
    (percent * 10.0).round() / 10.0
}

/// The lines of one file, how often the least exercised element of each decided, and the outcomes of tests.
#[derive(Default)]
struct Lines {
    hits: BTreeMap<u32, usize>,
    /// Line, held, failed.
    branches: Vec<(u32, usize, usize)>,
}

/// A line is hit as often as the least exercised element on it decided; a test has the branches held and failed.
fn lcov(coverage: &Coverage) -> String {
    let mut files: BTreeMap<&str, Lines> = BTreeMap::new();
    for policy in coverage.policies() {
        let lines = files.entry(policy.policy.source().name()).or_default();
        policy.statements.iter().enumerate().for_each(|(i, own)| lines.add(policy, i, own));
    }
    files.iter().map(|(file, lines)| lines.record(file)).collect()
}

impl Lines {
    fn add(&mut self, policy: &CoveredPolicy, number: usize, statement: &CoveredStatement) {
        let line = |token| policy.policy.place(number, token).line_column().line;
        self.hit(line(Token::Effect), statement.decisive);
        for element in &statement.elements {
            self.hit(line(element.token), element.decisive);
            if let Token::Key(_) = element.token {
                let failed = element.evaluated - element.matched;
                self.branches.push((line(element.token), element.matched, failed));
            }
        }
    }

    fn hit(&mut self, line: u32, count: usize) {
        let hits = self.hits.entry(line).or_insert(count);
        *hits = count.min(*hits);
    }

    fn record(&self, file: &str) -> String {
        let mut text = format!("TN:\nSF:{}\n", one_line(file));
        // Writing to a `String` cannot fail.
        let mut add = |line: String| _ = writeln!(text, "{line}");
        for (number, (line, held, failed)) in self.branches.iter().enumerate() {
            add(format!("BRDA:{line},{number},0,{held}"));
            add(format!("BRDA:{line},{number},1,{failed}"));
        }
        let hit =
            self.branches.iter().map(|(_, held, failed)| usize::from(*held > 0) + usize::from(*failed > 0));
        add(format!("BRF:{}\nBRH:{}", self.branches.len() * 2, hit.sum::<usize>()));
        self.hits.iter().for_each(|(line, hits)| add(format!("DA:{line},{hits}")));
        let hit = self.hits.values().filter(|hits| **hits > 0).count();
        add(format!("LF:{}\nLH:{hit}\nend_of_record", self.hits.len()));
        text
    }
}

/// The text of each policy: before a line how often it decided, under it what is not exercised.
fn listing(coverage: &Coverage) -> String {
    coverage.policies().map(listed).collect::<Vec<_>>().join("\n")
}

fn listed(policy: &CoveredPolicy) -> String {
    let place = Place::new(policy.policy.source(), policy.policy.document());
    let (source, span) = (&place.source, place.span);
    let (first, last) = (source.line_column(span.start).line, source.line_column(span.end).line);
    let mut lines = Lines::default();
    policy.statements.iter().enumerate().for_each(|(i, own)| lines.add(policy, i, own));
    let gaps = policy.gaps();
    let mut text = format!("{}\n", head(policy));
    let all = source.text().lines().enumerate().map(|(i, line)| (i as u32 + source.first_line(), line));
    for (number, line) in all.filter(|(number, _)| (first..=last).contains(number)) {
        let hits = lines.hits.get(&number).map(|hits| format!("{hits}x")).unwrap_or_default();
        _ = writeln!(text, "{number:>5} {hits:>6} | {}", window(line, &[], line.len()).text);
        let mut said = BTreeSet::new();
        for gap in gaps.iter().filter(|gap| gap.place.line_column().line == number) {
            if said.insert((gap.place.span.start, &gap.what)) {
                text.push_str(&mark(gap, line));
            }
        }
    }
    text
}

fn mark(gap: &Gap, line: &str) -> String {
    let before = gap.place.line_column().column as usize - 1;
    let start: usize = line.chars().take(before).map(char::len_utf8).sum();
    let marked = gap.place.text().lines().next().map_or(0, str::len);
    let drawn = window(line, std::slice::from_ref(&(start..start + marked)), line.len());
    let range = drawn.marks.into_iter().next().unwrap_or_default();
    let (blanks, length) = (width(&drawn.text[..range.start]), width(&drawn.text[range]).max(1));
    format!("{:>12} | {}{} {}\n", "", " ".repeat(blanks), "^".repeat(length), one_line(&gap.what))
}
