//! Small changes to a policy, each of which a good test notices.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::compile::{CompiledPolicy, Element};
use crate::facts::is_pseudo_action;
use crate::names::ActionName;
use crate::policy::{
    ConditionOperator, ConditionTest, Effect, Operator, OperatorFamily, Policy, PrincipalForm, PrincipalType,
    Statement, StatementEdit, Text, TextList, Token, parse_policy,
};
use crate::source::{Place, Source};
use crate::syntax::json::quote;

/// A policy with one small change.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The number of the statement that changed.
    pub statement: usize,
    /// Where the original is changed.
    pub place: Place,
    /// What is changed: `drop the statement`, `widen "s3:Get*" to "s3:*"`.
    pub change: String,
    /// A policy of the changed statement alone: a mutant costs what its statement does, however many others there are.
    pub alone: CompiledPolicy,
}

impl Mutant {
    /// Whether the statement is gone.
    pub fn is_dropped(&self) -> bool {
        self.change == DROPPED
    }

    /// Whether it can change an answer about an action: it changes none where neither the statement as it was nor as it
    /// is covers the action. A statement that names principals counts whatever the action: it can make a bucket public
    /// (D37). A root-only task of our own name may be decided by another action.
    pub fn concerns(&self, original: &CompiledPolicy, action: &str) -> bool {
        let real = Some(action).filter(|action| !is_pseudo_action(action));
        let Some(action) = real.and_then(ActionName::parse) else { return true };
        self.versions(original).into_iter().any(|(policy, number)| {
            let Some(compiled) = policy.statements().get(number) else { return true };
            compiled.principal_element != Element::Absent || policy.covers_action(compiled, &action)
        })
    }

    /// The statement as it was and as it is, each as a policy and a number there.
    pub fn versions<'m>(&'m self, original: &'m CompiledPolicy) -> [(&'m CompiledPolicy, usize); 2] {
        [(original, self.statement), (&self.alone, 0)]
    }

    /// The whole policy, changed; its statements have the numbers of the original's, and its text is the original's.
    pub fn policy(&self, original: &CompiledPolicy) -> Arc<CompiledPolicy> {
        Arc::new(original.with_statement_of(self.statement, self.alone.policy()))
    }
}

const DROPPED: &str = "drop the statement";

/// The mutants of a policy in the order of its text, each made when it is its turn. A change that gives no valid policy
/// is left out.
pub fn mutants<'p>(
    original: &'p CompiledPolicy,
    catalog: &'p Catalog,
) -> impl Iterator<Item = Mutant> + use<'p> {
    let policy: &'p Policy = original.policy();
    let parts = |(number, statement): (usize, &'p Statement)| {
        (0..PARTS + statement.condition.len()).map(move |part| (number, statement, part))
    };
    let all = policy.statements().iter().enumerate().flat_map(parts);
    let changes = all.flat_map(move |(number, statement, part)| {
        let changer = StatementEdit::new(policy, number).map(|edit| Changer {
            policy,
            catalog,
            statement,
            number,
            edit,
            found: Vec::new(),
        });
        changer.map(|changer| changer.changes(part)).unwrap_or_default()
    });
    changes.filter_map(move |change| change.made(policy))
}

/// How many parts of a statement are changed, but for its tests.
const PARTS: usize = 4;

/// What becomes a mutant.
struct Alteration<'p> {
    statement: usize,
    token: Token,
    what: String,
    edit: StatementEdit<'p>,
}

impl Alteration<'_> {
    fn made(self, original: &Policy) -> Option<Mutant> {
        let source = Source::new("<mutant>", self.edit.alone());
        let (policy, _) = parse_policy(&source, original.kind()).accept().ok()?;
        Some(Mutant {
            statement: self.statement,
            place: original.place(self.statement, self.token),
            change: self.what,
            alone: CompiledPolicy::new(Arc::new(policy)),
        })
    }
}

/// Collects the changes of one part of a statement.
struct Changer<'p> {
    policy: &'p Policy,
    catalog: &'p Catalog,
    statement: &'p Statement,
    number: usize,
    /// The statement as it is, to be changed.
    edit: StatementEdit<'p>,
    found: Vec<Alteration<'p>>,
}

