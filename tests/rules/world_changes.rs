//! What can be done to a world, and what is refused.

use iamwhy::names::AccountId;
use iamwhy::policy::PolicyType;
use iamwhy::source::Source;
use iamwhy::world::{
    Account, AccountSetting, Applied, Change, ControlKind, Document, Entity, Node, OrganizationChange,
    PublicAccessLevel, ResourceChange, Tags, Target, World, WorldError,
};

const ALLOW: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;

fn id(text: &str) -> AccountId {
    AccountId::parse(text).expect("12 digits")
}

fn acme() -> AccountId {
    id("111122223333")
}

fn document(text: &str, kind: PolicyType) -> Document {
    Document::read(&Source::new("test", text), kind).0
}

fn good() -> Document {
    document(ALLOW, PolicyType::IdentityBased)
}

/// An account `Acme` with the users alice and bob.
fn world() -> World {
    let mut world = World::new();
    does(&mut world, create_account("111122223333", "Acme"));
    does(&mut world, create_user("alice"));
    does(&mut world, create_user("bob"));
    world
}

/// The account `Acme` in an organization that account 999999999999 manages.
fn organized() -> World {
    let mut world = world();
    does(&mut world, create_account("999999999999", "Boss"));
    does(
        &mut world,
        Change::Organization(OrganizationChange::Create {
            id: "o-exampleorg".into(),
            management: id("999999999999"),
        }),
    );
    does(&mut world, unit("Prod", None));
    does(
        &mut world,
        Change::Organization(OrganizationChange::MoveAccount {
            account: acme(),
            to: Target::Unit("Prod".into()),
        }),
    );
    world
}

#[track_caller]
fn does(world: &mut World, change: Change) -> Applied {
    let said = format!("{change:?}");
    world.apply(change).unwrap_or_else(|e| panic!("{e}: {said}"))
}

/// A refusal, which must leave the world as it was and keep the law of messages.
#[track_caller]
fn refuses(world: &mut World, change: Change) -> WorldError {
    let before = format!("{world:?}");
    let error = world.apply(change).expect_err("refused");
    assert_eq!(before, format!("{world:?}"), "{error}");
    assert!(!error.message.ends_with('.') && !error.message.contains('\n'), "{error}");
    error
}

fn create_account(number: &str, name: &str) -> Change {
    Change::CreateAccount { id: id(number), name: name.into(), alias: None }
}

fn create_user(name: &str) -> Change {
    Change::CreateUser { account: acme(), name: name.into(), path: "/".into(), tags: Tags::new(), id: None }
}

fn create_group(name: &str, members: &[&str]) -> Change {
    let members = members.iter().map(|member| (*member).into()).collect();
    Change::CreateGroup { account: acme(), name: name.into(), path: "/".into(), members }
}

fn create_role(name: &str, trusted: &str) -> Change {
    let trust = format!(
        r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{trusted}"}}, "Action": "sts:AssumeRole"}}}}"#
    );
    let trust = document(&trust, PolicyType::Trust);
    Change::CreateRole {
        account: acme(),
        name: name.into(),
        path: "/".into(),
        trust,
        tags: Tags::new(),
        id: None,
    }
}

fn put_policy(name: &str) -> Change {
    Change::PutPolicy { account: acme(), name: name.into(), path: "/".into(), document: good() }
}

fn attach(policy: &str, to: Target) -> Change {
    Change::Attach { account: acme(), policy: policy.into(), to }
}

fn detach(policy: &str, from: Target) -> Change {
    Change::Detach { account: acme(), policy: policy.into(), from }
}

fn delete(target: Target) -> Change {
    Change::Delete { account: acme(), target }
}

fn unit(name: &str, under: Option<&str>) -> Change {
    Change::Organization(OrganizationChange::CreateUnit { name: name.into(), under: under.map(Into::into) })
}

fn user(name: &str) -> Target {
    Target::Entity(Entity::User(name.into()))
}

fn policy(name: &str) -> Target {
    Target::Policy(name.into())
}

fn account(world: &World) -> &Account {
    world.account(acme()).expect("created")
}

