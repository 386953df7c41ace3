//! AWS's own message, read back: who was refused what, and by which kind of policy (G1–G10).

use crate::catalog::Catalog;
use crate::names::Arn;
use crate::policy::Layer;

/// What a message of AWS says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The ARN of the principal, or `anonymous`; some messages name nobody.
    pub principal: Option<String>,
    /// The action; where the message names only the operation, the action of that name.
    pub action: Option<String>,
    /// The resource, without quotes; often left out (G1, G7).
    pub resource: Option<String>,
    /// Explicit or implicit, where it says.
    pub kind: PastedKind,
    /// The kind of policy that it names.
    pub layer: Option<Layer>,
    /// The ARN of the policy that it names (G3).
    pub policy_arn: Option<String>,
    /// Which wording of AWS's it is, where it is not the one of today (G8).
    pub old_wording: bool,
    /// Whether it says that the policy that was to be stored is public (D37).
    pub public_policy: bool,
}

/// What kind of refusal a message speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastedKind {
    /// `with an explicit deny in …`
    Explicit,
    /// `because no … allows …`
    Implicit,
    /// The message does not say.
    #[default]
    None,
}

/// Reads a message of AWS, with or without what the command line prints in front, and however it was wrapped.
/// Of an operation without a service the catalog tells the action. `None` = it is no message that is known.
pub fn parse_message(text: &str, catalog: &Catalog) -> Option<Pasted> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // A terminal breaks long lines inside words or between them; of equals the latter counts.
    let read = ["", " "].into_iter().filter_map(|between| parse_line(&lines.join(between), catalog));
    read.max_by_key(|found| found.soundness(catalog))
}

fn parse_line(text: &str, catalog: &Catalog) -> Option<Pasted> {
    let (operation, text) = without_prefix(text.trim().trim_matches(['\'', '"', '`']));
    standard(text).or_else(|| special(text)).or_else(|| bare(operation, text, catalog))
}

/// G6: what the command line prints in front; the name of the operation.
fn without_prefix(text: &str) -> (Option<&str>, &str) {
    let Some((_, behind)) = text.split_once("when calling the ") else { return (None, text) };
    let Some((operation, rest)) = behind.split_once(" operation") else { return (None, text) };
    let rest = rest.split_once(": ").map_or(rest, |(_, rest)| rest);
    (Some(operation), rest)
}

/// G1: `User: … is not authorized to perform: … on resource: … reason`
fn standard(text: &str) -> Option<Pasted> {
    let (_, behind) = text.split_once("User: ")?;
    let (principal, behind) = behind.split_once(" is not authorized to perform:")?;
    let behind = without_suffix(behind.trim_start());
    let (what, reason) = behind.split_at(reason_at(behind));
    let (action, resource) = match what.split_once(" on resource:") {
        Some((action, resource)) => (action, Some(resource)),
        None => (what, None),
    };
    let principal = principal.trim().to_owned();
    let resource = resource.map(bare_resource).filter(|resource| !resource.is_empty());
    let resource = resource.map(|resource| as_arn(resource, &principal));
    let mut pasted = Pasted {
        action: Some(action.trim().trim_end_matches('.').to_owned()).filter(|action| action.contains(':')),
        principal: Some(principal),
        resource,
        ..Pasted::default()
    };
    pasted.add_reason(reason);
    Some(pasted)
}

/// Where the reason starts; the end of the text if there is none.
fn reason_at(text: &str) -> usize {
    const STARTS: [&str; 5] = [
        " with an explicit deny", " because no ", " because the ", " because public ",
        " transitively through ",
    ];
    STARTS.iter().filter_map(|start| text.find(start)).min().unwrap_or(text.len())
}

/// What SDKs and EC2 add behind (G6).
fn without_suffix(text: &str) -> &str {
    const SUFFIXES: [&str; 4] =
        [" Encoded authorization failure message", " (Service:", " (request id", " status code:"];
    let end = SUFFIXES.iter().filter_map(|suffix| text.find(suffix)).min().unwrap_or(text.len());
    text[..end].trim_end().trim_end_matches('.')
}

fn bare_resource(text: &str) -> &str {
    text.trim().trim_end_matches('.').trim_matches('"')
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
        self.policy_arn = arn.split_whitespace().next().map(|arn| arn.trim_end_matches('.').to_owned());
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
    let (_, behind) = text.split_once("local pseudo-action ")?;
    let name = behind.split([';', ')', ' ']).next()?;
    Some(of(name))
}

/// G6, G7: `Access Denied` and the like, where the operation tells the action.
fn bare(operation: Option<&str>, text: &str, catalog: &Catalog) -> Option<Pasted> {
    const REFUSALS: [&str; 7] = [
        "access denied", "accessdenied", "not authorized", "unauthorizedoperation", "unauthorized operation",
        "forbidden", "invalidclienttokenid",
    ];
    let lower = text.to_lowercase();
    let refused = REFUSALS.iter().any(|refusal| lower.contains(refusal))
        || lower.contains("security token included in the request is invalid");
    let action = operation.and_then(|operation| action_of(operation, &lower, catalog));
    (refused && (operation.is_some() || lower.len() < 80)).then(|| Pasted { action, ..Pasted::default() })
}

/// The action of an operation, where one service alone has it, or the one that speaks like that.
fn action_of(operation: &str, refusal: &str, catalog: &Catalog) -> Option<String> {
    let service = match refusal {
        _ if refusal.contains("this operation") => Some("ec2"),
        _ if refusal.trim_end_matches('.') == "access denied" => Some("s3"),
        _ => None,
    };
    let operation = match operation {
        "ListObjects" | "ListObjectsV2" | "HeadBucket" => "ListBucket",
        "HeadObject" => "GetObject",
        "CopyObject" | "CreateMultipartUpload" | "UploadPart" => "PutObject",
        other => other,
    };
    if let Some(found) = service.and_then(|service| catalog.action_by_parts(service, operation)) {
        return Some(found.to_string());
    }
    let mut having = catalog.services().filter_map(|s| catalog.action_by_parts(s.prefix(), operation));
    let first = having.next()?;
    having.next().is_none().then(|| first.to_string())
}
