//! What AWS said of one request, whatever form it was said in.

use crate::policy::Layer;
use crate::world::ContextEntry;

/// What a text of AWS says of one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// What kind of text says it.
    pub form: PastedForm,
    /// How the request ended.
    pub outcome: PastedOutcome,
    /// The ARN of the principal, or `anonymous`; some texts name nobody.
    pub principal: Option<String>,
    /// The ARN of the role behind a session, whose path the ARN of the session lacks.
    pub role: Option<String>,
    /// The action; where only the operation is named, the action of that name.
    pub action: Option<String>,
    /// The resource, without quotes; often left out (G1, G7).
    pub resource: Option<String>,
    /// Explicit or implicit, where it says.
    pub kind: PastedKind,
    /// The kind of policy that it names.
    pub layer: Option<Layer>,
    /// The ARN of the policy that it names (G3).
    pub policy_arn: Option<String>,
    /// Whether it is worded otherwise than today (G8).
    pub old_wording: bool,
    /// Whether it says that the policy that was to be stored is public (D37).
    pub public_policy: bool,
    /// Whether it carries an encoded authorization message that says more.
    pub encoded: bool,
    /// By which IAM Toolbox tells more.
    pub authorization_id: Option<String>,
    /// The keys of the request that it tells.
    pub context: Vec<ContextEntry<'static>>,
    /// The id of the event.
    pub event_id: Option<String>,
    /// What the two events of a call from one account to another have in common.
    pub shared_id: Option<String>,
    /// When the request was made, in epoch seconds.
    pub at: Option<i64>,
    /// The statements that it says applied.
    pub statements: Vec<String>,
    /// What else it says, and what a text of its kind cannot say, one line each.
    pub remarks: Vec<String>,
}

/// What kind of text speaks of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastedForm {
    /// An error message.
    #[default]
    Message,
    /// An event of CloudTrail.
    Event,
    /// What `aws sts decode-authorization-message` prints.
    Decoded,
    /// What `aws iam-toolbox get-request-authorization-details` prints.
    Toolbox,
}

impl PastedForm {
    /// The word of programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Event => "event",
            Self::Decoded => "decoded-authorization-message",
            Self::Toolbox => "iam-toolbox",
        }
    }

    /// What a file of it is.
    pub(super) fn of_file(self) -> &'static str {
        match self {
            Self::Message => "a message of AWS",
            Self::Event => "an event of CloudTrail",
            Self::Decoded => "a decoded authorization message",
            Self::Toolbox => "an answer of IAM Toolbox",
        }
    }

    /// What it is, as part of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Message => "AWS's message",
            Self::Event => "the CloudTrail event",
            Self::Decoded => "the decoded message",
            Self::Toolbox => "IAM Toolbox",
        }
    }
}

/// How the request ended of which a text speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastedOutcome {
    /// It was refused.
    #[default]
    Denied,
    /// It was allowed.
    Allowed,
    /// It failed for another reason, which does not tell whether it was allowed.
    Untold,
}

/// What kind of refusal a text speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastedKind {
    /// `with an explicit deny in …`
    Explicit,
    /// `because no … allows …`
    Implicit,
    /// It does not say.
    #[default]
    None,
}
