use std::cmp::Reverse;

use super::blob::{TableRow, list, u16_at, u32_at};
use super::key::KeyFacts;
use super::layout::{FORMAT_ROW, TYPE_ROW};
use super::service::ServiceFacts;
use super::template;

/// What the catalog knows of a resource type.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceTypeFacts<'c>(pub(super) TableRow<'c>);

impl<'c> ResourceTypeFacts<'c> {
    /// Gives its number in the catalog, by which `Catalog::resource_type` finds it again.
    pub fn number(self) -> u16 {
        self.0.index
    }

    /// Gives the service that defines the type; its ARNs may belong to another (`kafka-cluster` and `kafka`).
    pub fn service(self) -> ServiceFacts<'c> {
        ServiceFacts(self.0.at(u16_at(self.row(), 4)))
    }

    /// Gives the name; it may hold spaces and slashes.
    pub fn name(self) -> &'c str {
        self.0.catalog.text(u32_at(self.row(), 0))
    }

    /// Gives the ARN formats, with placeholders such as `${Partition}`.
    pub fn arn_formats(self) -> impl ExactSizeIterator<Item = &'c str> {
        self.formats()
            .map(move |row| self.0.catalog.text(u32_at(row.read::<FORMAT_ROW>(&row.catalog.formats), 0)))
    }

    /// Gives the condition keys that the reference lists for the type.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = KeyFacts<'c>> {
        let keys = list(&self.0.catalog.key_lists, u16_at(self.row(), 10));
        keys.map(move |index| KeyFacts(self.0.at(index)))
    }

    /// Tells whether an ARN fits one of the formats: a placeholder stands for one or more characters of its own
    /// field (only the last field may hold colons), a `*` for any number.
    pub fn fits(self, arn: &str) -> bool {
        fields_of(arn).is_some_and(|fields| self.fit(&fields).is_some())
    }

    /// Gives the number of literal characters of the longest format that the fields of an ARN fit.
    pub(super) fn fit(self, fields: &ArnFields) -> Option<usize> {
        self.formats().filter_map(|format| fit_format(format, fields)).max()
    }

    fn formats(self) -> impl ExactSizeIterator<Item = TableRow<'c>> {
        let start = u16_at(self.row(), 6);
        let end = start.saturating_add(u16_at(self.row(), 8));
        (start..end).map(move |index| self.0.at(index))
    }

    fn row(self) -> &'c [u8; TYPE_ROW] {
        self.0.read(&self.0.catalog.types)
    }
}

impl std::fmt::Debug for ResourceTypeFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResourceTypeFacts({} of {})", self.name(), self.service().prefix())
    }
}

/// The type that an ARN belongs to: of several, the one whose format says most.
pub(super) fn most_telling<'c>(
    types: impl Iterator<Item = ResourceTypeFacts<'c>>,
    arn: &str,
) -> Option<ResourceTypeFacts<'c>> {
    let fields = fields_of(arn)?;
    types
        .filter_map(|kind| Some((kind, kind.fit(&fields)?)))
        .min_by_key(|(_, letters)| Reverse(*letters))
        .map(|(kind, _)| kind)
}

/// The six fields of an ARN; only the last may hold colons.
pub(super) type ArnFields<'a> = [&'a [u8]; 6];

/// Splits an ARN at its first five colons.
pub(super) fn fields_of(arn: &str) -> Option<ArnFields<'_>> {
    let mut split = split(arn.as_bytes());
    let fields = [(); 6].map(|()| split.next());
    let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] = fields else { return None };
    Some([a, b, c, d, e, f])
}

/// The last field is tried first, because it tells most types apart.
fn fit_format(format: TableRow<'_>, fields: &ArnFields) -> Option<usize> {
    let row: &[u8; FORMAT_ROW] = format.read(&format.catalog.formats);
    let (front, resource) = format.catalog.bytes(u32_at(row, 0)).split_at_checked(row[4].into())?;
    let [front_fields @ .., resource_field] = fields;
    let fits = |wanted, field| template::fits(wanted, field, <[u8]>::eq);
    let fits_all = fits(resource, resource_field) && split(front).zip(front_fields).all(|(w, f)| fits(w, f));
    fits_all.then_some(row[5].into())
}

fn split(arn: &[u8]) -> impl Iterator<Item = &[u8]> {
    arn.splitn(6, |c| *c == b':')
}