impl<'p> Changer<'p> {
    fn changes(mut self, part: usize) -> Vec<Alteration<'p>> {
        match part {
            0 => self.whole(),
            1 => self.principals(),
            2 => self.actions(),
            3 => self.resources(),
            test => self.test(test - PARTS),
        }
        self.found
    }

    /// Drops the statement, flips its effect. A dropped one covers no action, so that the others keep their numbers.
    fn whole(&mut self) {
        let nothing = self.edit.with_action("\"none:None\"");
        self.add(Token::Statement, DROPPED.to_owned(), nothing);
        let other = if self.statement.effect == Effect::Allow { Effect::Deny } else { Effect::Allow };
        let flipped = self.edit.replaced(Token::Effect, quote(other.as_str()));
        self.add(Token::Effect, format!("flip the effect to {}", other.as_str()), flipped);
    }

    fn actions(&mut self) {
        let list = self.statement.action.patterns;
        for (i, text) in self.policy.texts(list).iter().enumerate() {
            let token = Token::Action(i as u32);
            let written = self.policy.text(text).into_owned();
            self.instead(token, text, "widen", wider_action(&written));
            self.instead(token, text, "narrow", narrower_action(&written, self.catalog));
        }
        self.entries(list, Token::Action);
    }

    fn resources(&mut self) {
        let Some(resource) = self.statement.resource else { return };
        for (i, text) in self.policy.texts(resource.patterns).iter().enumerate() {
            let token = Token::Resource(i as u32);
            let written = self.policy.text(text).into_owned();
            if written != "*" {
                self.instead(token, text, "widen", Some("*".to_owned()));
                let open = (!written.ends_with('*')).then(|| format!("{written}*"));
                self.instead(token, text, "widen", open);
            }
            self.instead(token, text, "narrow", narrower_resource(&written));
        }
        self.entries(resource.patterns, Token::Resource);
    }

    fn principals(&mut self) {
        let Some(principal) = &self.statement.principal else { return };
        let PrincipalForm::Map(entries) = &principal.form else { return };
        let mut first = 0;
        for entry in entries {
            let texts = self.policy.texts(entry.values);
            for (i, text) in texts.iter().enumerate() {
                let everyone = entry.kind == PrincipalType::Aws && self.policy.text(text) != "*";
                let token = Token::Principal(first + i as u32);
                self.instead(token, text, "widen", everyone.then(|| "*".to_owned()));
            }
            self.entries(entry.values, |i| Token::Principal(first + i));
            first += texts.len() as u32;
        }
    }

    /// Drops a test, negates it, drops its values.
    fn test(&mut self, number: usize) {
        let Some(test) = self.statement.condition.get(number) else { return };
        let key = self.policy.text(&test.key);
        let mut tests: Vec<Written> =
            self.statement.condition.iter().map(|test| Written::of(self.policy, test)).collect();
        let own = tests.remove(number);
        let dropped = self.edit.without_test(number);
        self.add(Token::Key(number as u32), format!("drop the condition on {key}"), dropped);
        if let Some(negated) = negated(self.policy, test, own) {
            let what = format!("negate the condition on {key}: {}", negated.operator);
            tests.insert(number, negated);
            self.with_tests(number, what, &tests);
        }
        self.entries(test.values, |value| Token::Value { test: number as u32, value });
    }

    fn with_tests(&mut self, number: usize, change: String, tests: &[Written]) {
        let edit = self.edit.replaced(Token::Condition, condition(tests));
        self.add(Token::Key(number as u32), change, edit);
    }

    /// Drops each entry of a list of several.
    fn entries(&mut self, list: TextList, token: impl Fn(u32) -> Token) {
        let texts = self.policy.texts(list);
        if texts.len() < 2 {
            return;
        }
        for (i, text) in texts.iter().enumerate() {
            let token = token(i as u32);
            let Some(shorter) = self.edit.shorter(token) else { continue };
            let what = format!("drop {}", self.policy.source().slice(text.token()));
            self.add(token, what, shorter);
        }
    }

    /// One text in place of another.
    fn instead(&mut self, token: Token, text: &Text, verb: &str, other: Option<String>) {
        let Some(other) = other else { return };
        let written = quote(&other);
        let what = format!("{verb} {} to {written}", self.policy.source().slice(text.token()));
        self.add(token, what, self.edit.replaced(token, written));
    }

    fn add(&mut self, token: Token, what: String, edit: StatementEdit<'p>) {
        self.found.push(Alteration { statement: self.number, token, what, edit });
    }
}

