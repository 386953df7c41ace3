//! A page that holds all that it shows.

use std::fmt;

use super::escape::escape;

/// A page of HTML, light and dark; it is written out by its `Display`.
pub struct Page<'p> {
    /// What its window is called, as plain text.
    pub title: &'p str,
    /// More of the head, as HTML.
    pub head: &'p str,
    /// The style sheet.
    pub style: &'p str,
    /// What it shows, as HTML.
    pub body: &'p str,
}

impl Page<'_> {
    /// What every page begins with, and no other does.
    pub const OPENING: &'static str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"iamwhy\">\n";
}

impl fmt::Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { title, head, style, body } = self;
        write!(
            f,
            "{}<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             {head}<title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
            Self::OPENING,
            escape(title)
        )
    }
}
