//! S3: buckets, their policies, encryption, Block Public Access, and the words of `aws s3`.

pub(super) mod block;
pub(super) mod bucket;
pub(super) mod encryption;
pub(super) mod policy;
pub(super) mod words;

use super::call::Call;
use super::operation::Service;
use super::refusal::Refusal;
use crate::world::{Resource, WorldError};

const S3: Service = Service("s3");
const S3API: Service = Service("s3api");
const S3CONTROL: Service = Service("s3control");

const BUCKET: &str = "arn:aws:s3:::";

impl Call<'_> {
    /// The name of the bucket: of `--bucket`, or of a path `s3://BUCKET`.
    fn bucket_name(&self) -> &str {
        let path = self.option("s3-path").map(|path| path.strip_prefix("s3://").unwrap_or(path));
        path.map_or(self.word("bucket"), |path| path.trim_end_matches('/'))
    }

    fn bucket_arn(&self) -> String {
        format!("{BUCKET}{}", self.bucket_name())
    }

    fn bucket(&self) -> Result<&Resource, Refusal> {
        let name = self.bucket_name();
        self.world.resource(&self.bucket_arn()).map(AsRef::as_ref).ok_or_else(|| {
            let known = self.world.resources().filter_map(|one| one.arn.strip_prefix(BUCKET));
            let what = format!("there is no bucket `{name}`");
            WorldError::new("unknown-bucket", name, what).suggest(known).into()
        })
    }
}
