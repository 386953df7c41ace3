//! A call: who makes it, where, and what it says.

use std::borrow::Cow;
use std::cell::RefCell;

use super::given::{Arg, Given};
use super::plan::Needs;
use super::refusal::Refusal;
use super::shorthand::{Structure, structures};
use super::signature::Signature;
use super::unsaved::{self, unsaved};
use crate::facts;
use crate::names::AccountId;
use crate::policy::{Policy, PolicyType};
use crate::question::Question;
use crate::session::Need;
use crate::source::Diagnostic;
use crate::syntax::json::parse_json_in;
use crate::world::{Account, Document, Principal, Tags, World, WorldError};

/// The Region of calls that name none.
pub(super) const REGION: &str = facts::GLOBAL_REGION;

pub(super) struct Call<'a> {
    pub(super) operation: &'static Signature,
    pub(super) world: &'a World,
    pub(super) caller: &'a Principal,
    /// The account in which it happens: the caller's.
    pub(super) account: AccountId,
    pub(super) region: &'a str,
    pub(super) given: &'a Given,
    pub(super) now: i64,
    /// What there is to say about documents that are good enough.
    pub(super) warnings: RefCell<Vec<Diagnostic>>,
}

impl Call<'_> {
    pub(super) fn own(&self) -> Result<&Account, Refusal> {
        let account = self.world.account(self.account).map(AsRef::as_ref);
        account.ok_or_else(|| {
            let what = format!("there is no account `{}`", self.account);
            WorldError::new("unknown-account", self.account.as_str(), what).into()
        })
    }

    /// The action of the operation, as AWS spells it.
    pub(super) fn action(&self) -> String {
        self.operation.action().map(|action| action.to_string()).unwrap_or_default()
    }

    /// That the action of the operation is allowed on a resource.
    pub(super) fn needs(&self, resource: impl Into<String>) -> Needs {
        Needs::default().and(Need::new(self.action(), resource))
    }

    /// The value of an option that the operation needs.
    pub(super) fn word(&self, name: &str) -> &str {
        self.option(name).unwrap_or_default()
    }

    pub(super) fn option(&self, name: &str) -> Option<&str> {
        self.given.one(name).map(|value| &*value.text)
    }

    pub(super) fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.given.all(name).unwrap_or_default().iter().map(|value| &*value.text)
    }

    /// Whether an option was given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.given.all(name).is_some()
    }

    pub(super) fn value(&self, name: &str) -> Result<&Arg, Refusal> {
        self.given.one(name).ok_or_else(|| {
            let what = format!("aws: error: the following arguments are required: --{name}");
            Diagnostic::error("missing-option", what).into()
        })
    }

    pub(super) fn document(&self, name: &str, kind: PolicyType) -> Result<Document, Refusal> {
        self.document_in(self.value(name)?, kind)
    }

    /// A policy document that is the value of an option, or a part of it.
    pub(super) fn document_in(&self, value: &Arg, kind: PolicyType) -> Result<Document, Refusal> {
        let is_iams = self.operation.service == "iam"; // I30
        let malformed = |words, found| Refusal::Malformed(value.place.clone(), words, found);
        let tree = parse_json_in(&value.whole.source, value.whole.span);
        let (document, warnings) = Document::from_parsed(Policy::of(tree, kind));
        if let Document::Refused(found) = &document {
            let words = unsaved::words(found).filter(|_| is_iams);
            return Err(malformed(words.map(Cow::Borrowed), found.to_vec()));
        }
        let policy = document.compiled().filter(|_| is_iams).map(|compiled| compiled.policy());
        if let Some(refused) = policy.and_then(|policy| unsaved(policy, &self.caller.partition)) {
            return Err(malformed(Some(Cow::Owned(refused.words)), vec![refused.found]));
        }
        self.warnings.borrow_mut().extend(warnings);
        Ok(document)
    }

    /// The structures of an option: `Key=a,Value=b`, or JSON.
    pub(super) fn structures(&self, name: &str) -> Result<Vec<Structure>, Refusal> {
        Ok(structures(name, self.given.all(name).unwrap_or_default())?)
    }

    pub(super) fn tags(&self, name: &str) -> Result<Tags, Refusal> {
        let mut tags = Tags::new();
        for one in self.structures(name)? {
            let field = |name: &str| one.text(name).or_else(|| one.text(&format!("Tag{name}")));
            let pair = field("Key").zip(field("Value"));
            let Some((key, value)) = pair else { return Err(bad_tags(self, name).into()) };
            tags.insert(key.into(), value.into());
        }
        Ok(tags)
    }
}

fn bad_tags(call: &Call<'_>, name: &str) -> Diagnostic {
    let what = format!("aws: error: argument --{name}: a tag is `Key=team,Value=core`");
    let diagnostic = Diagnostic::error("bad-tag", what);
    let place = call.given.one(name).map(|value| value.place.clone());
    place.into_iter().fold(diagnostic, |diagnostic, place| diagnostic.at(place, ""))
}

/// The question whether a call is allowed that goes to a Region.
pub(super) fn asked_by(caller: &Principal, need: &Need, region: Option<&str>, now: i64) -> Question {
    let service = need.action.split(':').next().unwrap_or_default();
    // I14: the command line calls a global service where its endpoint is, whatever `--region` says.
    let has_endpoint = |region: &&str| {
        facts::global_regions(service, &caller.partition).is_none_or(|regions| regions.contains(region))
    };
    let region = region.filter(has_endpoint);
    need.clone().with_some("aws:RequestedRegion", region).question(caller.clone(), now)
}
