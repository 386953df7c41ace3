//! The options that every operation has.

use super::given::Raw;
use crate::source::Diagnostic;
use crate::syntax::shell::ShellWord;

/// What the options of every operation say.
#[derive(Clone, Debug, Default)]
pub(super) struct Global {
    /// The Region, for `aws:RequestedRegion`.
    pub(super) region: Option<Box<str>>,
    /// What was given and is not modelled.
    pub(super) notes: Vec<String>,
}

/// What becomes of an option of every operation.
enum Use {
    Region,
    /// The option changes nothing that could be seen here.
    Harmless,
    /// The answer is shown otherwise: whole, as JSON.
    Shown,
    /// Another answer would come of it.
    Refused(&'static str),
}

const OPTIONS: &[(&str, usize, Use)] = &[
    ("region", 1, Use::Region),
    ("output", 1, Use::Shown),
    ("query", 1, Use::Shown),
    ("max-items", 1, Use::Shown),
    ("page-size", 1, Use::Harmless),
    ("no-cli-pager", 0, Use::Harmless),
    ("no-cli-auto-prompt", 0, Use::Harmless),
    ("no-paginate", 0, Use::Harmless),
    ("no-verify-ssl", 0, Use::Harmless),
    ("color", 1, Use::Harmless),
    ("cli-read-timeout", 1, Use::Harmless),
    ("cli-connect-timeout", 1, Use::Harmless),
    ("profile", 1, Use::Refused("sign in as who the profile stands for: `sign-in alice at acme`")),
    (
        "no-sign-request",
        0,
        Use::Refused("ask for nobody: `can anonymous s3:GetObject on arn:aws:s3:::reports/q1.csv`"),
    ),
    (
        "endpoint-url",
        1,
        Use::Refused("what goes through a VPC endpoint is asked with `can … with aws:SourceVpce=…`"),
    ),
    (
        "cli-input-yaml",
        1,
        Use::Refused("give the options themselves, or `--cli-input-json file://input.json`"),
    ),
    ("generate-cli-skeleton", 0, Use::Refused("`help aws` shows the options")),
    ("debug", 0, Use::Refused("`why` explains the last answer")),
];

/// The names of the options that every operation has.
pub fn names() -> impl Iterator<Item = &'static str> {
    OPTIONS.iter().map(|(name, ..)| *name).chain([super::input::NAME])
}

/// How many words at the front are options of every operation with their values: `aws --region eu-west-1 ec2 …`.
pub(super) fn leading(words: &[ShellWord]) -> usize {
    let mut at = 0;
    while let Some(name) = words.get(at).and_then(|word| word.text.strip_prefix("--")) {
        let (name, given) = name.split_once('=').map_or((name, 0), |(name, _)| (name, 1));
        let Some((_, count, _)) = OPTIONS.iter().find(|(known, ..)| *known == name) else { break };
        at = words.len().min(at + 1 + count.saturating_sub(given));
    }
    at
}

/// Takes the options of every operation out of those that were given.
pub(super) fn take(raw: Vec<Raw<'_>>) -> Result<(Global, Vec<Raw<'_>>), Diagnostic> {
    let (mut global, mut others) = (Global::default(), Vec::new());
    for one in raw {
        match OPTIONS.iter().find(|(name, ..)| *name == one.name) {
            None => others.push(one),
            Some((name, count, kind)) => {
                if one.values.len() != *count {
                    return Err(count_wrong(name, *count, &one));
                }
                global.take(name, kind, &one)?;
            }
        }
    }
    Ok((global, others))
}

impl Global {
    fn take(&mut self, name: &str, kind: &Use, raw: &Raw<'_>) -> Result<(), Diagnostic> {
        let value = raw.values.first().map(super::given::RawValue::text).unwrap_or_default();
        match kind {
            Use::Harmless => {}
            Use::Region => self.region = Some(value.into()),
            Use::Shown if (name, value) == ("output", "json") => {}
            Use::Shown => {
                self.notes.push(format!("`--{name}` is not modelled: the whole answer is shown, as JSON"));
            }
            Use::Refused(help) => {
                let what = format!("`--{name}` is not modelled");
                return Err(Diagnostic::error("not-modelled", what).at(raw.place.clone(), "").help(*help));
            }
        }
        Ok(())
    }
}

pub(super) fn count_wrong(name: &str, count: usize, raw: &Raw<'_>) -> Diagnostic {
    let wanted = if count == 0 { "no value" } else { "one value" };
    let what = format!("aws: error: argument --{name}: expected {wanted}");
    Diagnostic::error("option-values", what).at(raw.place.clone(), "")
}
