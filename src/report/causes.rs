//! `why 1`, `why 2`: what an answer comes from.

use super::block::{LABEL, blank, block};
use super::style::{Extent, Style, Tone};
use crate::explain::{Cause, CauseKind, SideBySide};
use crate::layout::{fill, width};
use crate::source::one_line;

/// How it begins to be said what tells a value that is assumed, which whoever acts on an answer need not know.
const TELLS: &str = "; `with ";

/// The causes, each a block; those that decide are numbered where they are several. Where the call fails for another
/// permission, what allows it is told in full alone.
pub(super) fn causes(all: &[Cause], extent: Extent, style: &Style) -> Vec<String> {
    let fails = all.iter().any(|cause| cause.kind == CauseKind::Fails);
    let is_told = |cause: &&Cause| extent == Extent::Full || !fails || cause.kind != CauseKind::Allows;
    let causes: Vec<&Cause> = all.iter().filter(is_told).collect();
    let deciding = causes.iter().filter(|cause| cause.decides()).count();
    let mut number = 0;
    let mut lines = Vec::new();
    for cause in causes {
        let label = match (cause.decides(), deciding) {
            (false, _) => "near".to_owned(),
            (true, 1) => "why".to_owned(),
            (true, _) => {
                number += 1;
                format!("why {number}")
            }
        };
        lines.extend(one(&label, cause, extent, style));
    }
    lines
}

fn one(label: &str, cause: &Cause, extent: Extent, style: &Style) -> Vec<String> {
    let mut lines = block(label, &cause.title, style);
    lines.extend(cause.says.iter().flat_map(|said| block("", said, style)));
    lines.extend(cause.comparison.iter().flat_map(|sides| comparison(sides, style)));
    let brief = |said: &str| said.split(TELLS).next().unwrap_or_default().len();
    let assumed = cause.assumed.iter().map(|said| match extent {
        Extent::Full => said,
        Extent::Usual | Extent::Short => &said[..brief(said)],
    });
    lines.extend(assumed.flat_map(|said| block("", said, style)));
    lines
}

/// The columns of the words before a side.
const SIDE: usize = 9;

/// Both sides under each other, and a caret where they begin to differ.
fn comparison(sides: &SideBySide, style: &Style) -> Vec<String> {
    let (policy, request) = (one_line(&sides.policy), one_line(&sides.request));
    let is_wide = |text: &str| LABEL + SIDE + width(text) > style.width;
    let same_key =
        key_and_value(&policy).zip(key_and_value(&request)).filter(|(one, other)| one.0 == other.0);
    let apart = same_key.filter(|_| is_wide(&policy) || is_wide(&request));
    let request = apart.map_or(&*request, |(_, (_, value))| value);
    let cut = apart.map(|_| width(&one_line(&sides.request)) - width(request)).unwrap_or_default();
    let mut lines = side("policy", &policy, apart.is_some(), style);
    lines.extend(
        sides.resolved.iter().flat_map(|resolved| side("that is", &one_line(resolved), false, style)),
    );
    let asked = side("request", request, false, style);
    let caret = sides.same.filter(|_| asked.len() == 1).and_then(|same| same.checked_sub(cut));
    lines.extend(asked);
    lines.extend(differs(caret, request, sides.note.as_deref().unwrap_or_default(), style));
    lines
}

/// A side behind its word, cut between words; its value on a line of its own if that is asked for.
fn side(word: &str, what: &str, apart: bool, style: &Style) -> Vec<String> {
    let (lead, below) = (format!("{}{word:<SIDE$}", blank(LABEL)), blank(LABEL + SIDE));
    match what.split_once(" `").filter(|_| apart) {
        Some((key, value)) => {
            let mut lines = fill(key, style.width, &lead, &below);
            lines.extend(fill(&format!("`{value}"), style.width, &below, &below));
            lines
        }
        None => fill(what, style.width, &lead, &below),
    }
}

/// The key of a test, and its value, which is quoted: ``aws:SourceArn must be `…` ``.
fn key_and_value(side: &str) -> Option<(&str, &str)> {
    let at = side.find(" `")?;
    Some((side.split(' ').next()?, &side[at + 1..]))
}

/// A caret under the first character that differs, and what is to be known of it, beside the caret where it fits.
fn differs(caret: Option<usize>, request: &str, note: &str, style: &Style) -> Vec<String> {
    let below = || if note.is_empty() { Vec::new() } else { block("", note, style) };
    let Some(same) = caret else { return below() };
    let start: String = request.chars().take(same).collect();
    let caret = format!("{}{}", blank(LABEL + SIDE + width(&start)), style.paint(Tone::Bad, "^"));
    match LABEL + SIDE + width(&start) + 2 + width(note) <= style.width {
        true => vec![format!("{caret} {note}").trim_end().to_owned()],
        false => std::iter::once(caret).chain(below()).collect(),
    }
}
