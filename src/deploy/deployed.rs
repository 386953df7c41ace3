//! A world with a plan or a template carried out.

use std::sync::Arc;

use super::declared::tree;
use super::plan::{self, PlanExtent};
use super::site::Site;
use super::template;
use crate::names::AccountId;
use crate::source::{Diagnostic, Source};
use crate::syntax::json::Tree;
use crate::syntax::yaml::{looks_like_yaml, yaml_as_json};
use crate::world::World;

/// A world with a plan or a template carried out.
pub struct Deployed {
    /// The world.
    pub world: World,
    /// What only a deployment knows, and what is not carried out, one sentence each.
    pub unknown: Vec<String>,
    /// What was taken to be so.
    pub assumed: Vec<String>,
}

/// Whether a file is a Terraform plan or a template of CloudFormation, in JSON or YAML.
pub fn is_deployment(file: &Arc<Source>) -> bool {
    let text = file.text();
    let may_be = text.contains("resource_changes") || (text.contains("Resources") && text.contains("AWS::"));
    let tree = if may_be { tree_of(file) } else { None };
    tree.is_some_and(|tree| plan::is_plan(tree.root()) || template::is_template(tree.root()))
}

/// Carries out a plan or a template in an account of a world. In a world that has nothing yet, a plan is everything that
/// there will be; else what it changes.
///
/// # Errors
/// If the file is neither.
pub fn deploy(file: &Arc<Source>, world: &World, account: AccountId) -> Result<Deployed, Diagnostic> {
    let tree = tree_of(file).ok_or_else(|| {
        Diagnostic::error("no-deployment", format!("`{}` is neither a plan nor a template", file.name()))
    })?;
    let is_new = world.account(account).is_some_and(|known| known.identities().next().is_none());
    let is_new = is_new && world.resources().next().is_none();
    let mut site = Site::new(world.clone(), account);
    let declared = match plan::is_plan(tree.root()) {
        true => {
            let extent = if is_new { PlanExtent::Everything } else { PlanExtent::Changes };
            plan::declared(tree.root(), &mut site, extent)
        }
        false => template::declared(tree.root(), &mut site),
    };
    site.carry_out(&declared);
    site.note_what_stays(&declared, world);
    site.notes.assume(format!("everything is made in account {account}"));
    let Site { world, notes, .. } = site;
    Ok(Deployed { world, unknown: notes.unknown(), assumed: notes.assumed() })
}

fn tree_of(file: &Arc<Source>) -> Option<Tree> {
    let json = match looks_like_yaml(file.text()) {
        true => yaml_as_json(file).ok()?,
        false => Arc::clone(file),
    };
    tree(&json)
}
