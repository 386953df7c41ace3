//! What is asked for put beside its likes, in the list of a statement that everything else of the request fits: where a
//! reviewer would look for it.

use super::allow::is_of_administrators;
use super::changes::EditTarget;
use super::edit::BESIDE_LIKES;
use super::pattern::is_specific;
use super::proposal::Proposal;
use crate::explain::NearMiss;
use crate::facts;
use crate::names::{Arn, glob, has_wildcard};
use crate::policy::{Layer, Token};
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::trace::Mismatch;

/// How many names a statement has at least for it to be a list.
const LIST: usize = 2;

impl Asked<'_> {
    /// The resource beside others of its kind that a statement names one by one, or the action beside others on just this
    /// resource; nothing where that would open more than what was asked for.
    pub(super) fn joined(&self, miss: &NearMiss) -> Option<Proposal> {
        let on =
            self.target(miss.at).filter(|on| self.is_editable(miss.at) && !is_of_administrators(on.view))?;
        let alone = miss.differs.len() == 1 && miss.hint.is_none() && miss.at.layer == Layer::IdentityBased;
        let found = match miss.mismatch {
            Mismatch::Resource { nearest, .. } if alone => self.beside_resources(&on, nearest),
            Mismatch::Action if alone => self.beside_actions(&on),
            _ => None,
        }?;
        let so = self.also_grants(miss.at, &found);
        Some(found.so(so))
    }

    fn beside_resources(&self, on: &EditTarget<'_>, nearest: u32) -> Option<Proposal> {
        let own = self.request.arn()?;
        let mut listed = on.view.policy.resources(on.view.statement).iter().map(|p| p.text(on.view.policy));
        let is_like = |text: &str| {
            let kind = |arn: &Arn<'_>| arn.resource().split(['/', ':']).next().map(str::to_owned);
            Arn::parse(text).is_some_and(|other| {
                other.service() == own.service() && kind(&other) == kind(&own) && !has_wildcard(text)
            })
        };
        let is_list = listed.len() >= LIST && listed.all(is_like) && own.service() != "s3";
        let says = is_list.then(|| on.edit.longer(Token::Resource(nearest), &[own.text().to_owned()]))?;
        let what = format!("add {} to \"Resource\"{BESIDE_LIKES}", quote(own.text()));
        self.reworded(on, Token::Resource(nearest), &what, says)
    }

    /// The action beside others of its service, in a statement that is about just the resource, and what that lies in; of a
    /// group, which shares the need, also about what a pattern says.
    fn beside_actions(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let (name, own) = (self.action_name(), self.request.arn()?);
        let listed = on.view.policy.actions(on.view.statement);
        let mut texts = listed.iter().map(|pattern| pattern.text(on.view.policy));
        let is_like = |text: &str| {
            !has_wildcard(text) && self.request.action.is_of(text.split(':').next().unwrap_or(""))
        };
        let resources = on.view.policy.resources(on.view.statement);
        let is_just_this = matches!(resources, [one] if one.text(on.view.policy) == own.text());
        let is_wide = is_of_a_group(on) || !self.lacking_above().is_empty();
        let fits = is_just_this || (is_wide && self.is_about_this(on));
        let is_list = listed.len() >= LIST && texts.all(is_like) && fits;
        let says = (is_list && facts::danger(&name).is_none())
            .then(|| on.edit.longer(Token::Action(0), std::slice::from_ref(&name)))?;
        self.reworded(on, Token::ActionKey, &format!("add {} to \"Action\"", quote(&name)), says)
    }

    /// Whether every resource of a statement covers the one that was asked for, or what that lies in.
    fn is_about_this(&self, on: &EditTarget<'_>) -> bool {
        let above = self.request.ancestors();
        let own = std::iter::once(&self.request).chain(&above).map(|one| one.resource().text().to_owned());
        let own: Vec<String> = own.collect();
        let covers = |pattern: &str| is_specific(pattern) && own.iter().any(|arn| glob(pattern, arn));
        let mut patterns = on.view.policy.resources(on.view.statement).iter();
        patterns.all(|pattern| covers(pattern.text(on.view.policy)))
    }
}

/// Whether what a group, or a statement of it, is given is for all its members.
fn is_of_a_group(on: &EditTarget<'_>) -> bool {
    on.view.origin().is_some_and(|origin| origin.group.is_some())
}
