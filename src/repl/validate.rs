//! Whether Enter ends an entry.

use crate::source::Source;
use crate::syntax::script::unfinished;

/// Whether more must follow; the parser says so. What only a prompt knows is complete on its line.
pub(super) fn is_unfinished(entry: &str) -> bool {
    !entry.trim_start().starts_with(['.', '?']) && unfinished(&Source::new("<prompt>", entry)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ran_out_of_input_goes_on() {
        assert!(is_unfinished("policy P {\"Statement\": ["));
        assert!(is_unfinished("whoami\npolicy P {"));
        assert!(!is_unfinished("policy P {\"Statement\": [}"));
        assert!(!is_unfinished("?it's"));
        assert!(!is_unfinished(""));
    }
}