#[test]
fn what_was_done_is_said_in_one_sentence() {
    let mut world = world();
    assert_eq!(
        does(&mut world, create_user("carol")).messages,
        ["created user carol in account 111122223333 (Acme)"]
    );
    let applied = does(&mut world, attach("AdministratorAccess", user("alice")));
    assert_eq!(applied.messages, ["attached AdministratorAccess to user alice"]);
}

#[test]
fn an_account_id_is_unique() {
    assert_eq!(refuses(&mut world(), create_account("111122223333", "Again")).code, "account-exists");
}

#[test]
fn an_alias_follows_the_rules_and_is_unique() {
    let mut world = World::new();
    let create = |number, alias: &str| Change::CreateAccount {
        id: id(number),
        name: "A".into(),
        alias: Some(alias.into()),
    };
    for bad in ["ab", "-acme", "acme-", "ac--me", "Acme", "acme.com", "123456789012", ""] {
        assert_eq!(refuses(&mut world, create("111122223333", bad)).code, "bad-alias", "{bad}");
    }
    does(&mut world, create("111122223333", "acme"));
    assert_eq!(refuses(&mut world, create("444455556666", "acme")).code, "alias-taken");
}

#[test]
fn the_address_of_a_root_user_serves_one_account() {
    let mut world = world();
    does(&mut world, create_account("444455556666", "Test"));
    let root = |account, email: &str| {
        Change::Account(account, AccountSetting::Root { email: email.into(), mfa: true })
    };
    does(&mut world, root(acme(), "owner@acme.example"));
    does(&mut world, root(acme(), "Owner@acme.example"));
    assert_eq!(refuses(&mut world, root(id("444455556666"), "OWNER@acme.example")).code, "email-taken");
    for bad in ["owner", "@x", "x@", "a b@c", "a@b@c"] {
        assert_eq!(refuses(&mut world, root(acme(), bad)).code, "bad-email", "{bad}");
    }
}

#[test]
fn names_and_paths_follow_the_rules() {
    let mut world = world();
    for bad in ["", "a b", "a/b", "ä", &"x".repeat(65)] {
        assert_eq!(refuses(&mut world, create_user(bad)).code, "bad-name", "{bad}");
    }
    does(&mut world, create_user(&"x".repeat(64)));
    does(&mut world, create_user("+=,.@_-"));
    does(&mut world, create_group(&"x".repeat(128), &[]));
    for bad in ["", "dev", "/dev", "dev/", "/a b/"] {
        let change = Change::CreateUser {
            account: acme(),
            name: "n".into(),
            path: bad.into(),
            tags: Tags::new(),
            id: None,
        };
        assert_eq!(refuses(&mut world, change).code, "bad-path", "{bad}");
    }
}

#[test]
fn names_are_unique_without_letter_case_within_their_kind() {
    let mut world = world();
    let same = refuses(&mut world, create_user("alice"));
    assert_eq!((same.code, same.about.as_str()), ("user-exists", "alice"));
    let help = same.help.expect("advice");
    assert!(help.contains("tag") && help.contains("delete"), "{help}");
    assert!(refuses(&mut world, create_user("Alice")).message.contains("letter case"));
    does(&mut world, create_role("alice", "111122223333"));
    does(&mut world, put_policy("NoDelete"));
    assert!(refuses(&mut world, put_policy("nodelete")).message.contains("letter case"));
}

#[test]
fn an_unknown_name_gets_a_suggestion() {
    let mut world = world();
    let error = refuses(&mut world, attach("AdministratorAccess", user("alcie")));
    assert_eq!(error.help.as_deref(), Some("did you mean `alice`?"));
    let error = refuses(&mut world, attach("AdministratorAcces", user("alice")));
    assert_eq!(error.help.as_deref(), Some("did you mean `AdministratorAccess`?"));
}

#[test]
fn quotas_are_warnings() {
    let mut world = world();
    let mut warnings = 0;
    for i in 0..11 {
        warnings += does(&mut world, create_group(&format!("g{i}"), &["alice"])).warnings.len();
        does(&mut world, put_policy(&format!("P{i}")));
        warnings += does(&mut world, attach(&format!("P{i}"), user("bob"))).warnings.len();
    }
    assert_eq!(warnings, 2);
}

