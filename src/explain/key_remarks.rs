//! Remarks on condition keys: those that AWS does not have, values that it would never send, and tags of a request that
//! are not there for its resource.

use std::collections::HashSet;

use super::headline::list;
use super::remarks::is_target;
use super::warning::{QuestionPart, Warning};
use crate::catalog::{Catalog, KeyFacts, KeyType};
use crate::compile::{CompiledPolicy, OperandView, Test};
use crate::facts;
use crate::names::{AccountId, Arn, Instant, Number, parse_address, parse_bool};
use crate::policy::{Operator, SetOperator};
use crate::question::Asked;
use crate::source::nearest;
use crate::trace::StatementTrace;
use crate::world::{ContextValue, is_request_tag};

/// For how many keys the one that is probably meant is looked for: each is compared with all that there are.
const SUGGESTED: usize = 20;

impl Asked<'_> {
    /// I9: tags that the question gives and that its resource does not get. That the switch alone gave it some is noted as
    /// of every switch.
    pub(super) fn request_tags_note(&self) -> Option<String> {
        if self.request.settings().request_tags_on_all_resources {
            return None;
        }
        let given = self.request.request.context.iter().map(|(key, _)| &**key);
        let mut elsewhere = given.filter(|key| is_request_tag(key) && !self.request.reference_carries(key));
        let key = elsewhere.find(|key| self.reads(key))?;
        let action = self.request.action.text();
        let types = list(&self.request.carrying_types(key));
        Some(format!("{key} is given, but {action} carries it for {types} alone, not for this resource"))
    }

    /// I14: given values that AWS would never send.
    pub(super) fn unfit_values(&self) -> impl Iterator<Item = Warning> {
        let values = self.request.request.context.iter().flat_map(|(key, value)| {
            let values = match value {
                ContextValue::Absent => &[],
                ContextValue::One(value) => std::slice::from_ref(value),
                ContextValue::Many(values) => values.as_slice(),
            };
            values.iter().map(move |value| (&**key, &**value))
        });
        values.filter_map(|(key, value)| {
            let message = self.unfit_value(key, value)?;
            let about = QuestionPart::Value { key: key.into(), value: value.into() };
            Some(Warning::new("unfit-value", about, message))
        })
    }

    fn unfit_value(&self, key: &str, value: &str) -> Option<String> {
        if key.eq_ignore_ascii_case("aws:RequestedRegion") {
            return self.unfit_region(value);
        }
        let is_global = key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
        let is_tag = key.contains('/'); // its value may be any text
        let name = (is_global && !is_tag).then_some(key)?;
        let (form, fits) = form_of(self.request.world.catalog(), name)?;
        (!fits(value)).then(|| format!("{key} is never `{value}`: AWS sends {form}"))
    }

    fn unfit_region(&self, region: &str) -> Option<String> {
        if !facts::is_region(region) {
            let near = nearest(region, facts::regions().iter().copied());
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Some(format!(
                "aws:RequestedRegion is `{region}`, which is no Region that is known{near}"
            ));
        }
        let service = self.request.action.service();
        let regions = self.request.global_regions().filter(|regions| !regions.contains(&region))?;
        Some(format!(
            "aws:RequestedRegion is never `{region}` for {service}: its endpoint is in {}",
            list(regions)
        ))
    }

    /// Keys of AWS in the conditions that were looked at, though AWS has no such key.
    pub(super) fn keys_that_are_not(&self) -> Vec<Warning> {
        let catalog = self.request.world.catalog();
        let mut known = HashSet::new();
        let traces = self.trace.statements.iter().filter(|trace| is_target(trace));
        let all = traces.flat_map(|trace| self.tests_of_nothing(catalog, trace));
        let distinct = all.filter(|test| known.insert(test.clone())).enumerate();
        let told = distinct.map(|(number, (key, operator, result))| {
            let near = did_you_mean(catalog, key, number);
            let message =
                format!("AWS has no such key as {key}: a test of it with {operator} {result} holds{near}");
            Warning::new("no-such-key", QuestionPart::Nothing, message)
        });
        told.collect()
    }

    /// The tests of keys that AWS does not have: the key, the operator, whether they always hold.
    fn tests_of_nothing<'t>(
        &'t self,
        catalog: &'t Catalog,
        trace: &StatementTrace,
    ) -> impl Iterator<Item = (&'t str, String, &'static str)> {
        let view = self.request.statement(trace.at);
        let tests = view
            .into_iter()
            .flat_map(|view| view.policy.tests(view.statement).iter().map(move |test| (view.policy, test)));
        tests.filter(|(policy, test)| is_no_key_of_aws(catalog, test.key(policy))).map(|(policy, test)| {
            let result = if holds_without(policy, test) { "always" } else { "never" };
            (test.key(policy), test.operator.to_string(), result)
        })
    }

    /// Given context keys of AWS that AWS does not have: most are typing mistakes, and would say nothing.
    pub fn unknown_keys(&self) -> Vec<Warning> {
        let catalog = self.request.world.catalog();
        let given = self.request.request.context.iter().map(|(key, _)| &**key);
        let ours = |key: &&str| {
            let prefix = key.split(':').next().unwrap_or_default();
            prefix.eq_ignore_ascii_case("aws") || catalog.service(prefix).is_some()
        };
        let unknown = given.filter(|key| catalog.condition_key(key).is_none()).filter(ours);
        unknown.enumerate().map(|(number, key)| unknown_key(catalog, key, number)).collect()
    }
}

