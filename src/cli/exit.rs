//! Exit codes.

use std::process::ExitCode;

use crate::explain::Verdict;
use crate::reason;
use crate::session::{Outcome, Status};

/// How the program ends; of several the worst by invalid > failed > depends > denied > done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0: done, or allowed.
    Done,
    /// 2: denied.
    Denied,
    /// 4: depends; of a question about a pattern: allowed for some of it.
    Depends,
    /// 1: an expectation or a check failed.
    Failed,
    /// 3: invalid input, an unknown name, a file that cannot be read or written, wrong arguments.
    Invalid,
}

impl Exit {
    pub(super) fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Done,
            Verdict::ExplicitDeny | Verdict::ImplicitDeny => Self::Denied,
            Verdict::Depends => Self::Depends,
        }
    }

    /// What is only true of some requests must pass neither for allowed nor for denied.
    fn of_pattern(verdict: reason::PatternVerdict) -> Self {
        match verdict {
            reason::PatternVerdict::Allowed => Self::Done,
            reason::PatternVerdict::Denied => Self::Denied,
            _ => Self::Depends,
        }
    }

    pub(super) fn of_difference(verdict: reason::DiffVerdict) -> Self {
        match verdict {
            reason::DiffVerdict::Equal => Self::Done,
            reason::DiffVerdict::Unknown => Self::Depends,
            _ => Self::Failed,
        }
    }

    /// What an outcome says; verdicts count where the command line asked for them.
    pub(super) fn of(outcome: &Outcome, verdicts: bool) -> Self {
        match outcome.status {
            Status::Refused => Self::Invalid,
            Status::Missed => Self::Failed,
            Status::Answered(verdict) if verdicts => Self::of_verdict(verdict),
            Status::Covered(verdict) if verdicts => Self::of_pattern(verdict),
            Status::Compared(verdict) if verdicts => Self::of_difference(verdict),
            Status::Checked(reason::CheckVerdict::Fails) if verdicts => Self::Failed,
            Status::Checked(reason::CheckVerdict::Unknown) if verdicts => Self::Depends,
            Status::Done
            | Status::Answered(_)
            | Status::Covered(_)
            | Status::Compared(_)
            | Status::Checked(_) => Self::Done,
        }
    }

    pub(super) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Denied => 2,
            Self::Invalid => 3,
            Self::Depends => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
