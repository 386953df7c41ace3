//! The arguments of the program.

use std::io::Write;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::audit_arguments::{AuditTask, WhatCanTask, WhoCanTask};
use super::bench::BenchTask;
use super::check_arguments::{CheckTask, DiffTask};
use super::clauses::{Clauses, CompareTask};
use super::exit::Exit;
use super::fmt::FmtTask;
use super::lint::LintTask;
use super::output::written;
use super::policies::{PolicyFiles, PrincipalPolicies};
use super::replay::ReplayTask;
use super::serve::ServeTask;
use super::test::TestTask;
use crate::disk::stdout;
use crate::facts::FACTS_DATE;
use crate::report::Format;
use crate::source::{harmless, one_line};

static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}\nfacts of {FACTS_DATE}\ncatalog of {}",
        env!("CARGO_PKG_VERSION"),
        crate::catalog::Catalog::in_use().date()
    )
});

/// What AWS IAM would decide, and why, without AWS.
///
/// Without a command: the prompt, or, where standard input is not a terminal, the commands in it.
#[derive(Debug, Parser)]
#[command(name = "iamwhy", version = VERSION.as_str(), disable_help_subcommand = true)]
pub(super) struct Cli {
    /// Executes a statement; may be repeated
    #[arg(short, value_name = "STATEMENT", allow_hyphen_values = true)]
    pub(super) execute: Vec<String>,
    #[command(flatten)]
    pub(super) given: PrincipalPolicies,
    /// Starts in the world of a script or dump, or of a folder as `import` reads it; may be repeated. It writes nothing, and
    /// reads below its folder only
    #[arg(long, value_name = "FILE|FOLDER", global = true)]
    pub(super) world: Vec<String>,
    /// World files and tests may read files from outside of their folder
    #[arg(long, global = true)]
    pub(super) allow_outside: bool,
    /// Starts in an empty world
    #[arg(long, global = true)]
    pub(super) empty: bool,
    /// The form of the output
    #[arg(long, value_enum, global = true)]
    pub(super) format: Option<FormatName>,
    /// Answers that lack a policy are `depends`; `test` fails where an expectation is warned of
    #[arg(long, global = true)]
    pub(super) strict: bool,
    /// Answers that hang on a context key nobody gave are `depends`
    #[arg(long, global = true)]
    pub(super) strict_context: bool,
    #[command(subcommand)]
    pub(super) task: Option<Task>,
}

