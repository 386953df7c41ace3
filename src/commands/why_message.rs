//! `why "User: … is not authorized to perform: …"`, and the other texts in which AWS tells what it decided.

use std::sync::Arc;

use super::example_user::example_user;
use super::why::{extent, shown};
use super::why_malformed::why_malformed;
use crate::explain::{Explanation, SaidAlone, compare_with_aws, told};
use crate::facts::CredentialError;
use crate::question::{Assumptions, Question};
use crate::recognise::{Pasted, PastedOutcome, Recognised, recognise, resource_in, with_role_path};
use crate::report::Extent;
use crate::session::slots::word;
use crate::session::{Command, Failure, Heading, Outcome, Part, Posed, Row, Session, Status, command};
use crate::source::Diagnostic;
use crate::world::{ContextValue, Principal, World};

pub(super) const ROW: Row = Heading::Question.row(
    "why MESSAGE:TEXT [CLAUSE]... [in full | short]",
    "explains AWS's message, CloudTrail event or decoded authorization message, and says whether the answer here agrees",
    "why \"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject\"",
    |words, context| {
        context.no_role(words)?;
        let (text, extent) = (word(words, "MESSAGE"), extent(words));
        Ok(explains(AwsText { text, assumptions: context.assumptions(words)?, extent }))
    },
);

/// A text of AWS, and what the question that it stands for assumes.
pub(super) struct AwsText {
    /// The text as it was pasted.
    pub(super) text: Box<str>,
    pub(super) assumptions: Assumptions,
    pub(super) extent: Extent,
}

pub(super) fn explains(aws: AwsText) -> Command {
    command(move |session, _, outside| why_message(session, &aws, outside.now()))
}

fn why_message(session: &mut Session, aws: &AwsText, now: i64) -> Result<Outcome, Failure> {
    match recognise(&aws.text, session.world.catalog()).ok_or_else(unknown)? {
        Recognised::Answer(pasted) => Ok(answered(session, *pasted, aws, now)),
        Recognised::Answers(all) => Ok(which(&all)),
        Recognised::Malformed(malformed) => Ok(why_malformed(session, &malformed)),
        Recognised::Unsigned(error) => Ok(why_unsigned(error)),
        Recognised::Nothing(what) => {
            let what = format!("this is {what}");
            Err(Diagnostic::error("no-answer-of-aws", what)
                .help("give one event of a call that was made")
                .into())
        }
    }
}

/// What it means that AWS did not know who calls.
fn why_unsigned(error: &CredentialError) -> Outcome {
    let fields = [
        ("refused", "the credentials, before any policy was asked: AWS did not know who calls"),
        ("code", error.code),
        ("means", error.means),
        ("fix", error.helps),
    ];
    Outcome::of(Part::Fields(fields.map(|(name, what)| (name, what.to_owned())).to_vec()))
}

/// Asks what the text tells of, and compares the answers; where the world knows nothing of it, the text speaks alone.
fn answered(session: &mut Session, pasted: Pasted, aws: &AwsText, now: i64) -> Outcome {
    match question(session, &pasted, aws, now) {
        Ok(posed) => match session.answer(&posed) {
            Ok(explanation) => compared(session, &pasted, &posed, &explanation, aws.extent),
            Err(failure) => alone(session, pasted, Some(failure.into_words())),
        },
        Err(lack) => alone(session, pasted, lack),
    }
}

/// The answer beside AWS's, which is the fact.
fn compared(
    session: &mut Session,
    pasted: &Pasted,
    posed: &Posed,
    explanation: &Explanation,
    extent: Extent,
) -> Outcome {
    let agreement = compare_with_aws(pasted, explanation, &session.world);
    let mut explanation = explanation.clone().beside_aws(agreement);
    explanation.answer.notes.extend(pasted.remarks.iter().cloned());
    explanation.answer.notes.extend(unresolved(pasted, posed));
    let explanation = Arc::new(explanation);
    session.last = Some(Arc::clone(&explanation));
    session.last_question.iter_mut().for_each(|question| question.is_pasted = true);
    session.remember(posed, &explanation);
    let status = Status::Answered(explanation.verdict());
    Outcome { status, ..Outcome::of(shown(explanation, extent)) }
}

/// What was asked for in place of a resource that is only called by a name.
fn unresolved(pasted: &Pasted, posed: &Posed) -> Option<String> {
    let name = pasted.resource.as_deref().filter(|name| Some(*name) != posed.resource.as_deref())?;
    Some(match posed.resource.as_deref() {
        Some(arn) => format!("AWS calls the resource `{name}`; here that is {arn}"),
        None => format!(
            "AWS calls the resource `{name}`, which is no ARN, so it was asked for without one: \
             `why PRINCIPAL ACTION on ARN` asks for it"
        ),
    })
}

