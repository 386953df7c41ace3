//! Where groups, managed policies and SCPs are used is what a look at everything finds, whatever was changed before.

use iamwhy::World;
use iamwhy::names::AccountId;
use iamwhy::policy::PolicyType;
use iamwhy::source::Source;
use iamwhy::world::{Change, ControlKind, Document, Entity, Identity, Node, OrganizationChange, Target};
use proptest::prelude::*;

const TEXT: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

fn account() -> AccountId {
    AccountId::parse("111122223333").expect("twelve digits")
}

fn document(kind: PolicyType) -> Document {
    Document::read(&Source::new("policy", TEXT), kind).0
}

/// A name, sometimes in capitals: of users, groups, roles and policies letter case does not count.
fn name(kind: &str, number: u8) -> Box<str> {
    let name = format!("{kind}{}", number % 3);
    if number > 2 { name.to_ascii_uppercase().into() } else { name.into() }
}

fn entity(number: u8) -> Entity {
    match number % 3 {
        0 => Entity::User(name("user", number)),
        1 => Entity::Group(name("group", number)),
        _ => Entity::Role(name("role", number)),
    }
}

fn policy(number: u8) -> Box<str> {
    if number.is_multiple_of(3) {
        "AdministratorAccess".into()
    } else {
        format!("policy{}", number % 3).into()
    }
}

/// A change; many are refused, for what they need is not there.
fn change((kind, number, other): (u8, u8, u8)) -> Change {
    let account = account();
    let on = entity(number.wrapping_add(other));
    let on_node = if other % 2 == 0 { Target::Account(account) } else { Target::Unit(name("unit", 0)) };
    let scp: Box<str> = if number % 2 == 0 { "FullAWSAccess".into() } else { "scp1".into() };
    match kind {
        0 => Change::CreateUser {
            account,
            name: name("user", number),
            path: "/".into(),
            tags: Default::default(),
            id: None,
        },
        1 => Change::CreateGroup {
            account,
            name: name("group", number),
            path: "/".into(),
            members: vec![name("user", other)],
        },
        2 => Change::AddToGroup { account, user: name("user", number), group: name("group", other) },
        3 => Change::RemoveFromGroup { account, user: name("user", number), group: name("group", other) },
        4 | 5 => Change::Attach { account, policy: policy(number), to: Target::Entity(on) },
        6 => Change::Detach { account, policy: policy(number), from: Target::Entity(on) },
        7 => Change::SetBoundary { account, on, policy: (other < 4).then(|| policy(number)) },
        8 => Change::Delete { account, target: Target::Entity(on) },
        9 => Change::Delete { account, target: Target::Policy(policy(number)) },
        10 => Change::UpdateUser {
            account,
            user: name("user", number),
            name: Some(name("user", other)),
            path: None,
        },
        11 => Change::Attach { account, policy: scp, to: on_node },
        12 => Change::Detach { account, policy: scp, from: on_node },
        13 => Change::Organization(OrganizationChange::CreateUnit { name: name("unit", 0), under: None }),
        _ => Change::Delete { account, target: Target::Unit(name("unit", 0)) },
    }
}

fn uses(one: &Identity<'_>, arn: &str) -> bool {
    one.has_attached(arn) || one.boundary == Some(arn)
}

fn holds(world: &World) {
    let account = world.account(account()).expect("it was created");
    for group in account.groups.values() {
        let looked = account.identities().filter(|one| one.groups.contains(&group.name));
        assert!(account.members(&group.name).map(|one| one.label()).eq(looked.map(|one| one.label())));
    }
    for policy in account.policies.values().chain(world.aws_policies()) {
        let looked = account.identities().filter(|one| uses(one, &policy.arn));
        assert!(
            account.users_of_policy(&policy.arn).map(|one| one.label()).eq(looked.map(|one| one.label()))
        );
    }
    for organization in world.organizations() {
        let scps = organization.controls(ControlKind::Scp);
        for name in scps.policies.keys() {
            let looked = scps.attached.iter().filter(|(_, names)| names.iter().any(|own| **own == **name));
            assert!(scps.holders(name).eq(looked.map(|(node, _): (&Node, _)| node)));
        }
    }
}

fn world() -> World {
    let mut world = World::new();
    let account = account();
    let own = |number: u8| Change::PutPolicy {
        account,
        name: policy(number),
        path: "/".into(),
        document: document(PolicyType::IdentityBased),
    };
    let role = |number: u8| Change::CreateRole {
        account,
        name: name("role", number),
        path: "/".into(),
        trust: document(PolicyType::Trust),
        tags: Default::default(),
        id: None,
    };
    let scp = OrganizationChange::PutControl {
        kind: ControlKind::Scp,
        name: "scp1".into(),
        document: document(PolicyType::ServiceControl),
    };
    let changes = [
        Change::CreateAccount { id: account, name: "".into(), alias: None },
        own(1),
        own(2),
        role(0),
        role(1),
        role(2),
        Change::Organization(OrganizationChange::Create { id: "o-example1".into(), management: account }),
        Change::Organization(scp),
    ];
    changes.into_iter().for_each(|one| drop(world.apply(one)));
    world
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn groups_policies_and_scps_are_used_where_a_search_finds_them(
        changes in prop::collection::vec((0_u8..15, 0_u8..6, 0_u8..6), 0..60)
    ) {
        let mut world = world();
        for one in changes {
            let _refused = world.apply(change(one));
            holds(&world);
        }
    }
}
