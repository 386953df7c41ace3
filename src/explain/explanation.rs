//! An answer with everything that a person wants to know about it.

use super::gate::{GateDetails, gate_details};
use super::named_accounts::named_accounts;
use super::near_miss::{hoped_for, is_looked_at_in_part, near_misses};
use super::remedy::{Remedy, Support, remedies, support};
use super::{
    Agreement, Answer, Assumption, Cause, Companion, Excerpt, NearMiss, Since, Step, Verdict, Wording,
};
use crate::facts::RuleId;
use crate::names::AccountId;
use crate::question::Asked;
use crate::trace::GateName;

/// Why an answer is what it is: all owned, so that it can be shown later and anywhere.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The answer for programs.
    pub answer: Answer,
    /// What was asked.
    pub question: Wording,
    /// The line under the verdict: its kind, and by what.
    pub headline: String,
    /// One line in plain words.
    pub reason: String,
    /// What the answer comes from, one thing at a time: what decides first, the certain before the assumed.
    pub causes: Vec<Cause>,
    /// What is assumed, but for what a cause says of itself.
    pub assumptions: Vec<Assumption>,
    /// Why AWS says `Access Denied` and no more, where it does.
    pub silence: Option<&'static str>,
    /// What was not looked at, because there is too much of it.
    pub unfinished: Vec<&'static str>,
    /// Which way the policies that could not be consulted could turn the answer, one line each.
    pub gaps: Vec<String>,
    /// The way through the layers, in the order of the decision.
    pub path: Vec<Step>,
    /// The texts that decided, or that would have, or that came nearest.
    pub excerpts: Vec<Excerpt>,
    /// The statements that came nearest where an Allow is missing, or a Deny may have been hoped for, the nearest
    /// first.
    pub near_misses: Vec<NearMiss>,
    /// The gate that decided.
    pub gate: Option<GateDetails>,
    /// The rules that were applied and are not obvious.
    pub rules: Vec<RuleId>,
    /// What would turn a denial, the smallest change first; each has been tried by the engine.
    pub remedies: Vec<Remedy>,
    /// The accounts that it speaks of and that have a name.
    pub accounts: Vec<(AccountId, String)>,
    /// What to do first where none of them is known.
    pub first_step: Option<String>,
    /// What to write to the one who decides, where nobody is known who could carry out the first of them.
    pub letter: Option<String>,
    /// What an allow rests on.
    pub support: Option<Support>,
    /// Advice of AWS, one line each.
    pub advice: Vec<String>,
    /// What else the call needs; where it is denied, each fix has that.
    pub also: Vec<Companion>,
    /// The account of the principal that must allow it, too, and of which this world knows nothing.
    pub other_side: Option<AccountId>,
    /// How it compares with AWS's own answer, where that was told.
    pub aws: Option<Agreement>,
    /// The group through whose policy it is allowed or denied.
    pub through_group: Option<String>,
    /// What has become of it since the world changed.
    pub since: Option<Since>,
    /// The day of the catalog that the world has.
    pub catalog_date: String,
}

/// What is said where a budget was used up.
const CHANGES: &str = "the policies are so large that not all changes were tried: there may be other ways";
const STATEMENTS: &str =
    "there are so many statements that not all that do not apply were looked at: others may come nearer";

impl Explanation {
    /// What AWS would say, as it was worked out here; nothing where AWS has no words of its own for it.
    pub fn message_of_aws(&self) -> Option<String> {
        let root_only = self.gate.as_ref().is_some_and(|gate| gate.name == GateName::RootOnly);
        let message = self.answer.message.as_ref().filter(|_| !root_only && self.aws.is_none())?;
        Some(match self.silence {
            Some(why) => format!("would say `{message}` and no more: {why}"),
            None => format!("would say (reconstructed): {message}"),
        })
    }
}

impl Explanation {
    /// What is told of the question, of causes and of remedies.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let question = [&self.question.who, &self.question.resource].into_iter();
        let causes = self.causes.iter().flat_map(|cause| {
            let sides = cause.comparison.iter().flat_map(|pair| [&pair.policy, &pair.request]);
            [&cause.title].into_iter().chain(&cause.says).chain(sides)
        });
        let edits = self.remedies.iter().flat_map(|remedy| &remedy.edits);
        let edits = edits.flat_map(|edit| {
            [Some(&edit.words), edit.who.as_ref(), edit.so.as_ref(), edit.careful.as_ref()]
                .into_iter()
                .flatten()
        });
        question.chain(causes).chain(edits).map(String::as_str)
    }
}

