//! Questions and answers written as expectations.

use std::sync::Arc;

use super::expect::kind;
use super::outcome::Status;
use super::outside::{Outside, Unreadable};
use super::principals::find_principal;
use super::question::Question;
use super::reason::reasons_of;
use super::state::{Mode, Session};
use super::table::usages;
use crate::explain::{Answer, Verdict};
use crate::names::AccountId;
use crate::source::{Source, Span};
use crate::syntax::script::Usage;
use crate::world::{ContextEntry, ContextValue, LeftOut, Principal, PrincipalKind, World};

/// How much an expectation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// `allowed` or `denied`.
    Access,
    /// The kind of deny, too.
    Kind,
    /// And what decided.
    Reason,
}

impl Session {
    /// A session in a world, with an account selected.
    pub fn in_world(world: &World, selected: Option<AccountId>) -> Self {
        Self { world: world.clone(), selected, ..Self::default() }
    }

    /// The expectation that a question is answered so, in this session; as precise as it can be stated. `None` if it
    /// cannot be stated by itself, as for a session that was begun with a policy.
    pub fn expectation(
        &self,
        question: &Question,
        answer: &Answer,
        precision: Precision,
        now: i64,
    ) -> Option<String> {
        let subject = principal_word(&self.world, self.selected, &question.principal)?;
        let verdict = match (precision, answer.decision) {
            (Precision::Access, verdict) => verdict.word(),
            (_, verdict) => kind(verdict),
        };
        let mut line = format!("expect {subject} {verdict} {}", question.action);
        if let Some(resource) = question.resource.as_deref().filter(|resource| *resource != "*") {
            line.push_str(&format!(" on {}", bare(resource)));
        }
        line.push_str(&clauses(question));
        let reason = (precision == Precision::Reason).then(|| reason(answer)).flatten();
        let full = reason.map(|reason| format!("{line} because {reason}"));
        full.into_iter().chain([line]).find(|line| self.holds(line, now))
    }

    /// Whether an expectation holds in this session.
    fn holds(&self, line: &str, now: i64) -> bool {
        let source: Arc<Source> = Source::new("<expectation>", line);
        let span = Span::new(0, line.len() as u32);
        let mut session = Self { past: Vec::new(), future: Vec::new(), ..self.clone() };
        let outcome = session.run(&source, span, &mut Nowhere { now }, Mode::Script);
        outcome.status == Status::Done && outcome.tally.passed == 1
    }
}

/// No files; the clock stands still.
struct Nowhere {
    now: i64,
}

impl Outside for Nowhere {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        Err(Unreadable::new("cannot-read", format!("`{path}` is not read here")))
    }

    fn write(&mut self, path: &str, _: &str) -> Result<(), Unreadable> {
        Err(Unreadable::new("cannot-write", format!("`{path}` is not written here")))
    }

    fn now(&self) -> i64 {
        self.now
    }
}

/// The shortest word that names a principal in a world.
fn principal_word(world: &World, selected: Option<AccountId>, principal: &Principal) -> Option<String> {
    let local = match &principal.kind {
        PrincipalKind::Anonymous => return Some("anonymous".to_owned()),
        PrincipalKind::Service(name) => return Some(format!("service:{name}")),
        PrincipalKind::IdentityProvider(arn) if arn.starts_with("arn:") => return Some(bare(arn)),
        PrincipalKind::IdentityProvider(name) => return Some(bare(&format!("federated/{name}"))),
        PrincipalKind::OriginAccessIdentity(arn) => return Some(bare(arn)),
        PrincipalKind::AssumedRoot { .. } => return None,
        PrincipalKind::Root(_) => vec!["root".to_owned()],
        PrincipalKind::User { name, .. } => vec![name.to_string(), format!("user/{name}")],
        PrincipalKind::RoleSession { role, session, .. } => vec![
            role.to_string(),
            format!("role/{role}"),
            format!("{role}:{session}"),
            format!("role/{role}:{session}"),
        ],
        PrincipalKind::FederatedUser { name, .. } => vec![format!("federated/{name}")],
    };
    let account = principal.account()?;
    let alias = world.account(account).and_then(|account| account.alias.clone());
    let prefixes = alias.into_iter().map(String::from).chain([account.to_string()]);
    let far: Vec<String> =
        prefixes.flat_map(|prefix| local.iter().map(move |name| format!("{prefix}/{name}"))).collect();
    let arn = world.caller(principal, &crate::world::GivenPolicies::default()).arn.to_string();
    let near = local.into_iter().filter(|_| selected == Some(account));
    let mut words = near.chain(far).chain([arn]);
    let means =
        |word: &String| find_principal(world, selected, word).is_ok_and(|found| found.kind == principal.kind);
    words.find(means).map(|word| bare(&word))
}

