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

/// The code of a field that the ARNs of a service do not have.
const FIELD_NOT_TAKEN: &str = "arn-field-not-taken";

/// What is wrong with a resource pattern, if its shape is one that no ARN has.
pub(super) fn misshape(text: &str) -> Option<Misshape> {
    placeholder(text).or_else(|| blank(text)).or_else(|| {
        let mut split = text.splitn(6, ':');
        let [Some("arn"), Some(b), Some(c), Some(d), Some(e), Some(f)] = [(); 6].map(|()| split.next())
        else {
            return None;
        };
        let fields = ["arn", b, c, d, e, f];
        let shape = empty_field(text, &fields).or_else(|| field_not_taken(text, &fields));
        shape.or_else(|| of_s3(text, &fields)).or_else(|| separator(text, &fields))
    })
}

fn misshapen(part: Range<usize>, what: impl Into<String>, write: &str) -> Option<Misshape> {
    let help = format!("write `{write}`");
    Some(Misshape { code: "misshapen-arn", part, what: what.into(), help })
}

/// `<bucket>`, `{{bucket}}`, `YOUR-BUCKET`, `${var.bucket}` of Terraform, `${AWS::AccountId}` of CloudFormation.
fn placeholder(text: &str) -> Option<Misshape> {
    let closed = |open: &str, close: &str| {
        let at = text.find(open)?;
        Some(at..at + text[at..].find(close)? + close.len())
    };
    let of_template = |part: &Range<usize>| {
        let inside = &text[part.start + 2..part.end - 1];
        // The keys of policy variables have one colon; the names of tags behind a slash may have more.
        let key = inside.split([',', '/']).next().unwrap_or_default();
        key.len() > 1 && !key.contains(['{', '$', ' ']) && key.matches(':').count() != 1
    };
    let in_signs = closed("<", ">").or_else(|| closed("{{", "}}"));
    let part = in_signs.or_else(|| closed("${", "}").filter(of_template)).or_else(|| in_words(text))?;
    let what = format!("`{}` is a placeholder, and AWS puts nothing in its place", &text[part.clone()]);
    let help = format!("write what it stands for{}", made_by(&text[part.clone()]));
    Some(Misshape { code: "placeholder", part, what, help })
}

/// `YOUR-BUCKET`, `ACCOUNT_ID`: words that stand for others.
fn in_words(text: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let at =
        ["YOUR-", "YOUR_", "ACCOUNT_ID", "ACCOUNT-ID"].iter().filter_map(|word| text.find(word)).min()?;
    let start = text[..at].rfind(|c| !is_part(c)).map_or(0, |before| before + 1);
    let end = text[at..].find(|c| !is_part(c)).map_or(text.len(), |after| at + after);
    Some(start..end)
}

/// What fills a placeholder in.
fn made_by(placeholder: &str) -> &'static str {
    match placeholder.strip_prefix("${") {
        Some(inside) if inside.contains("::") => {
            ", or lint the template: `Fn::Sub` of CloudFormation fills it in"
        }
        Some(inside) if inside.contains('.') => {
            ", or lint the plan: Terraform fills it in (`terraform show -json`)"
        }
        _ => ", or check the policy that the template makes",
    }
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

/// A Region or an account where the ARNs of a service have none; a `*` matches the empty field.
fn field_not_taken(text: &str, fields: &[&str; 6]) -> Option<Misshape> {
    let [_, partition, service, region, account, resource] = fields;
    let given = |field: &str| !field.contains('$') && !field.chars().all(|c| c == '*');
    let bucket = resource.split(['/', ':']).next().unwrap_or_default();
    let has_account = match *service {
        "iam" => true,
        "route53" => false,
        "s3" if !bucket.contains(['*', '?', '$']) && !OF_ACCOUNTS.contains(&bucket) => false,
        _ => return None,
    };
    let is_account = !has_account && given(account);
    if !given(region) && !is_account {
        return None;
    }
    let end = text.len() - resource.len() - 1 - if is_account { 0 } else { account.len() + 1 };
    let start = text.len() - resource.len() - account.len() - region.len() - 2;
    let field = if given(region) { "Region" } else { "account" };
    let of = match *service {
        "iam" => "ARNs of IAM",
        "s3" => "ARNs of buckets and objects",
        _ => "ARNs of Route 53",
    };
    let account = if has_account { account } else { "" };
    let help = format!("write `arn:{partition}:{service}::{account}:{resource}`");
    Some(Misshape { code: FIELD_NOT_TAKEN, part: start..end, what: format!("{of} have no {field}"), help })
}

/// The name of an S3 bucket holds no colon.
fn of_s3(text: &str, [_, _, service, region, account, resource]: &[&str; 6]) -> Option<Misshape> {
    let bucket = resource.split(['/', ':']).next().unwrap_or_default();
    if *service != "s3" || bucket.contains(['*', '?', '$']) {
        return None;
    }
    let colon = text.len() - resource.len() + bucket.len();
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
