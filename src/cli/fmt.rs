//! `fmt`: policies and scripts in one form.

use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::exit::Exit;
use super::lint::{holds_policy, sources};
use super::output::Output;
use crate::disk::{Disk, STDIN};
use crate::layout::changed_lines;
use crate::policy::PolicyForm;
use crate::recognise::{CANONICAL, FormattedFile, format_file, is_script};
use crate::report::Format;
use crate::session::{Existing, Outside};
use crate::source::{Diagnostic, Source};

/// `fmt`
#[derive(Debug, Args)]
pub(super) struct FmtTask {
    /// Policies, files that hold some, scripts (`.iam`), folders of such files, `-` for standard input
    #[arg(required = true)]
    paths: Vec<String>,
    /// Names the files that are written otherwise; the exit code is 1 if there are some
    #[arg(long, conflicts_with_all = ["diff", "write"])]
    check: bool,
    /// Shows what would change; the exit code is 1 if something would
    #[arg(long, conflicts_with = "write")]
    diff: bool,
    /// Writes the files anew
    #[arg(long)]
    write: bool,
    /// Writes policies so that two with the same statements are the same text: sorts statements, lists and conditions,
    /// leaves out what repeats, and says what can be said in several ways in one
    #[arg(long)]
    canonical: bool,
}

/// A file and what it is in the form.
struct Formatted {
    source: Arc<Source>,
    text: String,
}

impl Formatted {
    fn is_other(&self) -> bool {
        self.source.text() != self.text
    }
}

/// Formats files.
pub(super) fn format_files(task: &FmtTask, output: &Output) -> Result<Exit, Exit> {
    let has_form = |file: &Arc<Source>| is_script(file) || holds_policy(file);
    let sources = sources(&task.paths, &["json", "iam"], has_form, output)?;
    let only_shown = !(task.check || task.diff || task.write);
    if only_shown && sources.len() > 1 {
        let what = format!("{} files cannot be shown as one", sources.len());
        let help = "`--write` writes them anew, `--check` and `--diff` say what would change";
        return Err(output.invalid(&[Diagnostic::error("several-files", what).help(help)]));
    }
    let form = if task.canonical { CANONICAL } else { PolicyForm::AsWritten };
    let (files, remarks, wrong) = formatted(sources, form);
    if only_shown {
        files.iter().for_each(|file| output.print_as_it_stands(&file.text));
    }
    let done = if task.write { write(&files, output)? } else { told(task, &files, output) };
    output.complain(&remarks);
    output.complain(&wrong);
    Ok(if wrong.is_empty() { done } else { Exit::Invalid })
}

/// What is wrong with one does not keep the others from being formatted.
fn formatted(
    sources: Vec<Arc<Source>>,
    form: PolicyForm,
) -> (Vec<Formatted>, Vec<Diagnostic>, Vec<Diagnostic>) {
    let (mut files, mut remarks, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        match format_file(&source, form) {
            Ok(FormattedFile { text, remarks: own }) => {
                remarks.extend(own);
                files.push(Formatted { source, text });
            }
            Err(found) => wrong.extend(found),
        }
    }
    (files, remarks, wrong)
}

fn told(task: &FmtTask, files: &[Formatted], output: &Output) -> Exit {
    let others: Vec<&Formatted> = files.iter().filter(|file| file.is_other()).collect();
    if task.diff {
        for file in &others {
            output.print(&changed_lines(file.source.name(), file.source.text(), &file.text));
        }
    } else if task.check {
        let names: Vec<&str> = others.iter().map(|file| file.source.name()).collect();
        let word = if names.is_empty() { "formatted" } else { "unformatted" };
        match output.style().format {
            Format::Json => output.print(&format!("{}\n", json!({"verdict": word, "files": names}))),
            _ => [word].iter().chain(&names).for_each(|line| output.say(line)),
        }
    }
    let fails = (task.diff || task.check) && !others.is_empty();
    if fails { Exit::Failed } else { Exit::Done }
}

/// Writes those anew that are written otherwise.
fn write(files: &[Formatted], output: &Output) -> Result<Exit, Exit> {
    for file in files.iter().filter(|file| file.is_other()) {
        let name = file.source.name();
        if name == STDIN || name.starts_with("arn:") {
            let what = format!("`{name}` is no file that can be written");
            return Err(output.invalid(&[Diagnostic::error("cannot-write", what)]));
        }
        let written = Disk.write(name, &file.text, Existing::Replaced);
        written.map_err(|wrong| output.invalid(&[wrong.into()]))?;
        output.say(&format!("formatted {name}"));
    }
    Ok(Exit::Done)
}
