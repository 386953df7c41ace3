//! What is said of all that patterns cover agrees with what is decided of each: worlds over few letters, so that the
//! patterns of policies and questions meet.

use iamwhy::commands;
use iamwhy::names::{Arn, glob};
use iamwhy::question::Question;
use iamwhy::reason::{AskedPattern, PatternOutcome, PatternVerdict, PublicAccess, PublicVerdict};
use iamwhy::world::{Principal, World};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::worlds::{Tape, cases, tapes};

pub(crate) const ACTIONS: [&str; 4] =
    ["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging", "s3:ListBucket"];
const ASKED: [&str; 5] = ["s3:GetObject", "s3:Get*", "s3:*Object", "s3:PutObject", "s3:*"];
const PATTERNS: [&str; 5] = ["s3:GetObject", "s3:Get*", "s3:*", "s3:PutObject", "*"];

/// How many requests are tried for each question.
const REQUESTS: usize = 60;

fn text(tape: &mut Tape, letters: &[char], least: usize) -> String {
    let length = least + tape.below(3);
    (0..length).map(|_| letters[tape.below(letters.len())]).collect()
}

pub(crate) fn resource(tape: &mut Tape, is_pattern: bool) -> String {
    let (bucket, key): (&[char], &[char]) = match is_pattern {
        true => (&['a', 'b', '*', '?'], &['a', 'b', '*', '?', '/']),
        false => (&['a', 'b'], &['a', 'b', '/']),
    };
    format!("arn:aws:s3:::{}/{}", text(tape, bucket, 1), text(tape, key, 1))
}

fn statement(tape: &mut Tape, principal: Option<Value>, bucket: Option<&str>) -> Value {
    let effect = if tape.below(3) == 0 { "Deny" } else { "Allow" };
    let action = if tape.below(6) == 0 { "NotAction" } else { "Action" };
    let element = if bucket.is_none() && tape.below(6) == 0 { "NotResource" } else { "Resource" };
    let pattern = match (bucket, tape.below(5)) {
        (Some(bucket), _) => {
            format!("arn:aws:s3:::{bucket}/{}", text(tape, &['a', 'b', '*', '?', '/'], 1))
        }
        (None, 0) => "*".to_owned(),
        (None, _) => resource(tape, true),
    };
    let action_pattern = match bucket {
        Some(_) => ["s3:GetObject", "s3:Get*", "s3:*"][tape.below(3)],
        None => PATTERNS[tape.below(PATTERNS.len())],
    };
    let mut statement = json!({"Effect": effect, action: action_pattern, element: pattern});
    if let Some(principal) = principal {
        statement["Principal"] = principal;
    }
    if tape.below(4) == 0 {
        let account = ["111122223333", "444455556666"][tape.below(2)];
        statement["Condition"] = json!({"StringEquals": {"aws:ResourceAccount": account}});
    }
    statement
}

pub(crate) fn policy(tape: &mut Tape) -> Value {
    let count = 1 + tape.below(3);
    json!({"Version": "2012-10-17", "Statement": (0..count).map(|_| statement(tape, None, None)).collect::<Vec<_>>()})
}

