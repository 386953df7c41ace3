//! What functions give: texts of which some parts are open, lists, other values, nothing.

use super::attribute::{self, Attribute};
use super::functions::function;
use super::open_text::OpenText;
use super::resolved::Resolver;
use crate::syntax::json::{Cursor, Kind};

/// What a value of a template gives.
#[derive(Clone)]
pub(super) enum TemplateValue<'t> {
    Text(Vec<OpenText>),
    List(Vec<TemplateValue<'t>>),
    /// An object, or something in which functions may stand.
    Value(Cursor<'t>),
    /// `AWS::NoValue`: whatever holds it has it not.
    Nothing,
}

impl TemplateValue<'_> {
    fn known(text: impl Into<String>) -> Self {
        Self::Text(vec![OpenText::Known(text.into())])
    }

    fn open(name: impl Into<String>) -> Self {
        Self::Text(vec![OpenText::Open(name.into())])
    }

    /// The text, if all of it is known.
    pub(super) fn text(&self) -> Option<String> {
        let Self::Text(parts) = self else { return None };
        let mut whole = String::new();
        for part in parts {
            let OpenText::Known(text) = part else { return None };
            whole.push_str(text);
        }
        Some(whole)
    }
}

impl<'t> Resolver<'_, 't> {
    /// What a value gives; what stands too deep is open.
    pub(super) fn given(&mut self, value: Cursor<'t>, depth: usize) -> TemplateValue<'t> {
        let Some(depth) = depth.checked_sub(1).filter(|_| self.has_steps()) else {
            return TemplateValue::open("…");
        };
        if let Some((name, argument)) = function(value) {
            return self.called(&name, argument, depth);
        }
        match value.kind() {
            Kind::Number | Kind::Bool => TemplateValue::known(value.raw()),
            Kind::Array => TemplateValue::List(value.items().map(|item| self.given(item, depth)).collect()),
            _ => value.string().map_or(TemplateValue::Value(value), |text| {
                self.takes(&text);
                TemplateValue::known(text)
            }),
        }
    }

    fn called(&mut self, name: &str, argument: Cursor<'t>, depth: usize) -> TemplateValue<'t> {
        let items: Vec<Cursor<'t>> = argument.items().collect();
        let found = match (name, &items[..]) {
            ("Ref", _) => argument.string().map(|name| self.reference(&name, depth)),
            ("Fn::GetAtt", _) => attribute_name(argument).map(|name| self.attribute(&name, depth)),
            ("Fn::Sub", [text, values]) => text.string().map(|text| self.filled(&text, Some(*values), depth)),
            ("Fn::Sub", _) => argument.string().map(|text| self.filled(&text, None, depth)),
            ("Fn::Join", [between, list]) => self.joined(*between, *list, depth),
            ("Fn::Split", [between, text]) => self.split(*between, *text, depth),
            ("Fn::Select", [number, list]) => self.selected(*number, *list, depth),
            ("Fn::FindInMap", [map, first, second]) => self.in_map([*map, *first, *second], depth),
            ("Fn::If", [condition, yes, no]) => {
                let holds = condition.string().and_then(|name| self.holds(&name, depth));
                let holds = holds.unwrap_or_else(|| self.chosen());
                Some(self.given(if holds { *yes } else { *no }, depth))
            }
            _ => None,
        };
        found.unwrap_or_else(|| TemplateValue::open(name.to_owned()))
    }

    /// What a parameter, a resource or a name of AWS stands for.
    fn reference(&mut self, name: &str, depth: usize) -> TemplateValue<'t> {
        if name == "AWS::NoValue" {
            return TemplateValue::Nothing;
        }
        if let Some(given) = self.template.given(name) {
            return TemplateValue::known(given);
        }
        if let Some(parameter) = self.template.of_section("Parameters", name) {
            self.takes(parameter.raw());
            return parameter_value(parameter).unwrap_or_else(|| TemplateValue::open(name));
        }
        self.attribute_of(name, &Attribute::Reference, depth).unwrap_or_else(|| TemplateValue::open(name))
    }

    fn attribute(&mut self, name: &str, depth: usize) -> TemplateValue<'t> {
        let Some((resource, attribute)) = name.split_once('.') else { return TemplateValue::open(name) };
        let asked = Attribute::Named(attribute);
        self.attribute_of(resource, &asked, depth).unwrap_or_else(|| TemplateValue::open(name))
    }

    /// An attribute of a resource that follows from its name, be that known or not.
    fn attribute_of(
        &mut self,
        resource: &str,
        asked: &Attribute<'_>,
        depth: usize,
    ) -> Option<TemplateValue<'t>> {
        let declared = self.template.of_section("Resources", resource)?;
        let kind = declared.member("Type")?.string()?;
        let facts = attribute::facts(&kind)?;
        let property = |name: &str| declared.member("Properties").and_then(|all| all.member(name));
        let name = match property(facts.name).map(|name| self.given(name, depth)) {
            Some(TemplateValue::Text(parts)) => parts,
            _ => vec![OpenText::Open(resource.to_owned())],
        };
        let path = property("Path").filter(|_| facts.has_path()).map(|path| self.given(path, depth));
        let path = match path {
            Some(TemplateValue::Text(parts)) => parts,
            _ => vec![OpenText::Known("/".to_owned())],
        };
        let parts = facts.of(asked, &name, &path)?.into_iter();
        Some(TemplateValue::Text(parts.map(|part| self.template.filled_in(part)).collect()))
    }

    /// A text with `${Name}`, `${Resource.Attribute}` and `${!Text}`.
    fn filled(&mut self, text: &str, values: Option<Cursor<'t>>, depth: usize) -> TemplateValue<'t> {
        self.takes(text);
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, name, behind)) = next_name(rest) {
            parts.push(OpenText::Known(before.to_owned()));
            rest = behind;
            if let Some(literal) = name.strip_prefix('!') {
                parts.push(OpenText::Known(format!("${{{literal}}}")));
                continue;
            }
            let own = values.and_then(|values| values.member(name));
            let given = match own {
                Some(own) => self.given(own, depth),
                None if name.contains('.') => self.attribute(name, depth),
                None => self.reference(name, depth),
            };
            match given {
                TemplateValue::Text(own) => parts.extend(own),
                _ => parts.push(OpenText::Open(name.to_owned())),
            }
        }
        parts.push(OpenText::Known(rest.to_owned()));
        TemplateValue::Text(parts)
    }

    fn joined(&mut self, between: Cursor<'t>, list: Cursor<'t>, depth: usize) -> Option<TemplateValue<'t>> {
        let between = between.string()?;
        let TemplateValue::List(items) = self.given(list, depth) else { return None };
        let mut parts = Vec::new();
        for item in items.into_iter().filter(|item| !matches!(item, TemplateValue::Nothing)) {
            if !parts.is_empty() {
                parts.push(OpenText::Known(between.to_string()));
            }
            match item {
                TemplateValue::Text(own) => parts.extend(own),
                _ => return None,
            }
        }
        Some(TemplateValue::Text(parts))
    }

    fn split(&mut self, between: Cursor<'t>, text: Cursor<'t>, depth: usize) -> Option<TemplateValue<'t>> {
        let between = between.string().filter(|between| !between.is_empty())?;
        let text = self.given(text, depth).text()?;
        Some(TemplateValue::List(text.split(&*between).map(TemplateValue::known).collect()))
    }

    fn selected(&mut self, number: Cursor<'t>, list: Cursor<'t>, depth: usize) -> Option<TemplateValue<'t>> {
        let number: usize = self.given(number, depth).text()?.parse().ok()?;
        let TemplateValue::List(items) = self.given(list, depth) else { return None };
        items.into_iter().nth(number)
    }

    fn in_map(&mut self, keys: [Cursor<'t>; 3], depth: usize) -> Option<TemplateValue<'t>> {
        let [map, first, second] = keys.map(|key| self.given(key, depth).text());
        let map = self.template.of_section("Mappings", &map?)?;
        // Its keys are gone through.
        self.takes(map.raw());
        let found = map.member(&first?)?.member(&second?)?;
        Some(self.given(found, depth))
    }
}

/// The default of a parameter; that of one which names a parameter of SSM is a name and no value.
fn parameter_value<'t>(parameter: Cursor<'_>) -> Option<TemplateValue<'t>> {
    let default = parameter.member("Default")?;
    let text = default.string().map_or_else(|| default.raw().to_owned(), |text| text.into_owned());
    let kind = parameter.member("Type").and_then(|kind| kind.string()).unwrap_or_default();
    match &*kind {
        kind if kind.starts_with("AWS::SSM::") => None,
        kind if kind == "CommaDelimitedList" || kind.starts_with("List<") => {
            Some(TemplateValue::List(text.split(',').map(|item| TemplateValue::known(item.trim())).collect()))
        }
        _ => Some(TemplateValue::known(text)),
    }
}

/// `["Bucket", "Arn"]` or `"Bucket.Arn"`
fn attribute_name(argument: Cursor<'_>) -> Option<String> {
    let parts: Option<Vec<_>> = argument.items().map(|part| part.string()).collect();
    let parts = parts.filter(|parts| parts.len() == 2).map(|parts| parts.join("."));
    parts.or_else(|| argument.string().map(|name| name.into_owned()))
}

/// What stands before the next `${…}`, what in it, and what behind it.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
}
