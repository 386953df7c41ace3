//! The policies of the world, each with what it is called, for commands that look at texts.

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::lint::{LintOptions, Linted, LintedFile, lint, lint_document};
use crate::names::AccountId;
use crate::policy::{Policy, PolicyType};
use crate::session::{Context, Failure, FileOf, Session};
use crate::source::{Diagnostic, Place, Severity, Source, Span};
use crate::syntax::json::parse_json_in;
use crate::syntax::script::Word;
use crate::world::{Document, Entity, Identity, ManagedPolicy, WorldError, policy_kind};

/// A policy of the world.
pub(super) struct WorldPolicy {
    /// What it is called: `policy ReadReports`, `trust policy of role Deploy`.
    pub(super) label: String,
    kind: PolicyType,
    document: Document,
    /// The account that it is in; none for what is of an organization.
    account: Option<AccountId>,
    /// The words that name it.
    names: Vec<Box<str>>,
    /// Whose inline policy it is.
    on: Option<Entity>,
    /// Whether the public is kept out of the bucket whose policy it is, where the world says so (D36).
    keeps_out: Option<bool>,
}

/// What a word names that can be looked at: policies of the world, or a text.
pub(super) enum LookedAt {
    Policies(Vec<WorldPolicy>),
    Text(Arc<Source>),
}

impl LookedAt {
    /// What a word names: policies, a user, group, role or resource with policies, a file, a policy of AWS; `all` are
    /// all policies of the world.
    pub(super) fn named(
        word: &Word<'_>,
        on: Option<&Entity>,
        context: &mut Context<'_>,
    ) -> Result<Self, Failure> {
        let all = of_world(context.session);
        if word.text == "all" && on.is_none() {
            return Ok(Self::Policies(all));
        }
        let selected = context.session.selected();
        let is_near = |one: &WorldPolicy| one.account.is_none() || one.account == selected;
        let is_named = |one: &WorldPolicy| {
            let named = one.names.iter().any(|name| **name == *word.text);
            let by_arn = word.text.starts_with("arn:");
            named && (by_arn || is_near(one)) && (on.is_none() || one.on.as_ref() == on)
        };
        let found: Vec<WorldPolicy> = all.into_iter().filter(is_named).collect();
        if !found.is_empty() {
            return Ok(Self::Policies(found));
        }
        if let Some(on) = on {
            let what = format!("{on} has no inline policy `{}`", word.text);
            return Err(WorldError::new("unknown-policy", &*word.text, what).into());
        }
        match context.file(word, FileOf::Policy) {
            Ok(source) => Ok(Self::Text(source)),
            Err(wrong) => Err(unknown(context.session, word, wrong)),
        }
    }

    /// What is wrong with it, or probably not meant.
    pub(super) fn linted(&self, catalog: &Catalog) -> Vec<LintedFile> {
        match self {
            Self::Text(source) => {
                let policies = lint(source, catalog, &LintOptions::default());
                vec![LintedFile { name: source.name().to_owned(), policies }]
            }
            Self::Policies(all) => {
                let file = |one: &WorldPolicy| Some((one.label.clone(), one.linted(catalog)?));
                let files = all.iter().filter_map(file);
                files.map(|(name, linted)| LintedFile { name, policies: vec![linted] }).collect()
            }
        }
    }
}

impl WorldPolicy {
    /// The policy that was understood, or what is wrong with it; nothing where nobody gave its text.
    pub(super) fn policy(&self) -> Option<Result<&Policy, Failure>> {
        match &self.document {
            Document::Good(compiled) => Some(Ok(compiled.policy())),
            Document::Refused(wrong) => Some(Err(wrong.to_vec().into())),
            Document::Missing => None,
        }
    }

    /// Where its text stands.
    fn span(&self) -> Option<Span> {
        match &self.document {
            Document::Good(compiled) => Some(compiled.policy().document()),
            Document::Refused(_) | Document::Missing => None,
        }
    }

    fn linted(&self, catalog: &Catalog) -> Option<Linted> {
        let options = LintOptions { kind: Some(self.kind), ..LintOptions::default() };
        match &self.document {
            Document::Good(compiled) => {
                let policy = compiled.policy();
                let tree = parse_json_in(policy.source(), policy.document()).value?;
                let mut linted = lint_document(tree.root(), catalog, &options);
                if let Some(is_on) = self.keeps_out {
                    beside_the_block(linted.findings.iter_mut(), is_on);
                }
                Some(linted)
            }
            Document::Refused(wrong) => Some(Linted {
                kind: Some(self.kind),
                is_inferred: false,
                findings: wrong.to_vec(),
                suppressed: Vec::new(),
            }),
            Document::Missing => None,
        }
    }
}

/// Corrects what was found of the public in the policies of a script, where its world says how Block Public Access stands.
pub fn beside_the_world(session: &Session, linted: &mut [Linted]) {
    let blocks = of_world(session).into_iter().filter_map(|one| Some((one.span()?, one.keeps_out?)));
    for (span, is_on) in blocks.collect::<Vec<_>>() {
        for policy in linted.iter_mut() {
            beside_the_block(policy.findings.iter_mut().filter(|found| stands_in(found, span)), is_on);
        }
    }
}

