//! From tree to AST: one statement (A16–A40).

use super::ast::{ActionElement, ConditionTest, Effect, ResourceElement, Statement, Text};
use super::condition::{ConditionOperator, Operator};
use super::lower::{Lower, Member};
use super::misshape::misshape;
use super::role::{StringRole, is_action};
use super::seen::SeenKeys;
use super::{OF_API, PolicyType, error};
use crate::source::Diagnostic;
use crate::source::scan::count;
use crate::syntax::json::{Cursor, Kind};

/// The frequent ones first, as they are looked for in this order.
const ELEMENTS: [&str; 9] = [
    "Effect", "Action", "Resource", "Sid", "Condition", "Principal", "NotPrincipal", "NotAction",
    "NotResource",
];

impl Lower {
    pub(super) fn statement(&mut self, value: Cursor<'_>) -> Option<Statement> {
        if value.kind() != Kind::Object {
            self.wrong_type("a statement, which is an object", value);
            return None;
        }
        let [effect, action, resource, sid, condition, principal, not_principal, not_action, not_resource] =
            self.members(value, &ELEMENTS);
        let sid = sid.and_then(|(_, value)| self.sid(value));
        let effect = self.effect(value, effect);
        let principal = self.one_of(principal, not_principal, ["Principal", "NotPrincipal"]);
        let principal = principal.and_then(|(negated, key, value)| self.principal(negated, key, value));
        let action = self.action(value, action, not_action);
        let resource = self.resource(value, resource, not_resource);
        let condition_span = condition.map(|(_, value)| value.span());
        let condition = condition.map_or_else(Vec::new, |(_, value)| self.condition(value)).into();
        let ((effect, effect_text), action) = (effect?, action?);
        let statement = Statement {
            span: value.span(),
            sid,
            effect,
            effect_text,
            principal,
            action,
            resource,
            condition,
            condition_span,
        };
        self.check_kind(value, &statement);
        Some(statement)
    }

