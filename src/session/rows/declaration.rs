//! Commands that declare what there is in a world.

use super::super::command::Command;
use super::super::context::{Context, option, path, tags, word};
use super::super::failure::Failure;
use super::super::table::{Group, Row};
use crate::names::{AccountId, Arn};
use crate::policy::PolicyType;
use crate::syntax::script::Words;
use crate::world::{
    AccountSetting, AccountState, Change, Document, OrganizationChange, PublicAccessLevel, ResourceChange,
    WorldError, policy_kind,
};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Declaration.row("account ACCOUNT-ID [TEXT [alias NAME]]", "creates an account, which always has exactly one root user, or selects one", "account 777788889999 \"Beta\" alias beta", account),
    Group::Declaration.row("root EMAIL:WORD [mfa]", "gives the root user of the selected account its e-mail address, and MFA", "root owner@acme.example mfa", root),
    Group::Declaration.row("user NAME [path WORD] [id WORD] [tags PAIR...]", "creates an IAM user; its unique id is made up unless it is given", "user carol path /dev/ tags team=core", user),
    Group::Declaration.row("group NAME [path WORD] [members NAME...]", "creates a user group", "group auditors members alice bob", group),
    Group::Declaration.row("role NAME [path WORD] [id WORD] trust DOCUMENT [tags PAIR...]", "creates a role with its trust policy", r#"role Deploy trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }"#, role),
    Group::Declaration.row("policy|scp|rcp NAME DOCUMENT", "creates a customer managed policy, an SCP or an RCP, or gives it a new version; the ARN of an AWS managed policy stores the document of that", r#"policy NoDelete { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" } }"#, policy),
    Group::Declaration.row("inline NAME on ENTITY DOCUMENT", "puts an inline policy into a user, group or role", r#"inline ReadLogs on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "logs:Get*", "Resource": "*" } }"#, inline),
    Group::Declaration.row("boundary POLICY on ENTITY", "sets the permissions boundary of a user or role", "boundary PowerUserAccess on user bob", boundary),
    Group::Declaration.row("resource ARN [owner ACCOUNT] [policy DOCUMENT] [tags PAIR...]", "declares a resource: its owner, policy and tags", "resource arn:aws:s3:::reports owner 111122223333 tags env=prod", resource),
    Group::Declaration.row("endpoint NAME vpc WORD [owner ACCOUNT] [policy DOCUMENT]", "declares a VPC endpoint", "endpoint vpce-1a2b3c vpc vpc-1a2b3c", endpoint),
    Group::Declaration.row("access-point ARN of ARN [vpc WORD] [policy DOCUMENT]", "declares an access point of a bucket", "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap of arn:aws:s3:::reports", access_point),
    Group::Declaration.row("grant PRINCIPAL on ARN actions ACTION...", "adds a grant to a KMS key", "grant alice on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab actions kms:Decrypt", grant),
    Group::Declaration.row("organization NAME management ACCOUNT-ID", "creates the organization with its management account", "organization o-exampleorg management 111122223333", organization),
    Group::Declaration.row("ou NAME [under NAME]", "creates an organizational unit", "ou Prod under Workloads", unit),
    Group::Declaration.row("delegate SERVICE:WORD to account ACCOUNT", "makes an account the delegated administrator of a service", "delegate iam.amazonaws.com to account 444455556666", delegate),
    Group::Declaration.row("root-access (credentials|sessions) (on|off)", "switches a feature of central root access in the organization", "root-access sessions on", root_access),
    Group::Declaration.row("billing-access (on|off)", "switches IAM access to Billing in the selected account; only its root user can", "billing-access on", billing_access),
    Group::Declaration.row("change-own-password (on|off)", "says whether the users of the selected account may change their own password", "change-own-password on", change_own_password),
    Group::Declaration.row("public-access-block (on|off) [for (organization | ARN)] [SWITCH:WORD...]", "switches S3 Block Public Access of the selected account, of a bucket or access point, or of the organization", "public-access-block on for arn:aws:s3:::acme-reports", public_access_block),
    Group::Declaration.row("bucket-abac (on|off) for ARN", "says whether the tags of a bucket count in access control, as aws:ResourceTag and s3:BucketTag", "bucket-abac on for arn:aws:s3:::acme-reports", bucket_abac),
    Group::Declaration.row("account-state (active|closed|suspended)", "says whether the selected account works", "account-state closed", account_state),
    Group::Declaration.row("region NAME (on|off)", "switches a Region of the selected account", "region eu-south-1 off", region),
];

fn change(change: Change) -> Result<Command, Failure> {
    Ok(Command::Change(Box::new(change)))
}

fn account(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    let name = words.get("TEXT").map(|text| (&*text.text).into());
    Ok(Command::Account { id: account_id(words)?, name, alias: option(words, "alias", "NAME") })
}

fn account_id(words: &Words<'_>) -> Result<AccountId, Failure> {
    let text = word(words, "ACCOUNT-ID");
    AccountId::parse(&text).ok_or_else(|| {
        WorldError::new("bad-account-id", &*text, format!("`{text}` is not the id of an account")).into()
    })
}

fn root(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let setting = AccountSetting::Root { email: word(words, "EMAIL"), mfa: words.has("mfa") };
    change(Change::Account(context.account()?, setting))
}

fn user(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let (account, name) = (context.account()?, word(words, "NAME"));
    change(Change::CreateUser {
        account,
        name,
        path: path(words),
        tags: tags(words)?,
        id: option(words, "id", "WORD"),
    })
}

fn group(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let mut names = words.all("NAME").map(|name| (&*name.text).into());
    let name = names.next().unwrap_or_default();
    let members = names.collect();
    change(Change::CreateGroup { account: context.account()?, name, path: path(words), members })
}

fn role(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let (account, name, path) = (context.account()?, word(words, "NAME"), path(words));
    let trust = context.document_of(words, PolicyType::Trust)?;
    change(Change::CreateRole {
        account,
        name,
        path,
        trust,
        tags: tags(words)?,
        id: option(words, "id", "WORD"),
    })
}

fn policy(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let name = word(words, "NAME");
    if words.has("scp") {
        let document = context.document_of(words, PolicyType::ServiceControl)?;
        return change(Change::Organization(OrganizationChange::PutScp { name, document }));
    }
    if words.has("rcp") {
        let document = context.document_of(words, PolicyType::ResourceControl)?;
        return change(Change::Organization(OrganizationChange::PutRcp { name, document }));
    }
    let document = context.document_of(words, PolicyType::IdentityBased)?;
    if !name.starts_with("arn:") {
        return change(Change::PutPolicy { account: context.account()?, name, path: "/".into(), document });
    }
    policy_of_arn(name, document, context)
}

/// A policy by its ARN: one of AWS, or one of the selected account with its path.
fn policy_of_arn(arn: Box<str>, document: Document, context: &Context<'_>) -> Result<Command, Failure> {
    let parsed = Arn::parse(&arn).filter(|arn| arn.service() == "iam");
    let whole = parsed.and_then(|arn| arn.resource().strip_prefix("policy").map(|path| (arn, path)));
    let Some((parsed, (path, name))) = whole.and_then(|(arn, path)| Some((arn, path.rsplit_once('/')?)))
    else {
        let what = format!("`{arn}` is not the ARN of a managed policy");
        return Err(WorldError::new("bad-policy-arn", &*arn, what).into());
    };
    let (path, name): (Box<str>, Box<str>) = (format!("{path}/").into(), name.into());
    if parsed.account() == "aws" {
        return change(Change::PutAwsPolicy { arn: arn.clone(), name, document });
    }
    let account = context.account()?;
    if parsed.account_id() != Some(account) {
        let what = format!("`{arn}` is no policy of the selected account `{account}`");
        return Err(WorldError::new("foreign-policy", &*arn, what).into());
    }
    change(Change::PutPolicy { account, name, path, document })
}

fn inline(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let (account, on, name) = (context.account()?, context.entity_of(words)?, word(words, "NAME"));
    let document = context.document_of(words, PolicyType::IdentityBased)?;
    change(Change::PutInline { account, on, name, document })
}

fn boundary(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let policy = Some(word(words, "POLICY"));
    change(Change::SetBoundary { account: context.account()?, on: context.entity_of(words)?, policy })
}

fn resource(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let arn = word(words, "ARN");
    let policy = context.optional_document(words, policy_kind(Some(&arn)))?;
    let (owner, selected) = (owner(words, context)?, context.account()?);
    change(Change::Resource(ResourceChange::Put { arn, owner, selected, policy, tags: tags(words)? }))
}

fn owner(words: &Words<'_>, context: &Context<'_>) -> Result<Option<AccountId>, Failure> {
    words.get("ACCOUNT").map(|account| context.account_named(&account.text)).transpose()
}

fn endpoint(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let policy = context.optional_document(words, PolicyType::VpcEndpoint)?;
    let owner = owner(words, context)?.or(context.session.selected);
    change(Change::Resource(ResourceChange::PutEndpoint {
        id: word(words, "NAME"),
        vpc: word(words, "WORD"),
        owner,
        policy,
    }))
}

fn access_point(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let policy = context.optional_document(words, PolicyType::ResourceBased)?;
    let bucket = option(words, "of", "ARN").unwrap_or_default();
    change(Change::Resource(ResourceChange::PutAccessPoint {
        arn: word(words, "ARN"),
        bucket,
        vpc: option(words, "vpc", "WORD"),
        policy,
    }))
}

fn grant(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let principal = context.principal(&word(words, "PRINCIPAL"))?;
    // A grant to a role is a grant to its sessions, whatever their names.
    let principal = principal.role_arn().unwrap_or_else(|| principal.arn()).into();
    let actions = words.all("ACTION").map(|action| (&*action.text).into()).collect();
    change(Change::Resource(ResourceChange::PutGrant { key: word(words, "ARN"), principal, actions }))
}

fn organization(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    change(Change::Organization(OrganizationChange::Create {
        id: word(words, "NAME"),
        management: account_id(words)?,
    }))
}

fn unit(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    change(Change::Organization(OrganizationChange::CreateUnit {
        name: word(words, "NAME"),
        under: option(words, "under", "NAME"),
    }))
}

fn delegate(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let account = context.account_named(&word(words, "ACCOUNT"))?;
    change(Change::Organization(OrganizationChange::Delegate { service: word(words, "SERVICE"), account }))
}

fn root_access(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    change(Change::Organization(OrganizationChange::SetRootAccess {
        sessions: words.has("sessions"),
        on: words.has("on"),
    }))
}

fn billing_access(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    change(Change::Account(context.account()?, AccountSetting::BillingAccess(words.has("on"))))
}

fn change_own_password(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    change(Change::Account(context.account()?, AccountSetting::ChangeOwnPassword(words.has("on"))))
}

fn public_access_block(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let level = match (words.get("ARN"), words.has("organization")) {
        (Some(arn), _) => PublicAccessLevel::Resource((&*arn.text).into()),
        (_, true) => PublicAccessLevel::Organization,
        _ => PublicAccessLevel::Account(context.account()?),
    };
    let switches = words.all("SWITCH").map(|switch| (&*switch.text).into()).collect();
    change(Change::Resource(ResourceChange::SetPublicAccessBlock { level, on: words.has("on"), switches }))
}

fn bucket_abac(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    let (bucket, on) = (word(words, "ARN"), words.has("on"));
    change(Change::Resource(ResourceChange::SetAbac { bucket, on }))
}

fn account_state(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let state = match (words.has("closed"), words.has("suspended")) {
        (true, _) => AccountState::Closed,
        (_, true) => AccountState::Suspended,
        _ => AccountState::Active,
    };
    change(Change::Account(context.account()?, AccountSetting::State(state)))
}

fn region(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let setting = AccountSetting::Region { region: word(words, "NAME"), on: words.has("on") };
    change(Change::Account(context.account()?, setting))
}
