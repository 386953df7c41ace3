//! Limits of names and sizes (E19 to E23, A.10).

/// The shortest account alias.
pub const ALIAS_MIN: usize = 3;
/// The longest account alias.
pub const ALIAS_MAX: usize = 63;
/// The digits of an account id.
pub const ACCOUNT_ID: usize = 12;

/// The size of a customer managed policy, white space not counted.
pub const MANAGED_POLICY_SIZE: usize = 6_144;
/// The sum of a user's inline policies, white space not counted.
pub const USER_INLINE_SIZE: usize = 2_048;
/// The sum of a group's inline policies, white space not counted.
pub const GROUP_INLINE_SIZE: usize = 5_120;
/// The sum of a role's inline policies, white space not counted.
pub const ROLE_INLINE_SIZE: usize = 10_240;
/// The size of a role trust policy, before the quota is raised.
pub const TRUST_POLICY_SIZE: usize = 2_048;
/// The size to which the quota of role trust policies can be raised.
pub const TRUST_POLICY_SIZE_MAX: usize = 8_192;
/// The size of a service control policy, white space counted.
pub const SCP_SIZE: usize = 10_240;
/// The size of a resource control policy, white space counted.
pub const RCP_SIZE: usize = 5_120;
/// The size of a VPC endpoint policy, white space counted.
pub const ENDPOINT_POLICY_SIZE: usize = 20_480;

/// Whether it could be an account alias (E19).
pub fn is_alias(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let id = text.len() == ACCOUNT_ID && text.bytes().all(|byte| byte.is_ascii_digit());
    (ALIAS_MIN..=ALIAS_MAX).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !id
}
