//! Policies in other words: tokens of a statement replaced, lists longer or shorter, a statement more or less.
//!
//! What is made here is JSON text and nothing else: it is read and compiled like any other policy.

use super::ast::{LanguageVersion, PrincipalForm, TextList};
use super::lower::Policy;
use super::token::Token;
use crate::source::Span;
use crate::syntax::json::quote;

impl Policy {
    /// The text of the policy in which one statement says something else; `None` = it is taken away.
    pub fn with_statement(&self, statement: usize, says: Option<&str>) -> String {
        let texts = self.statement_texts().enumerate().filter_map(|(i, own)| match i == statement {
            true => says,
            false => Some(own),
        });
        document(self.version().map(|(version, _)| version), texts)
    }

    /// The text of the policy with one statement more.
    pub fn with_one_more(&self, says: &str) -> String {
        document(self.version().map(|(version, _)| version), self.statement_texts().chain([says]))
    }

    /// The text of the policy with other statements in place of its own.
    pub fn with_statements<'t>(&self, says: impl Iterator<Item = &'t str>) -> String {
        document(self.version().map(|(version, _)| version), says)
    }

    /// The text of the policy in the language of today (A11).
    pub fn in_todays_language(&self) -> String {
        document(Some(LanguageVersion::V2012), self.statement_texts())
    }

    fn statement_texts(&self) -> impl Iterator<Item = &str> {
        self.statements().iter().map(|own| self.source().slice(own.span))
    }
}

/// The text of a policy with one statement.
pub fn policy_of(says: &str) -> String {
    document(Some(LanguageVersion::V2012), [says])
}

pub(super) fn document<'s>(
    version: Option<LanguageVersion>,
    statements: impl IntoIterator<Item = &'s str>,
) -> String {
    let version =
        version.map(|version| format!("  \"Version\": \"{}\",\n", version.as_str())).unwrap_or_default();
    let statements: Vec<&str> = statements.into_iter().collect();
    format!("{{\n{version}  \"Statement\": [\n    {}\n  ]\n}}\n", statements.join(",\n    "))
}

/// A statement whose text is being changed; each change is made on the text as it was read.
#[derive(Clone, Debug)]
pub struct StatementEdit<'p> {
    policy: &'p Policy,
    statement: usize,
    /// What stands in place of ranges of the source.
    cuts: Vec<(Span, String)>,
}

impl<'p> StatementEdit<'p> {
    /// A statement of a policy, still as it is; `None` if there is none of that number.
    pub fn new(policy: &'p Policy, statement: usize) -> Option<Self> {
        policy.statements().get(statement).map(|_| Self { policy, statement, cuts: Vec::new() })
    }