#[test]
fn a_policy_that_exists_gets_a_version_and_the_oldest_goes() {
    let mut world = world();
    for _ in 0..5 {
        does(&mut world, put_policy("P"));
    }
    let applied = does(&mut world, put_policy("P"));
    assert_eq!(
        applied.messages,
        ["policy P: version v6 is now the default", "policy P: version v1 was dropped, 5 are kept"]
    );
    let ids: Vec<_> = account(&world).policies["p"].versions.iter().map(|version| &*version.id).collect();
    assert_eq!(ids, ["v2", "v3", "v4", "v5", "v6"]);
}

#[test]
fn a_managed_policy_must_carry_the_newer_version() {
    let text = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let document = document(text, PolicyType::IdentityBased);
    let put = |document| Change::PutPolicy { account: acme(), name: "P".into(), path: "/".into(), document };
    let error = refuses(&mut world(), put(document.clone()));
    assert_eq!(error.code, "missing-version");
    assert!(error.help.expect("advice").contains("MalformedPolicyDocument"));
    let on = Entity::User("alice".into());
    does(&mut world(), Change::PutInline { account: acme(), on, name: "i".into(), document });
}

#[test]
fn a_document_with_errors_is_refused() {
    let bad = document("{", PolicyType::IdentityBased);
    let put =
        Change::PutPolicy { account: acme(), name: "P".into(), path: "/".into(), document: bad.clone() };
    assert_eq!(refuses(&mut world(), put).code, "policy-refused");
    let on = Entity::User("alice".into());
    let inline = Change::PutInline { account: acme(), on, name: "P".into(), document: bad };
    assert_eq!(refuses(&mut world(), inline.clone()).code, "policy-refused");
    does(&mut world(), Change::Imported(Box::new(inline)));
}

#[test]
fn the_path_is_part_of_a_policy_arn_and_stays() {
    let mut world = world();
    let put = |path: &str| Change::PutPolicy {
        account: acme(),
        name: "P".into(),
        path: path.into(),
        document: good(),
    };
    does(&mut world, put("/team/"));
    assert_eq!(&*account(&world).policies["p"].arn, "arn:aws:iam::111122223333:policy/team/P");
    does(&mut world, put("/"));
    assert_eq!(refuses(&mut world, put("/other/")).code, "path-is-fixed");
}

#[test]
fn a_customer_policy_hides_the_one_of_aws_and_that_is_said() {
    let mut world = world();
    does(&mut world, put_policy("AdministratorAccess"));
    let applied = does(&mut world, attach("AdministratorAccess", user("alice")));
    assert_eq!(applied.messages.len(), 2);
    does(&mut world, attach("arn:aws:iam::aws:policy/AdministratorAccess", user("alice")));
    let attached = &account(&world).user("alice").expect("there").permissions.attached;
    assert_eq!(&*attached[0], "arn:aws:iam::111122223333:policy/AdministratorAccess");
    assert_eq!(&*attached[1], "arn:aws:iam::aws:policy/AdministratorAccess");
    does(&mut world, detach("AdministratorAccess", user("alice")));
    let attached = &account(&world).user("alice").expect("there").permissions.attached;
    assert_eq!(&*attached[0], "arn:aws:iam::aws:policy/AdministratorAccess");
}

#[test]
fn an_unknown_aws_managed_policy_is_attached_as_missing() {
    let mut world = world();
    let arn = "arn:aws:iam::aws:policy/service-role/Strange";
    assert_eq!(does(&mut world, attach(arn, user("alice"))).warnings.len(), 1);
    let held = world.aws_policies().find(|policy| &*policy.arn == arn).expect("held");
    assert!(matches!(held.document(), Document::Missing));
}

#[test]
fn attaching_twice_changes_nothing() {
    let mut world = world();
    does(&mut world, attach("AdministratorAccess", user("alice")));
    let applied = does(&mut world, attach("AdministratorAccess", user("alice")));
    assert_eq!(applied.messages, ["AdministratorAccess is already attached to user alice"]);
    assert_eq!(account(&world).user("alice").expect("there").permissions.attached.len(), 1);
}

