//! What single actions can do that their names do not say: Service Authorization Reference and the security guides of
//! the services, as of 2026-11-29.

use crate::names::glob_fold;

/// What somebody can do who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// Lends the rights of a role.
    PassesRole,
    /// Acts with the rights of a role.
    IsRole,
    /// Changes the rights of others, and so its own.
    ChangesRights,
    /// Makes what a key has encrypted unreadable for ever.
    DestroysKey,
    /// Destroys data.
    DestroysData,
    /// Lets in others, the public included.
    LetsIn,
    /// Ends the record of what is done, or the watch over it.
    Blinds,
    /// Takes an account out of its organization.
    Leaves,
    /// Runs commands on machines, with the rights of their roles.
    RunsCommands,
}

impl Danger {
    /// The danger in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::PassesRole => {
                "whoever may pass a role lends its rights to the service, and so has the use of them"
            }
            Self::IsRole => "whoever assumes a role has all that it may do",
            Self::ChangesRights => "whoever may change IAM can give themself further rights",
            Self::DestroysKey => {
                "without the key, all that it has encrypted can never be read again, not even by AWS"
            }
            Self::DestroysData => "what is deleted is gone, with what was stored in it",
            Self::LetsIn => "whoever may say who else may use it can let in other accounts, and the public",
            Self::Blinds => "what is done afterwards is no longer recorded or watched",
            Self::Leaves => "an account that leaves its organization is bound by no SCP or RCP",
            Self::RunsCommands => "commands run on the machines have the rights of their roles",
        }
    }
}

/// The danger of an action, if it has one.
pub fn danger(action: &str) -> Option<Danger> {
    DANGERS.iter().find(|(pattern, _)| glob_fold(pattern, action)).map(|(_, danger)| *danger)
}

/// The actions that have a danger, some as patterns.
pub fn dangers() -> impl Iterator<Item = (&'static str, Danger)> {
    DANGERS.iter().copied()
}

/// Actions, some with wildcards; the first that covers an action counts.
#[rustfmt::skip]
static DANGERS: &[(&str, Danger)] = &[
    ("iam:PassRole", Danger::PassesRole),
    ("sts:AssumeRole*", Danger::IsRole),
    ("iam:Add*", Danger::ChangesRights),
    ("iam:Attach*", Danger::ChangesRights),
    ("iam:Create*", Danger::ChangesRights),
    ("iam:Delete*Boundary", Danger::ChangesRights),
    ("iam:Delete*Policy*", Danger::ChangesRights),
    ("iam:Detach*", Danger::ChangesRights),
    ("iam:Put*", Danger::ChangesRights),
    ("iam:SetDefaultPolicyVersion", Danger::ChangesRights),
    ("iam:Tag*", Danger::ChangesRights),
    ("iam:Untag*", Danger::ChangesRights),
    ("iam:Update*", Danger::ChangesRights),
    ("organizations:LeaveOrganization", Danger::Leaves),
    ("organizations:Attach*", Danger::ChangesRights),
    ("organizations:Detach*", Danger::ChangesRights),
    ("organizations:UpdatePolicy", Danger::ChangesRights),
    ("sso:Attach*", Danger::ChangesRights),
    ("sso:CreateAccountAssignment", Danger::ChangesRights),
    ("sso:Put*", Danger::ChangesRights),
    ("kms:DeleteImportedKeyMaterial", Danger::DestroysKey),
    ("kms:ScheduleKeyDeletion", Danger::DestroysKey),
    ("kms:CreateGrant", Danger::LetsIn),
    ("kms:PutKeyPolicy", Danger::LetsIn),
    ("backup:DeleteBackupVault", Danger::DestroysData),
    ("backup:DeleteRecoveryPoint", Danger::DestroysData),
    ("dynamodb:DeleteTable", Danger::DestroysData),
    ("dynamodb:DeleteBackup", Danger::DestroysData),
    ("ec2:DeleteSnapshot", Danger::DestroysData),
    ("ec2:DeleteVolume", Danger::DestroysData),
    ("ec2:TerminateInstances", Danger::DestroysData),
    ("elasticfilesystem:DeleteFileSystem", Danger::DestroysData),
    ("rds:DeleteDB*", Danger::DestroysData),
    ("s3:DeleteBucket", Danger::DestroysData),
    ("s3:DeleteObject*", Danger::DestroysData),
    ("s3:PutLifecycleConfiguration", Danger::DestroysData),
    ("secretsmanager:DeleteSecret", Danger::DestroysData),
    ("ec2:ModifyImageAttribute", Danger::LetsIn),
    ("ec2:ModifySnapshotAttribute", Danger::LetsIn),
    ("ecr:SetRepositoryPolicy", Danger::LetsIn),
    ("lambda:AddPermission", Danger::LetsIn),
    ("ram:CreateResourceShare", Danger::LetsIn),
    ("rds:ModifyDB*SnapshotAttribute", Danger::LetsIn),
    ("s3:PutAccountPublicAccessBlock", Danger::LetsIn),
    ("s3:PutBucketAcl", Danger::LetsIn),
    ("s3:PutBucketPolicy", Danger::LetsIn),
    ("s3:PutBucketPublicAccessBlock", Danger::LetsIn),
    ("s3:PutObjectAcl", Danger::LetsIn),
    ("secretsmanager:PutResourcePolicy", Danger::LetsIn),
    ("sns:AddPermission", Danger::LetsIn),
    ("sns:SetTopicAttributes", Danger::LetsIn),
    ("sqs:AddPermission", Danger::LetsIn),
    ("sqs:SetQueueAttributes", Danger::LetsIn),
    ("access-analyzer:DeleteAnalyzer", Danger::Blinds),
    ("cloudtrail:DeleteTrail", Danger::Blinds),
    ("cloudtrail:PutEventSelectors", Danger::Blinds),
    ("cloudtrail:StopLogging", Danger::Blinds),
    ("cloudtrail:UpdateTrail", Danger::Blinds),
    ("config:DeleteConfigurationRecorder", Danger::Blinds),
    ("config:DeleteDeliveryChannel", Danger::Blinds),
    ("config:StopConfigurationRecorder", Danger::Blinds),
    ("ec2:DeleteFlowLogs", Danger::Blinds),
    ("guardduty:DeleteDetector", Danger::Blinds),
    ("guardduty:Disassociate*", Danger::Blinds),
    ("guardduty:UpdateDetector", Danger::Blinds),
    ("logs:DeleteLog*", Danger::DestroysData),
    ("securityhub:DisableSecurityHub", Danger::Blinds),
    ("ec2-instance-connect:SendSSHPublicKey", Danger::RunsCommands),
    ("ssm:SendCommand", Danger::RunsCommands),
    ("ssm:StartSession", Danger::RunsCommands),
];

#[cfg(test)]
mod tests {
    use super::{Danger, danger};

    #[test]
    fn the_dangers_are_named_for_what_they_are() {
        assert_eq!(danger("kms:scheduleKeyDeletion"), Some(Danger::DestroysKey));
        assert_eq!(danger("cloudtrail:StopLogging"), Some(Danger::Blinds));
        assert_eq!(danger("s3:GetObject"), None);
    }
}
