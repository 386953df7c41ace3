//! Random calls of Organizations, by its management account, a member, or an account that is in none (I16, I17).

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::held::named;
use super::organizations::tell_paths;
use super::policies::{self, Layer};
use super::{Tape, Target, Who, request_by};

/// A request, its world, and the organization of the world in plain JSON.
pub(crate) struct Member {
    pub(crate) request: Value,
    pub(crate) world: World,
    pub(crate) organization: Value,
}

const fn call(action: &'static str, resource: &'static str) -> Target {
    Target { action, resource, has_policy: false }
}

const OU: &str = "arn:aws:organizations::111111111111:ou/o-eastexample/ou-1a2b-3c4d5e6f";
const ACCOUNT: &str = "arn:aws:organizations::111111111111:account/o-eastexample/222222222222";

const CALLS: [Target; 10] = [
    call("organizations:LeaveOrganization", "*"),
    call("organizations:CreateOrganization", "*"),
    call("organizations:ListAccounts", "*"),
    call("organizations:DescribeOrganization", "*"),
    call("organizations:CreateAccount", "*"),
    call("organizations:AttachPolicy", OU),
    call("organizations:AttachPolicy", OU),
    call("organizations:DescribeAccount", ACCOUNT),
    call("organizations:DescribeEffectivePolicy", ACCOUNT),
    call("organizations:MoveAccount", ACCOUNT),
];

const CALLERS: [(&str, Who); 6] = [
    ("arn:aws:iam::222222222222:user/u", Who::User),
    ("arn:aws:sts::222222222222:assumed-role/R/s", Who::Session),
    ("arn:aws:iam::222222222222:root", Who::Root),
    ("arn:aws:iam::222222222222:user/u", Who::User),
    ("arn:aws:iam::111111111111:user/u", Who::User),
    ("arn:aws:iam::111111111111:root", Who::Root),
];

/// Account 111111111111 manages the organization; 222222222222 is a member of it, or of none.
pub(crate) fn member(tape: &mut Tape) -> Member {
    let mut request = request_by(tape, &CALLERS, &CALLS);
    for layer in ["scp", "rcp", "vpc_endpoint"] {
        request["policies"].as_object_mut().expect("policies").remove(layer);
    }
    let target = *CALLS.iter().find(|call| request["action"] == call.action).expect("one of the calls");
    let policy = named(policies::layer(tape, target, Layer::Resource));
    let mut script = format!(
        "account 222222222222\naccount 111111111111\norganization o-eastexample management 111111111111\n\
         resource arn:aws:organizations::111111111111:organization/o-eastexample owner 111111111111 policy {policy}\n"
    );
    let mut organization = json!({
        "id": "o-eastexample", "management": "111111111111", "places": {"111111111111": ""}, "scp": {}, "rcp": {},
        "delegation": policy,
    });
    if !tape.one_in(4) {
        script += "move account 222222222222 to organization-root\n";
        organization["places"]["222222222222"] = json!("");
        if tape.one_in(3) {
            script += "delegate guardduty.amazonaws.com to account 222222222222\n";
            organization["registered"] = json!("222222222222");
        }
    }
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    tell_paths(&world, &mut organization);
    Member { request, world, organization }
}
