//! What is left of several statements in one sentence, where that is short.

use super::residual::Residual;
use crate::policy::Effect;
use crate::question::Asked;
use crate::question::search::ContextSearch;

/// How long a sentence is at most.
const LONGEST: usize = 200;

impl Asked<'_> {
    /// `allowed when aws:SourceIp is in 10.0.0.0/8 and the user signs in with MFA`. Nothing where it would be long, or
    /// where the engine has answered otherwise than the sentence says.
    pub(super) fn sentence(&self, residual: &[Residual], search: &ContextSearch<'_, '_>) -> Option<String> {
        let (allows, denies): (Vec<&Residual>, Vec<&Residual>) =
            residual.iter().partition(|residual| residual.effect == Effect::Allow);
        let groups: Vec<&[&Residual]> =
            allows.chunk_by(|a, b| (a.layer, &a.level) == (b.layer, &b.level)).collect();
        let is_so = search.is_told_by(|applies| {
            let granted = groups.iter().all(|group| group.iter().any(|one| applies(one.at)));
            granted && !denies.iter().any(|one| applies(one.at))
        });
        let mut sentence = "allowed".to_owned();
        let mut when: Vec<String> = groups.iter().map(|group| either(group)).collect::<Option<_>>()?;
        when.extend(denies.iter().filter_map(|one| one.otherwise.clone()));
        let denying = denies.iter().filter(|one| one.otherwise.is_none());
        let unless: Vec<String> = denying.map(|one| one.terms.join(" and ")).collect();
        if !when.is_empty() {
            sentence += &format!(" when {}", when.join(" and "));
        }
        if !unless.is_empty() {
            sentence +=
                &format!("{} unless {}", if when.is_empty() { "" } else { "," }, unless.join("; or "));
        }
        Some(sentence).filter(|sentence| is_so && sentence.len() <= LONGEST)
    }
}

/// One of several statements; nothing where that could be read in two ways.
fn either(group: &[&Residual]) -> Option<String> {
    match group {
        [one] => Some(one.terms.join(" and ")),
        many if many.iter().all(|one| one.terms.len() == 1) => {
            let terms: Vec<&str> = many.iter().flat_map(|one| &one.terms).map(String::as_str).collect();
            Some(format!("either {}", terms.join(" or ")))
        }
        _ => None,
    }
}
