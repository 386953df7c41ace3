//! A remedy and its edits: what to do, where, by whom, and what it means for others.

use std::ops::Range;

use super::difference::Opened;
use super::permitted::Authority;
use super::slip::{Favour, POLICY_IS_RIGHT, REQUEST_IS_RIGHT};
use crate::explain::Companion;
use crate::facts;
use crate::names::AccountId;
use crate::policy::Layer;
use crate::source::Place;
use crate::world::{Change, ContextEntry, Principal};

/// How it is said that nobody gets more than what was asked for.
pub(super) const NOTHING_ELSE: &str = "grants nothing else";

/// Edits that together turn a denial into an allow, as the engine has confirmed.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The edits, all of which are needed, each made on what the ones before have left.
    pub edits: Vec<Edit>,
    /// Why it is recommended, where it is to be tried before others.
    pub merit: Option<&'static str>,
    /// What else the call needs, as it stands once the edits are made.
    pub then: Vec<Companion>,
    /// What of that is not known: `a KMS key of the queue`.
    pub unchecked: Option<String>,
}

/// A change of one policy, or of the request.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// What to do, one line.
    pub words: String,
    /// The layer of the policy; absent where the request is to be another.
    pub layer: Option<Layer>,
    /// The level in the layer.
    pub level: u8,
    /// The name of the policy; absent where it is a new one.
    pub policy: Option<String>,
    /// The text that is to be changed.
    pub place: Option<Place>,
    /// The text of the whole policy as it would be; absent where the policy is to go.
    pub document: Option<String>,
    /// The context keys that the request is to have, `KEY=VALUE` each, with a blank between them.
    pub context: Option<String>,
    /// The same as data: the keys, each with its value.
    pub keys: Vec<ContextEntry<'static>>,
    /// The principal as whom the call is to be made.
    pub principal: Option<String>,
    /// The resource for which the call is to be made.
    pub resource: Option<String>,
    /// The statement as it would be, on one line.
    pub statement: Option<String>,
    /// What is new in that.
    pub changed: Vec<Range<usize>>,
    /// Which document of whom it is.
    pub whereabouts: Option<String>,
    /// Who can do it.
    pub who: Option<String>,
    /// The same in brief: people, and of a role whoever assumes it.
    pub first: Option<String>,
    /// Whether the one who asks may make the change.
    pub is_for_asker: bool,
    /// The call that does it, and whom the engine allows that, where it is a call.
    pub authority: Option<Authority>,
    /// Whether those whom the engine allows it are reached from another account alone, or not at all.
    pub(super) is_far: bool,
    /// What it means for others, one line.
    pub so: Option<String>,
    /// What is taken away from others, or from whoever asks, one line.
    pub loses: Option<String>,
    /// What to be careful about.
    pub careful: Option<String>,
    /// What it opens and takes away, where that was asked.
    pub(super) opened: Option<Opened>,
    /// Whether it makes the call as a Deny asks.
    pub(super) meets_deny: bool,
    /// What must be so for it to be right, where that is for people to say: `the instance is mis-tagged`.
    pub provided: Option<String>,
    /// What the data says of the side that it takes, where request and policy differ by a slip.
    pub favour: Favour,
    /// The evidence of that: `instance/i-1 has squad=reefer, too`.
    pub evidence: Option<String>,
    /// Who is to be asked first, since what denies may be right to: `the owner of SCP Regions`.
    pub ask: Option<String>,
    /// Who may know them, where nobody is known: `whoever administers account 111122223333`.
    pub(super) administrators: Option<String>,
    /// Why what denies may be right to, behind "since": `a key is for whom its policy names`.
    pub since: Option<String>,
    /// Whether that speaks for it: what does not allow it was probably forgotten.
    pub is_forgotten: bool,
    /// Whether a tag of the resource names them as its owner.
    pub is_tagged_owner: bool,
    /// What to ask them.
    pub question: Option<String>,
    /// Who may do it now, which whoever decides may want to know.
    pub today: Option<String>,
    /// Somebody else who may make the change, of those that are known.
    pub keeper: Option<String>,
    /// The Deny that it makes an exception to, or takes away, where that guards more than one principal.
    pub guard: Option<String>,
    /// Whether it is for others to do, whom the one who asks cannot become.
    pub is_work_of_others: bool,
    /// How much of others' it takes.
    pub takes: Takes,
    /// The command of the AWS command line that reads the policy into the file that is changed then.
    pub read: Option<String>,
    /// The command of the AWS command line that does it, where it is known whole and the words do not give it.
    pub run: Option<String>,
    /// Whether the call that does it replaces a policy that says more, which must be given with it.
    pub replaces_whole: bool,
    /// The commands that do it here, in the account that has it.
    pub commands: Vec<String>,
    /// The account in which the commands do it.
    pub account: Option<AccountId>,
    /// The changes of the world that it comes to, where no command says them.
    pub changes: Vec<Change>,
    /// The causes that it removes, by their place in the explanation, where several steps are needed.
    pub causes: Vec<usize>,
}

