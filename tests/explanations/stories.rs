//! Small worlds, built by applying changes, and questions to them.

use iamwhy::explain::Explanation;
use iamwhy::names::AccountId;
use iamwhy::policy::PolicyType;
use iamwhy::question::{Asked, Question};
use iamwhy::source::Source;
use iamwhy::trace::StatementTrace;
use iamwhy::world::{
    AccountSetting, Change, ContextValue, ControlKind, Credentials, Document, Entity, OrganizationChange,
    Principal, ResourceChange, Settings, Tags, Target, World,
};

pub(crate) const ACME: &str = "111122223333";
pub(crate) const OTHER: &str = "444455556666";

pub(crate) fn id(text: &str) -> AccountId {
    AccountId::parse(text).expect("12 digits")
}

/// A policy text with the current version of the language around its statements.
pub(crate) fn policy(statements: &str) -> String {
    format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {statements}\n}}\n")
}

#[track_caller]
pub(crate) fn document(name: &str, text: &str, kind: PolicyType) -> Document {
    let (document, diagnostics) = Document::read(&Source::new(name, text), kind);
    assert!(document.compiled().is_some(), "{diagnostics:?}");
    document
}

/// A world with the accounts Acme (alice, bob, group admins with carol, role Deploy) and Acme Test.
pub(crate) struct Story {
    pub(crate) world: World,
}

impl Story {
    pub(crate) fn new() -> Self {
        let mut story = Self { world: World::new() };
        story.does(Change::CreateAccount { id: id(ACME), name: "Acme".into(), alias: None });
        story.does(Change::Account(
            id(ACME),
            AccountSetting::Root { email: "owner@acme.example".into(), mfa: true },
        ));
        story.does(Change::CreateAccount { id: id(OTHER), name: "Acme Test".into(), alias: None });
        for name in ["alice", "bob", "carol"] {
            story.does(Change::CreateUser {
                account: id(ACME),
                name: name.into(),
                path: "/".into(),
                tags: Tags::new(),
                id: None,
            });
        }
        let trust = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#;
        story.does(Change::CreateRole {
            account: id(ACME),
            name: "Deploy".into(),
            path: "/".into(),
            trust: document("trust.json", trust, PolicyType::Trust),
            tags: Tags::new(),
            id: None,
        });
        story.does(Change::CreateGroup {
            account: id(ACME),
            name: "admins".into(),
            path: "/".into(),
            members: vec!["carol".into()],
        });
        story.attach("AdministratorAccess", entity("alice"));
        story.attach("AdministratorAccess", entity("group/admins"));
        story
    }

    #[track_caller]
    pub(crate) fn does(&mut self, change: Change) {
        let said = format!("{change:?}");
        self.world.apply(change).unwrap_or_else(|e| panic!("{e}: {said}"));
    }

    pub(crate) fn attach(&mut self, policy: &str, to: Entity) -> &mut Self {
        self.does(Change::Attach { account: id(ACME), policy: policy.into(), to: Target::Entity(to) });
        self
    }

    /// A customer managed policy, attached; its source is `NAME.json`.
    pub(crate) fn grant(&mut self, to: &str, name: &str, statements: &str) -> &mut Self {
        let text = policy(statements);
        let document = document(&format!("{name}.json"), &text, PolicyType::IdentityBased);
        self.does(Change::PutPolicy { account: id(ACME), name: name.into(), path: "/".into(), document });
        self.attach(name, entity(to))
    }

    pub(crate) fn inline(&mut self, on: &str, name: &str, text: &str) -> &mut Self {
        let document = document(&format!("{name}.json"), text, PolicyType::IdentityBased);
        self.does(Change::PutInline { account: id(ACME), on: entity(on), name: name.into(), document });
        self
    }

    pub(crate) fn boundary(&mut self, on: &str, name: &str, statements: &str) -> &mut Self {
        let text = policy(statements);
        let document = document(&format!("{name}.json"), &text, PolicyType::IdentityBased);
        self.does(Change::PutPolicy { account: id(ACME), name: name.into(), path: "/".into(), document });
        self.does(Change::SetBoundary { account: id(ACME), on: entity(on), policy: Some(name.into()) });
        self
    }

