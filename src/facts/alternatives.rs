//! Since when a call of AWS has been another way to a root-only task (E.4).

use super::{Bound, Date};

/// A call that does for another account what its root user could do alone before.
#[derive(Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The action.
    pub action: &'static str,
    /// The id of the root-only task.
    pub task: &'static str,
    /// Since when there is such a call.
    pub since: Bound,
}

/// The alternative that an action is.
pub fn alternative(action: &str) -> Option<&'static Alternative> {
    ALTERNATIVES.iter().find(|one| one.action.eq_ignore_ascii_case(action))
}

const MEMBER_EMAIL: Bound = Bound::Date(Date::known("2024-06-06"));

static ALTERNATIVES: &[Alternative] = &[
    Alternative {
        action: "organizations:CloseAccount",
        task: "R6",
        since: Bound::Between(Date::known("2022-03-01"), Date::known("2022-03-31")),
    },
    Alternative { action: "sts:AssumeRoot", task: "R4", since: Bound::Date(Date::known("2024-11-14")) },
    Alternative { action: "account:StartPrimaryEmailUpdate", task: "R1", since: MEMBER_EMAIL },
    Alternative { action: "account:AcceptPrimaryEmailUpdate", task: "R1", since: MEMBER_EMAIL },
];
