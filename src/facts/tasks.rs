//! Actions that do one task together, on one resource: who is given one of them alone is denied the next one.
//!
//! From the policies of AWS that are for such a task: AmazonEC2ContainerRegistryPullOnly and AmazonECSTaskExecutionRolePolicy
//! (pulling), EC2InstanceProfileForImageBuilderECRContainerBuilds (pushing), AWSLambdaDynamoDBExecutionRole and
//! AWSLambdaKinesisExecutionRole (reading a stream), as of 2026-09-30.

use super::services::contains;

/// A task, and the actions that it takes on one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionTask {
    /// What is done: `pulling an image`.
    pub name: &'static str,
    /// The actions in full.
    pub actions: &'static [&'static str],
}

/// The task that an action belongs to, if it is done for one alone.
pub fn task_of(action: &str) -> Option<&'static ActionTask> {
    TASKS.iter().find(|task| contains(task.actions, action))
}

static TASKS: &[ActionTask] = &[
    ActionTask {
        name: "pulling an image",
        actions: &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
    },
    ActionTask {
        name: "pushing an image",
        actions: &[
            "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage",
            "ecr:BatchCheckLayerAvailability",
        ],
    },
    ActionTask {
        name: "reading a stream",
        actions: &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
    },
    ActionTask {
        name: "reading a stream",
        actions: &[
            "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
            "kinesis:GetShardIterator", "kinesis:ListShards",
        ],
    },
];