fn unknown_key(catalog: &Catalog, key: &str, number: usize) -> Warning {
    let near = did_you_mean(catalog, key, number);
    let message = format!("{key} is no condition key in the catalog of {}{near}", catalog.date());
    Warning::new("unknown-key", QuestionPart::Key(key.into()), message)
}

/// What is asked back about one of the keys that are not known.
fn did_you_mean(catalog: &Catalog, key: &str, number: usize) -> String {
    let near = (number < SUGGESTED).then(|| near_key(catalog, key)).flatten();
    near.map(|near| format!("; did you mean {near}?")).unwrap_or_default()
}

/// The key that is probably meant by one that is not known.
fn near_key<'c>(catalog: &'c Catalog, key: &str) -> Option<&'c str> {
    let prefix = |name: &str| name.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let own = prefix(key);
    let alike = catalog.condition_keys().map(KeyFacts::name).filter(|name| prefix(name) == own);
    facts::meant_key(key).or_else(|| nearest(key, alike))
}

fn is_no_key_of_aws(catalog: &Catalog, key: &str) -> bool {
    let global = key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    global && catalog.condition_key(key).is_none()
}

/// Whether a test holds where its key is absent (B12, B15, B16, B19).
fn holds_without(policy: &CompiledPolicy, test: &Test) -> bool {
    let operator = test.operator;
    let null = |operand: OperandView<'_>| matches!(operand, OperandView::Bool(true));
    match operator.set {
        Some(set) => set == SetOperator::ForAllValues,
        None if operator.operator == Operator::Null => {
            policy.operands(test).iter().any(|operand| null(operand.view(policy)))
        }
        None => operator.if_exists || operator.operator.is_negated(),
    }
}

/// What the values of a global key look like, and whether one does.
type Form = (&'static str, fn(&str) -> bool);

fn form_of(catalog: &Catalog, key: &str) -> Option<Form> {
    let own = FORMS.iter().find(|(name, _)| key.eq_ignore_ascii_case(name));
    if let Some((_, form)) = own {
        return Some(*form);
    }
    let facts = catalog.condition_key(key).filter(|facts| facts.second_kind().is_none())?;
    match facts.kind() {
        KeyType::IpAddress => Some(("an IP address", |value| parse_address(value).is_some())),
        KeyType::Bool => Some(("`true` or `false`", |value| parse_bool(value).is_some())),
        KeyType::Numeric => Some(("a number", |value| Number::parse(value).is_some())),
        KeyType::Date => {
            Some(("a date such as `2026-11-23T12:00:00Z`", |value| Instant::parse(value).is_some()))
        }
        KeyType::Arn => Some(("an ARN", |value| Arn::parse(value).is_some())),
        KeyType::String | KeyType::Binary => None,
    }
}

const ACCOUNT: Form = ("an account id of 12 digits", |value| AccountId::parse(value).is_some());
const ORGANIZATION: Form = ("an id such as `o-exampleorg`", |value| value.starts_with("o-"));

/// Global keys whose values are text of a form of their own.
const FORMS: [(&str, Form); 10] = [
    ("aws:SourceVpce", ("the id of an endpoint, `vpce-…`", |value| value.starts_with("vpce-"))),
    ("aws:SourceVpc", ("the id of a VPC, `vpc-…`", |value| value.starts_with("vpc-"))),
    ("aws:PrincipalAccount", (ACCOUNT.0, |value| value == "anonymous" || (ACCOUNT.1)(value))),
    ("aws:ResourceAccount", ACCOUNT),
    ("aws:SourceAccount", ACCOUNT),
    ("aws:VpceAccount", ACCOUNT),
    ("aws:PrincipalOrgID", ORGANIZATION),
    ("aws:ResourceOrgID", ORGANIZATION),
    ("aws:SourceOrgID", ORGANIZATION),
    ("aws:VpceOrgID", ORGANIZATION),
];
