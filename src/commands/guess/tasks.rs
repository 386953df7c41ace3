//! Tasks as people say them, and the actions that they are.

/// A pattern of words, and the action that the task needs.
pub(super) const TASKS: &[(&str, &str)] = &[
    (
        "close|delete|cancel|remove|terminate [down] [the|my|an|a|this|his|her|our|your] [aws] account",
        "account:CloseAccount",
    ),
    (
        "see|view|read|open|check|access|get [the|my|our|a] [aws] bill|bills|billing|invoice|invoices [page|pages|console|information]",
        "billing:GetBillingData",
    ),
    ("create|make|add [a|an|new|more] [new] [iam] user|users", "iam:CreateUser"),
    ("delete|remove [a|an|the|other] [iam] user|users", "iam:DeleteUser"),
    ("create|make|add [a|new] [user] group|groups", "iam:CreateGroup"),
    ("create|make [a|new] role|roles", "iam:CreateRole"),
    ("create|make|write [a|new] policy|policies", "iam:CreatePolicy"),
    ("attach [a] policy|policies", "iam:AttachUserPolicy"),
    ("change|rename|set|edit [the|my|our] account name|name's", "account:PutAccountName"),
    ("rename [the|my|our|an] account", "account:PutAccountName"),
    ("change|set|create|make [the|my|our|an|a] [account] alias", "iam:CreateAccountAlias"),
    (
        "change|set|edit [the|my] [account|root|root's] [user|user's|account] email [address]",
        "rootonly:ChangeRootEmail",
    ),
    ("change|set|reset [the|my] root|root's [user|user's|account] password", "rootonly:ChangeRootPassword"),
    ("change|set [the|my|his|her] [own] password", "iam:ChangePassword"),
    (
        "turn-on|add|set|use [a|an|the] mfa [device] [for|of|on] [the] root|root's [user|account]",
        "rootonly:EnableRootMFA",
    ),
    (
        "turn-on|allow|give|open [the] [iam] [access] [to] [the] billing [access]",
        "rootonly:ActivateIamBillingAccess",
    ),
    ("create|make [an] access key|keys [for] [the] root [user]", "rootonly:CreateRootAccessKey"),
    ("reopen|restore [the|my|a] [closed] account", "rootonly:ReopenAccount"),
    (
        "start|launch|run|create [a|an|new] [ec2] machine|machines|instance|instances|server|servers|vm|vms",
        "ec2:RunInstances",
    ),
    ("start|launch|run|use ec2", "ec2:RunInstances"),
    ("create|make [a|an|new] [s3] bucket|buckets", "s3:CreateBucket"),
    ("list|see [all|the|my] [s3] buckets", "s3:ListAllMyBuckets"),
    ("leave [the|an|our|my] organization|organisation", "organizations:LeaveOrganization"),
    ("create|make [an|a] organization|organisation", "organizations:CreateOrganization"),
];
