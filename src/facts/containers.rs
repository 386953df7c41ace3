//! Which policies govern what lies in a container (I1), as of 2026-11-29.
//!
//! Sources are the guides of the services, in their chapters on resource-based policies, of 2026. What they leave in
//! doubt is marked: (M) inferred or older.

use std::borrow::Cow;

use super::arn_template::{filled, filled_length, fits, letters_of_form, names_in};
use crate::names::{ActionName, Arn, Letter, LetterSet, TextSet, letters_exactly};

/// A kind of resource that can have a policy, and what else that policy governs, as far as its own Resource patterns
/// cover it.
#[derive(Debug, PartialEq, Eq)]
pub struct Container {
    /// The service in the ARNs of what lies in it.
    service: &'static str,
    /// What people call it.
    pub noun: &'static str,
    /// The form of its own ARN, but for the first five fields. It has those of what lies in it.
    own: &'static str,
    /// The service in its own ARN, where that is another; such an ARN has no account.
    other_service: Option<&'static str>,
    /// The forms of what lies in it.
    contains: &'static [&'static str],
    /// Whether the policy governs the container itself.
    governs_itself: bool,
    /// Whether tags of the container are tags of what lies in it, and of that no others are to be known.
    pub lends_tags: bool,
    /// The actions for which the policy is asked, or all but which; a `*` may end them.
    asked_for: Actions,
    /// Whether it is asked for calls of AWS services alone.
    only_for_services: bool,
    /// Whether it is asked for calls that have no resource, too.
    asked_without_resource: bool,
    /// The action that changes the policy.
    pub changed_by: &'static str,
}

/// The actions for which a policy is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Actions {
    All,
    Only(&'static [&'static str]),
    Except(&'static [&'static str]),
}

/// Where the container of a resource would be declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder<'a> {
    /// Under this ARN.
    One(Cow<'a, str>),
    /// Under any ARN that begins so: there can be several.
    Each(String),
}

/// The kinds of containers that the resources of a service can lie in.
pub fn containers(service: &str) -> &'static [Container] {
    let start = CONTAINERS.partition_point(|one| one.service < service);
    let end = start + CONTAINERS[start..].partition_point(|one| one.service == service);
    &CONTAINERS[start..end]
}

/// The kind of resource with a policy that has an ARN; `None` if the table does not know it.
pub fn container_kind(arn: &Arn<'_>) -> Option<&'static Container> {
    let elsewhere = CONTAINERS.iter().filter(|one| one.other_service.is_some());
    let known = containers(arn.service()).iter().chain(elsewhere);
    known.into_iter().find(|one| one.is(arn))
}

/// The ARNs of what lies in a resource.
pub fn held_by(container: &Arn<'_>) -> TextSet {
    container_kind(container).map_or_else(TextSet::none, |kind| kind.holds(container))
}

/// The kind of resource of a service whose policy is asked for calls that have no resource, too.
pub fn asked_without_resource(service: &str) -> Option<&'static Container> {
    containers(service).iter().find(|kind| kind.asked_without_resource)
}

/// Whether the table tells which of its kinds govern a resource: it is of one itself, or lies in one, or in none of them.
pub fn is_placed(arn: &Arn<'_>) -> bool {
    HOLD_NO_MORE.contains(&arn.service())
        || container_kind(arn).is_some()
        || containers(arn.service()).iter().any(|kind| kind.holder(arn).is_some())
}

/// Whether the table knows every kind of policy that could govern a resource: of these services it does.
pub fn has_only_known_policies(arn: &Arn<'_>) -> bool {
    match arn.service() {
        "s3" => arn.account().is_empty(),
        service => KNOWN_IN_FULL.contains(&service),
    }
}

const KNOWN_IN_FULL: &[&str] = &["dynamodb", "ecr", "kms", "lambda", "secretsmanager", "sns", "sqs"];

/// The services of whose kinds it is known in full what they hold: what does not lie in them is not governed by them.
const HOLD_NO_MORE: &[&str] = &["backup", "cloudtrail", "glue"];

