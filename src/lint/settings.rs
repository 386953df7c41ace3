//! What a team says of findings: which are not shown, for what reason, and how bad the others are.

use std::borrow::Cow;
use std::sync::Arc;

use super::rules::{lint_rule, lint_rules};
use crate::names::glob;
use crate::policy::Policy;
use crate::source::{Diagnostic, Parsed, Place, Severity, Source};
use crate::syntax::json::{Cursor, Kind, parse_json};

/// What stands in a settings file.
///
/// ```
/// use iamwhy::{lint::LintSettings, source::Source};
/// let text = r#"{"suppress": [{"code": "pass-role-any", "sid": "Deploy", "reason": "reviewed"}]}"#;
/// assert!(LintSettings::read(&Source::new(".iamwhy-lint.json", text)).diagnostics.is_empty());
/// let text = r#"{"suppress": [{"code": "pass-role-any"}]}"#;
/// assert_eq!(LintSettings::read(&Source::new(".iamwhy-lint.json", text)).diagnostics[0].code, "bad-settings");
/// ```
#[derive(Clone, Debug, Default)]
pub struct LintSettings {
    /// How bad findings of a code are; `None`: they are not shown.
    severities: Vec<(String, Option<Severity>)>,
    /// What is not shown.
    pub suppressions: Vec<Suppression>,
}

/// A finding that is not shown, and why.
#[derive(Clone, Debug)]
pub struct Suppression {
    code: String,
    sid: Option<String>,
    path: Option<String>,
    text: Option<String>,
    /// Where it stands in the settings.
    place: Place,
}

/// The settings for one file.
#[derive(Clone, Debug)]
pub struct FileSettings {
    /// What they say.
    pub settings: Arc<LintSettings>,
    /// The path of the file, from the folder of the settings, with `/`.
    pub path: String,
}

const KEYS: [&str; 2] = ["severities", "suppress"];
const KEYS_OF_ONE: [&str; 5] = ["code", "sid", "path", "text", "reason"];
const WORDS: [(&str, Option<Severity>); 5] = [
    ("off", None),
    ("suggestion", Some(Severity::Suggestion)),
    ("warning", Some(Severity::Warning)),
    ("security", Some(Severity::Security)),
    ("error", Some(Severity::Error)),
];

impl LintSettings {
    /// Reads a settings file, in JSON.
    pub fn read(source: &Arc<Source>) -> Parsed<Self> {
        let Parsed { value, mut diagnostics } = parse_json(source);
        let mut settings = Self::default();
        if let Some(tree) = &value {
            let root = tree.root();
            known(root, &KEYS, &mut diagnostics);
            for (code, word) in root.member("severities").into_iter().flat_map(Cursor::members) {
                let known = code_of(code, &mut diagnostics);
                let severity = severity_of(word, &mut diagnostics);
                settings.severities.extend(known.zip(severity));
            }
            for one in root.member("suppress").into_iter().flat_map(Cursor::items) {
                settings.suppressions.extend(suppression(one, &mut diagnostics));
            }
        }
        Parsed { value: value.map(|_| settings), diagnostics }
    }

    /// Whether they say how bad findings of a code are: a rule that is asked on request is asked then.
    pub(super) fn weighs(&self, code: &str) -> bool {
        self.severities.iter().any(|(own, severity)| own == code && severity.is_some())
    }

    /// Those that nothing was found for in the files where they could have: the numbers of the others are given.
    pub fn unused<'s>(
        &'s self,
        used: &'s [usize],
        paths: &'s [String],
        is_whole: bool,
    ) -> impl Iterator<Item = Diagnostic> + 's {
        let was_asked = move |one: &Suppression| match &one.path {
            Some(pattern) => paths.iter().any(|path| glob(pattern, path)),
            None => is_whole,
        };
        let left = self.suppressions.iter().enumerate().filter(|(number, _)| !used.contains(number));
        left.filter(move |(_, one)| was_asked(one)).map(|(_, one)| {
            let what = format!("this suppresses nothing: no `{}` is found there", one.code);
            Diagnostic::warning("unused-suppression", what).at(one.place.clone(), "").help("take it away")
        })
    }
}