/// What the program is to do.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Runs a script
    Run(RunTask),
    /// Runs the expectations of scripts
    ///
    /// Scripts may be a stranger's: they write nothing, and read nothing from outside of their folder unless
    /// `--allow-outside` is given.
    Test(Box<TestTask>),
    /// Asks whether a principal may do something
    ///
    /// A `*` or `?` in the action or resource asks about all that it covers: `iamwhy can bob 's3:Get*' on
    /// 'arn:aws:s3:::reports/*'` is `allowed`, `denied` or `some`, with a request for each side; `${*}` is the character
    /// itself. The exit code is 0 where all is allowed, 2 where all is denied, else 4.
    Can(Box<QuestionTask>),
    /// Asks the same, and for the reasons; or explains what AWS said
    ///
    /// `iamwhy why TEXT` explains an error message of AWS, a CloudTrail event, what `aws sts
    /// decode-authorization-message` or IAM Toolbox prints, or a MalformedPolicyDocument message; `-` reads it from
    /// standard input. It is asked of `--world` and of the policies that are given, never of the demo world. What AWS
    /// said is the fact: where the answer here is another one, that is said first, and AWS's verdict is the exit code.
    Why(Box<WhyTask>),
    /// Asks for the conditions under which it is allowed
    When(Box<QuestionTask>),
    /// Lists everybody who may do something, and by what
    ///
    /// `iamwhy who-can --world world.iam s3:GetObject arn:aws:s3:::reports/q1.csv`: root users, users and roles of all
    /// accounts, and whoever the policy of the resource names. Of `'s3:Get*' 'arn:aws:s3:::reports/*'`, and of an action
    /// without a resource, who may do all of it and who a part. Several resources are several answers.
    WhoCan(WhoCanTask),
    /// Lists what a principal may do, by which statement, where and when
    ///
    /// `iamwhy what-can --world world.iam bob`: of which services how many actions of each access level, and what each
    /// statement allows, with its resources, conditions and exceptions; what policies of resources and roles allow beside.
    WhatCan(WhatCanTask),
    /// Decides every action on every resource for every principal
    ///
    /// `iamwhy matrix --world world.iam 'user/*' 's3:*' arn:aws:s3:::reports/q1.csv --format csv`: principals and actions are
    /// patterns, several with commas between them; without a resource `*` is asked for. As JSON a line for each request.
    Matrix(AuditTask),
    /// Finds how somebody comes by the rights of another, or by all
    ///
    /// `iamwhy paths --world world.iam bob to admin`, `paths to admin` for everybody: step by step, with what each step needs and
    /// by which statement it is allowed. The first line is `path`, `conditional`, `lead` or `no path`; the exit code is 1 for a path,
    /// 4 where it hangs on a condition or on something that runs, else 0.
    Paths(AuditTask),
    /// Compares two principals by the tasks that only the root user can do
    Compare(CompareTask),
    /// Compares two versions of a policy or of a world over all requests
    ///
    /// What is newly allowed and what is newly denied, statement by statement, each with a request that both versions
    /// were asked about; of policies of resources, roles and keys also for whom: strangers, other accounts, its own,
    /// services, and whoever is named; of worlds (scripts, dumps of an account) for each principal.
    /// `iamwhy diff acme.iam plan.json` tells what a Terraform plan (`terraform show -json`) or a template of CloudFormation would
    /// change in a world. The first line is `equal`, `wider`, `narrower`, `both` or `unknown`; the exit code is 0 for
    /// `equal`, 1 where they differ, 4 for `unknown`.
    Diff(DiffTask),
    /// Checks what must hold of all requests
    ///
    /// The first line is `holds`, `fails` or `unknown`, followed by a request for which it does not hold; the exit code
    /// is 0, 1 or 4.
    #[command(subcommand)]
    Check(CheckTask),
    /// Lists the actions that patterns match or that policies allow
    ///
    /// `iamwhy expand 's3:Get*'`, `iamwhy expand policy.json`, `iamwhy expand PowerUserAccess`: one action a line, of
    /// those that the catalog lists. Of a policy those that it allows on some resource and under some condition, without
    /// what it denies on every resource and under none. `-` reads a policy or a list from standard input.
    Expand(ActionsTask),
    /// Finds the fewest patterns that match the same actions
    ///
    /// Takes what `expand` takes, its output too: `iamwhy expand 's3:*Tagging' | iamwhy shrink -`. The patterns, with
    /// `*` at the end alone, match the same actions of the catalog and no other; actions that it does not list are kept
    /// as they are.
    Shrink(ActionsTask),
    /// Tells what is known of an action, a condition key, a resource type, a service, a rule, an operator
    ///
    /// `iamwhy info s3:GetObject`, `iamwhy info aws:SourceIp`, `iamwhy info s3:bucket`, `iamwhy info D.5`: of an action its
    /// level, the resources with their ARNs, the condition keys with their types and who sets them, the operations that
    /// need it, and what comes with it.
    Info(InfoTask),
    /// Finds what is wrong with policies, or probably not meant
    ///
    /// `iamwhy lint policies/`, `iamwhy lint --type scp guard.json`, `iamwhy lint -`. The first line is `clean` or
    /// `findings`. The exit code is 1 from `--fail-on` on, which is `warning` if nothing else is said.
    Lint(LintTask),
    /// Writes policies and scripts in one form
    ///
    /// Two blanks a level, elements in AWS's order, lists as they are written; `--canonical` makes policies with the same
    /// statements the same text. In scripts a policy on one line stays on one, comments stay. What is written means what it
    /// did. YAML has no form here: its comments, anchors and quotes would be lost. `iamwhy fmt --write policies/`,
    /// `iamwhy fmt --check policies/`, `iamwhy fmt world.iam`, `iamwhy fmt - < policy.json`.
    Fmt(FmtTask),
    /// Requests in, decisions out, one JSON a line
    ///
    /// Starts in an empty world, unlike `can` and `bench`: what the requests do not bring along is in that of
    /// `--world FILE`.
    Batch(BatchTask),
    /// Makes a script of the outputs of the AWS command line
    ///
    /// `iamwhy import --how` prints lines for a shell that collect them with calls that only read: accounts, the organization with its
    /// SCPs and RCPs, policies of resources, endpoints, grants, tags. `iamwhy import collected/ -o world.iam` makes a world of
    /// them; what is missing is said, never guessed.
    Import(ImportTask),
    /// Asks past calls again, to see which of them a change denies or allows
    ///
    /// `iamwhy replay cloudtrail/ --world new.iam --against old.iam`: each event of CloudTrail becomes a question to both
    /// worlds; without `--against` it is held to how AWS decided it. Calls that turned are grouped by who asked for what and
    /// what decides now. Ctrl-C ends with what was found so far. The first line is `equal`, `wider`, `narrower`, `both` or
    /// `unknown`; the exit code is 0 for `equal`, 1 where calls turned, 4 for `unknown`.
    Replay(ReplayTask),
    /// Answers an editor over standard input and output, by the Language Server Protocol
    ///
    /// `iamwhy lsp --world prod.iam`: what is wrong with policies, templates and scripts while they are written, what an
    /// action, key or operator is, what can stand here, what mends it, the one form, and what expectations make of it. The
    /// README has the settings of editors.
    Lsp,
    /// Answers an assistant over standard input and output, by the Model Context Protocol
    ///
    /// `iamwhy mcp --world prod.iam`: tools that ask `can`, `why`, `when`, `who-can`, `what-can`, `diff`, `lint`, `test` and
    /// `info`. They change nothing, and read files below `--root` only. An assistant begins it as `{"command": "iamwhy",
    /// "args": ["mcp", "--world", "prod.iam"]}`.
    Mcp(McpTask),
    /// Answers AWS's own clients on a port of this machine: simulations, checks, and what the world holds
    ///
    /// `iamwhy serve --world prod.iam` prints the lines that a shell sets, and with them `aws iam simulate-principal-policy`,
    /// boto3 and the validators of AWS ask here instead of AWS. The access key is the id of the account that asks; signatures
    /// are not looked at. What changes something is refused. Where a file of the world changes, the world is loaded again.
    Serve(ServeTask),
    /// What a decision costs on your own policies
    ///
    /// With `--policy` it starts in an empty world, else in the demo world or that of `--world FILE`.
    Bench(BenchTask),
    /// Tells of the catalog of actions, or makes one
    #[command(subcommand)]
    Catalog(CatalogTask),
    /// Explains a command of the prompt, a clause or a word, or lists the commands
    ///
    /// `iamwhy help can`, `iamwhy help permission-set`: what `help` tells at the prompt.
    Help {
        /// A command, a clause such as `using`, or a word such as `permission-set`
        #[arg(value_name = "TOPIC")]
        topic: Vec<String>,
    },
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, or that of a command
    ///
    /// `iamwhy man | man -l -`, `iamwhy man lint`, `iamwhy man --into share/man/man1`.
    Man(ManTask),
}

