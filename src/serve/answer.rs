//! One request, answered.

use std::sync::atomic::{AtomicU64, Ordering};

use super::analyzer::{self, AnalyzerCall};
use super::caller::SignedBy;
use super::counter::Counter;
use super::message::{HttpAnswer, HttpRequest};
use super::paging::AnswerPage;
use super::protocol::Protocol;
use super::refusal::Unanswered;
use super::route::{ACCESS_ANALYZER, RoutedCall, route};
use crate::aws::{ApiAnswer, ApiCall, answer_api};
use crate::facts::GLOBAL_REGION;

/// The header in which an answer says what AWS's form has no place for.
const NOTE: &str = "x-iamwhy-note";

/// Answers a request, whatever it is.
pub(super) fn answer(counter: &dyn Counter, request: &HttpRequest) -> HttpAnswer {
    let id = next_id();
    if let Some(why) = counter.hosts().refused(&request.head) {
        return Protocol::RestJson.refusal("AccessDeniedException", &why, &id);
    }
    let answered = route(request).and_then(|call| answered(counter, request, call, &id));
    answered.unwrap_or_else(|wrong| wrong.protocol.refusal(wrong.code, &wrong.message, &id))
}

fn answered(
    counter: &dyn Counter,
    request: &HttpRequest,
    call: RoutedCall,
    id: &str,
) -> Result<HttpAnswer, Unanswered> {
    let RoutedCall { protocol, service, operation, mut input } = call;
    let (session, signed) = (counter.session(), SignedBy::read(request.head.authorization.as_deref()));
    let refused = |code, message| Unanswered { protocol, code, message };
    let page = AnswerPage::take(service, &mut input)
        .map_err(|word| refused("ValidationError", format!("`{word}` is not what it may be")))?;
    let caller = signed
        .caller(&session, &input)
        .ok_or_else(|| refused("InvalidClientTokenId", "the world has no account".to_owned()))?;
    let (region, now, operation) = (signed.region, counter.now(), &*operation);
    let found = match service {
        ACCESS_ANALYZER => {
            let region = region.unwrap_or(GLOBAL_REGION);
            let call =
                AnalyzerCall { operation, input: &input, session: &session, caller: &caller, region, now };
            analyzer::answer(counter.previews(), &call).map(|result| ApiAnswer { result, notes: Vec::new() })
        }
        _ => answer_api(&session, &ApiCall { service, operation, input, caller: &caller, region, now }),
    };
    let ApiAnswer { mut result, notes } = found.map_err(|wrong| refused(wrong.code, wrong.message))?;
    page.cut(&mut result);
    let answer = protocol.answer(operation, &result, id);
    Ok(notes.iter().fold(answer, |answer, note| answer.with(NOTE, note)))
}

/// The id of a request: they are counted, so that the same questions have the same answers.
fn next_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("00000000-0000-4000-8000-{:012}", COUNT.fetch_add(1, Ordering::Relaxed))
}
