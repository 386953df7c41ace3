//! Rules G: what a refusal reads like.

use super::rule::{Rule, rules};

pub(super) const RULES_G: &[Rule] = rules! {
    "G1" High background "2026" "IAM User Guide (2026): troubleshoot_access-denied"
        "A refusal reads: `User: ARN is not authorized to perform: ACTION on resource: RESOURCE`, and then \
         a reason; some services print no reason.";
    "G2" High background "2026" "IAM User Guide (2026): troubleshoot_access-denied"
        "The reason names one kind of policy: \"with an explicit deny in a ...\", or \"because no ... \
         allows the ... action\".";
    "G3" High background "2026" "IAM User Guide (2026): troubleshoot_access-denied"
        "An explicit deny may carry the ARN of the policy behind it, but not for inline, trust, \
         resource-based and endpoint policies.";
    "G4" Medium background "2026" "IAM User Guide (2026): troubleshoot_access-denied"
        "The message names the caller by its ARN, a role session by its assumed-role ARN; for anonymous \
         callers there is none.";
    "G5" Low background "2026" "ours; the choice is not documented"
        "AWS reports only one kind of policy even if several deny. Here explicit denies come before \
         implicit ones, in a fixed order, and the explanation lists all.";
    "G6" Medium background "2026" "general knowledge, no page"
        "The command line of AWS puts the error code in front, and the code differs by service: \
         AccessDenied, AccessDeniedException, UnauthorizedOperation, AuthorizationError.";
    "G7" High background "2026" "S3 guide (2026): troubleshoot-403-errors"
        "S3 quotes the ARN and gives the reason only inside one account or one organization; otherwise it \
         just says Access Denied.";
    "G8" Medium background "2023" "IAM User Guide (2023): troubleshoot_access-denied"
        "Older wordings of 2023 are understood when a message is read, and never printed.";
    "G9" Medium background "2023" "IAM User Guide (2023): troubleshoot; field reports"
        "Some refusals have words of their own, such as `Roles may not be assumed by root accounts.`";
    "G10" High background "2026" "ours"
        "AWS has no standard text for root-only tasks; ours names the task, and says that its `rootonly:` \
         action is a local name.";
};
