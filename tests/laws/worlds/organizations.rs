//! Random worlds of two organizations with the same names in both, and accounts in one, the other or none.

use iamwhy::commands;
use iamwhy::world::World;
use serde_json::{Value, json};

use super::policies::{self, Layer};
use super::{Tape, Target};

/// A world of two organizations, and the same said in plain JSON.
pub(crate) struct Organized {
    pub(crate) world: World,
    pub(crate) organizations: Vec<Value>,
    /// The states of accounts that are not merely active.
    pub(crate) states: Value,
}

/// The states of accounts in a world (I24).
const STATES: [&str; 4] = ["pending-activation", "suspended", "pending-closure", "closed"];

/// The names of the units; `""` stands for the organization root.
const PLACES: [&str; 2] = ["", "Prod"];

const ACCOUNTS: [&str; 2] = ["111111111111", "222222222222"];

/// Puts the accounts of a request into organizations, with SCPs and RCPs for its target.
pub(crate) fn organized(tape: &mut Tape, request: &Value) -> Organized {
    let target = Target::of(request);
    let ids = ["o-eastexample", "o-westexample"];
    let managers = [tape.of(&["888888888888", ACCOUNTS[0]]), tape.of(&["999999999999", ACCOUNTS[1]])];
    let mut script: String = ACCOUNTS
        .iter()
        .chain(&["888888888888", "999999999999"])
        .map(|id| format!("account {id}\n"))
        .collect();
    let mut organizations: Vec<Value> = Vec::new();
    for (id, management) in ids.into_iter().zip(managers) {
        script += &format!("organization {id} management {management}\naccount {management}\nou Prod\n");
        let mut said = json!({"id": id, "management": management, "places": {management: ""}});
        for layer in [Layer::Scp, Layer::Rcp] {
            said[layer.name()] = attached(tape, target, layer, &mut script);
        }
        organizations.push(said);
    }
    for account in ACCOUNTS.into_iter().filter(|account| !managers.contains(account)) {
        let Some(organization) = organizations.get_mut(tape.below(3)) else { continue };
        let place = tape.of(&PLACES);
        let management = organization["management"].as_str().unwrap_or_default();
        script += &format!("account {management}\nmove account {account} to {}\n", node(place));
        organization["places"][account] = json!(place);
    }
    let mut states = json!({});
    for account in ACCOUNTS {
        if !tape.one_in(8) {
            continue;
        }
        let state = tape.of(&STATES);
        script += &format!("account {account}\naccount-state {state}\n");
        states[account] = json!(state);
    }
    let world = commands::world(&script).unwrap_or_else(|wrong| panic!("{script}\n{wrong:?}"));
    organizations.iter_mut().for_each(|organization| tell_paths(&world, organization));
    Organized { world, organizations, states }
}

fn node(place: &str) -> String {
    if place.is_empty() { "organization-root".to_owned() } else { format!("ou {place}") }
}

/// Policies of a layer at the root and, sometimes, at the unit; both organizations give them the same names.
fn attached(tape: &mut Tape, target: Target, layer: Layer, script: &mut String) -> Value {
    let mut all = json!({});
    let levels = policies::layer(tape, target, layer);
    for (level, place) in levels.as_array().into_iter().flatten().zip(PLACES) {
        for (number, policy) in level.as_array().into_iter().flatten().enumerate() {
            let name = format!("{}{place}{number}", layer.name());
            *script += &format!("{} {name} {policy}\nattach {name} to {}\n", layer.name(), node(place));
        }
        if layer == Layer::Scp {
            *script += &format!("detach FullAWSAccess from {}\n", node(place));
        }
        all[place] = level.clone();
    }
    all
}

/// The ids in a path are drawn, so they are read from the world.
pub(super) fn tell_paths(world: &World, organization: &mut Value) {
    let own = world.organization(organization["id"].as_str().unwrap_or_default()).expect("created");
    let paths = own.accounts.keys().map(|id| (id.to_string(), json!(own.org_path(*id))));
    organization["paths"] = paths.collect();
}