pub(crate) fn bucket_policy(tape: &mut Tape, bucket: &str) -> Value {
    let principals = [
        json!("*"),
        json!({"AWS": "111122223333"}),
        json!({"AWS": "arn:aws:iam::111122223333:user/bob"}),
        json!({"AWS": "arn:aws:iam::111122223333:root"}),
    ];
    let count = 1 + tape.below(2);
    let statements: Vec<Value> = (0..count)
        .map(|_| {
            let principal = principals[tape.below(4)].clone();
            statement(tape, Some(principal), Some(bucket))
        })
        .collect();
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// A user with policies of its own and of a group, under a boundary and an SCP at times, beside buckets of its account
/// and of another.
pub(crate) fn declarations(tape: &mut Tape) -> Vec<String> {
    let mut lines = vec![
        "account 999988887777".to_owned(),
        "account 444455556666".to_owned(),
        "account 111122223333".to_owned(),
        "user bob".to_owned(),
        format!("policy P {}", policy(tape)),
        "attach P to user bob".to_owned(),
        "group g members bob".to_owned(),
        format!("inline Q on group g {}", policy(tape)),
    ];
    if tape.below(3) == 0 {
        lines.push(format!("policy B {}", policy(tape)));
        lines.push("boundary B on user bob".to_owned());
    }
    for (bucket, owner) in [("a", "111122223333"), ("b", "444455556666"), ("ab", "111122223333")] {
        match tape.below(3) {
            0 => {}
            1 => lines.push(format!("resource arn:aws:s3:::{bucket} owner {owner}")),
            _ => {
                let policy = bucket_policy(tape, bucket);
                lines.push(format!("resource arn:aws:s3:::{bucket} owner {owner} policy {policy}"));
            }
        }
    }
    if tape.below(3) == 0 {
        lines.push("organization o-exampleorg management 999988887777".to_owned());
        lines.push("move account 111122223333 to organization-root".to_owned());
        lines.push(format!("scp S {}", policy(tape)));
        lines.push("attach S to account 111122223333".to_owned());
        if tape.below(2) == 0 {
            lines.push("detach FullAWSAccess from account 111122223333".to_owned());
        }
    }
    lines
}

pub(crate) fn declared(lines: &[String]) -> World {
    let script = lines.join("\n");
    commands::world(&script).unwrap_or_else(|wrong| panic!("{wrong}\n{script}"))
}

fn world(tape: &mut Tape) -> World {
    declared(&declarations(tape))
}

pub(crate) fn bob() -> Principal {
    "arn:aws:iam::111122223333:user/bob".parse().expect("a principal")
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn what_is_said_of_all_agrees_with_what_is_decided_of_each(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let mut tape = Tape::new(bytes);
        let world = world(&mut tape);
        let action = ASKED[tape.below(ASKED.len())];
        let pattern = resource(&mut tape, true);
        let question = Question::new(bob(), action).on(&*pattern);
        let answer = AskedPattern::new(&question).expect("a pattern").ask(&world).expect("an answer");
        let verdict = answer.verdict();
        prop_assert!(answer.caveats.is_empty(), "{:?}", answer.caveats);
        for part in &answer.parts {
            let asked = part.witness.ask(&world).expect("a good question");
            prop_assert_eq!(asked.decision.is_allowed(), part.outcome == PatternOutcome::Allowed);
            prop_assert!(glob(&*pattern, part.witness.resource.as_deref().unwrap_or_default()), "{:?}", part);
        }
        let mut tape = Tape::new(seed);
        for _ in 0..REQUESTS {
            let asked = Question::new(bob(), ACTIONS[tape.below(3)]).on(resource(&mut tape, false));
            if !glob(action, &*asked.action) || !glob(&*pattern, asked.resource.as_deref().unwrap_or_default()) {
                continue;
            }
            let is_allowed = asked.ask(&world).expect("a good question").decision.is_allowed();
            let outcome = if is_allowed { PatternOutcome::Allowed } else { PatternOutcome::Denied };
            let is_told = answer.parts.iter().any(|part| part.outcome == outcome && part.actions.contains(&asked.action));
            let fits = match verdict {
                PatternVerdict::Allowed => is_allowed,
                PatternVerdict::Denied => !is_allowed,
                _ => true,
            };
            prop_assert!(is_told && fits, "{:?} {} {:?} {outcome:?}\n{:?}", verdict, asked.action, asked.resource, answer.parts);
        }
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn no_stranger_is_allowed_what_is_said_to_be_private(bytes in tapes(), seed in prop::collection::vec(any::<u8>(), 4096)) {
        let mut tape = Tape::new(bytes);
        let world = world(&mut tape);
        let access = PublicAccess::of(&world, &Arn::parse("arn:aws:s3:::ab").expect("an ARN"), None).expect("an answer");
        let strangers = ["anonymous", "arn:aws:iam::333322221111:user/x"].map(|text| text.parse::<Principal>().expect("a principal"));
        let mut tape = Tape::new(seed);
        for _ in 0..REQUESTS {
            let stranger = strangers[tape.below(2)].clone();
            let key = text(&mut tape, &['a', 'b', '/'], 1);
            let all = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
            let asked = Question::new(stranger, ACTIONS[tape.below(3)]).on(format!("arn:aws:s3:::ab/{key}")).policy("All", all);
            let is_allowed = asked.ask(&world).expect("a good question").decision.is_allowed();
            let is_told = access.verdict() == PublicVerdict::Unknown || access.parts.iter().any(|(_, part)| part.actions.contains(&asked.action));
            prop_assert!(!is_allowed || is_told, "{} {:?}", asked.action, asked.resource);
        }
        for (_, part) in &access.parts {
            prop_assert!(part.witness.ask(&world).expect("a good question").decision.is_allowed());
        }
    }
}
