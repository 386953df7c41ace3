//! Two files that hold an old version and a new one: of a policy, of a world, or a plan or template of what will be.

use std::sync::Arc;

use super::deployments::{DeployedOnto, TwoDeployments};
use super::two_files::TwoFiles;
use super::world_file::{is_world, policy_or_world, world_of};
use crate::deploy::is_deployment;
use crate::reason::{ListedActions, PolicyDifference, TwoWorlds};
use crate::session::{Context, Failure, Outside, Session};
use crate::source::Source;
use crate::syntax::script::{Word, Words};
use crate::world::WorldError;

/// What two files hold.
pub(super) enum VersionFiles {
    /// A policy each.
    Policies(TwoFiles),
    /// A world each.
    Worlds([Arc<Source>; 2]),
    /// A world, and a plan or template that is carried out in it.
    Deployed(DeployedOnto),
    /// A plan or template each.
    Deployments(TwoDeployments),
}

impl VersionFiles {
    /// Those of a command that names two files.
    pub(super) fn of(words: &Words<'_>, context: &mut Context<'_>) -> Result<Self, Failure> {
        let files: Vec<&Word<'_>> = words.all("FILE").collect();
        let [old, new] = files[..] else {
            return Err(WorldError::new("missing-word", "", "expected two files").into());
        };
        let sources = [policy_or_world(old, context)?, policy_or_world(new, context)?];
        let is_of_policies = words.has("type") || words.has("on");
        match sources.each_ref().map(FileHolds::of) {
            [FileHolds::World, FileHolds::World] => Ok(Self::Worlds(sources)),
            [FileHolds::World, FileHolds::Deployment] => {
                let [world, deployment] = sources;
                Ok(Self::Deployed(DeployedOnto { world, deployment }))
            }
            [FileHolds::Deployment, FileHolds::Deployment] if !is_of_policies => {
                Ok(Self::Deployments(TwoDeployments(sources)))
            }
            [FileHolds::Deployment, FileHolds::World] => Err(world_comes_first(old, new).into()),
            [FileHolds::World, _] => Err(world_and_policy(old, new).into()),
            [_, FileHolds::World] => Err(world_and_policy(new, old).into()),
            _ => Ok(Self::Policies(TwoFiles::of([old, new], sources, words, context)?)),
        }
    }

    /// All that differs, over all requests.
    pub(super) fn difference(
        self,
        session: &Session,
        outside: &mut dyn Outside,
    ) -> Result<PolicyDifference, Failure> {
        let catalog = session.world.catalog();
        match self {
            Self::Policies(versions) => Ok(versions.difference(catalog)?),
            Self::Worlds([old, new]) => {
                let worlds = [world_of(&old, session, outside)?, world_of(&new, session, outside)?];
                let worlds = worlds.each_ref();
                let two = TwoWorlds { worlds, listed: &ListedActions::of(catalog), now: outside.now() };
                Ok(two.difference())
            }
            Self::Deployed(deployed) => deployed.difference(session, outside),
            Self::Deployments(deployments) => deployments.difference(catalog, outside.now()),
        }
    }
}

/// What a file is taken to hold.
#[derive(PartialEq)]
enum FileHolds {
    World,
    Deployment,
    Policy,
}

impl FileHolds {
    fn of(source: &Arc<Source>) -> Self {
        match (is_world(source), is_deployment(source)) {
            (true, _) => Self::World,
            (_, true) => Self::Deployment,
            _ => Self::Policy,
        }
    }
}

fn world_and_policy(world: &Word<'_>, policy: &Word<'_>) -> WorldError {
    let what = format!("`{}` holds a world, and `{}` a policy", world.text, policy.text);
    WorldError::new("world-and-policy", &*policy.text, what).help(
        "name two worlds, two policies, or a world and then a Terraform plan or CloudFormation template",
    )
}

fn world_comes_first(deployment: &Word<'_>, world: &Word<'_>) -> WorldError {
    let what = format!("`{}` is carried out in a world, which is named first", deployment.text);
    WorldError::new("world-comes-first", &*deployment.text, what)
        .help(format!("`diff {} {}`", world.text, deployment.text))
}
