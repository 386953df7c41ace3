//! What every page has around what it shows.

use crate::facts::FACTS_DATE;
use crate::layout::{Page, escape};

const STYLE: &str = include_str!("page.css");

const NOTHING_FETCHED: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

/// With the SHA-256 of `rows.js`, which a test recomputes.
const OWN_SCRIPT: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-BQ7PYUh4cqRAyQIDP6rcAmwHjU3MNKQVH+0HoR+vJ0g='\">\n";

/// A page of a title and a body, which gets its foot here.
pub(super) fn page(title: &str, body: String, catalog_date: &str) -> String {
    let body = body + &foot(catalog_date);
    Page { title, head: NOTHING_FETCHED, style: STYLE, body: &body }.to_string()
}

/// A page whose script sorts and filters its tables: that one may run, and nothing else.
pub(super) fn page_with_script(title: &str, body: String, catalog_date: &str, script: &str) -> String {
    let body = body + &foot(catalog_date) + "<script>" + script + "</script>\n";
    Page { title, head: OWN_SCRIPT, style: STYLE, body: &body }.to_string()
}

fn foot(catalog_date: &str) -> String {
    format!(
        "<footer>iamwhy {}, facts of {FACTS_DATE}, catalog of {}: what AWS would decide, worked out without AWS</footer>\n",
        env!("CARGO_PKG_VERSION"),
        escape(catalog_date)
    )
}
