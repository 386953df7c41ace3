//! The options of an operation, read from the words that people read, too.

use super::operation::{Operation, operation};

/// An option of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, without the dashes.
    pub name: &'static str,
    /// What it takes: `USER`, `POLICY`, `DOCUMENT` …; empty if nothing.
    pub takes: &'static str,
    /// Whether it takes several values.
    pub several: bool,
    /// Whether the operation needs it.
    pub required: bool,
    /// Whether the world keeps what it says; what it does not keep decides nothing here.
    pub kept: bool,
}

impl Operation {
    /// The options, in order; those that the world does not keep stand behind `|`.
    pub(super) fn parameters(&self) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        for word in self.usage_of_options().split_whitespace() {
            let bare = word.trim_matches(['[', ']']);
            match bare.strip_prefix("--") {
                Some(name) => {
                    let required = !word.starts_with('[');
                    found.push(Parameter { name, takes: "", several: false, required, kept: true });
                }
                None => {
                    if let Some(last) = found.last_mut() {
                        last.takes = bare.trim_end_matches("...");
                        last.several = bare.ends_with("...");
                    }
                }
            }
        }
        let (_, others) = self.options.split_once(" | ").unwrap_or_default();
        found.extend(others.split_whitespace().map(|name| Parameter {
            name,
            takes: "",
            several: true,
            required: false,
            kept: false,
        }));
        found
    }

    /// The word that the operation takes without an option, `S3-PATH`.
    pub(super) fn positional(&self) -> Option<&'static str> {
        self.options.split(' ').next().filter(|word| !word.is_empty() && !word.starts_with(['-', '[', '|']))
    }

    /// The options that decide something, as people write them.
    pub(super) fn usage_of_options(&self) -> &'static str {
        self.options.split_once(" | ").map_or(self.options, |(kept, _)| kept)
    }
}

/// The options of an operation that is modelled; none of any other.
pub fn parameters(service: &str, name: &str) -> Vec<Parameter> {
    operation(service, name).map(Operation::parameters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_from_the_usage() {
        let all = parameters("iam", "create-user");
        let shown: Vec<_> = all.iter().map(|one| (one.name, one.takes, one.several, one.required)).collect();
        assert_eq!(shown[0], ("user-name", "NAME", false, true));
        assert_eq!(shown.last(), Some(&("tags", "TAG", true, false)));
        let all = parameters("iam", "create-role");
        let not_kept: Vec<_> = all.iter().filter(|one| !one.kept).map(|one| one.name).collect();
        assert_eq!(not_kept, ["description", "max-session-duration"]);
    }
}
