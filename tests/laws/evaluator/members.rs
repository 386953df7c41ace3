//! Calls of Organizations: from which accounts they work, and where the delegation policy must allow (I16, I17).

use serde_json::{Value, json};

use super::asked::Asked;

/// The request with the delegation policy of the caller's organization as if it had been given with it, and under
/// `delegation` what else the call takes: `refused` for one that does not work from the caller's account, `needed`
/// where the delegation policy must allow, `own` where the caller's own policies are enough.
pub(crate) fn with_delegation(request: &Value, organization: &Value, now: i64) -> Value {
    let mut given = request.clone();
    let account = Asked::read(request, now).account.unwrap_or_default();
    let name = request["action"].as_str().unwrap_or_default().split(':').nth(1).unwrap_or_default();
    if organization["places"].get(&account).is_none() {
        if name == "LeaveOrganization" {
            given["delegation"] = json!("refused");
        }
        return given;
    }
    given["policies"]["resource"] = organization["delegation"].clone();
    let (is_management, is_registered) =
        (organization["management"] == account, organization["registered"] == account);
    let delegation = match name {
        "CreateOrganization" => "refused",
        "LeaveOrganization" if is_management || is_registered => "refused",
        _ if is_management => return given,
        "LeaveOrganization" | "DescribeOrganization" | "DescribeEffectivePolicy" => "own",
        "AttachPolicy" | "ListAccounts" | "DescribeAccount" if is_registered => "own",
        "AttachPolicy" | "ListAccounts" | "DescribeAccount" => "needed",
        _ => "refused",
    };
    given["delegation"] = json!(delegation);
    given
}
