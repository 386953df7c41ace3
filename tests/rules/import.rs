//! Dumps of accounts become worlds, and what is wrong with them is said.

use std::collections::BTreeSet;
use std::sync::Arc;

use iamwhy::import::{Imported, account_authorization_details};
use iamwhy::names::AccountId;
use iamwhy::policy::Layer;
use iamwhy::question::Question;
use iamwhy::source::{Severity, Source};
use iamwhy::trace::{Decision, GateName};
use iamwhy::world::{Account, Document, Principal, World};

use crate::packed::unpacked;

fn id(text: &str) -> AccountId {
    AccountId::parse(text).expect("12 digits")
}

fn import(text: &str) -> Imported {
    account_authorization_details(&Source::new("dump.json", text), None)
}

/// Applies all changes; returns the world and the warnings of the changes.
fn world(imported: Imported) -> (World, Vec<String>) {
    let mut world = World::new();
    let mut warnings = Vec::new();
    for change in imported.changes {
        let said = format!("{change:?}");
        let applied = world.apply(change).unwrap_or_else(|e| panic!("{e}: {said}"));
        warnings.extend(applied.warnings);
    }
    (world, warnings)
}

fn acme(world: &World) -> &Arc<Account> {
    world.account(id("111122223333")).expect("imported")
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.findings.iter().map(|finding| finding.code).collect()
}

fn user(rest: &str) -> String {
    format!(
        r#"{{"UserDetailList": [{{"Path": "/dev/", "UserName": "alice", "UserId": "AIDAEXAMPLE",
            "Arn": "arn:aws:iam::111122223333:user/dev/alice" {rest}}}]}}"#
    )
}

#[test]
fn the_example_account_is_imported_whole() {
    let imported = import(&unpacked("tests/data/account-authorization-details.json.zst"));
    for finding in &imported.findings {
        assert_eq!(finding.severity, Severity::Warning);
    }
    assert!(codes(&imported).contains(&"foreign-account"));
    let account = imported.account.expect("named by the ARNs");
    let (world, warnings) = world(imported);
    assert!(warnings.iter().all(|warning| warning.contains("not built in")), "{warnings:?}");
    let account = world.account(account).expect("created");
    assert_eq!((account.users.len(), account.groups.len(), account.roles.len()), (44, 5, 78));
    let own = account.policies.values().filter(|policy| !matches!(policy.document(), Document::Missing));
    let aws = world.aws_policies().filter(|policy| !matches!(policy.document(), Document::Missing));
    assert_eq!(own.count() + aws.count(), 84);
}

#[test]
fn documents_as_objects_and_as_percent_encoded_strings_mean_the_same() {
    let object = user(
        r#", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}}]"#,
    );
    let string = user(
        r#", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGetObject%22%2C%22Resource%22%3A%22%2A%22%7D%7D"}]"#,
    );
    let texts = [object, string].map(|dump| {
        let (world, _) = world(import(&dump));
        let alice = acme(&world).user("alice").expect("imported").clone();
        let compiled = alice.permissions.inline[0].document.compiled().expect("good").clone();
        let source = compiled.policy().source();
        assert_eq!(source.name(), "dump.json: inline policy p of user alice");
        source.text().to_owned()
    });
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0].contains("\n      \"Action\": \"s3:GetObject\""), "{}", texts[0]);
}

#[test]
fn ids_paths_tags_and_boundaries_are_kept() {
    let dump = user(
        r#", "Tags": [{"Key": "team", "Value": "core"}],
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy",
            "PermissionsBoundaryArn": "arn:aws:iam::aws:policy/AdministratorAccess"}"#,
    );
    let (world, _) = world(import(&dump));
    let alice = acme(&world).user("alice").expect("imported");
    assert_eq!(alice.arn(id("111122223333")), "arn:aws:iam::111122223333:user/dev/alice");
    assert_eq!((&*alice.id, alice.tags.get("team").map(|v| &**v)), ("AIDAEXAMPLE", Some("core")));
    assert_eq!(alice.boundary.as_deref(), Some("arn:aws:iam::aws:policy/AdministratorAccess"));
}

