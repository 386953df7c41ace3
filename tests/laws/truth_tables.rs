//! The truth tables of B.3, row by row, for every operator, asked as requests of a batch.

use iamwhy::batch::Batch;
use iamwhy::policy::{Operator, OperatorFamily};
use iamwhy::world::World;
use serde_json::{Value, json};

/// What the request carries for the key: `m` matches the policy's value, `n` does not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    /// Not in the request, or null, or an empty list, or a list of nothing but an empty string (B12).
    Absent,
    One(char),
    /// A multivalued key.
    Many(&'static [char]),
}

const ROWS: [Row; 9] = [
    Row::Absent,
    Row::One('m'),
    Row::One('n'),
    Row::Many(&['m']),
    Row::Many(&['n']),
    Row::Many(&['m', 'n']),
    Row::Many(&['n', 'm']),
    Row::Many(&['m', 'm']),
    Row::Many(&['n', 'n']),
];

/// The tables of B.3: a letter for each row, in the order of [`ROWS`].
const TABLES: [(&str, bool, bool, &str); 12] = [
    // set operator, negated, IfExists: absent, m, n, [m], [n], [m n], [n m], [m m], [n n]
    ("", false, false, "FTFTFFFFF"),
    ("", true, false, "TFTFTFFFF"),
    ("", false, true, "TTFTFFFFF"),
    ("", true, true, "TFTFTFFFF"),
    ("ForAllValues:", false, false, "TTFTFFFTF"),
    ("ForAllValues:", true, false, "TFTFTFFFT"),
    ("ForAllValues:", false, true, "TTFTFFFTF"),
    ("ForAllValues:", true, true, "TFTFTFFFT"),
    ("ForAnyValue:", false, false, "FTFTFTTTF"),
    ("ForAnyValue:", true, false, "FFTFTTTFT"),
    ("ForAnyValue:", false, true, "FTFTFTTTF"),
    ("ForAnyValue:", true, true, "FFTFTTTFT"),
];

/// A value of the policy, a value of a request that matches it, one that does not, and a value of the policy that
/// matches neither. For negated operators: under their positive twin.
fn values(operator: Operator) -> [&'static str; 4] {
    use Operator as O;
    match operator {
        O::StringEquals | O::StringNotEquals => ["a*", "a*", "ab", "A*"],
        O::StringEqualsIgnoreCase | O::StringNotEqualsIgnoreCase => ["Ab", "aB", "abc", "a*"],
        O::StringLike | O::StringNotLike => ["a*c?", "ab/c:cd", "abc", "A*"],
        O::NumericEquals | O::NumericNotEquals => ["5", "5.0", "6", "-5"],
        O::NumericLessThan => ["5", "4", "5", "3.5"],
        O::NumericLessThanEquals => ["5", "5", "6", "4"],
        O::NumericGreaterThan => ["5", "5.1", "5", "7"],
        O::NumericGreaterThanEquals => ["5", "5", "-6", "6"],
        O::DateEquals | O::DateNotEquals => ["2030-01-01T01:00:00+01:00", "1893456000", "2030-01-02", "2031"],
        O::DateLessThan => ["2025-01", "2024-12-31T23:59:59Z", "1735689600", "2023"],
        O::DateLessThanEquals => ["2025-01-01", "2025", "2025-01-01T00:00:01Z", "2024"],
        O::DateGreaterThan => ["2025", "2025-01-01T00:00:00.5Z", "2025-01-01", "2027"],
        O::DateGreaterThanEquals => ["2025", "2025-01", "2024-12-31", "2026"],
        O::Bool => ["true", "True", "false", ""],
        O::BinaryEquals => ["QUJD", "QUJD", "QUJE", "QUJF"],
        O::IpAddress | O::NotIpAddress => ["10.0.0.0/8", "10.1.2.3", "2001:db8::1", "11.0.0.0/8"],
        O::ArnEquals | O::ArnNotEquals | O::ArnLike | O::ArnNotLike => [
            "arn:aws:iam::*:role/?", "arn:aws:iam::1:role/R", "arn:aws:iam::1:x:role/R",
            "arn:aws:iam::*:Role/?",
        ],
        O::Null => ["", "", "", ""],
    }
}

#[test]
fn every_operator_follows_its_truth_table() {
    let mut asked = 0;
    for operator in Operator::ALL.iter().copied().filter(|operator| *operator != Operator::Null) {
        let tables = TABLES.iter().filter(|(_, negated, ..)| *negated == operator.is_negated());
        for (set, _, if_exists, table) in tables {
            let suffix = if *if_exists { "IfExists" } else { "" };
            let name = format!("{set}{}{suffix}", operator.as_str());
            for (row, letter) in ROWS.into_iter().zip(table.chars()) {
                asked += hold_row(&name, operator, row, letter == 'T');
            }
        }
    }
    assert_eq!(asked, 7344);
}

/// A row with every way to write it: as values of the policy and as values of the request.
fn hold_row(name: &str, operator: Operator, row: Row, expected: bool) -> u32 {
    let [p, .., other] = values(operator);
    let mut lists = vec![json!(p), json!([p])];
    if operator.family() != OperatorFamily::Bool {
        lists.extend([json!([p, other]), json!([other, p])]); // B1
    }
    let mut asked = 0;
    for list in lists {
        for given in given(row, operator) {
            let condition = json!({name: {"x:k": list}});
            hold(&condition, given.as_ref(), expected);
            asked += 1;
        }
    }
    asked
}

/// The ways to carry a row: `None` leaves the key out.
fn given(row: Row, operator: Operator) -> Vec<Option<Value>> {
    let [_, m, n, _] = values(operator);
    let value = |letter: &char| if *letter == 'm' { json!(m) } else { json!(n) };
    match row {
        Row::Absent => vec![None, Some(json!(null)), Some(json!([])), Some(json!([""]))],
        Row::One(letter) => vec![Some(value(&letter))],
        Row::Many(letters) => vec![Some(letters.iter().map(value).collect())],
    }
}

