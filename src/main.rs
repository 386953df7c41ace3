//! The `iamwhy` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    iamwhy::cli::run()
}
