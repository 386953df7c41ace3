//! Tasks that no longer need the root user, and some of which it is only said that they did.

use super::root_only::{Bound, RootOnlyTask, Trigger};
use super::root_only_today::{LIST_2018, LIST_2019_20, OUT_BY_2022, TASK};
use super::{Confidence, Date};

pub(super) static PAST: &[RootOnlyTask] = &[
    RootOnlyTask {
        id: "N1",
        task: "change the account name",
        real_actions: &["account:PutAccountName", "iam:UpdateAccountName"],
        trigger: Trigger::Always,
        from: Bound::Always,
        until: Bound::Date(Date::known("2025-04-22")),
        spec: "since 2025-04-22 `account:PutAccountName` can be granted",
        sources: &["IAM User Guide (2023): root-user-tasks", "IAM User Guide (2026): id_root-user"],
        confidence: Confidence::High,
        conflict: Some("the list for the China partition still has it"),
        ..PAST_TASK
    },
    RootOnlyTask {
        id: "N2",
        task: "change the contact information",
        real_actions: &["account:PutContactInformation"],
        trigger: Trigger::Always,
        from: LIST_2019_20,
        until: Bound::Between(Date::known("2020-01-01"), Date::known("2022-07-22")),
        spec: "on the list of about 2019/20; the API for contact information is of 2022-07-22",
        ..PAST_TASK
    },
    RootOnlyTask {
        id: "N3",
        task: "change the alternate contacts",
        real_actions: &["account:PutAlternateContact", "account:DeleteAlternateContact"],
        trigger: Trigger::Always,
        from: Bound::Unknown,
        until: Bound::Before(Date::known("2021-09-30")),
        spec: "the API for alternate contacts is of 2021-09-30; no list is known that names them",
        ..PAST_TASK
    },
    RootOnlyTask {
        id: "N4",
        task: "change the payment currency",
        real_actions: &["payments:UpdatePaymentPreferences"],
        ..CALL_OUT_BY_2022
    },
    RootOnlyTask {
        id: "N5",
        task: "enable or disable a Region",
        real_actions: &["account:EnableRegion", "account:DisableRegion"],
        ..CALL_OUT_BY_2022
    },
    RootOnlyTask {
        id: "N6",
        task: "change the support plan",
        real_actions: &["supportplans:*"],
        trigger: Trigger::Always,
        from: LIST_2018,
        until: Bound::Date(Date::known("2022-09-29")),
        spec: "since 2022-09-29 the actions of `supportplans` can be granted",
        confidence: Confidence::High,
        ..PAST_TASK
    },
    RootOnlyTask {
        id: "N7",
        task: "change payment methods and billing information",
        real_actions: &[
            "aws-portal:ModifyPaymentMethods", "payments:CreatePaymentInstrument",
            "payments:UpdatePaymentInstrument", "payments:DeletePaymentInstrument",
        ],
        trigger: Trigger::Always,
        spec: "on the list of 2018-03, gone from it by about 2019/20; needs IAM access to Billing",
        ..TASK_OUT_BY_2020
    },
    RootOnlyTask {
        id: "N8",
        task: "change the tax registration",
        real_actions: &[
            "tax:PutTaxRegistration", "tax:BatchPutTaxRegistration", "tax:DeleteTaxRegistration",
            "tax:BatchDeleteTaxRegistration",
        ],
        ..CALL_OUT_BY_2022
    },
    RootOnlyTask {
        id: "N9",
        task: "edit or delete a bucket policy with an invalid VPC or VPC endpoint id",
        real_actions: &["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        from: LIST_2019_20,
        until: Bound::Between(Date::known("2022-12-31"), Date::known("2024-12-31")),
        decides: false,
        spec: "a case of R17: such a policy denies everybody; the list was reworded about 2023/24",
        ..PAST_TASK
    },
    RootOnlyTask { id: "N10", task: "look up the canonical user id in the console", ..TASK_OUT_BY_2022 },
    RootOnlyTask { id: "N11", task: "opt in to longer EC2 resource ids for the account", ..TASK_OUT_BY_2022 },
    RootOnlyTask {
        id: "N12",
        task: "ask for reverse DNS for EC2",
        spec: "SCPs do not apply where the root user does it",
        ..TASK_OUT_BY_2022
    },
    RootOnlyTask { id: "N13", task: "create an X.509 signing certificate", ..TASK_OUT_BY_2020 },
    RootOnlyTask { id: "N14", task: "transfer a Route 53 domain to another account", ..TASK_OUT_BY_2020 },
    RootOnlyTask { id: "N15", task: "send the penetration test form", ..TASK_OUT_BY_2020 },
    RootOnlyTask {
        id: "N16",
        task: "edit the security challenge questions",
        from: Bound::Unknown,
        until: Bound::Date(Date::known("2025-01-06")),
        spec: "retired: no new ones since 2024-01-05, no edits since 2025-01-06",
        confidence: Confidence::High,
        what_admin_meets: "the page is gone",
        alternative: "there are no security questions any more",
        ..PAST_TASK
    },
    RootOnlyTask {
        id: "N17",
        task: "create or delete the account alias, or set the password policy",
        real_actions: &[
            "iam:CreateAccountAlias", "iam:DeleteAccountAlias", "iam:UpdateAccountPasswordPolicy",
            "iam:DeleteAccountPasswordPolicy",
        ],
        ..OFTEN_SAID
    },
    RootOnlyTask {
        id: "N18",
        task: "create, leave or remove an organization",
        real_actions: &[
            "organizations:CreateOrganization", "organizations:LeaveOrganization",
            "organizations:DeleteOrganization",
        ],
        ..OFTEN_SAID
    },
    RootOnlyTask { id: "N19", task: "register as an AWS Marketplace seller", ..OFTEN_SAID },
];

const PAST_TASK: RootOnlyTask = RootOnlyTask {
    sources: &["lists of root user tasks of 2018-03, about 2019/20, 2022 and 2023"],
    confidence: Confidence::Medium,
    what_admin_meets: "a page that asked for the root user, then; today policies decide",
    alternative: "grant the action to an IAM user or role",
    ..TASK
};

const TASK_OUT_BY_2020: RootOnlyTask = RootOnlyTask {
    from: LIST_2018,
    until: Bound::Between(Date::known("2018-03-31"), Date::known("2020-01-01")),
    ..PAST_TASK
};

const TASK_OUT_BY_2022: RootOnlyTask = RootOnlyTask { from: LIST_2019_20, until: OUT_BY_2022, ..PAST_TASK };

const CALL_OUT_BY_2022: RootOnlyTask = RootOnlyTask {
    trigger: Trigger::Always,
    spec: "on the list of about 2019/20, gone from it by 2022",
    ..TASK_OUT_BY_2022
};

const OFTEN_SAID: RootOnlyTask = RootOnlyTask {
    from: Bound::Never,
    until: Bound::Always,
    decides: false,
    spec: "often taken for a root-only task; policies decide",
    sources: &["IAM User Guide (2026): id_root-user", "general knowledge, no page"],
    what_admin_meets: "nothing special",
    ..PAST_TASK
};
