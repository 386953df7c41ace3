//! Whether one of two texts is probably the other, misspelt.

use crate::names::{Arn, glob};
use crate::source::LONGEST_WORD;

/// How many letters may differ, and how long a text is at least for each of them.
const LETTERS: usize = 2;
const LENGTH: usize = 5;

/// The shortest word in which a letter is taken for a slip: `a` and `b` are two things.
const WORD: usize = 4;

/// Whether two texts differ as a slip makes them: by upper and lower case, by a hyphen, by one or two letters, or by
/// digits that changed places. Other digits are another thing.
pub(super) fn is_misspelling(one: &str, other: &str) -> bool {
    let (folded, meant) = (folded(one), folded(other));
    if one == other || one.len().max(other.len()) > LONGEST_WORD || has_signs(one) || has_signs(other) {
        return false;
    }
    folded == meant
        || (digits(one) == digits(other) && differ_in_few(&folded, &meant) && is_in_words(one, other))
}

/// Whether two texts are misspelt, or ARNs that differ in nothing but the Region.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    is_misspelling(one, other) || differ_in_region(one, other)
}

/// Whether two names are of one thing in two stages, or of it and what it took the place of: `orders` and `orders-test`.
pub(super) fn differ_in_stage(one: &str, other: &str) -> bool {
    let is_stage = |word: &&str| STAGES.iter().any(|stage| stage.eq_ignore_ascii_case(word));
    let words = |text: &'_ str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        all.filter(|word| !is_stage(word)).map(str::to_owned).collect()
    };
    one != other && !has_signs(one) && !has_signs(other) && words(one) == words(other)
}

/// The words by which names of stages, and of what was before, differ; a queue or topic that keeps the order ends with `fifo`.
const STAGES: [&str; 16] = [
    "test", "testing", "dev", "development", "staging", "stage", "qa", "uat", "sandbox", "preprod", "prod",
    "production", "live", "old", "legacy", "fifo",
];

fn differ_in_region(one: &str, other: &str) -> bool {
    let (Some(own), Some(meant)) = (Arn::parse(one), Arn::parse(other)) else { return false };
    let is_named = |arn: &Arn<'_>| !arn.region().is_empty() && !has_signs(arn.region());
    own.region() != meant.region()
        && is_named(&own)
        && is_named(&meant)
        && own.with_field(3, meant.region()) == other
}

/// A name in a pattern that is misspelt, on one side or the other, where the pattern misses a text by that alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MisspeltName<'a> {
    /// As the pattern has it.
    pub(super) own: &'a str,
    /// As the text has it.
    pub(super) asked: &'a str,
}

/// The name by which alone a pattern misses a text, where the two look like one misspelt.
pub(super) fn misspelt_name<'a>(pattern: &'a str, text: &'a str) -> Option<MisspeltName<'a>> {
    let pairs = pattern.split(SEPARATORS).zip(text.split(SEPARATORS));
    let mut slips = pairs.filter(|(own, asked)| is_misspelling(own, asked));
    let (own, asked) = slips.next()?;
    glob(&with_name(pattern, own, asked), text).then_some(MisspeltName { own, asked })
}

/// A pattern with one name in the place of another.
pub(super) fn with_name(pattern: &str, own: &str, other: &str) -> String {
    let parts = pattern.split_inclusive(SEPARATORS);
    let named = parts.map(|part| match part.strip_suffix(SEPARATORS).unwrap_or(part) == own {
        true => part.replacen(own, other, 1),
        false => part.to_owned(),
    });
    named.collect()
}

/// What stands between the names of an ARN.
const SEPARATORS: [char; 2] = ['/', ':'];

/// Wildcards and variables stand for many things.
fn has_signs(text: &str) -> bool {
    text.contains(['*', '?', '$'])
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// The digits of a text, whatever their order.
fn digits(text: &str) -> Vec<char> {
    let mut found: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    found.sort_unstable();
    found
}

fn differ_in_few(one: &str, other: &str) -> bool {
    let distance = strsim::damerau_levenshtein(one, other);
    distance <= LETTERS && one.len().min(other.len()) >= LENGTH * distance
}

/// Whether the words that differ are long enough to be misspelt.
fn is_in_words(one: &str, other: &str) -> bool {
    let words = |text| str::split(text, |c: char| !c.is_ascii_alphanumeric());
    words(one).zip(words(other)).all(|(a, b)| a == b || a.len().min(b.len()) >= WORD)
}

#[cfg(test)]
mod tests {
    use super::{differ_in_stage, is_misspelling, is_slip, misspelt_name, with_name};

    #[test]
    fn an_arn_of_another_region_is_a_slip_too() {
        let topic = |region: &str, name: &str| format!("arn:aws:sns:{region}:111122223333:{name}");
        assert!(is_slip(&topic("eu-west-1", "trips"), &topic("eu-north-1", "trips")));
        assert!(!is_slip(&topic("eu-west-1", "trips"), &topic("eu-north-1", "other")));
        assert!(!is_slip(&topic("*", "trips"), &topic("eu-north-1", "trips")));
    }

    #[test]
    fn stages_of_one_thing_are_told_from_two_things() {
        assert!(differ_in_stage("dicom-landing-test", "dicom-landing"));
        assert!(differ_in_stage("orders-dev", "orders-prod"));
        assert!(!differ_in_stage("orders", "orders-mail") && !differ_in_stage("orders", "orders"));
    }

    #[test]
    fn of_an_arn_the_name_is_told_that_is_misspelt() {
        let table = |name: &str| format!("arn:aws:dynamodb:eu-west-2:111122223333:table/{name}");
        let (pattern, text) = (table("enrollments/index/*"), table("enrolments/index/by-term"));
        let found = misspelt_name(&pattern, &text).map(|name| (name.own, name.asked));
        assert_eq!(found, Some(("enrollments", "enrolments")));
        assert_eq!(with_name(&pattern, "enrollments", "enrolments"), table("enrolments/index/*"));
        assert_eq!(misspelt_name(&table("enrollments"), &text), None);
        assert_eq!(misspelt_name(&table("modules"), &table("enrolments")), None);
    }

    #[test]
    fn slips_are_told_from_other_things() {
        for (one, other) in [
            ("larkspur-0471-dict", "larkspur-0417-dict"),
            ("o-nf4x8g2tkz", "o-nf4x8g2tzk"),
            ("shop-events", "shop-event"),
            ("lake-raw", "lakeraw"),
            ("Ward", "ward"),
        ] {
            assert!(is_misspelling(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("ward-7", "ward-8"),
            ("eu-west-1", "eu-west-2"),
            ("us-east-1", "us-west-1"),
            ("bucket-a", "bucket-b"),
            ("prod", "prod"),
            ("skylark", "emberfall"),
            ("release/*", "release/1"),
            ("lambda.amazonaws.com", "ecs.amazonaws.com"),
        ] {
            assert!(!is_misspelling(one, other), "{one} {other}");
        }
    }
}
