//! Who can make a change: whoever the engine allows the call that makes it.

use std::borrow::Cow;

use super::super::headline::alternatives;
use crate::names::AccountId;
use crate::question::{Asked, Question};
use crate::world::{Account, Principal, PrincipalKind};

/// How many users and roles of an account are asked about.
const ASKED: usize = 60;

/// How many are named.
const NAMED: usize = 3;

/// Who can make a change.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// As it stands here.
    Said(String),
    /// Whoever may call this.
    Caller {
        /// The action of the call.
        action: Cow<'static, str>,
        /// What it acts on.
        resource: String,
        /// The account in which it is made.
        account: AccountId,
    },
}

impl Asked<'_> {
    /// Who can make a change, in words; nothing where the world does not know the account.
    pub(super) fn who(&self, by: &By) -> Option<String> {
        match by {
            By::Said(words) => Some(words.clone()),
            By::Caller { action, resource, account } => {
                let known = self.request.world.account(*account)?;
                let names: Vec<String> = members(known)
                    .filter(|(_, principal)| self.may(principal, action, resource, *account))
                    .map(|(name, _)| name)
                    .collect();
                Some(self.named_for(&names, action, *account))
            }
        }
    }

    fn named_for(&self, names: &[String], action: &str, account: AccountId) -> String {
        let own = self.holder_name();
        let concerned = self.request.caller.account == Some(account) && !names.contains(&own);
        let not = if concerned && own != "root" { format!(", not {own}") } else { String::new() };
        let root = format!("the root user of account {account}");
        match names {
            [] => format!("nobody known here is allowed {action} in account {account}"),
            [one] if *one == root && action == "s3:PutBucketPolicy" => {
                format!("only {root}, who may change it whatever it denies ({action}, E12){not}")
            }
            [one] if *one == root => format!("only {root} ({action}){not}"),
            some if some.len() <= NAMED => format!("{} ({action}){not}", alternatives(some)),
            many => {
                let more = many.len() - NAMED;
                format!("{} or {more} more ({action}){not}", many[..NAMED].join(", "))
            }
        }
    }

    fn may(&self, principal: &Principal, action: &str, resource: &str, account: AccountId) -> bool {
        let question = Question::new(principal.clone(), action)
            .on(resource)
            .owned_by(account)
            .settings(*self.request.settings())
            .at(self.request.request.now);
        question.ask(self.request.world).is_ok_and(|asked| asked.decision.is_allowed())
    }
}

/// The users and roles of an account with their names, its root user last.
fn members(account: &Account) -> impl Iterator<Item = (String, Principal)> {
    let users = account.users.values().map(|user| (format!("user {}", user.name), user.arn(account.id)));
    let own = account.roles.values().filter(|role| !role.path.starts_with("/aws-service-role/"));
    let roles = own.map(|role| (format!("role {}", role.name), role.arn(account.id)));
    let entities = users.chain(roles).take(ASKED);
    let root = Principal::new(PrincipalKind::Root(account.id));
    entities
        .filter_map(|(name, arn)| Some((name, Principal::parse_arn(&arn)?)))
        .chain([(format!("the root user of account {}", account.id), root)])
}
