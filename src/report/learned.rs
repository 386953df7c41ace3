//! What `replay --learn` prints: the word, then of each user and role what less is enough, step by step, and the policy.

use serde_json::{Value, json};

use super::about_all::ToldEntry;
use super::least::{narrowed_data, rows};
use super::replayed::{calls, events, left_out};
use super::style::{Format, Style};
use crate::layout::wrap;
use crate::reason::{CheckVerdict, DiffVerdict, LeastPrivilege};
use crate::replay::{LearnedPolicies, LearnedPolicy, NeededBy};

/// How many users and roles are shown, at most.
const SHOWN: usize = 10;

/// What an event does not tell.
const NOT_TOLD: &str = "a log shows what was called, not what will be: what is needed once a year may be missing in it, and data \
                        events are only there where they are switched on";

/// Renders what was learned.
pub fn learned(found: &LearnedPolicies, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(found));
    }
    let shown = found.needed.by.iter().take(SHOWN);
    let more = found.needed.by.len().saturating_sub(SHOWN);
    let mut blocks =
        vec![format!("{}\n{}", found.verdict().word(), wrap(&says(found), style.width).join("\n"))];
    blocks.extend(shown.map(|(arn, by)| of_one(found, arn, by, style)));
    blocks.extend(
        (more > 0).then(|| format!("and {more} more; `--of NAME` shows one, `--policies FOLDER` writes all")),
    );
    blocks.extend(left_out(&found.needed.log, style));
    blocks.push(wrap(NOT_TOLD, style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
}

/// The line under the verdict.
fn says(found: &LearnedPolicies) -> String {
    let all = found.needed.by.keys();
    let less = all.filter(|arn| found.verdict_of(arn) == DiffVerdict::Narrower).count();
    let kept: u64 = found.needed.by.values().map(|by| by.calls).sum();
    let who = match found.needed.by.len() {
        1 => "1 user or role".to_owned(),
        several => format!("{several} users and roles"),
    };
    format!(
        "{}: {} of {who} are to stay allowed; less is enough for {less}",
        events(&found.needed.log),
        calls(kept)
    )
}

fn of_one(found: &LearnedPolicies, arn: &str, by: &NeededBy, style: &Style) -> String {
    let mut lines = vec![format!("{arn}: {}, {}", found.verdict_of(arn).word(), calls(by.calls))];
    let mut policy = String::new();
    match found.by.get(arn) {
        Some(LearnedPolicy::Least(least, names)) => {
            let entries = least.narrowed.iter().enumerate();
            lines.extend(entries.map(|(at, one)| {
                let head = names.get(one.statement).cloned().unwrap_or_default();
                ToldEntry { head, rows: rows(one) }.text(at + 1, style)
            }));
            policy = shown_policy(least);
        }
        Some(LearnedPolicy::None(why)) => lines.push(format!("no policy was made: {why}")),
        None => {}
    }
    lines.extend(wrap(&proof(found, arn, by), style.width));
    format!("{}{policy}", lines.join("\n"))
}

fn shown_policy(least: &LeastPrivilege) -> String {
    match least.narrowed.is_empty() {
        true => String::new(),
        false => format!("\n{}", least.least.trim_end()),
    }
}

/// What was proved of the policy of one, and what is not known of its calls.
fn proof(found: &LearnedPolicies, arn: &str, by: &NeededBy) -> String {
    let mut sentences = Vec::new();
    if let Some(LearnedPolicy::Least(least, _)) = found.by.get(arn) {
        sentences.push(match (found.is_tried, by.lost) {
            (true, 0) => format!("each of {} was asked again with it and stays allowed", calls(by.calls)),
            (true, lost) => format!("{} of {} would be denied with it", lost, calls(by.calls)),
            (false, _) => "the calls were not asked again with it".to_owned(),
        });
        sentences.push(match least.check.verdict() {
            CheckVerdict::Holds => "it allows nothing that was not allowed, over all requests".to_owned(),
            _ => "that it allows nothing new was not proved".to_owned(),
        });
    }
    if let Some((action, resource)) = &by.denied_example {
        sentences.push(format!(
            "AWS did not deny {} that this world denies, such as {action} on {resource}: what they need is not in its policies here",
            calls(by.denied_here)
        ));
    }
    sentences.join("; ")
}

fn data(found: &LearnedPolicies) -> Value {
    let one = |(arn, by): (&String, &NeededBy)| {
        let (least, why) = match found.by.get(arn) {
            Some(LearnedPolicy::Least(least, _)) => (Some(least), None),
            Some(LearnedPolicy::None(why)) => (None, Some(why)),
            None => (None, None),
        };
        json!({
            "principal": arn,
            "verdict": found.verdict_of(arn).word(),
            "calls": by.calls,
            "lost": by.lost,
            "denied_in_this_world": by.denied_here,
            "narrowed": least.map(|least| narrowed_data(least)),
            "policy": least.map(|least| serde_json::from_str::<Value>(&least.least).unwrap_or_default()),
            "no_new_access": least.map(|least| least.check.verdict().word()),
            "no_policy": why,
        })
    };
    json!({
        "verdict": found.verdict().word(),
        "events": found.needed.log.events(),
        "asked": found.needed.log.asked,
        "tried": found.is_tried,
        "principals": found.needed.by.iter().map(one).collect::<Vec<_>>(),
        "not_asked": found.needed.log.not_asked,
        "interrupted": found.needed.log.is_cut,
    })
}
