//! Which keys that a question does not give it could still give.

use super::prepare::Prepared;
use super::principal::PrincipalKind;

impl Prepared<'_> {
    /// Whether a key that is missing could be there in a real request of this kind: nobody said that it is not.
    pub(super) fn could_be_given(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        match name.strip_prefix("aws:") {
            Some(key) => self.global_could_be_given(key, &name),
            None => self.service_key_could_be_given(&name),
        }
    }

    fn global_could_be_given(&self, key: &str, name: &str) -> bool {
        let principal = &self.caller.principal;
        let has = |name: &str| self.is_given(name);
        let is_service = matches!(principal.kind, PrincipalKind::Service(_));
        let template = key.split('/').next().unwrap_or_default();
        match template {
            "sourceip" => !has("aws:SourceVpce") && !has("aws:SourceVpc") && self.endpoint.is_none(),
            "sourcevpc" | "sourcevpce" | "vpcsourceip" => !has("aws:SourceIp"),
            "sourcevpcarn" | "vpceaccount" | "vpceorgid" | "vpceorgpaths" => {
                !has("aws:SourceIp") && self.endpoint_key_could_be_given(name)
            }
            "sourcearn" | "sourceaccount" => is_service,
            "sourceorgid" | "sourceorgpaths" => {
                let known = self.source_account().and_then(|account| self.world.account(account));
                is_service && known.is_none()
            }
            "calledvia" | "calledviafirst" | "calledvialast" => has("aws:ViaAWSService"),
            "principaltag" => self.is_iam_principal() && !principal.is_root() && !self.caller.is_known,
            "principalorgid" | "principalorgpaths" | "principalorgmasteraccountid" => {
                self.caller.account.is_some_and(|account| self.world.account(account).is_none())
            }
            "resourcetag" => self.arn().is_some() && !self.side.is_known,
            "requesttag" | "tagkeys" => self.resource_carries(name),
            "resourceorgid" | "resourceorgpaths" => {
                self.owner.is_some_and(|owner| self.world.account(owner).is_none())
            }
            "sourceidentity" | "federatedprovider" => self.is_role_session() && principal.session.is_none(),
            "principalarn"
            | "principalaccount"
            | "principaltype"
            | "principalisawsservice"
            | "principalservicename"
            | "principalservicenameslist"
            | "userid"
            | "username"
            | "assumedroot"
            | "multifactorauthpresent"
            | "multifactorauthage"
            | "tokenissuetime"
            | "resourceaccount" => false,
            // I13: also what only services know, such as on whose behalf a trusted application asks.
            _ => self.world.catalog().condition_key(name).is_some(),
        }
    }

    /// I11: where the endpoint's owner is known, so is what its organization is.
    fn endpoint_key_could_be_given(&self, name: &str) -> bool {
        let owner = self.source_endpoint().and_then(|endpoint| endpoint.owner);
        let is_known = owner.is_some_and(|owner| self.world.account(owner).is_some());
        let of_organization = name.starts_with("aws:vpceorg");
        self.carries_endpoint_key(name) && !(of_organization && is_known)
    }

    fn service_key_could_be_given(&self, name: &str) -> bool {
        if STAMPED.contains(&name) {
            return self.is_role_session(); // C.2
        }
        let key = self.world.catalog().condition_key(name);
        if let Some(keys) = key.and_then(|key| self.tag_keys_of(key)) {
            return self.tag_could_be_given(keys.of);
        }
        match (self.facts, key) {
            _ if name.starts_with("rootonly:") => false,
            (Some(action), Some(_)) => action.carries_key(name) && self.resource_carries(name),
            _ => true,
        }
    }

    fn is_role_session(&self) -> bool {
        matches!(self.caller.principal.kind, PrincipalKind::RoleSession { .. })
    }
}

/// Keys that services stamp on the credentials of roles (C.2).
const STAMPED: [&str; 9] = [
    "ec2:sourceinstancearn", "ec2:roledelivery", "lambda:sourcefunctionarn", "ssm:sourceinstancearn",
    "codebuild:buildarn", "codebuild:projectarn", "glue:roleassumedby", "glue:credentialissuingservice",
    "identitystore:userid",
];