fn stands_in(found: &Diagnostic, span: Span) -> bool {
    let place = found.labels.first().map(|label| label.place.span);
    place.is_some_and(|place| span.start <= place.start && place.end <= span.end)
}

/// What is found of the public, as Block Public Access of the world has it.
fn beside_the_block<'f>(findings: impl Iterator<Item = &'f mut Diagnostic>, is_on: bool) {
    for found in findings.filter(|found| found.code == "public") {
        if is_on {
            found.severity = Severity::Suggestion;
            found.message =
                found.message.replace(" is let in: ", " would be let in, were Block Public Access off: ");
        }
        let state = if is_on { "on here, and keeps the public out" } else { "off here" };
        found.help = Some(format!("Block Public Access is {state}"));
    }
}

/// Says both what is no file and what is no policy.
fn unknown(session: &Session, word: &Word<'_>, wrong: Failure) -> Failure {
    let is_missing = wrong.diagnostics().iter().any(|found| found.code == "no-such-file");
    if !is_missing || word.text.contains(['/', '.']) {
        return wrong;
    }
    let all = of_world(session);
    let names: Vec<&str> = all.iter().flat_map(|one| one.names.iter().map(AsRef::as_ref)).collect();
    let what = format!("there is no policy, nor a file, `{}`", word.text);
    let near = wrong.diagnostics().iter().find_map(|found| found.help.clone());
    let error = WorldError::new("unknown-policy", &*word.text, what).suggest(names);
    match (error.help.is_none(), near) {
        (true, Some(near)) => error.help(near).into(),
        _ => error.into(),
    }
}

/// All policies of the world that are somebody's own.
fn of_world(session: &Session) -> Vec<WorldPolicy> {
    let mut all = Vec::new();
    for account in session.world().accounts() {
        let id = account.id;
        let own = account.policies.values();
        all.extend(own.map(|policy| managed("policy", PolicyType::IdentityBased, policy, Some(id))));
        all.extend(account.identities().flat_map(|one| of_identity(one, id)));
    }
    for organization in session.world().organizations() {
        let controls = organization.control_policies();
        all.extend(controls.map(|(kind, policy)| managed(kind.keyword(), kind.policy_type(), policy, None)));
    }
    all.extend(session.world().resources().filter_map(|one| {
        let policy = of_resource("policy of", &one.arn, policy_kind(Some(&one.arn)), one.policy.as_ref()?)?;
        let block = session.world().public_access_block(Some(one.owner)).or(one.public_access_block);
        let is_said = block.is_said && one.arn.contains(":s3:::");
        Some(WorldPolicy { keeps_out: is_said.then_some(block.restrict_public_buckets), ..policy })
    }));
    all.extend(session.world().endpoints().filter_map(|one| {
        of_resource("policy of endpoint", &one.id, PolicyType::VpcEndpoint, one.policy.as_ref()?)
    }));
    all
}

fn managed(word: &str, kind: PolicyType, policy: &ManagedPolicy, account: Option<AccountId>) -> WorldPolicy {
    WorldPolicy {
        label: format!("{word} {}", policy.name),
        kind,
        document: policy.document().clone(),
        account,
        names: vec![policy.name.clone(), policy.arn.clone()],
        on: None,
        keeps_out: None,
    }
}

fn of_resource(what: &str, name: &str, kind: PolicyType, document: &Document) -> Option<WorldPolicy> {
    let (label, names) = (format!("{what} {name}"), vec![name.into()]);
    Some(WorldPolicy {
        label,
        kind,
        document: document.clone(),
        account: None,
        names,
        on: None,
        keeps_out: None,
    })
}

/// The inline policies of a user, group or role, and the trust policy of a role.
fn of_identity(one: Identity<'_>, account: AccountId) -> Vec<WorldPolicy> {
    let holder: [Box<str>; 3] =
        [one.name.into(), format!("{}/{}", one.kind, one.name).into(), one.arn(account).into()];
    let policy = |label, kind, document: &Document, on, name: Option<&str>| WorldPolicy {
        label,
        kind,
        document: document.clone(),
        account: Some(account),
        names: holder.iter().cloned().chain(name.map(Into::into)).collect(),
        on,
        keeps_out: None,
    };
    let trust = one.trust.map(|document| {
        policy(format!("trust policy of {}", one.label()), PolicyType::Trust, document, None, None)
    });
    let inline = one.permissions.inline.iter().map(|own| {
        let label = format!("inline policy {} of {}", own.name, one.label());
        policy(label, PolicyType::IdentityBased, &own.document, Some(one.entity()), Some(&own.name))
    });
    trust.into_iter().chain(inline).collect()
}

/// Where a finding stands, in few words: `world.iam:3:10`.
pub(super) fn spot(place: &Place) -> String {
    let at = place.line_column();
    format!("{}:{}:{}", place.source.name(), at.line, at.column)
}
