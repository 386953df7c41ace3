//! Messages of an assistant: each request gets one answer, which is JSON on one line.

use std::sync::LazyLock;

use iamwhy::commands;
use iamwhy::mcp::{Workplace, serve};
use iamwhy::session::Session;
use serde_json::Value;

use super::shown::is_tame;

static START: LazyLock<Session> = LazyLock::new(commands::session);

/// Answers messages; nothing outside is there to be read.
pub(super) fn mcp(data: &[u8]) {
    let mut place = Workplace { start: &START, outside: &mut () };
    let mut answers = Vec::new();
    serve(&mut place, &mut &*data, &mut answers).expect("memory takes everything");
    let answers = String::from_utf8(answers).expect("UTF-8");
    let messages = data.split(|byte| *byte == b'\n').count();
    assert!(answers.lines().count() <= messages, "{answers}");
    for answer in answers.lines() {
        is_tame(answer);
        let answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
        assert!(answer.get("result").is_some() != answer.get("error").is_some(), "{answer}");
    }
}
