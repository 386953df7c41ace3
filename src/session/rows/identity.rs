//! Commands that say who asks.

use super::super::assume::{AssumeRole, AssumeRoot, Federate};
use super::super::command::Command;
use super::super::context::{Context, option, tags, word};
use super::super::failure::Failure;
use super::super::identity::SignIn;
use super::super::table::{Group, Row};
use crate::policy::PolicyType;
use crate::syntax::script::Words;
use crate::world::{NamedDocument, Tags};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Identity.row("sign-in (root EMAIL:WORD | NAME at ACCOUNT) [mfa]", "signs in to the console: the root user by e-mail, an IAM user by account and name", "sign-in alice at acme", sign_in),
    Group::Identity.row("sign-out", "signs out", "sign-out", |_, _| Ok(Command::SignOut)),
    Group::Identity.row("whoami", "says who is signed in", "whoami", |_, _| Ok(Command::WhoAmI)),
    Group::Identity.row("open URL:WORD", "opens the sign-in page of an account; an alias that nobody has answers 404", "open https://acme.signin.aws.amazon.com/console", open),
    Group::Identity.row("assume PRINCIPAL as NAME [mfa | policy DOCUMENT | tags PAIR...]...", "assumes a role, if that is allowed", "assume Deploy as ci-1", assume),
    Group::Identity.row("assume-root ACCOUNT task WORD", "begins a root session in a member account for one task, if that is allowed", "assume-root 444455556666 task S3UnlockBucketPolicy", assume_root),
    Group::Identity.row("federate NAME [policy DOCUMENT]", "begins a federated user session of the user who is signed in, if that is allowed", "federate guest", federate),
];

fn sign_in(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let mfa = words.has("mfa");
    let who = if words.has("root") {
        context.root_by_email(&word(words, "EMAIL"))?
    } else {
        context.user_at(&word(words, "NAME"), &word(words, "ACCOUNT"))?
    };
    Ok(Command::SignIn(SignIn { who, mfa }))
}

fn open(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Open(word(words, "URL")))
}

fn assume(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let session = option(words, "as", "NAME").unwrap_or_default();
    let role = context.role_session(&word(words, "PRINCIPAL"), &session)?;
    let policies = session_policies(words, context)?;
    Ok(Command::Assume(Box::new(AssumeRole {
        role,
        session,
        mfa: words.has("mfa"),
        policies,
        tags: tags(words)?,
        transitive: Vec::new(),
        external_id: None,
        source_identity: None,
    })))
}

fn assume_root(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let account = context.account_named(&word(words, "ACCOUNT"))?;
    Ok(Command::AssumeRoot(AssumeRoot { account, task: word(words, "WORD") }))
}

fn federate(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let policies = session_policies(words, context)?;
    Ok(Command::Federate(Box::new(Federate { name: word(words, "NAME"), policies, tags: Tags::new() })))
}

fn session_policies(words: &Words<'_>, context: &mut Context<'_>) -> Result<Vec<NamedDocument>, Failure> {
    let mut policies = Vec::new();
    for value in words.values("DOCUMENT") {
        let crate::syntax::script::Value::Document(at) = value else { continue };
        let document = context.document(at, PolicyType::Session)?;
        policies.push(NamedDocument { name: "session-policy".into(), document });
    }
    Ok(policies)
}
