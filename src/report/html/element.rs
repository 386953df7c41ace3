//! Elements of the page.

/// Adds to a page.
pub(super) fn add(page: &mut String, what: std::fmt::Arguments<'_>) {
    page.push_str(&what.to_string());
}

/// A list of items, if there are some.
pub(super) fn list(tag: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { String::new() } else { format!("<{tag}>\n{}\n</{tag}>\n", items.join("\n")) }
}
