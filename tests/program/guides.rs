//! Every line of the guides runs, and prints what is printed there.
//!
//! `UPDATE_README=1 cargo test --test program guides` stores what is printed now.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

use crate::scratch::Folder;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A guide, and the folder in which its lines run.
struct Guide {
    path: PathBuf,
    name: String,
    text: String,
}

fn guides() -> Vec<Guide> {
    let entries = fs::read_dir(root().join("examples/guides")).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut guides: Vec<Guide> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| Guide {
            name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
            text: fs::read_to_string(&path).expect("readable"),
            path,
        })
        .collect();
    guides.sort_by(|one, other| one.name.cmp(&other.name));
    guides
}

impl Guide {
    /// A copy of the files that its lines name.
    fn folder(&self) -> Folder {
        let folder = Folder::new(&[]);
        let from = if self.name == "from-an-account" { "examples/account" } else { "examples/guides/files" };
        copy(&root().join(from), &folder);
        folder
    }

    /// Its blocks: the word behind the fence, and what is inside.
    fn blocks(&self) -> Vec<(&str, &str)> {
        let mut blocks = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((_, from)) = rest.split_once("\n```") {
            let (fence, inside) = from.split_once('\n').expect("a line");
            let (inside, after) = inside.split_once("\n```").expect("the end of a block");
            blocks.push((fence, inside));
            rest = after;
        }
        blocks
    }

    fn blocks_of(&self, word: &str) -> impl Iterator<Item = &str> {
        self.blocks().into_iter().filter(move |(fence, _)| *fence == word).map(|(_, inside)| inside)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, target).expect("copied");
        }
    }
}

/// What a line does, as a shell runs it.
fn run(line: &str, folder: &Path) -> Output {
    let program = Command::cargo_bin("iamwhy").expect("built");
    let beside = Path::new(program.get_program()).parent().expect("a folder").to_path_buf();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::join_paths([beside].into_iter().chain(std::env::split_paths(&path))).expect("a path");
    let mut shell = Command::new("sh");
    shell.current_dir(folder).env("PATH", all).args(["-c", line]).output().expect("ran")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn every_line_of_the_guides_runs() {
    for guide in guides() {
        let folder = guide.folder();
        for line in guide.blocks_of("sh").flat_map(str::lines).filter(|line| line.starts_with("iamwhy ")) {
            let ran = run(line, &folder);
            let code = ran.status.code();
            let said = String::from_utf8_lossy(&ran.stderr);
            assert!(matches!(code, Some(0 | 1 | 2 | 4)), "{}: {line}: {code:?}\n{said}", guide.name);
        }
    }
}

#[test]
fn what_the_guides_print_is_what_is_printed() {
    for guide in guides() {
        let mut now = guide.text.clone();
        let mut last = "";
        for (fence, inside) in guide.blocks() {
            let told = match fence {
                "output" => printed(&run(last, &guide.folder())),
                "text" if inside.starts_with("$ iamwhy ") => told_again(inside, &guide.folder()),
                _ => {
                    last = inside;
                    continue;
                }
            };
            now = now.replace(&format!("\n{inside}\n```"), &format!("\n{}\n```", told.trim_end()));
        }
        if std::env::var_os("UPDATE_README").is_some() {
            fs::write(&guide.path, &now).expect("writable");
        } else {
            assert_eq!(guide.text, now, "{}", guide.name);
        }
    }
}

/// A block of lines behind a `$` with what each prints now.
fn told_again(block: &str, folder: &Path) -> String {
    let lines = block.lines().filter_map(|line| line.strip_prefix("$ "));
    let told = lines.map(|line| format!("$ {line}\n{}", printed(&run(line, folder))));
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_scripts_of_the_guides_hold() {
    for guide in guides() {
        let folder = guide.folder();
        for script in guide.blocks_of("iam") {
            assert_eq!(told(&["run", "-"], script, &folder), Some(0), "{}: {script}", guide.name);
        }
    }
}

#[test]
fn the_lines_for_the_prompt_are_understood() {
    for guide in guides() {
        let folder = guide.folder();
        for lines in guide.blocks_of("prompt") {
            // An editor and commands with a dot are for a terminal only.
            let piped = lines.lines().filter(|line| !line.starts_with(['.']) && !line.starts_with("edit"));
            let piped: Vec<&str> = piped.collect();
            let code = told(&[], &piped.join("\n"), &folder);
            // Whatever the verdicts are.
            assert!(matches!(code, Some(0 | 1 | 2 | 4)), "{}: {lines}", guide.name);
        }
    }
}

fn told(arguments: &[&str], input: &str, folder: &Path) -> Option<i32> {
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let ran = program.current_dir(folder).args(arguments).write_stdin(format!("{input}\n")).output();
    ran.expect("ended").status.code()
}

#[test]
fn the_request_of_the_guide_for_programs_is_answered() {
    let guide = guides().into_iter().find(|guide| guide.name == "embed-it").expect("the guide");
    let line = guide.blocks_of("json").next().expect("the request").replace('\n', " ") + "\n";
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let ran = program.args(["batch", "-"]).write_stdin(line).output().expect("ended");
    let answer = printed(&ran);
    assert!(answer.starts_with(r#"{"id":"r1","decision":"allowed""#), "{answer}");
}

#[test]
fn each_guide_is_listed_and_printed() {
    let said = printed(&run("iamwhy help guides", &Folder::new(&[])));
    let readme = fs::read_to_string(root().join("README.md")).expect("readable");
    for guide in guides() {
        assert!(said.contains(&guide.name), "{}: not in {said}", guide.name);
        assert!(readme.contains(&format!("(examples/guides/{}.md)", guide.name)), "{}", guide.name);
        let told = printed(&run(&format!("iamwhy help {}", guide.name), &Folder::new(&[])));
        assert_eq!(told.trim_end(), guide.text.trim_end());
    }
}
