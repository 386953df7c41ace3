//! Which operation of which service a request is: its path, a header or its body says so.

use serde_json::{Map, Value};

use super::form::{nested, pairs};
use super::message::HttpRequest;
use super::protocol::Protocol;
use super::refusal::Unanswered;
use crate::syntax::percent;

/// An operation that was asked for.
#[derive(Clone, Debug)]
pub(super) struct RoutedCall {
    pub(super) protocol: Protocol,
    /// The service, as the command line calls it.
    pub(super) service: &'static str,
    pub(super) operation: String,
    pub(super) input: Map<String, Value>,
}

/// The services that are asked by forms: the version of the API tells them apart.
const BY_VERSION: [(&str, &str, &str); 3] = [
    ("2010-05-08", "iam", "https://iam.amazonaws.com/doc/2010-05-08/"),
    ("2011-06-15", "sts", "https://sts.amazonaws.com/doc/2011-06-15/"),
    ("2010-03-31", "sns", "http://sns.amazonaws.com/doc/2010-03-31/"),
];

/// The services whose operation stands in `X-Amz-Target`.
const BY_TARGET: [(&str, &str); 4] = [
    ("AWSOrganizationsV20161128", "organizations"),
    ("TrentService", "kms"),
    ("secretsmanager", "secretsmanager"),
    ("AmazonSQS", "sqs"),
];

/// The operation of a request.
pub(super) fn route(request: &HttpRequest) -> Result<RoutedCall, Unanswered> {
    match (&*request.head.method, &request.head.target) {
        ("POST", Some(target)) => by_target(request, target),
        ("POST", None) if request.head.path == "/" => by_form(request),
        _ => by_path(request),
    }
}

fn by_form(request: &HttpRequest) -> Result<RoutedCall, Unanswered> {
    let unknown = Protocol::Query(BY_VERSION[0].2);
    let malformed = || Unanswered::new(unknown, "MalformedInput", "the body is no form in UTF-8");
    let form = std::str::from_utf8(&request.body).ok().and_then(pairs).ok_or_else(malformed)?;
    let mut input = nested(form).ok_or_else(malformed)?;
    let mut take = |name: &str| input.remove(name).and_then(|value| value.as_str().map(str::to_owned));
    let (operation, version) = (take("Action").unwrap_or_default(), take("Version").unwrap_or_default());
    let Some((_, service, namespace)) = BY_VERSION.into_iter().find(|(own, ..)| *own == version) else {
        let what = format!("no service of the version `{version}` is answered here, so `{operation}` is not");
        return Err(Unanswered::new(unknown, "InvalidAction", what));
    };
    Ok(RoutedCall { protocol: Protocol::Query(namespace), service, operation, input })
}

fn by_target(request: &HttpRequest, target: &str) -> Result<RoutedCall, Unanswered> {
    let protocol = Protocol::Json;
    let (prefix, operation) = target.split_once('.').unwrap_or((target, ""));
    let Some((_, service)) = BY_TARGET.into_iter().find(|(own, _)| *own == prefix) else {
        let what = format!("`{target}` is not answered here");
        return Err(Unanswered::new(protocol, "UnknownOperationException", what));
    };
    let input = json_object(&request.body)
        .ok_or_else(|| Unanswered::new(protocol, "SerializationException", "the body is no JSON object"))?;
    Ok(RoutedCall { protocol, service, operation: operation.to_owned(), input })
}

fn by_path(request: &HttpRequest) -> Result<RoutedCall, Unanswered> {
    access_analyzer(request).or_else(|| s3(request)).unwrap_or_else(|| {
        let what = format!("{} {} is not answered here", request.head.method, request.head.path);
        Err(Unanswered::new(Protocol::RestJson, "UnknownOperationException", what))
    })
}

/// The service that checks policies, as the command line calls it.
pub(super) const ACCESS_ANALYZER: &str = "accessanalyzer";

/// The operations of Access Analyzer by method and path; behind a path that ends in `/` stands what is named.
const OF_ANALYZER: [(&str, &str, &str, &str); 9] = [
    ("POST", "/policy/validation", "ValidatePolicy", ""),
    ("POST", "/policy/check-no-new-access", "CheckNoNewAccess", ""),
    ("POST", "/policy/check-access-not-granted", "CheckAccessNotGranted", ""),
    ("POST", "/policy/check-no-public-access", "CheckNoPublicAccess", ""),
    ("GET", "/analyzer", "ListAnalyzers", ""),
    ("GET", "/analyzer/", "GetAnalyzer", "analyzerName"),
    ("PUT", "/access-preview", "CreateAccessPreview", ""),
    ("GET", "/access-preview/", "GetAccessPreview", "accessPreviewId"),
    ("POST", "/access-preview/", "ListAccessPreviewFindings", "accessPreviewId"),
];

/// An operation of Access Analyzer: what it is given stands in the body, in the query and at the end of the path.
fn access_analyzer(request: &HttpRequest) -> Option<Result<RoutedCall, Unanswered>> {
    let head = &request.head;
    let named = |(method, path, ..): &(&str, &str, &str, &str)| {
        let rest = head.path.strip_prefix(path).filter(|_| head.method == *method)?;
        (rest.is_empty() != path.ends_with('/') && !rest.contains('/')).then_some(rest)
    };
    let (row, rest) = OF_ANALYZER.iter().find_map(|row| Some((row, named(row)?)))?;
    let (_, _, operation, name) = row;
    let protocol = Protocol::RestJson;
    let malformed =
        || Unanswered::new(protocol, "ValidationException", "the body is no JSON object, or the query none");
    let read = || {
        let mut input = json_object(&request.body)?;
        input.extend(pairs(&head.query)?.into_iter().map(|(name, value)| (name, value.into())));
        input.extend((!name.is_empty()).then(|| ((*name).to_owned(), percent::decode(rest).into())));
        Some(input)
    };
    Some(read().ok_or_else(malformed).map(|input| RoutedCall {
        protocol,
        service: ACCESS_ANALYZER,
        operation: (*operation).to_owned(),
        input,
    }))
}

/// What is asked of a bucket: the first word of the query says it.
const OF_BUCKET: [(&str, &str); 2] =
    [("policy", "GetBucketPolicy"), ("publicAccessBlock", "GetPublicAccessBlock")];

/// The list of buckets at `/`, and what a bucket is asked for at `/BUCKET?policy`.
fn s3(request: &HttpRequest) -> Option<Result<RoutedCall, Unanswered>> {
    let head = &request.head;
    let query = pairs(&head.query)?;
    let bucket = percent::decode(head.path.trim_matches('/'))?;
    if head.method != "GET" || bucket.contains('/') {
        return None;
    }
    let asked = |word: &str| query.iter().any(|(name, _)| name == word);
    let operation = match bucket.is_empty() {
        true => "ListBuckets",
        false => OF_BUCKET.into_iter().find(|(word, _)| asked(word))?.1,
    };
    let bucket = (!bucket.is_empty()).then(|| ("Bucket".to_owned(), Value::from(bucket)));
    let (service, operation) = ("s3api", operation.to_owned());
    Some(Ok(RoutedCall {
        protocol: Protocol::RestXml,
        service,
        operation,
        input: bucket.into_iter().collect(),
    }))
}

/// The object of a body; one without anything in it where there is no body.
pub(super) fn json_object(body: &[u8]) -> Option<Map<String, Value>> {
    if body.is_empty() {
        return Some(Map::new());
    }
    serde_json::from_slice(body).ok()
}
