//! Wildcards cover what they say, and of any length in time that grows no faster than n log n.

use iamwhy::names::{glob, glob_fold, overlap};

use crate::targets::names;

/// Numbers that look like chance and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }
}

fn covers(pattern: &str, text: &[char]) -> bool {
    names::covers(pattern, text, |a, b| a == b)
}

/// A pattern that nearly covers a text: pieces of it, some characters of which are left open.
fn nearly(text: &[char], numbers: &mut Numbers) -> String {
    let mut pattern = String::from("*");
    let mut at = numbers.below(20) as usize;
    while let Some(own) = text.get(at) {
        match numbers.below(1_000) {
            0..2 => {
                pattern.push('*');
                at += numbers.below(30) as usize;
                continue;
            }
            2 => pattern.push('b'),
            3..300 => pattern.push('?'),
            _ => pattern.push(*own),
        }
        at += 1;
    }
    if numbers.below(2) == 0 { pattern + "*" } else { pattern }
}

#[test]
fn long_patterns_cover_what_they_say() {
    let mut numbers = Numbers(88_172_645_463_325_252);
    let mut found = [0, 0];
    for letters in [['a', 'a', 'b'], ['a', 'é', 'þ'], ['é', '𝄞', 'b']].iter().cycle().take(60) {
        let length = numbers.below(1_000);
        let text: Vec<char> = (0..length).map(|_| letters[numbers.below(20).min(2) as usize]).collect();
        let pattern = nearly(&text, &mut numbers);
        let (covered, text) = (covers(&pattern, &text), text.iter().collect::<String>());
        assert_eq!(glob(&pattern, &text), covered, "{pattern} {text}");
        assert_eq!(glob_fold(&pattern.to_uppercase(), &text.to_uppercase()), covered, "{pattern} {text}");
        found[usize::from(covered)] += 1;
    }
    assert!(found[0] > 5 && found[1] > 5, "{found:?}");
}

/// Patterns that cost a matcher that goes back a text length for each of its bytes.
fn costly(length: usize) -> [(String, String); 6] {
    let text = "a".repeat(length);
    [
        format!("*{}b", "a".repeat(length / 2)),
        format!("*{}b*", "a".repeat(length / 2)),
        format!("*{}b*", "?".repeat(length / 2)),
        format!("*{}b*", "a?".repeat(length / 4)),
        format!("{}b", "*a?a?a?a?a?a?".repeat(length / 26)),
        format!("*{}", "*?".repeat(length + 1)),
    ]
    .map(|pattern| (pattern, text.clone()))
}

/// With a step for each byte of the pattern and each of the text it would be 10^10 steps.
#[test]
fn patterns_that_make_others_go_back_end() {
    for (pattern, text) in costly(100_000) {
        assert!(!glob(&pattern, &text), "{}", &pattern[..8]);
        assert!(!glob_fold(&pattern, &text), "{}", &pattern[..8]);
    }
}

#[test]
fn patterns_that_a_variable_is_part_of_end_too() {
    use iamwhy::{Principal, Question, World};
    let statement = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*${aws:username}PATTERN"}}"#;
    let alice: Principal = "arn:aws:iam::111122223333:user/a".parse().expect("a principal");
    let arn = format!("arn:aws:s3:::b/{}", "a".repeat(100_000));
    for (end, allowed) in [("b*", false), ("*", true)] {
        let pattern = format!("{}{end}", "a?".repeat(20_000));
        let question = Question::new(alice.clone(), "s3:GetObject").on(&*arn);
        let question = question.policy("Long", &statement.replace("PATTERN", &pattern));
        assert_eq!(question.ask(&World::new()).expect("good").decision.is_allowed(), allowed);
    }
}

#[test]
fn two_patterns_overlap_where_one_text_is_covered_by_both() {
    let all = [
        "", "*", "?", "a", "a*", "*a", "a*b", "a?*", "*a*b*", "??", "ab", "b*a", "*?b", "a*a", "?b?", "*ab*",
    ];
    let texts: Vec<Vec<char>> = (0..=6_u32)
        .flat_map(|length| (0..1 << length).map(move |bits| (length, bits)))
        .map(|(length, bits)| (0..length).map(|at| if bits >> at & 1 == 1 { 'a' } else { 'b' }).collect())
        .collect();
    for one in all {
        for other in all {
            let both = texts.iter().any(|text| covers(one, text) && covers(other, text));
            assert_eq!(overlap(one, other), both, "{one} {other}");
        }
    }
}
