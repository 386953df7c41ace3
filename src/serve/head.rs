//! The head of a request, parsed by `httparse` and bounded.

use super::message::RequestHead;

/// How long a head may be, in bytes.
pub(super) const MOST_HEAD: usize = 16 << 10;

/// How long a body may be, in bytes: a policy is 128 KiB at most, and a form writes each sign as three.
pub(super) const MOST_BODY: usize = 8 << 20;

/// How many headers a request may have.
const MOST_HEADERS: usize = 64;

/// Why a request is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HttpFault {
    pub(super) status: u16,
    pub(super) what: &'static str,
}

const fn fault(status: u16, what: &'static str) -> HttpFault {
    HttpFault { status, what }
}

const NO_HTTP: HttpFault = fault(400, "this is no request of HTTP/1.1");
const HEAD_TOO_LONG: HttpFault = fault(431, "the headers are longer than 16 KiB, or more than 64");
const BODY_TOO_LONG: HttpFault = fault(413, "the body is longer than 8 MiB");
const NO_LENGTH: HttpFault = fault(411, "a body is sent whole, with Content-Length");
const BAD_LENGTH: HttpFault = fault(400, "Content-Length is no number, or is given twice");

/// The head at the start of what has come, and its length; nothing where its end has not come.
pub(super) fn head(bytes: &[u8]) -> Result<Option<(RequestHead, usize)>, HttpFault> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length <= MOST_HEAD => length,
        Ok(httparse::Status::Partial) if bytes.len() < MOST_HEAD => return Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err(HEAD_TOO_LONG),
        Err(_) => return Err(NO_HTTP),
    };
    let (method, target) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut head = RequestHead {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        keeps: parsed.version == Some(1),
        ..RequestHead::default()
    };
    let mut lengths = Vec::new();
    for header in parsed.headers.iter() {
        let value = std::str::from_utf8(header.value).map_err(|_| NO_HTTP)?;
        take(&mut head, &mut lengths, &header.name.to_ascii_lowercase(), value)?;
    }
    head.length = body_length(&lengths)?;
    Ok(Some((head, length)))
}

fn take(head: &mut RequestHead, lengths: &mut Vec<String>, name: &str, value: &str) -> Result<(), HttpFault> {
    match name {
        "host" if head.host.is_some() => return Err(NO_HTTP),
        "host" => head.host = Some(value.to_owned()),
        "x-amz-target" => head.target = Some(value.to_owned()),
        "authorization" => head.authorization = Some(value.to_owned()),
        "origin" => head.has_origin = true,
        "content-length" => lengths.push(value.to_owned()),
        "transfer-encoding" => return Err(NO_LENGTH),
        "expect" => head.expects = value.eq_ignore_ascii_case("100-continue"),
        "connection" if value.eq_ignore_ascii_case("close") => head.keeps = false,
        _ => {}
    }
    Ok(())
}

fn body_length(lengths: &[String]) -> Result<usize, HttpFault> {
    match lengths {
        [] => Ok(0),
        [one] if !one.is_empty() && one.bytes().all(|digit| digit.is_ascii_digit()) => {
            one.parse().ok().filter(|length| *length <= MOST_BODY).ok_or(BODY_TOO_LONG)
        }
        _ => Err(BAD_LENGTH),
    }
}