/// `man`
#[derive(Debug, Args)]
pub(super) struct ManTask {
    /// A command, such as `lint`
    pub(super) command: Option<String>,
    /// Writes the pages of all commands into a folder, for packages
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub(super) into: Option<String>,
}

/// `mcp`
#[derive(Debug, Args)]
pub(super) struct McpTask {
    /// The folder below which files may be read
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(super) root: String,
}

/// `run`
#[derive(Debug, Args)]
pub(super) struct RunTask {
    /// The script; `-` is standard input
    pub(super) file: String,
    /// Goes on after a statement that was refused
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// `can`, `why`, `when`
#[derive(Debug, Args)]
pub(super) struct QuestionTask {
    /// [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]..., as at the prompt
    #[arg(required = true, num_args = 1.., value_name = "WORDS")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) policies: PolicyFiles,
    #[command(flatten)]
    pub(super) clauses: Clauses,
}

/// `why`
#[derive(Debug, Args)]
pub(super) struct WhyTask {
    #[command(flatten)]
    pub(super) question: QuestionTask,
    /// Writes the answer also as a page with a drawing
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<String>,
    /// Shows the statements as they are written, every layer and the rules, too
    #[arg(long, conflicts_with = "short")]
    full: bool,
    /// Shows the causes and the change that costs least alone
    #[arg(long)]
    short: bool,
}

impl WhyTask {
    /// How much is to be shown, as the words of a statement say it.
    pub(super) fn extent(&self) -> Option<&'static str> {
        match (self.full, self.short) {
            (true, _) => Some("in full"),
            (_, true) => Some("short"),
            _ => None,
        }
    }
}

/// `expand` and `shrink`
#[derive(Debug, Args)]
pub(super) struct ActionsTask {
    /// Actions and patterns, files with a policy or a list of actions, names of AWS managed policies
    #[arg(required = true, num_args = 1.., value_name = "PATTERN|FILE")]
    pub(super) given: Vec<String>,
}

