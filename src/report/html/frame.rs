//! What every page has around what it shows.

use crate::facts::FACTS_DATE;
use crate::layout::{Page, escape};

const STYLE: &str = include_str!("page.css");

const NOTHING_FETCHED: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

/// A page of a title and a body, which gets its foot here.
pub(super) fn page(title: &str, body: String, catalog_date: &str) -> String {
    let body = body + &foot(catalog_date);
    Page { title, head: NOTHING_FETCHED, style: STYLE, body: &body }.to_string()
}

fn foot(catalog_date: &str) -> String {
    format!(
        "<footer>iamwhy {}, facts of {FACTS_DATE}, catalog of {}: what AWS would decide, worked out without AWS</footer>\n",
        env!("CARGO_PKG_VERSION"),
        escape(catalog_date)
    )
}
