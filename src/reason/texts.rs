//! Texts that tell apart all that patterns on one key tell apart.

use std::collections::HashSet;

use super::dimension::TestOf;
use crate::compile::OperandView;
use crate::names::{FoundText, Letter, LetterSet, TextSet, find_text};
use crate::policy::OperatorFamily;
use crate::world::Prepared;

/// How many beginnings of a text are looked at, at most.
const STEPS: usize = 20_000;

/// How many parts the texts of a key are divided into, at most.
const PARTS: usize = 512;

/// A part of all texts: those inside of some patterns and outside of the others.
struct PartOfTexts {
    inside: Vec<usize>,
    outside: Vec<usize>,
    example: String,
}

/// An example of every part into which the tests of a key divide all texts, and whether these are all parts.
pub(super) fn told_apart(tests: &[TestOf<'_>], request: &Prepared<'_>) -> (Vec<String>, bool) {
    let (mut literals, mut patterns) = (Vec::new(), Vec::new());
    let mut is_complete = true;
    let mut seen = HashSet::new();
    for of in tests {
        let family = of.test.operator.operator.family();
        if !matches!(family, OperatorFamily::String | OperatorFamily::Arn) {
            continue;
        }
        for operand in of.policy.operands(of.test) {
            let Some(words) = of.policy.operand_words(of.test, operand, request) else { continue };
            if !seen.insert(words.clone()) {
                continue;
            }
            if let Some(only) = words.only() {
                literals.push(only);
            } else {
                // An exact text in another letter case is a value of its own.
                if let OperandView::Text(text) = operand.view(of.policy) {
                    literals.extend((!crate::names::has_wildcard(text)).then(|| text.to_owned()));
                }
                patterns.push(words);
            }
        }
    }
    let all = TextSet::of(vec![Letter::one(LetterSet::ANY), Letter::run(LetterSet::ANY)]);
    let taken: HashSet<&str> = literals.iter().map(String::as_str).collect();
    let mut parts = vec![PartOfTexts { inside: vec![], outside: vec![], example: "x".to_owned() }];
    let example = |inside: &[usize], outside: &[usize]| {
        let inside: Vec<&TextSet> =
            std::iter::once(&all).chain(inside.iter().map(|at| &patterns[*at])).collect();
        untaken(&inside, outside.iter().map(|at| &patterns[*at]).collect(), &taken)
    };
    parts[0].example = match example(&[], &[]) {
        FoundText::Word(word) => word,
        _ => "x".to_owned(),
    };
    for number in 0..patterns.len() {
        let mut divided = Vec::new();
        for part in parts {
            let with = [&part.inside[..], &[number]].concat();
            let without = [&part.outside[..], &[number]].concat();
            for (inside, outside) in [(with, part.outside.clone()), (part.inside.clone(), without)] {
                match example(&inside, &outside) {
                    FoundText::Word(example) => divided.push(PartOfTexts { inside, outside, example }),
                    FoundText::None => {}
                    FoundText::GaveUp => is_complete = false,
                }
            }
        }
        is_complete &= divided.len() <= PARTS;
        divided.truncate(PARTS);
        parts = divided;
    }
    let examples: Vec<String> = parts.into_iter().map(|part| part.example).collect();
    literals.extend(examples);
    (literals, is_complete)
}

/// A text of a part that no test names exactly, where there is one.
fn untaken(inside: &[&TextSet], outside: Vec<&TextSet>, taken: &HashSet<&str>) -> FoundText {
    let mut exact: Vec<TextSet> = Vec::new();
    loop {
        let all: Vec<&TextSet> = outside.iter().copied().chain(&exact).collect();
        match find_text(inside, &all, STEPS) {
            FoundText::Word(word) if taken.contains(&*word) => exact.push(TextSet::text(&word)),
            found => return found,
        }
    }
}