/// How it is said that a Deny holds for fewer.
pub(super) const LIFTS: &str = "lifts the Deny";

/// How it is said that something joins a list.
pub(super) const BESIDE_LIKES: &str = ", beside others of its kind";

/// How it is said that a task takes what is granted.
pub(super) const TAKES: &str = "takes all of them";

/// What a session is limited by from its beginning.
pub(super) const SESSION_POLICY: &str = "the session policy";

/// How much of what others have set up a change takes: what takes less comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Takes {
    /// Nothing that was meant to stand in the way: another call, an Allow for just this.
    #[default]
    Nothing,
    /// A place in a list that somebody keeps of those who are let by.
    Entry,
    /// The network that the call comes from.
    Network,
    /// What the call is about: for another topic or service it is another call.
    Subject,
    /// The name of somebody else, as whom the call is made.
    Identity,
    /// A guard that somebody has put up.
    Guard,
    /// The whole of a service, for all whom an account lets have it.
    Service,
}

impl Remedy {
    pub(super) fn takes(&self) -> Takes {
        self.edits.iter().map(|edit| edit.takes).max().unwrap_or_default()
    }

    /// What the data says of the side that it takes, where request and policy differ by a slip.
    pub(super) fn favour(&self) -> Favour {
        let all = self.edits.iter().map(|edit| edit.favour);
        all.clone().find(|one| *one == Favour::Doubtful).or_else(|| all.min()).unwrap_or_default()
    }

    /// Whether it makes the call as a Deny asks, which then does what it is there for.
    pub fn meets_deny(&self) -> bool {
        let meets = |edit: &Edit| edit.meets_deny && edit.is_same_deed() && edit.provided.is_none();
        self.edits.iter().all(meets)
    }

    /// Whether it takes from a Deny what that is there for.
    pub fn lifts_deny(&self) -> bool {
        let lifts = |edit: &Edit| edit.so.as_deref().is_some_and(|so| so.starts_with(LIFTS));
        self.takes() == Takes::Guard || self.edits.iter().any(lifts)
    }

    /// What to do, each step without the JSON in it.
    pub fn in_brief(&self) -> String {
        let brief = |edit: &Edit| match edit.in_brief() {
            whole if whole.len() == edit.words.len() => whole.to_owned(),
            cut => format!("{cut} …"),
        };
        self.edits.iter().map(brief).collect::<Vec<_>>().join("; ")
    }
}

impl Edit {
    /// Who is to be asked first, by name where one is known: `user ann, who may change SCP Regions,`.
    pub fn asks(&self) -> Option<String> {
        let (owner, person) = (self.ask.as_deref()?, self.keeper.as_ref());
        let thing = owner.trim_start_matches("the owner of ").replace("what is tagged ", "the tag ");
        let may = match thing == SESSION_POLICY {
            true => "begin the session".to_owned(),
            false => format!("change {thing}"),
        };
        let why = if self.is_tagged_owner {
            "whom a tag names as the owner".to_owned()
        } else {
            format!("who may {may}")
        };
        Some(match (person, &self.administrators) {
            (Some(person), _) => format!("{person}, {why},"),
            (None, Some(whoever)) => format!("{owner} ({whoever})"),
            (None, None) => owner.to_owned(),
        })
    }

