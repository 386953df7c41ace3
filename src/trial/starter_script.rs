//! A script to start testing with: the questions worth asking of a world, with today's answers.

use std::collections::BTreeMap;

use crate::explain::Answer;
use crate::names::{AccountId, Arn};
use crate::question::Question;
use crate::question::space::inhabitants;
use crate::session::{Precision, Session};
use crate::source::one_line;
use crate::world::{Account, Principal, PrincipalKind};

/// How many users and roles of an account are asked about.
const MOST: usize = 40;

/// Actions that lead to all others, stop the witnesses, or cannot be taken back; `ID` is the account.
const PRIVILEGED: [(&str, Option<&str>); 7] = [
    ("iam:CreateAccessKey", Some("arn:aws:iam::ID:user/example")),
    ("iam:AttachUserPolicy", Some("arn:aws:iam::ID:user/example")),
    ("iam:PassRole", Some("arn:aws:iam::ID:role/example")),
    ("s3:DeleteBucket", Some("arn:aws:s3:::example")),
    ("ec2:RunInstances", None),
    ("cloudtrail:StopLogging", Some("arn:aws:cloudtrail:us-east-1:ID:trail/example")),
    ("organizations:LeaveOrganization", None),
];

/// What outsiders would do to a resource, by service; the second word is put behind the ARN.
const OUTSIDE: [(&str, &str, &str); 8] = [
    ("s3", "s3:GetObject", "/example"),
    ("s3", "s3:PutObject", "/example"),
    ("sqs", "sqs:SendMessage", ""),
    ("sns", "sns:Publish", ""),
    ("kms", "kms:Decrypt", ""),
    ("lambda", "lambda:InvokeFunction", ""),
    ("secretsmanager", "secretsmanager:GetSecretValue", ""),
    ("ecr", "ecr:BatchGetImage", ""),
];

/// A user of an account that no world knows.
const STRANGER: &str = "arn:aws:iam::999999999999:user/stranger";

/// Questions that reach the statements of a world.
#[derive(Clone, Debug, Default)]
pub struct ReachingQuestions {
    /// Each with the statement that it is asked for.
    pub questions: Vec<(String, Question)>,
    /// The statements that no question reaches, each with the reason.
    pub unreached: Vec<String>,
}

/// The expectations of a starter script, in sections.
pub fn starter_script(session: &Session, now: i64, reaching: ReachingQuestions) -> String {
    let mut of_statements: BTreeMap<Option<AccountId>, Vec<(String, Question)>> = BTreeMap::new();
    for (title, question) in reaching.questions {
        of_statements.entry(question.principal.account()).or_default().push((title, question));
    }
    let untold = reaching.unreached;
    let mut script = Script { session: session.clone(), now, of_statements, untold, text: String::new() };
    let accounts: Vec<AccountId> = session.world().accounts().map(|account| account.id).collect();
    for id in accounts {
        script.account(id);
    }
    script.statements_by_others();
    script.public_access();
    script.not_covered();
    script.text
}

struct Script {
    session: Session,
    now: i64,
    /// Questions that reach statements, with what they are called, by the account of whoever asks.
    of_statements: BTreeMap<Option<AccountId>, Vec<(String, Question)>>,
    /// What no expectation covers, and why.
    untold: Vec<String>,
    text: String,
}

impl Script {
    fn account(&mut self, id: AccountId) {
        self.session.selected = Some(id);
        let world = self.session.world().clone();
        let Some(account) = world.account(id) else { return };
        self.text.push_str(&format!("\naccount {id}\n"));
        let principals = principals(account);
        self.section(&format!("root-only tasks, account {id}"));
        self.ask(&Principal::new(PrincipalKind::Root(id)), "account:CloseAccount", None);
        principals.iter().take(MOST).for_each(|who| self.ask(who, "account:CloseAccount", None));
        if principals.is_empty() {
            return;
        }
        self.section(&format!("privileged actions, account {id}"));
        for who in principals.iter().take(MOST) {
            for (action, resource) in PRIVILEGED {
                let resource = resource.map(|arn| arn.replace("ID", id.as_str()));
                self.ask(who, action, resource);
            }
        }
        if principals.len() > MOST {
            let more = principals.len() - MOST;
            self.text.push_str(&format!("# {more} more users and roles are left out\n"));
        }
        self.cross_account(account);
        let own = self.of_statements.remove(&Some(id)).unwrap_or_default();
        self.each_statement(&format!("each statement, account {id}"), own);
    }

