//! What would help, numbered: what to do, where, who can, and what it means for others.

use super::block::{blank, block};
use super::snippet::{Line, changed_statement};
use super::style::{Extent, Format, Style, Tone};
use crate::explain::{Cause, Edit, Explanation, Remedy, TOLD, Verdict, choice};
use crate::layout::{fill, width};
use crate::names::Arn;
use crate::source::one_line;

/// Who makes a call otherwise.
const THE_CALLER: &str = "the caller";

/// How far in what is said of a step stands.
const INDENT: usize = 6;

/// An ARN longer than this is not said in full again.
const LONG: usize = 40;

/// What would help: each remedy has a number, and a letter for each of its steps.
pub(super) fn remedies(
    explanation: &Explanation,
    extent: Extent,
    is_tight: bool,
    style: &Style,
) -> Vec<String> {
    let all = &explanation.remedies;
    let remedies = &all[..told(explanation, extent)];
    if remedies.is_empty() {
        return instead(explanation, style);
    }
    let title = choice(all, remedies.len(), extent != Extent::Full).unwrap_or_default();
    let is_doer = extent != Extent::Full && remedies[0].edits.iter().any(Edit::is_asked_as_doer);
    let owner = remedies.iter().filter_map(asked_of).find(|(asked, _)| is_doer || title.contains(asked));
    let owner = owner.map(|(_, owner)| owner);
    let mut lines = block("fix", &title, style);
    let write = explanation.letter.as_ref().filter(|_| extent != Extent::Short);
    lines.extend(write.iter().flat_map(|letter| block("", &format!("write {letter}"), style)));
    let mut said = Told { is_tight, title, ..Told::of(explanation, owner) };
    for (i, remedy) in remedies.iter().enumerate() {
        said.asked = None;
        let is_first = remedy.lifts_deny() && !remedies[..i].iter().any(Remedy::lifts_deny);
        lines.extend((is_first && remedies[0].meets_deny()).then(|| format!("  {INSTEAD}")));
        let needs = remedy.needs(&explanation.causes);
        let lead = lead(&(i + 1).to_string());
        lines.extend(needs.iter().flat_map(|needs| fill(needs, style.width, &lead, &blank(INDENT))));
        for (j, edit) in remedy.edits.iter().enumerate() {
            let letter = if remedy.edits.len() > 1 { letter(j) } else { String::new() };
            let number = format!("{}{letter}", i + 1);
            lines.extend(match extent == Extent::Usual && i > 0 && edit.provided.is_none() {
                true => step_in_brief(&number, edit, &mut said, style),
                false => step(&number, edit, &mut said, extent, style),
            });
        }
    }
    let more = Some(all.len() - remedies.len()).filter(|more| *more > 0 && extent == Extent::Usual);
    lines.extend(more.map(|more| format!("{}and {more} more: `why … in full`", blank(INDENT))));
    lines
}

/// How many remedies are told.
pub(super) fn told(explanation: &Explanation, extent: Extent) -> usize {
    let all = explanation.remedies.len();
    all.min(match extent {
        Extent::Short => 1,
        Extent::Usual => TOLD,
        Extent::Full => all,
    })
}

/// Who is to be asked before a remedy is carried out.
fn asked_of(remedy: &Remedy) -> Option<(String, &str)> {
    remedy.edits.iter().find_map(|edit| edit.asks().zip(edit.ask.as_deref()))
}

/// What can be done where no change of policies opens a gate.
fn instead(explanation: &Explanation, style: &Style) -> Vec<String> {
    let how = explanation.gate.as_ref().filter(|_| explanation.answer.decision != Verdict::Allowed);
    let how = how.and_then(|gate| gate.how.as_ref()).or(explanation.first_step.as_ref());
    how.map(|how| block("fix", how, style)).unwrap_or_default()
}

/// What stands before what takes from a Deny that does its work.
pub(super) const INSTEAD: &str = "instead, only if the rule itself is to change:";

fn lead(number: &str) -> String {
    format!("  {number:<3} ")
}

fn letter(step: usize) -> String {
    char::from_u32('a' as u32 + step as u32).map(String::from).unwrap_or_default()
}

