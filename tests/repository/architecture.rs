//! Imports point down: a module may import only from floors strictly below its own, and the modules of one floor do
//! not know each other. The compiler does not see to that; this does.

use std::fs;
use std::path::Path;

use super::sources::{code, files, src};

/// The floors from the ground up, as the guide in `lib.rs` draws them.
const FLOORS: [&[&str]; 17] = [
    &["source"],
    &["syntax", "names"],
    &["policy", "catalog", "facts"],
    &["compile"],
    &["world"],
    &["trace", "import", "recognise"],
    &["eval", "deploy"],
    &["question"],
    &["explain", "analysis", "reason", "layout"],
    &["lint", "audit", "replay"],
    &["report", "bench"],
    &["session"],
    &["aws", "trial", "batch"],
    &["commands"],
    &["assist", "tools", "disk"],
    &["repl", "mcp", "lsp", "serve"],
    &["cli", "python"],
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules that a text imports through `crate::`.
fn imports(code: &str) -> Vec<String> {
    let after = code.split("crate::").skip(1);
    after.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn every_folder_stands_on_one_floor() {
    for entry in fs::read_dir(src()).expect("a folder").filter_map(Result::ok).filter(|e| e.path().is_dir()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(floor(&name).is_some(), "src/{name} stands on no floor of tests/architecture.rs");
    }
}

#[test]
fn imports_point_to_floors_strictly_below() {
    let mut wrong = Vec::new();
    for (number, modules) in FLOORS.iter().enumerate() {
        for module in *modules {
            for file in files(&src().join(module)) {
                let up = imports(&code(&file)).into_iter().filter(|imported| imported != module);
                let up = up.filter(|imported| floor(imported).is_some_and(|other| other >= number));
                wrong.extend(up.map(|imported| format!("{} imports crate::{imported}", file.display())));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nom_is_used_on_the_floor_of_syntax_only() {
    for file in files(&src()) {
        let below_syntax = file.starts_with(src().join("syntax"));
        assert!(below_syntax || !code(&file).contains("nom::"), "{} uses nom", file.display());
    }
}

#[test]
fn only_reports_know_miette_and_only_the_repl_knows_rustyline() {
    for (library, home) in [("miette", "report"), ("rustyline", "repl"), ("clap", "cli")] {
        for file in files(&src()) {
            let at_home = file.starts_with(src().join(home));
            assert!(
                at_home || !code(&file).contains(&format!("{library}::")),
                "{} uses {library}",
                file.display()
            );
        }
    }
}

#[test]
fn every_module_opens_with_a_sentence_an_invariant_and_the_type_to_read_first() {
    for module in FLOORS.into_iter().flatten() {
        let text = fs::read_to_string(src().join(module).join("mod.rs")).expect("a mod.rs");
        assert!(text.starts_with("//! "), "{module}: no opening sentence");
        assert!(text.contains("//! INVARIANT: "), "{module}: no invariant");
        assert!(text.contains("//! Read first: "), "{module}: does not say what to read first");
    }
}

#[test]
fn how_to_work_on_it_draws_the_floors_as_the_guide_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(src().join("lib.rs")).expect("readable");
    let drawn = guide.lines().skip_while(|line| *line != "//! ```text").skip(1);
    let drawn = drawn.take_while(|line| *line != "//! ```");
    let drawn: String = drawn.flat_map(|line| [line.trim_start_matches("//! "), "\n"]).collect();
    let drawn_again = fs::read_to_string(root.join("CONTRIBUTING.md")).expect("readable");
    assert!(
        drawn_again.contains(&format!("```text\n{drawn}```\n")),
        "CONTRIBUTING.md draws other floors than src/lib.rs:\n{drawn}"
    );
}
