//! Names in the letters in which the catalog writes them, where letter case does not count.

use crate::catalog::Catalog;
use crate::policy::{PolicyForm, Spelling};

/// The canonical form of policies, in AWS's spelling.
///
/// ```
/// use iamwhy::{recognise::{CANONICAL, format_file}, source::Source};
/// let form = |action: &str| {
///     let text = format!(r#"{{"Statement": {{"Effect": "Allow", "Action": {action}, "Resource": "*"}}}}"#);
///     format_file(&Source::new("p.json", text), CANONICAL).unwrap().text
/// };
/// assert_eq!(form(r#"["S3:getobject", "s3:GET*tagging"]"#), form(r#"["s3:Get*Tagging", "s3:GetObject"]"#));
/// ```
pub const CANONICAL: PolicyForm = PolicyForm::Canonical(Spelling { action, key });

/// A name or pattern of actions (A35).
fn action(pattern: &str) -> String {
    let Some((service, name)) = pattern.split_once(':') else { return pattern.to_owned() };
    let listed = Catalog::in_use().matching_actions(pattern).next();
    let name =
        listed.and_then(|action| in_letters_of(action.name(), name)).unwrap_or_else(|| name.to_owned());
    format!("{}:{name}", service.to_ascii_lowercase())
}

/// A pattern in the letters of a name that it matches: what stands before the first `*` as the name begins, what stands
/// behind the last as it ends, what stands between where it is met first.
fn in_letters_of(name: &str, pattern: &str) -> Option<String> {
    let parts: Vec<&str> = pattern.split('*').collect();
    let (mut spelled, mut at) = (Vec::new(), 0);
    for (number, part) in parts.iter().enumerate() {
        let last = name.len().checked_sub(part.len())?;
        let start = match number {
            0 => 0,
            _ if number + 1 == parts.len() => last,
            _ => (at..=last).find(|start| fits(part, name.get(*start..).unwrap_or_default()))?,
        };
        let letters = name.get(start..start + part.len())?.chars().zip(part.chars());
        spelled.push(letters.map(|(letter, own)| if own == '?' { own } else { letter }).collect::<String>());
        at = start + part.len();
    }
    Some(spelled.join("*"))
}

/// Whether a text begins with a part of a pattern.
fn fits(part: &str, text: &str) -> bool {
    let mut letters = text.bytes();
    part.bytes()
        .all(|own| letters.next().is_some_and(|letter| own == b'?' || own.eq_ignore_ascii_case(&letter)))
}

/// A condition key (B2); the name of a tag stays as it is written.
fn key(name: &str) -> String {
    let listed = Catalog::in_use().condition_key(name);
    listed.map_or_else(|| name.to_owned(), |listed| listed.spelled(name))
}
