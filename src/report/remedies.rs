//! What would help, numbered: what to do, where, who can, and what it means for others.

use super::block::{blank, block};
use super::snippet::{Line, changed_statement};
use super::style::{Extent, Format, Style, Tone};
use crate::explain::{Edit, Explanation, Remedy, Verdict};
use crate::layout::{fill, width};
use crate::names::Arn;
use crate::source::one_line;

/// How far in what is said of a step stands.
const INDENT: usize = 6;

/// An ARN longer than this is not said in full again.
const LONG: usize = 60;

/// What would help: each remedy has a number, and a letter for each of its steps.
pub(super) fn remedies(explanation: &Explanation, extent: Extent, style: &Style) -> Vec<String> {
    let remedies: &[Remedy] = match extent {
        Extent::Short => &explanation.remedies[..explanation.remedies.len().min(1)],
        Extent::Usual | Extent::Full => &explanation.remedies,
    };
    if remedies.is_empty() {
        return instead(explanation, style);
    }
    let title = match (remedies.len(), explanation.remedies.len()) {
        (1, 1) => "this turns it",
        (1, _) => "the first of several; `why` shows them all",
        _ => "any one of these turns it",
    };
    let mut lines = block("fix", title, style);
    let resource = &explanation.question.resource;
    let mut said = Told { resource, steps: Vec::new(), beware: Vec::new(), is_typed: false };
    for (i, remedy) in remedies.iter().enumerate() {
        let needs = remedy.needs(&explanation.causes);
        let lead = lead(&(i + 1).to_string());
        lines.extend(needs.iter().flat_map(|needs| fill(needs, style.width, &lead, &blank(INDENT))));
        for (j, edit) in remedy.edits.iter().enumerate() {
            let letter = if remedy.edits.len() > 1 { letter(j) } else { String::new() };
            lines.extend(step(&format!("{}{letter}", i + 1), edit, &mut said, extent, style));
        }
    }
    lines
}

/// What can be done where no change of policies opens a gate.
fn instead(explanation: &Explanation, style: &Style) -> Vec<String> {
    let how = explanation.gate.as_ref().filter(|_| explanation.answer.decision != Verdict::Allowed);
    let how = how.and_then(|gate| gate.how.as_ref());
    how.map(|how| block("fix", how, style)).unwrap_or_default()
}

fn lead(number: &str) -> String {
    format!("  {number:<3} ")
}

fn letter(step: usize) -> String {
    char::from_u32('a' as u32 + step as u32).map(String::from).unwrap_or_default()
}

/// What has been said already, and of which step.
struct Told<'e> {
    resource: &'e str,
    steps: Vec<(&'e str, String)>,
    beware: Vec<&'e str>,
    is_typed: bool,
}

impl<'e> Told<'e> {
    /// A place, a long ARN that was asked for by its last field.
    fn shorter(&self, place: &str) -> String {
        let place = place.trim_start_matches("in ").trim_start_matches("for ");
        match Arn::parse(self.resource).filter(|_| self.resource.len() > LONG) {
            Some(arn) => place.replace(self.resource, arn.resource()),
            None => place.to_owned(),
        }
    }

    /// What of a warning was not given before.
    fn once(&mut self, line: Option<&'e String>) -> Option<String> {
        let new: Vec<&str> = line?.split("; ").filter(|part| !self.beware.contains(part)).collect();
        self.beware.extend(&new);
        (!new.is_empty()).then(|| new.join("; "))
    }

    /// A line that is typed here, the first of them with where that is.
    fn typed(&mut self, line: String) -> String {
        let first = !std::mem::replace(&mut self.is_typed, true);
        if first { format!("in iamwhy: {line}") } else { line }
    }
}