    /// The statements that are reached by whoever is in no account of the world.
    fn statements_by_others(&mut self) {
        let others = std::mem::take(&mut self.of_statements).into_values().flatten().collect();
        self.each_statement("each statement, by others", others);
    }

    /// An expectation for each statement, as far as it can be stated.
    fn each_statement(&mut self, name: &str, own: Vec<(String, Question)>) {
        let mut is_begun = false;
        for (title, question) in own {
            let title = one_line(&title).into_owned();
            let Some(line) = self.expectation(question) else {
                self.untold.push(format!("{title}: the question that reaches it cannot be stated by itself"));
                continue;
            };
            if !std::mem::replace(&mut is_begun, true) {
                self.section(name);
            }
            self.text.push_str(&format!("# {title}\n{line}\n"));
        }
    }

    fn not_covered(&mut self) {
        if self.untold.is_empty() {
            return;
        }
        self.text.push_str("\n# No expectation above reaches these statements:\n");
        for what in std::mem::take(&mut self.untold) {
            self.text.push_str(&format!("#   {}\n", one_line(&what)));
        }
    }

    /// Who of outside may assume the roles.
    fn cross_account(&mut self, account: &Account) {
        let others: Vec<AccountId> = self.session.world().accounts().map(|own| own.id).collect();
        let others = others.into_iter().filter(|id| *id != account.id).take(3);
        let roots = others.map(|id| Principal::new(PrincipalKind::Root(id)));
        let outsiders: Vec<Principal> = Principal::parse(STRANGER).into_iter().chain(roots).collect();
        if account.roles.is_empty() {
            return;
        }
        self.section(&format!("cross-account access, account {}", account.id));
        for role in account.roles.values().take(MOST) {
            for who in &outsiders {
                self.ask(who, "sts:AssumeRole", Some(role.arn(account.id)));
            }
        }
    }

    fn public_access(&mut self) {
        let world = self.session.world().clone();
        let resources: Vec<String> = world.resources().map(|resource| resource.arn.to_string()).collect();
        if resources.is_empty() {
            return;
        }
        self.text.push('\n');
        self.section("public access");
        let strangers = [Some(Principal::new(PrincipalKind::Anonymous)), Principal::parse(STRANGER)];
        for arn in resources {
            let service = Arn::parse(&arn).map(|arn| arn.service().to_owned()).unwrap_or_default();
            for (_, action, suffix) in OUTSIDE.iter().filter(|(own, _, _)| *own == service) {
                let resource =
                    if arn.ends_with('*') { arn.replace('*', "example") } else { format!("{arn}{suffix}") };
                for who in strangers.iter().flatten() {
                    self.ask(who, action, Some(resource.clone()));
                }
            }
        }
    }

    fn section(&mut self, name: &str) {
        self.text.push_str(&format!("# == {}\n", one_line(name)));
    }

    /// Adds today's answer; what cannot be asked is left out.
    fn ask(&mut self, who: &Principal, action: &str, resource: Option<String>) {
        let question = Question::new(who.clone(), action);
        let line = self.expectation(Question { resource: resource.map(Into::into), ..question });
        self.text.extend(line.map(|line| line + "\n"));
    }

    /// Today's answer to a question, where it can be stated.
    fn expectation(&self, question: Question) -> Option<String> {
        let question = question.at(self.now);
        let answer = question.ask(self.session.world()).map(|asked| Answer::from(&asked)).ok()?;
        self.session.expectation(&question.into(), &answer, Precision::Reason, self.now)
    }
}

/// The users and roles of an account; the roles that AWS made are left out.
fn principals(account: &Account) -> Vec<Principal> {
    let is_own = |who: &Principal| !matches!(&who.kind, PrincipalKind::RoleSession { path, .. } if path.starts_with("/aws-"));
    inhabitants(account).filter(is_own).collect()
}
