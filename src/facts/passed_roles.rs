//! To which services a call hands a role: the value of `iam:PassedToService` (D35).

use super::services::contains;

/// One service a line: its operations that hand a role to another service than their own, the likeliest first. The end
/// `.amazonaws.com` is left out.
///
/// The Service Reference of 2026-02-13, whose operations name the values of `iam:PassedToService`.
const TABLE: &str = include_str!("passed_to.txt");

/// The names of the services to which a call may hand a role, the likeliest first: `lambda.amazonaws.com`.
pub fn passed_to(service: &str, action: &str) -> Vec<String> {
    let services = listed(service, action).unwrap_or(service);
    services.split('+').map(|one| format!("{one}.amazonaws.com")).collect()
}

fn listed(service: &str, action: &str) -> Option<&'static str> {
    let mut lines = TABLE.lines().filter_map(|line| line.split_once(' '));
    let (_, operations) = lines.find(|(own, _)| own.eq_ignore_ascii_case(service))?;
    let mut operations = operations.split(' ').filter_map(|word| word.split_once('='));
    operations.find(|(own, _)| own.eq_ignore_ascii_case(action)).map(|(_, services)| services)
}

/// Whether every call of an action hands on a role; of others only those that are told one.
pub fn always_takes_role(action: &str) -> bool {
    contains(ALWAYS, action)
}

/// Actions whose operation has a role among its required members: the API references of the services, as of 2026-11-30
/// (general knowledge).
#[rustfmt::skip]
static ALWAYS: &[&str] = &[
    "backup:CreateBackupSelection", "backup:StartBackupJob", "batch:SubmitServiceJob", "codebuild:CreateProject",
    "codedeploy:CreateDeploymentGroup", "codepipeline:CreatePipeline", "dlm:CreateLifecyclePolicy",
    "eks:CreateCluster", "eks:CreateFargateProfile", "eks:CreateNodegroup", "emr-serverless:StartJobRun",
    "glue:CreateCrawler", "glue:CreateDevEndpoint", "glue:CreateJob", "iam:AddRoleToInstanceProfile",
    "kinesisanalytics:CreateApplication", "lambda:CreateFunction", "pipes:CreatePipe",
    "redshift:CreateScheduledAction", "sagemaker:CreateNotebookInstance", "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob", "scheduler:CreateSchedule", "states:CreateStateMachine", "transfer:CreateUser",
];

#[cfg(test)]
mod tests {
    use super::passed_to;

    #[test]
    fn a_role_is_handed_to_the_own_service_unless_the_table_says_another() {
        assert_eq!(passed_to("lambda", "CreateFunction"), ["lambda.amazonaws.com"]);
        assert_eq!(passed_to("ecs", "runtask"), ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"]);
        assert_eq!(passed_to("iam", "AddRoleToInstanceProfile"), ["ec2.amazonaws.com"]);
    }
}