/// What has been said already, and of which step.
struct Told<'e> {
    resource: &'e str,
    /// What the answer comes from, which names policies and where they are.
    causes: &'e [Cause],
    /// Who is to be asked, as the title says.
    owner: Option<&'e str>,
    /// Whom the last step told to ask.
    asked: Option<&'e str>,
    steps: Vec<(&'e str, String)>,
    lines: Vec<(&'e str, String)>,
    who: Vec<&'e str>,
    beware: Vec<&'e str>,
    /// What the steps mean for others.
    consequences: Vec<String>,
    /// What the last of them means, without for whom.
    last: String,
    is_typed: bool,
    /// What was said before the fixes.
    title: String,
    /// Whether there is room for the commands of the first fix alone.
    is_tight: bool,
}

impl<'e> Told<'e> {
    fn of(explanation: &'e Explanation, owner: Option<&'e str>) -> Self {
        let resource = &explanation.question.resource;
        let causes = &explanation.causes;
        Self {
            resource,
            causes,
            owner,
            asked: None,
            steps: Vec::new(),
            lines: Vec::new(),
            who: Vec::new(),
            beware: Vec::new(),
            consequences: Vec::new(),
            last: String::new(),
            is_typed: false,
            title: String::new(),
            is_tight: false,
        }
    }

    /// That a step was told before, by its number; else it is kept to be named by it.
    fn before(&mut self, number: &str, edit: &'e Edit) -> Option<Vec<String>> {
        let known = self.steps.iter().find(|(words, _)| *words == edit.words);
        let same = known.map(|(_, before)| vec![format!("{}the same as {before}", lead(number))]);
        if same.is_none() {
            self.steps.push((&edit.words, number.to_owned()));
        }
        same
    }

    /// Where a policy is, unless a cause has said it, or the words name its holder.
    fn place(&self, edit: &Edit, extent: Extent) -> Option<String> {
        let place = edit.whereabouts.as_ref()?;
        let by_cause = |name: &String| self.causes.iter().any(|cause| cause.title.contains(&**name));
        let by_words =
            place.starts_with("for ") || edit.words.contains(place.split(" of ").next().unwrap_or(place));
        let is_said = by_words || edit.policy.as_ref().is_some_and(by_cause);
        (extent == Extent::Full || !is_said).then(|| self.shorter(place))
    }

    /// Who can do it; the same people as of a step before are not named again.
    fn who(&mut self, edit: &'e Edit, in_brief: bool) -> Option<String> {
        let who = edit.done_by(in_brief)?;
        if self.is_tight && who == THE_CALLER {
            return None; // whom else would another call be for
        }
        let call = edit.authority.as_ref().and_then(|call| who.find(&format!(" ({}", call.action)));
        let (names, call) = who.split_at(call.unwrap_or(who.len()));
        let call = call.trim_start_matches(" (").split_once(')').map(|(call, _)| call);
        if let (true, Some(call)) = (self.who.last() == Some(&names), call) {
            return Some(edit.with_what_is_replaced(format!("the same ({call})"), in_brief));
        }
        self.who.push(names);
        let known = edit.keeper.as_deref().filter(|keeper| in_brief && self.title.contains(keeper));
        // Behind a name without where they are, the account of their role would be taken for theirs.
        let is_elsewhere = |keeper: &&str| names.contains(&format!("{keeper} of account "));
        let alone = known.filter(|keeper| !names.contains(" or ") && !is_elsewhere(keeper));
        edit.by(in_brief).map(|by| match alone {
            Some(keeper) => by.replacen(keeper, by_name(keeper), 1),
            None => by,
        })
    }

    /// The command of AWS that carries it out, in full behind the one that reads what it replaces; that of a step before is
    /// not told again, nor in a tight answer that of a second fix.
    fn run(&mut self, number: &str, edit: &'e Edit, extent: Extent, style: &Style) -> Vec<String> {
        let is_short = |run: &&String| !run.contains("policy.json");
        let is_told = !self.is_tight || number.starts_with('1');
        let Some(run) = edit.run.as_ref().filter(|run| is_told || is_short(run)) else { return Vec::new() };
        if let Some((_, before)) = self.lines.iter().find(|(line, _)| line == run) {
            if extent != Extent::Full {
                return Vec::new();
            }
            return named("run", &format!("as for {before}"), style);
        }
        self.lines.push((run, number.to_owned()));
        let in_full = extent == Extent::Full;
        let read = edit.read.iter().filter(|_| in_full).flat_map(|line| command("get", line, style));
        let is_new = edit.read.is_none() && !self.is_tight && run.contains("policy.json");
        let file = is_new.then(|| named("file", NEW_POLICY, style)).into_iter().flatten();
        read.chain(file).chain(command("run", run, style)).collect()
    }

    /// Who is to be asked first, where the title does not say it.
    fn ask(&mut self, edit: &'e Edit, in_brief: bool) -> Option<String> {
        if !in_brief && edit.is_asked_as_doer() {
            return None; // whoever makes the change is asked by being named for it
        }
        let owner = edit.ask.as_deref().filter(|owner| Some(*owner) != self.owner)?;
        if self.asked.replace(owner) == Some(owner) {
            return None;
        }
        edit.asks().map(|owner| format!("{owner} first"))
    }

    /// What a change means for others; what the one before means, too, is not told again.
    fn consequence(&mut self, edit: &Edit, extent: Extent, style: &Style) -> Vec<String> {
        let Some(so) = edit.so.as_deref() else { return Vec::new() };
        let so = self.shorter(&without_repeated(so, &edit.words, extent));
        let (name, so) = match so.strip_prefix("grants ") {
            Some(opened) => ("opens", opened.replace("nothing else, to", "just this, to")),
            None => ("so", so),
        };
        let same = so.rsplit_once(" for ").filter(|(what, _)| what.len() > LONG && self.last == *what);
        let told = same.map_or_else(|| so.clone(), |(_, whom)| format!("the same, for {whom}"));
        let is_known = extent != Extent::Full && self.consequences.contains(&so);
        self.consequences.push(so.clone());
        if is_known {
            return Vec::new();
        }
        self.last = so.rsplit_once(" for ").map(|(what, _)| what.to_owned()).unwrap_or_default();
        named(name, &told, style)
    }

    /// A place, a long ARN that was asked for by its last field.
    fn shorter(&self, place: &str) -> String {
        let place = place.trim_start_matches("in ").trim_start_matches("for ");
        match Arn::parse(self.resource).filter(|_| self.resource.len() > LONG) {
            Some(arn) => place.replace(self.resource, arn.resource()),
            None => place.to_owned(),
        }
    }

    /// What of a warning was not given before.
    fn once(&mut self, line: Option<&'e String>, extent: Extent) -> Option<String> {
        let new = line?.split("; ").filter(|part| !self.beware.iter().any(|known| known.contains(part)));
        let new: Vec<&str> = new.take(if extent == Extent::Full { usize::MAX } else { 1 }).collect();
        self.beware.extend(&new);
        (!new.is_empty()).then(|| new.join("; "))
    }

    /// A line that is typed here, the first of them with where that is.
    fn typed(&mut self, line: String) -> String {
        let first = !std::mem::replace(&mut self.is_typed, true);
        if first { format!("in iamwhy: {line}") } else { line }
    }
}

/// The name of somebody whom the title has told of: without where they are and how they do it.
fn by_name(person: &str) -> &str {
    let ends = [" of account ", " with ", " (as "].into_iter().filter_map(|end| person.find(end));
    &person[..ends.min().unwrap_or(person.len())]
}

/// A step; one that was told before is only named.
fn step<'e>(number: &str, edit: &'e Edit, said: &mut Told<'e>, extent: Extent, style: &Style) -> Vec<String> {
    let lead = lead(number);
    if let Some(same) = said.before(number, edit) {
        return same;
    }
    let words = edit.in_brief();
    let json = edit.words[words.len()..].trim_start_matches(':');
    let mut lines = fill(&one_line(named_alone(words, extent)), style.width, &lead, &blank(INDENT));
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
    tell("in", said.place(edit, extent).as_deref());
    tell("by", said.who(edit, extent != Extent::Full).as_deref());
    lines.extend(said.run(number, edit, extent, style));
    lines.extend(said.consequence(edit, extent, style));
    let mut tell = |name: &str, what: Option<&str>| {
        lines.extend(what.iter().flat_map(|what| named(name, what, style)));
    };
    tell("loses", edit.loses.as_deref());
    tell("beware", said.once(edit.careful.as_ref(), extent).as_deref());
    tell("ask", said.ask(edit, false).as_deref());
    for command in here.into_iter().chain(commands).filter(|_| extent == Extent::Full) {
        tell("here", Some(&said.typed(command)));
    }
    lines
}

