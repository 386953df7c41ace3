//! A policy written down with what its functions give, each part standing for what it came from.

use std::sync::Arc;

use super::functions::{function, is_mixed};
use super::open_text::OpenText;
use super::resolved::{MOST_DEEP, OpenFunction, OpenTexts, Resolver};
use super::template_value::TemplateValue;
use crate::source::{MadeText, Source, Span};
use crate::syntax::json::{Cursor, Kind, quote};

impl<'t> Resolver<'_, 't> {
    /// The text of a value.
    pub(super) fn written(&mut self, value: Cursor<'t>) -> Arc<Source> {
        let mut made = MadeText::of(value.source());
        self.write(value, &mut made);
        made.finish()
    }

    fn write(&mut self, value: Cursor<'t>, made: &mut MadeText) {
        self.failed |= is_mixed(value);
        if !self.has_steps() {
            return;
        }
        if function(value).is_some() {
            let place = value;
            let given = self.outcome(value);
            return self.write_given(&given, place, made);
        }
        match value.kind() {
            Kind::Object => self.write_object(value, made),
            Kind::Array => self.write_items(value, made),
            _ => made.add(value.raw(), value.span()),
        }
    }

    fn outcome(&mut self, value: Cursor<'t>) -> TemplateValue<'t> {
        let choices = self.choices();
        let given = self.given(value, MOST_DEEP);
        if self.choices() != choices {
            self.note(value, "a condition");
        }
        given
    }

    fn write_object(&mut self, object: Cursor<'t>, made: &mut MadeText) {
        let mut sign = "{";
        for (key, member) in object.members() {
            let given = function(member).map(|_| self.outcome(member));
            if matches!(given, Some(TemplateValue::Nothing)) {
                continue;
            }
            made.add(sign, first_of(object.span()));
            sign = ",";
            made.add(key.raw(), key.span());
            made.add(":", last_of(key.span()));
            match given {
                Some(given) => self.write_given(&given, member, made),
                None => self.write(member, made),
            }
        }
        made.add(if sign == "{" { "{}" } else { "}" }, last_of(object.span()));
    }

    fn write_items(&mut self, list: Cursor<'t>, made: &mut MadeText) {
        let mut sign = "[";
        for item in list.items() {
            let given = function(item).map(|_| self.outcome(item));
            if matches!(given, Some(TemplateValue::Nothing)) {
                continue;
            }
            made.add(sign, first_of(list.span()));
            sign = ",";
            match given {
                Some(given) => self.write_given(&given, item, made),
                None => self.write(item, made),
            }
        }
        made.add(if sign == "[" { "[]" } else { "]" }, last_of(list.span()));
    }

    /// What a function gave, which stands for the function.
    fn write_given(&mut self, given: &TemplateValue<'t>, function: Cursor<'t>, made: &mut MadeText) {
        match given {
            TemplateValue::Text(parts) => {
                let text: String = parts.iter().map(|part| self.stand_for(part, function)).collect();
                self.takes(&text);
                made.add(&quote(&text), function.span());
            }
            TemplateValue::List(items) => {
                made.add("[", first_of(function.span()));
                for (number, item) in
                    items.iter().filter(|item| !matches!(item, TemplateValue::Nothing)).enumerate()
                {
                    if number > 0 {
                        made.add(",", first_of(function.span()));
                    }
                    self.write_given(item, function, made);
                }
                made.add("]", last_of(function.span()));
            }
            TemplateValue::Value(value) => self.write(*value, made),
            TemplateValue::Nothing => self.failed = true,
        }
    }

    /// The text of a part; what is open is noted, and something stands in its place.
    fn stand_for(&mut self, part: &OpenText, function: Cursor<'t>) -> String {
        let name = match part {
            OpenText::Known(text) => return text.clone(),
            OpenText::Open(name) => name,
        };
        self.note(function, name);
        let [narrow, wide] = match &**name {
            "AWS::Partition" => ["aws", "aws-cn"],
            "AWS::Region" => ["us-east-1", "eu-west-1"],
            "AWS::AccountId" => ["123456789012", "210987654321"],
            "AWS::URLSuffix" => ["amazonaws.com", "amazonaws.com.cn"],
            other => return self.stand.texts.stand_for(other),
        };
        if self.stand.texts == OpenTexts::Wide { wide.to_owned() } else { narrow.to_owned() }
    }

    fn note(&mut self, function: Cursor<'t>, name: &str) {
        self.open.push(OpenFunction { place: function.place(), name: name.to_owned() });
    }
}

impl OpenTexts {
    /// What stands for what the template calls so.
    fn stand_for(self, name: &str) -> String {
        let letters = |own: &[char]| -> String {
            name.chars().filter(|c| c.is_ascii_alphanumeric() || own.contains(c)).collect()
        };
        match self {
            Self::Wide => "*".to_owned(),
            Self::Narrow => format!("unknown{}", letters(&[]).to_lowercase()),
            Self::Itself => letters(&['.', '-', '_']),
        }
    }
}

fn first_of(span: Span) -> Span {
    Span::new(span.start, (span.start + 1).min(span.end))
}

fn last_of(span: Span) -> Span {
    Span::new(span.end.saturating_sub(1).max(span.start), span.end)
}
