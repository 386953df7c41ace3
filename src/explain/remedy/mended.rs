//! A statement that comes near, mended at the element that does not fit.

use super::super::misspelt::{is_misspelling, with_name};
use super::allow::is_of_administrators;
use super::changes::EditTarget;
use super::context::tests;
use super::proposal::Proposal;
use super::slip::{REQUEST_IS_RIGHT, Slip};
use crate::explain::{ActionHint, ConditionHint, Hint, NearMiss, PrincipalHint, ResourceHint};
use crate::names::{AccountId, glob_fold};
use crate::policy::{SetOperator, Token};
use crate::question::Asked;
use crate::syntax::json::quote;
use crate::trace::Mismatch;

impl Asked<'_> {
    /// The element of a near miss, mended.
    pub(super) fn mended(&self, miss: &NearMiss) -> Vec<Proposal> {
        let Some(on) = self.target(miss.at) else { return Vec::new() };
        let editable = self.is_editable(miss.at);
        let so = |found: Proposal| {
            let mut so = self.also_grants(miss.at, &found);
            let lists = self.request.action.is("s3:ListBucket") && !miss.has_condition();
            if lists && matches!(miss.mismatch, Mismatch::Resource { .. }) {
                so.push_str("; every prefix becomes listable");
            }
            found.so(so)
        };
        let mut found: Vec<Proposal> = self.elsewhere(miss, on.view).into_iter().collect();
        let is_meant = miss.hint.as_ref().is_some_and(says_what_is_meant);
        let hinted = self.hinted(miss, &on).filter(|_| editable).map(so);
        found.extend(hinted.map(|found| Proposal { is_meant, ..found }));
        match miss.mismatch {
            Mismatch::Condition { test, .. } => {
                found.extend(self.met(on.view));
                found.extend(self.widened(&on, test).filter(|_| editable).map(so));
                found.extend(self.in_place_of_branch(&on, test).filter(|_| editable).map(so));
            }
            Mismatch::Unresolved(_) => found.extend(self.tags_for_resources(on.view)),
            _ => {}
        }
        found
    }

    fn hinted(&self, miss: &NearMiss, on: &EditTarget<'_>) -> Option<Proposal> {
        let token = miss.token;
        let written = on.edit.token(token).trim_matches('"');
        let instead = |text: &str| self.instead(on, token, text);
        let besides = |text: &str| self.besides(on, token, text);
        match miss.hint.as_ref()? {
            Hint::LetterCase { asked } => self.respelt_pattern(on, token, &in_the_case_of(written, asked)),
            Hint::Resource(
                ResourceHint::BucketForObject { suggest }
                | ResourceHint::ObjectForBucket { suggest }
                | ResourceHint::Below { suggest }
                | ResourceHint::SecretEnd { suggest },
            )
            | Hint::Action(ActionHint::OtherService { suggest }) => besides(suggest),
            Hint::Resource(ResourceHint::AliasForKey { suggest }) if is_about_aliases(on) => besides(suggest),
            Hint::Resource(
                ResourceHint::DatabaseByName { suggest } | ResourceHint::AliasForKey { suggest },
            ) => instead(suggest),
            Hint::Resource(ResourceHint::Misspelt { own, asked }) => self.respelt_name(on, token, own, asked),
            Hint::Resource(ResourceHint::OtherField { field, asked }) if asked.is_empty() => {
                besides(&with_field(written, *field, "")?)
            }
            Hint::Resource(ResourceHint::OtherField { field, asked })
                if *field == 3 || *field == 4 && self.is_of_no_account(on, written, asked) =>
            {
                self.respelt_pattern(on, token, &with_field(written, *field, asked)?)
            }
            Hint::Resource(ResourceHint::OtherField { field, asked }) => {
                besides(&with_field(written, *field, asked)?)
            }
            Hint::Condition(ConditionHint::NeedsLike { suggest }) => {
                let Mismatch::Condition { test, .. } = miss.mismatch else { return None };
                self.instead(on, Token::Operator(test), suggest)
            }
            Hint::Condition(ConditionHint::NeedsSetOperator) => instead(&format!("ForAnyValue:{written}")),
            Hint::Condition(ConditionHint::KeyTypo { .. }) if self.holds_of_nothing(miss, on) => None,
            Hint::Condition(ConditionHint::KeyTypo { suggest })
            | Hint::Action(ActionHint::Typo { suggest } | ActionHint::NoService { suggest })
            | Hint::Principal(PrincipalHint::SessionForRole { suggest }) => instead(suggest),
            Hint::Principal(PrincipalHint::Gone { kind, number }) => self.in_place_of_gone(on, kind, *number),
            Hint::OldVersion => self.in_todays_language(on),
            _ => None,
        }
    }

    /// Whether the account of a pattern was probably copied or misspelt: with that of the request it names what is known,
    /// and with its own nothing.
    fn is_of_no_account(&self, on: &EditTarget<'_>, written: &str, asked: &str) -> bool {
        let right = with_field(written, 4, asked);
        let is_supported = |right: String| self.is_supported(&Slip::new(right, written, on.view.at));
        self.is_misspelt_account(written, asked) || right.is_some_and(is_supported)
    }

    /// Whether the account of a pattern is none that is known, and that of the request misspelt.
    fn is_misspelt_account(&self, pattern: &str, asked: &str) -> bool {
        let written = pattern.split(':').nth(4).and_then(AccountId::parse);
        written
            .is_some_and(|id| self.request.world.account(id).is_none() && is_misspelling(id.as_str(), asked))
    }

    /// A name as the request has it: in place of its own where only what the request names is known here; of a pattern,
    /// which is for what will come, too, beside it.
    fn respelt_pattern(&self, on: &EditTarget<'_>, token: Token, text: &str) -> Option<Proposal> {
        let written = on.edit.token(token).trim_matches('"');
        let slip = Slip::new(text, written, on.view.at);
        let found = match self.is_supported(&slip) && !written.contains(['*', '?', '$']) {
            true => self.instead(on, token, text)?,
            false => self.besides(on, token, text)?,
        };
        Some(found.of_slip(slip).provided(REQUEST_IS_RIGHT))
    }

    /// A name as the request has it, wherever the statement has it otherwise: in its place where nothing else that is known
    /// has that, else beside it.
    fn respelt_name(&self, on: &EditTarget<'_>, token: Token, own: &str, asked: &str) -> Option<Proposal> {
        let patterns = on.view.policy.resources(on.view.statement).iter().map(|p| p.text(on.view.policy));
        let named =
            (0_u32..).zip(patterns).map(|(i, old)| (Token::Resource(i), with_name(old, own, asked), old));
        let named: Vec<(Token, String, &str)> = named.filter(|(_, new, old)| new != old).collect();
        let (_, right, wrong) = named.iter().find(|(other, ..)| *other == token)?;
        let slip = Slip::new(&**right, *wrong, on.view.at);
        let found = if self.is_unused(&slip) {
            let says =
                named.iter().fold(on.edit.clone(), |says, (token, new, _)| says.replaced(*token, quote(new)));
            let what = format!("write `{asked}` instead of `{own}`{}", in_all(named.len()));
            let lost = format!("what is named `{own}`: nothing known here");
            self.reworded(on, token, &what, says)?.taking(lost)
        } else {
            let new: Vec<String> = named.iter().map(|(_, new, _)| new.clone()).collect();
            let what = format!("add `{asked}` beside `{own}`{}", in_all(named.len()));
            self.reworded(on, token, &what, on.edit.longer(token, &new))?
        };
        Some(found.of_slip(slip).provided(REQUEST_IS_RIGHT))
    }

    /// Whether a test holds where its key is absent: with another key it would hold for everybody who lacks that.
    fn holds_of_nothing(&self, miss: &NearMiss, on: &EditTarget<'_>) -> bool {
        let Mismatch::Condition { test, .. } = miss.mismatch else { return false };
        let operator = tests(on.view).get(test as usize).map(|test| test.operator);
        operator.is_some_and(|operator| {
            let of_all = operator.set == Some(SetOperator::ForAllValues);
            of_all || operator.if_exists || operator.operator.is_negated()
        })
    }

    /// One text in place of another.
    pub(super) fn instead(&self, on: &EditTarget<'_>, token: Token, text: &str) -> Option<Proposal> {
        let what = format!("write {} instead of {}", quote(text), on.edit.token(token));
        self.reworded(on, token, &what, on.edit.replaced(token, quote(text)))
    }

    /// One text more in the list in which a token stands.
    fn besides(&self, on: &EditTarget<'_>, token: Token, text: &str) -> Option<Proposal> {
        let what = format!("add {} beside {}", quote(text), on.edit.token(token));
        self.reworded(on, token, &what, on.edit.longer(token, &[text.to_owned()]))
    }

    /// A31: the ARN of the principal in place of the id of one that is gone, which was perhaps of its name; an
    /// administrator's place nobody takes on a guess.
    fn in_place_of_gone(&self, on: &EditTarget<'_>, kind: &str, number: u32) -> Option<Proposal> {
        let own = self.principal_name().filter(|_| !is_of_administrators(on.view))?;
        let holder = self.holder_name();
        let name = holder.strip_prefix(kind).filter(|name| name.starts_with(' '))?;
        let found = self.instead(on, Token::Principal(number), &own)?;
        Some(found.provided(format!("the {kind} that was deleted is the former{name}")))
    }

    fn in_todays_language(&self, on: &EditTarget<'_>) -> Option<Proposal> {
        let name = &self.origin(on.view.at)?.name;
        let words = format!("give {name} the element \"Version\": \"2012-10-17\"");
        let policy = on.view.policy.policy();
        let found = self.edited(on.view.at, Token::Statement, words, policy.in_todays_language(), policy)?;
        Some(found.taking(format!("whoever asks for the variable as text: {}", self.covered(on.view.at))))
    }
}

