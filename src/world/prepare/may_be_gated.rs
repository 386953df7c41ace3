//! What a gate may concern: credentials, other accounts and partitions, the state of accounts.

use super::Prepared;
use crate::facts;
use crate::names::AccountId;
use crate::world::principal::{Credentials, PrincipalKind};

impl Prepared<'_> {
    /// Whether a gate may concern the request for another reason than its action: the credentials (D.10), another
    /// account (D14a) or partition, a state of the accounts (D48), an access point (D45), a setting of a bucket (I23).
    pub(super) fn is_out_of_the_ordinary(&self) -> bool {
        self.is_cross_account() || self.is_special()
    }

    /// Whether a gate may concern the request beside the one that looks at action and accounts alone (D14a).
    pub fn may_be_gated_otherwise(&self) -> bool {
        facts::may_be_gated(&self.action) || self.is_special()
    }

    fn is_special(&self) -> bool {
        let principal = &self.caller.principal;
        let is_plain = matches!(principal.kind, PrincipalKind::User { .. })
            && principal.credentials == Credentials::LongTerm;
        (!is_plain && facts::limits_credentials(self.action.service()))
            || self.is_cross_partition()
            || self.is_restricted()
            || self.side.record.as_ref().is_some_and(|record| record.vpc.is_some())
            || (self.action.is_of("s3") && self.may_meet_bucket_setting())
    }

    /// I23: an object under SSE-C, or a bucket of a namespace.
    fn may_meet_bucket_setting(&self) -> bool {
        let (service, name) = (self.action.service(), self.action.name());
        (facts::writes_objects(service, name) && self.given_value(facts::SSE_C_KEY).is_some())
            || (self.action.is("s3:CreateBucket")
                && self.arn().is_some_and(|arn| facts::is_namespaced(arn.resource())))
    }

    /// Whether principal and resource belong to different accounts (D.6). Services and anonymous callers have no
    /// account to differ (D16).
    pub fn is_cross_account(&self) -> bool {
        matches!((self.caller.account, self.owner), (Some(caller), Some(owner)) if caller != owner)
    }

    /// Whether an IAM principal asks for a resource of another partition (D.3-1).
    pub fn is_cross_partition(&self) -> bool {
        let Some(arn) = self.arn() else { return false };
        let partition = arn.partition();
        self.is_iam_principal() && *partition != *self.caller.principal.partition && !partition.is_empty()
    }

    /// D48: a closed account, or one with Regions switched off.
    fn is_restricted(&self) -> bool {
        let restricted =
            |id: AccountId| self.world.account(id).is_some_and(|account| account.is_restricted());
        self.caller.account.is_some_and(restricted) || self.owner.is_some_and(restricted)
    }

    /// Whether the principal has an account, a name and policies: it is not a service, provider or anonymous.
    pub fn is_iam_principal(&self) -> bool {
        !matches!(
            self.caller.principal.kind,
            PrincipalKind::Service(_)
                | PrincipalKind::IdentityProvider(_)
                | PrincipalKind::OriginAccessIdentity(_)
                | PrincipalKind::Anonymous
        )
    }
}