#[test]
fn the_default_version_is_the_one_that_counts() {
    let version = |id, default, action| {
        format!(
            r#"{{"VersionId": "{id}", "IsDefaultVersion": {default}, "Document": {{"Version": "2012-10-17",
            "Statement": [{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}]}}}}"#
        )
    };
    let (new, old) = (version("v2", false, "s3:*"), version("v1", true, "ec2:*"));
    let dump = format!(
        r#"{{"Policies": [{{"PolicyName": "P", "Path": "/", "DefaultVersionId": "v1",
        "Arn": "arn:aws:iam::111122223333:policy/P", "PolicyVersionList": [{new}, {old}]}}]}}"#
    );
    let (world, _) = world(import(&dump));
    let policy = &acme(&world).policies["p"];
    let ids: Vec<_> = policy.versions.iter().map(|version| &*version.id).collect();
    assert_eq!((ids, policy.default), (vec!["v1", "v2"], 0));
}

#[test]
fn an_attached_policy_without_document_is_stored_as_missing_and_said() {
    let dump = user(
        r#", "AttachedManagedPolicies": [
        {"PolicyName": "Lost", "PolicyArn": "arn:aws:iam::111122223333:policy/team/Lost"},
        {"PolicyName": "Strange", "PolicyArn": "arn:aws:iam::aws:policy/Strange"}]"#,
    );
    let imported = import(&dump);
    assert_eq!(codes(&imported), ["missing-document"]);
    assert!(imported.findings[0].labels[0].place.text().contains("Lost"));
    let (world, warnings) = world(imported);
    assert!(matches!(acme(&world).policies["lost"].document(), Document::Missing));
    assert_eq!(acme(&world).user("alice").expect("imported").permissions.attached.len(), 2);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}

#[test]
fn a_document_that_is_refused_is_stored_as_such_and_said() {
    let dump = user(
        r#", "UserPolicyList": [
        {"PolicyName": "bad", "PolicyDocument": {"Statement": {"Efect": "Allow"}}},
        {"PolicyName": "bytes", "PolicyDocument": "%FF"},
        {"PolicyName": "none"}]"#,
    );
    let imported = import(&dump);
    assert_eq!(codes(&imported), ["refused-document", "bad-encoding", "missing-document"]);
    let (world, _) = world(imported);
    let inline = &acme(&world).user("alice").expect("imported").permissions.inline;
    assert!(matches!(inline[0].document, Document::Refused(_)));
    assert!(matches!(inline[1].document, Document::Refused(_)));
    assert!(matches!(inline[2].document, Document::Missing));
}