#[test]
fn policies_attach_only_where_their_kind_does() {
    let mut world = organized();
    assert_eq!(refuses(&mut world, attach("FullAWSAccess", user("alice"))).code, "wrong-policy-type");
    let prod = Target::Unit("Prod".into());
    assert_eq!(refuses(&mut world, attach("AdministratorAccess", prod)).code, "wrong-policy-type");
    let bucket = Target::Resource("arn:aws:s3:::b".into());
    assert_eq!(refuses(&mut world, attach("AdministratorAccess", bucket)).code, "wrong-target");
}

#[test]
fn a_group_has_no_boundary() {
    let mut world = world();
    does(&mut world, create_group("devs", &[]));
    let set = |on, policy: Option<&str>| Change::SetBoundary {
        account: acme(),
        on,
        policy: policy.map(Into::into),
    };
    let on = Entity::Group("devs".into());
    assert_eq!(refuses(&mut world, set(on, Some("AdministratorAccess"))).code, "no-boundary-here");
    does(&mut world, set(Entity::User("alice".into()), Some("AdministratorAccess")));
    assert!(account(&world).user("alice").expect("there").boundary.is_some());
    does(&mut world, set(Entity::User("alice".into()), None));
    assert!(account(&world).user("alice").expect("there").boundary.is_none());
}

#[test]
fn what_is_created_again_gets_another_unique_id() {
    let mut world = world();
    let first = account(&world).user("alice").expect("there").id.clone();
    assert!(first.len() == 21 && first.starts_with("AIDA"), "{first}");
    assert!(first[4..].bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)), "{first}");
    does(&mut world, delete(user("alice")));
    does(&mut world, create_user("alice"));
    assert_ne!(account(&world).user("alice").expect("there").id, first);
    let again = self::world();
    assert_eq!(account(&again).user("alice").expect("there").id, first, "the same in every run");
}

#[test]
fn a_trust_policy_remembers_whom_it_meant() {
    let mut world = world();
    let arn = "arn:aws:iam::111122223333:user/alice";
    does(&mut world, create_role("Deploy", arn));
    let alice = account(&world).user("alice").expect("there").id.clone();
    let ids = account(&world).role("Deploy").expect("there").trust_ids.clone();
    assert_eq!(&*ids, [(arn.into(), alice)]);
    let applied = does(&mut world, create_role("Lost", "arn:aws:iam::111122223333:user/nobody"));
    assert_eq!(applied.warnings.len(), 1);
    assert!(account(&world).role("Lost").expect("there").trust_ids.is_empty());
}

#[test]
fn deleting_a_group_ends_its_memberships() {
    let mut world = world();
    does(&mut world, create_group("devs", &["alice"]));
    does(&mut world, delete(Target::Entity(Entity::Group("DEVS".into()))));
    assert!(account(&world).user("alice").expect("there").groups.is_empty());
}

#[test]
fn a_policy_in_use_cannot_be_deleted() {
    let mut world = world();
    does(&mut world, put_policy("P"));
    does(&mut world, attach("P", user("alice")));
    let error = refuses(&mut world, delete(policy("P")));
    assert_eq!(error.code, "policy-in-use");
    assert!(error.message.contains("user alice"), "{error}");
    does(&mut world, detach("P", user("alice")));
    does(&mut world, delete(policy("P")));
}

#[test]
fn full_access_comes_with_the_organization_and_every_level_keeps_an_scp() {
    let mut world = organized();
    let organization = world.organization("o-exampleorg").expect("created").clone();
    for node in [Node::Root, Node::Unit("Prod".into()), Node::Account(acme())] {
        assert_eq!(&*organization.scps.attached[&node], ["FullAWSAccess".into()], "{node:?}");
    }
    assert!(organization.scps.policies["FullAWSAccess"].document().compiled().is_some());
    assert_eq!(refuses(&mut world, detach("FullAWSAccess", Target::Account(acme()))).code, "last-scp");
    let scp = document(ALLOW, PolicyType::ServiceControl);
    does(
        &mut world,
        Change::Organization(OrganizationChange::PutControl {
            kind: ControlKind::Scp,
            name: "All".into(),
            document: scp,
        }),
    );
    does(&mut world, attach("All", Target::Account(acme())));
    does(&mut world, detach("FullAWSAccess", Target::Account(acme())));
    assert_eq!(refuses(&mut world, delete(policy("All"))).code, "policy-in-use");
    assert_eq!(refuses(&mut world, delete(policy("FullAWSAccess"))).code, "aws-owned");
}

