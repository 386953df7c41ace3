//! Policies as text: read, printed, read again, compiled.

use std::sync::Arc;

use iamwhy::compile::CompiledPolicy;
use iamwhy::policy::{Policy, PolicyType, parse_policy};
use iamwhy::source::{Parsed, Source};

use super::shown::diagnostics_are_shown;

/// How many times longer than its text a policy may be printed, with lines of their own and indents, and how many
/// bytes more.
const PRINTED: (usize, usize) = (24, 400);

/// A text as policies of two kinds, of those that name principals if it says something of them.
pub(super) fn policy(data: &[u8]) {
    let text = super::text(data);
    let kinds = match text.contains("Principal") {
        true => [PolicyType::ResourceBased, PolicyType::ResourceControl],
        false => [PolicyType::IdentityBased, PolicyType::ServiceControl],
    };
    for kind in kinds {
        let parsed = read(&text, kind);
        diagnostics_are_shown(&text, &parsed.diagnostics);
        let sound = !parsed.has_errors();
        assert!(sound || !parsed.diagnostics.is_empty());
        let Some(policy) = parsed.value else {
            assert!(!sound, "neither a policy nor an error: {text:?}");
            continue;
        };
        if sound {
            is_json(&text);
            is_read_as_it_is_printed(&policy, kind);
        }
        CompiledPolicy::new(Arc::new(policy));
    }
}

fn read(text: &str, kind: PolicyType) -> Parsed<Policy> {
    parse_policy(&Source::new("p.json", text), kind)
}

/// What is accepted as a policy is JSON for others, too, but for a byte order mark and numbers that they cannot hold.
fn is_json(text: &str) {
    let text = text.trim_start_matches('\u{feff}');
    let read = serde_json::from_str::<serde_json::Value>(text);
    let number = read.as_ref().is_err_and(|wrong| wrong.to_string().starts_with("number out of range"));
    assert!(read.is_ok() || number, "{read:?} {text:?}");
}

fn is_read_as_it_is_printed(policy: &Policy, kind: PolicyType) {
    let printed = policy.print();
    let length = policy.source().text().len();
    assert!(printed.len() <= PRINTED.0 * length + PRINTED.1, "{length} {printed}");
    let again = read(&printed, kind);
    assert!(!again.has_errors(), "{printed}: {:?}", again.diagnostics);
    assert_eq!(again.value.map(|again| again.print()), Some(printed));
}
