//! Texts that are no JSON, known by their first words.

use super::super::as_script::{is_comment, is_script_text};
use super::file_form::FileForm;

const SAVE_JSON: &str = "save the policy itself, in JSON";

/// What the text of a file is; nothing if it may be meant as a policy.
pub(super) fn of_words(name: &str, text: &str) -> Option<FileForm> {
    let first = text.lines().map(str::trim).find(|line| !is_comment(line))?;
    let is_section = first.starts_with('[') && first.ends_with(']') && !first.contains(['"', '{', ',']);
    if text.starts_with(['{', '"']) || text.starts_with('[') && !is_section {
        return None;
    }
    if is_section {
        return credentials(text, first);
    }
    let found = [credentials, markup, table, terraform, other_language, prose];
    script(name, text).or_else(|| found.into_iter().find_map(|of| of(text, first)))
}

fn markup(text: &str, first: &str) -> Option<FileForm> {
    let start = first.get(..first.len().min(64)).unwrap_or(first).to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(FileForm::new("a page in HTML", SAVE_JSON));
    }
    if text.contains("<Error>") && text.contains("<Code>") {
        let instead = "the policy was not given out: look at its `Code` and `Message`";
        return Some(FileForm::new("an error that AWS answered with", instead));
    }
    start.starts_with("<?xml").then(|| FileForm::new("XML", SAVE_JSON))
}

/// Nothing of such a file is shown.
fn credentials(text: &str, first: &str) -> Option<FileForm> {
    let is_secret = text.contains("aws_access_key_id =") || text.contains("aws_secret_access_key =");
    let is_config = first == "[default]" || first.starts_with("[profile ");
    let what = "the configuration of the AWS command line";
    (is_secret || is_config).then(|| FileForm::new(what, "name the file of a policy"))
}

fn table(text: &str, first: &str) -> Option<FileForm> {
    if first.starts_with("user,arn,user_creation_time") {
        return Some(FileForm::new("a credential report", "no policy is in it"));
    }
    let is_drawn = first.starts_with("----") && text.lines().nth(1).is_some_and(|line| line.starts_with('|'));
    let what = "a table, as `--output table` draws it";
    is_drawn.then(|| FileForm::new(what, "ask the AWS command line with `--output json`"))
}

fn terraform(_: &str, first: &str) -> Option<FileForm> {
    const BLOCKS: [&str; 9] = [
        "resource \"", "data \"", "provider \"", "module \"", "variable \"", "output \"", "terraform {",
        "locals {", "moved {",
    ];
    let is_code = BLOCKS.iter().any(|block| first.starts_with(block));
    let instead = "`terraform plan -out p` and `terraform show -json p > plan.json` write what it comes to";
    is_code.then(|| FileForm::new("code of Terraform", instead))
}

fn other_language(_: &str, first: &str) -> Option<FileForm> {
    let starts = |words: &[&str]| words.iter().any(|word| first.starts_with(word));
    if starts(&["permit(", "permit (", "forbid(", "forbid ("]) {
        return Some(FileForm::new("a policy in Cedar", "policies of IAM are read here"));
    }
    let is_code = starts(&["import ", "from ", "const ", "using ", "public ", "def ", "class "]);
    is_code.then(|| FileForm::new("code", "of the CDK `cdk synth --json` writes what it comes to"))
}

/// Words that are no YAML, and pages with the marks of Markdown or reStructuredText.
fn prose(text: &str, first: &str) -> Option<FileForm> {
    let is_page = ["**", "==", "```", "> "].iter().any(|mark| first.starts_with(mark));
    let is_mapping = |line: &str| line.ends_with(':') || line.contains(": ");
    let is_prose =
        first.starts_with(char::is_alphabetic) && first.contains(' ') && !text.lines().any(is_mapping);
    (is_page || is_prose).then(|| FileForm::new("a text in words", super::A_POLICY))
}

/// A script of iamwhy.
fn script(name: &str, text: &str) -> Option<FileForm> {
    let what = "a script of iamwhy";
    let instead = "`iamwhy run FILE` runs it, `--world FILE` asks questions in its world";
    is_script_text(name, text).then(|| FileForm::taken(what, instead))
}
