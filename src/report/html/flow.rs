//! The decision flow with the taken path, as a drawing in SVG.
//!
//! Stations stand one below the other: the question, what decides without a policy, the Denies, then each layer
//! whose Allow may be needed. The path goes down until a station stops it; what stops it leads to the right.

use super::element::add;
use super::{said_tone, tone};
use crate::explain::{Explanation, Said, Step, Verdict, folded};
use crate::layout::{escape, width};

const BOX_WIDTH: usize = 500;
const BOX_HEIGHT: usize = 52;
const GAP: usize = 26;
const LEFT: usize = 8;
const EXIT_LEFT: usize = 580;
const EXIT_WIDTH: usize = 132;
const WIDTH: usize = EXIT_LEFT + EXIT_WIDTH + 8;

/// How many columns of text a box takes, and how many of bold text.
const ROOM: usize = 62;
const BOLD_ROOM: usize = 54;

struct Station {
    title: String,
    what: String,
    class: &'static str,
    /// Whether it takes no part.
    aside: bool,
    /// What the station says where it stops the path.
    exit: Option<PathEnd>,
}

struct PathEnd {
    word: &'static str,
    class: &'static str,
}

/// Draws the way to the decision.
pub(super) fn flow(explanation: &Explanation) -> String {
    let stations = stations(explanation);
    let stop = stations.iter().position(|station| station.exit.is_some());
    let end = stop.is_none();
    let rows = stations.len() + usize::from(end);
    let height = rows * (BOX_HEIGHT + GAP) + 8;
    let mut text = format!(
        "<figure>\n<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"flow-title flow-text\">\n\
         <title id=\"flow-title\">The way to the decision</title>\n<desc id=\"flow-text\">{}</desc>\n\
         <defs>{}{}</defs>\n",
        escape(&described(&stations, explanation)),
        tip("tip"),
        tip("tip-taken")
    );
    for (row, station) in stations.iter().enumerate() {
        let taken = stop.is_none_or(|stop| row <= stop);
        if row > 0 {
            add(&mut text, format_args!("{}", arrow_down(row, taken)));
        }
        add(&mut text, format_args!("{}", station_box(row, station, taken)));
        if let Some(exit) = station.exit.as_ref() {
            add(&mut text, format_args!("{}", exit_box(row, exit, stop == Some(row))));
        }
    }
    if end {
        let row = stations.len();
        text.push_str(&arrow_down(row, true));
        text.push_str(&last_box(row, explanation));
    }
    text.push_str("</svg>\n");
    text.push_str("<figcaption>The thick line is the path that was taken; dashed boxes took no part.</figcaption>\n</figure>\n");
    text
}

fn stations(explanation: &Explanation) -> Vec<Station> {
    let question = &explanation.question;
    let mut stations = vec![Station {
        title: question.who.clone(),
        what: format!("{} on {}", question.action, question.resource),
        class: "plain",
        aside: false,
        exit: None,
    }];
    stations.push(gate(explanation));
    let decided = explanation.gate.is_some();
    if explanation.path.is_empty() && decided {
        stations.push(unasked());
        return stations;
    }
    stations.push(denies(explanation, decided));
    stations.extend(folded(&explanation.path).iter().map(|step| layer_station(explanation, step, decided)));
    stations
}

/// A gate before any policy.
fn unasked() -> Station {
    let (title, what) = ("Do the policies deny or allow it?".to_owned(), "not asked".to_owned());
    Station { title, what, class: "faint", aside: true, exit: None }
}

fn gate(explanation: &Explanation) -> Station {
    let verdict = explanation.answer.decision;
    let exit = explanation.gate.as_ref().map(|_| PathEnd { word: verdict.word(), class: tone(verdict) });
    let what = explanation.gate.as_ref().map_or_else(
        || "no: policies decide".to_owned(),
        |gate| format!("yes, {}: {}", gate.name.as_str(), gate.reason),
    );
    let class = exit.as_ref().map_or("plain", |exit| exit.class);
    Station { title: "Is it decided without any policy?".to_owned(), what, class, aside: false, exit }
}

fn denies(explanation: &Explanation, decided: bool) -> Station {
    let denied = explanation.answer.decision == Verdict::ExplicitDeny;
    let by = explanation.path.iter().find(|step| step.said == Said::Denied);
    let what = match by {
        Some(step) => format!("yes: {} ({})", step.by, step.word),
        None if decided => "not asked".to_owned(),
        None => "no".to_owned(),
    };
    let exit = (denied && !decided).then_some(PathEnd { word: "denied", class: "bad" });
    let class = if exit.is_some() { "bad" } else { "plain" };
    Station { title: "Does any Deny apply, in any layer?".to_owned(), what, class, aside: decided, exit }
}

