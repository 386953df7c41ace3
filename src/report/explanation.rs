//! What `why` prints.

use std::fmt;

use super::also::{after, also};
use super::block::{LABEL, block};
use super::causes::causes;
use super::remedies::{remedies, told};
use super::style::{Extent, Format, Style, Tone};
use super::table::table;
use super::verdict::{differing, first_line, incomplete, since};
use super::{json, plain, terminal};
use crate::explain::{
    Assumption, Explanation, GateDetails, Said, Step, Support, Verdict, accounts_in_words, fine, folded,
};
use crate::facts::{Rule, RuleId};
use crate::layout::{width, wrap};
use crate::source::one_line;

/// Renders an explanation as it is shown without being asked for more or less.
pub fn explanation(explanation: &Explanation, style: &Style) -> String {
    explained(explanation, Extent::Usual, style)
}

/// Renders an explanation: the bare verdict, who asked for what, what the answer comes from, what would turn it and
/// who can do that, what is assumed, and AWS's words last.
pub fn explained(explanation: &Explanation, extent: Extent, style: &Style) -> String {
    if style.format == Format::Json {
        return json::explanation(explanation);
    }
    let is_long =
        extent == Extent::Usual && in_parts(explanation, extent, false, style).lines().count() > SCREEN;
    in_parts(explanation, extent, is_long, style)
}

/// The lines that a terminal shows at once.
const SCREEN: usize = 25;

/// The parts of an answer, a blank line between them; a tight one has the command of its first fix alone, and not what is no problem.
fn in_parts(explanation: &Explanation, extent: Extent, is_tight: bool, style: &Style) -> String {
    let parts = match extent {
        Extent::Short => {
            vec![
                head(explanation, style),
                why(explanation, extent, style),
                fix(explanation, extent, is_tight, style),
            ]
        }
        Extent::Usual | Extent::Full => {
            let (head, why) = (head(explanation, style), why(explanation, extent, style));
            let fix = fix(explanation, extent, is_tight, style);
            let is_told = |id: &str| [&head, &why, &fix].iter().any(|part| part.contains(id));
            let aside = aside(explanation, extent, is_tight, is_told, style).join("\n");
            vec![head, why, fix, aside]
        }
    };
    let in_full = match extent {
        Extent::Full => in_full(explanation, style),
        Extent::Usual | Extent::Short => Vec::new(),
    };
    let parts: Vec<&str> = parts
        .iter()
        .chain(&in_full)
        .map(|part| part.trim_end_matches('\n'))
        .filter(|part| !part.is_empty())
        .collect();
    format!("{}\n", parts.join("\n\n"))
}

/// The verdict, who asked for what, and what could not be consulted.
fn head(explanation: &Explanation, style: &Style) -> String {
    let mut text = match explanation.aws.as_ref().filter(|aws| !aws.agrees) {
        Some(aws) => differing(aws, style),
        None => format!("{}\n", first_line(explanation, style)),
    };
    wrap(&one_line(&explanation.question.to_string()), style.width).iter().for_each(|line| {
        text.push_str(line);
        text.push('\n');
    });
    let remarks = since(explanation, style) + &incomplete(explanation, style);
    text + &match style.format {
        Format::Plain => {
            remarks.lines().flat_map(|line| wrap(line, style.width)).map(|line| line + "\n").collect()
        }
        _ => remarks,
    }
}

fn why(explanation: &Explanation, extent: Extent, style: &Style) -> String {
    let mut lines = causes(&explanation.causes, extent, style);
    let gate = explanation.gate.as_ref().filter(|_| extent != Extent::Short);
    lines.extend(gate.iter().flat_map(|gate| who_can(gate, style)));
    lines.extend(support(explanation.support.as_ref(), style));
    lines.join("\n")
}

fn fix(explanation: &Explanation, extent: Extent, is_tight: bool, style: &Style) -> String {
    let mut lines = remedies(explanation, extent, is_tight, style);
    let after = after(explanation, told(explanation, extent), extent != Extent::Full);
    lines.extend(after.iter().flat_map(|said| block("after", said, style)));
    lines.join("\n")
}

