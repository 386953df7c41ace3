//! What leads to one account only, and what an account owns, is what a look at all of them finds, whatever was changed before.

use iamwhy::World;
use iamwhy::names::AccountId;
use iamwhy::world::{AccountSetting, Change, Node, OrganizationChange, ResourceChange, Tags, Target};
use proptest::prelude::*;

fn account(number: u8) -> AccountId {
    AccountId::parse(&format!("11112222333{number}")).expect("twelve digits")
}

fn bucket(number: u8) -> String {
    format!("arn:aws:s3:::bucket-{number}")
}

/// A change; many are refused, for what they need is not there.
fn change((kind, number, other): (u8, u8, u8)) -> Change {
    use OrganizationChange as O;
    let (id, named) = (account(number), format!("name-{other}"));
    let organization = || format!("o-example{}", ["org", "two"][usize::from(other % 2)]).into();
    let organize = |change| Change::Organization(change).said_in(Some(account(other)));
    match kind {
        0 => Change::CreateAccount { id, name: "".into(), alias: Some(named.into()) },
        1 => Change::Account(id, AccountSetting::Alias((other > 1).then(|| named.into()))),
        2 => {
            let email = format!("{}@acme.example", if number > 2 { "Root" } else { &named });
            Change::Account(id, AccountSetting::Root { email: email.into(), mfa: false })
        }
        3 => Change::Delete { account: id, target: Target::Account(id) },
        4 => Change::Organization(O::Create { id: organization(), management: id }),
        5 => organize(O::MoveAccount { account: id, to: Target::OrganizationRoot }),
        6 => organize(O::MoveAccount { account: id, to: Target::Unit("Unit".into()) }),
        7 => organize(O::CreateUnit { name: ["Unit", "Other"][usize::from(number % 2)].into(), under: None }),
        8 => Change::Organization(O::Leave { account: id }),
        9 => organize(O::Invite { account: id }),
        10 => organize(O::CreateUnit { name: "Inner".into(), under: Some("Unit".into()) }),
        11 => Change::Delete { account: id, target: Target::Unit("Unit".into()) },
        12 => Change::Resource(ResourceChange::Put {
            arn: bucket(other).into(),
            holder: None,
            region: None,
            key: None,
            owner: Some(id),
            selected: id,
            policy: None,
            tags: Tags::new(),
        }),
        _ => Change::Delete { account: id, target: Target::Resource(bucket(other).into()) },
    }
}

fn holds(world: &World) {
    for account in world.accounts() {
        let found = |found: Option<&std::sync::Arc<iamwhy::world::Account>>| found.map(|one| one.id);
        assert!(account.alias.iter().all(|alias| found(world.account_by_alias(alias)) == Some(account.id)));
        let email = account.root.email.to_uppercase();
        let owned = world.resources().filter(|resource| resource.owner == account.id);
        assert!(world.resources_of(account.id).map(|own| &own.arn).eq(owned.map(|own| &own.arn)));
        assert!(email.is_empty() || found(world.account_by_email(&email)) == Some(account.id));
    }
    for number in 0..6 {
        let looked = world.organizations().find(|organization| organization.has(account(number)));
        assert_eq!(world.organization_of(account(number)).map(|own| &own.id), looked.map(|own| &own.id));
        assert!(world.account_by_alias(&format!("name-{number}")).is_none_or(|own| own.alias.is_some()));
    }
    for organization in world.organizations() {
        for (invited, id) in &organization.invited {
            assert_eq!(
                world.invitation(id).map(|(own, who)| (&own.id, who)),
                Some((&organization.id, *invited))
            );
        }
        let units = organization.units.keys().map(|name| Node::Unit((&**name).into()));
        let accounts = organization.accounts.keys().copied().map(Node::Account);
        let all: Vec<Node> = units.chain(accounts).collect();
        for parent in [Node::Root].iter().chain(&all) {
            let inside = all.iter().filter(|node| organization.parent_of(node).as_ref() == Some(parent));
            assert!(organization.inside(parent).eq(inside));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn aliases_addresses_organizations_invitations_and_owners_lead_where_a_search_does(
        changes in prop::collection::vec((0_u8..14, 0_u8..6, 0_u8..6), 0..60)
    ) {
        let mut world = World::new();
        (0..6).for_each(|number| drop(world.apply(change((0, number, number)))));
        for one in changes {
            let _refused = world.apply(change(one));
            holds(&world);
        }
    }
}