fn wider_action(pattern: &str) -> Option<String> {
    let (service, name) = pattern.split_once(':')?;
    Some(if name == "*" { "*".to_owned() } else { format!("{service}:*") })
}

fn narrower_action(pattern: &str, catalog: &Catalog) -> Option<String> {
    match pattern {
        "*" => Some("s3:*".to_owned()),
        _ if pattern.contains(['*', '?']) => {
            catalog.matching_actions(pattern).next().map(|action| action.to_string())
        }
        _ => None,
    }
}

fn narrower_resource(pattern: &str) -> Option<String> {
    match pattern {
        "*" => Some("arn:aws:*:*:*:narrowed/*".to_owned()),
        _ => pattern.strip_suffix('*').map(|stem| format!("{stem}narrowed/*")),
    }
}

/// A test as it is written: operator, key and values in JSON.
#[derive(Clone, Debug)]
struct Written {
    operator: String,
    key: String,
    values: String,
}

impl Written {
    fn of(policy: &Policy, test: &ConditionTest) -> Self {
        let slice = |span| policy.source().slice(span).to_owned();
        Self {
            operator: test.operator.to_string(),
            key: slice(test.key.token()),
            values: slice(test.values.span),
        }
    }
}

/// The value of `Condition`. A key that stands twice under one operator makes no valid policy.
fn condition(tests: &[Written]) -> String {
    let mut blocks: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for Written { operator, key, values } in tests {
        blocks.entry(operator).or_default().push(format!("{key}: {values}"));
    }
    let block =
        |(operator, tests): (&str, Vec<String>)| format!("\"{operator}\": {{ {} }}", tests.join(", "));
    format!("{{ {} }}", blocks.into_iter().map(block).collect::<Vec<_>>().join(", "))
}

/// The test that holds where this one does not; of `Bool` and `Null` the values are flipped.
fn negated(policy: &Policy, test: &ConditionTest, written: Written) -> Option<Written> {
    if matches!(test.operator.operator.family(), OperatorFamily::Bool | OperatorFamily::Null) {
        let [value] = policy.texts(test.values) else { return None };
        let flipped = if policy.text(value).eq_ignore_ascii_case("true") { "false" } else { "true" };
        return Some(Written { values: format!("\"{flipped}\""), ..written });
    }
    let operator = ConditionOperator { operator: opposite(test.operator.operator)?, ..test.operator };
    Some(Written { operator: operator.to_string(), ..written })
}

fn opposite(operator: Operator) -> Option<Operator> {
    use Operator as O;
    const PAIRS: [(Operator, Operator); 12] = [
        (O::StringEquals, O::StringNotEquals),
        (O::StringEqualsIgnoreCase, O::StringNotEqualsIgnoreCase),
        (O::StringLike, O::StringNotLike),
        (O::NumericEquals, O::NumericNotEquals),
        (O::NumericLessThan, O::NumericGreaterThanEquals),
        (O::NumericGreaterThan, O::NumericLessThanEquals),
        (O::DateEquals, O::DateNotEquals),
        (O::DateLessThan, O::DateGreaterThanEquals),
        (O::DateGreaterThan, O::DateLessThanEquals),
        (O::IpAddress, O::NotIpAddress),
        (O::ArnEquals, O::ArnNotEquals),
        (O::ArnLike, O::ArnNotLike),
    ];
    let mut both = PAIRS.into_iter().chain(PAIRS.map(|(one, other)| (other, one)));
    both.find(|(one, _)| *one == operator).map(|(_, other)| other)
}
