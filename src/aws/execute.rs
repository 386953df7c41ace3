//! A call: authorized for whoever is signed in, then applied.

use std::cell::RefCell;
use std::sync::Arc;

use super::call::{Call, REGION, asked_by};
use super::call_option::is_unseen;
use super::carried::Carried;
use super::given::Given;
use super::operation::Operation;
use super::plan::Plan;
use super::refusal::{Refusal, occurred};
use super::signature::Signature;
use super::statement::{CommandLine, What};
use crate::explain::{Explanation, Verdict};
use crate::names::AccountId;
use crate::question::{NeededOn, Question};
use crate::session::{Failure, Need, Outcome, Part, Posed, Session, Status, nobody};
use crate::source::Place;
use crate::world::{Principal, WorldError};

/// What is said of a call that is denied and that could not be done either way.
const NOT_EVEN_THEN: &str = "if it were allowed, it could not be done all the same";

/// What is said of a call that is allowed and cannot be done.
const ALLOWED: &str = "the call is allowed: what there is in the account stands against it";

pub(crate) fn execute(
    session: &mut Session,
    statement: &CommandLine,
    place: &Place,
    now: i64,
) -> Result<Outcome, Failure> {
    let outcome = match &statement.what {
        What::Help(text) => Outcome::of(Part::Text(text.clone())),
        What::Modelled(operation, given) => modelled(session, statement, (operation, given), place, now)?,
        What::Other(other) => {
            other.unsigned().map_or(Ok(()), Err)?;
            let caller = signed_in(session)?;
            other.ask(session, &caller, statement.global.region.as_deref(), now)?
        }
    };
    Ok(statement.global.notes.iter().fold(outcome, Outcome::note))
}

/// Who makes calls.
fn signed_in(session: &Session) -> Result<Principal, Failure> {
    session.signed_in.clone().ok_or_else(|| nobody("aws: nobody is signed in, so nobody signs the call"))
}

