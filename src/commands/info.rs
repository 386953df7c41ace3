//! `info s3:GetObject`: what is known of rules, actions, condition keys, principals.

use super::describe::names;
use super::help::help;
use super::info_catalog::{action_text, key_text, resource_types, service_text, type_text};
use super::whoami::kind;
use crate::catalog::{ApiOperation, Catalog, KeyFacts};
use crate::facts::{self, Bound, FACTS_DATE, GlossaryEntry, RootOnlyTask, Rule, RuleId, TaskStatus};
use crate::policy::{ConditionOperator, Operator, SetOperator};
use crate::session::{Command, Failure, Heading, Outcome, Part, Row, Session, command, find_principal};
use crate::source::nearest;
use crate::syntax::script::Words;
use crate::world::{Principal, WorldError};

pub(super) const ROW: Row = Heading::Control.row(
    "info WORD...",
    "tells about an action, a condition key, a service, a resource type such as `s3:bucket`, a rule, an operator, a principal, or a word such as `root user`",
    "info s3:GetObject",
    |words, _| Ok(tells(said(words).into())),
);

/// What is asked for, which may be several words: `root user`.
fn said(words: &Words<'_>) -> String {
    let all: Vec<&str> = words.all("WORD").map(|word| &*word.text).collect();
    all.join(" ")
}

pub(super) fn tells(word: Box<str>) -> Command {
    command(move |session, _, _| info(session, &word))
}

fn info(session: &Session, word: &str) -> Result<Outcome, Failure> {
    let catalog = session.world.catalog();
    let mut found: Vec<String> = Vec::new();
    found.extend(RuleId::find(word).map(|rule| rule_text(rule.facts())));
    found.extend(facts::root_only_task(word).or_else(|| facts::by_pseudo_action(word)).map(task_text));
    found.extend(catalog.action(word).map(|action| action_text(catalog, action)));
    found.extend(catalog.operation(word).map(|operation| operation_text(catalog, &operation)));
    found.extend(catalog.condition_key(word).map(|key| key_text(catalog, key)));
    found.extend(ConditionOperator::parse(word).map(operator_text));
    let explained = facts::glossary_entry(word);
    found.extend(explained.map(entry_text));
    if explained.is_none() {
        found.extend(resource_types(catalog, word).into_iter().map(|one| type_text(catalog, one)));
        found.extend(catalog.service(word).map(|service| service_text(catalog, service)));
    }
    if found.is_empty() || explained.is_some() {
        found.extend(principals(session, word).iter().map(|who| principal_text(session, who)));
    }
    match found.is_empty() {
        // Of a command it tells what `help` does.
        true => help(session.table, Some(word)).map_err(|_| unknown(catalog, word).into()),
        false => Ok(Outcome::of(Part::Prose(found.join("\n\n")))),
    }
}

/// The principals that a word names: of a name that is a user's and a role's, both.
fn principals(session: &Session, word: &str) -> Vec<Principal> {
    let find = |word: &str| find_principal(&session.world, session.selected, word);
    match find(word) {
        Ok(who) => vec![who],
        Err(error) if error.code == "ambiguous-name" => {
            let (before, name) = word
                .rsplit_once('/')
                .map_or(("", word), |(_, name)| (&word[..word.len() - name.len()], name));
            ["user", "role"].iter().filter_map(|kind| find(&format!("{before}{kind}/{name}")).ok()).collect()
        }
        Err(_) => Vec::new(),
    }
}

pub(super) fn entry_text(entry: &GlossaryEntry) -> String {
    let tries: Vec<String> = entry.tries.iter().map(|line| format!("`{line}`")).collect();
    format!("{}\n{}\n\nbut  {}\ntry  {}", entry.term, entry.is, entry.differs, tries.join(", "))
}

fn rule_text(rule: &Rule) -> String {
    format!(
        "rule {}\n{}\n\nsource      {}\nconfidence  {}\ndate        {}",
        rule.id, rule.sentence, rule.source, rule.confidence, rule.date
    )
}

