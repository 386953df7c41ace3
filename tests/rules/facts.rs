//! The facts are consistent, dated, and answer as the lists of their day.

use std::collections::BTreeSet;

use iamwhy::facts::*;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn status(id: &str, on: &str) -> TaskStatus {
    root_only_task(id).expect("a task").status_on(day(on))
}

#[test]
fn every_rule_has_one_address() {
    let ids: BTreeSet<_> = RuleId::all().map(RuleId::as_str).collect();
    assert_eq!(ids.len(), RuleId::all().count());
}

#[test]
fn a_rule_is_found_while_compiling_and_by_what_people_type() {
    const D5: RuleId = rule("D.5");
    assert_eq!(RuleId::find(" d.5 "), Some(D5));
    assert_ne!(RuleId::find("D5"), Some(D5));
    assert_eq!(RuleId::find("D.99"), None);
    assert!(rule("A1") < rule("B1") && rule("R1") < rule("G1"));
}

#[test]
fn every_rule_of_the_letters_is_there() {
    let last = [("A", 56), ("B", 21), ("C", 3), ("D", 53), ("E", 25), ("R", 21), ("G", 10)];
    let tables =
        ["A11a", "A24a", "A49a", "A49f", "A55a", "B.2", "B.3", "C.6", "D.1", "D14a", "D.3-3", "D.3-10"];
    let more = ["D.3", "D.4", "D.5", "D.6", "D.7", "D.10", "E.4", "E16a", "E16b"];
    let numbered = last.iter().flat_map(|(letter, last)| (1..=*last).map(move |n| format!("{letter}{n}")));
    let missing: Vec<_> = numbered
        .chain(tables.iter().chain(&more).map(|id| (*id).to_owned()))
        .filter(|id| RuleId::find(id).is_none())
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_rule_says_something_and_names_its_source() {
    for rule in RuleId::all().map(RuleId::facts) {
        assert!(rule.sentence.ends_with(['.', '`']) && rule.sentence.len() < 320, "{}", rule.id);
        assert!(!rule.source.is_empty() && rule.date.starts_with("20"), "{}", rule.id);
    }
}

#[test]
fn every_task_has_its_own_id_and_pseudo_action() {
    let ids: BTreeSet<_> = root_only_tasks().map(|task| task.id).collect();
    assert_eq!(ids.len(), root_only_tasks().count());
    let names: Vec<_> = root_only_tasks().filter_map(|task| task.pseudo_action).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.iter().all(|name| is_pseudo_action(name)));
}

#[test]
fn every_listed_task_is_a_rule_and_says_who_can_do_it() {
    for task in root_only_tasks() {
        assert_eq!(task.id.starts_with('R'), RuleId::find(task.id).is_some(), "{}", task.id);
        assert!(
            !task.task.is_empty() && !task.sources.is_empty() && !task.alternative.is_empty(),
            "{}",
            task.id
        );
        assert!(!task.what_admin_meets.is_empty(), "{}", task.id);
    }
}

#[test]
fn the_cheap_question_misses_no_task() {
    for task in root_only_tasks().filter(|task| task.is_gate() && task.trigger != Trigger::None) {
        for action in task.real_actions {
            assert!(may_be_root_only(action.split(':').next().unwrap_or("")), "{action}");
        }
    }
    assert!(may_be_root_only("IAM") && !may_be_root_only("ec2"));
}

#[test]
fn compare_lists_what_is_root_only_today() {
    let today: Vec<_> = comparable_tasks(FACTS_DATE).map(|(task, status)| (task.id, status)).collect();
    let ids: Vec<_> = today.iter().map(|(id, _)| *id).collect();
    let expected =
        ["R1", "R2", "R3", "R5", "R6", "R7", "R9", "R11", "R12", "R13", "R14", "R15", "R16", "R20"];
    assert_eq!(ids, expected);
    let either: Vec<_> =
        today.iter().filter(|(_, status)| *status == TaskStatus::Either).map(|(id, _)| *id).collect();
    assert_eq!(either, ["R15"]);
}

