//! Whatever a text of a stranger holds, what is shown of it moves no cursor, hides nothing, begins no line and commands
//! no pipeline: of every command, in every place of it, and of every string of a policy.

use iamwhy::assist::{Tip, Vocabulary, complete, hint};
use iamwhy::commands;
use iamwhy::explain::Explanation;
use iamwhy::layout::ascii;
use iamwhy::report::{Format, Style, diagnostics, html};
use iamwhy::session::{Outcome, Part, Session};

use crate::harmless::{HOSTILE, assert_coloured, assert_harmless, assert_prints, quoted};
use crate::outside::{Memory, scripted, typed};

const DEMO: &str = "account 111122223333 \"Acme\" alias acme\nroot owner@acme.example\nuser alice\nuser bob\n\
                    group developers members bob\nattach AdministratorAccess to user alice\n\
                    resource arn:aws:s3:::acme-reports owner 111122223333\n";

const STYLES: [Style; 4] = [
    Style { format: Format::Text, colour: true, width: 90 },
    Style { format: Format::Text, colour: false, width: 40 },
    Style { format: Format::Plain, colour: false, width: 100 },
    Style { format: Format::Json, colour: false, width: 100 },
];

/// Looks at all that came of commands, in every form.
#[track_caller]
fn look(outcomes: &[Outcome], from: &str) {
    for outcome in outcomes {
        for style in &STYLES {
            let shown = outcome.render(style);
            if style.colour {
                assert_coloured(&shown, from)
            } else {
                assert_harmless(&shown, from)
            }
            if style.format == Format::Json {
                let lines =
                    shown.lines().find(|line| serde_json::from_str::<serde_json::Value>(line).is_err());
                assert_eq!(lines, None, "{from}");
            }
        }
        for part in &outcome.parts {
            match part {
                Part::Verdict(one) | Part::Explanation(one) => look_at_page(one, from),
                Part::Diagnostics(list) => list.iter().for_each(|one| {
                    assert_harmless(&one.to_string(), from);
                    STYLES.iter().for_each(|style| {
                        assert_coloured(&diagnostics(std::slice::from_ref(one), style), from)
                    });
                }),
                _ => {}
            }
        }
    }
}

#[track_caller]
fn look_at_page(explanation: &Explanation, from: &str) {
    assert_harmless(&explanation.to_string(), from);
    assert_prints(&html(explanation), from);
}

/// A session, and files with hostile texts.
fn begun() -> (Session, Memory) {
    let (mut session, mut disk) =
        (commands::session(), Memory::with(&[(HOSTILE, HOSTILE), ("p.json", HOSTILE)]));
    scripted(&mut session, &mut disk, DEMO);
    (session, disk)
}

/// A line with each of its words in turn replaced.
fn variants<'l>(line: &'l str, hostile: &'l str) -> impl Iterator<Item = String> + 'l {
    let blanks = || line.match_indices([' ', '\n']).map(|(at, _)| at);
    let starts = std::iter::once(0).chain(blanks().map(|at| at + 1));
    starts.zip(blanks().chain([line.len()])).flat_map(move |(start, end)| {
        let word = line.get(start..end).unwrap_or_default();
        let pair = word.split_once('=').map(|(key, _)| format!("{key}={hostile}"));
        let all = [Some(hostile.to_owned()), pair, Some(format!("{word}{hostile}"))];
        all.into_iter().flatten().map(move |new| format!("{}{new}{}", &line[..start], &line[end..]))
    })
}

#[test]
fn no_command_lets_a_text_out_in_any_place() {
    let in_quotes = quoted(HOSTILE);
    let as_arn = quoted(&format!("arn:aws:s3:::b{HOSTILE}"));
    for row in commands::table().rows {
        let (mut before, mut disk) = begun();
        typed(&mut before, &mut disk, &row.before.join("\n"));
        for hostile in [&*in_quotes, &as_arn, HOSTILE] {
            for line in variants(row.example, hostile) {
                look(&typed(&mut before.clone(), &mut disk, &line), &line);
            }
        }
    }
}

#[test]
fn in_a_locale_without_utf_8_the_example_of_every_command_is_ascii_alone() {
    for row in commands::table().rows {
        let (mut session, mut disk) = begun();
        let lines = [row.before, &[row.example, "why in full"]].concat();
        for line in lines.iter().chain([&&*format!("help {}", row.example.split(' ').next().unwrap())]) {
            for outcome in typed(&mut session, &mut disk, line) {
                for style in STYLES.iter().filter(|style| style.format != Format::Json) {
                    let shown = outcome.render(style);
                    assert!(ascii(&shown).is_ascii(), "{line}: {}", ascii(&shown));
                }
            }
        }
    }
}