    /// Why what denies may be right to; in brief the Deny, which a cause names, has no name.
    pub(super) fn since_in_words(&self, in_brief: bool) -> Option<String> {
        let since = self.since.as_ref()?;
        let guard = self.guard.as_deref().filter(|_| in_brief);
        let rest = guard.and_then(|guard| since.strip_prefix(guard)).filter(|rest| rest.starts_with(' '));
        Some(match rest {
            None => since.clone(),
            Some(" denies it on purpose") => "it is denied on purpose".to_owned(),
            Some(rest) => format!("this Deny{rest}"),
        })
    }

    /// Who can do it, in brief people alone where some are known.
    pub fn done_by(&self, in_brief: bool) -> Option<&str> {
        self.first.as_deref().filter(|_| in_brief).or(self.who.as_deref())
    }

    /// Whether the one to be asked is named as the one who does it.
    pub fn is_asked_as_doer(&self) -> bool {
        let (Some(keeper), Some(first)) = (&self.keeper, self.done_by(true)) else { return false };
        let parts = keeper.trim_start_matches("somebody with ").trim_end_matches(')').split(" (as ");
        parts.into_iter().all(|part| first.contains(part))
    }

    /// Who can do it, with what the call replaces: `user ann (s3:PutBucketPolicy, which replaces the whole policy …)`.
    pub fn by(&self, in_brief: bool) -> Option<String> {
        Some(self.with_what_is_replaced(self.done_by(in_brief)?.to_owned(), in_brief))
    }

    /// Words for who can do it, with what the call replaces; not in full where a command reads the rest first.
    pub fn with_what_is_replaced(&self, who: String, in_brief: bool) -> String {
        let replaces = match &self.read {
            Some(_) if in_brief && self.run.is_some() => "replaces the whole document",
            None if self.replaces_whole => "which replaces the whole policy: keep the rest",
            _ => return who,
        };
        let Some(authority) = &self.authority else { return who };
        let call = who.find(&format!("({}", authority.action));
        match call.and_then(|at| Some(at + who[at..].find(')')?)) {
            Some(end) => format!("{}, {replaces}{}", &who[..end], &who[end..]),
            None => format!("{who}, {replaces}"),
        }
    }

    /// Whether somebody other than a root user is known who may do it, or it needs nobody's permission.
    pub(super) fn has_somebody(&self) -> bool {
        let is_root = |authority: &Authority| authority.principals().all(Principal::is_root);
        !self.authority.as_ref().is_some_and(is_root)
    }

    /// Whether it is for somebody else to decide, and no fact says when it is right.
    pub fn is_for_its_owner(&self) -> bool {
        self.ask.is_some() && self.provided.is_none()
    }

    /// What to do, without the JSON in it.
    pub fn in_brief(&self) -> &str {
        let brief = self.words.find(" {").map_or(&*self.words, |json| &self.words[..json]);
        brief.trim_end_matches(':')
    }

    /// Whether the call is to be somebody else's, or for something else.
    pub fn is_another_call(&self) -> bool {
        self.principal.is_some() || self.resource.is_some()
    }

    /// Whether another call is made, or one otherwise, be it with a change of the world before it.
    pub(in super::super) fn is_of_the_call(&self) -> bool {
        self.is_call() || self.is_another_call() || !self.keys.is_empty()
    }

    /// Whether it is the call that is made otherwise, and nothing else.
    pub(super) fn is_call(&self) -> bool {
        self.layer.is_none() && self.commands.is_empty()
    }

    /// Whether it takes the side of the policy or of the request, which differ by a slip.
    pub(super) fn takes_a_side(&self) -> bool {
        self.provided.as_deref().is_some_and(|fact| [POLICY_IS_RIGHT, REQUEST_IS_RIGHT].contains(&fact))
    }

    /// Whether it gives a tag, and changes no policy.
    pub(super) fn is_of_tags(&self) -> bool {
        self.layer.is_none() && self.commands.iter().any(|command| command.starts_with("tag "))
    }

    /// Whether it is the call made otherwise and for the same purpose, which comes before all else.
    pub(super) fn is_same_deed(&self) -> bool {
        self.is_call() && !self.keys.iter().any(|(key, _)| facts::says_what_is_meant(key))
    }
}
