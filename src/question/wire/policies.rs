//! The policies that a request brings along.

use std::sync::Arc;

use super::read::{expected, members, unknown};
use crate::compile::CompiledPolicy;
use crate::policy::{Policy, PolicyType};
use crate::source::Diagnostic;
use crate::syntax::json::{Cursor, Kind};
use crate::world::{Document, GivenPolicies, NamedDocument};

const LAYERS: [&str; 7] =
    ["identity", "permissions_boundary", "session", "resource", "vpc_endpoint", "scp", "rcp"];

/// Reads the `policies` of a request. A document that cannot be read is an error of the request (I27): an answer
/// without it would be an answer to something else.
pub(super) fn read_policies(
    value: Cursor<'_>,
    resource_kind: PolicyType,
    warnings: &mut Vec<Diagnostic>,
) -> Result<GivenPolicies, Diagnostic> {
    let mut reader = PolicyReader { warnings };
    let mut given = GivenPolicies::default();
    let all = members(value, "an object of policies")?;
    for (key, value) in all.filter(|(_, value)| value.kind() != Kind::Null) {
        match key.string().as_deref().unwrap_or_default() {
            "identity" => given.identity = Some(reader.list(value, PolicyType::IdentityBased, "identity")?),
            "permissions_boundary" => {
                if value.items().count() > 1 {
                    let what = "there cannot be several permissions boundaries (D9); these count as one";
                    reader
                        .warnings
                        .push(Diagnostic::warning("several-boundaries", what).at(value.place(), ""));
                }
                given.permissions_boundary =
                    Some(reader.list(value, PolicyType::PermissionsBoundary, "boundary")?);
            }
            "session" if value.items().count() > 11 => {
                return Err(expected("at most 11 session policies: one inline, ten managed", value));
            }
            "session" => given.session = Some(reader.list(value, PolicyType::Session, "session")?),
            "resource" => given.resource = reader.list(value, resource_kind, "resource")?.pop(),
            "vpc_endpoint" => {
                given.vpc_endpoint = Some(reader.list(value, PolicyType::VpcEndpoint, "endpoint")?)
            }
            "scp" => given.scp = Some(reader.levels(value, PolicyType::ServiceControl, "scp")?),
            "rcp" => given.rcp = Some(reader.levels(value, PolicyType::ResourceControl, "rcp")?),
            _ => return Err(unknown(key, "layer of policies", &LAYERS)),
        }
    }
    Ok(given)
}

struct PolicyReader<'w> {
    warnings: &'w mut Vec<Diagnostic>,
}

impl PolicyReader<'_> {
    /// A list for each level.
    fn levels(
        &mut self,
        value: Cursor<'_>,
        kind: PolicyType,
        name: &str,
    ) -> Result<Vec<Vec<NamedDocument>>, Diagnostic> {
        if value.kind() != Kind::Array {
            return Err(expected("a list of levels, each a list of policies", value));
        }
        value.items().map(|level| self.list(level, kind, name)).collect()
    }

    /// A list of policies, or one.
    fn list(
        &mut self,
        value: Cursor<'_>,
        kind: PolicyType,
        name: &str,
    ) -> Result<Vec<NamedDocument>, Diagnostic> {
        match value.kind() {
            Kind::Array => value
                .items()
                .enumerate()
                .map(|(i, item)| self.one(item, kind, &format!("{name}-{}", i + 1)))
                .collect(),
            _ => Ok(vec![self.one(value, kind, name)?]),
        }
    }

    /// A document, or `{"name": …, "document": …}`; a document may also be a string that holds one.
    fn one(
        &mut self,
        value: Cursor<'_>,
        kind: PolicyType,
        default: &str,
    ) -> Result<NamedDocument, Diagnostic> {
        if value.kind() != Kind::Object {
            return Err(expected("a policy document", value));
        }
        let Some(document) = value.member("document") else {
            return Ok(NamedDocument { name: default.into(), document: self.document(value, kind)? });
        };
        let name = value.member("name").and_then(Cursor::string);
        let name = name.as_deref().unwrap_or(default).into();
        Ok(NamedDocument { name, document: self.document(document, kind)? })
    }

    fn document(&mut self, value: Cursor<'_>, kind: PolicyType) -> Result<Document, Diagnostic> {
        let unread = || super::read::expected("a policy document", value);
        let (policy, warnings) = Policy::lower(value, kind)
            .accept()
            .map_err(|errors| errors.into_iter().next().unwrap_or_else(unread))?;
        self.warnings.extend(warnings);
        Ok(Document::Good(Arc::new(CompiledPolicy::new(Arc::new(policy)))))
    }
}
