//! `lint`: what is wrong with policies, or probably not meant.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::arguments::FormatName;
use super::exit::Exit;
use super::lint_settings::SettingsFiles;
use super::output::Output;
use super::pool::{Then, in_parallel};
use super::world::policy_source;
use crate::catalog::Catalog;
use crate::commands::{beside_the_world, session};
use crate::disk::{Disk, files_below};
use crate::layout::changed_lines;
use crate::lint::{LintOptions, Linted, LintedFile, lint, lint_rule, lint_rules, mended};
use crate::policy::PolicyType;
use crate::recognise::{is_script, policies_inside, policies_of_script};
use crate::report;
use crate::session::{Existing, Mode, Outside, Run, Session, Unreadable, run_script};
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
    /// Also findings of this code, which is looked for on request alone (`--list`), or of `all` of those; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = on_request)]
    also: Vec<String>,
    /// No findings of this code; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    skip: Vec<String>,
    /// The exit code is 1 from this severity on: suggestion, warning, security or error
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = severity)]
    fail_on: Severity,
    /// The settings, in place of the file `.iamwhy-lint.json` beside what is linted or above it
    #[arg(long, value_name = "FILE")]
    settings: Option<String>,
    /// Mends what can be mended without a change of meaning, and says what is left; `--list` names the codes
    #[arg(long, conflicts_with_all = ["diff", "list", "explain"])]
    fix: bool,
    /// Shows what `--fix` would change; the exit code is 1 if it would
    #[arg(long, conflicts_with_all = ["list", "explain"])]
    diff: bool,
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

fn on_request(word: &str) -> Result<String, String> {
    if word == "all" { Ok(word.to_owned()) } else { code(word) }
}

/// The codes that `--also` names.
fn also(task: &LintTask) -> Vec<String> {
    let is_all = task.also.iter().any(|code| code == "all");
    let all = lint_rules().filter(|rule| is_all && rule.is_on_request()).map(|rule| rule.code.to_owned());
    task.also.iter().cloned().chain(all).collect()
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
    let asked = asked(task, output)?;
    if task.diff {
        return Ok(shown(&asked, output));
    }
    let asked = if task.fix { fixed(asked, output)? } else { asked };
    let catalog = Catalog::in_use();
    let mut files = linted(&asked);
    files.extend(unused(task, &asked, &files));
    match format {
        Some(FormatName::Sarif) => output.print_as_it_stands(&report::lint_sarif(&files)),
        Some(FormatName::Github) => output.print_as_it_stands(&report::lint_github(&files)),
        _ => output.print(&report::lint(&files, catalog.date(), &output.style())),
    }
    let findings = files.iter().flat_map(|file| &file.policies).flat_map(|policy| &policy.findings);
    let fails = findings.into_iter().any(|found| found.severity >= task.fail_on);
    Ok(if fails { Exit::Failed } else { Exit::Done })
}

/// A file, what is asked about it, and where its settings stand.
struct AskedFile {
    source: Arc<Source>,
    options: LintOptions,
    settings: Option<PathBuf>,
}

fn asked(task: &LintTask, output: &Output) -> Result<Vec<AskedFile>, Exit> {
    let mut settings = SettingsFiles::new(task.settings.as_deref());
    let mut asked = Vec::new();
    for source in sources(&task.paths, &["json", "yaml", "yml", "template", "iam"], holds_policy, output)? {
        let own = settings.of(source.name()).map_err(|wrong| output.invalid(&wrong))?;
        let (path, own) = own.unzip();
        let (only, skip) = (task.only.clone(), task.skip.clone());
        let also = also(task);
        let options = LintOptions { kind: task.kind, only, also, skip, settings: own };
        asked.push(AskedFile { source, options, settings: path });
    }
    Ok(asked)
}

