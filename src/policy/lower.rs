//! From tree to AST: the whole document (A1–A15).

use std::borrow::Cow;
use std::sync::Arc;

use super::ast::{ActionElement, LanguageVersion, Statement, Text, TextList};
use super::role::StringRole;
use super::{PolicyType, Token, error};
use crate::source::{Diagnostic, Parsed, Place, Severity, Source, Span};
use crate::syntax::json::{Cursor, Kind, Tree, parse_json, unescape};

const ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];

/// A policy document.
#[derive(Clone, Debug)]
pub struct Policy {
    source: Arc<Source>,
    span: Span,
    kind: PolicyType,
    version: Option<(LanguageVersion, Text)>,
    id: Option<Text>,
    statements: Box<[Statement]>,
    texts: Box<[Text]>,
}

/// Reads a whole text as a policy of that kind.
///
/// ```
/// use iamwhy::{policy::{PolicyType, parse_policy}, source::Source};
/// let text = r#"{"Statement": {"Efect": "Allow", "Action": "*", "Resource": "*"}}"#;
/// let parsed = parse_policy(&Source::new("admin.json", text), PolicyType::IdentityBased);
/// assert_eq!(parsed.diagnostics[0].labels[0].place.text(), "\"Efect\"");
/// ```
pub fn parse_policy(source: &Arc<Source>, kind: PolicyType) -> Parsed<Policy> {
    Policy::of(parse_json(source), kind)
}

impl Policy {
    /// The policy that a text read as JSON is; what was wrong with the JSON comes first.
    pub fn of(tree: Parsed<Tree>, kind: PolicyType) -> Parsed<Self> {
        let Some(value) = tree.value else { return Parsed { value: None, diagnostics: tree.diagnostics } };
        let mut policy = Self::lower(value.root(), kind);
        policy.diagnostics.splice(0..0, tree.diagnostics);
        policy
    }

    /// Makes the AST of a document that has been read as JSON. What is wrong with one statement does not keep
    /// the others from being understood.
    pub fn lower(document: Cursor<'_>, kind: PolicyType) -> Parsed<Self> {
        let mut lower = Lower { kind, texts: Vec::with_capacity(document.size()), found: Vec::new() };
        let value = lower.document(document);
        lower.check_characters(document);
        Parsed { value, diagnostics: lower.found }
    }

    /// The text that the policy was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The range of the document in its source.
    pub fn document(&self) -> Span {
        self.span
    }

    /// What the policy was read as.
    pub fn kind(&self) -> PolicyType {
        self.kind
    }

    /// The language that the policy is written in; absent means the old one (A11).
    pub fn language(&self) -> LanguageVersion {
        self.version.map_or(LanguageVersion::V2008, |(version, _)| version)
    }

    /// The `Version` element, where there is one.
    pub fn version(&self) -> Option<(LanguageVersion, Text)> {
        self.version
    }

    /// The `Id` element (A14).
    pub fn id(&self) -> Option<&Text> {
        self.id.as_ref()
    }

    /// The statements in the order of the text.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The members of a list.
    pub fn texts(&self, list: TextList) -> &[Text] {
        &self.texts[list.start as usize..list.end as usize]
    }

    /// The members of all lists.
    pub(super) fn all_texts(&self) -> &[Text] {
        &self.texts
    }