/// A step; one that was told before is only named.
fn step<'e>(number: &str, edit: &'e Edit, said: &mut Told<'e>, extent: Extent, style: &Style) -> Vec<String> {
    let lead = lead(number);
    if let Some((_, before)) = said.steps.iter().find(|(words, _)| *words == edit.words) {
        return vec![format!("{lead}the same as {before}")];
    }
    said.steps.push((&edit.words, number.to_owned()));
    let words = edit.in_brief();
    let json = edit.words[words.len()..].trim_start_matches(':');
    let mut lines = fill(&one_line(words), style.width, &lead, &blank(INDENT));
    lines.extend(match extent {
        Extent::Full => statement(edit, json.trim_start(), style),
        Extent::Usual | Extent::Short => changes(edit, json.trim_start(), style),
    });
    let context = edit.context.as_ref().filter(|context| !edit.words.contains(*context));
    let here = context.map(|context| format!("`with {context}`"));
    let short = |command: &&String| command.len() <= style.width && !command.contains('{');
    let commands = edit.commands.iter().filter(short).map(|command| format!("`{command}`"));
    let mut tell = |name: &str, what: Option<&str>| {
        lines.extend(what.iter().flat_map(|what| named(name, what, style)));
    };
    let place = edit.whereabouts.as_ref().map(|place| said.shorter(place));
    tell("in", place.as_deref());
    tell("by", edit.who.as_deref());
    match edit.so.as_deref().map(|so| (so, so.strip_prefix("grants "))) {
        Some((_, Some(opened))) => tell("opens", Some(opened)),
        Some((so, None)) => tell("so", Some(so)),
        None => {}
    }
    tell("loses", edit.loses.as_deref());
    tell("beware", said.once(edit.careful.as_ref()).as_deref());
    for command in here.into_iter().chain(commands) {
        tell("here", Some(&said.typed(command)));
    }
    lines
}

/// `in     managed policy …`, what follows under the words.
fn named(name: &str, what: &str, style: &Style) -> Vec<String> {
    let lead = format!("{}{name:<6} ", blank(INDENT));
    fill(&one_line(what), style.width, &lead, &blank(lead.len()))
}

/// What is new in the statement, a line each; of a new one the text.
fn changes(edit: &Edit, json: &str, style: &Style) -> Vec<String> {
    let new: Vec<&str> = match &edit.statement {
        Some(text) => edit.changed.iter().filter_map(|part| text.get(part.clone())).collect(),
        None => vec![json],
    };
    let room = style.width.saturating_sub(INDENT + 2);
    let told = |text: &&str| !text.is_empty() && !edit.words.replace(json, "").contains(*text);
    let rows = new.into_iter().filter(told).flat_map(|text| changed_statement(text, &[], room));
    rows.map(|row| format!("{}{} {}", blank(INDENT), style.paint(Tone::Good, "+"), row.text)).collect()
}

/// The statement as it reads then, with what is new marked; of a new one the text.
fn statement(edit: &Edit, json: &str, style: &Style) -> Vec<String> {
    let (text, changed) = match &edit.statement {
        Some(text) => (text.as_str(), edit.changed.as_slice()),
        None if json.is_empty() => return Vec::new(),
        None => (json, [].as_slice()),
    };
    let rows = changed_statement(text, changed, style.width.saturating_sub(INDENT));
    let mut lines: Vec<String> = Vec::new();
    for row in &rows {
        lines.push(format!("{}{}", blank(INDENT), row.text));
        if style.format == Format::Text {
            lines.extend(
                marks(row).map(|marks| format!("{}{}", blank(INDENT), style.paint(Tone::Good, &marks))),
            );
        }
    }
    if style.format != Format::Text {
        lines.extend(changes(edit, "", style));
    }
    lines
}

/// `+` under what is new.
fn marks(row: &Line) -> Option<String> {
    let mut text = String::new();
    for (range, _) in &row.marks {
        let (start, wide) = (width(&row.text[..range.start]), width(&row.text[range.clone()]));
        text.push_str(&blank(start.saturating_sub(text.len())));
        text.push_str(&"+".repeat(wide));
    }
    (!text.is_empty()).then_some(text)
}
