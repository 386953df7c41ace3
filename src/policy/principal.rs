//! Principal elements.

use super::ast::{PrincipalElement, PrincipalEntry, PrincipalForm, PrincipalType};
use super::lower::Lower;
use super::role::StringRole;
use crate::names::{AccountId, Arn};
use crate::source::Diagnostic;
use crate::syntax::json::{Cursor, Kind};

/// What may stand under `AWS`.
const FORMS: &str = "an account id, or an ARN such as `arn:aws:iam::111122223333:user/alice`, \
                     `arn:aws:iam::111122223333:role/Deploy` or \
                     `arn:aws:sts::111122223333:assumed-role/Deploy/ci-1`";

impl Lower {
    pub(super) fn principal(
        &mut self,
        negated: bool,
        key: Cursor<'_>,
        value: Cursor<'_>,
    ) -> Option<PrincipalElement> {
        let form = match value.kind() {
            Kind::String | Kind::EscapedString => self.everyone(value)?,
            Kind::Object => PrincipalForm::Map(self.principal_map(value).into()),
            _ => {
                self.wrong_type("`\"*\"` or an object such as `{\"AWS\": \"arn:…\"}`", value);
                return None;
            }
        };
        Some(PrincipalElement { negated, key: key.span(), form })
    }

    fn everyone(&mut self, value: Cursor<'_>) -> Option<PrincipalForm> {
        let text = self.one_text(value)?;
        if value.string().as_deref() == Some("*") {
            return Some(PrincipalForm::Everyone(text));
        }
        let what = format!("a principal that is a bare string can only be `*`, found {}", value.raw());
        let diagnostic = Diagnostic::error("invalid-principal", what).at(value.place(), "");
        self.found.push(diagnostic.help(format!("write `{{\"AWS\": {}}}`", value.raw())));
        None
    }

    fn principal_map(&mut self, value: Cursor<'_>) -> Vec<PrincipalEntry> {
        let names = PrincipalType::ALL.map(PrincipalType::as_str);
        let members = self.members(value, &names);
        let mut entries: Vec<_> = PrincipalType::ALL
            .into_iter()
            .zip(members)
            .filter_map(|(kind, member)| member.map(|(key, value)| self.principal_entry(kind, key, value)))
            .collect();
        entries.sort_by_key(|entry| entry.key.start);
        entries
    }

    fn principal_entry(&mut self, kind: PrincipalType, key: Cursor<'_>, value: Cursor<'_>) -> PrincipalEntry {
        let values = self.text_list(value, StringRole::Principal(kind));
        PrincipalEntry { kind, key: key.span(), values }
    }

    pub(super) fn check_principal(&mut self, kind: PrincipalType, value: Cursor<'_>) {
        let Some(text) = value.string() else { return };
        let group = kind == PrincipalType::Aws && text.starts_with("arn:") && text.contains(":group/");
        if group {
            // A30
            let what = format!("`{text}` is a user group, and a group is never a principal");
            let diagnostic = Diagnostic::error("invalid-principal", what).at(value.place(), "");
            self.found.push(diagnostic.help("name its users, or a role that they assume"));
        } else if text.contains('*') && !(text == "*" && kind == PrincipalType::Aws) {
            // A21
            let what = format!("a principal may not hold a wildcard, so `{text}` covers nobody");
            let diagnostic = Diagnostic::warning("wildcard-in-principal", what).at(value.place(), "");
            self.found.push(diagnostic.help("name the account and test `aws:PrincipalArn` in a condition"));
        } else if kind == PrincipalType::Aws && !is_principal(&text) {
            let what = format!("`{text}` is no principal, so it covers nobody; AWS would refuse it");
            let diagnostic = Diagnostic::warning("no-principal", what).at(value.place(), "");
            self.found.push(diagnostic.help(FORMS));
        }
    }
}

/// A22 to A26, A31: everyone, an account, a user, role or session, an origin access identity, or a unique id.
fn is_principal(text: &str) -> bool {
    let id = |prefix: &str| text.starts_with(prefix) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if text == "*" || AccountId::parse(text).is_some() || id("AIDA") || id("AROA") {
        return true;
    }
    let Some(arn) = Arn::parse(text) else { return false };
    let of_account = arn.account_id().is_some();
    match (arn.service(), arn.resource().split_once('/')) {
        ("iam", None) => of_account && arn.resource() == "root",
        ("iam", Some(("user", name))) => (of_account || arn.account() == "cloudfront") && !name.is_empty(),
        ("iam", Some(("role", name))) => of_account && !name.is_empty(),
        ("sts", Some(("assumed-role", name))) => of_account && name.contains('/'),
        ("sts", Some(("federated-user", name))) => of_account && !name.is_empty(),
        _ => false,
    }
}
