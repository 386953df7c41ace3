//! A call of an API, as an HTTP client makes it: the same operations, answered for whoever asks and never authorized.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::call::{Call, REGION};
use super::given::{Arg, Given};
use super::input;
use super::modelled::operation;
use super::names::kebab;
use super::operation::Operation;
use super::refusal::Refusal;
use super::shorthand::text_of;
use super::signature::{Parameter, Signature};
use crate::names::AccountId;
use crate::session::{Outcome, Part, Session};
use crate::world::Principal;

/// A call of an API.
#[derive(Clone, Debug)]
pub struct ApiCall<'a> {
    /// The service, as the command line calls it.
    pub service: &'a str,
    /// The operation, as AWS spells it: `SimulateCustomPolicy`.
    pub operation: &'a str,
    /// What it is given.
    pub input: Map<String, Value>,
    /// Who calls, and the account of it.
    pub caller: &'a Principal,
    /// The Region that is called.
    pub region: Option<&'a str>,
    /// What the clock says, in epoch seconds.
    pub now: i64,
}

/// What a call is answered.
#[derive(Clone, Debug, Default)]
pub struct ApiAnswer {
    /// The result.
    pub result: Map<String, Value>,
    /// What AWS's form has no place for.
    pub notes: Vec<String>,
}

/// Why a call is not answered.
#[derive(Clone, Debug)]
pub struct ApiRefusal {
    /// AWS's code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

/// The code for an operation that is not answered here.
const NOT_ANSWERED: &str = "InvalidAction";

/// Answers a call that only reads.
///
/// # Errors
/// If the operation is not modelled, changes something, is given what it does not take, or asks for what is not there.
pub fn answer_api(session: &Session, asked: &ApiCall<'_>) -> Result<ApiAnswer, ApiRefusal> {
    let operation = reading(asked)?;
    let signature = &operation.signature;
    let refused = |refusal: Refusal| {
        let (code, message) = refusal.coded(signature);
        ApiRefusal { code, message }
    };
    let given = given(signature, &asked.input).map_err(refused)?;
    let call = Call {
        operation: signature,
        world: &session.world,
        caller: asked.caller,
        account: account(asked)?,
        region: asked.region.unwrap_or(REGION),
        given: &given,
        now: asked.now,
        warnings: RefCell::default(),
    };
    if signature.service == "iam" {
        super::iam::check_names(&call).map_err(refused)?;
    }
    let plan = (operation.plan)(&call).map_err(refused)?;
    Ok(shown((plan.effect)(&mut session.clone()).map_err(refused)?))
}

/// How the operations begin that only read.
const READING: [&str; 4] = ["Describe", "Get", "List", "Simulate"];

/// The operation, if it only reads: what STS gives are sessions, but for the word who calls.
fn reading(asked: &ApiCall<'_>) -> Result<&'static Operation, ApiRefusal> {
    let refused = |why: &str| {
        let message = format!("{}:{} is not answered here: {why}", asked.service, asked.operation);
        ApiRefusal { code: NOT_ANSWERED, message }
    };
    let found = operation(asked.service, &kebab(asked.operation));
    let found = found.ok_or_else(|| refused("iamwhy answers what a world can tell"))?;
    let reads = READING.iter().any(|verb| asked.operation.starts_with(verb));
    match reads && (asked.service != "sts" || asked.operation == "GetCallerIdentity") {
        true => Ok(found),
        false => Err(refused("iamwhy changes nothing and hands out no credentials")),
    }
}

fn account(asked: &ApiCall<'_>) -> Result<AccountId, ApiRefusal> {
    asked.caller.account().ok_or_else(|| ApiRefusal {
        code: "InvalidClientTokenId",
        message: format!("{} belongs to no account", asked.caller.arn()),
    })
}

/// The input as options, each value a text of its own, so that places in policies are places in what was sent.
fn given(signature: &Signature, input: &Map<String, Value>) -> Result<Given, Refusal> {
    let mut given = Given::default();
    let parameters = signature.parameters();
    for (name, value) in input.iter().filter(|(_, value)| !value.is_null()) {
        let own = kebab(name);
        let known = parameters.iter().find(|one| one.name == own);
        let known = known.ok_or_else(|| input::unknown(name, &parameters))?;
        let Some(values) = values(known, value) else { continue };
        let place = Arg::alone("<request>", name.clone()).place;
        given.add(&own, values, place)?;
    }
    match parameters.iter().find(|one| one.required && given.all(one.name).is_none()) {
        None => Ok(given),
        Some(missing) => Err(input::missing(missing).into()),
    }
}

/// The values of a parameter; nothing of one that is off.
fn values(known: &Parameter, value: &Value) -> Option<Vec<Arg>> {
    let one = |value: &Value| Arg::alone("<request>", text_of(value));
    let is_switch = known.kept && known.takes.is_empty();
    match value {
        Value::Bool(false) => None,
        Value::String(word) if is_switch && word == "false" => None,
        _ if is_switch => Some(Vec::new()),
        // A form has no other way to give a list of nothing.
        Value::String(word) if known.several && word.is_empty() => Some(Vec::new()),
        Value::Array(items) if known.several => Some(items.iter().map(one).collect()),
        value => Some(vec![one(value)]),
    }
}

fn shown(outcome: Outcome) -> ApiAnswer {
    let mut answer = ApiAnswer::default();
    for part in outcome.parts {
        match part {
            Part::Json(Value::Object(result)) => answer.result = result,
            Part::Note(note) => answer.notes.push(note),
            _ => {}
        }
    }
    answer
}
