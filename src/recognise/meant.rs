//! Which of the policies inside of a file are meant where one of a type is asked for.

use super::PolicyInside;
use crate::policy::PolicyType;
use crate::source::{Diagnostic, Severity, Source, first_of};

/// The policies of a type among them.
///
/// # Errors
/// If there are none of the type.
pub fn of_type(
    file: &Source,
    found: Vec<PolicyInside>,
    kind: PolicyType,
) -> Result<Vec<PolicyInside>, Diagnostic> {
    let is_meant = |one: &PolicyInside| match one.kind {
        Some(PolicyType::Trust) => kind == PolicyType::Trust,
        Some(PolicyType::IdentityBased) => kind != PolicyType::Trust,
        _ => true,
    };
    let paths: Vec<String> = found.iter().map(|one| one.path.clone()).collect();
    let meant: Vec<PolicyInside> = found.into_iter().filter(is_meant).collect();
    if meant.is_empty() {
        let what = format!(
            "`{}` holds {}, and that is not {}",
            file.name(),
            first_of(3, &paths),
            kind.with_article()
        );
        return Err(Diagnostic::error("other-policy", what));
    }
    Ok(meant)
}

/// The only policy of a type among them.
///
/// # Errors
/// If there are several, or none, or something in it is not known.
pub fn only_of_type(
    file: &Source,
    found: Vec<PolicyInside>,
    kind: PolicyType,
) -> Result<PolicyInside, Diagnostic> {
    let only = only_in_part(file, found, kind)?;
    match only.unresolved() {
        Some(wrong) => Err(Diagnostic { severity: Severity::Error, ..wrong }),
        None => Ok(only),
    }
}

/// The only policy of a type among them, of which something may not be known: a name of its own stands for that.
///
/// # Errors
/// If there are several, or none, or it cannot be written down.
pub fn only_in_part(
    file: &Source,
    found: Vec<PolicyInside>,
    kind: PolicyType,
) -> Result<PolicyInside, Diagnostic> {
    let mut meant = of_type(file, found, kind)?;
    if meant.len() > 1 {
        let paths: Vec<String> = meant.iter().map(|one| one.path.clone()).collect();
        let what = format!("`{}` holds {} policies: {}", file.name(), paths.len(), first_of(3, &paths));
        return Err(Diagnostic::error("several-policies", what).help("cut out the one that is meant"));
    }
    let only = meant.swap_remove(0);
    match only.unresolved().filter(|_| only.trees().is_empty()) {
        Some(wrong) => Err(Diagnostic { severity: Severity::Error, ..wrong }),
        None => Ok(only),
    }
}
