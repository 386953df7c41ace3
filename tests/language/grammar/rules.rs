//! Grammars held to parsers: sentences are generated, and single characters of them changed.

use super::ebnf::{Expression, Grammar, Recogniser};

/// How many sentences are made of a grammar, and how many mutants of each.
const SENTENCES: usize = 1500;
const MUTANTS: usize = 4;

/// How deep productions are nested before the shortest way out is taken.
const DEPTH: usize = 24;

/// Holds a parser to a grammar: it accepts every sentence, and agrees with the recogniser on every mutant.
pub(crate) fn hold(grammar: &str, start: &str, accepts: impl Fn(&str) -> bool) {
    let grammar = Grammar::read(grammar);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut wrong = Vec::new();
    for _ in 0..SENTENCES {
        let sentence = sentence(&grammar, start, &mut random);
        if !Recogniser::accepts(&grammar, start, &sentence) {
            continue; // an exception took it out again
        }
        if !accepts(&sentence) {
            wrong.push(format!("refused: {sentence:?}"));
        }
        for _ in 0..MUTANTS {
            let mutant = mutant(&sentence, &mut random);
            let right = Recogniser::accepts(&grammar, start, &mutant);
            if accepts(&mutant) != right {
                wrong.push(format!("{} wrongly: {mutant:?}", if right { "refused" } else { "accepted" }));
            }
        }
    }
    wrong.sort_by_key(String::len);
    let shown: Vec<&str> = wrong.iter().take(12).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} disagreements, the shortest:\n{}", wrong.len(), shown.join("\n"));
}

fn sentence(grammar: &Grammar, start: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let start = Expression::Reference(start.into());
    generate(grammar, &start, DEPTH, random, &mut text);
    text
}

fn generate(
    grammar: &Grammar,
    expression: &Expression,
    depth: usize,
    random: &mut Random,
    text: &mut String,
) {
    match expression {
        Expression::Literal(literal) => text.push_str(literal),
        Expression::Class { not, ranges } => text.push(random.character(*not, ranges)),
        Expression::Reference(name) => {
            generate(grammar, &grammar.productions[name], depth.saturating_sub(1), random, text);
        }
        Expression::Sequence(all) => all.iter().for_each(|one| generate(grammar, one, depth, random, text)),
        Expression::Choice(all) => {
            // Below the limit the first alternative is taken: grammars put the simplest there.
            let choice = if depth == 0 { 0 } else { random.below(all.len()) };
            generate(grammar, &all[choice], depth, random, text);
        }
        Expression::Repeat(one, least, most) => {
            let more = if depth == 0 { 0 } else { random.below(3).min(most - least) };
            (0..least + more).for_each(|_| generate(grammar, one, depth, random, text));
        }
        Expression::Except(one, _) => generate(grammar, one, depth, random, text),
        Expression::Gap => text.push(' '),
    }
}

/// A sentence with one character left out, put in or replaced.
fn mutant(sentence: &str, random: &mut Random) -> String {
    let mut text: Vec<char> = sentence.chars().collect();
    let at = random.below(text.len() + 1);
    let own = text.get(random.below(text.len())).copied();
    let new = random.one_of(own);
    match random.below(3) {
        0 if at < text.len() => drop(text.remove(at)),
        1 if at < text.len() => text[at] = new,
        _ => text.insert(at, new),
    }
    text.into_iter().collect()
}

/// Characters that mean something to some grammar.
const TELLING: &str = "\"'{}[]()\\#=,:*?$/.-_ \t\n\raZ09uen\u{0}\u{a0}é";

/// A small generator of numbers, the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }

    fn one_of(&mut self, own: Option<char>) -> char {
        let telling: Vec<char> = TELLING.chars().chain(own).collect();
        telling[self.below(telling.len())]
    }

    fn character(&mut self, not: bool, ranges: &[(char, char)]) -> char {
        if !not {
            let (first, last) = ranges[self.below(ranges.len())];
            let width = (last as usize - first as usize + 1).min(96);
            return char::from_u32((first as usize + self.below(width)) as u32).unwrap_or(first);
        }
        let outside = |c: &char| !ranges.iter().any(|(first, last)| first <= c && c <= last);
        let found = (0..64).map(|_| self.one_of(Some('b'))).find(outside);
        found.unwrap_or('b')
    }
}

/// Some sentences of a production, each held to the recogniser.
pub(crate) fn sample(grammar: &str, start: &str, count: usize) -> Vec<String> {
    let grammar = Grammar::read(grammar);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let sentences = (0..count).map(|_| sentence(&grammar, start, &mut random));
    sentences.filter(|sentence| Recogniser::accepts(&grammar, start, sentence)).collect()
}
