//! The resources that the options of a call name, after the ARN formats of the catalog (D44).

use std::cell::RefCell;

use super::ec2;
use super::given::CallOption;
use super::secrets;
use super::sqs;
use crate::catalog::{ActionFacts, ResourceTypeFacts, ResourceUse};
use crate::names::AccountId;
use crate::world::{Principal, PrincipalKind, World};

/// The options of a call that is not modelled, and what their values are looked up in.
pub(super) struct Lookup<'a> {
    pub(super) world: &'a World,
    pub(super) caller: &'a Principal,
    pub(super) region: &'a str,
    /// The options, in the order of the call.
    pub(super) options: &'a [CallOption],
    /// The types of resources that get tags.
    pub(super) tagged: &'a [&'a str],
    /// The options that name a resource.
    pub(super) naming: RefCell<Vec<String>>,
}

/// An ARN while its placeholders are filled: what they can be, and how many are named and unknown.
#[derive(Clone, Default)]
struct Filled {
    arns: Vec<String>,
    named: usize,
    unknown: usize,
}

/// Placeholders, and options that mean them without being called like them.
const MEANT: &[(&str, &str)] = &[
    ("ObjectName", "key"),
    ("KeyId", "target-key-id"),
    ("KeyPairName", "key-name"),
    ("MfaTokenId", "virtual-mfa-device-name"),
    ("DbInstanceName", "db-instance-identifier"),
    ("DbClusterInstanceName", "db-cluster-identifier"),
    ("ClusterSnapshotName", "db-cluster-snapshot-identifier"),
    ("SnapshotName", "db-snapshot-identifier"),
    ("SubnetGroupName", "db-subnet-group-name"),
    ("ParameterGroupName", "db-parameter-group-name"),
];