#[test]
fn the_full_access_rcp_cannot_be_detached() {
    let mut world = organized();
    assert_eq!(
        refuses(&mut world, detach("RCPFullAWSAccess", Target::OrganizationRoot)).code,
        "rcp-full-access"
    );
    let applied = does(&mut world, attach("RCPFullAWSAccess", Target::OrganizationRoot));
    assert!(applied.messages[0].contains("already attached"));
}

#[test]
fn an_organization_needs_its_management_account_and_keeps_it() {
    let mut world = world();
    let create = Change::Organization(OrganizationChange::Create {
        id: "o-exampleorg".into(),
        management: id("999999999999"),
    });
    assert_eq!(refuses(&mut world, create).code, "unknown-account");
    let mut world = organized();
    assert_eq!(refuses(&mut world, delete(Target::Account(id("999999999999")))).code, "management-account");
    let again =
        Change::Organization(OrganizationChange::Create { id: "o-exampleorg".into(), management: acme() });
    assert_eq!(refuses(&mut world, again).code, "organization-exists");
}

#[test]
fn units_nest_five_deep_and_must_be_empty_to_be_deleted() {
    let mut world = organized();
    for (name, under) in [("B", "Prod"), ("C", "B"), ("D", "C"), ("E", "D")] {
        does(&mut world, unit(name, Some(under)));
    }
    assert_eq!(refuses(&mut world, unit("F", Some("E"))).code, "too-deep");
    assert_eq!(refuses(&mut world, delete(Target::Unit("D".into()))).code, "unit-not-empty");
    does(&mut world, delete(Target::Unit("E".into())));
    assert_eq!(refuses(&mut world, delete(Target::Unit("Prod".into()))).code, "unit-not-empty");
    let path = world.organization("o-exampleorg").expect("created").org_path(acme());
    assert!(path.starts_with("o-exampleorg/r-") && path.matches("/ou-").count() == 1, "{path}");
}

#[test]
fn deleting_an_account_takes_it_out_of_the_organization() {
    let mut world = organized();
    does(&mut world, put_resource("arn:aws:s3:::reports"));
    does(&mut world, delete(Target::Account(acme())));
    let organization = world.organization("o-exampleorg").expect("created");
    assert!(!organization.has(acme()) && !organization.scps.attached.contains_key(&Node::Account(acme())));
    assert_eq!(world.resources().count(), 0);
}

/// The world of `organized`, and a second organization of the same names; account 333333333333 is in none.
fn twice_organized() -> World {
    let mut world = organized();
    for account in ["888888888888", "444444444444", "333333333333"] {
        does(&mut world, create_account(account, "Other"));
    }
    let create = OrganizationChange::Create { id: "o-partnerorg".into(), management: id("888888888888") };
    does(&mut world, Change::Organization(create));
    does(&mut world, of_partner(unit("Prod", None)));
    does(&mut world, of_partner(joins("444444444444", Target::Unit("Prod".into()))));
    world
}

fn of_partner(change: Change) -> Change {
    change.said_in(Some(id("888888888888")))
}

fn joins(account: &str, to: Target) -> Change {
    Change::Organization(OrganizationChange::MoveAccount { account: id(account), to })
}

fn put_scp(name: &str) -> Change {
    let document = document(ALLOW, PolicyType::ServiceControl);
    Change::Organization(OrganizationChange::PutControl {
        kind: ControlKind::Scp,
        name: name.into(),
        document,
    })
}

