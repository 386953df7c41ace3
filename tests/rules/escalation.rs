//! The practice account: who comes by everything, and who only looks so.

use std::collections::BTreeMap;

use iamwhy::audit::{PathGoal, Paths};
use iamwhy::catalog::Catalog;
use iamwhy::facts::{NeedOn, escalation_methods};
use iamwhy::import::account_authorization_details;
use iamwhy::question::Assumptions;
use iamwhy::source::Source;
use iamwhy::world::World;

use crate::packed::unpacked;

#[test]
fn every_action_of_a_method_exists_and_who_hands_on_a_role_needs_pass_role() {
    assert_eq!(escalation_methods().len(), 168);
    for method in escalation_methods() {
        for (action, _) in &method.needs {
            assert!(Catalog::embedded().action(action).is_some(), "{}: {action}", method.id);
        }
        assert_eq!(method.passed_to.is_some(), method.needs_on(NeedOn::PassedRole), "{}", method.id);
    }
}

/// 2026-11-30, in epoch seconds.
const NOW: i64 = 1_795_996_800;

/// Those of the practice account whose names say a method, with the methods of their paths; `?` where it hangs on a condition.
fn practice_account() -> BTreeMap<String, String> {
    let source = Source::new("dump.json", unpacked("tests/data/account-authorization-details.json.zst"));
    let mut world = World::new();
    for change in account_authorization_details(&source, None).changes {
        drop(world.apply(change));
    }
    let assumptions = Assumptions { now: NOW, ..Assumptions::default() };
    let found = Paths::find(&world, None, PathGoal::Everything, &assumptions);
    let name = |arn: &str| arn.rsplit('/').next().expect("a name").to_owned();
    let leads = found.leads.iter().map(|lead| (name(&lead.who), format!("lead {}", lead.method.id)));
    let paths = found.paths.iter().map(|path| {
        let methods: Vec<&str> = path.steps.iter().map(|step| step.method.id).collect();
        let open = if path.is_certain() { "" } else { "?" };
        (name(&path.from), format!("{}{open}", methods.join(" ")))
    });
    leads.chain(paths).collect()
}

#[test]
fn the_traps_of_the_practice_account_come_out_right() {
    let found = practice_account();
    for name in found.keys() {
        assert!(!name.starts_with("fp"), "{name} only looks dangerous");
    }
    for of in ["user", "role"] {
        let open = |name: &str, method: &str| {
            assert_eq!(found.get(&format!("{name}-{of}")).map(String::as_str), Some(method), "{name}-{of}");
        };
        open("fn1-privesc3-partial", "ec2-run-instances");
        open("fn2-exploitableResourceConstraint", "iam-create-policy-version");
        open("fn3-exploitableConditionConstraint", "iam-create-policy-version?");
        open(
            "fn4-exploitableNotAction",
            if of == "user" { "iam-put-user-policy" } else { "iam-put-role-policy" },
        );
        open("privesc1-CreateNewPolicyVersion", "iam-create-policy-version");
        open("privesc3-CreateEC2WithExistingInstanceProfile", "ec2-run-instances");
        open("privesc4-CreateAccessKey", "iam-create-access-key");
        open("privesc14-UpdatingAssumeRolePolicy", "iam-update-assume-role-policy");
        open("privesc15-PassExistingRoleToNewLambdaThenInvoke", "lambda-create-and-invoke");
        open("privesc16-PassRoleToNewLambdaThenTriggerWithNewDynamo", "lambda-create-and-event-source");
        open("privesc18-PassExistingRoleToNewGlueDevEndpoint", "glue-create-dev-endpoint");
        open("privesc19-UpdateExistingGlueDevEndpoint", "lead glue-update-dev-endpoint");
        open("privesc20-PassExistingRoleToCloudFormation", "cloudformation-create-stack");
        open("privesc-ssmStartSession", "lead ssm-start-session");
    }
    let open = |name: &str| found.get(name).map(String::as_str);
    assert_eq!(open("privesc-AssumeRole-starting-role"), Some("sts-assume-role sts-assume-role"));
    assert_eq!(open("privesc13-AddUserToGroup-user"), Some("iam-add-user-to-group"));
    assert_eq!(open("privesc9-AttachRolePolicy-role"), Some("iam-attach-role-policy"));
    // Nobody lets the user into a role that it could widen.
    assert_eq!((open("privesc9-AttachRolePolicy-user"), open("privesc12-PutRolePolicy-user")), (None, None));
}
