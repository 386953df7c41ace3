//! `why 1`, `why 2`: what an answer comes from.

use super::block::{LABEL, blank, block};
use super::style::{Style, Tone};
use crate::explain::{Cause, SideBySide};
use crate::layout::width;
use crate::source::one_line;

/// The causes, each a block; those that decide are numbered where they are several.
pub(super) fn causes(causes: &[Cause], style: &Style) -> Vec<String> {
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
        lines.extend(one(&label, cause, style));
    }
    lines
}

fn one(label: &str, cause: &Cause, style: &Style) -> Vec<String> {
    let mut lines = block(label, &cause.title, style);
    lines.extend(cause.says.iter().flat_map(|said| block("", said, style)));
    lines.extend(cause.comparison.iter().flat_map(|sides| comparison(sides, style)));
    lines.extend(cause.assumed.iter().flat_map(|said| block("", said, style)));
    lines
}

/// Both sides under each other, and a caret where they begin to differ.
fn comparison(sides: &SideBySide, style: &Style) -> Vec<String> {
    let line = |name: &str, what: &str| format!("{}{name:<9}{what}", blank(LABEL));
    let (policy, request) = (one_line(&sides.policy), one_line(&sides.request));
    let mut lines = vec![line("policy", &policy)];
    lines.extend(sides.resolved.iter().map(|resolved| line("that is", &one_line(resolved))));
    lines.push(line("request", &request));
    let note = sides.note.as_deref().unwrap_or_default();
    match sides.same {
        Some(same) => {
            let start: String = request.chars().take(same).collect();
            let caret = format!("{}{}", line("", &blank(width(&start))), style.paint(Tone::Bad, "^"));
            let fits = width(&caret) + 1 + width(note) <= style.width;
            match (note, fits) {
                ("", _) => lines.push(caret),
                (note, true) => lines.push(format!("{caret} {note}")),
                (note, false) => {
                    lines.push(caret);
                    lines.extend(block("", note, style));
                }
            }
        }
        None if note.is_empty() => {}
        None => lines.extend(block("", note, style)),
    }
    lines
}
