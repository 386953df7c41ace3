//! What a text in YAML is made of, in order.

use std::borrow::Cow;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::json::MAX_DEPTH;

/// The longest text in YAML that is read, and the longest that its anchors may make of it, in bytes. CloudFormation takes
/// templates of up to 1 MB.
pub const MAX_YAML: usize = 2 << 20;

/// One thing of a text in YAML.
pub(super) struct YamlEvent<'y> {
    pub(super) what: YamlThing<'y>,
    pub(super) span: Span,
    /// The tag of a function of CloudFormation, without its `!`.
    pub(super) tag: Option<String>,
    /// The number of its anchor; 0 where it has none.
    pub(super) anchor: usize,
}

pub(super) enum YamlThing<'y> {
    /// A text, and whether it stands without quotes.
    Scalar(Cow<'y, str>, bool),
    Sequence,
    Mapping,
    /// The end of either.
    End,
    /// What another has said, by the number of its anchor.
    Alias(usize),
    Document,
}

/// The things of a text, or what is wrong with it.
pub(super) fn events(yaml: &Arc<Source>) -> Result<Vec<YamlEvent<'_>>, Diagnostic> {
    if yaml.text().len() > MAX_YAML {
        let what = format!(
            "`{}` has {} bytes, more than the {MAX_YAML} of YAML that are read",
            yaml.name(),
            yaml.text().len()
        );
        return Err(Diagnostic::error("file-too-long", what));
    }
    let offsets = Offsets::of(yaml.text());
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    for event in Parser::new_from_str(yaml.text()) {
        let (event, span) = event.map_err(|wrong| no_yaml(yaml, &offsets, &wrong))?;
        let span =
            Span::new(offsets.of_character(span.start.index()), offsets.of_character(span.end.index()));
        let Some(event) = understood(event, span) else { continue };
        match event.what {
            YamlThing::Sequence | YamlThing::Mapping => depth += 1,
            YamlThing::End => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth >= MAX_DEPTH {
            let what = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(Diagnostic::error("too-deep", what).at(Place::new(yaml, event.span), ""));
        }
        found.push(event);
    }
    Ok(found)
}

fn understood(event: Event<'_>, span: Span) -> Option<YamlEvent<'_>> {
    let (what, anchor, tag) = match event {
        Event::Scalar(text, style, anchor, tag) => {
            let is_core = tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema());
            (YamlThing::Scalar(text, style == ScalarStyle::Plain && !is_core), anchor, tag)
        }
        Event::SequenceStart(anchor, tag) => (YamlThing::Sequence, anchor, tag),
        Event::MappingStart(anchor, tag) => (YamlThing::Mapping, anchor, tag),
        Event::SequenceEnd | Event::MappingEnd => (YamlThing::End, 0, None),
        Event::Alias(anchor) => (YamlThing::Alias(anchor), 0, None),
        Event::DocumentStart(_) => (YamlThing::Document, 0, None),
        Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => return None,
    };
    Some(YamlEvent { what, span, tag: tag.and_then(|tag| own_tag(&tag)), anchor })
}

/// The name of a tag that is no part of YAML itself: `Sub` of `!Sub`.
fn own_tag(tag: &Tag) -> Option<String> {
    (tag.handle == "!" && !tag.suffix.is_empty()).then(|| tag.suffix.clone())
}

fn no_yaml(yaml: &Arc<Source>, offsets: &Offsets, wrong: &ScanError) -> Diagnostic {
    let at = offsets.of_character(wrong.marker().index());
    let length =
        yaml.text().get(at as usize..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let place = Place::new(yaml, Span::new(at, at + length as u32));
    Diagnostic::error("bad-yaml", format!("this is no YAML: {}", wrong.info())).at(place, "")
}

/// Where the characters of a text begin.
struct Offsets {
    /// Empty where each is one byte.
    starts: Vec<u32>,
    end: u32,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let starts = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(at, _)| at as u32).collect(),
        };
        Self { starts, end: text.len() as u32 }
    }

    fn of_character(&self, index: usize) -> u32 {
        match self.starts.is_empty() {
            true => (index as u32).min(self.end),
            false => self.starts.get(index).copied().unwrap_or(self.end),
        }
    }
}