/// What is no problem, what is assumed and worth knowing, and what AWS would say.
fn aside(
    explanation: &Explanation,
    extent: Extent,
    is_tight: bool,
    is_told: impl Fn(&str) -> bool,
    style: &Style,
) -> Vec<String> {
    let answer = &explanation.answer;
    let mut lines: Vec<String> = Vec::new();
    let fine = fine(&explanation.path).filter(|_| extent == Extent::Usual && !is_tight);
    let of_what = explanation.fails_for().map(|_| format!("{} itself: ", explanation.question.action));
    let of_what = of_what.unwrap_or_default();
    lines.extend(fine.iter().flat_map(|fine| block("fine", &in_few_words(&of_what, fine, style), style)));
    also(explanation, false).iter().for_each(|said| lines.extend(block("also", said, style)));
    lines.extend(assumed(explanation, extent, is_tight, style));
    answer.warnings.iter().for_each(|warning| lines.extend(block("warning", &warning.message, style)));
    let notes = answer.notes.iter().chain(&explanation.advice).map(String::as_str);
    let notes = notes.chain(explanation.unfinished.iter().copied());
    notes.for_each(|note| lines.extend(block("note", note, style)));
    let agreeing = explanation.aws.iter().filter(|aws| aws.agrees);
    let agreeing = agreeing.flat_map(|aws| std::iter::once(&aws.summary).chain(&aws.causes));
    agreeing.for_each(|said| lines.extend(block("note", said, style)));
    if extent == Extent::Full {
        let mut told = explanation.accounts.clone();
        told.retain(|(id, _)| is_told(id.as_str()));
        let accounts = accounts_in_words(&told);
        lines.extend(accounts.iter().flat_map(|said| block("accounts", said, style)));
        let message = explanation.message_of_aws();
        lines.extend(message.iter().flat_map(|words| block("AWS", words, style)));
    }
    lines
}

/// A list in one line if it can be: without what stands in parentheses, then without what takes no part.
fn in_few_words(lead: &str, list: &str, style: &Style) -> String {
    let fits = |text: &String| width(text) + LABEL <= style.width;
    let plain: Vec<&str> = list.split("; ").map(|part| part.split(" (").next().unwrap_or(part)).collect();
    let allows: Vec<&str> = plain.iter().filter(|part| !part.starts_with("no ")).copied().collect();
    let least = format!("{lead}{}", if allows.is_empty() { &plain } else { &allows }.join("; "));
    let longer = [format!("{lead}{list}"), format!("{lead}{}", plain.join("; "))];
    longer.into_iter().find(fits).unwrap_or(least)
}

/// What is assumed: what matters, each on its own; the rest in full alone.
fn assumed(explanation: &Explanation, extent: Extent, is_tight: bool, style: &Style) -> Vec<String> {
    let turned = turned_by_assumption(explanation.answer.decision);
    let said = |one: &Assumption| match one.matters {
        true => format!("{} ({turned})", one.sentence),
        false => format!("{} (does not matter)", one.sentence),
    };
    let all = explanation.assumptions.iter();
    let (matter, rest): (Vec<_>, Vec<_>) = all.partition(|assumption| assumption.matters);
    let rest = rest.into_iter().filter(|_| extent == Extent::Full);
    if let (true, [_, _, ..]) = (is_tight, &matter[..]) {
        let all: Vec<&str> = matter.iter().map(|one| one.sentence.as_str()).collect();
        return block("assumed", &format!("{} (each {turned})", all.join("; ")), style);
    }
    matter.into_iter().chain(rest).flat_map(|one| block("assumed", &said(one), style)).collect()
}

/// How an assumption matters.
pub(super) fn turned_by_assumption(decision: Verdict) -> &'static str {
    match decision {
        Verdict::Allowed => "matters: else perhaps denied",
        _ => "matters: else perhaps allowed",
    }
}

/// The texts, every layer, the gate and the rules with their sources.
fn in_full(explanation: &Explanation, style: &Style) -> Vec<String> {
    vec![
        excerpts(explanation, style),
        explanation.gate.as_ref().map(|gate| gate_table(gate, style)).unwrap_or_default(),
        path(&explanation.path, style),
        rules(&explanation.rules, style),
    ]
}

/// In plain text, as logs take it.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = Style { format: Format::Plain, ..Style::default() };
        f.write_str(&style.harmless(&explanation(self, &style)))
    }
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

/// Who can get behind a gate, since when, and where the sources disagree.
fn who_can(gate: &GateDetails, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    for (i, who) in gate.who_can.iter().enumerate() {
        lines.extend(block(if i == 0 { "by" } else { "" }, who, style));
    }
    if gate.task.is_none() {
        let rule = format!("{} ({})", sentence(gate.rule.facts().sentence), gate.rule);
        lines.extend(block("rule", &rule, style));
    }
    lines.extend(gate.when.iter().flat_map(|when| block("since", when, style)));
    lines.extend(
        gate.conflict
            .iter()
            .flat_map(|conflict| block("note", &format!("sources disagree: {conflict}"), style)),
    );
    lines
}

/// What an allow rests on, where one statement could be missed or none.
fn support(support: Option<&Support>, style: &Style) -> Vec<String> {
    match support {
        None => Vec::new(),
        Some(Support::Each(all)) if all.len() == 1 => block("", "without it, it would be denied", style),
        Some(Support::Each(_)) => block("", "without any one of them, it would be denied", style),
        Some(Support::Several(_)) => {
            block("", "several statements grant it: no single one could be missed", style)
        }
    }
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
