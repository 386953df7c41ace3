//! What `when` prints.

use serde_json::{Value, json};

use super::style::{Format, Style, Tone};
use super::verdict::{first_lines, remarks, since};
use crate::explain::{Residual, Verdict, When};
use crate::layout::wrap;
use crate::policy::Effect;
use crate::source::one_line;

/// Renders the conditions of an answer: the verdict, what must hold and what must not, layer by layer, and a
/// context for either answer.
pub fn when(when: &When, style: &Style) -> String {
    if style.format == Format::Json {
        return json(when);
    }
    let mut question = wrap(&when.explanation.question.to_string(), style.width);
    if when.verdict != Verdict::Depends && when.explanation.answer.needs.is_empty() {
        question.push("that hangs on no context key".to_owned());
    }
    for (key, why) in &when.hangs_on {
        question.extend(wrap(&one_line(&format!("hangs on: {key} ({why})")), style.width));
    }
    let remarks = match when.verdict {
        Verdict::Depends => String::new(), // the keys are named above
        _ => remarks(&when.explanation, style),
    };
    let parts = [
        first_lines(when.verdict, &when.headline, style) + &since(&when.explanation, style),
        question.join("\n"),
        conditions(when, style),
        examples(when),
        when.unfinished.as_ref().map(|words| wrap(words, style.width).join("\n")).unwrap_or_default(),
        remarks,
    ];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

/// Layer by layer: one of the Allows must apply, and none of the Denies.
fn conditions(when: &When, style: &Style) -> String {
    let mut lines: Vec<String> = Vec::new();
    let same = |a: &Residual, b: &Residual| (a.layer, &a.level, a.effect) == (b.layer, &b.level, b.effect);
    for group in when.residual.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        let level = first.level.as_ref().map(|level| format!(" ({level})")).unwrap_or_default();
        let verb = match first.effect {
            Effect::Allow => "allowed if",
            Effect::Deny => "denied if",
        };
        lines.push(style.paint(Tone::Strong, &one_line(&format!("{}{level}: {verb}", first.word))));
        for (i, residual) in group.iter().enumerate() {
            let or = if i == 0 { "" } else { "or " };
            let text = format!("{or}{} ({})", residual.terms.join(" and "), residual.name);
            lines.extend(wrap(&text, style.width.saturating_sub(4)).into_iter().enumerate().map(indented));
        }
    }
    lines.join("\n")
}

fn indented((i, line): (usize, String)) -> String {
    format!("{}{line}", if i == 0 { "  " } else { "    " })
}

fn examples(when: &When) -> String {
    let line = |verdict: &str, with: &Option<Vec<String>>| match with.as_deref() {
        None => String::new(),
        Some([]) => format!("{verdict} as it was asked\n"),
        Some(pairs) => format!("{verdict} with {}\n", one_line(&pairs.join(" "))),
    };
    format!("{}{}", line("allowed", &when.allowed_with), line("denied", &when.denied_with))
}

fn json(when: &When) -> String {
    let residual: Vec<Value> = when.residual.iter().map(left).collect();
    let mut value = json!({
        "decision": when.verdict, "headline": when.headline,
        "question": when.explanation.question.to_string(), "residual": residual,
    });
    for (name, with) in [("allowed_with", &when.allowed_with), ("denied_with", &when.denied_with)] {
        with.iter().for_each(|with| value[name] = with.clone().into());
    }
    let hangs_on = when.hangs_on.iter().map(|(key, why)| json!({"key": key, "why": why}));
    value["hangs_on"] = hangs_on.collect();
    when.unfinished.iter().for_each(|words| value["unfinished"] = words.clone().into());
    value["needs"] = when.explanation.answer.needs.clone().into();
    format!("{value}\n")
}

fn left(residual: &Residual) -> Value {
    // Plain data with string keys: this does not fail.
    let mut value = serde_json::to_value(&residual.statement).unwrap_or_default();
    value["effect"] = residual.effect.as_str().into();
    value["level"] = residual.level.clone().into();
    value["conditions"] = residual.terms.clone().into();
    value["keys"] = residual.keys.clone().into();
    value["example"] = residual.example.clone().into();
    value
}
