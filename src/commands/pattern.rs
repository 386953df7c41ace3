//! Questions about all that patterns cover: `can alice s3:Get* on arn:aws:s3:::reports/*`.

use std::sync::Arc;

use crate::explain::Explanation;
use crate::reason::{AskedPattern, PatternAnswer, PatternPart};
use crate::report::ToldPattern;
use crate::session::{Expectation, Failure, Outcome, Part, Posed, Session, Status};
use crate::world::WorldError;

/// A question about a pattern, asked.
pub(super) struct Surveyed {
    pub(super) answer: PatternAnswer,
    /// Of each part, the explanation of its request.
    pub(super) explanations: Vec<Explanation>,
}

impl Surveyed {
    pub(super) fn of(session: &Session, question: &Posed) -> Result<Self, Failure> {
        let world = session.world();
        let answer = AskedPattern::new(question)?.ask(world)?;
        let briefly = |part: &PatternPart| Ok(part.witness.ask(world)?.explain_briefly());
        let explanations = answer.parts.iter().map(briefly).collect::<Result<Vec<_>, WorldError>>()?;
        Ok(Self { answer, explanations })
    }

    /// What there is to show of it.
    pub(super) fn told(self, session: &Session, explained: Option<Arc<Explanation>>) -> Outcome {
        let status = Status::Covered(self.answer.verdict());
        let headlines = self.explanations.into_iter().map(|one| one.headline).collect();
        let catalog = session.world().catalog().date().to_owned();
        let told = ToldPattern { answer: self.answer, headlines, explained, catalog };
        Outcome { status, ..Outcome::of(Part::Pattern(Box::new(told))) }
    }

    /// The request that shows why not all is allowed, as a question that `why` may be asked about.
    pub(super) fn witness(&self, question: &Posed) -> Option<Posed> {
        let witness = self.answer.witness()?.clone();
        Some(Posed { signed_in: question.signed_in, ..witness.into() })
    }
}

/// Asks; `why` alone then explains a request that is not allowed.
pub(super) fn can(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let surveyed = Surveyed::of(session, question)?;
    if let Some(witness) = surveyed.witness(question) {
        session.decide_shortly(&witness)?;
    }
    Ok(surveyed.told(session, None))
}

/// Asks, and explains a request that is not allowed.
pub(super) fn why(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let surveyed = Surveyed::of(session, question)?;
    let witness = surveyed.witness(question);
    let explained = witness.map(|witness| session.answer(&witness)).transpose()?;
    Ok(surveyed.told(session, explained))
}

/// What is wrong with an expectation about all that a pattern covers, and the answer that shows it: each request that
/// stands for a part is held to it.
pub(super) fn held(
    session: &mut Session,
    expectation: &Expectation,
) -> Result<(Option<String>, Arc<Explanation>), Failure> {
    let surveyed = Surveyed::of(session, &expectation.question)?;
    let of_part = |(explanation, part): (&Explanation, &PatternPart)| {
        let wrong = expectation.wrong(&explanation.answer)?;
        let on = part.witness.resource.as_ref().map(|arn| format!(" on {arn}")).unwrap_or_default();
        Some(format!("{wrong}; for example {}{on}", part.witness.action))
    };
    let wrong = surveyed.explanations.iter().zip(&surveyed.answer.parts).map(of_part).enumerate();
    let wrong = wrong.filter_map(|(at, wrong)| Some((at, wrong?))).next();
    let at = wrong.as_ref().map_or(0, |(at, _)| *at);
    let Some(part) = surveyed.answer.parts.get(at) else {
        return Err(WorldError::new("no-such-request", "", "nothing is asked about").into());
    };
    let witness = Posed { question: part.witness.clone(), ..expectation.question.clone() };
    let explanation = session.decide(&Posed { is_pattern: false, ..witness })?;
    let wrong = wrong.map(|(_, wrong)| wrong);
    Ok((wrong.or_else(|| open(&surveyed.answer)), explanation))
}

/// Why it cannot be said of all.
fn open(answer: &PatternAnswer) -> Option<String> {
    let caveat = answer.caveats.first()?;
    Some(format!("not everything that is asked about was looked at: {}", caveat.why))
}

/// That a command takes one request alone.
pub(super) fn one_request(question: &Posed, command: &str) -> Result<(), Failure> {
    if !question.is_pattern {
        return Ok(());
    }
    let about = question.resource.as_deref().unwrap_or(&question.action).to_owned();
    let what = format!("`{command}` is about one request, not about all that a pattern covers");
    Err(WorldError::new("pattern-not-taken", about, what)
        .help("name one action and one resource; a `*` in the name of the resource is written `${*}`")
        .into())
}
