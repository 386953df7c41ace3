//! S3 Block Public Access of organizations, accounts, buckets and access points (D36).

use super::Outcome;
use super::organization::unit;
use crate::names::{AccountId, Arn};
use crate::world::organization::Node;
use crate::world::resource::PublicAccessBlock;
use crate::world::{Applied, PublicAccessLevel, Thing, World, WorldError};

const SWITCHES: [&str; 4] = PublicAccessBlock::SWITCHES;

impl World {
    /// Sets the switches that are named, or all four.
    pub(super) fn set_public_access_block(
        &mut self,
        level: &PublicAccessLevel,
        on: bool,
        switches: &[Box<str>],
        said_in: Option<AccountId>,
    ) -> Outcome {
        check_switches(switches)?;
        let set = |block: &mut PublicAccessBlock| set(block, on, switches);
        let place = match level {
            PublicAccessLevel::Organization(node) => {
                let place = self.place_of(node, said_in)?;
                let blocks = &mut self.organization_mut(said_in)?.public_access_blocks;
                let mut block = blocks.get(node).copied().unwrap_or_default();
                set(&mut block);
                blocks.insert(node.clone(), block);
                place
            }
            PublicAccessLevel::Account(account) => {
                let account = self.account_mut(*account)?;
                set(&mut account.public_access_block);
                format!("account {}", account.label())
            }
            PublicAccessLevel::Resource(arn) => {
                check_s3(arn)?;
                set(&mut self.resource_mut(arn)?.public_access_block);
                arn.to_string()
            }
        };
        let what = if switches.is_empty() { "all switches".to_owned() } else { switches.join(", ") };
        let state = if on { "on" } else { "off" };
        Ok(Applied::said(format!("Block Public Access of {place}: {what} {state}")))
    }
}

impl World {
    /// What a node of the organization is called, if there is one of that name.
    fn place_of(&self, node: &Node, said_in: Option<AccountId>) -> Result<String, WorldError> {
        let organization = self.organization_meant(said_in)?;
        Ok(match node {
            Node::Root => format!("organization {}", organization.id),
            Node::Unit(name) => format!("ou {}", unit(organization, name)?.name),
            Node::Account(id) if organization.has(*id) => format!("the organization for account {id}"),
            Node::Account(id) => {
                let what = format!("account {id} is not in organization {}", organization.id);
                return Err(WorldError::new("not-in-organization", Thing::Account.called(id.as_str()), what));
            }
        })
    }
}

fn set(block: &mut PublicAccessBlock, on: bool, switches: &[Box<str>]) {
    if switches.is_empty() {
        *block = PublicAccessBlock::all(on);
    }
    block.is_said = true;
    for word in switches {
        if let Some(switch) = block.switch(word) {
            *switch = on;
        }
    }
}

fn check_switches(switches: &[Box<str>]) -> Result<(), WorldError> {
    let unknown = switches.iter().find(|word| PublicAccessBlock::switch_named(word).is_none());
    unknown.map_or(Ok(()), |word| {
        let what = format!("`{word}` is no switch of Block Public Access");
        let error = WorldError::new("unknown-switch", &**word, what);
        let error = match &**word {
            "for" => error.help("`for` stands before `organization` or an ARN"),
            _ => error.suggest(SWITCHES),
        };
        Err(error.otherwise(format!("the switches are {}", SWITCHES.join(", "))))
    })
}

fn check_s3(arn: &str) -> Result<(), WorldError> {
    match Arn::parse(arn) {
        Some(parsed) if parsed.service() == "s3" => Ok(()),
        _ => {
            let what = format!("`{arn}` is neither a bucket nor an access point of S3");
            Err(WorldError::new("not-s3", arn, what))
        }
    }
}
