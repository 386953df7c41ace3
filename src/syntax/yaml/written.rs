//! The things of a text in YAML, written as JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::events::{MAX_YAML, YamlEvent, YamlThing};
use super::scalar::{add_scalar, add_text};
use crate::source::{Diagnostic, MadeText, Place, Source, Span};
use crate::syntax::json::{MAX_DEPTH, quote};

/// The JSON of all documents: of one that, of several a list.
pub(super) fn written(yaml: &Arc<Source>, events: &[YamlEvent<'_>]) -> Result<Arc<Source>, Diagnostic> {
    let anchors =
        (0..events.len()).map(|at| (events[at].anchor, at)).filter(|(anchor, _)| *anchor > 0).collect();
    let mut writer = YamlWriter { yaml, events, anchors, made: MadeText::of(yaml) };
    let is_document = |event: &&YamlEvent<'_>| matches!(event.what, YamlThing::Document);
    let is_list = events.iter().filter(is_document).count() > 1;
    let (mut at, mut sign) = (0, "[");
    while at < events.len() {
        if is_document(&&events[at]) {
            at += 1;
            continue;
        }
        if is_list {
            writer.made.add(sign, events[at].span);
            sign = ",";
        }
        at = writer.value(at, MAX_DEPTH)?;
    }
    if is_list {
        writer.made.add(if sign == "[" { "[]" } else { "]" }, Span::default());
    }
    Ok(writer.made.finish())
}

/// How many things behind its start are looked at for the first word of a list or mapping.
const NEAR: usize = 8;

struct YamlWriter<'y> {
    yaml: &'y Arc<Source>,
    events: &'y [YamlEvent<'y>],
    /// Where the thing of each anchor is.
    anchors: BTreeMap<usize, usize>,
    made: MadeText,
}

impl YamlWriter<'_> {
    /// Writes the value that begins at an event, and tells behind which it ends.
    fn value(&mut self, at: usize, depth: usize) -> Result<usize, Diagnostic> {
        let Some(event) = self.events.get(at) else { return Ok(at) };
        let depth =
            depth.checked_sub(1).ok_or_else(|| self.wrong(event.span, "too-deep", "nested too deep"))?;
        if self.made.len() > MAX_YAML {
            return Err(self.wrong(
                event.span,
                "too-long",
                "what anchors stand for comes to more than is read",
            ));
        }
        let Some(tag) = &event.tag else { return self.untagged(at, depth) };
        let name =
            if matches!(tag.as_str(), "Ref" | "Condition") { tag.clone() } else { format!("Fn::{tag}") };
        let start = event.span.start;
        let of_tag = Span::new(start, start + 1 + tag.len() as u32);
        self.made.add("{", Span::new(start, start + 1));
        self.made.add(&quote(&name), of_tag);
        self.made.add(":", Span::new(of_tag.end, of_tag.end));
        let behind = self.untagged(at, depth)?;
        let end = self.end_of(at, behind);
        self.made.add("}", Span::new(end, end));
        Ok(behind)
    }

    fn untagged(&mut self, at: usize, depth: usize) -> Result<usize, Diagnostic> {
        let event = &self.events[at];
        match &event.what {
            YamlThing::Scalar(text, is_plain) => {
                let written = (self.yaml.slice(event.span), event.span);
                // The argument of a function is a text, whatever it looks like.
                let is_plain = *is_plain && event.tag.is_none();
                add_scalar(&mut self.made, text, is_plain, written);
                Ok(at + 1)
            }
            YamlThing::Alias(anchor) => {
                let meant = self.anchors.get(anchor).copied().filter(|meant| *meant < at);
                let unknown = || self.wrong(event.span, "unknown-anchor", "nothing has this anchor");
                let meant = meant.ok_or_else(unknown)?;
                self.value(meant, depth).map(|_| at + 1)
            }
            YamlThing::Sequence => self.sequence(at, depth),
            YamlThing::Mapping => self.mapping(at, depth),
            YamlThing::End | YamlThing::Document => {
                self.made.add("null", event.span);
                Ok(at + 1)
            }
        }
    }

    fn sequence(&mut self, start: usize, depth: usize) -> Result<usize, Diagnostic> {
        let (mut at, mut sign) = (start + 1, "[");
        while !self.is_end(at) {
            self.made.add(sign, self.first_of(start));
            sign = ",";
            at = self.value(at, depth)?;
        }
        self.made.add(if sign == "[" { "[]" } else { "]" }, self.closing(start, at));
        Ok(at + 1)
    }

    fn mapping(&mut self, start: usize, depth: usize) -> Result<usize, Diagnostic> {
        let (mut at, mut sign) = (start + 1, "{");
        while !self.is_end(at) {
            self.made.add(sign, self.first_of(start));
            sign = ",";
            let key = &self.events[at];
            let YamlThing::Scalar(text, _) = &key.what else {
                return Err(self.wrong(key.span, "bad-key", "a key that is no text"));
            };
            add_text(&mut self.made, text, (self.yaml.slice(key.span), key.span));
            self.made.add(":", Span::new(key.span.end, key.span.end));
            at = self.value(at + 1, depth)?;
        }
        self.made.add(if sign == "{" { "{}" } else { "}" }, self.closing(start, at));
        Ok(at + 1)
    }

    fn is_end(&self, at: usize) -> bool {
        self.events.get(at).is_none_or(|event| matches!(event.what, YamlThing::End | YamlThing::Document))
    }

    /// What the opening bracket stands for: the one of the YAML, or the first word.
    fn first_of(&self, start: usize) -> Span {
        let open = self.events[start].span.start;
        let is_bracket = self.yaml.slice(Span::new(open, open + 1)).starts_with(['{', '[']);
        if is_bracket {
            return Span::new(open, open + 1);
        }
        // Not far: where nothing but empty items follows, each would look through all of them.
        let inside = self.events.get(start + 1..).unwrap_or_default().iter().take(NEAR);
        inside.map(|event| event.span).find(|span| !span.is_empty()).unwrap_or(self.events[start].span)
    }

    /// What the closing bracket stands for: the one of the YAML, or nothing behind the last word.
    fn closing(&self, start: usize, end: usize) -> Span {
        match self.events.get(end) {
            Some(event) if !event.span.is_empty() => event.span,
            _ => {
                let end = self.end_of(start, end);
                Span::new(end, end)
            }
        }
    }

    /// Where the last word before an event ends, without the blanks behind it.
    fn end_of(&self, start: usize, behind: usize) -> u32 {
        let inside = self.events.get(start..behind).unwrap_or_default().iter().rev();
        let last = inside.map(|event| event.span).find(|span| !span.is_empty());
        last.map_or(self.events[start].span.end, |span| {
            span.start + self.yaml.slice(span).trim_end().len() as u32
        })
    }

    fn wrong(&self, span: Span, code: &'static str, what: &str) -> Diagnostic {
        Diagnostic::error(code, what).at(Place::new(self.yaml, span), "")
    }
}
