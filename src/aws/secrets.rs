//! Secrets Manager: the policies of secrets.

use serde_json::json;

use super::call::Call;
use super::operation::{Operation, Service};
use super::plan::Planned;
use super::refusal::Refusal;
use super::resource;
use crate::eval::public_statement;
use crate::policy::PolicyType;
use crate::session::{Outcome, Part};
use crate::world::{World, WorldError};

/// What stands for the letters behind the name of a secret, which AWS draws.
pub(super) const DRAWN: &str = "-??????";

const SECRETS: Service = Service("secretsmanager");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    SECRETS.row("create-secret", "--name NAME [--tags TAG...] | description secret-string secret-binary kms-key-id client-request-token add-replica-regions force-overwrite-replica-secret", "creates a secret", create),
    SECRETS.row("put-resource-policy", "--secret-id SECRET --resource-policy DOCUMENT [--block-public-policy] [--no-block-public-policy]", "gives a secret a policy", put),
    SECRETS.row("get-resource-policy", "--secret-id SECRET", "shows the policy of a secret", get),
    SECRETS.row("delete-resource-policy", "--secret-id SECRET", "takes the policy of a secret away", |call| resource::delete_policy(call, secret(call))),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (name, tags) = (call.word("name"), call.tags("tags")?);
    let start = format!("arn:aws:secretsmanager:{}:{}:secret:{name}", call.region, call.account);
    let needs = call.needs(format!("{start}{DRAWN}")).with("secretsmanager:Name", name);
    needs.tagging("secretsmanager:TagResource", &tags).then(move |session| {
        if known(call.world, &start).is_some() {
            let what = format!("account {} has a secret `{name}`", call.account);
            return Err(WorldError::new("resource-exists", name, what).into());
        }
        let arn = format!("{start}-a1b2c3");
        session.world.apply(resource::tagged(call, &arn, None, tags))?;
        let outcome = Outcome::of(Part::Json(json!({"ARN": arn, "Name": name})));
        Ok(outcome.note("AWS draws the last six letters of the ARN at random; here they are always `a1b2c3`"))
    })
}

fn secret(call: &Call<'_>) -> String {
    let id = call.word("secret-id");
    if id.starts_with("arn:") {
        return id.to_owned();
    }
    let start = format!("arn:aws:secretsmanager:{}:{}:secret:{id}", call.region, call.account);
    known(call.world, &start).unwrap_or(start)
}

/// The ARN of the secret that begins so: behind its name it has six letters that AWS draws.
pub(super) fn known(world: &World, start: &str) -> Option<String> {
    let drawn = |arn: &str| {
        arn.strip_prefix(start)
            .is_some_and(|tail| tail.is_empty() || (tail.len() == 7 && tail.starts_with('-')))
    };
    start
        .contains(":secret:")
        .then(|| world.resources().find(|one| drawn(&one.arn)))?
        .map(|one| one.arn.to_string())
}

/// The ARN of a secret that is named without those letters, or with them where the world has it.
pub(super) fn named(world: &World, start: &str) -> Option<String> {
    let (_, name) = start.split_once(":secret:").filter(|(_, name)| !name.contains('*'))?;
    let is_whole = name.rsplit_once('-').is_some_and(|(_, tail)| tail.len() == DRAWN.len() - 1);
    known(world, start).or_else(|| (!is_whole).then(|| format!("{start}{DRAWN}")))
}

/// With `--block-public-policy` a policy for everyone is refused (D38 says which is).
fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = secret(call);
    let block = call.has("block-public-policy");
    call.needs(&*arn).with("secretsmanager:BlockPublicPolicy", block.to_string()).change(move || {
        resource::known(call, &arn)?;
        let document = call.document("resource-policy", PolicyType::ResourceBased)?;
        let public = document.compiled().is_some_and(|policy| public_statement(policy).is_some());
        if block && public {
            let what = "You can't attach a resource policy that allows broad access to the secret.";
            let error = WorldError::new("public-policy", call.word("resource-policy"), what);
            return Err(Refusal::Error("PublicPolicyException", error));
        }
        Ok(resource::put(call, &arn, Some(document)))
    })
}

/// A secret without policy is shown without one.
fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = secret(call);
    call.needs(&*arn).show(move |_| {
        let name = arn.rsplit(':').next().and_then(|name| name.rsplit_once('-')).map_or("", |(name, _)| name);
        let mut shown = json!({"ARN": &*arn, "Name": name});
        if let Some(policy) = resource::policy_text(resource::known(call, &arn)?) {
            shown["ResourcePolicy"] = policy.into();
        }
        Ok(shown)
    })
}