impl Container {
    const fn new(
        service: &'static str,
        noun: &'static str,
        own: &'static str,
        contains: &'static [&'static str],
    ) -> Self {
        Self {
            service,
            noun,
            own,
            other_service: None,
            contains,
            governs_itself: true,
            lends_tags: false,
            asked_for: Actions::All,
            only_for_services: false,
            asked_without_resource: false,
            changed_by: "",
        }
    }

    const fn lending_tags(self) -> Self {
        Self { lends_tags: true, ..self }
    }

    const fn below_alone(self) -> Self {
        Self { governs_itself: false, ..self }
    }

    const fn only_for(self, actions: &'static [&'static str]) -> Self {
        Self { asked_for: Actions::Only(actions), ..self }
    }

    const fn not_for(self, actions: &'static [&'static str]) -> Self {
        Self { asked_for: Actions::Except(actions), ..self }
    }

    const fn for_services(self) -> Self {
        Self { only_for_services: true, ..self }
    }

    const fn without_resource(self) -> Self {
        Self { asked_without_resource: true, ..self }
    }

    const fn under(self, service: &'static str) -> Self {
        Self { other_service: Some(service), ..self }
    }

    const fn changed_by(self, action: &'static str) -> Self {
        Self { changed_by: action, ..self }
    }

    /// The service in the ARNs of what lies in it.
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// Whether an ARN is one of this kind.
    pub fn is(&self, arn: &Arn<'_>) -> bool {
        arn.service() == self.other_service.unwrap_or(self.service) && fits(self.own, arn.resource())
    }

    /// Where the container of a resource would be declared; `None` if such a resource lies in none of this kind.
    pub fn holder<'a>(&self, arn: &Arn<'a>) -> Option<Holder<'a>> {
        let found = |form: &&'static str| Some((*form, names_in(form, arn.resource())?));
        let (form, names) = self.contains.iter().find_map(found)?;
        if let Some(start) = self.own.strip_suffix('*') {
            return Some(Holder::Each(format!("{}{}", front(arn), filled(start, &names))));
        }
        Some(Holder::One(match self.other_service {
            Some(service) => {
                let own = filled(self.own, &names);
                Cow::Owned(format!("arn:{}:{service}:{}::{own}", arn.partition(), arn.region()))
            }
            // Most ARNs begin with that of their container.
            None if form.starts_with(self.own) => {
                Cow::Borrowed(&arn.text()[..front(arn).len() + filled_length(self.own, &names)])
            }
            None => Cow::Owned(format!("{}{}", front(arn), filled(self.own, &names))),
        }))
    }

    /// The ARNs of what lies in a container of this kind.
    fn holds(&self, container: &Arn<'_>) -> TextSet {
        let Some(names) = names_in(self.own, container.resource()) else { return TextSet::none() };
        let front: Vec<Letter> = match self.other_service {
            None => letters_exactly(front(container)).collect(),
            Some(_) => {
                let start = format!("arn:{}:{}:{}:", container.partition(), self.service, container.region());
                let account = [Letter::run(LetterSet::ANY.but(':')), Letter::one(LetterSet::one(':'))];
                letters_exactly(&start).chain(account).collect()
            }
        };
        let form = |form: &&str| TextSet::of([&front[..], &letters_of_form(form, &names)].concat());
        self.contains.iter().map(form).fold(TextSet::none(), TextSet::or)
    }

    /// Why the policy is not asked for an action of a caller; `None` if it is. `below` says whether the resource lies
    /// in the container rather than being it.
    pub fn passes_over(&self, action: &ActionName<'_>, by_service: bool, below: bool) -> Option<String> {
        let noun = self.noun;
        let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        if !below && !self.governs_itself {
            return Some(format!(
                "the policy of {article} {noun} governs what lies in it, not the {noun} itself"
            ));
        }
        if !self.asked_for.hold(action) {
            return Some(format!("the policy of {article} {noun} is not asked for {}", action.text()));
        }
        let passed = self.only_for_services && !by_service;
        passed.then(|| format!("the policy of {article} {noun} is asked for calls of AWS services alone"))
    }
}

