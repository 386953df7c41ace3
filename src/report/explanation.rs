//! What `why` prints.

use std::fmt;

use super::remedies::remedies;
use super::style::{Format, Style, Tone};
use super::table::table;
use super::verdict::{head, remarks};
use super::{json, plain, terminal};
use crate::explain::{Because, Explanation, GateDetails, Said, Step, Support, folded};
use crate::facts::{Rule, RuleId};
use crate::layout::wrap;

/// Renders an explanation: the verdict, the reason in plain words, the texts that decided, and the way through the
/// layers.
pub fn explanation(explanation: &Explanation, style: &Style) -> String {
    if style.format == Format::Json {
        return json::explanation(explanation);
    }
    let remarks = remarks(explanation, &explanation.beside, style);
    let parts = [
        head(explanation, style),
        words(explanation, style),
        excerpts(explanation, style),
        explanation.gate.as_ref().map(|gate| gate_table(gate, style)).unwrap_or_default(),
        path(&explanation.path, style),
        remedies(explanation, style),
        support(explanation.support.as_ref(), style),
        rules(&explanation.rules, style),
        remarks,
    ];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

/// In plain text, as logs take it.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = Style { format: Format::Plain, ..Style::default() };
        f.write_str(&style.harmless(&explanation(self, &style)))
    }
}

fn words(explanation: &Explanation, style: &Style) -> String {
    let mut lines = wrap(&explanation.question.to_string(), style.width);
    lines.extend(wrap(&explanation.reason, style.width));
    lines.extend(explanation.beside.iter().flat_map(|line| wrap(line, style.width)));
    lines.join("\n")
}

fn excerpts(explanation: &Explanation, style: &Style) -> String {
    let render = match style.format {
        Format::Text => terminal::excerpt,
        _ => plain::excerpt,
    };
    explanation.excerpts.iter().map(|excerpt| render(excerpt, style)).collect::<Vec<_>>().join("\n")
}

fn gate_table(gate: &GateDetails, style: &Style) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |name: &str, what: String| rows.push(vec![format!("  {name}"), what]);
    if let Some(task) = gate.task {
        add("task", format!("{} ({})", task.task, task.id));
    }
    let mut who = gate.who_can.iter();
    who.by_ref().take(1).for_each(|who| add("who can", who.clone()));
    who.for_each(|who| add("also", who.clone()));
    gate.how.iter().for_each(|how| add("how", how.clone()));
    gate.when.iter().for_each(|when| add("since", when.clone()));
    let facts = gate.rule.facts();
    add("rule", format!("{}: {}", gate.rule, sentence(facts.sentence)));
    gate.sources.iter().for_each(|source| add("source", source.clone()));
    gate.conflict.iter().for_each(|conflict| add("sources disagree", (*conflict).to_owned()));
    let title = format!("what decided: {}", gate.name.as_str());
    format!("{}\n{}", style.paint(Tone::Strong, &title), table(&[], &rows, style))
}

/// What each layer says; those that take no part on one line.
fn path(steps: &[Step], style: &Style) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let name = |step: &Step| {
        let level = step.level.as_ref().map(|level| format!(" ({level})")).unwrap_or_default();
        format!("{}{level}", step.word)
    };
    let row = |step: &Step| vec![format!("  {}", name(step)), step.said.as_str().to_owned(), step.by.clone()];
    let (aside, own): (Vec<Step>, Vec<Step>) =
        folded(steps).into_iter().partition(|step| step.said == Said::NotInvolved);
    let rows: Vec<Vec<String>> = own.iter().map(row).collect();
    let mut text = format!("{}\n{}", style.paint(Tone::Strong, "layers"), table(&[], &rows, style));
    let names: Vec<String> = aside.iter().map(|step| format!("{} ({})", name(step), step.by)).collect();
    if !names.is_empty() {
        let line = format!("{}: {}", Said::NotInvolved.as_str(), names.join(", "));
        let lines = wrap(&line, style.width.saturating_sub(4));
        text.push_str(&format!("  {}\n", lines.join("\n    ")));
    }
    text
}

/// What an allow rests on, where that is not one statement alone.
fn support(support: Option<&Support>, style: &Style) -> String {
    let name = |because: &Because| {
        let policy = because.policy.as_deref().unwrap_or(because.policy_type);
        format!("{policy}, statement {}", because.statement.map_or(1, |number| number + 1))
    };
    let names = |all: &[Because]| all.iter().map(name).collect::<Vec<_>>();
    let text = match support {
        None => return String::new(),
        Some(Support::Each(all)) => match &names(all)[..] {
            [one] => format!("it rests on {one}: without it, it would be denied"),
            many => {
                format!("it rests on each of {}: without one of them, it would be denied", many.join("; "))
            }
        },
        Some(Support::Several(all)) => {
            format!(
                "several statements grant it, and no single one could be missed: {}",
                names(all).join("; ")
            )
        }
    };
    wrap(&text, style.width).join("\n")
}

fn rules(rules: &[RuleId], style: &Style) -> String {
    if rules.is_empty() {
        return String::new();
    }
    let row = |rule: &RuleId| {
        let facts = rule.facts();
        vec![format!("  {rule}"), format!("{} ({})", sentence(facts.sentence), cited(facts))]
    };
    let rows: Vec<Vec<String>> = rules.iter().map(row).collect();
    format!("{}\n{}", style.paint(Tone::Strong, "rules"), table(&[], &rows, style))
}

/// The source of a rule, each book named once, and the date where it does not say it itself.
fn cited(rule: &Rule) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = "";
    for source in rule.source.split("; ") {
        match source.split_once(": ") {
            Some((book, page)) if book == last => parts.push(page.to_owned()),
            found => {
                parts.push(source.to_owned());
                last = found.map_or("", |(book, _)| book);
            }
        }
    }
    let text = parts.join(", ");
    if text.contains(rule.date) { text } else { format!("{text}, {}", rule.date) }
}

/// Sentences of the facts end without a full stop here.
fn sentence(text: &str) -> &str {
    text.trim_end_matches('.')
}
