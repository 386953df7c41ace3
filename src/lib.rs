//! What AWS IAM would decide, and why, without AWS: no account, no credentials, no network.
//!
//! A question that brings its policy along:
//!
//! ```
//! use iamwhy::{Principal, Question, World};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let alice: Principal = "arn:aws:iam::111122223333:user/alice".parse()?;
//! let policy = r#"{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"}}"#;
//! let question = Question::new(alice, "s3:PutObject").on("arn:aws:s3:::reports/q1.csv").policy("Reports", policy);
//! let world = World::new();
//! let answer = question.ask(&world)?;
//! println!("{}", answer.explain()); // denied: implicit deny, and that the action alone is missing
//! # assert!(!question.ask(&world)?.decision.is_allowed());
//! # Ok(())
//! # }
//! ```
//!
//! A world from a script, in which AdministratorAccess does not make a root user:
//!
//! ```
//! use iamwhy::{Question, commands};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let world = commands::world("account 111122223333\nuser alice\nattach AdministratorAccess to user alice")?;
//! let alice = "arn:aws:iam::111122223333:user/alice".parse::<iamwhy::Principal>()?;
//! let question = Question::new(alice, "account:CloseAccount");
//! let answer = question.ask(&world)?;
//! assert!(!answer.decision.is_allowed());
//! println!("{}", answer.explain()); // denied: a root-only task (R6)
//! # Ok(())
//! # }
//! ```
//!
//! Many questions, one a line, in JSON: [`batch`]. The decision alone, without allocating: [`eval`].
//!
//! This page is the guide to the architecture. The modules stand on floors; data flows up, imports go down, and
//! the modules of one floor do not know each other (`tests/architecture.rs` sees to that).
//!
//! ```text
//! 16  cli        arguments, exit codes; starts the repl    python    worlds, policies and answers in Python, tables decided
//! 15  repl       the line editor and its loop                         mcp       questions as tools of an assistant
//!     lsp        what an editor asks while a policy is written        serve     what AWS's own clients ask, over HTTP
//! 14  assist     what can stand here, what comes next, what was meant, what each part is
//!     tools      questions by name, with arguments, each one statement        disk      files and folders, read and written
//! 13  commands   one file a command
//! 12  aws        the AWS command line                            trial     what scripts notice, what to start with
//!     batch      requests in, decisions out
//! 11  session    the kernel: statements understood and executed; it knows no command
//! 10  report     what people see: terminal, plain text, JSON      bench   what a decision costs, measured
//!  9  lint       what is wrong with a policy, or probably not meant    audit  who may do what, of all principals
//!     replay     past calls asked again in a changed world
//!  8  explain    why a decision is what it is, and what would turn it    analysis  coverage and mutants of policies
//!     reason     one answer for all requests: what a change allows and denies
//!     layout     lines cut between words, cells side by side, pages
//!  7  question   one question, asked of the engine; the search for a request
//!  6  eval       authorize(&Prepared, &mut impl Recorder) -> Decision; pure and total
//!     deploy     plans and templates -> a world in which they are carried out
//!  5  trace      what a decision looked like, as data             import  AWS dumps -> changes to a world
//!     recognise  what a text is that somebody pastes: messages, events
//!  4  world      accounts, principals, organizations, resources; `prepare` makes a request ready
//!  3  compile    policy -> flat matchers and index
//!  2  policy     the typed AST       catalog  actions and keys    facts   rules, root-only tasks, with dates
//!  1  syntax     JSON and scripts -> trees                        names   Arn, AccountId, ActionName, patterns
//!  0  source     texts, spans, diagnostics
//! ```
//!
//! One engine decides: [`eval::authorize`]. Everything above it asks, everything below it prepares.
#![cfg_attr(test, allow(clippy::print_stdout, reason = "tests may print"))]

pub mod source;

pub mod names;
pub mod syntax;

pub mod catalog;
pub mod facts;
pub mod policy;

pub mod compile;

pub mod world;

pub mod import;
pub mod recognise;
pub mod trace;

pub mod deploy;
pub mod eval;

pub mod question;

pub mod analysis;
pub mod explain;
pub mod reason;

pub mod layout;

pub mod audit;
pub mod lint;
pub mod replay;

pub mod batch;
#[cfg(feature = "cli")]
pub mod bench;
pub mod report;

pub mod session;

pub mod aws;
pub mod trial;

pub mod commands;

pub mod assist;
pub mod disk;
pub mod tools;

pub mod lsp;
pub mod mcp;
#[cfg(feature = "cli")]
pub mod repl;
#[cfg(feature = "cli")]
pub mod serve;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "python")]
pub mod python;

pub use question::Question;
pub use world::{Principal, World};