    /// The characters that a text stands for.
    pub fn text(&self, text: &Text) -> Cow<'_, str> {
        let raw = self.source.slice(text.span);
        if text.escaped { unescape(raw) } else { Cow::Borrowed(raw) }
    }

    /// The `Sid` of a statement, if it has one that is not empty.
    pub fn sid(&self, statement: usize) -> Option<Cow<'_, str>> {
        let sid = self.statements.get(statement)?.sid.as_ref()?;
        Some(self.text(sid)).filter(|sid| !sid.is_empty())
    }

    /// The statement of a number, from 1, or of a Sid.
    pub fn statement_named(&self, name: &str) -> Option<usize> {
        let number = name.parse().ok().and_then(|number: usize| number.checked_sub(1));
        let all = 0..self.statements.len();
        let of_sid = || all.clone().find(|at| self.sid(*at).as_deref() == Some(name));
        number.filter(|at| all.contains(at)).or_else(of_sid)
    }

    /// This policy with a statement that applies to no action (A9); the others keep their numbers and places.
    pub fn without(&self, statement: usize) -> Self {
        let mut policy = self.clone();
        if let Some(own) = policy.statements.get_mut(statement) {
            let patterns = TextList { start: 0, end: 0, ..own.action.patterns };
            own.action = ActionElement { negated: false, patterns, ..own.action };
        }
        policy
    }

    /// The place of an element of a statement; the statement's own where it lacks the element.
    pub fn place(&self, statement: usize, token: Token) -> Place {
        let span =
            self.statements.get(statement).map_or(self.span, |s| self.span_of(s, token).unwrap_or(s.span));
        Place::new(&self.source, span)
    }

    fn span_of(&self, statement: &Statement, token: Token) -> Option<Span> {
        let member = |list: TextList, i: u32| self.texts(list).get(i as usize).map(Text::token);
        let test = |i: u32| statement.condition.get(i as usize);
        match token {
            Token::Statement => Some(statement.span),
            Token::Sid => statement.sid.as_ref().map(Text::token),
            Token::Effect => Some(statement.effect_text.token()),
            Token::ActionKey => Some(statement.action.key),
            Token::Action(i) => member(statement.action.patterns, i),
            Token::ResourceKey => statement.resource.map(|resource| resource.key),
            Token::Resource(i) => member(statement.resource?.patterns, i),
            Token::PrincipalKey => statement.principal.as_ref().map(|principal| principal.key),
            Token::Principal(i) => self.principal_span(statement, i),
            Token::Condition => statement.condition_span,
            Token::Operator(i) => test(i).map(|test| test.operator_text.token()),
            Token::Key(i) => test(i).map(|test| test.key.token()),
            Token::Value { test: i, value } => member(test(i)?.values, value),
        }
    }

    fn principal_span(&self, statement: &Statement, index: u32) -> Option<Span> {
        match &statement.principal.as_ref()?.form {
            super::PrincipalForm::Everyone(text) => Some(text.token()),
            super::PrincipalForm::Map(entries) => {
                entries.iter().flat_map(|e| self.texts(e.values)).nth(index as usize).map(Text::token)
            }
        }
    }
}

/// The state of a lowering: what has been found so far.
pub(super) struct Lower {
    pub(super) kind: PolicyType,
    pub(super) texts: Vec<Text>,
    pub(super) found: Vec<Diagnostic>,
}

/// A member of an object: its key and its value.
pub(super) type Member<'t> = Option<(Cursor<'t>, Cursor<'t>)>;

impl Lower {
    fn document(&mut self, document: Cursor<'_>) -> Option<Policy> {
        if document.kind() != Kind::Object {
            self.wrong_type("a policy, which is one JSON object", document); // A1
            return None;
        }
        let [version, id, statement] = self.members(document, &ELEMENTS);
        let version = version.and_then(|(_, value)| self.version(value));
        let id = id.and_then(|(key, value)| self.id(key, value));
        let statements = match statement {
            Some((_, value)) => self.statements(value),
            None => {
                self.missing(document, "`Statement`"); // A2
                Vec::new()
            }
        };
        self.check_version(document, version);
        self.check_sids(document.source(), &statements);
        Some(Policy {
            source: Arc::clone(document.source()),
            span: document.span(),
            kind: self.kind,
            version,
            id,
            statements: statements.into(),
            texts: std::mem::take(&mut self.texts).into(),
        })
    }

