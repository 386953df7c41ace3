//! What would turn an answer, with the labels of the text: where, by whom, what it opens and takes away.

use std::ops::Range;

use super::super::also::after;
use super::super::remedies::INSTEAD;
use super::element::{add, list};
use super::prose::{code, prose};
use crate::explain::{Because, Edit, Explanation, Remedy, Support, TOLD, choice};
use crate::layout::escape;

/// What would turn an answer, or what an allow rests on.
pub(super) fn remedies(explanation: &Explanation) -> String {
    match explanation.support.as_ref() {
        Some(support) => rests_on(support),
        None => {
            let fixes = which(explanation)
                + &list("ol", explanation.remedies.iter().map(|one| remedy(one, explanation)));
            let after = after(explanation, explanation.remedies.len(), false);
            after.iter().fold(fixes, |text, said| text + &format!("<p>After it: {}.</p>\n", prose(said)))
        }
    }
}

/// Which of them to take, and what to write to the one who decides.
fn which(explanation: &Explanation) -> String {
    let choice = choice(&explanation.remedies, TOLD, false);
    let letter = explanation.letter.as_ref().map(|letter| format!("write {letter}"));
    let first = explanation.first_step.iter().cloned();
    choice.into_iter().chain(first).chain(letter).map(|said| format!("<p>{}</p>\n", prose(&said))).collect()
}

fn remedy(remedy: &Remedy, explanation: &Explanation) -> String {
    let is_apart = explanation.remedies[0].meets_deny() && remedy.lifts_deny();
    let instead = if is_apart { format!("<p>{INSTEAD}</p>\n") } else { String::new() };
    let steps = remedy.edits.iter().map(|edit| format!("<li>{}</li>", step(edit)));
    match (&remedy.edits[..], remedy.needs(&explanation.causes)) {
        ([only], _) => format!("<li>{instead}{}</li>", step(only)),
        (_, needs) => {
            format!("<li>{instead}{}\n{}</li>", escape(&needs.unwrap_or_default()), list("ol", steps))
        }
    }
}

/// A step: what to do, the statement as it reads then, and what is to be known of it.
fn step(edit: &Edit) -> String {
    let (words, json) = edit.words.split_at(edit.words.find(" {").unwrap_or(edit.words.len()));
    let mut text = format!("<p>{}</p>\n", prose(words.trim_end_matches(':')));
    match &edit.statement {
        Some(statement) => add(&mut text, format_args!("<pre>{}</pre>\n", marked(statement, &edit.changed))),
        None if json.is_empty() => {}
        None => add(&mut text, format_args!("<pre>{}</pre>\n", escape(json.trim()))),
    }
    let quoted = |line: &Option<String>| line.as_ref().map(|line| format!("`{line}`"));
    let (by, get, run) = (edit.by(false), quoted(&edit.read), quoted(&edit.run));
    let ask = edit.asks().map(|owner| format!("{owner} first"));
    let rows = [
        (
            "in",
            edit.whereabouts
                .as_deref()
                .map(|place| place.trim_start_matches("in ").trim_start_matches("for ")),
        ),
        ("by", by.as_deref()),
        ("get", get.as_deref()),
        ("run", run.as_deref()),
        ("opens", edit.so.as_deref().and_then(|so| so.strip_prefix("grants "))),
        ("so", edit.so.as_deref().filter(|so| !so.starts_with("grants "))),
        ("loses", edit.loses.as_deref()),
        ("beware", edit.careful.as_deref()),
        ("ask", ask.as_deref()),
    ];
    let rows = rows.into_iter().filter_map(|(name, what)| Some((name, prose(what?))));
    let here = edit
        .commands
        .iter()
        .filter(|command| !command.contains('{'))
        .map(|command| ("in iamwhy", code(command)));
    let rows = rows.chain(here).map(|(name, what)| format!("<dt>{name}</dt><dd>{what}</dd>"));
    text + &list("dl", rows)
}

/// A statement with what is new in it marked.
fn marked(statement: &str, changed: &[Range<usize>]) -> String {
    let mut text = String::new();
    let mut at = 0;
    for part in changed {
        let (Some(before), Some(new)) = (statement.get(at..part.start), statement.get(part.clone())) else {
            break;
        };
        add(&mut text, format_args!("{}<ins>{}</ins>", escape(before), escape(new)));
        at = part.end;
    }
    text + &escape(statement.get(at..).unwrap_or_default())
}

fn rests_on(support: &Support) -> String {
    let (words, all) = match support {
        Support::Each(all) => ("It would be denied without:", all),
        Support::Several(all) => ("Several statements grant it, and no single one could be missed:", all),
    };
    let item = |because: &Because| {
        format!("<li>{}</li>", escape(&because.name().unwrap_or_else(|| because.policy_type.to_owned())))
    };
    format!("<p>{words}</p>\n{}", list("ul", all.iter().map(item)))
}