impl Actions {
    fn hold(self, action: &ActionName<'_>) -> bool {
        let named = |names: &[&str]| names.iter().any(|name| is_named(action.text(), name));
        match self {
            Self::All => true,
            Self::Only(names) => named(names),
            Self::Except(names) => !named(names),
        }
    }
}

fn is_named(action: &str, name: &str) -> bool {
    match name.strip_suffix('*') {
        Some(start) => action.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)),
        None => action.eq_ignore_ascii_case(name),
    }
}

/// The first five fields of an ARN, with their colons.
fn front<'a>(arn: &Arn<'a>) -> &'a str {
    &arn.text()[..arn.text().len() - arn.resource().len()]
}

/// What people call a service network of VPC Lattice.
pub const SERVICE_NETWORK: &str = "service network";

const fn row(
    service: &'static str,
    noun: &'static str,
    own: &'static str,
    contains: &'static [&'static str],
) -> Container {
    Container::new(service, noun, own, contains)
}

const INVOKED: &[&str] = &["execute-api:Invoke", "execute-api:InvalidateCache"];
const LOGGED: &[&str] = &["logs:PutLogEvents", "logs:CreateLogStream"];
const CATALOG: &[&str] =
    &["catalog/*", "database/*", "table/*", "tableVersion/*", "userDefinedFunction/*", "connection/*"];
const OF_AN_ORGANIZATION: &[&str] = &["root/{O}/*", "ou/{O}/*", "account/{O}/*", "policy/{O}/*"];

