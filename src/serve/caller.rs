//! Who a client is: its access key is the id of its account.

use serde_json::{Map, Value};

use crate::names::{AccountId, Arn};
use crate::session::Session;
use crate::world::{Principal, PrincipalKind};

/// What the signature of a request says; the signature itself is not looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SignedBy<'h> {
    key: Option<&'h str>,
    pub(super) region: Option<&'h str>,
}

impl<'h> SignedBy<'h> {
    /// Reads `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
    pub(super) fn read(authorization: Option<&'h str>) -> Self {
        let scope = authorization.and_then(|text| text.split_once("Credential="));
        let Some((_, scope)) = scope else { return Self::default() };
        let scope = scope.split([',', ' ']).next().unwrap_or_default();
        let mut parts = scope.split('/');
        let (key, region) = (parts.next(), parts.nth(1));
        Self { key, region: region.filter(|region| !region.is_empty()) }
    }

    /// Who asks: the root user of the account whose id is the key, else who is signed in in the world, else the root user of
    /// the account that the question is about, of the selected one, or of the first.
    pub(super) fn caller(self, session: &Session, input: &Map<String, Value>) -> Option<Principal> {
        let known = |id: AccountId| session.world().account(id).map(|account| account.id);
        let by_key = self.key.and_then(AccountId::parse).and_then(known);
        if by_key.is_none()
            && let Some(who) = session.signed_in().filter(|who| who.account().is_some())
        {
            return Some(who.clone());
        }
        let source = input.get("PolicySourceArn").and_then(Value::as_str);
        let by_source = || source.and_then(Arn::parse).and_then(|arn| arn.account_id()).and_then(known);
        let first = || session.world().accounts().next().map(|account| account.id);
        let account = by_key.or_else(by_source).or_else(|| session.selected()).or_else(first)?;
        Some(Principal::new(PrincipalKind::Root(account)))
    }
}