/// Another change than the first: what it is and means, and who makes it, where that is another, or whom to ask.
fn step_in_brief<'e>(number: &str, edit: &'e Edit, said: &mut Told<'e>, style: &Style) -> Vec<String> {
    let lead = lead(number);
    if let Some(same) = said.before(number, edit) {
        return same;
    }
    let words = edit.in_brief();
    let json = edit.words[words.len()..].trim_start_matches(':').trim_start();
    let mut lines = fill(&one_line(named_alone(words, Extent::Usual)), style.width, &lead, &blank(INDENT));
    lines.extend(changes(edit, json, style));
    let by = said.who(edit, true).filter(|by| !edit.is_for_its_owner() && !by.starts_with("the same"));
    lines.extend(by.iter().flat_map(|by| named("by", by, style)));
    lines.extend(said.run(number, edit, Extent::Usual, style));
    lines.extend(said.consequence(edit, Extent::Usual, style));
    lines.extend(edit.loses.iter().flat_map(|loses| named("loses", loses, style)));
    let beware = said.once(edit.careful.as_ref(), Extent::Usual);
    lines.extend(beware.iter().flat_map(|what| named("beware", what, style)));
    lines.extend(said.ask(edit, true).iter().flat_map(|owner| named("ask", owner, style)));
    lines
}

