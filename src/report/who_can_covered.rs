//! What `who-can` prints of all that patterns cover: how many, then what each may do of it and by which statement.

use serde_json::{Value, json};

use super::difference::{actions, because, exception, request_data, scope};
use super::exactness::{closing_of, exactness};
use super::role_chain::{chain_in_words, chain_word, chains_data, more_through_roles, roles};
use super::style::{Format, Style};
use super::who_can::{account, with_account};
use crate::audit::{CoveredAccess, CoveredExtent, RoleChain, WhoCanCovered};
use crate::layout::wrap;
use crate::names::has_wildcard;
use crate::reason::PatternReason;

/// Renders who may do something of all that patterns cover.
pub(super) fn who_can_covered(found: &WhoCanCovered, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(found, catalog));
    }
    let mut blocks = vec![format!("{}\n{}", count(found), wrap(&says(found), style.width).join("\n"))];
    if !found.rows.is_empty() || found.through_roles.iter().any(|chains| !chains.is_empty()) {
        blocks.push(rows(found, style));
    }
    blocks.push(wrap(&closing(found, catalog), style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
}

/// The first line, what it means, and how far it goes.
pub(super) fn covered_words(found: &WhoCanCovered, catalog: &str) -> (String, String, String) {
    (count(found), says(found), closing(found, catalog))
}

fn closing(found: &WhoCanCovered, catalog: &str) -> String {
    let of_what = match has_wildcard(&found.action) {
        true => format!(", for the actions of the catalog of {catalog}"),
        false => String::new(),
    };
    closing_of(&of_what, &found.caveats, &found.assumed)
}

pub(super) fn covered_rows(found: &WhoCanCovered) -> Vec<[String; 7]> {
    let on = found.resource.clone().unwrap_or_else(|| "*".to_owned());
    let row = |word: &str, who: String, account: String, actions: &str, why: String, roles: String| {
        [word.to_owned(), who, account, actions.to_owned(), on.clone(), why, roles]
    };
    let direct = |one: &CoveredAccess| {
        let actions = one.part.folded.join(" ");
        row(one.extent.word(), one.who(), account(&one.account), &actions, by(one), String::new())
    };
    let through = |chain: &RoleChain| {
        let (who, why) = (chain.principal.lasting_arn(), chain_in_words(chain));
        row(chain_word(chain), who, account(&chain.account), &found.action, why, roles(chain))
    };
    found.rows.iter().map(direct).chain(found.through_roles.iter().flatten().map(through)).collect()
}

/// The first line: how many may do something of it as it was asked.
fn count(found: &WhoCanCovered) -> String {
    match found.count(CoveredExtent::All) + found.count(CoveredExtent::Some) {
        0 => "nobody".to_owned(),
        1 => "1 principal".to_owned(),
        several => format!("{several} principals"),
    }
}

fn says(found: &WhoCanCovered) -> String {
    let on = found.resource.as_ref().map_or_else(|| " on some resource".to_owned(), |on| format!(" on {on}"));
    let [all, some, open] =
        [CoveredExtent::All, CoveredExtent::Some, CoveredExtent::Depends].map(|extent| found.count(extent));
    let said = [(all, "all of it"), (some, "a part"), (open, "more on conditions")];
    let said = said.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let said = said.collect::<Vec<_>>().join(", ");
    let said = if said.is_empty() { said } else { format!(": {said}") };
    let (through, asked) = (more_through_roles(found.through_roles.as_ref()), found.asked);
    format!("may call {}{on}{said}{through}; {asked} root users, users and roles were asked", found.action)
}

fn rows(found: &WhoCanCovered, style: &Style) -> String {
    let direct = |one: &CoveredAccess| {
        let what = actions(&one.part.folded, one.part.actions.len());
        [one.extent.word().to_owned(), one.name.clone(), account(&one.account), what, by(one)]
    };
    let through = |chain: &RoleChain| {
        let what = format!("as {}", chain.links.last().map_or("", |link| &link.name));
        [
            chain_word(chain).to_owned(),
            chain.name.clone(),
            account(&chain.account),
            what,
            chain_in_words(chain),
        ]
    };
    let chains = found.through_roles.iter().flatten().map(through);
    with_account(
        ["", "who", "account", "what", "by"],
        found.rows.iter().map(direct).chain(chains).collect(),
        style,
    )
}

/// The statement, where and when it allows, and what is left out; and whether another account has to allow it, too.
fn by(one: &CoveredAccess) -> String {
    let mut said = match &one.part.reason {
        PatternReason::Statement(statement) => {
            let of = scope(statement)
                .into_iter()
                .filter(|(_, text)| text != "*")
                .map(|(label, text)| format!("{label} {text}"));
            std::iter::once(format!("{} of {}", statement.title(), statement.name))
                .chain(of)
                .collect::<Vec<_>>()
                .join(", ")
        }
        _ => one.reason.clone(),
    };
    for limit in &one.part.except {
        said += &format!("; except {}", exception(limit));
    }
    if one.must_allow {
        said += "; if that account allows it, too: it is not in this world";
    }
    said
}

fn data(found: &WhoCanCovered, catalog: &str) -> Value {
    let row = |one: &CoveredAccess| {
        let statement = match &one.part.reason {
            PatternReason::Statement(statement) => because(statement),
            _ => Value::Null,
        };
        json!({
            "principal": one.who(),
            "name": one.name,
            "account": one.principal.account().map(|account| account.to_string()),
            "extent": one.extent.word(),
            "actions": one.part.actions,
            "patterns": one.part.folded,
            "because": statement,
            "reason": by(one),
            "except": one.part.except.iter().map(because).collect::<Vec<_>>(),
            "witness": request_data(&one.part.witness),
            "outside": one.is_outside,
        })
    };
    json!({
        "action": found.action,
        "resource": found.resource,
        "rows": found.rows.iter().map(row).collect::<Vec<_>>(),
        "through_roles": chains_data(found.through_roles.as_ref()),
        "asked": found.asked,
        "exactness": exactness(&found.caveats, &found.assumed),
        "catalog": catalog,
    })
}
