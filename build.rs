//! Links the unwinder into the program: finding and loading a shared library takes a tenth of what a question from
//! the command line takes. Where the compiler has no archive of it, the program is linked as ever.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let own_target = env::var("HOST") == env::var("TARGET");
    if gnu && own_target && env::var_os("CARGO_FEATURE_CLI").is_some() {
        link_unwinder();
    }
}

/// `cc` answers with a path only where it has the archive.
fn link_unwinder() {
    let Ok(answer) = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output() else { return };
    let archive = String::from_utf8_lossy(&answer.stdout);
    if let Some(folder) = Path::new(archive.trim()).parent().filter(|folder| folder.is_absolute()) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}
