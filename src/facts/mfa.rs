//! The calls by which users register an MFA device, or get a password of their own: they come before any sign-in with MFA.
//!
//! From the policies of the IAM User Guide by which users without MFA may do this alone (`DenyAllExceptListedIfNoMFA`), as
//! of 2026-11-29.

use super::services::contains;

/// Whether an action is one that a user who has no MFA device yet has to make.
pub fn comes_before_mfa(action: &str) -> bool {
    contains(BEFORE_MFA, action)
}

static BEFORE_MFA: &[&str] = &[
    "iam:ChangePassword", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice",
    "iam:GetAccountPasswordPolicy", "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices",
    "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken",
];