/// B12, B13.
#[test]
fn null_tests_presence() {
    let absent = [None, Some(json!(null)), Some(json!([])), Some(json!([""]))];
    let present =
        [json!("v"), json!(""), json!(0), json!(false), json!(["v"]), json!(["", "v"]), json!(["", ""])];
    let rows = absent.into_iter().map(|given| (given, true));
    let rows = rows.chain(present.into_iter().map(|given| (Some(given), false)));
    for (given, is_absent) in rows {
        let hold = |operator: &str, value: Value, expected| {
            hold(&json!({operator: {"x:k": value}}), given.as_ref(), expected);
        };
        for (text, wants) in [("true", true), ("True", true), ("false", false)] {
            hold("Null", json!(text), is_absent == wants);
            hold("Null", json!([text]), is_absent == wants);
            hold("ForAllValues:Null", json!(text), true);
            hold("ForAnyValue:Null", json!(text), false);
        }
        hold("Null", json!(true), is_absent);
        hold("Null", json!(["true", "false"]), true);
        hold("Null", json!("maybe"), false);
    }
}

/// A9: a key with an empty list of values.
#[test]
fn an_empty_list_of_values_matches_absence_at_most() {
    for operator in Operator::ALL.iter().filter(|o| !o.is_negated() && **o != Operator::Null) {
        let [_, m, ..] = values(*operator);
        for (set, suffix, if_absent) in [
            ("", "", false),
            ("", "IfExists", true),
            ("ForAllValues:", "", true),
            ("ForAllValues:", "IfExists", true),
            ("ForAnyValue:", "", false),
            ("ForAnyValue:", "IfExists", false),
        ] {
            let condition = json!({format!("{set}{}{suffix}", operator.as_str()): {"x:k": []}});
            hold(&condition, None, if_absent);
            hold(&condition, Some(&json!(m)), false);
            hold(&condition, Some(&json!([m])), false);
        }
    }
}

/// B7, B11, H.2-13: what is not of the operator's type matches nothing, nor does it differ.
#[test]
fn values_of_the_wrong_type_fail() {
    for operator in Operator::ALL {
        let typed = [OperatorFamily::Numeric, OperatorFamily::Date, OperatorFamily::Bool];
        if typed.contains(&operator.family()) {
            let [p, m, ..] = values(*operator);
            for suffix in ["", "IfExists"] {
                let name = format!("{}{suffix}", operator.as_str());
                hold(&json!({&name: {"x:k": p}}), Some(&json!("no such thing")), false);
                hold(&json!({&name: {"x:k": "no such thing"}}), Some(&json!(m)), false);
            }
        }
    }
}

/// B18: the switch by which a multivalued key never matches without a set operator.
#[test]
fn a_multivalued_key_never_matches_when_switched_so() {
    for operator in Operator::ALL.iter().filter(|o| **o != Operator::Null) {
        let [p, m, n, _] = values(*operator);
        for given in [m, n] {
            for suffix in ["", "IfExists"] {
                let mut request =
                    request(&json!({format!("{}{suffix}", operator.as_str()): {"x:k": p}}), "Allow");
                request["context"] = json!({"x:k": [given]});
                request["settings"] = json!({"single_value_without_set_operator": "off"});
                assert_eq!(decision(&request), "implicitDeny", "{request}");
            }
        }
    }
}

/// A49b: a variable that does not resolve is no value: others of the list still count, and it makes nothing fail.
#[test]
fn unresolved_variables_are_no_values() {
    let families = [OperatorFamily::String, OperatorFamily::Arn];
    for operator in Operator::ALL.iter().filter(|operator| families.contains(&operator.family())) {
        let [p, m, n, _] = values(*operator);
        let negated = operator.is_negated();
        let hold = |list: Value, given: &str, matches: bool| {
            let condition = json!({operator.as_str(): {"x:k": list}});
            hold(&condition, Some(&json!(given)), matches != negated);
        };
        hold(json!("${x:none}"), m, false);
        hold(json!(["${x:none}", p]), m, true);
        hold(json!([p, "${x:none}"]), m, true);
        hold(json!(["${x:none}", p]), n, false);
    }
}

/// Holds a condition in a statement that allows, and in one that denies.
#[track_caller]
fn hold(condition: &Value, given: Option<&Value>, expected: bool) {
    for (effect, holds, fails) in [("Allow", "allowed", "implicitDeny"), ("Deny", "explicitDeny", "allowed")]
    {
        let mut request = request(condition, effect);
        if let Some(given) = given {
            request["context"] = json!({"X:K": given});
        }
        let wanted = if expected { holds } else { fails };
        assert_eq!(decision(&request), wanted, "{condition} with {given:?}: {request}");
    }
}

fn request(condition: &Value, effect: &str) -> Value {
    let tested = json!({"Effect": effect, "Action": "s3:GetObject", "Resource": "*", "Condition": condition});
    let mut statements = vec![tested];
    if effect == "Deny" {
        statements.push(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    }
    json!({"principal": "arn:aws:iam::111122223333:user/u", "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/k",
        "policies": {"identity": [{"Version": "2012-10-17", "Statement": statements}]}})
}

fn decision(request: &Value) -> String {
    let mut out = String::new();
    let world = World::new();
    Batch::new(&world, 1_795_392_000, "requests").answer(&request.to_string(), 1, &mut out);
    let answer: Value = serde_json::from_str(&out).expect("an answer is JSON");
    answer["decision"].as_str().map_or(out, str::to_owned)
}