    fn version(&mut self, value: Cursor<'_>) -> Option<(LanguageVersion, Text)> {
        let text = self.one_text(value)?;
        let version = match value.string().as_deref() {
            Some("2012-10-17") => LanguageVersion::V2012,
            Some("2008-10-17") => LanguageVersion::V2008,
            other => {
                let what = format!("`{}` is not a version of the policy language", other.unwrap_or_default()); // A10
                let diagnostic = Diagnostic::error("bad-version", what).at(value.place(), "");
                self.found.push(
                    diagnostic.help("write `\"2012-10-17\"`: it is a fixed name, not a date to choose"),
                );
                return None;
            }
        };
        Some((version, text))
    }

    /// A12: an RCP is refused without the current version.
    fn check_version(&mut self, document: Cursor<'_>, version: Option<(LanguageVersion, Text)>) {
        let current = matches!(version, Some((LanguageVersion::V2012, _)));
        if self.kind == PolicyType::ResourceControl && !current {
            self.missing(
                document,
                "`\"Version\": \"2012-10-17\"`, which a resource control policy must have,",
            );
        }
    }

    fn id(&mut self, key: Cursor<'_>, value: Cursor<'_>) -> Option<Text> {
        if self.kind == PolicyType::IdentityBased {
            // A14
            let what = "`Id` has no use in an identity-based policy";
            self.found.push(Diagnostic::warning("useless-id", what).at(key.place(), ""));
        }
        self.one_text(value)
    }

    fn statements(&mut self, value: Cursor<'_>) -> Vec<Statement> {
        match value.kind() {
            Kind::Object => self.statement(value).into_iter().collect(),
            Kind::Array => {
                let mut statements = Vec::with_capacity(value.items().count());
                statements.extend(value.items().filter_map(|item| self.statement(item)));
                if value.items().next().is_none() {
                    let diagnostic =
                        Diagnostic::error("no-statement", "a policy needs at least one statement"); // A8
                    self.found.push(diagnostic.at(value.place(), ""));
                }
                statements
            }
            _ => {
                self.wrong_type("a statement or a list of statements", value);
                Vec::new()
            }
        }
    }

    /// A15: a `Sid` names one statement. Policies of resources and endpoints are saved all the same.
    fn check_sids(&mut self, source: &Arc<Source>, statements: &[Statement]) {
        let sids = statements.iter().filter_map(|s| s.sid).filter(|sid| !sid.span.is_empty());
        let mut texts: Vec<&str> = sids.clone().map(|sid| source.slice(sid.span)).collect();
        texts.sort_unstable();
        if texts.windows(2).all(|two| two[0] != two[1]) {
            return;
        }
        let mut seen = std::collections::BTreeMap::new();
        for sid in sids {
            if let Some(first) = seen.insert(source.slice(sid.span), sid) {
                let what = format!("two statements have the Sid `{}`", source.slice(sid.span));
                let is_saved = matches!(self.kind, PolicyType::ResourceBased | PolicyType::VpcEndpoint);
                let severity = if is_saved { Severity::Warning } else { Severity::Error };
                let diagnostic = Diagnostic::new("duplicate-sid", severity, what);
                let diagnostic = diagnostic.at(Place::new(source, sid.token()), "again here");
                self.found.push(diagnostic.at(Place::new(source, first.token()), "first given here"));
            }
        }
    }

    /// A6: IAM stores no character above U+00FF, whether it is written or escaped.
    fn check_characters(&mut self, document: Cursor<'_>) {
        if !self.kind.is_stored_by_iam() {
            return;
        }
        let text = document.raw();
        if !text.is_ascii() {
            let written = text.char_indices().find(|(_, c)| *c > '\u{ff}');
            let start = document.span().start;
            self.found.extend(written.map(|(at, character)| {
                let (at, length) = (start + at as u32, character.len_utf8() as u32);
                error::bad_character(character, Place::new(document.source(), Span::new(at, at + length)))
            }));
        }
        for string in document.escaped_strings() {
            self.found.extend(escaped_character(string).map(|c| error::bad_character(c, string.place())));
        }
    }

