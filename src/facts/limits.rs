//! Limits of the sizes of policies (A.10).

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
/// The size of the policies that are given with a call which assumes a role, white space counted.
pub const SESSION_POLICY_SIZE: usize = 2_048;
