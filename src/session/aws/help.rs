//! `help aws`, made of the table of operations.

use super::operation::{Operation, operations};

/// The operations that are modelled, service by service.
pub(in super::super) fn overview() -> String {
    let services = services();
    let section = |service: &&'static str| {
        let own = operations().iter().filter(|one| one.service == *service);
        let lines: Vec<String> = own.map(|one| format!("  {}\n      {}", one.usage(), one.help)).collect();
        format!("{service}\n{}", lines.join("\n"))
    };
    let sections: Vec<String> = services.iter().map(section).collect();
    format!("{ABOUT}\n\n{}\n\n{OTHERS}", sections.join("\n\n"))
}

const ABOUT: &str = "\
a call is signed by whoever is signed in: it is authorized first, with the resource and the context keys that it
carries, then applied to the world; a denial prints AWS's error, and `why` explains it";

const OTHERS: &str = "\
any other operation of AWS answers whether it would be allowed, and changes nothing; `file://` reads a file,
`--region` sets aws:RequestedRegion, `$VAR` and `$(…)` are refused, for there is no shell";

/// The services that are modelled, in the order of the table.
fn services() -> Vec<&'static str> {
    let mut services: Vec<&str> = operations().iter().map(|one| one.service).collect();
    services.dedup();
    services
}

/// The operations that are modelled, a row a service, as a table in Markdown for the README.
pub fn operation_list() -> String {
    let row = |service: &str| {
        let own: Vec<String> = of(service).map(|one| format!("`{}`", one.name)).collect();
        format!("| `{service}` | {} |\n", own.join(", "))
    };
    let rows: String = services().into_iter().map(row).collect();
    format!("| service | operations |\n| --- | --- |\n{rows}")
}

fn of(service: &str) -> impl Iterator<Item = &'static Operation> {
    operations().iter().filter(move |one| one.service == service)
}