    /// The members of an object by name; unknown ones (A3) and duplicates (A5) are reported.
    pub(super) fn members<'t, const N: usize>(
        &mut self,
        object: Cursor<'t>,
        known: &[&str; N],
    ) -> [Member<'t>; N] {
        let mut members = [None; N];
        let mut misspelt = Vec::new();
        for (key, value) in object.members() {
            match key.position_in(known) {
                None => {
                    let Some(name) = key.string() else { continue };
                    self.found.push(error::unknown_element(key, &name, known));
                    misspelt.extend(error::meant(&name, known).map(|i| (i, (key, value))));
                }
                Some(i) => match members[i] {
                    None => members[i] = Some((key, value)),
                    Some((first, _)) => self.found.push(error::duplicate_key(first, key, known[i])),
                },
            }
        }
        // What is misspelt has been said; that the element is missing as well would be the same again.
        for (i, member) in misspelt {
            members[i].get_or_insert(member);
        }
        members
    }

    /// A single string.
    pub(super) fn one_text(&mut self, value: Cursor<'_>) -> Option<Text> {
        match value.kind() {
            Kind::String => Some(Text { span: value.span().inside(), escaped: false, quoted: true }),
            Kind::EscapedString => Some(Text { span: value.span().inside(), escaped: true, quoted: true }),
            _ => {
                self.wrong_type("a string", value);
                None
            }
        }
    }

    /// A string or a list of strings (A7).
    pub(super) fn text_list(&mut self, value: Cursor<'_>, role: StringRole) -> TextList {
        let start = self.texts.len() as u32;
        let bracketed = value.kind() == Kind::Array;
        if bracketed {
            for item in value.items() {
                self.list_member(item, role, "a string");
            }
        } else {
            self.list_member(value, role, "a string or a list of strings");
        }
        TextList { start, end: self.texts.len() as u32, bracketed, span: value.span() }
    }

    #[inline]
    fn list_member(&mut self, value: Cursor<'_>, role: StringRole, expected: &str) {
        match value.plain_string() {
            Some(text) => {
                self.texts.push(Text { span: value.span().inside(), escaped: false, quoted: true });
                if !role.is_ordinary(text) {
                    role.check(self, value);
                }
            }
            None => self.other_member(value, role, expected),
        }
    }

    /// A member of a list that is no string, or one with escapes.
    #[cold]
    fn other_member(&mut self, value: Cursor<'_>, role: StringRole, expected: &str) {
        let text = match value.kind() {
            Kind::EscapedString => Text { span: value.span().inside(), escaped: true, quoted: true },
            Kind::Bool | Kind::Number if role == StringRole::ConditionValue => {
                Text { span: value.span(), escaped: false, quoted: false }
            }
            _ => return self.wrong_type(expected, value),
        };
        self.texts.push(text);
        role.check(self, value);
    }

    /// Reports a value of the wrong type, unless it has been reported as bad JSON.
    pub(super) fn wrong_type(&mut self, expected: &str, value: Cursor<'_>) {
        if value.kind() != Kind::Bad {
            self.found.push(error::wrong_type(expected, value));
        }
    }

    pub(super) fn missing(&mut self, owner: Cursor<'_>, name: &str) {
        self.found.push(error::missing_element(owner.place(), name));
    }
}

/// The first character above U+00FF that a string holds only by an escape.
fn escaped_character(string: Cursor<'_>) -> Option<char> {
    let raw = string.raw();
    if raw.chars().any(|c| c > '\u{ff}') {
        return None; // reported as it is written
    }
    let characters = string.string()?;
    // Half of a character stands for U+FFFD and has been reported.
    let halves = !raw.to_ascii_lowercase().contains("\\ufffd");
    characters.chars().find(|c| *c > '\u{ff}' && !(halves && *c == '\u{fffd}'))
}
