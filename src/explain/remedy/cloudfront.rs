//! A bucket that stays closed and is served to everybody all the same: by CloudFront with origin access control, which the
//! bucket policy lets in (CloudFront guide (2026): private-content-restricting-access-to-s3).

use super::context::SOURCE_ARN;
use super::proposal::{Patch, Proposal};
use super::public_access::KEEPS_OUT;
use crate::names::Arn;
use crate::policy::Layer;
use crate::question::{Asked, OtherCall};
use crate::syntax::json::quote;
use crate::world::{Change, ContextValue, Principal, PrincipalKind, ResourceChange, Tags};

const SERVICE: &str = "cloudfront.amazonaws.com";

/// Stands for the id of a distribution that is yet to be made.
const SOME_DISTRIBUTION: &str = "EDFDVBD6EXAMPLE";

impl Asked<'_> {
    /// The bucket served by CloudFront, which the bucket policy lets in for one distribution.
    pub(super) fn by_cloudfront(&self) -> Option<Proposal> {
        let is_read = self.request.action.is("s3:GetObject");
        let is_public = self.request.caller.principal.kind == PrincipalKind::Anonymous && is_read;
        let owner = self.request.owner.filter(|_| is_public)?;
        let bucket = self.request.side.record.as_ref().filter(|record| record.bucket.is_none())?;
        let partition = Arn::parse(&bucket.arn)?.partition().to_owned();
        let source = format!("arn:{partition}:cloudfront::{owner}:distribution/{SOME_DISTRIBUTION}");
        let says = format!(
            "{{\"Effect\": \"Allow\", \"Principal\": {{\"Service\": \"{SERVICE}\"}}, \"Action\": \"s3:GetObject\", \"Resource\": {}, \"Condition\": {{\"StringEquals\": {{\"{SOURCE_ARN}\": {}}}}}}}",
            quote(&format!("{}/*", bucket.arn)),
            quote(&source)
        );
        let added = self.saying_more(Layer::ResourceBased, 0, &says)?;
        let lines = self.aws_lines(&added);
        let Patch::Policy(edit) = &added.change else { return None };
        let document = crate::world::Document::Good(edit.document.clone()?);
        let put = ResourceChange::put(bucket.arn.clone(), owner, Some(document), Tags::default());
        let call = OtherCall {
            principal: Some(Principal::new(PrincipalKind::Service(SERVICE.into()))),
            resource: None,
            keys: vec![
                (SOURCE_ARN.into(), ContextValue::One(source.into())),
                ("aws:SourceAccount".into(), ContextValue::One(owner.to_string().into())),
            ],
            changes: vec![Change::Resource(put)],
        };
        let words = format!(
            "serve it by a distribution of CloudFront with origin access control (put its id for {SOME_DISTRIBUTION}): {}",
            added.edit.words
        );
        let mut found = Proposal::new(words, Patch::Call(call)).done_by(added.by, added.edit.commands);
        found.edit.account = added.edit.account;
        found.edit.read = lines.as_ref().and_then(|lines| lines.read.clone());
        found.edit.run = lines.map(|lines| lines.put);
        let found = found.so(format!(
            "everybody gets {} by the link of CloudFront; the bucket itself stays closed",
            bucket.arn.rsplit(':').next().unwrap_or_default()
        ));
        Some(found.provided("everybody is to have it").since(Some(KEEPS_OUT.to_owned())))
    }
}
