//! Lines of a batch: each gets one answer, which is JSON on one line.

use std::sync::LazyLock;

use iamwhy::batch::Batch;
use iamwhy::commands;
use iamwhy::world::World;
use serde_json::Value;

use super::shown::is_tame;
use crate::worlds::NOW;

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let script = "account 111122223333\nuser alice\ngroup Devs members alice\nuser bob\nattach IAMReadOnlyAccess to user alice\n\
        role R trust {\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sts:AssumeRole\"}}\n\
        resource arn:aws:s3:::b owner 111122223333 policy {\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/*\"}}";
    commands::world(script).expect("a good script")
});

/// Answers lines, the same lines twice.
pub(super) fn batch_line(data: &[u8]) {
    let text = super::text(data);
    let mut batch = Batch::new(&WORLD, NOW, "requests");
    let mut answers = [String::new(), String::new()];
    for out in &mut answers {
        for (number, line) in text.split('\n').enumerate() {
            let before = out.len();
            batch.answer(line, number + 1, out);
            is_an_answer(&out[before..]);
        }
    }
    assert_eq!(answers[0], answers[1]);
}

fn is_an_answer(answer: &str) {
    assert_eq!(answer.find('\n'), Some(answer.len() - 1), "{answer:?}");
    is_tame(answer);
    let answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
    assert!(answer.get("decision").is_some() != answer.get("error").is_some(), "{answer}");
}