impl Lookup<'_> {
    /// The resources of an action, each of which is authorized separately: those that are named, and of a type that
    /// the action needs any (`instance/*`). An action that works on no type of resource works on `*` (A46).
    pub(super) fn resources(&self, action: ActionFacts<'_>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for used in action.resource_types() {
            for arn in self.of_type(action, used) {
                if !found.contains(&arn) {
                    found.push(arn);
                }
            }
        }
        if found.is_empty() {
            let partly = || self.partly_named(action);
            found.extend(
                self.only_one(action)
                    .map(|one| vec![one])
                    .or_else(partly)
                    .unwrap_or_else(|| vec!["*".to_owned()]),
            );
        }
        found
    }

    /// The resource that needs no naming: the account itself.
    fn only_one(&self, action: ActionFacts<'_>) -> Option<String> {
        let formats =
            action.resource_types().flat_map(|used| used.resource_type().arn_formats().collect::<Vec<_>>());
        let mut filled = formats.map(|format| self.filled(format)).filter(|one| one.unknown == 0);
        filled.next().and_then(|one| one.arns.into_iter().next())
    }

    /// The resources of which something is named and something is not: any object of the bucket.
    fn partly_named(&self, action: ActionFacts<'_>) -> Option<Vec<String>> {
        let formats =
            action.resource_types().flat_map(|used| used.resource_type().arn_formats().collect::<Vec<_>>());
        let named = formats.map(|format| self.filled(format)).filter(|one| one.named > 0);
        named.max_by_key(|one| one.named).map(|one| one.arns)
    }

    /// Whether the call is about its own user, and made by what has none: a role session.
    pub(super) fn lacks_user(&self, action: ActionFacts<'_>) -> bool {
        let is_session = matches!(self.caller.kind, PrincipalKind::RoleSession { .. });
        is_session
            && self.option("user-name").is_none()
            && action.resource_types().all(|used| is_user(used.resource_type()))
            && action.has_resource_types()
    }

    fn of_type(&self, action: ActionFacts<'_>, used: ResourceUse<'_>) -> Vec<String> {
        let kind = used.resource_type();
        let given = self.given(action, kind);
        if !given.is_empty() {
            return given;
        }
        if is_user(kind) && self.option("user-name").is_none() {
            return own_arn(self.caller).into_iter().collect();
        }
        let filled = kind.arn_formats().map(|format| self.filled(format));
        let made = ec2::makes(action.name(), kind.name()) || self.tagged.contains(&kind.name());
        let asked = |one: &Filled| used.is_required() || made || one.unknown == 0 && one.named > 0;
        filled.filter(asked).max_by_key(|one| one.named).map(|one| one.arns).unwrap_or_default()
    }

    /// The resources of a type that options give as ARN, as URL of a queue, or by an id that tells the type.
    fn given(&self, action: ActionFacts<'_>, kind: ResourceTypeFacts<'_>) -> Vec<String> {
        let mut found = Vec::new();
        for (name, values) in self.options {
            let arn = |value: &String| {
                let by_id =
                    || Some(self.by_id(kind, value)).filter(|_| name.starts_with("resource")).flatten();
                let arn = sqs::arn_of(value, self.region).or_else(by_id).unwrap_or_else(|| value.clone());
                (action.resource_type_of(&arn) == Some(kind)).then_some(arn)
            };
            let given: Vec<String> = values.iter().filter_map(arn).collect();
            if !given.is_empty() {
                self.naming.borrow_mut().push(name.clone());
                found.extend(given);
            }
        }
        found
    }

    /// The ARN of a resource of EC2 that an id is of.
    fn by_id(&self, kind: ResourceTypeFacts<'_>, id: &str) -> Option<String> {
        let is_id = kind.service().prefix() == "ec2" && ec2::is_id_of(id, kind.name());
        let format = kind.arn_formats().next().filter(|_| is_id)?;
        self.filled(format).arns.first()?.strip_suffix('*').map(|start| format!("{start}{id}"))
    }

    /// A format of ARNs with its placeholders filled, what nobody names as `*`.
    fn filled(&self, format: &str) -> Filled {
        let mut pieces = format.split("${");
        let mut filled =
            Filled { arns: vec![pieces.next().unwrap_or_default().to_owned()], ..Filled::default() };
        for piece in pieces {
            let (name, behind) = piece.split_once('}').unwrap_or((piece, ""));
            filled.fill(&self.standing_for(name), behind);
        }
        let known = |arn: &String| secrets::named(self.world, arn).unwrap_or_else(|| arn.clone());
        Filled { arns: filled.arns.iter().map(known).collect(), ..filled }
    }

    /// What a placeholder stands for; nothing if nobody says it.
    fn standing_for(&self, placeholder: &str) -> Values {
        let account = || self.caller.account().map(|account| account.to_string()).unwrap_or_default();
        match placeholder {
            "Partition" => Values::Given("aws".to_owned()),
            "Account" => Values::Given(account()),
            "Region" => Values::Given(self.region.to_owned()),
            name => {
                let bare = name.strip_suffix("WithPath").unwrap_or(name);
                let values = self.option_called(bare);
                Values::Named(values.iter().map(|value| self.with_path(bare, value)).collect())
            }
        }
    }

    /// What the option says that a placeholder is called like: `TableName` is `--table-name`, `BucketName` also
    /// `--bucket`; only of options that are plural, `--instance-ids`, every word counts. An alias names no key.
    fn option_called(&self, placeholder: &str) -> &[String] {
        let wanted = plain(placeholder);
        let several = |own: &str| own.strip_suffix('s') == Some(&*wanted);
        let one = |name: &str, own: &str| {
            own == wanted || wanted.strip_suffix("name") == Some(own) || MEANT.contains(&(placeholder, name))
        };
        let named = self.options.iter().find_map(|(name, values)| {
            let own = plain(name);
            let first = || one(name, &own).then(|| values.get(..1)).flatten();
            let found = if several(&own) { Some(&**values) } else { first() }?;
            self.naming.borrow_mut().push(name.clone());
            Some(found)
        });
        named.filter(|values| !values.iter().any(|value| is_alias(value))).unwrap_or_default()
    }

    /// The name of a user, group or role with its path, which stands in no option.
    fn with_path(&self, placeholder: &str, name: &str) -> String {
        let account = self.caller.account().and_then(|id| self.world.account(id));
        let path = account.and_then(|account| match placeholder {
            "UserName" => account.user(name).map(|user| &*user.path),
            "GroupName" => account.group(name).map(|group| &*group.path),
            "RoleName" => account.role(name).map(|role| &*role.path),
            _ => None,
        });
        let name =
            if placeholder.ends_with("WithoutLeadingSlash") { name.trim_start_matches('/') } else { name };
        format!("{}{name}", path.unwrap_or("/").trim_start_matches('/'))
    }

    pub(super) fn option(&self, name: &str) -> Option<&[String]> {
        self.naming.borrow_mut().push(name.to_owned());
        self.options.iter().find(|(own, _)| own == name).map(|(_, values)| &**values)
    }

    /// The ARN of the role that an option names, by ARN or, in calls of IAM, by name.
    pub(super) fn role(&self, account: AccountId) -> Option<String> {
        let named = self.option("role-name").and_then(<[String]>::first);
        let named =
            named.map(|name| format!("arn:aws:iam::{account}:role/{}", self.with_path("RoleName", name)));
        let arn = |value: &&String| value.starts_with("arn:aws:iam::") && value.contains(":role/");
        let profile = || self.profile_role(account);
        let given = self.options.iter().find_map(|(name, values)| Some((name, values.iter().find(arn)?)));
        self.naming.borrow_mut().extend(given.map(|(name, _)| name.clone()));
        given.map(|(_, arn)| arn.clone()).or(named).or_else(profile)
    }

    /// The role in the instance profile that the call names, by `Name=` or `Arn=`: the one that is called alike.
    fn profile_role(&self, account: AccountId) -> Option<String> {
        let value = self.option(INSTANCE_PROFILE)?.first()?;
        let name = value.split_once('=').map_or(&**value, |(_, name)| name).rsplit('/').next()?;
        Some(format!("arn:aws:iam::{account}:role/{}", self.with_path("RoleName", name)))
    }
}

/// The option that names an instance profile, which holds a role.
pub(super) const INSTANCE_PROFILE: &str = "iam-instance-profile";

enum Values {
    /// What follows from the call.
    Given(String),
    Named(Vec<String>),
}

impl Filled {
    fn fill(&mut self, values: &Values, behind: &str) {
        let any = ["*".to_owned()];
        let values = match values {
            Values::Given(value) => std::slice::from_ref(value),
            Values::Named(values) if values.is_empty() => {
                self.unknown += 1;
                &any
            }
            Values::Named(values) => {
                self.named += 1;
                values
            }
        };
        let longer =
            |arn: &String| values.iter().map(|value| format!("{arn}{value}{behind}")).collect::<Vec<_>>();
        self.arns = self.arns.iter().flat_map(longer).collect();
    }
}

fn is_user(kind: ResourceTypeFacts<'_>) -> bool {
    kind.service().prefix() == "iam" && kind.name() == "user"
}

/// What a call of IAM is about that names no user: the user who calls; the root user is no resource.
fn own_arn(caller: &Principal) -> Option<String> {
    matches!(caller.kind, PrincipalKind::User { .. }).then(|| caller.arn())
}

fn plain(name: &str) -> String {
    name.replace('-', "").to_ascii_lowercase()
}

/// Whether a word is the alias of a key, or its ARN.
pub(super) fn is_alias(word: &str) -> bool {
    word.starts_with("alias/") || word.starts_with("arn:") && word.contains(":alias/")
}
