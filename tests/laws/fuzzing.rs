//! Whatever comes, the promises hold: each target takes all of its corpus, and changed pieces of it.
//!
//! It is the fuzzer of `tests/fuzz` in short, without its eyes: what that finds is kept in the corpus, so that it is
//! tried here from then on.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::targets::{TARGETS, Target};

/// How many changed inputs each target is given.
const CHANGED: usize = 300;

/// The most bytes of a changed input.
const LONGEST: usize = 4096;

/// What is put in: what means something to one of the languages or to a terminal.
const PIECES: [&str; 24] = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", " ", "*", "?", "${", "'", "#", "=", "\u{1b}[2J", "\u{0}",
    "\u{85}", "\u{202e}", "\u{7f}", "\\u0000", "\u{e9}", "</script>",
];

#[test]
fn names_hold_what_they_promise() {
    hold("names");
}

#[test]
fn policies_hold_what_they_promise() {
    hold("policy");
}

#[test]
fn scripts_hold_what_they_promise() {
    hold("script");
}

#[test]
fn lines_of_a_batch_hold_what_they_promise() {
    hold("batch-line");
}

#[test]
fn dumps_hold_what_they_promise() {
    hold("dump");
}

#[test]
fn keys_at_the_prompt_hold_what_they_promise() {
    hold("keys");
}

#[test]
fn pages_hold_what_they_promise() {
    hold("html");
}

#[test]
fn messages_of_an_assistant_hold_what_they_promise() {
    hold("mcp");
}

#[test]
fn requests_of_clients_hold_what_they_promise() {
    hold("http");
}

#[test]
fn texts_of_aws_hold_what_they_promise() {
    hold("recognise");
}

#[test]
fn two_evaluators_decide_alike() {
    hold("two-evaluators");
}

#[test]
fn every_target_has_a_corpus_and_a_test() {
    let text = include_str!("fuzzing.rs");
    for (name, _) in TARGETS {
        assert!(!corpus(name).is_empty(), "{name}");
        assert!(text.contains(&format!("    hold(\"{name}\");")), "{name}");
    }
}

/// The target takes its corpus and changes of it; what it does not take is shown.
fn hold(name: &str) {
    let target: Target = *TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    let corpus = corpus(name);
    corpus.iter().for_each(|input| take(target, input));
    let mut dice = Dice(7);
    for _ in 0..CHANGED {
        let mut input = dice.one_of(&corpus).clone();
        (0..=dice.below(4)).for_each(|_| change(&mut input, &corpus, &mut dice));
        input.truncate(LONGEST);
        take(target, &input);
    }
}

fn take((name, target): Target, input: &[u8]) {
    let done = catch_unwind(AssertUnwindSafe(|| target(input)));
    assert!(done.is_ok(), "{name} does not take {:?}", String::from_utf8_lossy(input));
}

/// The files of a target's corpus, in order.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(&folder).expect(name).map(|file| file.expect(name).path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("readable")).collect()
}

/// Changes one place of an input.
fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(input.len() + 1);
    let end = (at + dice.below(9)).min(input.len());
    let put = match dice.below(5) {
        0 => Vec::new(),
        1 => vec![dice.below(256) as u8],
        2 => dice.one_of(&PIECES).as_bytes().repeat(1 + dice.below(3)),
        3 => input[at..end].repeat(2),
        _ => {
            let other = dice.one_of(corpus);
            let from = dice.below(other.len() + 1);
            other[from..].iter().take(40).copied().collect()
        }
    };
    input.splice(at..end, put);
}

/// Random numbers, the same ones each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
