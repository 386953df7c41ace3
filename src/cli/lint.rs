//! `lint`: what is wrong with policies, or probably not meant.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::arguments::FormatName;
use super::disk::{Disk, unreadable};
use super::exit::Exit;
use super::output::Output;
use super::world::policy_source;
use crate::catalog::Catalog;
use crate::lint::{LintOptions, LintedFile, lint, lint_rule, lint_rules};
use crate::policy::PolicyType;
use crate::recognise::policies_inside;
use crate::report;
use crate::session::Outside;
use crate::source::{Diagnostic, Severity, Source};

/// `lint`
#[derive(Debug, Args)]
pub(super) struct LintTask {
    /// Files with a policy or a list of them, folders of such files, `-` for standard input, policies of AWS by name
    #[arg(required_unless_present_any = ["list", "explain"])]
    paths: Vec<String>,
    /// What the policies are, where their looks do not tell: identity, boundary, session, resource, trust, key, endpoint, scp, rcp
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    kind: Option<PolicyType>,
    /// Only findings of this code; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    only: Vec<String>,
    /// No findings of this code; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    skip: Vec<String>,
    /// The exit code is 1 from this severity on: suggestion, warning, security or error
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = severity)]
    fail_on: Severity,
    /// Lists the rules
    #[arg(long, conflicts_with = "explain")]
    list: bool,
    /// Says what a code means, with an example
    #[arg(long, value_name = "CODE", value_parser = code)]
    explain: Option<String>,
}

fn kind(word: &str) -> Result<PolicyType, String> {
    let known = || PolicyType::WORDS.map(|(word, _)| word).join(", ");
    PolicyType::parse(word).ok_or_else(|| format!("the types are {}", known()))
}

fn code(word: &str) -> Result<String, String> {
    if lint_rule(word).is_some() {
        return Ok(word.to_owned());
    }
    let near = crate::source::nearest(word, lint_rules().map(|rule| rule.code));
    let near = near.map(|near| format!("did you mean `{near}`?"));
    Err(near.unwrap_or_else(|| "`iamwhy lint --list` lists the codes".to_owned()))
}

fn severity(word: &str) -> Result<Severity, String> {
    match word {
        "suggestion" => Ok(Severity::Suggestion),
        "warning" => Ok(Severity::Warning),
        "security" => Ok(Severity::Security),
        "error" => Ok(Severity::Error),
        _ => Err("there are suggestion, warning, security and error".to_owned()),
    }
}

/// Lints files.
pub(super) fn lint_files(task: &LintTask, format: Option<FormatName>, output: &Output) -> Result<Exit, Exit> {
    if task.list {
        output.print(&report::lint_list(&output.style()));
        return Ok(Exit::Done);
    }
    if let Some(rule) = task.explain.as_deref().and_then(lint_rule) {
        output.print(&report::lint_explained(rule, &output.style()));
        return Ok(Exit::Done);
    }
    let options = LintOptions { kind: task.kind, only: task.only.clone(), skip: task.skip.clone() };
    let catalog = Catalog::embedded();
    let sources = sources(&task.paths, &["json", "yaml", "yml", "template"], output)?;
    let of_file = |source: &Arc<Source>| LintedFile {
        name: source.name().to_owned(),
        policies: lint(source, catalog, &options),
    };
    let files: Vec<LintedFile> = sources.iter().map(of_file).collect();
    match format {
        Some(FormatName::Sarif) => output.print_as_it_stands(&report::lint_sarif(&files)),
        Some(FormatName::Github) => output.print_as_it_stands(&report::lint_github(&files)),
        _ => output.print(&report::lint(&files, catalog.date(), &output.style())),
    }
    let findings = files.iter().flat_map(|file| &file.policies).flat_map(|policy| &policy.findings);
    let fails = findings.into_iter().any(|found| found.severity >= task.fail_on);
    Ok(if fails { Exit::Failed } else { Exit::Done })
}

/// The files that are named, and those with a policy in the folders that are named, each once.
pub(super) fn sources(
    paths: &[String],
    extensions: &[&str],
    output: &Output,
) -> Result<Vec<Arc<Source>>, Exit> {
    let mut sources = Vec::new();
    for path in paths {
        if !Path::new(path).is_dir() {
            sources.push(policy_source(path, output)?);
            continue;
        }
        let mut found = Vec::new();
        collect(Path::new(path), extensions, &mut found).map_err(|wrong| output.invalid(&[wrong]))?;
        if found.is_empty() {
            let what = format!("there are no policies in `{path}`");
            let wrong = Diagnostic::error("no-policies", what);
            let names: Vec<String> = extensions.iter().map(|extension| format!("`*.{extension}`")).collect();
            let help = format!("those are files {} with a `Statement`", names.join(", "));
            return Err(output.invalid(&[wrong.help(help)]));
        }
        sources.extend(found);
    }
    Ok(sources)
}

/// The policies below a folder, in order; folders behind links are not entered.
fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<Arc<Source>>) -> Result<(), Diagnostic> {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let entries =
        std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut entries: Vec<PathBuf> = entries.map_err(|wrong| unreadable(&name(folder), &wrong))?;
    entries.sort();
    for path in entries.into_iter().filter(|path| !path.is_symlink()) {
        if path.is_dir() {
            collect(&path, extensions, found)?;
        } else if path.extension().is_some_and(|own| extensions.iter().any(|extension| own == *extension)) {
            let text = Disk.read(&name(&path))?;
            if text.contains("Statement") {
                let file = Source::new(name(&path), text);
                found.extend(holds_policy(&file).then_some(file));
            }
        }
    }
    Ok(())
}

/// Whether a file is a policy, holds one, or is meant as one; many files of other programs speak of statements.
fn holds_policy(file: &Arc<Source>) -> bool {
    match policies_inside(file) {
        Ok(None) => file.text().contains("\"Statement\""),
        Ok(Some(_)) => true,
        Err(wrong) => wrong.code == "bad-yaml",
    }
}