    fn sid(&mut self, value: Cursor<'_>) -> Option<Text> {
        let text = self.one_text(value)?;
        let sid = value.string()?;
        let strict = self.kind.is_stored_by_iam();
        if strict && !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
            // A15
            let what = format!("the Sid `{sid}` may hold only letters and digits here");
            self.found.push(Diagnostic::error("bad-sid", what).at(value.place(), ""));
        }
        Some(text)
    }

    fn effect(&mut self, statement: Cursor<'_>, member: Member<'_>) -> Option<(Effect, Text)> {
        let Some((_, value)) = member else {
            self.missing(statement, "`Effect`");
            return None;
        };
        let text = self.one_text(value)?;
        match value.position_in(&["Allow", "Deny"]) {
            Some(0) => Some((Effect::Allow, text)),
            Some(_) => Some((Effect::Deny, text)),
            None => {
                // A16
                let word = value.string()?;
                let what = format!("expected `Allow` or `Deny`, found `{word}`");
                let diagnostic = Diagnostic::error("bad-effect", what).at(value.place(), "");
                self.found.push(diagnostic.suggest(&word, ["Allow", "Deny"]));
                None
            }
        }
    }

    /// Whichever of a pair is there; both is an error (A17).
    fn one_of<'t>(
        &mut self,
        plain: Member<'t>,
        negated: Member<'t>,
        names: [&str; 2],
    ) -> Option<(bool, Cursor<'t>, Cursor<'t>)> {
        if let (Some((first, _)), Some((second, _))) = (plain, negated) {
            self.found.push(error::exclusive(first, second, names));
        }
        let plain = plain.map(|(key, value)| (false, key, value));
        plain.or(negated.map(|(key, value)| (true, key, value)))
    }

    fn action(
        &mut self,
        statement: Cursor<'_>,
        plain: Member<'_>,
        negated: Member<'_>,
    ) -> Option<ActionElement> {
        let Some((negated, key, value)) = self.one_of(plain, negated, ["Action", "NotAction"]) else {
            self.missing(statement, "`Action` or `NotAction`");
            return None;
        };
        let patterns = self.text_list(value, StringRole::Action);
        Some(ActionElement { negated, key: key.span(), patterns })
    }

    /// A38: such a pattern covers nothing.
    pub(super) fn check_action(&mut self, pattern: Cursor<'_>) {
        let Some(text) = pattern.string() else { return };
        if !is_action(&text) {
            let what = format!("`{text}` is not of the form `service:Name`, so it covers no action");
            let diagnostic = Diagnostic::warning("bad-action", what).at(pattern.place(), "");
            self.found.push(diagnostic.help("write one action a string, such as `\"s3:GetObject\"`"));
        }
    }

    fn resource(
        &mut self,
        statement: Cursor<'_>,
        plain: Member<'_>,
        negated: Member<'_>,
    ) -> Option<ResourceElement> {
        let found = self.one_of(plain, negated, ["Resource", "NotResource"]);
        let Some((negated, key, value)) = found else {
            if self.kind != PolicyType::Trust && !self.kind.may_omit_resource() {
                self.missing(statement, "`Resource` or `NotResource`");
            }
            return None;
        };
        if self.kind == PolicyType::Trust {
            self.found.push(
                error::forbidden(key, &key.string().unwrap_or_default(), self.kind)
                    .help("a role trust policy has no resource: the role itself is meant"),
            );
        }
        let patterns = self.text_list(value, StringRole::Resource);
        Some(ResourceElement { negated, key: key.span(), patterns })
    }

    pub(super) fn check_resource(&mut self, pattern: Cursor<'_>) {
        let Some(text) = pattern.string() else { return };
        if let Some(misshape) = misshape(&text) {
            self.found.push(misshape.at(pattern));
            return;
        }
        let place = pattern.place();
        let of_api = self.kind == PolicyType::ResourceBased && text.starts_with(OF_API);
        let starts = ["arn:", "${", "*"].iter().any(|start| text.starts_with(start));
        if !starts && !of_api {
            let what = format!("`{text}` is neither `*` nor an ARN, so it covers no resource");
            let diagnostic = Diagnostic::warning("bad-resource", what).at(place, "");
            self.found.push(diagnostic.help("an ARN has the form `arn:aws:s3:::bucket/key`"));
        } else if text != "*" && count(text.as_bytes(), b':') < 5 && text.starts_with("arn:") {
            self.short_arn(&text, pattern);
        }
        let malformed = super::parts(&text).any(|part| matches!(part, super::TextPart::Malformed(_)));
        if malformed {
            let what =
                format!("`{text}` holds a `${{` that begins no policy variable; it is taken as plain text"); // A49d
            self.found.push(Diagnostic::warning("bad-variable", what).at(pattern.place(), ""));
        }
    }

    /// A44: fewer than six fields.
    fn short_arn(&mut self, text: &str, pattern: Cursor<'_>) {
        let what = format!("the ARN `{text}` has fewer than six fields");
        let refused = match self.kind {
            PolicyType::Session | PolicyType::ResourceControl => true,
            PolicyType::ServiceControl => !text.ends_with('*'),
            _ => false,
        };
        self.found.push(match refused {
            true => Diagnostic::error("short-arn", what).at(pattern.place(), ""),
            false => Diagnostic::warning("short-arn", what).at(pattern.place(), ""),
        });
    }

    fn condition(&mut self, value: Cursor<'_>) -> Vec<ConditionTest> {
        if value.kind() != Kind::Object {
            self.wrong_type("an object of condition operators", value);
            return Vec::new();
        }
        let count = value.members().map(|(_, block)| block.members().count()).sum();
        let mut tests = Vec::with_capacity(count);
        let mut seen = SeenKeys::new(value);
        for (key, block) in value.members() {
            let Some(name) = key.string() else { continue };
            if let Some(first) = seen.insert(&name, key) {
                self.found.push(error::duplicate_key(first, key, &name));
            }
            match ConditionOperator::parse(&name) {
                Some(operator) => {
                    self.check_operator(operator, key, &name);
                    self.condition_block(operator, key, block, &mut tests);
                }
                None => self.unknown_operator(key, &name),
            }
        }
        tests
    }

    fn condition_block(
        &mut self,
        operator: ConditionOperator,
        name: Cursor<'_>,
        block: Cursor<'_>,
        tests: &mut Vec<ConditionTest>,
    ) {
        if block.kind() != Kind::Object {
            return self.wrong_type("an object of condition keys and values", block);
        }
        let Some(operator_text) = self.one_text(name) else { return };
        let mut seen = SeenKeys::new(block);
        for (key, values) in block.members() {
            let Some(name) = key.string() else { continue };
            if let Some(first) = seen.insert(&name, key) {
                self.found.push(error::duplicate_key(first, key, &name)); // B3
            }
            tests.extend(self.condition_test((operator, operator_text), key, values));
        }
    }

    fn condition_test(
        &mut self,
        (operator, operator_text): (ConditionOperator, Text),
        key: Cursor<'_>,
        values: Cursor<'_>,
    ) -> Option<ConditionTest> {
        let key = self.one_text(key)?;
        self.check_values(operator.operator, values);
        let values = self.text_list(values, StringRole::ConditionValue);
        Some(ConditionTest { operator, operator_text, key, values })
    }

    /// B7, B11: a value that is not of the operator's type is never equal to anything.
    fn check_values(&mut self, operator: Operator, values: Cursor<'_>) {
        let Some(expected) = operator.family().value_form() else { return };
        for value in values.items().chain((values.kind() != Kind::Array).then_some(values)) {
            let text = value.string().unwrap_or_else(|| value.raw().into());
            if !operator.family().takes(&text) && !text.contains("${") {
                let what =
                    format!("`{text}` is not {expected}, so it never matches under `{}`", operator.as_str());
                self.found.push(Diagnostic::warning("bad-value", what).at(value.place(), ""));
            }
        }
    }

    fn check_operator(&mut self, operator: ConditionOperator, name: Cursor<'_>, written: &str) {
        if operator.operator == Operator::Null && operator.if_exists {
            // B13
            let what = "`Null` tests presence itself, so it takes no `IfExists`";
            self.found.push(Diagnostic::error("null-if-exists", what).at(name.place(), ""));
        }
        if !operator.is_written(written) {
            // B4
            let what = format!("the operator is written `{operator}`");
            self.found.push(Diagnostic::warning("operator-case", what).at(name.place(), ""));
        }
    }

    /// B5.
    fn unknown_operator(&mut self, key: Cursor<'_>, name: &str) {
        let what = format!("`{name}` is not a condition operator");
        let diagnostic = Diagnostic::error("unknown-operator", what).at(key.place(), "");
        self.found.push(match ConditionOperator::meant(name) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic,
        });
    }
}