#[test]
fn an_account_belongs_to_one_organization_or_none() {
    let world = twice_organized();
    let of = |account: &str| world.organization_of(id(account)).map(|own| &*own.id);
    assert_eq!(of("111122223333"), Some("o-exampleorg"));
    assert_eq!(of("444444444444"), Some("o-partnerorg"));
    assert_eq!(of("333333333333"), None);
    let mut world = world.clone();
    for (organization, management) in [("o-partnerorg", "333333333333"), ("o-thirdgroup", "444444444444")] {
        let create = OrganizationChange::Create { id: organization.into(), management: id(management) };
        assert_eq!(refuses(&mut world, Change::Organization(create)).code, "organization-exists");
    }
}

#[test]
fn a_change_means_the_organization_of_the_account_in_which_it_is_said() {
    let mut world = twice_organized();
    does(&mut world, put_scp("Guard").said_in(Some(acme())));
    does(&mut world, of_partner(put_scp("Guard")));
    does(&mut world, of_partner(put_scp("Partners")));
    let names = |world: &World, of: &str| world.organization(of).expect("created").scps.policies.len();
    assert_eq!((names(&world, "o-exampleorg"), names(&world, "o-partnerorg")), (2, 3));
    let arn = |of: &str| world.organization(of).expect("created").scps.policies["Guard"].arn.clone();
    assert_ne!(arn("o-exampleorg"), arn("o-partnerorg"));
    assert_eq!(refuses(&mut world, attach("Partners", Target::Unit("Prod".into()))).code, "unknown-policy");
    // an account that is named is of one organization, whatever is selected
    does(&mut world, attach("Partners", Target::Account(id("444444444444"))));
    does(&mut world, attach("Guard", Target::Unit("Prod".into())));
    let held =
        |of: &str| world.organization(of).expect("created").scps.attached[&Node::Unit("Prod".into())].len();
    assert_eq!((held("o-exampleorg"), held("o-partnerorg")), (2, 1));
}

#[test]
fn where_several_organizations_could_be_meant_none_is() {
    let mut world = twice_organized();
    let none = id("333333333333");
    for change in [put_scp("Guard"), unit("Dev", None), joins("333333333333", Target::OrganizationRoot)] {
        let refused = refuses(&mut world, change.clone());
        assert_eq!(refused.code, "which-organization");
        assert!(refused.message.contains("o-exampleorg, o-partnerorg"), "{refused}");
        assert_eq!(refuses(&mut world, change.said_in(Some(none))).code, "which-organization");
    }
    let mut world = organized();
    does(&mut world, create_account("333333333333", "None"));
    does(&mut world, put_scp("Guard").said_in(Some(none))); // the only one
}

#[test]
fn an_account_that_joins_another_organization_leaves_its_own_with_all_that_it_was_there() {
    let mut world = twice_organized();
    let service = "iam.amazonaws.com";
    does(
        &mut world,
        Change::Organization(OrganizationChange::Delegate { service: service.into(), account: acme() }),
    );
    let applied = does(&mut world, of_partner(joins("111122223333", Target::Unit("Prod".into()))));
    assert!(
        applied.messages[0].contains("left organization o-exampleorg and joined organization o-partnerorg")
    );
    let old = world.organization("o-exampleorg").expect("created");
    assert!(!old.has(acme()) && old.delegated.is_empty());
    assert!(!old.scps.attached.contains_key(&Node::Account(acme())));
    let new = world.organization_of(acme()).expect("joined");
    assert_eq!((&*new.id, new.path_to(acme()).len()), ("o-partnerorg", 3));
    assert_eq!(&*new.scps.attached[&Node::Account(acme())], ["FullAWSAccess".into()]);
    let leaves = of_partner(joins("999999999999", Target::OrganizationRoot));
    assert_eq!(refuses(&mut world, leaves).code, "management-account");
}

