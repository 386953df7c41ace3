//! Limits of names and sizes (E19 to E23, A.10).

/// The longest name of an IAM user.
pub const USER_NAME: usize = 64;
/// The longest name of a role.
pub const ROLE_NAME: usize = 64;
/// The longest name of a user group.
pub const GROUP_NAME: usize = 128;
/// The longest name of a policy.
pub const POLICY_NAME: usize = 128;
/// The longest name of an instance profile.
pub const INSTANCE_PROFILE_NAME: usize = 128;
/// The longest path.
pub const PATH: usize = 512;
/// What names may hold besides ASCII letters and digits.
pub const NAME_PUNCTUATION: &str = "+=,.@_-";
/// What the name of an inline policy may not hold, besides white space.
pub const INLINE_POLICY_NAME_REFUSED: &str = "\\/*?";

/// The shortest account alias.
pub const ALIAS_MIN: usize = 3;
/// The longest account alias.
pub const ALIAS_MAX: usize = 63;
/// The digits of an account id.
pub const ACCOUNT_ID: usize = 12;

/// The shortest name of a role session or a federated user.
pub const SESSION_NAME_MIN: usize = 2;
/// The longest name of a role session.
pub const SESSION_NAME_MAX: usize = 64;
/// The longest name of a federated user.
pub const FEDERATED_USER_NAME_MAX: usize = 32;

/// The groups that a user may be in.
pub const GROUPS_OF_A_USER: usize = 10;
/// The managed policies that may be attached to one user, role or group, before a quota is raised.
pub const ATTACHED_POLICIES: usize = 10;
/// The managed policies that may be passed to one session.
pub const SESSION_POLICIES: usize = 10;
/// The stored versions of a managed policy.
pub const POLICY_VERSIONS: usize = 5;
/// The access keys of a user, and of the root user.
pub const ACCESS_KEYS: usize = 2;
/// The tags of a user, role or policy.
pub const TAGS: usize = 50;
/// The longest tag key.
pub const TAG_KEY: usize = 128;
/// The longest tag value.
pub const TAG_VALUE: usize = 256;
/// The depth to which organizational units nest.
pub const OU_DEPTH: usize = 5;

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
/// The size of an inline session policy.
pub const SESSION_POLICY_SIZE: usize = 2_048;
/// The size of a service control policy, white space counted.
pub const SCP_SIZE: usize = 10_240;
/// The service control policies attached to one root, organizational unit or account.
pub const SCPS_ATTACHED: usize = 10;
/// The size of a resource control policy, white space counted.
pub const RCP_SIZE: usize = 5_120;
/// The resource control policies attached to one root, organizational unit or account, RCPFullAWSAccess included.
pub const RCPS_ATTACHED: usize = 5;
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