fn wrong(at: Cursor<'_>, what: impl Into<String>) -> Diagnostic {
    Diagnostic::error("bad-settings", what).at(at.place(), "")
}

/// Says which members there are not.
fn known(object: Cursor<'_>, keys: &[&str], found: &mut Vec<Diagnostic>) {
    if object.kind() != Kind::Object {
        found.push(wrong(object, "an object is wanted here"));
    }
    for (key, _) in object.members() {
        let name = key.string().unwrap_or_default();
        if !keys.contains(&&*name) {
            let near = wrong(key, format!("`{name}` is no setting")).suggest(&name, keys.iter().copied());
            let all = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            found.push(if near.help.is_some() { near } else { near.help(format!("there are {all}")) });
        }
    }
}

fn code_of(word: Cursor<'_>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let code = word.string().unwrap_or_default().into_owned();
    if lint_rule(&code).is_some() {
        return Some(code);
    }
    let codes = lint_rules().map(|rule| rule.code);
    found.push(wrong(word, format!("no rule is called `{code}`")).suggest(&code, codes));
    None
}

fn severity_of(word: Cursor<'_>, found: &mut Vec<Diagnostic>) -> Option<Option<Severity>> {
    let name = word.string().unwrap_or_default();
    let known = WORDS.iter().find(|(known, _)| *known == name).map(|(_, severity)| *severity);
    if known.is_none() {
        found.push(wrong(word, "there are off, suggestion, warning, security and error"));
    }
    known
}

fn suppression(one: Cursor<'_>, found: &mut Vec<Diagnostic>) -> Option<Suppression> {
    known(one, &KEYS_OF_ONE, found);
    let text = |key: &str| one.member(key).and_then(Cursor::string).map(Cow::into_owned);
    if text("reason").is_none_or(|reason| reason.trim().is_empty()) {
        found.push(
            wrong(one, "a suppression needs a `reason`")
                .help("say why this is right here, for whoever reads it next"),
        );
        return None;
    }
    let Some(code) = one.member("code") else {
        found.push(wrong(one, "a suppression needs a `code`").help("`iamwhy lint --list` lists the codes"));
        return None;
    };
    Some(Suppression {
        code: code_of(code, found)?,
        sid: text("sid"),
        path: text("path"),
        text: text("text"),
        place: one.place(),
    })
}

impl FileSettings {
    /// Takes away what is not to be shown and weighs the rest; gives the numbers of the suppressions.
    pub(super) fn apply(&self, findings: &mut Vec<Diagnostic>, policy: Option<&Policy>) -> Vec<usize> {
        let mut used = Vec::new();
        findings.retain_mut(|found| {
            let severities = &self.settings.severities;
            match severities.iter().rev().find(|(code, _)| code == found.code) {
                Some((_, None)) => return false,
                Some((_, Some(severity))) => found.severity = *severity,
                None => {}
            }
            let number = self.settings.suppressions.iter().position(|one| self.covers(one, found, policy));
            used.extend(number);
            number.is_none()
        });
        used
    }

    fn covers(&self, one: &Suppression, found: &Diagnostic, policy: Option<&Policy>) -> bool {
        let place = found.labels.first().map(|label| &label.place);
        let is_sid = |sid: &String| {
            place.zip(policy).is_some_and(|(place, policy)| sid_at(policy, place) == Some(sid.into()))
        };
        one.code == found.code
            && one.path.as_ref().is_none_or(|pattern| glob(pattern, &self.path))
            && one.sid.as_ref().is_none_or(is_sid)
            && one
                .text
                .as_ref()
                .is_none_or(|text| place.is_some_and(|place| place.text().trim_matches('"') == text))
    }
}

/// The Sid of the statement in which something stands.
fn sid_at<'p>(policy: &'p Policy, place: &Place) -> Option<Cow<'p, str>> {
    let statements = policy.statements().iter();
    let at = statements
        .clone()
        .position(|one| one.span.start <= place.span.start && place.span.end <= one.span.end)?;
    policy.sid(at)
}
