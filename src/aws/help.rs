//! Help, made of the table of operations: `help aws`, `aws iam help`, `aws iam create-user help`.

use super::modelled::{modelled_services, operations_of};
use super::signature::Signature;

/// How wide the lists of names are.
const WIDTH: usize = 96;

const ABOUT: &str = "\
a call is signed by whoever is signed in: it is authorized first, with the resource and the context keys that it
carries, then applied to the world; a denial prints AWS's error, and `why` explains it

these operations are modelled, `aws iam help` shows the options of those of a service:";

const OTHERS: &str = "\
any other operation of AWS answers whether it would be allowed, each of its actions on each of its resources, and
changes nothing; options are context keys where the catalog has them (`--prefix`, `--instance-type`, `--sse`) or tags
(`--tags`, `--tag-specifications`), and what hangs on one that is not read is `depends`; `file://` reads a file,
`--region` sets aws:RequestedRegion, `$VAR` and `$(…)` are refused, for there is no shell";

/// What `help aws` says: the operations that are modelled, service by service.
pub(crate) fn overview() -> String {
    let section =
        |service: &str| format!("{service}\n{}", wrapped(operations_of(service).map(|one| one.name)));
    let sections: Vec<String> = modelled_services().into_iter().map(section).collect();
    format!("{ABOUT}\n\n{}\n\n{OTHERS}", sections.join("\n\n"))
}

/// What `aws SERVICE help` says: its operations with their options, or that none is modelled.
pub(super) fn service(name: &str) -> String {
    let own: Vec<String> =
        operations_of(name).map(|one| format!("{}\n    {}", one.usage(), one.help)).collect();
    match own.is_empty() {
        true => format!("no operation of {name} is modelled: each answers whether it would be allowed"),
        false => own.join("\n"),
    }
}

/// What `aws SERVICE OPERATION help` says.
pub(super) fn one(operation: &Signature) -> String {
    format!("{}\n\n  {}", operation.usage(), operation.help)
}

/// Names in lines that are not too long.
fn wrapped(names: impl Iterator<Item = &'static str>) -> String {
    let mut lines = vec![String::new()];
    for name in names {
        if lines.last().is_some_and(|line| line.len() + name.len() > WIDTH) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "  " } else { ", " });
            line.push_str(name);
        }
    }
    lines.join(",\n")
}

/// The operations of a service that are modelled, each with what it does.
pub fn help_on(service: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    operations_of(service).map(|one| (one.name, one.help))
}
