//! Operations of AWS's APIs that are no actions by their own names: `HeadBucket` needs `s3:ListBucket`.

use super::action::ActionFacts;
use super::blob::Catalog;

/// One service a line: its operations whose actions are called otherwise. `+` stands between actions that are all
/// needed, `|` between those of which the call decides; without `=` no action is known. The prefix of the own service is left out.
///
/// The Service Reference of 2026-02-13, corrected by hand for S3 and for calls that work on data (`NOTICE.md`).
const TABLE: &str = include_str!("operations.txt");

/// An operation of a service's API that is no action by its own name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiOperation {
    /// Its name as AWS writes it, `s3:HeadBucket`.
    pub name: String,
    /// The actions that it may need, `s3:ListBucket`.
    pub actions: Vec<String>,
    /// Whether the call decides which of the actions it needs; otherwise it needs all of them.
    pub is_uncertain: bool,
}

impl Catalog {
    /// Finds what an operation needs, by its name in full, in any letter case: `s3:HeadBucket`, also with the date of
    /// an API as events write it, `lambda:ListFunctions20150331`. Nothing if the name is an action or nothing known.
    pub fn operation(&self, name: &str) -> Option<ApiOperation> {
        if self.action(name).is_some() {
            return None;
        }
        let (service, own) = name.split_once(':')?;
        ApiOperation::of(service, own).or_else(|| self.dated(service, own))
    }

    /// An operation with the date of its API behind its name.
    fn dated(&self, service: &str, name: &str) -> Option<ApiOperation> {
        let plain = without_date(name)?;
        let written = |found: ApiOperation| ApiOperation { name: format!("{service}:{name}"), ..found };
        let action = self.action_by_parts(service, plain);
        let needing = |action: ActionFacts<'_>| {
            written(ApiOperation {
                name: String::new(),
                actions: vec![action.to_string()],
                is_uncertain: false,
            })
        };
        ApiOperation::of(service, plain).map(written).or(action.map(needing))
    }
}

impl ApiOperation {
    /// An operation of a service by its name, in any letter case, with or without the dashes of the command line.
    pub fn of(service: &str, name: &str) -> Option<Self> {
        let called = |own: &str| own.eq_ignore_ascii_case(name) || is_kebab_of(name, own);
        let (service, mut entries) = entries(service)?;
        entries.find(|(own, _)| called(own)).map(|(own, needed)| Self::read(service, own, needed))
    }

