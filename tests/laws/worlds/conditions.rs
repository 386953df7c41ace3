//! Random conditions, and context for them.

use serde_json::{Map, Value, json};

use super::Tape;

/// A key that worlds talk about.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What a request may give for it, as JSON.
    pub(crate) given: &'static [&'static str],
    /// What policies compare it with.
    values: &'static [&'static str],
    operators: &'static [&'static str],
}

const STRINGS: &[&str] = &[
    "StringEquals", "StringLike", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotLike",
    "StringNotEqualsIgnoreCase",
];
const BOOLS: &[&str] = &["Bool", "StringEquals"];
const ARNS: &[&str] = &["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals", "StringLike", "StringEquals"];
const NUMBERS: &[&str] = &[
    "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
    "NumericGreaterThanEquals",
];
const DATES: &[&str] = &[
    "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
    "DateGreaterThanEquals",
];

/// The keys of the tests. What the worlds give is never of the wrong type, but for numbers (B7).
pub(crate) static KEYS: [Key; 36] = [
    Key {
        name: "aws:PrincipalTag/t",
        given: &["null", r#""u""#, r#""x""#, r#""""#, r#""U*""#],
        values: &["u", "x", "U*", "?", "${aws:username}", "${aws:PrincipalTag/s, 'x'}", "${*}"],
        operators: STRINGS,
    },
    Key {
        name: "s3:prefix",
        given: &[r#""a""#, r#""ab""#, r#""a*""#, r#""""#],
        values: &["a", "a*", "a${*}", "${aws:PrincipalTag/t}*", "A", "${aws:TagKeys}"],
        operators: STRINGS,
    },
    Key {
        name: "aws:TagKeys",
        given: &["[]", r#"["a"]"#, r#"["a", "b"]"#, r#"[""]"#, r#"["", "a"]"#, r#""a""#],
        values: &["a", "b", "A*", ""],
        operators: STRINGS,
    },
    Key {
        name: "aws:RequestTag/a",
        given: &[r#""1""#, r#""2""#, "null"],
        values: &["1", "${aws:RequestTag/a}", "2"],
        operators: STRINGS,
    },
    Key {
        name: "aws:ResourceTag/a",
        given: &[r#""1""#, r#""2""#, "null"],
        values: &["1", "${aws:RequestTag/a}", "2"],
        operators: STRINGS,
    },
    Key {
        name: "ec2:ResourceTag/a",
        given: &[r#""1""#, r#""2""#, "null"],
        values: &["1", "${aws:ResourceTag/a}", "2"],
        operators: STRINGS,
    },
    Key {
        name: "secretsmanager:ResourceTag/a",
        given: &[],
        values: &["1", "${aws:ResourceTag/a}", "2"],
        operators: STRINGS,
    },
    Key {
        name: "ssm:resourceTag/a",
        given: &[],
        values: &["1", "${aws:ResourceTag/a}", "2"],
        operators: STRINGS,
    },
    Key {
        name: "aws:PrincipalArn",
        given: &["null"],
        values: &[
            "arn:aws:iam::111111111111:user/u", "arn:aws:iam::*:role/*", "arn:aws:iam::*:root",
            "arn:aws:iam::111111111111:*", "arn:aws:iam::${aws:PrincipalAccount}:user/?", "arn:aws:iam",
        ],
        operators: ARNS,
    },
    Key {
        name: "aws:PrincipalAccount",
        given: &[],
        values: &["111111111111", "${aws:ResourceAccount}", "anonymous", "1*"],
        operators: STRINGS,
    },
    Key {
        name: "aws:PrincipalType",
        given: &[],
        values: &["User", "account", "Assumed*"],
        operators: STRINGS,
    },
    Key {
        name: "aws:PrincipalOrgPaths",
        given: &[r#"["o-1/r-1/ou-1/"]"#, r#"["o-1/r-1/", "o-1/r-1/ou-1/"]"#],
        values: &["o-1/r-1/", "o-1/*", "o-1/r-1/ou-1/"],
        operators: STRINGS,
    },
    Key {
        name: "aws:SourceIp",
        given: &[r#""10.1.2.3""#, r#""2001:db8::1""#],
        values: &["10.0.0.0/8", "10.1.2.3", "2001:db8::/32", "10.9.9.9/9", "2001:0db8:0:0::1"],
        operators: &["IpAddress", "NotIpAddress", "StringEquals"],
    },
    Key {
        name: "aws:MultiFactorAuthPresent",
        given: &["true", r#""false""#, "null"],
        values: &["true", "false", "True"],
        operators: BOOLS,
    },
    Key { name: "aws:PrincipalIsAWSService", given: &[], values: &["true", "false"], operators: BOOLS },
    Key {
        name: "s3:max-keys",
        given: &["10", r#""10.0""#, "-3", r#""x""#],
        values: &["10", "9.5", "-3", "+10.00"],
        operators: NUMBERS,
    },
    Key {
        name: "aws:CurrentTime",
        given: &[r#""2027-01-01T00:00:00Z""#],
        values: &["2026-11-23T00:00:00Z", "1893456000", "2027", "2026-11", "2026-11-24"],
        operators: DATES,
    },
    Key {
        name: "aws:TokenIssueTime",
        given: &[r#""2026-01-01T00:00:00Z""#, "null"],
        values: &["2026-11-23T00:00:00Z", "2026-06"],
        operators: DATES,
    },
    Key {
        name: "aws:SourceArn",
        given: &[
            r#""arn:aws:sns:us-east-1:111111111111:n:x""#, r#""arn:aws:iam::111111111111:user/u""#,
            r#""arn:aws""#,
        ],
        values: &[
            "arn:aws:sns:*:111111111111:*", "arn:aws:sns:us-east-1:111111111111:n:x", "${aws:PrincipalArn}",
        ],
        operators: ARNS,
    },
    Key {
        name: "x:bin",
        given: &[r#""QUJD""#, r#""QUJE""#],
        values: &["QUJD", "QUJE"],
        operators: &["BinaryEquals", "StringEquals"],
    },
    Key {
        name: "aws:PrincipalOrgID",
        given: &[],
        values: &["o-eastexample", "o-westexample", "o-*", "${aws:ResourceOrgID}"],
        operators: STRINGS,
    },
    Key {
        name: "aws:ResourceOrgID",
        given: &[],
        values: &["o-eastexample", "o-westexample", "${aws:PrincipalOrgID}"],
        operators: STRINGS,
    },
    Key {
        name: "aws:VpceOrgID",
        given: &[],
        values: &["o-eastexample", "o-*", "${aws:PrincipalOrgID}"],
        operators: STRINGS,
    },
    Key {
        name: "aws:VpceOrgPaths",
        given: &[],
        values: &["o-eastexample/*", "o-westexample/*", "o-*/"],
        operators: STRINGS,
    },
    Key { name: "aws:SourceVpc", given: &[], values: &["vpc-1", "vpc-2", "vpc-?"], operators: STRINGS },
    Key { name: "iam:ResourceTag/a", given: &[], values: &["1", "2"], operators: STRINGS },
    Key { name: "s3:BucketTag/a", given: &[], values: &["1", "2"], operators: STRINGS },
    Key { name: "s3:ExistingObjectTag/a", given: &[], values: &["1", "2"], operators: STRINGS },
    Key { name: "s3tables:TableBucketTag/a", given: &[], values: &["1", "2"], operators: STRINGS },
    Key { name: "s3vectors:VectorBucketTag/a", given: &[], values: &["1", "2"], operators: STRINGS },
    Key {
        name: "aws:FederatedProvider",
        given: &[],
        values: &["arn:aws:iam::111111111111:oidc-provider/p", "arn:aws:iam::*:oidc-provider/?", "p"],
        operators: STRINGS,
    },
    Key {
        name: "aws:PrincipalServiceNamesList",
        given: &[],
        values: &["sns.amazonaws.com", "sns.us-east-1.amazonaws.com", "sns.*", "ec2.amazonaws.com"],
        operators: STRINGS,
    },
    Key { name: "aws:SourceVpce", given: &[], values: &["vpce-1", "vpce-2", "vpce-*"], operators: STRINGS },
    Key {
        name: "aws:VpceAccount",
        given: &[],
        values: &["111111111111", "${aws:PrincipalAccount}", "222222222222"],
        operators: STRINGS,
    },
    Key {
        name: "aws:SourceVpcArn",
        given: &[],
        values: &["arn:aws:ec2:*:111111111111:vpc/vpc-1", "arn:aws:ec2:*:*:vpc/vpc-2"],
        operators: ARNS,
    },
    Key { name: "aws:username", given: &[], values: &["u", "U", "${aws:username}", "v"], operators: STRINGS },
];

/// Random context for the keys.
pub(crate) fn context(tape: &mut Tape) -> Map<String, Value> {
    let mut context = Map::new();
    for key in KEYS.iter().filter(|key| !key.given.is_empty()) {
        if tape.one_in(3) {
            let given = tape.of(key.given);
            let value = serde_json::from_str(given).expect("the value of a key is JSON");
            context.insert(in_some_case(tape, key.name), value);
        }
    }
    context
}

/// A random condition, more often none.
pub(crate) fn condition(tape: &mut Tape) -> Option<Value> {
    let tests = [0, 0, 1, 1, 2][tape.below(5)];
    let mut condition = Map::new();
    for _ in 0..tests {
        let key = any_key(tape);
        let (operator, values) = test(tape, key);
        let block = condition.entry(operator).or_insert_with(|| json!({}));
        let block = block.as_object_mut().expect("a block is an object");
        let name = in_some_case(tape, key.name);
        if !block.keys().any(|known| known.eq_ignore_ascii_case(&name)) {
            block.insert(name, values);
        }
    }
    (!condition.is_empty()).then_some(Value::Object(condition))
}

fn any_key(tape: &mut Tape) -> &'static Key {
    let topic = tape.topic();
    let named = topic.map(|topic| KEYS.iter().find(|key| key.name == topic).expect("a key of the tests"));
    named.unwrap_or_else(|| &KEYS[tape.below(KEYS.len())])
}

fn test(tape: &mut Tape, key: &Key) -> (String, Value) {
    if tape.one_in(8) {
        let set = tape.of(&["", "", "", "ForAllValues:", "ForAnyValue:"]);
        return (format!("{set}Null"), json!(tape.of(&["true", "false"])));
    }
    let operator = tape.of(key.operators);
    // B7 does not say what negated comparisons of no numbers do under set operators.
    let sets = if operator == "NumericNotEquals" { 1 } else { 6 };
    let set = ["", "", "", "", "ForAllValues:", "ForAnyValue:"][tape.below(sets)];
    let suffix = tape.of(&["", "", "IfExists"]);
    let value = tape.of(key.values);
    let values = if tape.one_in(3) { json!([value, tape.of(key.values)]) } else { json!(value) };
    (format!("{set}{operator}{suffix}"), values)
}

fn in_some_case(tape: &mut Tape, name: &str) -> String {
    match tape.below(4) {
        2 => name.to_uppercase(),
        3 => name.to_lowercase(),
        _ => name.to_owned(),
    }
}
