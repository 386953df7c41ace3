//! A template as it is deployed in an account: what it makes, and what the properties of that are.

use std::sync::Arc;

use super::functions::function;
use super::resolved::{MOST_DEEP, MOST_STEPS, OpenFunction, OpenTexts, Resolver, Stand, written};
use super::sections::Template;
use super::template_value::TemplateValue;
use crate::names::AccountId;
use crate::source::Source;
use crate::syntax::json::Cursor;

/// What stands for what is open: each is what the template calls it.
const ITSELF: Stand = Stand { texts: OpenTexts::Itself, holds: true };

/// A template as it is deployed in an account.
pub struct DeployedTemplate<'t> {
    template: Template<'t>,
    /// How many steps its functions may still take.
    steps: usize,
}

/// A resource that a template declares.
pub struct DeclaredResource<'t> {
    /// Its name in the template.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Its properties.
    pub properties: Option<Cursor<'t>>,
    /// Whether it is made; nothing where only a deployment knows.
    pub is_made: Option<bool>,
}

impl<'t> DeployedTemplate<'t> {
    /// The template that a value is, in an account of the commercial partition.
    pub fn of(root: Cursor<'t>, account: AccountId) -> Self {
        Self { template: Template::of(root).deployed_in(account), steps: MOST_STEPS }
    }

    /// Whether some parameter has a default, which stands for it.
    pub fn has_defaults(&self) -> bool {
        self.template.all_of("Parameters").any(|(_, parameter)| parameter.member("Default").is_some())
    }

    /// What it declares, by name.
    pub fn resources(&mut self) -> Vec<DeclaredResource<'t>> {
        let all: Vec<(String, Cursor<'t>)> =
            self.template.all_of("Resources").map(|(name, value)| (name.to_owned(), value)).collect();
        all.into_iter().filter_map(|(name, resource)| self.resource(name, resource)).collect()
    }

    fn resource(&mut self, name: String, resource: Cursor<'t>) -> Option<DeclaredResource<'t>> {
        let kind = resource.member("Type")?.string()?.into_owned();
        let condition = resource.member("Condition").and_then(|condition| condition.string());
        let is_made = condition.map_or(Some(true), |condition| self.holds(&condition));
        Some(DeclaredResource { name, kind, properties: resource.member("Properties"), is_made })
    }

    fn holds(&mut self, condition: &str) -> Option<bool> {
        let mut resolver = Resolver::new(&self.template, ITSELF, self.steps);
        let holds = resolver.holds(condition, MOST_DEEP);
        self.steps = resolver.steps_left();
        holds
    }

    /// Whether a value is `AWS::NoValue`: whatever holds it has it not.
    pub fn is_nothing(&mut self, value: Cursor<'t>) -> bool {
        if function(value).is_none() {
            return false;
        }
        let mut resolver = Resolver::new(&self.template, ITSELF, self.steps);
        let is_nothing = matches!(resolver.given(value, MOST_DEEP), TemplateValue::Nothing);
        self.steps = resolver.steps_left();
        is_nothing
    }

    /// A value with its functions carried out, and what is open in it: that is what the template calls it. Nothing if it
    /// cannot be written down.
    pub fn value(&mut self, value: Cursor<'t>) -> Option<(Arc<Source>, Vec<OpenFunction>)> {
        let (text, open, _) = written(&self.template, value, ITSELF, &mut self.steps)?;
        Some((text, open))
    }
}