/// Lints files, several at once; the order is that in which they were named.
fn linted(files: &[AskedFile]) -> Vec<LintedFile> {
    let lint = |file: &AskedFile| {
        let mut policies = lint(&file.source, Catalog::in_use(), &file.options);
        if is_script(&file.source) && is_any_public(&policies) {
            beside_the_world(&declared(&file.source), &mut policies);
        }
        LintedFile { name: file.source.name().to_owned(), policies }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut found = Vec::new();
    in_parallel(
        threads,
        files.len(),
        |number| lint(&files[number]),
        |_, file| {
            found.push(file);
            Then::GoOn
        },
    );
    found
}

fn is_any_public(policies: &[Linted]) -> bool {
    policies.iter().flat_map(|policy| &policy.findings).any(|found| found.code == "public")
}

/// A session with what a script declares; what is wrong with it is left to whoever runs it.
fn declared(script: &Arc<Source>) -> Session {
    let mut session = session();
    let run = Run { mode: Mode::World, keep_going: true };
    run_script(&mut session, script, &mut (), run).for_each(drop);
    session
}

/// What is suppressed in vain, by settings file.
fn unused(task: &LintTask, asked: &[AskedFile], linted: &[LintedFile]) -> Vec<LintedFile> {
    let is_whole = task.paths.iter().any(|path| Path::new(path).is_dir());
    let is_narrow = !task.only.is_empty() || !task.skip.is_empty();
    let of = |path: &PathBuf| {
        let files = asked.iter().zip(linted).filter(|(file, _)| file.settings.as_ref() == Some(path));
        let own: Vec<_> =
            files.filter_map(|(file, found)| Some((file.options.settings.as_ref()?, found))).collect();
        let policies = own.iter().flat_map(|(_, found)| &found.policies);
        let used: Vec<usize> = policies.flat_map(|policy| &policy.suppressed).copied().collect();
        let paths: Vec<String> = own.iter().map(|(settings, _)| settings.path.clone()).collect();
        let settings = &own.first()?.0.settings;
        let findings: Vec<Diagnostic> = settings.unused(&used, &paths, is_whole).collect();
        let name = path.to_string_lossy().into_owned();
        (!findings.is_empty()).then(|| LintedFile::beside_policies(name, findings))
    };
    let all: BTreeSet<&PathBuf> =
        asked.iter().filter(|_| !is_narrow).filter_map(|file| file.settings.as_ref()).collect();
    all.into_iter().filter_map(of).collect()
}

/// Shows what would be mended.
fn shown(files: &[AskedFile], output: &Output) -> Exit {
    let mut exit = Exit::Done;
    for file in files {
        let (text, count) = mended(&file.source, Catalog::in_use(), &file.options);
        if count > 0 {
            output.print(&changed_lines(file.source.name(), file.source.text(), &text));
            exit = Exit::Failed;
        }
    }
    exit
}

/// Writes files with what can be mended, and gives them as they are then.
fn fixed(files: Vec<AskedFile>, output: &Output) -> Result<Vec<AskedFile>, Exit> {
    let mut written = Vec::new();
    for file in files {
        let (text, count) = mended(&file.source, Catalog::in_use(), &file.options);
        let name = file.source.name();
        if count == 0 {
            written.push(file);
            continue;
        }
        if !Path::new(name).is_file() {
            let what = format!("`{name}` is no file that can be written");
            let wrong = Diagnostic::error("cannot-write", what);
            return Err(output.invalid(&[wrong.help("`--diff` shows what would change")]));
        }
        let done = Disk.write(name, &text, Existing::Replaced);
        done.map_err(|wrong| output.invalid(&[wrong.into()]))?;
        written.push(AskedFile { source: Source::new(name, text), ..file });
    }
    Ok(written)
}

/// The files that are named, and those with a policy in the folders that are named, each once.
pub(super) fn sources(
    paths: &[String],
    extensions: &[&str],
    is_meant: fn(&Arc<Source>) -> bool,
    output: &Output,
) -> Result<Vec<Arc<Source>>, Exit> {
    let mut sources = Vec::new();
    for path in paths {
        if !Path::new(path).is_dir() {
            sources.push(policy_source(path, output)?);
            continue;
        }
        let found = files_meant_below(Path::new(path), extensions, is_meant);
        let found = found.map_err(|wrong| output.invalid(&[wrong.into()]))?;
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

/// Those of the files below a folder that are meant.
fn files_meant_below(
    folder: &Path,
    extensions: &[&str],
    is_meant: fn(&Arc<Source>) -> bool,
) -> Result<Vec<Arc<Source>>, Unreadable> {
    let mut found = Vec::new();
    for path in files_below(folder, extensions)? {
        let name = path.to_string_lossy().into_owned();
        let file = Source::new(&*name, Disk.read(&name)?);
        found.extend(is_meant(&file).then_some(file));
    }
    Ok(found)
}

/// Whether a file is a policy, holds one, or is meant as one; many files of other programs speak of statements.
pub(super) fn holds_policy(file: &Arc<Source>) -> bool {
    if !file.text().contains("Statement") {
        return false;
    }
    if is_script(file) {
        return !policies_of_script(file).is_empty();
    }
    match policies_inside(file) {
        Ok(None) => file.text().contains("\"Statement\""),
        Ok(Some(_)) => true,
        Err(wrong) => wrong.code == "bad-yaml",
    }
}
