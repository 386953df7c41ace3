//! The facts of a request: who, what, whose, and the context keys (C).

use std::collections::BTreeMap;

use serde_json::Value;

/// The kinds of principals (0.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Root,
    AssumedRoot,
    User,
    RoleSession,
    Federated,
    Service,
    Provider,
    OriginAccess,
    Anonymous,
}

/// The value of a context key; an absent one is not in the map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Held {
    One(String),
    Many(Vec<String>),
}

/// A request with all that follows from it.
pub(crate) struct Asked<'r> {
    pub(crate) request: &'r Value,
    pub(crate) kind: Kind,
    /// The ARN or name of the principal itself: of a session the session's.
    pub(crate) arn: String,
    /// The role's ARN, or the ARN of who issued a federated session.
    pub(crate) parent: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) action: String,
    /// `*` for actions without resource types (A46).
    pub(crate) resource: String,
    pub(crate) owner: Option<String>,
    pub(crate) context: BTreeMap<String, Held>,
}

/// Actions of the tests that have no resource types (A46).
const NO_RESOURCE: [&str; 10] = [
    "ec2:DescribeInstances", "mechanicalturk:CreateHIT", "s3:ListAllMyBuckets", "kms:ListKeys",
    "sts:GetCallerIdentity", "organizations:LeaveOrganization", "organizations:CreateOrganization",
    "organizations:ListAccounts", "organizations:DescribeOrganization", "organizations:CreateAccount",
];

impl<'r> Asked<'r> {
    pub(crate) fn read(request: &'r Value, now: i64) -> Self {
        let text = |field: &str| request[field].as_str().map(str::to_owned);
        let action = text("action").unwrap_or_default();
        let none = NO_RESOURCE.contains(&&*action);
        let resource = text("resource").filter(|_| !none).unwrap_or_else(|| "*".to_owned());
        let mut asked = Self {
            request,
            kind: Kind::Anonymous,
            arn: String::new(),
            parent: None,
            account: None,
            action,
            owner: None,
            resource,
            context: BTreeMap::new(),
        };
        asked.read_principal();
        let in_arn = asked.resource.split(':').nth(4).map(str::to_owned).filter(|id| !id.is_empty());
        asked.owner = text("resource_account").or(in_arn).or_else(|| asked.account.clone());
        asked.fill(now);
        asked
    }

    pub(crate) fn is_cross_account(&self) -> bool {
        self.account.is_some() && self.owner.is_some() && self.account != self.owner
    }

    pub(crate) fn is_root(&self) -> bool {
        matches!(self.kind, Kind::Root | Kind::AssumedRoot)
    }

    /// D4: a session of a service-linked role.
    pub(crate) fn is_service_linked(&self) -> bool {
        self.parent.as_ref().is_some_and(|role| role.contains(":role/aws-service-role/"))
    }