    pub(crate) fn resource(&mut self, arn: &str, owner: &str, statements: Option<&str>) -> &mut Self {
        let text = statements.map(policy);
        let policy = text.map(|text| document("resource.json", &text, PolicyType::ResourceBased));
        self.does(Change::Resource(ResourceChange::Put {
            arn: arn.into(),
            holder: None,
            region: None,
            key: None,
            owner: Some(id(owner)),
            selected: id(owner),
            policy,
            tags: Tags::new(),
        }));
        self
    }

    /// An organization with Acme in the unit Prod, under an SCP.
    pub(crate) fn scp(&mut self, name: &str, statements: &str) -> &mut Self {
        if self.world.organizations().next().is_none() {
            let boss = "999999999999";
            self.does(Change::CreateAccount { id: id(boss), name: "Boss".into(), alias: None });
            self.does(Change::Organization(OrganizationChange::Create {
                id: "o-exampleorg".into(),
                management: id(boss),
            }));
            self.does(Change::Organization(OrganizationChange::CreateUnit {
                name: "Prod".into(),
                under: None,
            }));
            self.does(Change::Organization(OrganizationChange::MoveAccount {
                account: id(ACME),
                to: Target::Unit("Prod".into()),
            }));
        }
        let text = policy(statements);
        let document = document(&format!("{name}.json"), &text, PolicyType::ServiceControl);
        self.does(Change::Organization(OrganizationChange::PutControl {
            kind: ControlKind::Scp,
            name: name.into(),
            document,
        }));
        let to = Target::Unit("Prod".into());
        self.does(Change::Attach { account: id(ACME), policy: name.into(), to });
        self
    }

    pub(crate) fn why(&self, who: &str, action: &str, resource: &str) -> Explanation {
        self.why_with(who, action, resource, &[])
    }

    pub(crate) fn why_with(
        &self,
        who: &str,
        action: &str,
        resource: &str,
        context: &[(&'static str, &'static str)],
    ) -> Explanation {
        self.ask(who, action, resource, context, *self.world.settings())
    }

    #[track_caller]
    pub(crate) fn ask(
        &self,
        who: &str,
        action: &str,
        resource: &str,
        context: &[(&'static str, &'static str)],
        settings: Settings,
    ) -> Explanation {
        self.asked(who, action, resource, context, settings, |asked| asked.explain())
    }

    /// What the recorder notes of the first statement.
    pub(crate) fn first_trace(&self, who: &str, action: &str, resource: &str) -> StatementTrace {
        let first = |asked: Asked<'_>| asked.trace.statements.first().cloned();
        self.asked(who, action, resource, &[], *self.world.settings(), first).expect("a statement")
    }

    #[track_caller]
    fn asked<T>(
        &self,
        who: &str,
        action: &str,
        resource: &str,
        context: &[(&'static str, &'static str)],
        settings: Settings,
        look: impl FnOnce(Asked<'_>) -> T,
    ) -> T {
        let arn = match who {
            "anonymous" => who.to_owned(),
            _ if who.starts_with("arn:") || who.starts_with("service:") => who.to_owned(),
            "root" => format!("arn:aws:iam::{ACME}:root"),
            _ if who.contains('/') => format!("arn:aws:sts::{ACME}:assumed-role/{who}"),
            _ => format!("arn:aws:iam::{ACME}:user/{who}"),
        };
        let mut principal = Principal::parse(&arn).expect("a principal");
        if who == "root" {
            principal.credentials = Credentials::Console { mfa: true };
        }
        let mut question = Question::new(principal, action).settings(settings).at(1_700_000_000);
        question.resource = (!resource.is_empty()).then(|| resource.into());
        for (key, value) in context {
            let value = match value.split_once('|') {
                None => ContextValue::One((*value).into()),
                Some((a, b)) => ContextValue::Many(vec![a.into(), b.into()]),
            };
            question = question.with(*key, value);
        }
        look(question.ask(&self.world).expect("a good question"))
    }
}

/// `alice`, `group/admins`, `role/Deploy`.
pub(crate) fn entity(word: &str) -> Entity {
    match word.split_once('/') {
        Some(("group", name)) => Entity::Group(name.into()),
        Some((_, name)) => Entity::Role(name.into()),
        None => Entity::User(word.into()),
    }
}

/// The texts that an explanation underlines.
pub(crate) fn underlined(explanation: &Explanation) -> Vec<&str> {
    explanation.excerpts.iter().flat_map(|e| &e.labels).map(|label| label.place.text()).collect()
}
