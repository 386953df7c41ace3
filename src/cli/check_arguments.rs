//! The arguments of `diff` and `check`.

use clap::{Args, Subcommand};

/// `diff`
#[derive(Debug, Args)]
pub(super) struct DiffTask {
    /// The file of the old version
    pub(super) old: String,
    /// The file of the new version; of a world also a Terraform plan or CloudFormation template that is carried out in it
    pub(super) new: String,
    /// What kind of policies they are, where it is not the one that they look like: identity, boundary, session,
    /// resource, trust, key, endpoint, scp, rcp
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) kind: Option<String>,
    /// The ARN of the resource that has the policy, where the policy does not say it
    #[arg(long, value_name = "ARN")]
    pub(super) on: Option<String>,
    /// Writes the requests that are shown to this file, as lines of `batch`: `1 old` and `1 new` with the policies of
    /// either version; of worlds `1`, to be asked of each with `--world`
    #[arg(long, value_name = "FILE")]
    pub(super) requests: Option<String>,
    #[command(flatten)]
    pub(super) page: PageOption,
}

/// `--requests`
#[derive(Debug, Args)]
pub(super) struct RequestsOption {
    /// Writes the requests that are shown to this file, as lines of `batch`; of a world they are asked with `--world`
    #[arg(long, value_name = "FILE")]
    pub(super) requests: Option<String>,
}

/// `--html`
#[derive(Debug, Args)]
pub(super) struct PageOption {
    /// Writes the answer, with all that it lists, as a page to this file
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<String>,
}

/// `check`
#[derive(Debug, Subcommand)]
pub(super) enum CheckTask {
    /// Whether two versions of a policy or of a world allow the same requests
    Equivalent(DiffTask),
    /// Whether a new version of a policy or of a world allows no request that the old one does not
    NoNewAccess(DiffTask),
    /// Whether a policy, or a world to anybody, allows none of these actions on these resources
    ///
    /// `iamwhy check access-not-granted acme.iam 's3:Delete*' 'arn:aws:s3:::reports/*' except root alice`: of a world (a
    /// script, a dump of an account) everybody is asked about who is in it or whom its resources let in.
    AccessNotGranted {
        /// The file of the policy or of the world
        policy: String,
        /// Actions, then resources, each a pattern: `s3:Delete* arn:aws:s3:::reports/*`; of a world `except` and who is
        /// left out
        #[arg(required = true, num_args = 2.., value_name = "WORDS")]
        words: Vec<String>,
        #[command(flatten)]
        requests: RequestsOption,
        #[command(flatten)]
        page: PageOption,
    },
    /// Whether strangers are allowed anything on a resource
    ///
    /// A resource of `--world`, or one that has the policy of a file: `iamwhy check public policy.json`. The first line is
    /// `private`, `public` or `unknown`.
    Public {
        /// The ARN of a resource, or a file with its policy
        what: String,
        /// Of a file: the ARN of the resource, where the policy does not say it
        #[arg(long, value_name = "ARN")]
        on: Option<String>,
        #[command(flatten)]
        requests: RequestsOption,
        #[command(flatten)]
        page: PageOption,
    },
    /// What less than an identity-based policy is enough to keep requests allowed
    ///
    /// `iamwhy check least-privilege policy.json --expect tests.iam`: the smallest patterns for what the expectations of a
    /// script allow, or for the requests of a log, a line each as `batch` reads them; then the policy that has them. The
    /// first line is `holds` where nothing smaller was found, else `fails`.
    LeastPrivilege {
        /// The file of the policy
        policy: String,
        /// A script with expectations: what they say to be allowed stays so
        #[arg(long, value_name = "FILE", required_unless_present = "log")]
        expect: Option<String>,
        /// Requests that stay allowed, one a line; they are asked in the world of `--world`, if one is named
        #[arg(long, value_name = "FILE")]
        log: Option<String>,
        #[command(flatten)]
        page: PageOption,
    },
    /// Which parts of an identity-based policy, or statements of the policies of a world, change nothing
    ///
    /// The first line is `alive`, `dead` or `unknown`.
    Dead {
        /// The file of the policy or of the world
        policy: String,
        #[command(flatten)]
        page: PageOption,
    },
}
