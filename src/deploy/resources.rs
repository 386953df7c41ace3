//! Resources and their policies.

use super::declared::{Declared, DeclaredValue, unknown};
use super::kind::{BUCKET, Governed};
use super::site::Site;
use crate::names::{AccountId, Arn};
use crate::syntax::json::{Cursor, Kind};
use crate::world::{Change, PublicAccessBlock, PublicAccessLevel, ResourceChange, Target, policy_kind};

/// Under which names the policy of a resource stands.
const DOCUMENT: &[&str] = &[
    "policy", "PolicyDocument", "KeyPolicy", "RepositoryPolicyText", "access_policies", "AccessPolicies",
    "AccessPolicy", "ResourcePolicy",
];

/// The Region where nobody says one.
const USUAL_REGION: &str = "us-east-1";

/// The switches of Block Public Access: as Terraform and as CloudFormation call them.
const SWITCHES: [(&str, &str); 4] = [
    ("block_public_acls", "BlockPublicAcls"),
    ("ignore_public_acls", "IgnorePublicAcls"),
    ("block_public_policy", "BlockPublicPolicy"),
    ("restrict_public_buckets", "RestrictPublicBuckets"),
];

impl Site {
    pub(super) fn put_resource(&mut self, one: &Declared, governed: &Governed) {
        let name = self.name_of(one, &[governed.name]);
        let arn = self.filled(governed.arn, &name, one);
        self.put(one, &arn);
        let DeclaredValue::Known(block) = one.member(&["PublicAccessBlockConfiguration"]) else { return };
        self.set_block(one, &arn, |_, switch| is_true(block.member(switch)));
    }

    pub(super) fn put_resource_policies(&mut self, one: &Declared, governed: &Governed) {
        for arn in self.named(one, governed) {
            self.put(one, &arn);
        }
    }

    /// Declares a resource with its policy, where it is said.
    fn put(&mut self, one: &Declared, arn: &str) {
        if Arn::parse(arn).is_none() {
            return self.notes.left_out(&one.label, format!("`{arn}` is no ARN"));
        }
        let policy = match one.document(DOCUMENT, policy_kind(Some(arn))) {
            DeclaredValue::Known(document) => Some(self.readable(&one.label, document)),
            DeclaredValue::Unknown(name) => {
                self.notes.left_out(&one.label, unknown(name));
                None
            }
            DeclaredValue::Nothing => None,
        };
        let policy = policy.filter(|document| document.compiled().is_some());
        let put = ResourceChange::put(arn.into(), self.account, policy, one.tags());
        self.apply(&one.label, Change::Resource(put));
    }

    /// The ARNs of the resources that a policy names.
    fn named(&mut self, one: &Declared, governed: &Governed) -> Vec<String> {
        match one.texts(&[governed.name]) {
            DeclaredValue::Known(names) => {
                names.iter().map(|name| self.filled(governed.arn, name, one)).collect()
            }
            DeclaredValue::Unknown(name) => {
                self.notes.left_out(&one.label, unknown(name));
                Vec::new()
            }
            DeclaredValue::Nothing => Vec::new(),
        }
    }

    /// The ARN of a name, which may be an ARN itself, or the URL of a queue.
    fn filled(&mut self, form: &str, name: &str, one: &Declared) -> String {
        if name.starts_with("arn:") {
            return name.to_owned();
        }
        if let Some(arn) = arn_of_queue(name) {
            return arn;
        }
        let said = one.text(&["region"]).known().or_else(|| self.region.clone());
        if said.is_none() && form.contains("{R}") {
            self.notes.open_region();
        }
        let region = said.unwrap_or_else(|| USUAL_REGION.into());
        filled_in(form, name, self.account, Some(&region)).unwrap_or_default()
    }

    pub(super) fn delete_policies(&mut self, one: &Declared, governed: &Governed) {
        for arn in self.named(one, governed) {
            let gone = ResourceChange::DeletePolicy { arn: arn.as_str().into() };
            self.apply(&one.label, Change::Resource(gone));
        }
    }

    pub(super) fn delete_resource(&mut self, one: &Declared, governed: &Governed) {
        for arn in self.named(one, governed) {
            if self.world.resource(&arn).is_some() {
                let target = Target::Resource(arn.as_str().into());
                self.apply(&one.label, Change::Delete { account: self.account, target });
            }
        }
    }

    pub(super) fn put_block(&mut self, one: &Declared) {
        let Some(bucket) = one.needed(&["bucket"], &mut self.notes) else { return };
        let arn = self.filled(BUCKET, &bucket, one);
        self.set_block(one, &arn, |switch, _| is_true(one.member(&[switch]).known()));
    }

    pub(super) fn open_block(&mut self, one: &Declared) {
        let Some(bucket) = one.needed(&["bucket"], &mut self.notes) else { return };
        let arn = self.filled(BUCKET, &bucket, one);
        self.set_block(one, &arn, |_, _| false);
    }

    fn set_block(&mut self, one: &Declared, arn: &str, is_on: impl Fn(&'static str, &str) -> bool) {
        if self.world.resource(arn).is_none() {
            let put = ResourceChange::put(arn.into(), self.account, None, Default::default());
            self.apply(&one.label, Change::Resource(put));
        }
        for (ours, aws) in SWITCHES {
            let on = is_on(ours, aws);
            let switches = PublicAccessBlock::SWITCHES.into_iter();
            let switches = switches.filter(|known| PublicAccessBlock::aws_name(known) == aws);
            let switches = switches.map(Into::into).collect();
            let level = PublicAccessLevel::Resource(arn.into());
            let set = ResourceChange::SetPublicAccessBlock { level, on, switches };
            self.apply(&one.label, Change::Resource(set));
        }
    }
}

/// The ARN of a name; nothing where the Region is needed and not known.
pub(super) fn filled_in(form: &str, name: &str, account: AccountId, region: Option<&str>) -> Option<String> {
    let region = region.or_else(|| (!form.contains("{R}")).then_some(""))?;
    Some(form.replace("{R}", region).replace("{A}", account.as_str()).replace("{N}", name))
}

/// `https://sqs.eu-west-1.amazonaws.com/111122223333/orders`
fn arn_of_queue(url: &str) -> Option<String> {
    let (host, path) = url.strip_prefix("https://sqs.")?.split_once('/')?;
    let (account, name) = path.split_once('/')?;
    let region = host.split('.').next()?;
    Some(format!("arn:aws:sqs:{region}:{account}:{name}"))
}

fn is_true(value: Option<Cursor<'_>>) -> bool {
    value.is_some_and(|value| match value.kind() {
        Kind::Bool => value.raw() == "true",
        _ => value.string().is_some_and(|text| text == "true"),
    })
}
