//! Policies in other words: the text of one statement changed, taken away, or one more.
//!
//! What is made here is JSON text and nothing else: it is read and compiled like any other policy.

use std::sync::Arc;

use crate::compile::CompiledPolicy;
use crate::policy::{LanguageVersion, Policy, PolicyType, TextList, Token};
use crate::source::{Source, Span};
use crate::world::Document;

/// The text of a policy in which one statement says something else; `None` = it is taken away.
pub(super) fn with_statement(policy: &Policy, statement: usize, says: Option<&str>) -> String {
    let own = policy.statements().iter().enumerate();
    let texts = own.filter_map(|(i, own)| match i == statement {
        true => says.map(str::to_owned),
        false => Some(policy.source().slice(own.span).to_owned()),
    });
    document(policy.version().map(|(version, _)| version), texts)
}

/// The text of a policy with one statement more.
pub(super) fn with_one_more(policy: &Policy, says: &str) -> String {
    let own = policy.statements().iter().map(|own| policy.source().slice(own.span).to_owned());
    document(policy.version().map(|(version, _)| version), own.chain([says.to_owned()]))
}

/// The text of a policy in the language of today (A11).
pub(super) fn in_todays_language(policy: &Policy) -> String {
    let own = policy.statements().iter().map(|own| policy.source().slice(own.span).to_owned());
    document(Some(LanguageVersion::V2012), own)
}

/// The text of a policy with one statement.
pub(super) fn alone(says: &str) -> String {
    document(Some(LanguageVersion::V2012), [says.to_owned()])
}

fn document(version: Option<LanguageVersion>, statements: impl IntoIterator<Item = String>) -> String {
    let version = match version {
        Some(LanguageVersion::V2012) => "  \"Version\": \"2012-10-17\",\n",
        Some(LanguageVersion::V2008) => "  \"Version\": \"2008-10-17\",\n",
        None => "",
    };
    let statements: Vec<String> = statements.into_iter().collect();
    format!("{{\n{version}  \"Statement\": [\n    {}\n  ]\n}}\n", statements.join(",\n    "))
}

/// Reads a text as a policy of a kind; `None` if it is none.
pub(super) fn compile(name: &str, text: &str, kind: PolicyType) -> Option<Arc<CompiledPolicy>> {
    let (document, _) = Document::read(&Source::new(name, text), kind);
    document.compiled().map(Arc::clone)
}

/// A text as a JSON string.
pub(super) fn quote(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// A statement whose text is being changed.
pub(super) struct Rewrite<'p> {
    policy: &'p Policy,
    statement: usize,
}

impl<'p> Rewrite<'p> {
    pub(super) fn new(policy: &'p Policy, statement: u32) -> Option<Self> {
        let statement = statement as usize;
        policy.statements().get(statement).map(|_| Self { policy, statement })
    }

    /// The token as it stands in the text.
    pub(super) fn token(&self, token: Token) -> &'p str {
        self.policy.source().slice(self.span(token))
    }

    /// The statement with tokens replaced.
    pub(super) fn replaced(&self, tokens: &[(Token, String)]) -> String {
        self.cut(tokens.iter().map(|(token, by)| (self.span(*token), by.clone())).collect())
    }

    /// The statement with one text more in the list in which a token stands.
    pub(super) fn longer(&self, token: Token, text: &str) -> String {
        let own = self.token(token);
        let by = match self.list(token).is_some_and(|list| list.bracketed) {
            true => format!("{own}, {}", quote(text)),
            false => format!("[{own}, {}]", quote(text)),
        };
        self.replaced(&[(token, by)])
    }

    /// The statement without a token of a list; `None` if nothing would be left of the list.
    pub(super) fn shorter(&self, token: Token) -> Option<String> {
        let texts = self.policy.texts(self.list(token)?);
        let spans: Vec<Span> = texts.iter().map(|text| text.token()).collect();
        let at = spans.iter().position(|span| *span == self.span(token))?;
        let cut = match (spans.get(at + 1), at.checked_sub(1).and_then(|before| spans.get(before))) {
            (Some(next), _) => Span::new(spans[at].start, next.start),
            (None, Some(before)) => Span::new(before.end, spans[at].end),
            (None, None) => return None,
        };
        Some(self.cut(vec![(cut, String::new())]))
    }

    /// The statement with one test more in its condition.
    pub(super) fn with_test(&self, operator: &str, key: &str, value: &str) -> String {
        let test = format!("{}: {{ {}: {} }}", quote(operator), quote(key), quote(value));
        let statement = self.span(Token::Statement);
        let condition = self.policy.statements()[self.statement].condition_span;
        let (at, text) = match condition {
            Some(span) if self.policy.source().slice(span).len() > 2 => (span.start + 1, format!(" {test},")),
            Some(span) => (span.start + 1, test),
            None => (statement.end - 1, format!(", \"Condition\": {{ {test} }} ")),
        };
        self.cut(vec![(Span::new(at, at), text)])
    }

    fn list(&self, token: Token) -> Option<TextList> {
        let statement = &self.policy.statements()[self.statement];
        match token {
            Token::Action(_) => Some(statement.action.patterns),
            Token::Resource(_) => Some(statement.resource?.patterns),
            Token::Value { test, .. } => statement.condition.get(test as usize).map(|test| test.values),
            _ => None,
        }
    }

    fn span(&self, token: Token) -> Span {
        self.policy.place(self.statement, token).span
    }

    /// The statement with ranges of the source replaced.
    fn cut(&self, mut parts: Vec<(Span, String)>) -> String {
        parts.sort_by_key(|(span, _)| span.start);
        let whole = self.span(Token::Statement);
        let mut text = String::new();
        let mut at = whole.start;
        for (span, by) in parts {
            text.push_str(self.policy.source().slice(Span::new(at, span.start.max(at))));
            text.push_str(&by);
            at = span.end;
        }
        text.push_str(self.policy.source().slice(Span::new(at, whole.end)));
        text
    }
}