    /// The policies of a layer; `None` where the layer is not given.
    pub(crate) fn policies(&self, layer: &str) -> Option<Vec<&'r Value>> {
        match &self.request["policies"][layer] {
            Value::Null => None,
            Value::Array(list) => Some(list.iter().collect()),
            one => Some(vec![one]),
        }
    }

    fn read_principal(&mut self) {
        let principal = &self.request["principal"];
        if let Some(service) = principal["service"].as_str() {
            (self.kind, self.arn) = (Kind::Service, service.to_owned());
            return;
        }
        self.arn = principal.as_str().unwrap_or_default().to_owned();
        let mut fields = self.arn.splitn(6, ':').skip(4).map(str::to_owned);
        let (Some(account), Some(name)) = (fields.next(), fields.next()) else { return }; // anonymous
        self.kind = match name.split('/').next().unwrap_or_default() {
            _ if account == "cloudfront" => Kind::OriginAccess,
            "oidc-provider" => Kind::Provider,
            "root" if self.request["context"]["aws:AssumedRoot"] == "true" => Kind::AssumedRoot,
            "root" => Kind::Root,
            "user" => Kind::User,
            "federated-user" => Kind::Federated,
            _ => Kind::RoleSession,
        };
        if matches!(self.kind, Kind::OriginAccess | Kind::Provider) {
            return;
        }
        self.read_parent(&account, &name);
        self.account = Some(account);
    }

    /// A24, A25: the session's ARN has no path; a role's ARN in a request is a session of it.
    fn read_parent(&mut self, account: &str, name: &str) {
        let parts: Vec<&str> = name.split('/').collect();
        match (parts[0], self.kind) {
            ("role", _) => {
                self.parent = Some(self.arn.clone());
                let role = parts.last().copied().unwrap_or_default();
                self.arn = format!("arn:aws:sts::{account}:assumed-role/{role}/iamwhy");
            }
            ("assumed-role", _) => self.parent = Some(format!("arn:aws:iam::{account}:role/{}", parts[1])),
            (_, Kind::Federated) => self.parent = self.request["issuer"].as_str().map(str::to_owned),
            _ => {}
        }
    }

    fn fill(&mut self, now: i64) {
        self.fill_principal();
        let temporary = matches!(self.kind, Kind::RoleSession | Kind::Federated | Kind::AssumedRoot);
        self.set("aws:TokenIssueTime", temporary.then(|| now.to_string())); // C.2
        let field = self.resource.split(':').nth(3).unwrap_or_default();
        let region = if field.is_empty() { "us-east-1" } else { field }.to_owned();
        self.set("aws:RequestedRegion", Some(region));
        self.set("aws:ResourceAccount", self.owner.clone()); // C.4
        self.fill_outsider();
        self.set("aws:SecureTransport", Some("true".to_owned())); // C2
        self.set("aws:ViaAWSService", Some("false".to_owned()));
        self.set("aws:CurrentTime", Some(now.to_string()));
        self.set("aws:EpochTime", Some(now.to_string()));
        let given = self.request["context"].as_object().cloned().unwrap_or_default();
        let is_tag = |key: &str| key.to_lowercase().starts_with("aws:requesttag/");
        let tags: Vec<String> = given
            .iter()
            .filter(|(key, value)| is_tag(key) && !value.is_null())
            .map(|(key, _)| key["aws:requesttag/".len()..].to_owned())
            .collect();
        if !tags.is_empty() {
            self.context.insert("aws:tagkeys".to_owned(), Held::Many(tags)); // C.5
        }
        for (key, value) in &given {
            self.give(key.to_lowercase(), value);
        }
        self.take_tags_of_others();
        self.tell_tags_by_both_names(&given);
    }

    /// I10: who vouches for the caller. I12: the names of the service that calls, in the Region of the one that does.
    fn fill_outsider(&mut self) {
        let vouches = self.kind == Kind::Provider && self.action == "sts:AssumeRoleWithWebIdentity";
        self.set("aws:FederatedProvider", vouches.then(|| self.arn.clone()));
        if self.kind != Kind::Service {
            return;
        }
        let given = self.request["context"].as_object().cloned().unwrap_or_default();
        let source = given.iter().find(|(key, _)| key.eq_ignore_ascii_case("aws:SourceArn"));
        let region = source.and_then(|(_, arn)| as_text(arn).split(':').nth(3).map(str::to_owned));
        let mut names = vec![self.arn.clone()];
        if let Some(region) = region.filter(|region| !region.is_empty()) {
            names.push(self.arn.replacen('.', &format!(".{region}."), 1));
        }
        self.context.insert("aws:principalservicenameslist".to_owned(), Held::Many(names));
    }

    /// I9: the tags of a launch are there for what it creates alone.
    fn take_tags_of_others(&mut self) {
        let used = [":subnet/", ":image/"].iter().any(|kind| self.resource.contains(kind));
        if self.action == "ec2:RunInstances" && used {
            self.context.retain(|key, _| key != "aws:tagkeys" && !key.starts_with("aws:requesttag/"));
        }
    }

    /// I7: a service's own key holds the tag of a resource that is given by the global name, and the other way round.
    fn tell_tags_by_both_names(&mut self, given: &serde_json::Map<String, Value>) {
        let own = match self.action.split(':').next() {
            Some("ec2") => "ec2:resourcetag/a",
            Some("secretsmanager") => "secretsmanager:resourcetag/a",
            Some("ssm") => "ssm:resourcetag/a",
            Some("s3") if !self.resource.contains('/') => "s3:buckettag/a",
            Some("s3tables") if !self.resource.contains("/table/") => "s3tables:tablebuckettag/a",
            Some("iam" | "sts") if [":role/", ":user/"].iter().any(|kind| self.resource.contains(kind)) => {
                "iam:resourcetag/a"
            }
            _ => return,
        };
        if self.resource == "*" {
            return;
        }
        let global = "aws:resourcetag/a";
        for (from, to) in [(global, own), (own, global)] {
            let is_given = given.keys().any(|key| key.eq_ignore_ascii_case(to));
            if let (Some(held), false) = (self.context.get(from).cloned(), is_given) {
                self.context.insert(to.to_owned(), held);
            }
        }
    }

    /// C.6.
    fn fill_principal(&mut self) {
        let arn = match self.kind {
            Kind::RoleSession => self.parent.clone(),
            Kind::Root | Kind::AssumedRoot | Kind::User | Kind::Federated => Some(self.arn.clone()),
            _ => None,
        };
        let kind = match self.kind {
            Kind::Root | Kind::AssumedRoot => Some("Account"),
            Kind::User => Some("User"),
            Kind::RoleSession => Some("AssumedRole"),
            Kind::Federated => Some("FederatedUser"),
            Kind::Anonymous => Some("Anonymous"),
            _ => None,
        };
        let anonymous = (self.kind == Kind::Anonymous).then(|| "anonymous".to_owned());
        let name = self.arn.rsplit('/').next().unwrap_or_default().to_owned();
        // C.2: the sessions of Identity Center lack it.
        let center = self.parent.as_ref().is_some_and(|role| role.contains(":role/aws-reserved/sso."));
        let session = matches!(self.kind, Kind::RoleSession | Kind::AssumedRoot) && !center;
        let mfa = session.then(|| "false".to_owned());
        let service = matches!(self.kind, Kind::Service).to_string();
        let signed = !matches!(self.kind, Kind::Anonymous | Kind::Provider);
        self.set("aws:PrincipalArn", arn);
        self.set("aws:PrincipalAccount", self.account.clone().or(anonymous));
        self.set("aws:PrincipalType", kind.map(str::to_owned));
        self.set("aws:PrincipalIsAWSService", signed.then_some(service));
        self.set("aws:username", (self.kind == Kind::User).then_some(name));
        self.set("aws:MultiFactorAuthPresent", mfa);
        self.set("aws:AssumedRoot", (self.kind == Kind::AssumedRoot).then(|| "true".to_owned()));
    }

    fn set(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.context.insert(key.to_lowercase(), Held::One(value));
        }
    }

    /// B12: an empty list, and a list of nothing but one empty string, are as good as absent.
    fn give(&mut self, key: String, value: &Value) {
        let held = match value {
            Value::Null => None,
            Value::Array(list) => {
                let texts: Vec<String> = list.iter().map(as_text).collect();
                let nothing = texts.is_empty() || texts == [""];
                (!nothing).then_some(Held::Many(texts))
            }
            one => Some(Held::One(as_text(one))),
        };
        match held {
            Some(held) => drop(self.context.insert(key, held)),
            None => drop(self.context.remove(&key)),
        }
    }
}

/// A7: a boolean or number means its text.
pub(crate) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A7: one where a list may stand.
pub(crate) fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().map(as_text).collect(),
        Value::Null => Vec::new(),
        one => vec![as_text(one)],
    }
}