#[test]
fn a_group_that_is_not_listed_and_a_truncated_dump_are_said() {
    let dump = user(r#", "GroupList": ["ghosts"]"#).replacen('{', r#"{"IsTruncated": true, "#, 1);
    let imported = import(&dump);
    assert_eq!(codes(&imported), ["truncated-dump", "unlisted-group"]);
    world(imported);
}

#[test]
fn the_account_that_is_asked_for_wins_over_the_one_in_the_arns() {
    let source = Source::new("dump.json", user(""));
    let imported = account_authorization_details(&source, Some(id("444455556666")));
    assert_eq!(imported.account, Some(id("444455556666")));
    assert_eq!(codes(&imported), ["foreign-account"]);
}

#[test]
fn json_that_is_no_dump_gets_one_clear_error() {
    for text in ["{}", "[1, 2]", "\"x\"", r#"{"Version": "2012-10-17", "Statement": []}"#] {
        let imported = import(text);
        assert_eq!((codes(&imported), imported.account), (vec!["not-a-dump"], None), "{text}");
        assert!(imported.changes.is_empty());
    }
}

#[test]
fn a_dump_that_names_no_account_asks_for_one() {
    assert_eq!(codes(&import(r#"{"UserDetailList": []}"#)), ["no-account"]);
}

#[test]
fn text_that_is_not_json_is_pointed_at() {
    let imported = import("{\n  \"UserDetailList\": [}\n}");
    let place = &imported.findings[0].labels[0].place;
    assert_eq!(place.line_column().line, 2);
    assert!(imported.changes.is_empty());
}

#[test]
fn a_trust_policy_that_asks_for_no_claim_is_warned_of_and_refused_by_sts() {
    let role = |issuer: &str, condition: &str| {
        format!(
            r#"{{"RoleDetailList": [{{"Path": "/", "RoleName": "Ci", "RoleId": "AROAEXAMPLE",
                "Arn": "arn:aws:iam::111122223333:role/Ci", "AssumeRolePolicyDocument": {{"Version": "2012-10-17",
                "Statement": {{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {{"Federated": "arn:aws:iam::111122223333:oidc-provider/{issuer}"}},
                "Condition": {{{condition}}}}}}}}}]}}"#
        )
    };
    let asked = |issuer: &str, condition: &str| {
        let imported = import(&role(issuer, condition));
        let warned = codes(&imported).contains(&"missing-claim");
        let (world, _) = world(imported);
        let provider = format!("arn:aws:iam::111122223333:oidc-provider/{issuer}");
        let provider = Principal::parse(&provider).expect("a provider");
        let question = Question::new(provider, "sts:AssumeRoleWithWebIdentity")
            .on("arn:aws:iam::111122223333:role/Ci")
            .with(format!("{issuer}:aud"), "sts.amazonaws.com")
            .with(format!("{issuer}:sub"), "organization:acme");
        let asked = question.ask(&world).expect("a question");
        (warned, asked.decision, asked.trace.gate.as_ref().map(|gate| gate.name))
    };
    let terraform = "app.terraform.io";
    let by_audience = |issuer: &str| format!(r#""StringEquals": {{"{issuer}:aud": "sts.amazonaws.com"}}"#);
    let refused = (true, Decision::ImplicitDeny, Some(GateName::SharedProvider)); // F136
    assert_eq!(asked(terraform, &by_audience(terraform)), refused);
    let by_subject = format!(r#""StringLike": {{"{terraform}:sub": "organization:acme*"}}"#);
    assert_eq!(asked(terraform, &by_subject), (false, Decision::Allowed, None));
    // Roles that trust the others work until they are edited.
    assert_eq!(asked("gitlab.com", &by_audience("gitlab.com")), (true, Decision::Allowed, None));
}

/// The names of the policies that a dump gives a user or role: its own, the attached ones, and those of its groups.
fn given(dump: &serde_json::Value, entry: &serde_json::Value, own: &str) -> BTreeSet<String> {
    let listed = |holder: &serde_json::Value, list: &str| -> Vec<String> {
        let entries = holder[list].as_array().into_iter().flatten();
        entries.map(|one| one["PolicyName"].as_str().expect("a name").to_owned()).collect()
    };
    let groups = entry["GroupList"].as_array().into_iter().flatten();
    let of_group = |name: &serde_json::Value| {
        let group =
            dump["GroupDetailList"].as_array().into_iter().flatten().find(|one| one["GroupName"] == *name);
        group.map(|group| {
            [listed(group, "GroupPolicyList"), listed(group, "AttachedManagedPolicies")].concat()
        })
    };
    let own = [listed(entry, own), listed(entry, "AttachedManagedPolicies")].concat();
    own.into_iter().chain(groups.filter_map(of_group).flatten()).collect()
}

/// The session or user of an entry of a dump.
fn principal(entry: &serde_json::Value) -> Principal {
    let arn = entry["Arn"].as_str().expect("an ARN");
    let session = arn.split_once(":role/").map(|(account, path)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        format!("{}:assumed-role/{name}/s", account.replace(":iam:", ":sts:"))
    });
    session.as_deref().unwrap_or(arn).parse().expect("a principal")
}

/// What the dump gives a principal is consulted or named as missing, whatever it asks for: each principal asks for
/// another part of the catalog, all together for the whole of it.
#[test]
fn no_policy_of_a_dump_is_dropped_without_a_word() {
    let text = unpacked("tests/data/account-authorization-details.json.zst");
    let dump: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let imported = import(&text);
    let account = imported.account.expect("named by the ARNs").to_string();
    assert!(codes(&imported).contains(&"foreign-account"), "entries of another account are named");
    let (world, _) = world(imported);
    let users = dump["UserDetailList"].as_array().expect("a list").iter().map(|one| (one, "UserPolicyList"));
    let roles = dump["RoleDetailList"].as_array().expect("a list").iter().map(|one| (one, "RolePolicyList"));
    let is_own = |entry: &serde_json::Value| entry["Arn"].as_str().is_some_and(|arn| arn.contains(&account));
    let principals: Vec<_> = users.chain(roles).filter(|(entry, _)| is_own(entry)).collect();
    for (at, (entry, own)) in principals.iter().enumerate() {
        let (who, given) = (Arc::new(principal(entry)), given(&dump, entry, own));
        for action in world.catalog().actions().skip(at).step_by(principals.len()) {
            let question = Question::new(Arc::clone(&who), action.to_string());
            let answer = question.ask(&world).expect("an action of the catalog");
            let identity = answer.request.levels(Layer::IdentityBased);
            let consulted = identity.iter().flat_map(|level| level.origins.iter());
            let consulted = consulted.map(|origin| origin.name.to_string());
            let known: BTreeSet<_> = consulted.chain(answer.incomplete()).collect();
            assert!(given.is_subset(&known), "{}: {given:?} but {known:?} for {action}", who.arn());
        }
    }
    assert_eq!(principals.len(), 116);
}