#[test]
fn the_account_name_needed_root_until_it_could_be_granted() {
    assert_eq!(status("N1", "2021-08-01"), TaskStatus::RootOnly);
    assert_eq!(status("N1", "2025-04-21"), TaskStatus::RootOnly);
    assert_eq!(status("N1", "2025-04-22"), TaskStatus::NotRootOnly);
    assert_eq!(status("N1", "2026-11-23"), TaskStatus::NotRootOnly);
    assert_eq!(status("N6", "2022-09-28"), TaskStatus::RootOnly);
    assert_eq!(status("N6", "2022-09-29"), TaskStatus::NotRootOnly);
    assert_eq!(status("R19", "2026-07-30"), TaskStatus::NotRootOnly);
}

#[test]
fn a_day_between_two_lists_is_unknown() {
    assert_eq!(status("N7", "2019-06-01"), TaskStatus::Unknown);
    assert_eq!(status("N7", "2021-01-01"), TaskStatus::NotRootOnly);
    assert_eq!(status("R9", "2015-01-01"), TaskStatus::Unknown);
    assert_eq!(status("R7", "2020-01-01"), TaskStatus::NotYet);
    assert_eq!(status("R7", "2026-10-01"), TaskStatus::Unknown);
    assert_eq!(status("R7", "2026-11-23"), TaskStatus::RootOnly);
}

#[test]
fn actions_lead_to_their_tasks_in_any_letter_case() {
    assert_eq!(by_pseudo_action("RootOnly:closeaccount").map(|task| task.id), Some("R6"));
    assert_eq!(by_real_action("Account:PutAccountName").map(|task| task.id).collect::<Vec<_>>(), ["N1"]);
    assert!(by_real_action("supportplans:StartSupportPlanUpdate").any(|task| task.id == "N6"));
    assert_eq!(by_real_action("supportplansx:Start").count(), 0);
    assert_eq!(nearest_pseudo_action("rootonly:CloseAcount"), Some("rootonly:CloseAccount"));
}

#[test]
fn wrong_days_are_refused() {
    for wrong in
        ["2026-1-01", "2026-13-01", "2026-00-10", "2023-02-29", "2026-11-31", "20261123", "", "2026-11-é"]
    {
        assert_eq!(Date::parse(wrong), None, "{wrong}");
    }
    assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
}

#[test]
fn built_in_policies_are_json_and_found_by_name_and_arn() {
    for policy in managed_policies().chain(root_task_policies()) {
        let document: serde_json::Value = serde_json::from_str(policy.document).expect("JSON");
        assert_eq!(document["Version"], "2012-10-17", "{}", policy.name);
        assert!(policy.arn.ends_with(policy.name));
    }
    assert_eq!(
        managed_policy("arn:aws:iam::aws:policy/job-function/Billing").map(|p| p.name),
        Some("Billing")
    );
    let full = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";
    assert_eq!(managed_policy("FullAWSAccess").map(|policy| policy.arn), Some(full));
}

#[test]
fn the_task_of_deleting_credentials_spares_virtual_mfa_devices() {
    let task = root_task_policy("IAMDeleteRootUserCredentials").expect("a task"); // I15
    assert!(
        !task.document.contains("DeleteVirtualMFADevice") && task.document.contains("DeactivateMFADevice")
    );
}

#[test]
fn task_policies_only_deny() {
    assert_eq!(root_task_policies().len(), 5);
    assert!(root_task_policies().iter().all(|policy| !policy.document.contains("\"Allow\"")));
    assert!(root_task_policy("S3UnlockBucketPolicy").is_some());
}

