//! What `replay` prints: the word for the change, how many past calls turned, then each group of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::about_all::laid_out;
use super::style::{Format, Style};
use crate::layout::wrap;
use crate::names::Instant;
use crate::replay::{CallTurn, Replayed, TurnedBy, TurnedCalls};

/// How many groups of a kind are shown, at most; of the others the number is told.
const SHOWN: usize = 10;

/// How many of those are named that a reason is about.
const NAMED: usize = 3;

/// What an event does not tell.
const NOT_TOLD: &str =
    "an event tells no tags of principals and resources and no policies of sessions: those are the world's";

/// Renders what came of a log.
pub fn replayed(found: &Replayed, has_old: bool, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(found));
    }
    let mut blocks =
        vec![format!("{}\n{}", found.verdict().word(), wrap(&says(found), style.width).join("\n"))];
    let mut number = 0;
    for turned in [CallTurn::NewlyDenied, CallTurn::NewlyAllowed] {
        blocks.extend(groups(found, turned, &mut number, style));
    }
    blocks.extend(open(found, style));
    if has_old && found.compared > 0 {
        blocks.push(recorded(found, style));
    }
    blocks.extend(left_out(found, style));
    blocks.push(wrap(NOT_TOLD, style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
}

/// The line under the verdict.
fn says(found: &Replayed) -> String {
    format!(
        "{}, {} of them asked again: {} newly denied, {} newly allowed",
        events(found),
        found.asked,
        found.count(CallTurn::NewlyDenied),
        found.count(CallTurn::NewlyAllowed)
    )
}

/// How many events there were, and from when to when.
pub(super) fn events(found: &Replayed) -> String {
    let cut = if found.is_cut { " so far" } else { "" };
    let span = match found.span {
        Some((first, last)) => format!(" from {} to {}", day(first), day(last)),
        None => String::new(),
    };
    format!("{} events{cut}{span}", found.events())
}

fn day(at: i64) -> String {
    time(at).split('T').next().unwrap_or_default().to_owned()
}

fn time(at: i64) -> String {
    Instant::from_epoch_seconds(at).to_iso()
}

pub(super) fn calls(count: u64) -> String {
    if count == 1 { "1 call".to_owned() } else { format!("{count} calls") }
}

/// The groups that turned in a way, those of most events first.
fn groups(found: &Replayed, turned: CallTurn, number: &mut usize, style: &Style) -> Vec<String> {
    let groups = found.groups_of(turned);
    let mut blocks = Vec::new();
    for (key, group) in groups.iter().take(SHOWN) {
        *number += 1;
        blocks.push(laid_out(lines(*number, key, group), style));
    }
    let more = groups.len().saturating_sub(SHOWN);
    let more =
        (more > 0).then(|| format!("and {more} more groups {}; `--format json` tells all", turned.word()));
    blocks.into_iter().chain(more).collect()
}

fn lines(number: usize, key: &TurnedBy, group: &TurnedCalls) -> Vec<String> {
    let id = group.example.event_id.as_ref().map(|id| format!(", event {id}")).unwrap_or_default();
    let when = match group.count {
        1 => format!("on     {}, at {}{id}", group.example.resource, time(group.first)),
        _ => format!(
            "on     {}, for one, at {}{id}; the last at {}",
            group.example.resource,
            time(group.first),
            time(group.last)
        ),
    };
    vec![
        format!("{number}  {}: {}, {}", key.turned.word(), key.action, calls(group.count)),
        format!("by     {}", key.principal),
        when,
        format!("now    {}", key.why),
    ]
}

/// On what the events hang that have no answer.
fn open(found: &Replayed, style: &Style) -> Option<String> {
    let groups = found.groups_of(CallTurn::Open);
    let (key, _) = groups.first()?;
    let text = format!(
        "open: how {} would be decided now is not known: {} ({} by {}{})",
        calls(found.count(CallTurn::Open)),
        key.why,
        key.action,
        key.principal,
        if groups.len() > 1 {
            format!("; {} more groups, `--format json` tells all", groups.len() - 1)
        } else {
            String::new()
        }
    );
    Some(wrap(&text, style.width).join("\n"))
}

/// How far the old world decides as AWS did, and why not further.
fn recorded(found: &Replayed, style: &Style) -> String {
    let unlike = found.count(CallTurn::UnlikeRecorded);
    let groups = found.groups_of(CallTurn::UnlikeRecorded);
    let more = groups.len().saturating_sub(NAMED);
    let head = format!(
        "recorded: the old world decides {} of {} as AWS did",
        found.compared - unlike,
        found.compared
    );
    let otherwise = groups.iter().take(NAMED).map(|(key, group)| {
        let (action, who, on) = (&key.action, &key.principal, &group.example.resource);
        format!("  otherwise {action} by {who} on {on}, {}: {}", calls(group.count), key.why)
    });
    let more = (more > 0).then(|| format!("  and {more} more groups; `--format json` tells all"));
    let lines = std::iter::once(head).chain(otherwise).chain(more);
    lines.flat_map(|line| wrap(&line, style.width)).collect::<Vec<_>>().join("\n")
}

/// Why events were not asked, the most frequent reason first.
pub(super) fn left_out(found: &Replayed, style: &Style) -> Option<String> {
    let count = |all: &BTreeMap<String, u64>| all.values().sum::<u64>();
    let mut reasons: Vec<_> = found.not_asked.iter().collect();
    reasons.sort_by_key(|(_, all)| Reverse(count(all)));
    let reason = |(why, all): &(&&str, &BTreeMap<String, u64>)| {
        let mut by: Vec<_> = all.iter().filter(|(what, _)| !what.is_empty()).collect();
        by.sort_by_key(|(_, count)| Reverse(**count));
        let named: Vec<&String> = by.iter().take(NAMED).map(|(what, _)| *what).collect();
        let more = if by.len() > NAMED { ", …" } else { "" };
        match named.is_empty() {
            true => format!("{why}: {}", count(all)),
            false => format!(
                "{why}: {} ({}{more})",
                count(all),
                named.into_iter().cloned().collect::<Vec<_>>().join(", ")
            ),
        }
    };
    let told: Vec<String> = reasons.iter().map(reason).collect();
    let text = format!("not asked: {}", told.join("; "));
    (!told.is_empty()).then(|| wrap(&text, style.width).join("\n"))
}

fn data(found: &Replayed) -> Value {
    let group = |(key, group): (&TurnedBy, &TurnedCalls)| {
        json!({
            "turned": key.turned.word(),
            "principal": key.principal,
            "action": key.action,
            "now": key.why,
            "count": group.count,
            "first": time(group.first),
            "last": time(group.last),
            "example": { "resource": group.example.resource, "event_id": group.example.event_id },
        })
    };
    json!({
        "verdict": found.verdict().word(),
        "events": found.events(),
        "asked": found.asked,
        "newly_denied": found.count(CallTurn::NewlyDenied),
        "newly_allowed": found.count(CallTurn::NewlyAllowed),
        "open": found.count(CallTurn::Open),
        "recorded": { "compared": found.compared, "unlike": found.count(CallTurn::UnlikeRecorded) },
        "groups": found.groups.iter().map(group).collect::<Vec<_>>(),
        "ungrouped": found.ungrouped,
        "not_asked": found.not_asked,
        "interrupted": found.is_cut,
    })
}
