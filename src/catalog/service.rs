use super::action::ActionFacts;
use super::blob::{TableRow, list, u16_at, u32_at};
use super::key::KeyFacts;
use super::layout::SERVICE_ROW;
use super::resource_type::{ResourceTypeFacts, most_telling};

/// What the catalog knows of an AWS service.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ServiceFacts<'c>(pub(super) TableRow<'c>);

impl<'c> ServiceFacts<'c> {
    /// Gives the service prefix, as in `s3`.
    pub fn prefix(self) -> &'c str {
        self.0.catalog.text(u32_at(self.row(), 0))
    }

    /// Gives the name of the service, as in `Amazon S3`.
    pub fn name(self) -> &'c str {
        self.0.catalog.text(u32_at(self.row(), 4))
    }

    /// Tells whether resource control policies apply to resources of the service, as far as the reference says.
    pub fn supports_rcp(self) -> bool {
        u16_at(self.row(), 18) != 0
    }

    /// Gives the actions, sorted by name.
    pub fn actions(self) -> impl ExactSizeIterator<Item = ActionFacts<'c>> {
        self.action_range().map(move |index| ActionFacts(self.0.at(index)))
    }

    /// Gives the resource type that an ARN belongs to: of several, the one whose format says most.
    pub fn resource_type_of(self, arn: &str) -> Option<ResourceTypeFacts<'c>> {
        most_telling(self.resource_types(), arn)
    }

    /// Gives the resource types, sorted by name.
    pub fn resource_types(self) -> impl ExactSizeIterator<Item = ResourceTypeFacts<'c>> {
        let start = u16_at(self.row(), 12);
        let end = start.saturating_add(u16_at(self.row(), 14));
        (start..end).map(move |index| ResourceTypeFacts(self.0.at(index)))
    }

    /// Gives the condition keys that the reference lists for the service, those of a foreign prefix included.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = KeyFacts<'c>> {
        let keys = list(&self.0.catalog.key_lists, u16_at(self.row(), 16));
        keys.map(move |index| KeyFacts(self.0.at(index)))
    }

    pub(super) fn action_range(self) -> std::ops::Range<u16> {
        let start = u16_at(self.row(), 8);
        start..start.saturating_add(u16_at(self.row(), 10))
    }

    pub(super) fn prefix_bytes(self) -> &'c [u8] {
        self.0.catalog.bytes(u32_at(self.row(), 0))
    }

    fn row(self) -> &'c [u8; SERVICE_ROW] {
        self.0.read(&self.0.catalog.services)
    }
}

impl std::fmt::Debug for ServiceFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ServiceFacts({})", self.prefix())
    }
}