#[test]
fn some_actions_stay_at_home() {
    assert!(not_offered_across_accounts("kms", "PutKeyPolicy").is_some());
    assert!(not_offered_across_accounts("kms", "decrypt").is_none());
    assert!(not_offered_across_accounts("sqs", "SetQueueAttributes").is_some());
    assert!(not_offered_across_accounts("sqs", "SendMessage").is_none());
    let refusal = not_offered_across_accounts("S3", "PutBucketPolicy").expect("refused");
    assert_eq!((refusal.message, refusal.rule), (Some("405 Method Not Allowed"), rule("D14a")));
}

#[test]
fn credentials_refuse_what_policies_allow() {
    let root = credential_limit(CredentialKind::Root, "sts", "AssumeRole").expect("refused");
    assert_eq!(root.message, Some("Roles may not be assumed by root accounts."));
    assert!(credential_limit(CredentialKind::Root, "sts", "GetFederationToken").is_none());
    assert!(
        credential_limit(CredentialKind::FederationToken, "iam", "GetUser").is_some_and(|l| l.console_can)
    );
    assert!(credential_limit(CredentialKind::SessionTokenWithMfa, "iam", "GetUser").is_none());
    assert!(credential_limit(CredentialKind::SessionTokenWithMfa, "sts", "AssumeRole").is_none());
    for limit in credential_limits() {
        assert!(!limit.refused.contains("GetCallerIdentity") || limit.service != "sts", "{limit:?}");
        assert!(!limit.reason.is_empty());
    }
}

#[test]
fn rcp_services_are_sorted_and_hold_no_sns() {
    assert!(rcp_services().is_sorted());
    assert!(supports_rcp("s3") && supports_rcp("es") && !supports_rcp("opensearch") && !supports_rcp("sns"));
}

#[test]
fn the_billing_switch_closes_pages_and_no_api() {
    assert!(is_billing_console_action("billing", "GetBillingData"));
    assert!(is_billing_console_action("aws-portal", "ViewBilling"));
    assert!(!is_billing_console_action("ce", "GetCostAndUsage"));
    assert!(!is_billing_console_action("billing", "ListBillingViews"));
}

#[test]
fn protected_resources_of_iam_cannot_be_changed() {
    let aws = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    assert_eq!(protected_resource("iam", "CreatePolicyVersion", aws).map(|p| p.rule), Some(rule("D33")));
    assert_eq!(protected_resource("iam", "GetPolicy", aws), None);
    let sso = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x";
    assert_eq!(protected_resource("iam", "PassRole", sso).map(|p| p.rule), Some(rule("D34")));
    let own = "arn:aws:iam::111122223333:policy/Reports";
    assert_eq!(protected_resource("iam", "CreatePolicyVersion", own), None);
}

#[test]
fn calls_have_their_exceptions() {
    assert_eq!(needs_no_permission("STS", "getcalleridentity"), Some(rule("D29")));
    assert_eq!(needs_no_permission("sts", "GetFederationToken"), None);
    assert!(is_unsigned("sts", "AssumeRoleWithSAML") && is_own_password_action("iam", "ChangePassword"));
    assert_eq!(decisive_resource_policy("kms", "Decrypt"), Some(rule("D22")));
    assert_eq!(decisive_resource_policy("sts", "GetFederationToken"), None);
    assert_eq!(pseudo_resource("s3", "ListAllMyBuckets"), Some("arn:{partition}:s3:::*"));
    assert!(lacks_resource_account("ebs", "GetSnapshotBlock") && !lacks_resource_account("s3", "GetObject"));
    assert_eq!(organizations_caller("LeaveOrganization"), OrganizationsCaller::Member);
    assert_eq!(organizations_caller("attachpolicy"), OrganizationsCaller::ManagementOrDelegated);
    assert_eq!(organizations_caller("ListAccounts"), OrganizationsCaller::ManagementOrDelegated);
    assert_eq!(organizations_caller("CloseAccount"), OrganizationsCaller::Management);
    assert!(scp_exemption("mechanicalturk", false).is_some() && scp_exemption("ec2", true).is_none());
    assert!(scp_exemption("supportplans", true).is_some() && scp_exemption("supportplans", false).is_none());
}