/// Whether a statement has actions whose resource is an alias itself.
fn is_about_aliases(on: &EditTarget<'_>) -> bool {
    let mut actions = on.view.policy.actions(on.view.statement).iter();
    on.view.statement.not_action
        || actions.any(|own| {
            ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"]
                .iter()
                .any(|of_alias| glob_fold(own.text(on.view.policy), of_alias))
        })
}

/// In how many ARNs of a statement a name stands.
fn in_all(count: usize) -> String {
    match count {
        1 => String::new(),
        2 => ", in both ARNs".to_owned(),
        many => format!(", in all {many} ARNs"),
    }
}

/// Whether a statement says wrongly what it clearly means, so that nobody has to be asked whether it is meant.
fn says_what_is_meant(hint: &Hint) -> bool {
    match hint {
        Hint::Resource(hint) => {
            matches!(
                hint,
                ResourceHint::SecretEnd { .. }
                    | ResourceHint::DatabaseByName { .. }
                    | ResourceHint::AliasForKey { .. }
            )
        }
        Hint::Principal(_) => false,
        _ => true,
    }
}

/// A pattern in the letter case of a text that it would match, were it not for the case.
fn in_the_case_of(pattern: &str, asked: &str) -> String {
    let Some(first) = pattern.find(['*', '?', '$']) else { return asked.to_owned() };
    match asked.get(..first) {
        Some(start) => format!("{start}{}", &pattern[first..]),
        None => pattern.to_owned(),
    }
}

/// The pattern of an ARN with another field.
fn with_field(pattern: &str, field: u8, value: &str) -> Option<String> {
    let mut fields: Vec<&str> = pattern.splitn(6, ':').collect();
    *fields.get_mut(field as usize)? = value;
    Some(fields.join(":"))
}
