use super::blob::{Row, list, u16_at, u32_at};
use super::key::KeyFacts;
use super::layout::TYPE_ROW;
use super::service::ServiceFacts;
use super::template;

/// What the catalog knows of a resource type.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceTypeFacts(pub(super) Row);

impl ResourceTypeFacts {
    /// Gives the service that defines the type; its ARNs may belong to another (`kafka-cluster` and `kafka`).
    pub fn service(self) -> ServiceFacts {
        ServiceFacts(self.0.at(u16_at(self.row(), 4)))
    }

    /// Gives the name; it may hold spaces and slashes.
    pub fn name(self) -> &'static str {
        self.0.catalog.text(u32_at(self.row(), 0))
    }

    /// Gives the ARN formats, with placeholders such as `${Partition}`.
    pub fn arn_formats(self) -> impl ExactSizeIterator<Item = &'static str> {
        let start = usize::from(u16_at(self.row(), 6));
        let catalog = self.0.catalog;
        (start..start + usize::from(u16_at(self.row(), 8)))
            .map(move |index| catalog.text(u32_at(catalog.formats, index * 4)))
    }

    /// Gives the condition keys that the reference lists for the type.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = KeyFacts> {
        let keys = list(self.0.catalog.key_lists, u16_at(self.row(), 10));
        keys.map(move |index| KeyFacts(self.0.at(index)))
    }

    /// Tells whether an ARN fits one of the formats: a placeholder stands for one or more characters of its own
    /// field (only the last field may hold colons), a `*` for any number.
    pub fn fits(self, arn: &str) -> bool {
        self.fit(arn).is_some()
    }

    /// Gives the number of literal characters of the longest format that an ARN fits.
    pub(super) fn fit(self, arn: &str) -> Option<usize> {
        self.arn_formats().filter(|format| fits_format(format, arn)).map(template::literal_len).max()
    }

    fn row(self) -> &'static [u8; TYPE_ROW] {
        self.0.read(self.0.catalog.types)
    }
}

impl std::fmt::Debug for ResourceTypeFacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResourceTypeFacts({} of {})", self.name(), self.service().prefix())
    }
}

fn fits_format(format: &str, arn: &str) -> bool {
    let mut fields = arn.splitn(6, ':');
    let all = format.splitn(6, ':').all(|wanted| {
        fields.next().is_some_and(|field| template::fits(wanted.as_bytes(), field.as_bytes(), <[u8]>::eq))
    });
    all && fields.next().is_none()
}
