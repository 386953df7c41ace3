//! What could open a gate, where the world, or the request, has something for it.

use super::authority::By;
use super::proposal::Proposal;
use crate::facts;
use crate::names::AccountId;
use crate::question::Asked;
use crate::trace::GateName;
use crate::world::{self, AccountSetting, AccountState, ContextValue, OrganizationChange, ResourceChange};

impl Asked<'_> {
    /// What could open the gate that refuses; nothing where nothing can, as `gate_details` then says.
    pub(super) fn gate_changes(&self) -> Vec<Proposal> {
        let Some(gate) = &self.trace.gate else { return Vec::new() };
        match gate.name {
            GateName::BillingAccess => self.billing_access().into_iter().collect(),
            GateName::AccountState => self.account_state(),
            GateName::PublicAccessBlock => self.public_policy(),
            GateName::BucketSetting => self.takes_sse_c().into_iter().collect(),
            GateName::AccessPoint => self.inside_vpc().into_iter().collect(),
            GateName::Organizations => self.delegated().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn billing_access(&self) -> Option<Proposal> {
        let account = self.request.caller.account?;
        let words = format!("turn on IAM access to Billing in account {account}");
        let change = world::Change::Account(account, AccountSetting::BillingAccess(true));
        let by = Some(By::Said(format!("only {}", super::super::gate::root_user(self))));
        Some(Proposal::of_world(words, change, by, "billing-access on").within(Some(account)))
    }

    /// D48, I24.
    fn account_state(&self) -> Vec<Proposal> {
        let (caller, owner) = (self.request.caller.account, self.request.owner);
        let accounts = [caller, owner.filter(|_| owner != caller)].into_iter().flatten();
        let known = accounts.filter_map(|id| self.request.world.account(id));
        let region = self.request.arn().map(|arn| arn.region()).filter(|region| !region.is_empty());
        let region = region.or_else(|| self.request.requested_region());
        known
            .filter_map(|account| match account.state.refuses() {
                true => Some(active(account.id, account.state)),
                false => enabled(account.id, region.filter(|region| account.regions_off.contains(*region))?),
            })
            .collect()
    }

    /// The management account of the organization that an account is in.
    pub(super) fn management(
        &self,
        account: AccountId,
        action: &'static str,
        policy: Option<&str>,
    ) -> Option<By> {
        Some(By::management(self.request.world.organization_of(account)?, action, policy))
    }

    /// D45: through an endpoint of the VPC, where one is known.
    fn inside_vpc(&self) -> Option<Proposal> {
        let vpc = self.request.side.record.as_ref()?.vpc.as_deref()?;
        let entry = ("aws:SourceVpc".into(), ContextValue::One(vpc.to_owned().into()));
        let words = format!("make the request from inside {vpc} ({})", entry.1.pair("aws:SourceVpc"));
        Some(Proposal::of_key(words, entry, None).by(Some(By::Said("whoever runs the network".to_owned()))))
    }

    /// I23: SSE-C switched on for a bucket that is declared.
    fn takes_sse_c(&self) -> Option<Proposal> {
        self.request.given_value(facts::SSE_C_KEY)?;
        let bucket = self.request.side.record.as_ref()?;
        let bucket = bucket.bucket.as_ref().unwrap_or(&bucket.arn).clone();
        let words = format!("let {bucket} take objects under SSE-C");
        let change = world::Change::Resource(ResourceChange::SetSseC { bucket: bucket.clone(), on: true });
        let command = format!("bucket-sse-c on for {bucket}");
        let by = self
            .request
            .owner
            .map(|account| By::whoever_calls("s3:PutEncryptionConfiguration", bucket.to_string(), account));
        Some(Proposal::of_world(words, change, by, command).within(self.request.owner))
    }

    /// E8: AssumeRoot for a delegated administrator of IAM.
    fn delegated(&self) -> Option<Proposal> {
        let account = self.request.caller.account.filter(|_| self.request.action.is("sts:AssumeRoot"))?;
        let service = "iam.amazonaws.com";
        let words = format!("make account {account} the delegated administrator of {service}");
        let change =
            world::Change::Organization(OrganizationChange::Delegate { service: service.into(), account });
        Some(
            Proposal::of_world(
                words,
                change,
                self.management(account, "organizations:RegisterDelegatedAdministrator", None),
                format!("delegate {service} to account {account}"),
            )
            .within(Some(account)),
        )
    }
}

fn enabled(account: AccountId, region: &str) -> Option<Proposal> {
    let change = world::Change::Account(account, AccountSetting::Region { region: region.into(), on: true });
    let words = format!("enable Region {region} in account {account}");
    let by = Some(By::whoever_calls("account:EnableRegion", "*", account));
    Some(Proposal::of_world(words, change, by, format!("region {region} on")).within(Some(account)))
}

fn active(account: AccountId, state: AccountState) -> Proposal {
    let change = world::Change::Account(account, AccountSetting::State(AccountState::Active));
    let (words, by) = match state {
        AccountState::Closed => (
            format!("reopen account {account}, within 90 days after it was closed"),
            format!("the root user of account {account}"),
        ),
        AccountState::PendingActivation => (
            format!("complete the activation of account {account}"),
            format!("the root user of account {account}"),
        ),
        _ => (
            format!("have account {account} reinstated"),
            format!("the root user of account {account}, who asks AWS Support"),
        ),
    };
    Proposal::of_world(words, change, Some(By::Said(by)), "account-state active").within(Some(account))
}