#[test]
fn what_a_world_holds_is_shown_as_what_it_is() {
    let (mut session, mut disk) = begun();
    let hostile = quoted(HOSTILE);
    let arn = quoted(&format!("arn:aws:s3:::b{HOSTILE}"));
    let world = format!(
        "account 444455556666 {hostile} alias evil\naccount 111122223333\n\
         tag user alice {hostile}={hostile}\nresource {arn} owner 111122223333 tags {hostile}={hostile}\n\
         endpoint vpce-1 vpc {hostile}\nendpoint {hostile} vpc vpc-1\ngrant alice on {arn} actions {hostile}\n\
         inline P on user bob {{\"Id\": {hostile}, \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": [\"s3:Put*\", {hostile}], \
         \"Resource\": [{arn}, \"arn:aws:s3:::c/*\"], \"Condition\": {{\"StringEquals\": {{\"aws:RequestTag/a{}: {hostile}}}}}}}]}}\n",
        hostile.trim_start_matches('"')
    );
    look(&typed(&mut session, &mut disk, &world), "the world");
    for question in [
        "list users",
        "list accounts",
        "list policies",
        "list resources",
        "list endpoints",
        "list roles",
        "show bob",
        "show alice",
        "show P on user bob",
        "show account 444455556666",
        "who s3:PutObject on arn:aws:s3:::c/x",
        "can bob s3:PutObject on arn:aws:s3:::c/x",
        "why bob s3:PutObject on arn:aws:s3:::c/x",
        "when bob s3:PutObject on arn:aws:s3:::c/x",
        "why bob s3:GetObject on arn:aws:s3:::c/x",
        "what-if {\n  delete user alice\n}",
        "record",
        "undo",
        "redo",
        "history",
        "sign-in bob at acme",
        "whoami",
        "aws s3api list-buckets",
        "aws iam list-user-policies --user-name bob",
        "aws iam get-user-policy --user-name bob --policy-name P",
        "aws iam list-user-tags --user-name alice",
    ] {
        look(&typed(&mut session, &mut disk, question), question);
    }
    for question in [
        format!("show {arn}"),
        format!("why bob s3:PutObject on {arn}"),
        format!("why bob s3:PutObject on arn:aws:s3:::c/x with aws:RequestTag/a={hostile}"),
        format!("when bob s3:PutObject on arn:aws:s3:::c/x with aws:RequestTag/a={hostile}"),
        format!("expect alice denied s3:GetObject on {arn} with s3:prefix={hostile}"),
        format!("save {hostile}"),
        format!("picture {hostile}"),
    ] {
        look(&typed(&mut session, &mut disk, &question), &question);
    }
    disk.files.remove("p.json");
    for (path, text) in disk.files.iter().filter(|(_, text)| *text != HOSTILE) {
        assert_prints(text, path);
    }
}

/// Every string of it is replaced, one after the other.
const POLICY: &str = r#"{"Version": "2012-10-17", "Id": "i", "Statement": [{"Sid": "One", "Effect": "Allow",
    "Principal": {"AWS": ["111122223333"], "Service": "ec2.amazonaws.com"}, "Action": ["s3:Get*"], "Resource": "arn:aws:s3:::acme-reports/*",
    "Condition": {"StringEquals": {"aws:RequestTag/a": "b"}, "IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}]}"#;

#[test]
fn no_string_of_a_policy_gets_out() {
    let quotes: Vec<usize> = POLICY.match_indices('"').map(|(at, _)| at).collect();
    for string in quotes.chunks_exact(2) {
        for raw in [false, true] {
            let hostile = if raw { HOSTILE.to_owned() } else { quoted(HOSTILE) };
            let text = format!("{}{hostile}{}", &POLICY[..string[0]], &POLICY[string[1] + 1..]);
            for line in [
                format!("resource arn:aws:s3:::acme-reports owner 111122223333 policy {text}"),
                format!("inline P on user bob {text}"),
                format!("role R trust {text}"),
                text.clone(),
            ] {
                let (mut session, mut disk) = begun();
                let asked = format!(
                    "{line}\nwhy bob s3:GetObject on arn:aws:s3:::acme-reports/x\n\
                     when bob s3:GetObject on arn:aws:s3:::acme-reports/x\nshow arn:aws:s3:::acme-reports\nsave \"w.iam\"\n"
                );
                look(&typed(&mut session, &mut disk, &asked), &line);
                if let Some(saved) = disk.files.get("w.iam") {
                    assert_prints(saved, &line);
                }
            }
        }
    }
}

#[test]
fn what_is_offered_at_the_prompt_prints() {
    let (mut session, mut disk) = begun();
    let hostile = quoted(HOSTILE);
    let arn = quoted(&format!("arn:aws:s3:::b{HOSTILE}"));
    let world = format!(
        "account 444455556666 {hostile} alias evil\naccount 111122223333\nresource {arn} owner 111122223333\n"
    );
    typed(&mut session, &mut disk, &world);
    let folder = |_: &str| vec![(HOSTILE.to_owned(), false), (HOSTILE.to_owned(), true)];
    let vocabulary = Vocabulary::of(&session, folder);
    for line in [
        "read ",
        "read \"",
        "account ",
        "sign-in ",
        "sign-in alice at ",
        "can alice s3:GetObject on ",
        "show ",
        "can alice s3:GetObject on arn:",
        "resource arn:",
        "policy P {\"Statement\": {\"Resource\": \"arn:",
        "policy P {\"Statement\": {\"Principal\": {\"AWS\": \"",
        "aws s3 ls ",
        "aws s3api get-bucket-policy --bucket ",
    ] {
        for candidate in complete(line, &vocabulary).1 {
            assert_prints(&candidate.text, line);
            assert_prints(&candidate.about, line);
        }
        if let Some(Tip::Next(text) | Tip::Rest(text)) = hint(line, &vocabulary) {
            assert_prints(&text, line);
        }
    }
}

#[test]
fn the_marks_stand_under_the_token_that_they_mean() {
    let line = "resource \"arn:aws:s3:::\u{202e}a\u{200b}\u{e0041}\tb\" owner nobody";
    let (mut session, mut disk) = begun();
    let shown = typed(&mut session, &mut disk, line)[0].render(&STYLES[1]);
    let rows: Vec<&str> = shown.lines().collect();
    let quoted =
        rows.iter().position(|row| row.contains("owner nobody")).unwrap_or_else(|| panic!("{shown}"));
    let column =
        |row: &str, text: &str| row[..row.find(text).unwrap_or_else(|| panic!("{shown}"))].chars().count();
    assert_eq!(column(rows[quoted], "nobody"), column(rows[quoted + 1], "─"), "{shown}");
}
