//! The `iamwhy` program.

fn main() {}