fn clauses(question: &Question) -> String {
    let assumptions = &question.assumptions;
    let mut text = String::new();
    if !assumptions.context.is_empty() {
        let pairs: Vec<String> = assumptions.context.iter().map(pair).collect();
        text.push_str(&format!(" with {}", pairs.join(" ")));
    }
    for left_out in &assumptions.without {
        let word = match left_out {
            LeftOut::Layer(layer) => layer.word().to_owned(),
            LeftOut::Policy(name) => bare(name),
            statement @ LeftOut::Statement { .. } => bare(&statement.to_string()),
        };
        text.push_str(&format!(" without {word}"));
    }
    if let Some(date) = assumptions.settings.and_then(|settings| settings.as_of) {
        text.push_str(&format!(" as-of {date}"));
    }
    text
}

fn pair((key, value): &ContextEntry<'_>) -> String {
    let key = if plain(key) { key.to_string() } else { quoted(key) };
    let value = match value {
        ContextValue::Absent => "null".to_owned(),
        ContextValue::One(text) if plain(text) && text != "null" => text.to_string(),
        ContextValue::One(text) => quoted(text),
        ContextValue::Many(texts) => {
            let items: Vec<String> = texts.iter().map(|text| item(text)).collect();
            format!("[{}]", items.join(", "))
        }
    };
    format!("{key}={value}")
}

fn item(text: &str) -> String {
    if plain(text) && !text.contains([',', ']']) { text.to_owned() } else { quoted(text) }
}

/// The first reason of an answer, in the words of `because`; of an allow only if it is the only one.
fn reason(answer: &Answer) -> Option<String> {
    if answer.gate.is_some() {
        return Some(reasons_of(answer));
    }
    if answer.decision == Verdict::Allowed && answer.because.len() != 1 {
        return None;
    }
    let because = answer.because.first()?;
    let word = crate::policy::Layer::parse(because.policy_type)?.word();
    let policy = because.policy.as_deref().map(|name| format!(" {}", bare(name))).unwrap_or_default();
    let statement = because.sid.as_deref().map(|sid| format!(" statement {}", bare(sid))).unwrap_or_default();
    Some(format!("{word}{policy}{statement}"))
}

/// A text that may stand without quotes.
fn plain(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '=' | '\\');
    !text.is_empty() && !text.contains(odd) && !text.starts_with(['#', '{', '['])
}

/// A word, in quotes where it would be read as something else.
fn bare(text: &str) -> String {
    if plain(text) && !is_keyword(text) { text.to_owned() } else { quoted(text) }
}

fn is_keyword(text: &str) -> bool {
    // `root` is the one keyword that is a name.
    let keyword = |usage: &Usage| usage.text().split([' ', '[', ']', '(', ')', '|']).any(|word| word == text);
    text != "root" && (usages().iter().any(keyword) || VERDICTS.contains(&text))
}

const VERDICTS: [&str; 5] = ["allowed", "denied", "explicit-deny", "implicit-deny", "depends"];

/// A text in quotes, with JSON escapes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