/// What is added without what it is added to, which a cause shows.
fn named_alone(words: &str, extent: Extent) -> &str {
    match words.split_once(" beside \"") {
        Some((added, _)) if extent != Extent::Full => added,
        _ => words,
    }
}

/// What a change opens, without what its words have just named: a long ARN, the condition that is added; in an ordinary
/// answer without whose example it follows, too.
fn without_repeated(so: &str, words: &str, extent: Extent) -> String {
    let is_example = so.ends_with(" has it") || so.ends_with(" is this key");
    let aside = [", as ", "; "].iter().filter_map(|start| so.rfind(start)).max();
    let aside = aside.filter(|_| is_example && extent != Extent::Full);
    let mut so = so[..aside.unwrap_or(so.len())].to_owned();
    let named = words.split('"').filter(|part| part.starts_with("arn:") && part.len() > LONG);
    let is_told =
        |arn: &&str| so.contains(&format!(" on {arn}")) || so.contains(&format!(" on all of {arn}"));
    if let Some(arn) = named.filter(is_told).max_by_key(|arn| arn.len()) {
        so = so
            .replace(&format!(" on all of {arn}"), " on the above")
            .replace(&format!(" on {arn}"), " on the above");
    }
    match so.split_once(", where ").and_then(|(_, test)| test.split_once(" is `")) {
        Some((key, value)) if names_test(words, key, value.trim_end_matches('`')) => {
            so.replace(&format!(", where {key} is `{value}"), ", with that value alone")
        }
        _ => so,
    }
}

/// Whether words say of a key that a value is to be let by.
fn names_test(words: &str, key: &str, value: &str) -> bool {
    let is_put = words.contains(&format!("\"{value}\" instead of "));
    !value.contains('`') && (is_put || words.contains(&format!("{key} be \"{value}\"")))
}

/// `in     managed policy …`, what follows under the words.
fn named(name: &str, what: &str, style: &Style) -> Vec<String> {
    let lead = format!("{}{name:<6} ", blank(INDENT));
    fill(&one_line(what), style.width, &lead, &blank(lead.len()))
}

/// `run    aws iam put-user-policy … \`, a line of a shell that can be copied with the breaks in it.
fn command(name: &str, line: &str, style: &Style) -> Vec<String> {
    let lead = format!("{}{name:<6} ", blank(INDENT));
    let mut lines =
        fill(&one_line(line), style.width.saturating_sub(CONTINUED.len()), &lead, &blank(lead.len()));
    let last = lines.len().saturating_sub(1);
    lines[..last].iter_mut().for_each(|line| line.push_str(CONTINUED));
    lines
}

/// What stands in the file of a policy that is new.
const NEW_POLICY: &str = "policy.json: `{\"Version\": \"2012-10-17\", \"Statement\": [the above]}`";

/// How a line of a shell goes on.
const CONTINUED: &str = " \\";

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
