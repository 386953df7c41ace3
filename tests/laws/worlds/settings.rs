//! Random requests that a setting, a name or an owner refuses whatever the policies allow (I19, I23), and those of callers
//! who are nobody's users (I10, I12).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::{BUCKET, OBJECT, PRINCIPALS, QUEUE, TOPIC, Tape, Target, Who, request_by, target};

/// A request and its world; in the request `sse_c` says whether the bucket takes objects under SSE-C.
pub(crate) struct Set {
    pub(crate) request: Value,
    pub(crate) world: World,
}

const fn call(action: &'static str, resource: &'static str) -> Target {
    Target { action, resource, has_policy: false }
}

const RESERVED: &str = "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/X";
const LINKED: &str = "arn:aws:iam::111111111111:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO";

const CALLS: [Target; 11] = [
    target("s3:PutObject", OBJECT),
    target("s3:PutObject", OBJECT),
    target("s3:GetObject", OBJECT),
    call("s3:CreateBucket", "arn:aws:s3:::plain"),
    call("s3:CreateBucket", "arn:aws:s3:::b-an"),
    call("s3:CreateBucket", "arn:aws:s3:::b-111111111111-us-east-1-an"),
    call("s3:CreateBucket", "arn:aws:s3:::b-222222222222-us-east-1-an"),
    call("iam:AttachRolePolicy", RESERVED),
    call("iam:AttachRolePolicy", LINKED),
    call("iam:AttachRolePolicy", "arn:aws:iam::111111111111:role/R"),
    call("iam:GetRole", RESERVED),
];

/// A request that AWS may refuse for how a bucket is set, what it is called, or whose a role is.
pub(crate) fn set(tape: &mut Tape) -> Set {
    let callers = match tape.below(3) {
        0 => vec![
            (LINKED, Who::Session),
            ("arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/L", Who::Session),
        ],
        _ => PRINCIPALS.iter().copied().filter(|(_, who)| *who != Who::Other).collect(),
    };
    let mut request = request_by(tape, &callers, &CALLS);
    let is_object = request["resource"] == OBJECT;
    if is_object {
        request["resource_account"] = json!("111111111111"); // As the world says.
    } else {
        request.as_object_mut().expect("a request").remove("resource_account");
    }
    let context = &mut request["context"];
    // C.4 leaves open whether a bucket that is created with tags has them as keys at once.
    context.as_object_mut().expect("a context").retain(|key, _| !key.to_lowercase().contains(":requesttag/"));
    if !tape.one_in(3) {
        context["s3:x-amz-server-side-encryption-customer-algorithm"] = json!("AES256");
        context["s3:x-amz-bucket-namespace"] = json!("account-regional");
    }
    if tape.one_in(3) {
        context["aws:RequestedRegion"] = json!(tape.of(&["us-east-1", "me-south-1", "eu-west-1"]));
    }
    let mut script = format!("account 111111111111\nresource {BUCKET} owner 111111111111\n");
    let is_on = tape.one_in(3);
    if is_on {
        script += &format!("bucket-sse-c on for {BUCKET}\n");
    }
    request["sse_c"] = json!(is_on);
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    Set { request, world }
}

/// A request of a service or of an identity provider.
pub(crate) fn outsider(tape: &mut Tape) -> Value {
    let callers = [
        ("service:sns.amazonaws.com", Who::Other),
        ("arn:aws:iam::111111111111:oidc-provider/p", Who::Other),
    ];
    let calls =
        [target("sqs:SendMessage", QUEUE), target("s3:PutObject", OBJECT), target("sns:Publish", TOPIC)];
    let mut request = request_by(tape, &callers, &calls);
    if !tape.one_in(3) {
        let context = request["context"].as_object_mut().expect("a context");
        context.retain(|key, _| !key.eq_ignore_ascii_case("aws:SourceArn"));
        context.insert("aws:SourceArn".to_owned(), json!("arn:aws:sns:us-east-1:111111111111:n"));
    }
    request
}