    /// The names of a service's operations that are no actions.
    pub fn names_of(service: &str) -> impl Iterator<Item = &'static str> {
        entries(service).into_iter().flat_map(|(_, entries)| entries).map(|(name, _)| name)
    }

    /// The names of the operations that need an action, as far as they are no actions by their own names.
    pub fn needing(action: &str) -> Vec<String> {
        let lines = TABLE.lines().filter_map(|line| line.split_once(' '));
        let all = lines.flat_map(|(service, words)| {
            let entries = words.split(' ').filter_map(|word| word.split_once('='));
            entries.map(move |(name, needed)| Self::read(service, name, needed))
        });
        let needs = |one: &Self| one.actions.iter().any(|own| own.eq_ignore_ascii_case(action));
        all.filter(needs).map(|one| one.name).collect()
    }

    fn read(service: &str, name: &str, needed: &str) -> Self {
        let full = |action: &str| match action.contains(':') {
            true => action.to_owned(),
            false => format!("{service}:{action}"),
        };
        let actions = needed.split(['+', '|']).filter(|action| !action.is_empty()).map(full).collect();
        Self { name: format!("{service}:{name}"), actions, is_uncertain: needed.contains('|') }
    }

    /// Its only action, if there is just one.
    pub fn only_action(&self) -> Option<&str> {
        match &self.actions[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// What it is and what it needs: `s3:HeadBucket is an API operation, not an action; its permission is s3:ListBucket`.
    pub fn in_words(&self) -> String {
        let all = |last| listed(&self.actions, last);
        let needed = match (&self.actions[..], self.is_uncertain) {
            ([], _) => "AWS names no permission for it".to_owned(),
            ([one], _) => format!("its permission is {one}"),
            (_, false) => format!("its permissions are {}", all("and")),
            (_, true) => format!("the call decides which permission it needs: {}", all("or")),
        };
        format!("{} is an API operation, not an action; {needed}", self.name)
    }
}

/// A service as the table spells it, and its operations with what they need.
fn entries(service: &str) -> Option<(&'static str, impl Iterator<Item = (&'static str, &'static str)>)> {
    let mut lines = TABLE.lines().filter_map(|line| line.split_once(' '));
    let (service, words) = lines.find(|(own, _)| own.eq_ignore_ascii_case(service))?;
    Some((service, words.split(' ').map(|word| word.split_once('=').unwrap_or((word, "")))))
}

/// Whether a name of the command line, `list-objects-v2`, is that of an operation, `ListObjectsV2`.
fn is_kebab_of(name: &str, own: &str) -> bool {
    let letters = || name.bytes().filter(|byte| *byte != b'-');
    name.contains('-')
        && letters().count() == own.len()
        && letters().zip(own.bytes()).all(|(left, right)| left.eq_ignore_ascii_case(&right))
}

/// `ListFunctions20150331`, `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31` without the date.
fn without_date(name: &str) -> Option<&str> {
    let unversioned = name.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('v').unwrap_or(name);
    [unversioned, name].into_iter().find_map(|name| {
        let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        let date = name.get(plain.len()..)?;
        let digits = date.bytes().filter(u8::is_ascii_digit).count();
        (digits == 8 && !plain.is_empty()).then_some(plain)
    })
}

/// `a, b and c`.
fn listed(words: &[String], last: &str) -> String {
    match words.split_last() {
        Some((end, before)) if !before.is_empty() => format!("{} {last} {end}", before.join(", ")),
        Some((end, _)) => end.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_an_operation_tells_its_actions() {
        let needs = |name| Catalog::embedded().operation(name).map(|found| found.actions.join(" "));
        for (name, actions) in [
            ("s3:HeadBucket", "s3:ListBucket"),
            ("S3:listobjectsv2", "s3:ListBucket"),
            ("s3:ListBuckets", "s3:ListAllMyBuckets"),
            ("s3:UploadPart", "s3:PutObject"),
            ("s3:CopyObject", "s3:PutObject s3:GetObject"),
            ("lambda:Invoke", "lambda:InvokeFunction"),
            ("dynamodb:TransactGetItems", "dynamodb:GetItem"),
            ("lambda:ListFunctions20150331", "lambda:ListFunctions"),
            ("lambda:UpdateFunctionCode20150331v2", "lambda:UpdateFunctionCode"),
            ("cloudfront:CreateDistribution2020_05_31", "cloudfront:CreateDistribution"),
        ] {
            assert_eq!(needs(name).as_deref(), Some(actions), "{name}");
        }
        for name in
            ["s3:GetObject", "s3:Nothing", "nothing:HeadBucket", "s3", "s3:20150331", "s3:é20150331v2"]
        {
            assert_eq!(needs(name), None, "{name}");
        }
    }

    #[test]
    fn every_operation_leads_to_actions_that_the_catalog_knows() {
        for line in TABLE.lines() {
            let service = line.split(' ').next().unwrap_or_default();
            for name in ApiOperation::names_of(service) {
                let found = ApiOperation::of(service, name).unwrap_or_else(|| panic!("{service} {name}"));
                for action in &found.actions {
                    assert!(Catalog::embedded().action(action).is_some(), "{service} {name}: {action}");
                }
            }
        }
    }

    #[test]
    fn what_is_uncertain_says_so() {
        let words =
            |name| Catalog::embedded().operation(name).map(|found| found.in_words()).unwrap_or_default();
        assert_eq!(
            words("s3:HeadBucket"),
            "s3:HeadBucket is an API operation, not an action; its permission is s3:ListBucket"
        );
        assert!(
            words("kms:ReEncrypt").ends_with("its permissions are kms:ReEncryptFrom and kms:ReEncryptTo")
        );
        assert!(
            words("dynamodb:TransactWriteItems")
                .contains("the call decides which permission it needs: dynamodb:ConditionCheckItem, ")
        );
        assert!(words("logs:GetLogObject").ends_with("AWS names no permission for it"));
    }
}
