//! Whether Enter ends an entry.

use super::dot::behind_once;
use crate::catalog::Catalog;
use crate::commands::text_of_aws;
use crate::source::Source;
use crate::syntax::script::unfinished;

/// Whether more must follow; the parser says so. A text of AWS is complete, whatever quotes are in it. What only a
/// prompt knows is complete on its line, but for the command of `.once FILE COMMAND`.
pub(super) fn is_unfinished(entry: &str) -> bool {
    let statement = behind_once(entry).and_then(|at| entry.get(at..)).unwrap_or(entry);
    let complete = statement.trim_start().starts_with(['.', '?']);
    let pasted = || text_of_aws(statement, Catalog::in_use()).is_some();
    !complete && !pasted() && unfinished(&Source::new("<prompt>", statement)).is_some()
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
        assert!(!is_unfinished(".once it's.txt"));
        assert!(is_unfinished(".once out.txt policy P {"));
        assert!(!is_unfinished(""));
        let message = "User: arn:aws:iam::111122223333:user/x is not authorized to perform: s3:GetObject',";
        assert!(!is_unfinished(message));
    }
}
