//! The policies of files, given in place of the world's.

use clap::Args;

use super::exit::Exit;
use super::files::NamedFile;
use super::output::Output;
use super::world::policy_source;
use crate::policy::PolicyType;
use crate::session;
use crate::world::{GivenPolicies, NamedDocument, policy_kind};

/// The policies that a question gives.
#[derive(Debug, Args)]
pub(super) struct PolicyFiles {
    /// An identity-based policy in place of the principal's, from a file or one of AWS by name; may be repeated
    #[arg(long, value_name = "FILE")]
    policy: Vec<String>,
    /// The policy of the resource
    #[arg(long, value_name = "FILE")]
    resource_policy: Option<String>,
    /// The permissions boundary; may be repeated
    #[arg(long, value_name = "FILE")]
    boundary: Vec<String>,
    /// A session policy; may be repeated
    #[arg(long, value_name = "FILE")]
    session_policy: Vec<String>,
    /// A service control policy; several stand on one level
    #[arg(long, value_name = "FILE")]
    scp: Vec<String>,
    /// A resource control policy; several stand on one level
    #[arg(long, value_name = "FILE")]
    rcp: Vec<String>,
    /// The policy of the VPC endpoint
    #[arg(long, value_name = "FILE")]
    endpoint_policy: Vec<String>,
}

/// The policies of the principal that statements of the command line are asked with.
#[derive(Debug, Default, Args)]
pub(super) struct PrincipalPolicies {
    /// With -e: an identity-based policy in place of the principal's, as of `can`; may be repeated
    #[arg(long, value_name = "FILE", requires = "execute")]
    policy: Vec<String>,
    /// With -e: a session policy of the principal, as of `can`; may be repeated
    #[arg(long, value_name = "FILE", requires = "execute")]
    session_policy: Vec<String>,
}

impl PrincipalPolicies {
    /// The policies in the files.
    pub(super) fn read(&self, output: &Output) -> Result<GivenPolicies, Exit> {
        let identity = all_documents(&self.policy, PolicyType::IdentityBased, output)?;
        let session = all_documents(&self.session_policy, PolicyType::Session, output)?;
        Ok(GivenPolicies { identity, session, ..GivenPolicies::default() })
    }
}

impl PolicyFiles {
    /// Whether the principal's policies are given.
    pub(super) fn has_identity(&self) -> bool {
        !self.policy.is_empty()
    }

    /// Their files.
    pub(super) fn files(&self) -> impl Iterator<Item = NamedFile<'_>> {
        let all =
            [&self.policy, &self.boundary, &self.session_policy, &self.scp, &self.rcp, &self.endpoint_policy];
        let all = all.into_iter().flatten().chain(&self.resource_policy);
        all.map(|path| ("the policies", path.as_str()))
    }

    /// Reads them for a question about a resource.
    pub(super) fn read(&self, resource: Option<&str>, output: &Output) -> Result<GivenPolicies, Exit> {
        let all = |paths, kind| all_documents(paths, kind, output);
        let of_resource = self.resource_policy.as_ref();
        let of_resource =
            of_resource.map(|path| documents(path, policy_kind(resource), output)).transpose()?;
        let mut given = GivenPolicies {
            identity: all(&self.policy, PolicyType::IdentityBased)?,
            permissions_boundary: all(&self.boundary, PolicyType::PermissionsBoundary)?,
            session: all(&self.session_policy, PolicyType::Session)?,
            resource: of_resource.and_then(|mut documents| documents.pop()),
            vpc_endpoint: all(&self.endpoint_policy, PolicyType::VpcEndpoint)?,
            scp: all(&self.scp, PolicyType::ServiceControl)?.map(|level| vec![level]),
            rcp: all(&self.rcp, PolicyType::ResourceControl)?.map(|level| vec![level]),
            ..GivenPolicies::default()
        };
        given.assume_full_access();
        Ok(given)
    }
}

/// The policies of files; `None` if there are none.
pub(super) fn all_documents(
    paths: &[String],
    kind: PolicyType,
    output: &Output,
) -> Result<Option<Vec<NamedDocument>>, Exit> {
    let read: Result<Vec<_>, Exit> = paths.iter().map(|path| documents(path, kind, output)).collect();
    Ok(Some(read?.concat()).filter(|documents| !documents.is_empty()))
}

/// The policies of a file: one document, or a list of them.
pub(super) fn documents(path: &str, kind: PolicyType, output: &Output) -> Result<Vec<NamedDocument>, Exit> {
    let source = policy_source(path, output)?;
    let (documents, warnings) = session::documents(&source, kind).map_err(|wrong| output.invalid(&wrong))?;
    output.complain(&warnings);
    Ok(documents)
}
