//! What `why` prints keeps to the columns, and an ordinary denial to the lines that a terminal has.

use std::fs;
use std::path::Path;

use iamwhy::layout::width;
use iamwhy::report::{Format, Style, explanation};

use crate::carried_out::{questions, scripts};
use crate::remedy_laws::{bobs, why};

const PLAIN: Style = Style { format: Format::Plain, colour: false, width: 80 };

/// The columns of a label and of the word before a side of a comparison.
const LEAD: usize = 18;

/// The lines that a screen shows of an answer.
const SCREEN: usize = 25;

/// Whether a line could have been broken: it is too long, and more than one word or a text of JSON stands behind its labels.
fn runs_over(line: &str, columns: usize) -> bool {
    let is_json = line.trim_start().starts_with(['+', '{', '"', '│', '⋮', '·']) || line.contains("\": ");
    let behind: String = line.chars().skip(LEAD).collect();
    width(line) > columns && !is_json && behind.trim_end().contains(' ')
}

#[test]
fn no_answer_to_any_script_runs_over_80_columns_and_most_denials_fit_a_screen() {
    let (mut wrong, mut lines) = (Vec::new(), Vec::new());
    for path in scripts() {
        for held in questions(&path) {
            let (question, world) = (&*held.expectation.question, held.world.as_deref().expect("kept"));
            let asked = question.ask(world).expect("asked before");
            let is_denied = !asked.decision.is_allowed();
            let told = explanation(&asked.explain(), &PLAIN);
            wrong.extend(told.lines().filter(|line| runs_over(line, PLAIN.width)).map(str::to_owned));
            lines.extend(is_denied.then(|| told.lines().count()));
        }
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
    let fit = lines.iter().filter(|count| **count <= SCREEN).count();
    // The command, and what the call comes to then, are worth the lines that they take.
    assert!(lines.len() > 800 && fit * 100 >= lines.len() * 82, "{fit} of {}", lines.len());
}

#[test]
fn no_explanation_of_a_printed_session_runs_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(folder).expect("there").map(|file| file.expect("there").path());
    let printed = files.filter(|path| path.extension().is_some_and(|end| end == "out"));
    let mut read = 0;
    for text in printed.map(|path| fs::read_to_string(path).expect("a text")) {
        read += 1;
        let labels = [
            "why  ", "why 1", "fix  ", "fine ", "after ", "accounts ", "AWS ", "note  ", "  1", "  2",
            "      ",
        ];
        let told = text.lines().filter(|line| labels.iter().any(|label| line.starts_with(label)));
        let over: Vec<&str> = told.filter(|line| runs_over(line, 100)).collect();
        assert!(over.is_empty(), "{}", over.join("\n"));
    }
    assert!(read > 10, "{read}");
}

#[test]
fn of_a_long_list_is_shown_what_is_of_the_service_that_is_asked_for() {
    let services = ["iam", "sts", "ce", "cur", "waf", "support"].map(|service| format!("\"{service}:*\""));
    let deny = |more: &str| {
        let spared = format!("{}{more}", services.join(", "));
        format!(r#"{{ "Sid": "Home", "Effect": "Deny", "NotAction": [{spared}], "Resource": "*" }}"#)
    };
    let says = |statement: &str| why(&bobs(statement), "bob bedrock:ListAgents").causes[0].says.join("; ");
    let none = says(&deny(""));
    assert!(none.contains("it denies every action but 6 exceptions, none for bedrock"), "{none}");
    let some = says(&deny(", \"bedrock:GetAgent\""));
    assert!(some.contains("it denies every action but 7 exceptions, for bedrock bedrock:GetAgent"), "{some}");

    let allow = r#"{ "Effect": "Allow", "Action": ["acm:ListCertificates", "acm:GetCertificate", "s3:GetObject", "sqs:ListQueues", "dynamodb:DescribeTable", "dynamodb:GetShardIterator"], "Resource": "*" }"#;
    let near = |action: &str| {
        let found = why(&bobs(allow), &format!("bob {action}"));
        found.causes[0].comparison.as_ref().expect("compared").policy.clone()
    };
    assert_eq!(near("dynamodb:GetItem"), "dynamodb:GetShardIterator, dynamodb:DescribeTable and 4 more");
    assert_eq!(near("bedrock:ListAgents"), "6 actions, none of bedrock");
}

#[test]
fn a_condition_that_is_too_wide_has_its_values_under_each_other() {
    let wide = "subnet-0123456789abcdef0123456789abcdef0123456789";
    let statement = format!(
        r#"{{ "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Condition": {{ "StringEquals": {{ "aws:RequestTag/cost-center-of-the-project": "{wide}" }} }} }}"#
    );
    let found = why(
        &bobs(&statement),
        "bob ec2:RunInstances with aws:RequestTag/cost-center-of-the-project=other-value-of-nobody-anywhere",
    );
    let told = explanation(&found, &PLAIN);
    let sides = format!(
        "         policy   aws:RequestTag/cost-center-of-the-project must be\n                  `{wide}`\n         request  `other-value-of-nobody-anywhere`\n"
    );
    assert!(told.contains(&sides), "{told}");
}
