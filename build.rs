//! Links the unwinder into the program: finding and loading a shared library takes 0.2 ms, about a twelfth of what a
//! question from the command line takes. Nothing is run for it; where compilers of GNU keep no archive of the
//! unwinder, the program is linked as ever.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Where compilers of GNU keep what they link, a folder for each target, and in that one for each version.
const COMPILERS: [&str; 2] = ["/usr/lib/gcc", "/usr/lib64/gcc"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let own_target = env::var("HOST") == env::var("TARGET");
    if gnu && own_target && env::var_os("CARGO_FEATURE_CLI").is_some() {
        link_unwinder();
    }
}

fn link_unwinder() {
    if let Some(folder) = archive() {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// The folder of the newest compiler that has the archive.
fn archive() -> Option<PathBuf> {
    let machine = format!("{}-", env::var("CARGO_CFG_TARGET_ARCH").ok()?);
    let is_own = |target: &PathBuf| {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&machine) && name.contains("linux") && !name.contains("musl")
    };
    let targets = COMPILERS.iter().flat_map(folders).filter(is_own);
    let versions = targets.flat_map(folders).filter(|version| version.join("libgcc_eh.a").is_file());
    versions.max_by_key(|version| number(version))
}

/// The version that a folder is named after.
fn number(folder: &Path) -> u32 {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().and_then(|major| major.parse().ok()).unwrap_or_default()
}

/// What lies in a folder; nothing where there is none.
fn folders(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}
