//! Messages of HTTP: a request that was read wholly, and an answer.

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HttpRequest {
    pub(super) head: RequestHead,
    pub(super) body: Vec<u8>,
}

/// What stands before the body; of the headers those that say something here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RequestHead {
    pub(super) method: String,
    pub(super) path: String,
    /// What stands behind the `?`.
    pub(super) query: String,
    pub(super) host: Option<String>,
    /// `X-Amz-Target`: the operation, in the JSON protocol.
    pub(super) target: Option<String>,
    /// Who signed it.
    pub(super) authorization: Option<String>,
    /// Whether a web page asks.
    pub(super) has_origin: bool,
    /// How long the body is.
    pub(super) length: usize,
    /// Whether the client waits to be told to go on.
    pub(super) expects: bool,
    /// Whether further requests may follow.
    pub(super) keeps: bool,
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct HttpAnswer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

pub(super) const XML: &str = "text/xml";
pub(super) const JSON: &str = "application/json";
pub(super) const JSON_1_1: &str = "application/x-amz-json-1.1";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

impl HttpAnswer {
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<String>) -> Self {
        Self { status, kind, headers: Vec::new(), body: body.into() }
    }

    /// With a header; what is no printable ASCII is left out, so that a value stays one line.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = value.chars().map(|c| if matches!(c, ' '..='~') { c } else { '?' }).collect();
        self.headers.push((name, value));
        self
    }

    /// The bytes of it. None is sent to `HEAD`.
    pub(super) fn written(&self, keeps: bool, with_body: bool) -> Vec<u8> {
        let (status, reason) = (self.status, reason(self.status));
        let mut text = format!("HTTP/1.1 {status} {reason}\r\nContent-Type: {}\r\n", self.kind);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let connection = if keeps { "keep-alive" } else { "close" };
        text.push_str(&format!("Connection: {connection}\r\n"));
        if with_body {
            text.push_str(&format!("Content-Length: {}\r\n\r\n{}", self.body.len(), self.body));
        } else {
            text.push_str("\r\n");
        }
        text.into_bytes()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        _ => "Unknown",
    }
}