#[test]
fn keys_of_tags_ignore_letter_case() {
    let mut world = world();
    let tag = |key: &str| Change::Tag {
        account: acme(),
        target: user("alice"),
        tags: Tags::from([(key.into(), "x".into())]),
    };
    does(&mut world, tag("Team"));
    does(&mut world, tag("team"));
    let keys: Vec<_> = account(&world).user("alice").expect("there").tags.keys().map(|key| &**key).collect();
    assert_eq!(keys, ["team"]);
    does(&mut world, create_group("devs", &[]));
    let group = Target::Entity(Entity::Group("devs".into()));
    let tags = Tags::from([("a".into(), "b".into())]);
    assert_eq!(
        refuses(&mut world, Change::Tag { account: acme(), target: group, tags }).code,
        "not-taggable"
    );
}

fn put_resource(arn: &str) -> Change {
    Change::Resource(ResourceChange::Put {
        arn: arn.into(),
        holder: None,
        region: None,
        key: None,
        owner: None,
        selected: acme(),
        policy: None,
        tags: Tags::new(),
    })
}

#[test]
fn the_owner_of_a_resource_is_in_its_arn_or_the_selected_account() {
    let mut world = world();
    does(&mut world, put_resource("arn:aws:s3:::reports"));
    does(&mut world, put_resource("arn:aws:sqs:eu-west-1:444455556666:jobs"));
    assert_eq!(world.resource("arn:aws:s3:::reports").expect("there").owner, acme());
    let jobs = world.resource("arn:aws:sqs:eu-west-1:444455556666:jobs").expect("there");
    assert_eq!(jobs.owner, id("444455556666"));
    for bad in ["reports", "arn:aws:s3", "arn:aws:s3:::", "arn:aws::::x"] {
        assert_eq!(refuses(&mut world, put_resource(bad)).code, "bad-arn", "{bad}");
    }
}

#[test]
fn a_grant_needs_a_declared_key() {
    let mut world = world();
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1";
    let grant = |key: &str, action: &str| {
        Change::Resource(ResourceChange::PutGrant {
            key: key.into(),
            principal: "arn:aws:iam::111122223333:user/alice".into(),
            actions: vec![action.into()],
        })
    };
    assert_eq!(refuses(&mut world, grant(key, "Decrypt")).code, "unknown-resource");
    does(&mut world, put_resource(key));
    does(&mut world, grant(key, "Decrypt"));
    assert_eq!(&*world.resource(key).expect("there").grants[0].actions, ["kms:Decrypt".into()]);
    assert_eq!(
        refuses(&mut world, grant(key, "Decrpyt")).help.as_deref(),
        Some("did you mean `kms:Decrypt`?")
    );
    assert_eq!(refuses(&mut world, grant("arn:aws:s3:::b", "Decrypt")).code, "not-a-key");
}

#[test]
fn an_access_point_needs_the_arn_of_its_bucket() {
    let mut world = world();
    let point = |bucket: &str| {
        Change::Resource(ResourceChange::PutAccessPoint {
            arn: "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap".into(),
            bucket: bucket.into(),
            vpc: None,
            policy: None,
        })
    };
    assert_eq!(refuses(&mut world, point("reports")).code, "bad-bucket");
    does(&mut world, put_resource("arn:aws:s3:::reports"));
    does(&mut world, point("arn:aws:s3:::reports"));
    assert_eq!(
        refuses(&mut world, delete(Target::Resource("arn:aws:s3:::reports".into()))).code,
        "resource-in-use"
    );
}

#[test]
fn block_public_access_switches_all_four_or_those_named() {
    let mut world = world();
    let set = |switches: &[&str]| {
        Change::Resource(ResourceChange::SetPublicAccessBlock {
            level: PublicAccessLevel::Account(acme()),
            on: true,
            switches: switches.iter().map(|word| (*word).into()).collect(),
        })
    };
    does(&mut world, set(&["block-public-policy"]));
    let block = account(&world).public_access_block;
    assert!(block.block_public_policy && !block.block_public_acls);
    assert_eq!(refuses(&mut world, set(&["block-public-policies"])).code, "unknown-switch");
    does(&mut world, set(&[]));
    assert!(account(&world).public_access_block.block_public_acls);
}

#[test]
fn an_old_world_does_not_see_what_changes() {
    let mut world = world();
    let before = world.clone();
    does(&mut world, delete(user("alice")));
    assert!(account(&before).user("alice").is_some() && account(&world).user("alice").is_none());
}