    /// The token as it stands in the text.
    pub fn token(&self, token: Token) -> &'p str {
        self.policy.source().slice(self.span(token))
    }

    /// With a token replaced.
    #[must_use]
    pub fn replaced(&self, token: Token, by: impl Into<String>) -> Self {
        self.cut(self.span(token), by)
    }

    /// With more texts in the list in which a token stands.
    #[must_use]
    pub fn longer(&self, token: Token, texts: &[String]) -> Self {
        let more = texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", ");
        let list = self.list(token).filter(|list| list.bracketed);
        match list.and_then(|list| self.policy.texts(list).last().copied()) {
            Some(last) => {
                let end = last.token().end;
                self.cut(Span::new(end, end), format!(", {more}"))
            }
            None => self.replaced(token, format!("[{}, {more}]", self.token(token))),
        }
    }

    /// Without a token of a list; `None` if nothing would be left of the list.
    pub fn shorter(&self, token: Token) -> Option<Self> {
        let texts = self.policy.texts(self.list(token)?);
        let spans: Vec<Span> = texts.iter().map(|text| text.token()).collect();
        let at = spans.iter().position(|span| *span == self.span(token))?;
        let gone = match (spans.get(at + 1), at.checked_sub(1).and_then(|before| spans.get(before))) {
            (Some(next), _) => Span::new(spans[at].start, next.start),
            (None, Some(before)) => Span::new(before.end, spans[at].end),
            (None, None) => return None,
        };
        Some(self.cut(gone, ""))
    }

    /// With another `Action`; the value is JSON.
    #[must_use]
    pub fn with_action(&self, value: &str) -> Self {
        let action = self.policy.statements()[self.statement].action;
        self.cut(action.key.to(action.patterns.span), format!("\"Action\": {value}"))
    }

    /// With another `Principal`; the value is JSON. `None` if the statement has none.
    pub fn with_principal(&self, value: &str) -> Option<Self> {
        Some(self.cut(self.principal_span()?, format!("\"Principal\": {value}")))
    }

    /// With one test more in the condition; the value is JSON.
    #[must_use]
    pub fn with_test(&self, operator: &str, key: &str, value: &str) -> Self {
        let test = format!("{}: {{ {}: {value} }}", quote(operator), quote(key));
        let condition = self.policy.statements()[self.statement].condition_span;
        let (at, text) = match condition {
            Some(span) if self.policy.source().slice(span).len() > 2 => (span.start + 1, format!(" {test},")),
            Some(span) => (span.start + 1, test),
            None => (self.end(), format!(", \"Condition\": {{ {test} }}")),
        };
        self.cut(Span::new(at, at), text)
    }

    /// Without a test of the condition.
    #[must_use]
    pub fn without_test(&self, number: usize) -> Self {
        let slice = |span| self.policy.source().slice(span);
        let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
        let tests = self.policy.statements()[self.statement].condition.iter().enumerate();
        for (_, test) in tests.filter(|(at, _)| *at != number) {
            let own = (
                test.operator.to_string(),
                format!("{}: {}", slice(test.key.token()), slice(test.values.span)),
            );
            match blocks.iter_mut().find(|(operator, _)| *operator == own.0) {
                Some((_, list)) => list.push(own.1),
                None => blocks.push((own.0, vec![own.1])),
            }
        }
        let block = |(operator, list): &(String, Vec<String>)| {
            format!("{}: {{ {} }}", quote(operator), list.join(", "))
        };
        let blocks: Vec<String> = blocks.iter().map(block).collect();
        self.replaced(Token::Condition, format!("{{ {} }}", blocks.join(", ")))
    }

    /// The text of the statement.
    pub fn statement(&self) -> String {
        self.text_of(self.span(Token::Statement))
    }

    /// The text of a policy of this statement alone, in the language of its own.
    pub fn alone(&self) -> String {
        document(self.policy.version().map(|(version, _)| version), [&*self.statement()])
    }

    /// The text of the whole document, as it is but for the changes.
    pub fn document(&self) -> String {
        self.text_of(self.policy.document())
    }

    fn cut(&self, span: Span, by: impl Into<String>) -> Self {
        let mut edit = self.clone();
        edit.cuts.push((span, by.into()));
        edit.cuts.sort_by_key(|(span, _)| span.start);
        edit
    }

    fn text_of(&self, whole: Span) -> String {
        let mut text = String::with_capacity(whole.len());
        let mut at = whole.start;
        for (span, by) in &self.cuts {
            text.push_str(self.policy.source().slice(Span::new(at, span.start.max(at))));
            text.push_str(by);
            at = span.end;
        }
        text.push_str(self.policy.source().slice(Span::new(at, whole.end)));
        text
    }

    /// Where the last element of the statement ends.
    fn end(&self) -> u32 {
        let span = self.span(Token::Statement);
        let inside = self.policy.source().slice(Span::new(span.start, span.end - 1));
        span.start + inside.trim_end().len() as u32
    }

    /// `Principal` or `NotPrincipal` with its value.
    fn principal_span(&self) -> Option<Span> {
        let principal = self.policy.statements()[self.statement].principal.as_ref()?;
        let end = match &principal.form {
            PrincipalForm::Everyone(text) => text.token().end,
            PrincipalForm::Map(entries) => {
                let last = entries.iter().map(|entry| entry.values.span.end).max()?;
                let rest = self.policy.source().text().get(last as usize..)?;
                last + rest.find('}')? as u32 + 1
            }
        };
        Some(Span::new(principal.key.start, end))
    }

    fn list(&self, token: Token) -> Option<TextList> {
        let statement = &self.policy.statements()[self.statement];
        match token {
            Token::Action(_) => Some(statement.action.patterns),
            Token::Resource(_) => Some(statement.resource?.patterns),
            Token::Principal(i) => self.principals(i),
            Token::Value { test, .. } => statement.condition.get(test as usize).map(|test| test.values),
            _ => None,
        }
    }

    /// The list in which a value of the principal element stands.
    fn principals(&self, i: u32) -> Option<TextList> {
        let PrincipalForm::Map(entries) = &self.policy.statements()[self.statement].principal.as_ref()?.form
        else {
            return None;
        };
        let span = self.span(Token::Principal(i));
        entries
            .iter()
            .map(|entry| entry.values)
            .find(|list| list.span.start <= span.start && span.end <= list.span.end)
    }

    fn span(&self, token: Token) -> Span {
        self.policy.place(self.statement, token).span
    }
}
