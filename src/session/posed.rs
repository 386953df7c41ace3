//! A question as it is put in a session.

use std::borrow::Cow;
use std::ops::Deref;

use super::principals::SESSION;
use crate::names::has_wildcard;
use crate::policy::{TextPart, parts};
use crate::question::Question;
use crate::world::{Principal, PrincipalKind, World};

/// A question as it was put at the prompt.
#[derive(Clone, Debug)]
pub struct Posed {
    /// What is asked.
    pub question: Question,
    /// Whether it named nobody, so that whoever is signed in asks.
    pub signed_in: bool,
    /// Whether the action or the resource is a pattern, so that it is about all that they cover.
    pub is_pattern: bool,
    /// The role, as a session, as which it is done once whoever asks has assumed it.
    pub as_role: Option<Principal>,
}

impl Posed {
    /// A question whose action and resource are as somebody wrote them: a wildcard makes a pattern of them, `${*}` is the
    /// character itself, and `*` alone is what AWS is asked for where there is no resource. What a call creates has no
    /// name yet, and AWS itself asks for `instance/*`.
    pub fn written(mut question: Question, signed_in: bool, world: &World) -> Self {
        let named = question.resource.as_deref().filter(|text| *text != "*");
        let is_pattern =
            has_wildcard(&question.action) || named.is_some_and(is_pattern) && !is_created(&question, world);
        if let (false, Some(named)) = (is_pattern, named) {
            question.resource = Some(without_escapes(named).into());
        }
        Self { question, signed_in, is_pattern, as_role: None }
    }
}

impl Posed {
    /// A question as a role, whose session is called like the one who asks where nobody has named it.
    pub fn in_role(question: Question, mut role: Principal) -> Self {
        if let PrincipalKind::RoleSession { session, .. } = &mut role.kind
            && session.is_empty()
        {
            *session = session_name(&question.principal).into();
        }
        Self { as_role: Some(role), ..question.into() }
    }

    /// The same role for somebody else, whose session is called like them where nobody has named it.
    pub(crate) fn role_of(&self, asker: &Principal) -> Option<Principal> {
        let mut role = self.as_role.clone()?;
        if let PrincipalKind::RoleSession { session, .. } = &mut role.kind
            && **session == *session_name(&self.principal)
        {
            *session = session_name(asker).into();
        }
        Some(role)
    }
}

impl From<Question> for Posed {
    fn from(question: Question) -> Self {
        Self { question, signed_in: false, is_pattern: false, as_role: None }
    }
}

impl Deref for Posed {
    type Target = Question;

    fn deref(&self) -> &Question {
        &self.question
    }
}

/// What a session is called that nobody has named.
pub(super) fn session_name(asker: &Principal) -> &str {
    match &asker.kind {
        PrincipalKind::User { name, .. } => name,
        PrincipalKind::RoleSession { session, .. } => session,
        _ => SESSION,
    }
}

/// Whether the resource is the one that the action creates, by its type alone.
fn is_created(question: &Question, world: &World) -> bool {
    let named = question.resource.as_deref().and_then(|text| text.strip_suffix("/*"));
    named.is_some_and(|named| !has_wildcard(named))
        && question.prepare(world).is_ok_and(|request| request.creates_resource())
}

fn is_pattern(resource: &str) -> bool {
    parts(resource).any(|part| part.plain().is_some_and(has_wildcard))
}

/// A text in which `${*}` and `${?}` are the characters.
fn without_escapes(text: &str) -> Cow<'_, str> {
    if !parts(text).any(|part| matches!(part, TextPart::Literal("*" | "?"))) {
        return text.into();
    }
    let mut written = text.to_owned();
    for (escaped, character) in [("${*}", "*"), ("${?}", "?")] {
        written = written.replace(escaped, character);
    }
    written.into()
}