impl Asked<'_> {
    /// Explains the answer. Near misses are looked for here, with the statement matching of the evaluator, and change
    /// nothing.
    pub fn explain(self) -> Explanation {
        let failing = self.failing();
        let near_misses = match self.unknown() {
            Some(_) => Vec::new(),
            None if failing.is_some() => Vec::new(), // what nearly denies it matters less than what does
            None if self.decision.is_allowed() => hoped_for(&self),
            None => near_misses(&self),
        };
        let mut causes = self.causes(&near_misses);
        let (mut remedies, is_cut_short) = remedies(&self, &causes);
        let support = support(&self).filter(|_| failing.is_none());
        if let Some(failing) = failing {
            causes.iter_mut().for_each(|allow| allow.says.clear()); // by which tokens is of no interest then
            causes.splice(..0, failing.causes);
            remedies = failing.remedies;
        }
        let cut_short = is_cut_short.then_some(CHANGES).into_iter();
        let world = self.request.world;
        let mut found = Explanation {
            reason: self.plain_reason(&near_misses),
            assumptions: self.assumptions(&causes),
            letter: self.letter(&causes, &remedies),
            first_step: self.first_step(&remedies),
            causes,
            unfinished: cut_short.chain(is_looked_at_in_part(&self).then_some(STATEMENTS)).collect(),
            rules: self.rules(&near_misses),
            excerpts: self.excerpts(&near_misses),
            near_misses,
            remedies,
            support,
            also: self.companions(),
            ..self.explain_briefly()
        };
        found.accounts = named_accounts(world, found.texts());
        found
    }

    /// Explains the answer as briefly as [`Self::explain_briefly`], with what one action hides: what else the call needs,
    /// and which assumption turns the answer.
    pub fn explain_shortly(self) -> Explanation {
        Explanation {
            assumptions: self.turning_assumptions(),
            also: self.companions(),
            ..self.explain_briefly()
        }
    }

    /// Explains the answer without looking at statements that do not apply and without trying what would
    /// help, which takes many decisions more.
    pub fn explain_briefly(self) -> Explanation {
        let mut answer = Answer::from(&self);
        answer.warnings.extend(self.unknown_keys());
        Explanation {
            silence: self.hides_details().filter(|_| answer.message.is_some()),
            answer,
            question: self.wording(),
            headline: self.headline(),
            reason: self.plain_reason(&[]),
            causes: Vec::new(),
            assumptions: Vec::new(),
            unfinished: Vec::new(),
            gaps: self.gaps(),
            path: self.path(),
            excerpts: Vec::new(),
            near_misses: Vec::new(),
            gate: gate_details(&self),
            rules: self.rules(&[]),
            remedies: Vec::new(),
            letter: None,
            first_step: None,
            accounts: Vec::new(),
            support: None,
            advice: self.advice(),
            also: Vec::new(),
            other_side: self.other_side(),
            aws: None,
            through_group: self.through_group(),
            since: None,
            catalog_date: self.request.world.catalog().date().to_owned(),
        }
    }
}

impl Explanation {
    /// Compared with AWS's own answer, which is the fact. Where that is another one, this explains something that did not
    /// happen, and proposes nothing on the strength of it.
    #[must_use]
    pub fn beside_aws(mut self, agreement: Agreement) -> Self {
        if !agreement.agrees {
            self.remedies = Vec::new();
            self.letter = None;
            self.first_step = None;
            self.support = None;
        }
        self.aws = Some(agreement);
        self
    }

    /// About the role that is to be assumed first, and may not be.
    #[must_use]
    pub fn before(mut self, role: &str, step: &str) -> Self {
        self.headline = format!("assuming {role}: {}", self.headline);
        self.question.step = Some(step.to_owned());
        self
    }

    /// About the session of a role that somebody may assume.
    #[must_use]
    pub fn behind(mut self, assumed: Companion, who: &str) -> Self {
        self.question.step = Some(format!("in a role that {who} may assume"));
        self.also.insert(0, assumed);
        self
    }

    /// What the call surely needs, too, and lacks: it fails, though it is allowed by itself.
    pub fn fails_for(&self) -> Option<&Companion> {
        let is_allowed = self.answer.decision == Verdict::Allowed;
        self.also.iter().find(|one| is_allowed && one.is_certain && one.is_denied())
    }

    /// The verdict that counts with the line under it.
    pub fn summary(&self) -> (Verdict, &str) {
        (self.verdict(), &self.headline)
    }

    /// The verdict that counts: AWS's, where it is another one.
    pub fn verdict(&self) -> Verdict {
        let differing = self.aws.as_ref().filter(|aws| !aws.agrees);
        differing.map_or(self.answer.decision, |aws| aws.verdict)
    }
}