fn modelled(
    session: &mut Session,
    statement: &CommandLine,
    (operation, given): (&'static Operation, &Given),
    place: &Place,
    now: i64,
) -> Result<Outcome, Failure> {
    let caller = signed_in(session)?;
    let (world, region) = (session.world.clone(), statement.global.region.as_deref());
    let signature = &operation.signature;
    let call = Call {
        operation: signature,
        world: &world,
        caller: &caller,
        account: account_of(&caller)?,
        region: region.unwrap_or(REGION),
        given,
        now,
        warnings: RefCell::default(),
    };
    let refuse = |refusal: Refusal| refusal.failure(signature, given, place);
    if signature.service == "iam" {
        super::iam::check_names(&call).map_err(refuse)?;
    }
    let Plan { needs, effect } = (operation.plan)(&call).map_err(refuse)?;
    let (needs, keys) = carried(&call, needs);
    let keys_used = needs.iter().map(|need| of_the_key(session, &asked_by(&caller, need, region, now)));
    let keys_used: Vec<Need> = keys_used.collect::<Result<Vec<_>, _>>()?.concat();
    for need in needs.iter().chain(&keys_used) {
        let explanation = ask(session, asked_by(&caller, need, region, now))?;
        if explanation.answer.decision != Verdict::Allowed {
            let outcome = denied(explanation, &signature.spelled());
            let refused = effect(&mut session.clone()).err().filter(Refusal::is_of_the_world);
            return Ok(refused.into_iter().fold(outcome, |outcome, refusal| {
                outcome.note(format!("{NOT_EVEN_THEN}: {}", refuse(refusal).into_words()))
            }));
        }
    }
    let outcome = match effect(session) {
        Ok(outcome) => outcome,
        Err(refusal) => {
            session.world = world.clone();
            let is_of_the_world = refusal.is_of_the_world();
            let refused = refuse(refusal).refusal(place, None);
            return Ok(if is_of_the_world { refused.note(ALLOWED) } else { refused });
        }
    };
    let notes = not_kept(signature, given, &keys);
    Ok(notes.into_iter().fold(outcome.after(call.warnings.take()), Outcome::note))
}

/// The needs of a call with what its options carry, and the names of the options that carry something.
fn carried(call: &Call<'_>, needs: Vec<Need>) -> (Vec<Need>, Vec<String>) {
    let (options, mut keys) = (call.given.texts(), Vec::new());
    let carry = |need: Need| {
        let carried = Carried::of(call.world.catalog(), &need, &options, call.region);
        let names = options.iter().map(|(name, _)| name);
        keys.extend(names.filter(|name| carried.has_read(name) && !is_unseen(name)).cloned());
        carried.add_to(need)
    };
    (needs.into_iter().map(carry).collect(), keys)
}

/// The account in which a caller's calls happen.
fn account_of(caller: &Principal) -> Result<AccountId, WorldError> {
    caller.account().ok_or_else(|| {
        let what = format!("{} belongs to no account, so it calls nothing", caller.arn());
        WorldError::new("no-account", "", what)
    })
}

/// What to say of the options that the world does not keep; those that are keys of the request decided all the same.
fn not_kept(signature: &Signature, given: &Given, keys: &[String]) -> Vec<String> {
    let others = signature.parameters().into_iter().filter(|one| !one.kept && given.all(one.name).is_some());
    let note = |name: &str| match keys.iter().any(|own| own == name) {
        true => format!("`--{name}` is not kept: it was a key of the request and is nothing more here"),
        false => format!("`--{name}` is not kept: it decides nothing here"),
    };
    others.map(|one| note(one.name)).collect()
}

/// Asks whether a call is allowed; `why` explains exactly this question.
pub(super) fn ask(session: &mut Session, question: Question) -> Result<Arc<Explanation>, Failure> {
    session.decide(&Posed { signed_in: true, ..question.into() })
}

/// What a call needs of the key that encrypts its resource (D42).
pub(super) fn of_the_key(session: &Session, question: &Question) -> Result<Vec<Need>, Failure> {
    let asked = question.ask(&session.world)?;
    let of_key = asked.of_the_key().into_iter().filter_map(|needed| {
        let NeededOn::Resource(key) = &needed.on else { return None };
        Some(Need { context: needed.context().to_vec(), ..Need::new(&*needed.action, &**key) })
    });
    Ok(of_key.collect())
}

/// What AWS prints for a denial; where the answer depends on what is not known, what that is.
fn denied(explanation: Arc<Explanation>, operation: &str) -> Outcome {
    let (decision, action) = (explanation.answer.decision, &explanation.question.action);
    let Some(message) = explanation.answer.message.clone() else {
        let outcome = Outcome::of(Part::Verdict(Arc::clone(&explanation))).note("nothing was done");
        return Outcome { status: Status::Answered(decision), ..outcome };
    };
    let words = GATES.iter().find(|(ours, ..)| *ours == &*message);
    let (code, words) = match words {
        Some((words, code, "")) | Some((_, code, words)) => (*code, *words),
        None => (denial_code(action), &*message),
    };
    let line = occurred(code, operation, words);
    let outcome = Outcome::of(Part::Denied { line, explanation }).note("`why` explains it");
    Outcome { status: Status::Answered(decision), ..outcome }
}

/// What a gate says, with AWS's code and words on the command line: credentials that a service does not take at all
/// (G9), a call that is not offered to other accounts (D14a), or not to this one (I16); no words = those of the gate.
const GATES: [(&str, &str, &str); 5] = [
    ("InvalidClientTokenId", "InvalidClientTokenId", "The security token included in the request is invalid"),
    (
        "405 Method Not Allowed",
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
    ),
    ("The AWS account is already a member of an organization.", "AlreadyInOrganizationException", ""),
    (
        "You can't remove a management account from an organization.",
        "MasterCannotLeaveOrganizationException",
        "",
    ),
    ("Your account is not a member of an organization.", "AWSOrganizationsNotInUseException", ""),
];

/// G6: the code of a denial varies by service.
fn denial_code(action: &str) -> &'static str {
    match action.split_once(':').map_or(action, |(service, _)| service) {
        "s3"
        | "iam"
        | "sts"
        | "sqs"
        | "cloudformation"
        | "autoscaling"
        | "elasticloadbalancing"
        | "cloudwatch"
        | "rds" => "AccessDenied",
        "ec2" => "UnauthorizedOperation",
        "sns" => "AuthorizationError",
        _ => "AccessDeniedException",
    }
}
