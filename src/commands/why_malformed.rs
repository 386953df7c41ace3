//! `why "An error occurred (MalformedPolicyDocument) …"`: what AWS means, and what is wrong with the policy, where it
//! stands in the text.

use super::pasted::pasted_policy;
use crate::facts::malformed_policy;
use crate::recognise::Malformed;
use crate::session::{Outcome, Part, Session};
use crate::source::{Place, Source, Span};

pub(super) fn why_malformed(session: &Session, malformed: &Malformed) -> Outcome {
    let words = Some(malformed.words.clone()).filter(|words| !words.is_empty());
    let means = malformed_policy(&malformed.words).unwrap_or("the policy document was not taken");
    let fields = [
        ("refused", Some("a policy document, before anything was decided".to_owned())),
        ("code", Some(malformed.code.to_owned())),
        ("AWS", words),
        ("means", Some(means.to_owned())),
    ];
    let fields = fields.into_iter().filter_map(|(name, what)| Some((name, what?))).collect();
    let outcome = Outcome::of(Part::Fields(fields));
    let Some(document) = &malformed.document else {
        return outcome.note(
            "the policy itself was not given: `iamwhy why --policy FILE MESSAGE` names the token that is wrong, and so \
             does a policy that is pasted behind the message",
        );
    };
    let source = Source::new("<pasted>", document.as_str());
    let mut diagnosed = pasted_policy(session, &Place::new(&source, Span::new(0, document.len() as u32)));
    diagnosed.parts.splice(0..0, outcome.parts);
    diagnosed
}
