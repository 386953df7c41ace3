//! Which values a key can come with.

use crate::facts;
use crate::names::{Instant, has_wildcard};
use crate::question::Asked;
use crate::world::ContextValue;

const REGION: &str = "aws:RequestedRegion";

impl Asked<'_> {
    /// Time only passes: nobody asks yesterday. I14: nobody calls a global service in another Region, or asks for what
    /// lies in one Region in another. Ids of the network have their beginnings.
    pub(crate) fn can_come(&self, key: &str, value: &ContextValue<'_>) -> bool {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        match value {
            ContextValue::One(claim) if facts::says_what_is_meant(key) && has_wildcard(claim) => false,
            ContextValue::One(region) if is(REGION) => self.has_endpoint_in(region) && self.lies_in(region),
            ContextValue::One(id) if is("aws:SourceVpce") => id.starts_with("vpce-"),
            ContextValue::One(id) if is("aws:SourceVpc") => id.starts_with("vpc-"),
            ContextValue::One(value) if is_time(key) => {
                Instant::parse(value).is_some_and(|instant| instant.epoch_seconds() > self.time())
            }
            _ => !is_time(key),
        }
    }

    /// The time of the request: what the question says, or now.
    fn time(&self) -> i64 {
        let given =
            ["aws:CurrentTime", "aws:EpochTime"].into_iter().filter_map(|key| self.request.given_value(key));
        let given = given.filter_map(Instant::parse).map(Instant::epoch_seconds).max();
        given.unwrap_or(self.request.request.now)
    }

    pub(super) fn has_endpoint_in(&self, region: &str) -> bool {
        self.request.global_regions().is_none_or(|regions| regions.contains(&region))
    }

    /// Whether the resource is in a Region, or in none.
    fn lies_in(&self, region: &str) -> bool {
        self.request.resource_region().is_none_or(|own| own == region)
    }
}

pub(super) fn is_time(key: &str) -> bool {
    key.eq_ignore_ascii_case("aws:CurrentTime") || key.eq_ignore_ascii_case("aws:EpochTime")
}