fn task_text(task: &RootOnlyTask) -> String {
    let over = over(task);
    let kind = if over.is_some() { "task" } else { "root-only task" };
    let mut lines = vec![format!("{kind} {}: {}", task.id, task.task)];
    lines.extend(over.map(|over| {
        let today = names(task.real_actions.iter().map(|action| format!("`{action}`")));
        format!("root-only     {over}; today policies decide: {today}")
    }));
    lines.extend(
        task.pseudo_action.map(|name| format!("asked for as  {name} (ours; AWS has no such action)")),
    );
    lines.push(format!("actions       {}", names(task.real_actions.iter())));
    lines.extend(task.also_allowed.iter().map(|who| format!("also          {who}")));
    lines.push(format!("others meet   {}", task.what_admin_meets));
    lines.push(format!("instead       {}", task.alternative));
    lines.extend(task.conflict.map(|conflict| format!("in doubt      {conflict}")));
    lines.push(format!("sources       {}", task.sources.join("; ")));
    lines.join("\n")
}

/// Until when a task was root-only that is so no more.
pub(super) fn over(task: &RootOnlyTask) -> Option<String> {
    let no_more = matches!(task.status_on(FACTS_DATE), TaskStatus::NotRootOnly);
    no_more.then(|| match task.until {
        Bound::Date(day) => format!("until {day}"),
        Bound::Before(day) => format!("until some day before {day}"),
        Bound::Between(first, last) => format!("until some day between {first} and {last}"),
        _ => "no more, if it ever was".to_owned(),
    })
}

/// An operation, and the actions that it needs.
fn operation_text(catalog: &Catalog, operation: &ApiOperation) -> String {
    let actions = operation
        .actions
        .iter()
        .filter_map(|name| catalog.action(name))
        .map(|action| action_text(catalog, action));
    std::iter::once(operation.in_words()).chain(actions).collect::<Vec<_>>().join("\n\n")
}

fn operator_text(written: ConditionOperator) -> String {
    let ConditionOperator { set, operator, if_exists } = written;
    let about = operator.about().trim_end_matches('.');
    let about = format!("{}{}", about[..1].to_lowercase(), &about[1..]);
    let mut lines = vec![format!("condition operator {written}")];
    lines.push(match operator {
        Operator::Null => format!("asks        {about}"),
        _ => format!("compares    {}: {about}", operator.family().about()),
    });
    lines.extend(set.map(|set| match set {
        SetOperator::ForAllValues => "values      each value of the request must be matched".to_owned(),
        SetOperator::ForAnyValue => "values      one value of the request must be matched".to_owned(),
    }));
    let absent = match set {
        Some(SetOperator::ForAllValues) => "holds: there is no value that could fail (B.3)",
        Some(SetOperator::ForAnyValue) => "does not hold: there is no value to match (B.3)",
        None if if_exists => "holds, for `IfExists` asks only about a key that is there (B15)",
        None if operator.is_negated() => "holds, for it is a negated operator (B.3)",
        None => "does not hold (B.3)",
    };
    lines.extend((operator != Operator::Null).then(|| format!("absent key  {absent}")));
    lines.join("\n")
}

fn principal_text(session: &Session, who: &Principal) -> String {
    let account = who.account().and_then(|id| session.world.account(id));
    let mut lines = vec![format!("principal {}", who.arn()), format!("kind      {}", kind(who))];
    lines.extend(account.map(|account| format!("account   {}", account.label())));
    lines.join("\n")
}

fn unknown(catalog: &Catalog, word: &str) -> WorldError {
    let what = format!(
        "nothing is known of `{word}`: it is no rule, action, condition key, service, resource type, operator or principal"
    );
    let error = WorldError::new("unknown-name", word, what);
    if facts::managed_policy_names().any(|name| name == word) {
        return error
            .help(format!("it is a policy of AWS: `show policy {word}`, `lint {word}`, `expand {word}`"));
    }
    let operator = || nearest(word, Operator::ALL.iter().map(|operator| operator.as_str()));
    let near = match word.contains(':') {
        true => nearest_key(catalog, word).or_else(|| catalog.nearest_action(word)),
        false => operator().map(str::to_owned),
    };
    match near {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("for example `info D.5`, `info s3:GetObject`, `info aws:SourceIp`, `info StringLike`; `show` shows policies"),
    }
}

/// The global condition key that is meant; those of services begin as their actions do.
fn nearest_key(catalog: &Catalog, word: &str) -> Option<String> {
    let global = catalog.condition_keys().map(KeyFacts::name).filter(|key| key.starts_with("aws:"));
    nearest(word, global).map(str::to_owned)
}
