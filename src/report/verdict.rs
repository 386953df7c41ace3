//! What `can` prints.

use serde::Serialize as _;

use super::also::also;
use super::json;
use super::prose::prose;
use super::style::{Format, Style, Tone};
use crate::explain::{Agreement, Explanation, Verdict};
use crate::source::one_line;

/// Renders the verdict: the bare word, its kind, what could not be consulted, AWS's message, and what is worth
/// knowing.
pub fn verdict(explanation: &Explanation, style: &Style) -> String {
    if style.format == Format::Json {
        return json::verdict(explanation);
    }
    let mut text = head(explanation, style);
    text.push_str(&remarks(explanation, style));
    text
}

/// Renders a denial of an operation: what AWS prints, and what could not be consulted.
pub fn denial(line: &str, explanation: &Explanation, style: &Style) -> String {
    if style.format == Format::Json {
        return json::verdict(explanation);
    }
    format!("{}\n{}", style.paint(Tone::Bad, &one_line(line)), incomplete(explanation, style))
}

/// Renders data as the AWS command line prints it: four spaces a level.
pub fn data(value: &serde_json::Value, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{value}\n");
    }
    let mut text = Vec::new();
    let indent = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut writer = serde_json::Serializer::with_formatter(&mut text, indent);
    match value.serialize(&mut writer) {
        Ok(()) => String::from_utf8_lossy(&text).into_owned() + "\n",
        Err(_) => format!("{value}\n"),
    }
}

pub(super) fn incomplete(explanation: &Explanation, style: &Style) -> String {
    explanation.gaps.iter().map(|gap| remark("warning", gap, style)).collect()
}

/// What has become of the answer since the world changed.
pub(super) fn since(explanation: &Explanation, style: &Style) -> String {
    explanation.since.iter().map(|since| remark("note", &since.to_string(), style)).collect()
}

/// The first lines of every answer.
fn head(explanation: &Explanation, style: &Style) -> String {
    let verdict = explanation.answer.decision;
    let mut text = match explanation.aws.as_ref().filter(|aws| !aws.agrees) {
        Some(aws) => differing(aws, style),
        None => format!(
            "{}\n{}\n",
            first_line(explanation, style),
            prose(&one_line(&explanation.headline), style)
        ),
    };
    text.push_str(&since(explanation, style));
    text.push_str(&incomplete(explanation, style));
    if let Some(message) =
        explanation.answer.message.as_ref().filter(|_| verdict != Verdict::Depends && !differs(explanation))
    {
        text.push_str(&format!("{}\n", one_line(message)));
    }
    text
}

/// Whether AWS's own answer is another one.
fn differs(explanation: &Explanation) -> bool {
    explanation.aws.as_ref().is_some_and(|aws| !aws.agrees)
}

/// AWS's answer, which is the fact, where it is another one; and what the world may lack.
pub(super) fn differing(aws: &Agreement, style: &Style) -> String {
    let mut text = first_lines(aws.verdict, &aws.summary, style);
    for cause in &aws.causes {
        text.push_str(&prose(&format!("  {}", one_line(cause)), style));
        text.push('\n');
    }
    text + "\n"
        + &prose(
            "so what follows tells of the world that is asked here, not of AWS; no remedy is offered",
            style,
        )
        + "\n"
}

pub(super) fn first_lines(verdict: Verdict, headline: &str, style: &Style) -> String {
    format!("{}\n{}\n", verdict_word(verdict, style), prose(&one_line(headline), style))
}

/// The bare verdict, which programs read; below it that the call fails all the same, where it lacks what it needs, too.
pub(super) fn first_line(explanation: &Explanation, style: &Style) -> String {
    let word = verdict_word(explanation.answer.decision, style);
    let Some(lacking) = explanation.fails_for() else { return word };
    let said = match &lacking.service {
        Some(_) => format!("it needs {}", lacking.what),
        None if lacking.action == explanation.question.action => format!("{} is denied", lacking.what),
        None => format!("{} is denied", lacking.action),
    };
    format!("{word}\nbut {}", style.paint(Tone::Bad, &format!("the call fails: {said}")))
}

/// The bare word of the first line.
pub(super) fn verdict_word(verdict: Verdict, style: &Style) -> String {
    style.paint(Tone::of(verdict), verdict.word())
}

/// What else is worth knowing, a line each.
pub(super) fn remarks(explanation: &Explanation, style: &Style) -> String {
    let answer = &explanation.answer;
    let mut text = String::new();
    for key in &answer.needs {
        text.push_str(&remark("hangs on", &format!("{key} (nobody gave it)"), style));
    }
    for (key, sentence) in answer.assumptions() {
        let matters = explanation.assumptions.iter().any(|assumed| assumed.about == key && assumed.matters);
        let matters = if matters { " (matters)" } else { "" };
        text.push_str(&remark("assumed", &format!("{sentence}{matters}"), style));
    }
    answer.warnings.iter().for_each(|warning| text.push_str(&remark("warning", &warning.message, style)));
    also(explanation, true).iter().for_each(|said| text.push_str(&remark("also", said, style)));
    let agreeing = explanation.aws.iter().filter(|aws| aws.agrees);
    let agreeing = agreeing.flat_map(|aws| std::iter::once(&aws.summary).chain(&aws.causes));
    for note in answer.notes.iter().chain(&explanation.advice).chain(agreeing) {
        text.push_str(&remark("note", note, style));
    }
    text
}

fn remark(word: &str, what: &str, style: &Style) -> String {
    let tone = if word == "warning" { Tone::Open } else { Tone::Faint };
    let word = format!("{word}:");
    let text = prose(&format!("{word} {}", one_line(what)), style);
    format!("{}\n", text.replacen(&word, &style.paint(tone, &word), 1))
}
