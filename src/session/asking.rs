//! Questions that statements ask, and the answers that a session remembers.

use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use super::past::PastQuestion;
use super::posed::{Posed, session_name};
use super::principals::{find_principal, find_role};
use super::slots::word;
use super::state::Session;
use crate::explain::Explanation;
use crate::question::{Asked, Question};
use crate::source::Diagnostic;
use crate::syntax::script::{self, Clause};
use crate::world::{Principal, PrincipalKind, WorldError};

/// How many questions are remembered with their answers.
const RECORDED: usize = 1_000;

/// How many questions are remembered at least.
pub(crate) const REMEMBERED: usize = 200;

impl Context<'_> {
    pub(crate) fn question(&mut self, words: &script::Words<'_>) -> Result<Posed, Failure> {
        let named = words.get("PRINCIPAL").map(|word| self.principal(&word.text)).transpose()?;
        let signed_in = named.is_none();
        let principal = match named {
            Some(principal) => principal,
            None => self.session.signed_in.clone().ok_or_else(nobody_asks)?,
        };
        let as_role = self.role_of(words, &principal)?;
        let question = Question {
            principal: Arc::new(principal),
            action: word(words, "ACTION"),
            resource: words.get("RESOURCE").map(|resource| (&*resource.text).into()),
            assumptions: self.assumptions(words)?,
        };
        let posed = Posed { as_role, ..Posed::written(question, signed_in, self.world()) };
        match posed.as_role.is_some() && posed.is_pattern {
            true => Err(pattern_as_role(&posed).into()),
            false => Ok(posed),
        }
    }

    /// Refuses a role where nothing is asked as one.
    pub(crate) fn no_role(&self, words: &script::Words<'_>) -> Result<(), WorldError> {
        let named = words.clauses("CLAUSE").find_map(|clause| match clause {
            Clause::As(word) => Some(&*word.text),
            _ => None,
        });
        named.map_or(Ok(()), |role| {
            let what = "only `can`, `why`, `when` and `expect` are asked as a role";
            Err(WorldError::new("no-role-here", role, what))
        })
    }

    /// The session of the role as which it is asked; it is called like whoever assumes it, where nobody says how.
    pub(crate) fn role_of(
        &self,
        words: &script::Words<'_>,
        asker: &Principal,
    ) -> Result<Option<Principal>, WorldError> {
        let mut named = words.clauses("CLAUSE").filter_map(|clause| match clause {
            Clause::As(word) => Some(word),
            _ => None,
        });
        let Some(word) = named.next() else { return Ok(None) };
        if let Some(second) = named.next() {
            return Err(WorldError::new("role-twice", &*second.text, "one role is named, not two"));
        }
        let has_session =
            word.text.contains("assumed-role/") || !word.text.contains("arn:") && word.text.contains(':');
        let find = if has_session { find_principal } else { find_role };
        let mut role = find(self.world(), self.session.selected, &word.text)?;
        let PrincipalKind::RoleSession { session, .. } = &mut role.kind else {
            let what = format!("`{}` is not a role", word.text);
            return Err(WorldError::new("not-a-role", &*word.text, what).help("only roles are assumed"));
        };
        if !has_session {
            *session = session_name(asker).into();
        }
        Ok(Some(role))
    }
}

fn pattern_as_role(posed: &Posed) -> WorldError {
    let about = posed.resource.as_deref().unwrap_or(&posed.action);
    let what = "what a pattern covers is not asked as a role";
    let help = "ask whether the role may do it, `can role/Deploy …`, and whether it may be assumed, `can alice sts:AssumeRole on ROLE-ARN`";
    WorldError::new("pattern-as-role", about, what).help(help)
}

pub(crate) fn nobody_asks() -> Failure {
    WorldError::new("nobody-asks", "", "the question names nobody, and nobody is signed in")
        .help("name a principal, `can alice s3:ListAllMyBuckets`, or sign in, `sign-in alice at acme`")
        .into()
}

/// There is no last question yet.
pub(crate) fn nothing_asked() -> Failure {
    Diagnostic::error("no-answer", "nothing has been asked yet")
        .help("ask something first: `can alice s3:GetObject on arn:aws:s3:::reports/q1.csv`")
        .into()
}

impl Session {
    /// Asks a question for its verdict; what would help is looked for when somebody asks why.
    pub(crate) fn decide(&mut self, question: &Posed) -> Result<Arc<Explanation>, Failure> {
        self.decide_and(question, |asked| asked.explain_briefly())
    }

    /// Asks a question for its verdict, and for what one action hides.
    pub(crate) fn decide_shortly(&mut self, question: &Posed) -> Result<Arc<Explanation>, Failure> {
        self.decide_and(question, |asked| asked.explain_shortly())
    }

    fn decide_and(
        &mut self,
        question: &Posed,
        explain: fn(Asked<'_>) -> Explanation,
    ) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.explained(&self.world, explain)?);
        self.last = Some(Arc::clone(&explanation));
        self.note_question(question, true);
        Ok(explanation)
    }

    pub(crate) fn answer(&mut self, question: &Posed) -> Result<Arc<Explanation>, Failure> {
        let explanation = Arc::new(question.explained(&self.world, |asked| asked.explain())?);
        self.last = Some(Arc::clone(&explanation));
        self.note_question(question, false);
        Ok(explanation)
    }

    /// Remembers a question with its answer, until they are recorded.
    pub(crate) fn remember(&mut self, question: &Posed, explanation: &Arc<Explanation>) {
        if self.asked.len() == RECORDED {
            self.asked.remove(0);
        }
        self.asked.push((question.clone(), Arc::clone(explanation)));
    }

    /// Remembers a question that was asked, and whether it was answered without all reasons.
    pub(crate) fn note_question(&mut self, question: &Posed, is_brief: bool) {
        let (posed, world) = (question.clone(), self.world.clone());
        self.last_question = Some(PastQuestion { posed, world, is_brief, is_pasted: false });
        if self.questions.len() == 2 * REMEMBERED {
            self.questions.drain(..REMEMBERED);
        }
        self.questions.push(question.clone());
    }
}