/// Sorted by service. A kind that contains nothing is there to say so: its policy governs nothing else.
#[rustfmt::skip]
static CONTAINERS: &[Container] = &[
    row("acm-pca", "certificate authority", "certificate-authority/{C}", &[]).changed_by("acm-pca:PutPolicy"),
    row("aps", "workspace", "workspace/{W}", &[]).changed_by("aps:PutResourcePolicy"),
    row("backup", "backup vault", "backup-vault:{V}", &[]).only_for(&["backup:*"]).changed_by("backup:PutBackupVaultAccessPolicy"),
    row("cloudtrail", "channel", "channel/{C}", &[]).only_for(&["cloudtrail-data:PutAuditEvents"]).changed_by("cloudtrail:PutResourcePolicy"),
    row("cloudtrail", "event data store", "eventdatastore/{E}", &[]).changed_by("cloudtrail:PutResourcePolicy"),
    row("cloudtrail", "dashboard", "dashboard/{D}", &[]).changed_by("cloudtrail:PutResourcePolicy"),
    row("codeartifact", "repository", "repository/{D}/{R}", &["package/{D}/{R}/*"])
        .not_for(&["codeartifact:PutRepositoryPermissionsPolicy"]).changed_by("codeartifact:PutRepositoryPermissionsPolicy"),
    row("codeartifact", "domain", "domain/{D}", &["repository/{D}/*", "package/{D}/*", "package-group/{D}/*"]) // package groups: (M)
        .not_for(&["codeartifact:PutDomainPermissionsPolicy"]).changed_by("codeartifact:PutDomainPermissionsPolicy"),
    row("dynamodb", "table", "table/{T}", &["table/{T}/index/*"]).lending_tags().changed_by("dynamodb:PutResourcePolicy"),
    row("dynamodb", "stream", "table/{T}/stream/*", &[]).changed_by("dynamodb:PutResourcePolicy"),
    row("ecr", "repository", "repository/{R+}", &[]).changed_by("ecr:SetRepositoryPolicy"),
    row("ecr", "registry", "registry", &["repository/*"]).without_resource().changed_by("ecr:PutRegistryPolicy"),
    row("elasticfilesystem", "file system", "file-system/{F}", &[])
        .only_for(&["elasticfilesystem:Client*"]).changed_by("elasticfilesystem:PutFileSystemPolicy"),
    row("es", "domain", "domain/{D}", &["domain/{D}/*"]).below_alone().only_for(&["es:ESHttp*"]).changed_by("es:UpdateDomainConfig"),
    row("events", "event bus", "event-bus/{B+}", &["rule/{B+}/{N}"]).changed_by("events:PutPermission"),
    row("events", "event bus", "event-bus/default", &["rule/{N}"]).changed_by("events:PutPermission"), // (M)
    row("execute-api", "REST API", "{A}", &["{A}/*"]).only_for(INVOKED).changed_by("apigateway:UpdateRestApiPolicy"),
    row("execute-api", "REST API", "/restapis/{A}", &["{A}/*"]).under("apigateway").only_for(INVOKED).changed_by("apigateway:UpdateRestApiPolicy"),
    row("glacier", "vault", "vaults/{V}", &[]).changed_by("glacier:SetVaultAccessPolicy"),
    row("glacier", "vault lock", "vaults/{V}/lock-policy", &["vaults/{V}"]).changed_by("glacier:InitiateVaultLock"),
    row("glue", "Data Catalog", "catalog", CATALOG).changed_by("glue:PutResourcePolicy"),
    row("kinesis", "stream", "stream/{S}", &[]).changed_by("kinesis:PutResourcePolicy"),
    row("kinesis", "consumer", "stream/{S}/consumer/*", &[]).changed_by("kinesis:PutResourcePolicy"),
    row("kms", "key", "key/{K}", &[]).changed_by("kms:PutKeyPolicy"),
    row("lambda", "function", "function:{F}", &["function:{F}:{Q}"]).lending_tags().changed_by("lambda:AddPermission"), // (M)
    row("lambda", "version or alias", "function:{F}:{Q}", &[]).changed_by("lambda:AddPermission"),
    row("lambda", "layer version", "layer:{L}:{V}", &[]).changed_by("lambda:AddLayerVersionPermission"),
    row("logs", "log group", "log-group:{G+}", &["log-group:{G+}:*"]).only_for(LOGGED).for_services().changed_by("logs:PutResourcePolicy"),
    row("logs", "account", "resource-policy:*", &["log-group:*"]).only_for(LOGGED).for_services().changed_by("logs:PutResourcePolicy"),
    row("logs", "destination", "destination:{D}", &[])
        .only_for(&["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"]).changed_by("logs:PutDestinationPolicy"),
    row("mediastore", "container", "container/{C}", &["container/{C}/*"]).changed_by("mediastore:PutContainerPolicy"), // (M)
    row("organizations", "organization", "organization/{O}", OF_AN_ORGANIZATION).changed_by("organizations:PutResourcePolicy"),
    row("redshift-serverless", "snapshot", "snapshot/{S}", &[]).changed_by("redshift-serverless:PutResourcePolicy"),
    row("rekognition", "project", "project/{P}/*", &["project/{P}/version/*"])
        .only_for(&["rekognition:CopyProjectVersion"]).changed_by("rekognition:PutProjectPolicy"), // (M)
    row("s3", "bucket", "{B}", &["{B}/*"]).lending_tags().changed_by("s3:PutBucketPolicy"),
    row("s3", "access point", "accesspoint/{P}", &["accesspoint/{P}/object/*"]).lending_tags().changed_by("s3:PutAccessPointPolicy"),
    row("s3-outposts", "bucket", "outpost/{O}/bucket/{B}", &["outpost/{O}/bucket/{B}/*"]).changed_by("s3-outposts:PutBucketPolicy"),
    row("s3-outposts", "access point", "outpost/{O}/accesspoint/{P}", &["outpost/{O}/accesspoint/{P}/object/*"])
        .changed_by("s3-outposts:PutAccessPointPolicy"),
    row("s3express", "directory bucket", "bucket/{B}", &[]).changed_by("s3express:PutBucketPolicy"),
    row("s3tables", "table", "bucket/{B}/table/{T}", &[]).changed_by("s3tables:PutTablePolicy"),
    row("s3tables", "table bucket", "bucket/{B}", &["bucket/{B}/table/*"]).changed_by("s3tables:PutTableBucketPolicy"),
    row("s3vectors", "vector bucket", "bucket/{B}", &["bucket/{B}/index/*"]).changed_by("s3vectors:PutVectorBucketPolicy"),
    row("schemas", "registry", "registry/{R}", &["schema/{R}/*"]).changed_by("schemas:PutResourcePolicy"),
    row("secretsmanager", "secret", "secret:{S+}", &[]).changed_by("secretsmanager:PutResourcePolicy"),
    row("serverlessrepo", "application", "applications/{A}", &[]).changed_by("serverlessrepo:PutApplicationPolicy"),
    row("ses", "identity", "identity/{I}", &[]).changed_by("ses:PutIdentityPolicy"),
    row("signer", "signing profile", "/signing-profiles/{P}", &[]).changed_by("signer:AddProfilePermission"),
    row("sns", "topic", "{T}", &[]).changed_by("sns:SetTopicAttributes"),
    row("sqs", "queue", "{Q}", &[]).changed_by("sqs:SetQueueAttributes"),
    row("ssm", "parameter", "parameter/{P+}", &[]).changed_by("ssm:PutResourcePolicy"),
    row("vpc-lattice", "service", "service/{S}", &["service/{S}/*"]).only_for(&["vpc-lattice-svcs:*"]).changed_by("vpc-lattice:PutAuthPolicy"),
    row("vpc-lattice", SERVICE_NETWORK, "servicenetwork/{N}", &[]).only_for(&["vpc-lattice-svcs:*"]).changed_by("vpc-lattice:PutAuthPolicy"),
];

