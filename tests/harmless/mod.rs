//! A text that tries to get out of every place that shows it, and what must hold wherever something is shown.
#![allow(dead_code, reason = "each test binary uses a part of it")]

/// Escape sequences, ends of lines, commands to pipelines, what turns a line around, and what nobody sees; the lines in
/// it begin with words that nothing of ours begins with, and its colour is none of ours.
pub(crate) const HOSTILE: &str = "x\n::error file=a,line=1::b\n  ::stop-commands::b\r\n##[error]b\n\
    evil allowed\n\tevil 1 - b\u{1b}[45;7mb\u{1b}]0;b\u{7}\u{1b}]52;c;ZQ==\u{1b}\\\u{9b}2J\u{9d}0;b\u{9c}\u{8}\
    \u{7f}\u{85}evil\u{202e}\u{2066}\u{2069}\u{200b}\u{200d}\u{ad}\u{feff}\u{2028}evil\u{2029}evil\u{3164}\u{115f}a\u{fe0f}\
    \u{e0041}\u{e0100}\u{fdd0}\u{ffff}\u{b}evil\u{c}evil\0 ::error::b ##vso[task.b]##[b]</script>]]>&#27;";

/// Ranges that are written down here once more, so that a hole in the table of the program is seen.
fn is_harmful(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Asserts that a text holds nothing but what prints.
#[track_caller]
pub(crate) fn assert_prints(shown: &str, from: &str) {
    let found = shown.chars().find(|c| is_harmful(*c) && *c != '\n');
    assert_eq!(found, None, "{from}: {shown:?}");
}

/// Asserts of a text that is shown that it prints, that no name made a line of it, and that it commands no pipeline.
#[track_caller]
pub(crate) fn assert_harmless(shown: &str, from: &str) {
    assert_prints(shown, from);
    for line in shown.lines().map(str::trim_start) {
        let begins = ["::", "evil"].iter().find(|begins| line.starts_with(**begins));
        assert_eq!(begins, None, "{from}: {shown}");
        assert!(!line.contains("##[") && !line.contains("##vso["), "{from}: {shown}");
    }
}

/// The same of a text with colours: nothing else begins with an escape, and no colour but ours.
#[track_caller]
pub(crate) fn assert_coloured(shown: &str, from: &str) {
    let mut parts = shown.split("\x1b[");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').unwrap_or_else(|| panic!("{from}: {shown:?}"));
        assert!(code != "45;7" && code.bytes().all(|b| b.is_ascii_digit() || b == b';'), "{from}: {shown:?}");
        bare.push_str(rest);
    }
    assert_harmless(&bare, from);
}

/// A text as JSON and scripts take it, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut halves = text.encode_utf16().map(|half| format!("\\u{half:04x}"));
    format!("\"{}\"", halves.by_ref().collect::<String>())
}
