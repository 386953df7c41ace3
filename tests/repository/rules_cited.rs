//! Every rule that describes behaviour is cited at the code that does it.

use std::fs;
use std::path::Path;

use iamwhy::facts::RuleId;

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("facts") {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("readable"));
        }
    }
}

/// Whether a text names a rule as a word of its own; `D26–D28` names the rules between, too.
fn cites(text: &str, rule: &str) -> bool {
    text.match_indices(rule).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = &text[at + rule.len()..];
        let letter = after.starts_with(|c: char| c.is_ascii_alphanumeric());
        let number = after.starts_with(['.', '-']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
        let ends = !letter && !number;
        ends && !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
    })
}

/// The rules named by ranges such as `D26–D28`.
fn in_a_range(text: &str, rule: &str) -> bool {
    let (letter, number) = rule.split_at(1);
    let Ok(number) = number.parse::<u32>() else { return false };
    text.match_indices('–').any(|(at, dash)| {
        let word = |c: char| c.is_ascii_alphanumeric();
        let first = text[..at].rsplit(|c| !word(c)).next().unwrap_or_default();
        let last = text[at + dash.len()..].split(|c| !word(c)).next().unwrap_or_default();
        let value = |text: &str| text.strip_prefix(letter)?.parse::<u32>().ok();
        matches!((value(first), value(last)), (Some(low), Some(high)) if (low..=high).contains(&number))
    })
}

#[test]
fn every_rule_that_describes_behaviour_is_cited_where_it_is_done() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    let facts = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/facts")).expect("a folder");
    // The tables of the rules themselves do not count as citations, the other facts do.
    for entry in facts.filter_map(Result::ok) {
        if entry.path().is_dir() {
            sources(&entry.path(), &mut text);
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rs") && !name.starts_with("rule") {
            text.push_str(&fs::read_to_string(entry.path()).expect("readable"));
        }
    }
    let rules =
        RuleId::all().filter(|rule| rule.facts().behaviour && rule.as_str().starts_with(['B', 'D', 'I']));
    let uncited: Vec<_> =
        rules.map(RuleId::as_str).filter(|rule| !cites(&text, rule) && !in_a_range(&text, rule)).collect();
    assert!(uncited.is_empty(), "not cited anywhere: {}", uncited.join(" "));
}
