//! What is refused whatever the policies allow, but not before they deny (D.3-10).

use super::asked::Asked;

pub(super) fn refuse(asked: &Asked) -> bool {
    let is_from_elsewhere = asked.request["delegation"] == "refused"; // I16, I17
    is_from_elsewhere
        || not_offered_across_accounts(asked)
        || is_under_customer_key(asked)
        || is_of_another_namespace(asked)
        || is_protected(asked)
}

/// D14a.
fn not_offered_across_accounts(asked: &Asked) -> bool {
    const OFFERED_KMS: [&str; 3] = ["kms:Decrypt", "kms:DescribeKey", "kms:RetireGrant"];
    const REFUSED: [&str; 5] = [
        "sqs:CreateQueue", "sqs:SetQueueAttributes", "s3:GetBucketPolicy", "s3:PutBucketPolicy",
        "s3:DeleteBucketPolicy",
    ];
    let passes_role = asked.action == "iam:PassRole"; // D35
    let kms = asked.action.starts_with("kms:") && !OFFERED_KMS.contains(&&*asked.action);
    asked.is_cross_account() && (kms || passes_role || REFUSED.contains(&&*asked.action))
}

/// A key of the context that is given as one text.
fn given<'a>(asked: &'a Asked, key: &str) -> Option<&'a str> {
    asked.request["context"][key].as_str()
}

/// I23: objects under SSE-C are not taken unless the bucket is switched on (`sse_c`), but in two Regions.
fn is_under_customer_key(asked: &Asked) -> bool {
    let open = ["me-south-1", "me-central-1"].map(Some).contains(&given(asked, "aws:RequestedRegion"));
    asked.action == "s3:PutObject"
        && given(asked, "s3:x-amz-server-side-encryption-customer-algorithm").is_some()
        && asked.request["sse_c"] != true
        && !open
}

/// I23: a bucket `NAME-ACCOUNT-REGION-an` is made by that account, in that Region, in its own namespace.
fn is_of_another_namespace(asked: &Asked) -> bool {
    let name = asked.resource.strip_prefix("arn:aws:s3:::").unwrap_or_default();
    let region = given(asked, "aws:RequestedRegion").unwrap_or("us-east-1");
    let own = format!("-{}-{region}-an", asked.account.as_deref().unwrap_or("?"));
    let is_own =
        name.ends_with(&own) && given(asked, "s3:x-amz-bucket-namespace") == Some("account-regional");
    asked.action == "s3:CreateBucket" && name.ends_with("-an") && !is_own
}

/// D34, I19: roles of AWS's services are changed by the service-linked role of the one that owns them alone.
fn is_protected(asked: &Asked) -> bool {
    let changes = asked.action == "iam:AttachRolePolicy";
    let roots = [":role/aws-reserved/", ":role/aws-service-role/"];
    let owner = roots.iter().find_map(|root| asked.resource.split_once(root)?.1.split('/').next());
    let caller = asked.parent.as_deref().and_then(|role| role.split_once(":role/aws-service-role/"));
    let of = caller.and_then(|(_, path)| path.split('/').next());
    changes && owner.is_some() && owner != of
}
