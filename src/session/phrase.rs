//! Questions and answers written as expectations.

use std::borrow::Cow;
use std::sync::Arc;

use super::command::Table;
use super::expectation::kind;
use super::history::History;
use super::outcome::Status;
use super::outside::Outside;
use super::posed::Posed;
use super::principals::find_principal;
use super::reason::reasons_of;
use super::run::Mode;
use super::state::Session;
use crate::explain::{Answer, Verdict};
use crate::question::Question;
use crate::source::{Source, Span};
use crate::syntax::script::write;
use crate::world::{LeftOut, Principal, PrincipalKind};

/// How much an expectation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// `allowed` or `denied`.
    Access,
    /// `allowed`, or the kind of deny.
    Kind,
    /// The kind of deny, and what decided.
    Reason,
}

impl Session {
    /// The expectation that a question is answered so, in this session; as precise as it can be stated. `None` if it
    /// cannot be stated by itself, as for a session that was begun with a policy.
    pub fn expectation(
        &self,
        question: &Posed,
        answer: &Answer,
        precision: Precision,
        now: i64,
    ) -> Option<String> {
        let subject = principal_word(self, &question.principal)?;
        let verdict = match (precision, answer.decision) {
            (Precision::Access, verdict) => verdict.word(),
            (_, verdict) => kind(verdict),
        };
        let mut line = format!("expect {subject} {verdict} {}", question.action);
        if let Some(resource) = question.resource.as_deref().filter(|resource| *resource != "*") {
            line.push_str(&format!(" on {}", word(self.table, resource)));
        }
        line.push_str(&clauses(self.table, question));
        if let Some(role) = &question.as_role {
            line.push_str(&format!(" as role {}", principal_word(self, role)?));
        }
        let reason = (precision == Precision::Reason).then(|| reason(self.table, answer)).flatten();
        let full = reason.map(|reason| format!("{line} because {reason}"));
        full.into_iter().chain([line]).find(|line| self.holds(line, now))
    }

    /// Whether an expectation holds in this session.
    fn holds(&self, line: &str, now: i64) -> bool {
        let source: Arc<Source> = Source::new("<expectation>", line);
        let span = Span::new(0, line.len() as u32);
        let mut session = Self { history: History::default(), ..self.clone() };
        let outcome = session.run(&source, span, &mut Nowhere { now }, Mode::Script);
        outcome.status == Status::Done && outcome.tally.passed == 1
    }
}

/// No files; the clock stands still.
struct Nowhere {
    now: i64,
}

impl Outside for Nowhere {
    fn now(&self) -> i64 {
        self.now
    }
}

/// The shortest word that names a principal in a world.
fn principal_word(session: &Session, principal: &Principal) -> Option<String> {
    let Session { table, world, selected, .. } = session;
    let word = |text: &str| word(table, text).into_owned();
    let local = match &principal.kind {
        PrincipalKind::Anonymous => return Some("anonymous".to_owned()),
        PrincipalKind::Service(name) => return Some(format!("service:{name}")),
        PrincipalKind::IdentityProvider(arn) if arn.starts_with("arn:") => return Some(word(arn)),
        PrincipalKind::IdentityProvider(name) => return Some(word(&format!("federated/{name}"))),
        PrincipalKind::OriginAccessIdentity(arn) => return Some(word(arn)),
        PrincipalKind::AssumedRoot { task, .. } => {
            vec![format!("root:{}", task.rsplit('/').next().unwrap_or_default())]
        }
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
    let near = local.into_iter().filter(|_| *selected == Some(account));
    let mut words = near.chain(far).chain([arn]);
    let means = |word: &String| {
        find_principal(world, *selected, word).is_ok_and(|found| found.kind == principal.kind)
    };
    words.find(means).map(|found| word(&found))
}

fn clauses(table: &Table, question: &Question) -> String {
    let assumptions = &question.assumptions;
    let mut text = String::new();
    if !assumptions.context.is_empty() {
        let pairs: Vec<String> = assumptions.context.iter().map(|(key, value)| value.pair(key)).collect();
        text.push_str(&format!(" with {}", pairs.join(" ")));
    }
    for left_out in &assumptions.without {
        let what = match left_out {
            LeftOut::Layer(layer) => layer.word().to_owned(),
            LeftOut::Policy(name) => word(table, name).into_owned(),
            statement @ LeftOut::Statement { .. } => word(table, &statement.to_string()).into_owned(),
        };
        text.push_str(&format!(" without {what}"));
    }
    if let Some(date) = assumptions.settings.and_then(|settings| settings.as_of) {
        text.push_str(&format!(" as-of {date}"));
    }
    text
}

/// The first reason of an answer, in the words of `because`; of an allow only if it is the only one.
fn reason(table: &Table, answer: &Answer) -> Option<String> {
    if answer.gate.is_some() {
        return Some(reasons_of(answer));
    }
    if answer.decision == Verdict::Allowed && answer.because.len() != 1 {
        return None;
    }
    let because = answer.because.first()?;
    let layer = crate::policy::Layer::parse(because.policy_type)?.word();
    let policy = because.policy.as_deref().map(|name| format!(" {}", word(table, name))).unwrap_or_default();
    let statement =
        because.sid.as_deref().map(|sid| format!(" statement {}", word(table, sid))).unwrap_or_default();
    Some(format!("{layer}{policy}{statement}"))
}

/// A word that is no keyword; `root` is the one keyword that is a name.
fn word<'t>(table: &Table, text: &'t str) -> Cow<'t, str> {
    if text == "root" { text.into() } else { write::name(text, &table.usages) }
}