/// `info`
#[derive(Debug, Args)]
pub(super) struct InfoTask {
    /// What is asked about
    #[arg(required = true, num_args = 1.., value_name = "WORD")]
    pub(super) words: Vec<String>,
}

/// `batch`
#[derive(Debug, Args)]
pub(super) struct BatchTask {
    /// The requests, one a line; `-` is standard input
    #[arg(default_value = "-")]
    pub(super) file: String,
    /// Prints the JSON Schema of requests and answers
    #[arg(long)]
    pub(super) schema: bool,
}

/// `import`
#[derive(Debug, Args)]
pub(super) struct ImportTask {
    /// Outputs of the AWS command line, and folders of them
    #[arg(required_unless_present = "how", value_name = "FILE|FOLDER")]
    pub(super) paths: Vec<String>,
    /// The script to write; it makes the same world again
    #[arg(short, value_name = "FILE", required_unless_present = "how")]
    pub(super) output: Option<String>,
    /// Prints the lines for a shell that collect the outputs, with calls that only read
    #[arg(long, conflicts_with_all = ["paths", "output"])]
    pub(super) how: bool,
}

/// `catalog`
#[derive(Debug, Subcommand)]
pub(super) enum CatalogTask {
    /// Tells how much the built-in catalog holds, of which day it is, and what it was made of
    Info,
    /// Fetches what AWS lists today
    ///
    /// AWS's Service Reference, one document a service, by the program `curl` and through the proxy that the environment
    /// names, into the folder for data: `$XDG_DATA_HOME/iamwhy/catalog.bin`, `~/.local/share/iamwhy/catalog.bin`. Every
    /// command then answers by it as long as it is newer than the built-in one. IAMWHY_CATALOG names another file, or is
    /// `built-in`. An update that ends early changes nothing, and goes on where it ended.
    Update(UpdateTask),
    /// Encodes the catalog of actions
    Build {
        /// The actions, one JSON a line
        catalog: String,
        /// The global condition keys, one JSON a line
        global: String,
        /// The day of the data
        #[arg(long)]
        date: String,
        /// The file to write
        #[arg(short)]
        output: String,
    },
}

/// `catalog update`
#[derive(Debug, Args)]
pub(super) struct UpdateTask {
    /// The address of the index, or of a host that has a copy of AWS's paths; nothing is fetched from another host
    #[arg(long, value_name = "URL")]
    pub(super) from: Option<String>,
    /// How many seconds a document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) timeout: u32,
}

/// The names of the forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For a terminal
    Text,
    /// Without colours and frames
    Plain,
    /// For programs
    Json,
    /// Tables for spreadsheets, of `who-can`, `what-can`, `paths`, `matrix`, `diff` and `check`
    Csv,
    /// Tables for pull requests, of the same
    Markdown,
    /// A graph for Graphviz, of `paths` alone
    Dot,
    /// A graph for Mermaid, of `paths` alone
    Mermaid,
    /// SARIF 2.1.0, of `lint` alone
    Sarif,
    /// Annotations of GitHub Actions, of `lint` alone
    Github,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Plain => Self::Plain,
            // In these messages stay text, which no program reads as findings.
            FormatName::Sarif | FormatName::Github => Self::Plain,
            FormatName::Json => Self::Json,
            FormatName::Csv => Self::Csv,
            FormatName::Markdown => Self::Markdown,
            FormatName::Dot => Self::Dot,
            FormatName::Mermaid => Self::Mermaid,
        }
    }
}

/// The same complaint about arguments in which everything prints: a message repeats them.
pub(super) fn shown(wrong: clap::Error) -> clap::Error {
    let arguments = std::env::args_os().map(|word| one_line(&word.to_string_lossy()).into_owned());
    Cli::try_parse_from(arguments).err().unwrap_or(wrong)
}

/// Shows help and version, or what is wrong with the arguments.
pub(super) fn refused(wrong: &clap::Error) -> ExitCode {
    let mut text = harmless(&wrong.render().to_string()).into_owned();
    if wrong.kind() == ErrorKind::InvalidSubcommand {
        text.push_str("A script is run by `iamwhy run FILE`.\n");
    }
    let help = matches!(wrong.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    written(match help {
        true => stdout().and_then(|mut out| out.write_all(text.as_bytes())),
        false => std::io::stderr().write_all(text.as_bytes()),
    });
    if help { Exit::Done.into() } else { Exit::Invalid.into() }
}
