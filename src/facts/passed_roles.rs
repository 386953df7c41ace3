//! To which services a call hands a role: the value of `iam:PassedToService` (D35).

use super::services::{contains, is};

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

/// The action by which a role of a service is mostly handed to it, for a call that passes a role is no call by itself.
pub fn takes_role_for(service: &str) -> Option<&'static str> {
    TAKERS.iter().find(|(known, _)| is(known, service)).map(|(_, action)| *action)
}

/// What each service calls its own that runs with a role, and the action that makes it: the API references of the
/// services, as of 2026-11-30 (general knowledge).
#[rustfmt::skip]
static TAKERS: &[(&str, &str)] = &[
    ("codebuild.amazonaws.com", "codebuild:CreateProject"),
    ("codepipeline.amazonaws.com", "codepipeline:CreatePipeline"),
    ("ec2.amazonaws.com", "ec2:RunInstances"),
    ("ecs-tasks.amazonaws.com", "ecs:RegisterTaskDefinition"),
    ("eks.amazonaws.com", "eks:CreateCluster"),
    ("glue.amazonaws.com", "glue:CreateJob"),
    ("lambda.amazonaws.com", "lambda:CreateFunction"),
    ("sagemaker.amazonaws.com", "sagemaker:CreateTrainingJob"),
    ("scheduler.amazonaws.com", "scheduler:CreateSchedule"),
    ("states.amazonaws.com", "states:CreateStateMachine"),
];

/// What a call is of little use without: a registry is entered with a token before an image is pulled or pushed (Amazon
/// ECR User Guide, private registry authentication; general knowledge, as of 2026-11-30).
pub fn goes_with(action: &str) -> Option<&'static str> {
    contains(OF_REGISTRY, action).then_some("ecr:GetAuthorizationToken")
}

static OF_REGISTRY: &[&str] = &[
    "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload", "ecr:PutImage",
];

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

/// What of a service runs with a role that it takes, as people call that: `functions`.
pub fn what_has_role(service: &str) -> Option<&'static str> {
    let known = RUNS.iter().find(|(name, _)| *name == service);
    known.map(|(_, what)| *what)
}

/// As of 2026-11-30, from the guides of the services about the roles that they take.
static RUNS: &[(&str, &str)] = &[
    ("lambda.amazonaws.com", "Lambda functions"),
    ("ec2.amazonaws.com", "instances"),
    ("ecs-tasks.amazonaws.com", "ECS tasks"),
    ("glue.amazonaws.com", "Glue jobs"),
    ("states.amazonaws.com", "state machines"),
    ("codebuild.amazonaws.com", "CodeBuild projects"),
    ("codepipeline.amazonaws.com", "pipelines"),
    ("cloudformation.amazonaws.com", "stacks"),
    ("sagemaker.amazonaws.com", "SageMaker jobs and notebooks"),
    ("firehose.amazonaws.com", "Firehose streams"),
    ("scheduler.amazonaws.com", "schedules"),
    ("pipes.amazonaws.com", "pipes"),
    ("batch.amazonaws.com", "Batch environments"),
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
