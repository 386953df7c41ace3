//! AWS's own message, read back: who was refused what, and by which kind of policy (G1–G10).

use super::operation::{action_of_service, only_action};
use super::pasted::{Pasted, PastedKind};
use crate::catalog::Catalog;
use crate::names::Arn;
use crate::policy::Layer;

/// What stands in a refusal between who was refused and what.
pub const REFUSED: &str = " is not authorized to perform";

/// Reads a message of AWS, with or without what programs print around it, and however it was wrapped.
/// Of an operation without a service the catalog tells the action. `None` = it is no message that is known.
pub fn parse_message(text: &str, catalog: &Catalog) -> Option<Pasted> {
    let lines: Vec<&str> = speaking(text).lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // A terminal breaks long lines inside words or between them; of equals the latter counts.
    let read = ["", " "].into_iter().filter_map(|between| parse_line(&lines.join(between), catalog));
    read.max_by_key(|found| found.soundness(catalog))
}

/// The paragraph that says what was refused; without one the whole text.
fn speaking(text: &str) -> &str {
    let text = text.trim();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let at = line.as_ptr() as usize - text.as_ptr() as usize;
        if line.trim().is_empty() {
            let paragraph = text.get(from..at).unwrap_or_default();
            if paragraph.contains(REFUSED) {
                return paragraph;
            }
            from = at + line.len();
        }
    }
    let last = text.get(from..).unwrap_or_default();
    if last.contains(REFUSED) { last } else { text }
}

fn parse_line(text: &str, catalog: &Catalog) -> Option<Pasted> {
    let text = text.trim().trim_matches(['\'', '"', '`']);
    let (operation, said) = without_prefix(text);
    let pasted =
        standard(said).or_else(|| special(said)).or_else(|| bare(operation.clone(), said, catalog))?;
    let id = authorization_id(text).map(|(_, id)| id.to_owned());
    Some(
        Pasted { encoded: text.contains(ENCODED), authorization_id: id, ..pasted }
            .with_action(operation, catalog),
    )
}

/// An operation of AWS's API with its service, where a text tells it.
type Operation<'t> = (Option<String>, &'t str);

/// G6: what the command line and the SDKs print in front; the name of the operation.
fn without_prefix(text: &str) -> (Option<Operation<'_>>, &str) {
    if let Some((_, behind)) = text.split_once("when calling the ")
        && let Some((operation, rest)) = behind.split_once(" operation")
    {
        return (Some((None, operation)), rest.split_once(": ").map_or(rest, |(_, rest)| rest));
    }
    // `operation error S3: PutObject, https response error StatusCode: 403, …, api error AccessDenied: …`
    if let Some((_, behind)) = text.split_once("operation error ")
        && let Some((service, rest)) = behind.split_once(": ")
        && let Some((operation, rest)) = rest.split_once(", ")
    {
        let service = service.to_lowercase().replace(' ', "");
        return (
            Some((Some(service), operation)),
            rest.rsplit_once("api error ").map_or(rest, |(_, rest)| rest),
        );
    }
    (None, text)
}

/// G1: `User: … is not authorized to perform: … on resource: … reason`
fn standard(text: &str) -> Option<Pasted> {
    let (subject, behind) = text.split_once(REFUSED)?;
    let behind = behind.trim_start_matches(':').trim_start();
    let (behind, tail) = behind.split_at(tail_at(behind));
    let (what, reason) = behind.split_at(reason_at(behind));
    let (action, resource) = match what.split_once(" on resource:") {
        Some((action, resource)) => (action, Some(resource)),
        None => (what.split(" on resource").next().unwrap_or(what), None),
    };
    let principal = subject_of(subject);
    let resource = resource.map(bare_resource).filter(|resource| !resource.is_empty());
    let resource = resource.map(|resource| as_arn(resource, principal.unwrap_or_default()));
    let mut pasted = Pasted {
        action: Some(bare_action(action).to_owned())
            .filter(|action| !action.is_empty() && !action.contains(' ')),
        principal: principal.map(str::to_owned),
        resource,
        remarks: added(tail),
        ..Pasted::default()
    };
    pasted.add_reason(reason);
    Some(pasted)
}

/// Who was refused: what stands behind the last `User: `, or an ARN without it.
fn subject_of(subject: &str) -> Option<&str> {
    let named = match subject.rsplit_once("User: ") {
        Some((_, named)) => named.trim(),
        None => subject.split_whitespace().last().filter(|word| word.starts_with("arn:"))?,
    };
    (!named.is_empty()).then_some(named)
}