/// What the text says by itself.
fn alone(session: &mut Session, pasted: Pasted, lack: Option<String>) -> Outcome {
    let told: SaidAlone = told(pasted, session.world.catalog());
    let told = SaidAlone { missing: told.missing.into_iter().chain(lack).collect(), ..told };
    // What was asked before is not what was explained now.
    (session.last, session.last_question) = (None, None);
    Outcome { status: Status::Answered(told.verdict()), ..Outcome::of(Part::Told(Box::new(told))) }
}

/// The question that a text tells of; or what is missing to ask it, where that is not said anyway.
fn question(session: &Session, pasted: &Pasted, aws: &AwsText, now: i64) -> Result<Posed, Option<String>> {
    let principal = principal(session, pasted, &aws.assumptions)?;
    let action = pasted.action.clone().ok_or(None)?;
    let given = aws.assumptions.policies.documents().next().is_some();
    let known = principal.account().is_none_or(|id| session.world.account(id).is_some());
    if !known && !given {
        return Err(Some(nothing_known(&session.world, &principal)));
    }
    let mut assumptions = Assumptions {
        now: pasted.at.unwrap_or(now),
        resource_is_evidence: true, // I21
        ..aws.assumptions.clone()
    };
    let told = pasted
        .context
        .iter()
        .filter(|(key, _)| !aws.assumptions.context.iter().any(|(own, _)| own.eq_ignore_ascii_case(key)));
    assumptions.context.extend(told.cloned());
    if pasted.public_policy {
        // The message says what the request does not (D37).
        assumptions.context.push(("iamwhy:PolicyIsPublic".into(), ContextValue::One("true".into())));
    }
    let resource = resource_in(&session.world, pasted, &principal, &action);
    let principal = Arc::new(principal);
    Ok(Question { principal, action: action.into(), resource: resource.map(Into::into), assumptions }.into())
}

/// What is missing where no policy of the caller's account is known.
fn nothing_known(world: &World, principal: &Principal) -> String {
    let account = principal.account().map(|id| id.to_string()).unwrap_or_default();
    let lacks = match world.accounts().next() {
        None => "the policies: no world and none of them are given".to_owned(),
        Some(_) => format!("the policies: the world does not have account {account}"),
    };
    format!(
        "{lacks}. `iamwhy why --world FILE …` asks a world, `--policy FILE` the caller's policies (also \
         `--resource-policy`, `--boundary`, `--scp`, `--rcp`)"
    )
}

/// Who asked: whom the text names, else who is signed in, else the owner of the policies that are given.
fn principal(
    session: &Session,
    pasted: &Pasted,
    assumptions: &Assumptions,
) -> Result<Principal, Option<String>> {
    let Some(named) = &pasted.principal else {
        let example = || example_user(pasted.resource.as_deref());
        let given = assumptions.policies.identity.as_ref().and_then(|_| Principal::parse(&example()));
        return session.signed_in.clone().or(given).ok_or(None);
    };
    Ok(with_role_path(session.principal(named).map_err(|_| None)?, pasted))
}

/// Several answers of AWS: a table to choose from.
fn which(all: &[Pasted]) -> Outcome {
    let word = |outcome| match outcome {
        PastedOutcome::Denied => "denied",
        PastedOutcome::Allowed => "allowed",
        PastedOutcome::Untold => "failed otherwise",
    };
    let row = |pasted: &Pasted| {
        let text = |field: &Option<String>| field.clone().unwrap_or_else(|| "?".to_owned());
        let who = text(&pasted.principal);
        vec![word(pasted.outcome).to_owned(), who, text(&pasted.action), text(&pasted.resource)]
    };
    let header = ["answer", "who", "action", "resource"].map(str::to_owned).to_vec();
    let several = Diagnostic::error(
        "several-events",
        format!("these are {} events, and `why` explains one", all.len()),
    )
    .help("give one of them alone; of several, the only one that was denied is taken");
    let refused = Outcome::refused(vec![several]);
    Outcome {
        status: refused.status,
        ..Outcome::of(Part::Table { header, rows: all.iter().map(row).collect() })
    }
    .and(refused.parts.into_iter().next().unwrap_or(Part::Note(String::new())))
}

fn unknown() -> Failure {
    Diagnostic::error("not-a-message", "this is no message of AWS that is known here")
        .help(
            "an error message, for example `why \"User: arn:aws:iam::111122223333:user/bob is not authorized to \
             perform: s3:GetObject\"`; or a CloudTrail event, or what `aws sts decode-authorization-message` prints",
        )
        .into()
}