/// What a layer says, or levels of it that say the same.
fn layer_station(explanation: &Explanation, step: &Step, decided: bool) -> Station {
    let level = step.level.as_ref().map(|level| format!(" at {level}")).unwrap_or_default();
    let open = explanation.answer.decision == Verdict::Depends;
    let stops =
        step.said == Said::NotAllowed && !decided && explanation.answer.decision == Verdict::ImplicitDeny;
    let exit = match (stops, open && matches!(step.said, Said::NotAllowed | Said::Unknown)) {
        (true, _) => Some(PathEnd { word: "denied", class: "bad" }),
        (_, true) => Some(PathEnd { word: "depends", class: "open" }),
        _ => None,
    };
    let noun = match step.word {
        "trust" => "role trust policy",
        "key" => "key policy",
        "task" => "policy of the root task",
        _ => step.layer.noun(),
    };
    Station {
        title: format!("Does the {noun} allow it?"),
        what: format!("{}{level}: {}", step.said.as_str(), step.by),
        class: said_tone(step.said),
        aside: step.said == Said::NotInvolved,
        exit,
    }
}

/// The path as a sentence, for those who do not see the drawing.
fn described(stations: &[Station], explanation: &Explanation) -> String {
    let all: Vec<String> =
        stations.iter().map(|station| format!("{} {}", station.title, station.what)).collect();
    format!("{}. {}", all.join(". "), explanation.answer.decision.word())
}

/// The head of an arrow.
fn tip(id: &str) -> String {
    format!(
        "<marker id=\"{id}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerUnits=\"userSpaceOnUse\" markerWidth=\"11\" \
         markerHeight=\"11\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker>"
    )
}

/// The class of a line, and the head that belongs to it.
fn line(taken: bool) -> (&'static str, &'static str) {
    if taken { ("line taken", "tip-taken") } else { ("line", "tip") }
}

fn top(row: usize) -> usize {
    4 + row * (BOX_HEIGHT + GAP)
}

fn arrow_down(row: usize, taken: bool) -> String {
    let (from, to, x) = (top(row) - GAP, top(row) - 2, LEFT + BOX_WIDTH / 2);
    let (class, tip) = line(taken);
    format!("<path class=\"{class}\" d=\"M{x} {from}V{to}\" marker-end=\"url(#{tip})\"/>\n")
}

fn station_box(row: usize, station: &Station, taken: bool) -> String {
    let y = top(row);
    let aside = if station.aside { " aside" } else { "" };
    let taken = if taken && !station.aside { " taken" } else { "" };
    let class = station.class;
    format!(
        "<g class=\"station {class}{aside}{taken}\"><title>{}</title><rect x=\"{LEFT}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"6\"/>\
         <text class=\"name\" x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\">{}</text></g>\n",
        escape(&format!("{}: {}", station.title, station.what)),
        LEFT + 12,
        y + 21,
        escape(&fitted(&station.title, BOLD_ROOM)),
        LEFT + 12,
        y + 40,
        escape(&fitted(&station.what, ROOM))
    )
}

fn exit_box(row: usize, exit: &PathEnd, taken: bool) -> String {
    let y = top(row) + 8;
    let (line, tip) = line(taken);
    let taken = if taken { " taken" } else { "" };
    format!(
        "<path class=\"{line}\" d=\"M{} {}H{}\" marker-end=\"url(#{tip})\"/>\n\
         <g class=\"exit {}{taken}\"><rect x=\"{EXIT_LEFT}\" y=\"{y}\" width=\"{EXIT_WIDTH}\" height=\"36\" rx=\"18\"/>\
         <text x=\"{}\" y=\"{}\">{}</text></g>\n",
        LEFT + BOX_WIDTH,
        y + 18,
        EXIT_LEFT - 2,
        exit.class,
        EXIT_LEFT + EXIT_WIDTH / 2,
        y + 24,
        exit.word
    )
}

fn last_box(row: usize, explanation: &Explanation) -> String {
    let (y, verdict) = (top(row), explanation.answer.decision);
    let x = LEFT + (BOX_WIDTH - EXIT_WIDTH) / 2;
    format!(
        "<g class=\"exit {} taken\"><rect x=\"{x}\" y=\"{y}\" width=\"{EXIT_WIDTH}\" height=\"36\" rx=\"18\"/><text x=\"{}\" y=\"{}\">{}</text></g>\n",
        tone(verdict),
        LEFT + BOX_WIDTH / 2,
        y + 24,
        verdict.word()
    )
}

/// As much of a text as a box takes; the whole stands in its title.
fn fitted(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut fitting = String::new();
    for character in text.chars() {
        fitting.push(character);
        if width(&fitting) >= room - 1 {
            break;
        }
    }
    format!("{}…", fitting.trim_end())
}