fn bare_action(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ',', ';', '\'', '"'])
}

/// Where begins what SDKs, EC2 and other programs add behind (G6): the end of the text if they add nothing.
fn tail_at(text: &str) -> usize {
    const TAILS: [&str; 9] = [
        " Encoded authorization failure message", " (", "status code: ", ", request id", "\",\"", "\", \"",
        "\"}", "', '", "'}",
    ];
    // A name in quotes may hold anything.
    let quoted = text
        .split_once(" on resource: \"")
        .and_then(|(before, behind)| Some(before.len() + " on resource: \"".len() + behind.find('"')? + 1));
    let from = quoted.unwrap_or(0);
    let rest = text.get(from..).unwrap_or_default();
    let marks = TAILS.iter().filter_map(|tail| rest.find(tail));
    let id = authorization_id(rest).map(|(at, _)| at);
    let at = marks.chain(id).min().map_or(text.len(), |at| from + at);
    text.get(..at).unwrap_or(text).trim_end().trim_end_matches(['.', '[', ';', ',']).len()
}

/// What AWS adds in brackets, where it says more than which call it was.
fn added(tail: &str) -> Vec<String> {
    const OF_THE_CALL: [&str; 5] = ["Service:", "SQLSTATE", "request id", "Request ID", "retry in"];
    let parts = tail.split('(').skip(1).filter_map(|part| Some(part.split_once(')')?.0.trim()));
    let parts = parts.filter(|part| !OF_THE_CALL.iter().any(|mark| part.contains(mark)));
    parts.filter(|part| part.contains(' ')).map(|part| format!("AWS adds: {part}")).collect()
}

const ENCODED: &str = "Encoded authorization failure message";

/// The id by which IAM Toolbox tells more, and where it is begun to be told of.
fn authorization_id(text: &str) -> Option<(usize, &str)> {
    const NAMES: [&str; 3] = ["authorization id", "authorizationid", "authorization-id"];
    let lower = text.to_ascii_lowercase();
    let (at, name) = NAMES.iter().filter_map(|name| Some((lower.find(name)?, name))).min()?;
    let behind = text.get(at + name.len()..)?.trim_start_matches([':', '=', ' ', '"', '\'']);
    let id = behind.split([' ', ')', ',', ';', ']', '"', '\'']).next()?.trim_end_matches('.');
    (id.len() > 5).then_some((at, id))
}

/// Where the reason starts; the end of the text if there is none.
fn reason_at(text: &str) -> usize {
    const STARTS: [&str; 5] = [
        " with an explicit deny", " because no ", " because the ", " because public ",
        " transitively through ",
    ];
    STARTS.iter().filter_map(|start| text.find(start)).min().unwrap_or(text.len())
}

fn bare_resource(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ',', ';', '\'']).trim_matches('"')
}

/// IAM once named resources by kind and name: `user bob`.
fn as_arn(resource: &str, principal: &str) -> String {
    let named = resource.split_once(' ').filter(|(kind, name)| {
        matches!(*kind, "user" | "role" | "group" | "policy") && !name.is_empty() && !name.contains(' ')
    });
    match (named, Arn::parse(principal)) {
        (Some((kind, name)), Some(arn)) => {
            format!("arn:{}:iam::{}:{kind}/{name}", arn.partition(), arn.account())
        }
        _ => resource.to_owned(),
    }
}

impl Pasted {
    /// With the action of the operation, where only that is named.
    fn with_action(mut self, operation: Option<Operation<'_>>, catalog: &Catalog) -> Self {
        let bare = self.action.take_if(|action| !action.contains(':'));
        let named = operation.as_ref().map(|(_, operation)| *operation).or(bare.as_deref());
        let service = operation.as_ref().and_then(|(service, _)| service.as_deref());
        if let Some(operation) = named.filter(|_| self.action.is_none()) {
            let own = service.and_then(|service| action_of_service(service, operation, catalog));
            self.action = own.or_else(|| only_action(operation, catalog));
            if self.action.is_none() {
                self.remarks.push(format!(
                    "it names only the operation {operation}, which several services or none have"
                ));
            }
        }
        self
    }

