//! ARNs in policies that no resource has: a field too many or too few, another separator, a placeholder that nobody
//! filled in, a blank at the end.

use std::ops::Range;

use crate::source::{Diagnostic, Place, Span};
use crate::syntax::json::{Cursor, Kind};

/// What is wrong with the shape of an ARN.
pub(super) struct Misshape {
    code: &'static str,
    /// The part that is to blame.
    part: Range<usize>,
    what: String,
    help: String,
}

impl Misshape {
    /// The message about a string of a policy: at the part that is to blame, where no escape moves it.
    pub(super) fn at(self, string: Cursor<'_>) -> Diagnostic {
        let mut place = string.place();
        if string.kind() == Kind::String {
            let inside = string.span().inside().start;
            let span = Span::new(inside + self.part.start as u32, inside + self.part.end as u32);
            place = Place::new(string.source(), span);
        }
        Diagnostic::warning(self.code, self.what).at(place, "").help(self.help)
    }
}

/// What is wrong with a resource pattern, if its shape is one that no ARN has.
pub(super) fn misshape(text: &str) -> Option<Misshape> {
    placeholder(text).or_else(|| blank(text)).or_else(|| {
        let mut split = text.splitn(6, ':');
        let [Some("arn"), Some(b), Some(c), Some(d), Some(e), Some(f)] = [(); 6].map(|()| split.next())
        else {
            return None;
        };
        let fields = ["arn", b, c, d, e, f];
        empty_field(text, &fields).or_else(|| of_s3(text, &fields)).or_else(|| separator(text, &fields))
    })
}

fn misshapen(part: Range<usize>, what: impl Into<String>, write: &str) -> Option<Misshape> {
    let help = format!("write `{write}`");
    Some(Misshape { code: "misshapen-arn", part, what: what.into(), help })
}

/// `<bucket>`, `${var.bucket}` of Terraform, `${AWS::AccountId}` of CloudFormation.
fn placeholder(text: &str) -> Option<Misshape> {
    let closed = |open: &str, close: char| {
        let at = text.find(open)?;
        Some(at..at + text[at..].find(close)? + 1)
    };
    let of_template = |part: &Range<usize>| {
        let inside = &text[part.start + 2..part.end - 1];
        // The keys of policy variables have one colon; the names of tags behind a slash may have more.
        let key = inside.split([',', '/']).next().unwrap_or_default();
        key.len() > 1 && !key.contains(['{', '$', ' ']) && key.matches(':').count() != 1
    };
    let part = closed("<", '>').or_else(|| closed("${", '}').filter(of_template))?;
    let what = format!("`{}` is a placeholder, and AWS puts nothing in its place", &text[part.clone()]);
    let help = "write what it stands for, or check the policy that the template makes".to_owned();
    Some(Misshape { code: "placeholder", part, what, help })
}

fn blank(text: &str) -> Option<Misshape> {
    let trimmed = text.trim_end();
    let ends = trimmed.starts_with("arn:") && trimmed.len() < text.len();
    let what = "the ARN ends with a blank, which is a part of it";
    ends.then(|| misshapen(trimmed.len()..text.len(), what, trimmed)).flatten()
}

/// `arn::s3:::b`, `arn:aws::s3:::b`
fn empty_field(text: &str, [_, partition, service, ..]: &[&str; 6]) -> Option<Misshape> {
    let empty =
        [(*partition, "arn".len(), "partition"), (*service, "arn:".len() + partition.len(), "service")];
    let (_, at, name) = empty.into_iter().find(|(field, ..)| field.is_empty())?;
    let (front, rest) = (&text[..at], &text[at + 1..]);
    let what = format!("the {name} of the ARN is empty");
    let has_room = rest.matches(':').count() >= 5 - front.matches(':').count();
    let write = match name {
        "partition" if !has_room || !rest.starts_with(":aws") => format!("{front}:aws{rest}"),
        _ => format!("{front}{rest}"),
    };
    misshapen(at..at + 2, what, &write)
}

/// The first words of resources of S3 whose ARNs have an account.
const OF_ACCOUNTS: [&str; 7] = [
    "accesspoint", "access-grants", "async-request", "job", "object-lambda", "storage-lens",
    "storage-lens-group",
];

/// ARNs of buckets and objects have neither Region nor account, and a bucket's name no colon.
fn of_s3(text: &str, [_, partition, service, region, account, resource]: &[&str; 6]) -> Option<Misshape> {
    let bucket = resource.split(['/', ':']).next().unwrap_or_default();
    if *service != "s3" || bucket.contains(['*', '?', '$']) {
        return None;
    }
    let start = text.len() - resource.len();
    let given = |field: &str| !field.chars().all(|c| c == '*');
    if (given(region) || given(account)) && !OF_ACCOUNTS.contains(&bucket) {
        let part = start - account.len() - region.len() - 2..start - 1;
        let what = "ARNs of buckets and objects have neither Region nor account";
        return misshapen(part, what, &format!("arn:{partition}:s3:::{resource}"));
    }
    let colon = start + bucket.len();
    let by_colon = region.is_empty() && account.is_empty() && text[colon..].starts_with(':');
    by_colon.then(|| other_separator(text, colon, "/")).flatten()
}

/// The words in front of a resource's name, by service, and what stands behind them.
const SEPARATORS: [(&str, &[&str], &str); 8] = [
    (
        "iam",
        &["user", "role", "group", "policy", "instance-profile", "mfa", "saml-provider", "oidc-provider"],
        "/",
    ),
    ("kms", &["key", "alias"], "/"),
    ("dynamodb", &["table"], "/"),
    ("ec2", &["instance", "volume", "subnet", "vpc", "security-group", "snapshot", "image"], "/"),
    ("lambda", &["function", "layer"], ":"),
    ("logs", &["log-group"], ":"),
    ("secretsmanager", &["secret"], ":"),
    ("rds", &["db", "cluster", "snapshot", "cluster-snapshot"], ":"),
];

fn separator(text: &str, [_, _, service, _, _, resource]: &[&str; 6]) -> Option<Misshape> {
    let (_, words, right) = SEPARATORS.iter().find(|(own, ..)| own == service)?;
    let at = resource.find([':', '/']).filter(|at| words.contains(&&resource[..*at]))?;
    let wrong = !resource[at..].starts_with(right);
    wrong.then(|| other_separator(text, text.len() - resource.len() + at, right)).flatten()
}

fn other_separator(text: &str, at: usize, right: &str) -> Option<Misshape> {
    let (front, behind) = (&text[..at], &text[at + 1..]);
    let what = format!("no such resource has a `{}` there", &text[at..=at]);
    misshapen(at..at + 1, what, &format!("{front}{right}{behind}"))
}