#[cfg(test)]
mod tests {
    use super::{CONTAINERS, Holder, containers};
    use crate::names::Arn;

    fn holders(text: &str) -> Vec<String> {
        let arn = Arn::parse(text).expect("an ARN");
        let held = containers(arn.service()).iter().filter_map(|one| one.holder(&arn));
        let said = held.map(|holder| match holder {
            Holder::One(one) => one.into_owned(),
            Holder::Each(start) => format!("{start}…"),
        });
        said.collect()
    }

    #[test]
    fn the_table_is_sorted_by_service() {
        assert!(CONTAINERS.is_sorted_by_key(|one| one.service));
    }

    #[test]
    fn what_lies_in_a_container_names_it() {
        let cases = [
            ("arn:aws:s3:::b/a/k", &["arn:aws:s3:::b"][..]),
            (
                "arn:aws:es:us-west-2:111122223333:domain/d/i/_search",
                &["arn:aws:es:us-west-2:111122223333:domain/d"],
            ),
            ("arn:aws:es:us-west-2:111122223333:domain/d", &[]),
            (
                "arn:aws:events:us-east-1:111122223333:rule/r",
                &["arn:aws:events:us-east-1:111122223333:event-bus/default"],
            ),
            (
                "arn:aws:events:us-east-1:111122223333:rule/aws.partner/x/y/r",
                &["arn:aws:events:us-east-1:111122223333:event-bus/aws.partner/x/y"],
            ),
            (
                "arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/pets",
                &[
                    "arn:aws:execute-api:eu-west-1:111122223333:abc",
                    "arn:aws:apigateway:eu-west-1::/restapis/abc",
                ],
            ),
            ("arn:aws:glue:us-east-1:111122223333:job/j", &[]),
            ("arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/2026", &[]),
            (
                "arn:aws:codeartifact:us-east-1:111122223333:package/d/r/npm//p",
                &[
                    "arn:aws:codeartifact:us-east-1:111122223333:repository/d/r",
                    "arn:aws:codeartifact:us-east-1:111122223333:domain/d",
                ],
            ),
            (
                "arn:aws:logs:us-east-1:111122223333:log-group:/aws/x:log-stream:s",
                &[
                    "arn:aws:logs:us-east-1:111122223333:log-group:/aws/x",
                    "arn:aws:logs:us-east-1:111122223333:resource-policy:…",
                ],
            ),
        ];
        for (arn, expected) in cases {
            assert_eq!(holders(arn), expected, "{arn}");
        }
    }
}
