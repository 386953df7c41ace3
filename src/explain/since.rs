//! What has become of an answer since the world changed.

use std::fmt;
use std::sync::Arc;

use super::{Explanation, Verdict};

/// What has become of an answer since the world changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// It was asked for again, and was another one before.
    Other {
        /// The verdict before.
        verdict: Verdict,
        /// The line under it.
        headline: String,
    },
    /// It is from before, for it cannot be asked for again; what stands against that.
    Before(String),
}

impl Since {
    /// What has become of an answer of before by one of now, each with the line under the verdict; nothing where the two say
    /// the same.
    pub fn between(before: (Verdict, &str), now: (Verdict, &str)) -> Option<Self> {
        (before != now).then(|| Self::Other { verdict: before.0, headline: before.1.to_owned() })
    }
}

impl Explanation {
    /// With what has become of it since the world changed.
    pub fn and_since(&self, since: Since) -> Arc<Self> {
        Arc::new(Self { since: Some(since), ..self.clone() })
    }
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other { verdict, headline } => {
                write!(f, "the world has changed: before, it was {} ({headline})", verdict.word())
            }
            Self::Before(why) => write!(f, "this answer is from before the world changed: {why}"),
        }
    }
}