    fn add_reason(&mut self, reason: &str) {
        let reason = reason.trim();
        self.kind = match reason {
            _ if reason.starts_with("with an explicit deny") => PastedKind::Explicit,
            _ if reason.starts_with("because no ") => PastedKind::Implicit,
            _ => PastedKind::None,
        };
        // The ARN of a policy may hold any of the nouns: it does not count as one.
        let (words, arn) = match reason.find("arn:") {
            Some(at) => reason.split_at(at),
            None => (reason, ""),
        };
        self.layer = layer_in(words);
        let arn = arn.split([' ', '\'', '"', ',']).next().filter(|arn| !arn.is_empty());
        self.policy_arn = arn.map(|arn| arn.trim_end_matches(['.', ';', ')']).to_owned());
        self.public_policy = words.contains("by the BlockPublicPolicy setting");
        self.old_wording = words.contains("sessions policy") || words.contains("transitively"); // G8
    }

    /// How much of it makes sense: of two ways to join wrapped lines the better one is taken.
    fn soundness(&self, catalog: &Catalog) -> usize {
        let known =
            |name: &Option<String>| name.as_deref().is_some_and(|name| catalog.action(name).is_some());
        // Only the last field of an ARN holds spaces.
        let whole = |arn: &str| match Arn::parse(arn) {
            Some(parsed) => !arn[..arn.len() - parsed.resource().len()].contains(' '),
            None => !arn.contains(' '),
        };
        let sound = |arn: &Option<String>| arn.as_deref().is_some_and(whole);
        usize::from(sound(&self.principal)) * 4
            + usize::from(known(&self.action)) * 3
            + usize::from(sound(&self.resource)) * 2
            + usize::from(self.layer.is_some()) * 2
            + usize::from(self.kind != PastedKind::None)
    }
}

/// G2, G8: the kind of policy that a reason names.
fn layer_in(words: &str) -> Option<Layer> {
    if words.contains("transitively through a service control policy") {
        return Some(Layer::ServiceControl);
    }
    const NOUNS: [(&str, Layer); 10] = [
        ("service control policy", Layer::ServiceControl),
        ("resource control policy", Layer::ResourceControl),
        ("VPC endpoint policy", Layer::VpcEndpoint),
        ("role trust policy", Layer::ResourceBased),
        ("resource-based policy", Layer::ResourceBased),
        ("identity-based policy", Layer::IdentityBased),
        ("permissions boundary", Layer::PermissionsBoundary),
        ("session policy", Layer::Session),
        ("sessions policy", Layer::Session),
        ("key policy", Layer::ResourceBased),
    ];
    NOUNS.into_iter().find(|(noun, _)| words.contains(noun)).map(|(_, layer)| layer)
}

/// G9, G10: messages with words of their own.
fn special(text: &str) -> Option<Pasted> {
    let of = |action: &str| Pasted { action: Some(action.to_owned()), ..Pasted::default() };
    if text.contains("Roles may not be assumed by root accounts") {
        return Some(of("sts:AssumeRole"));
    }
    if text.contains("Cannot call GetSessionToken with session credentials") {
        return Some(of("sts:GetSessionToken"));
    }
    if text.contains("denied due to a VPC endpoint policy") {
        return Some(Pasted { layer: Some(Layer::VpcEndpoint), ..Pasted::default() });
    }
    let (_, behind) = text.split_once("local pseudo-action ")?;
    let name = behind.split([';', ')', ' ']).next()?;
    Some(of(name))
}

/// G6, G7: `Access Denied` and the like, where the operation tells the action.
fn bare(operation: Option<Operation<'_>>, text: &str, catalog: &Catalog) -> Option<Pasted> {
    const REFUSALS: [&str; 8] = [
        "access denied",
        "accessdenied",
        "not authorized",
        "unauthorizedoperation",
        "unauthorized operation",
        "forbidden",
        "invalidclienttokenid",
        "security token included in the request is invalid",
    ];
    let lower = text.to_lowercase();
    let refused = REFUSALS.iter().any(|refusal| lower.contains(refusal));
    let known = operation.is_some() || lower.len() < 80 || text.contains(ENCODED);
    let action = operation.and_then(|(service, operation)| {
        let service = service.or_else(|| speaker(&lower).map(str::to_owned))?;
        action_of_service(&service, operation, catalog)
    });
    (refused && known).then(|| Pasted { action, ..Pasted::default() })
}

/// The service that speaks like that.
fn speaker(refusal: &str) -> Option<&'static str> {
    match refusal {
        _ if refusal.contains("this operation") => Some("ec2"),
        _ if refusal.trim_end_matches('.') == "access denied" => Some("s3"),
        _ => None,
    }
}
