//! Policies in other words: the text of one statement changed, taken away, or one more.
//!
//! What is made here is JSON text and nothing else: it is read and compiled like any other policy.

use std::sync::Arc;

use crate::compile::CompiledPolicy;
use crate::policy::{LanguageVersion, Policy, PolicyType, PrincipalForm, TextList, Token};
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

/// A JSON text on one line: white space outside of strings is one blank.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for character in text.trim().chars() {
        let blank = !quoted && character.is_ascii_whitespace();
        if !(blank && out.ends_with(' ')) {
            out.push(if blank { ' ' } else { character });
        }
        quoted ^= character == '"' && !escaped;
        escaped = quoted && character == '\\' && !escaped;
    }
    out
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

    /// The statement with more texts in the list in which a token stands.
    pub(super) fn longer(&self, token: Token, texts: &[String]) -> String {
        let more = texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", ");
        let list = self.list(token).filter(|list| list.bracketed);
        match list.and_then(|list| self.policy.texts(list).last().copied()) {
            Some(last) => {
                let end = last.token().end;
                self.cut(vec![(Span::new(end, end), format!(", {more}"))])
            }
            None => self.replaced(&[(token, format!("[{}, {more}]", self.token(token)))]),
        }
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

    /// The statement with one test more in its condition; the value is JSON.
    pub(super) fn with_test(&self, operator: &str, key: &str, value: &str) -> String {
        self.cut(vec![self.test(operator, key, value)])
    }

    /// The same for everyone, whomever the statement named or left out.
    pub(super) fn with_test_for_everyone(&self, operator: &str, key: &str, value: &str) -> Option<String> {
        let test = self.test(operator, key, value);
        let everyone = (self.principal_span()?, "\"Principal\": \"*\"".to_owned());
        Some(self.cut(vec![everyone, test]))
    }

    /// The statement with another principal; the value is JSON.
    pub(super) fn with_principal(&self, value: &str) -> Option<String> {
        Some(self.cut(vec![(self.principal_span()?, format!("\"Principal\": {value}"))]))
    }

    /// Where a test more goes, and what is to be put there.
    fn test(&self, operator: &str, key: &str, value: &str) -> (Span, String) {
        let test = format!("{}: {{ {}: {value} }}", quote(operator), quote(key));
        let condition = self.policy.statements()[self.statement].condition_span;
        let (at, text) = match condition {
            Some(span) if self.policy.source().slice(span).len() > 2 => (span.start + 1, format!(" {test},")),
            Some(span) => (span.start + 1, test),
            None => (self.end(), format!(", \"Condition\": {{ {test} }}")),
        };
        (Span::new(at, at), text)
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
