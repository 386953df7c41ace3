//! Another text for a policy that came with a question.

use super::document::Document;
use super::principal::SessionDetails;
use super::request::{GivenPolicies, NamedDocument};
use crate::policy::{Layer, PolicyType, Token};

/// What a new policy is called.
const NEW: &str = "new";

impl GivenPolicies {
    /// Gives the policy of a name another text, or takes it away where there is none; without a name there is one more.
    /// Says whether the policies of the layer came with the question, and the text is one of a policy.
    pub fn rewrite(&mut self, layer: Layer, level: u8, name: Option<&str>, text: Option<&str>) -> bool {
        let list = match layer {
            Layer::IdentityBased => self.identity.as_mut(),
            Layer::PermissionsBoundary => self.permissions_boundary.as_mut(),
            Layer::Session => self.session.as_mut(),
            Layer::VpcEndpoint => self.vpc_endpoint.as_mut(),
            Layer::ServiceControl => self.scp.as_mut().and_then(|all| all.get_mut(usize::from(level))),
            Layer::ResourceControl => self.rcp.as_mut().and_then(|all| all.get_mut(usize::from(level))),
            Layer::ResourceBased => return self.rewrite_resource(text),
        };
        list.is_some_and(|list| NamedDocument::rewrite(list, layer, name, text))
    }

    fn rewrite_resource(&mut self, text: Option<&str>) -> bool {
        let Some(given) = &mut self.resource else { return false };
        match text {
            Some(text) => given.says(Layer::ResourceBased, text),
            None => self.resource.take().is_some(),
        }
    }
}

impl SessionDetails {
    /// The same for what was passed when a session began; each policy to which it was scoped down is a level (I22).
    pub fn rewrite(&mut self, level: u8, name: Option<&str>, text: Option<&str>) -> bool {
        let scope = usize::from(level).checked_sub(usize::from(!self.policies.is_empty()));
        match (scope.filter(|at| *at < self.scopes.len()), name, text) {
            (None, ..) => NamedDocument::rewrite(&mut self.policies, Layer::Session, name, text),
            (Some(at), Some(_), Some(text)) => self.scopes[at].says(Layer::Session, text),
            (Some(at), None, Some(text)) => self.scopes[at].also_says(text),
            (Some(at), _, None) => {
                self.scopes.remove(at);
                true
            }
        }
    }
}

impl NamedDocument {
    /// Gives the policy of a name in a list another text, or takes it away where there is none; without a name there is
    /// one more. Says whether there is such a policy, and the text is one of a policy.
    pub fn rewrite(list: &mut Vec<Self>, layer: Layer, name: Option<&str>, text: Option<&str>) -> bool {
        let Some(name) = name else {
            let mut new = Self { name: NEW.into(), document: Document::Missing };
            let says = text.is_some_and(|text| new.says(layer, text));
            list.extend(says.then_some(new));
            return says;
        };
        let Some(at) = list.iter().position(|given| &*given.name == name) else { return false };
        match text {
            Some(text) => list[at].says(layer, text),
            None => {
                list.remove(at);
                true
            }
        }
    }

    /// Says from now on what the first statement of another policy says, too.
    fn also_says(&mut self, text: &str) -> bool {
        let more = Document::compile("", text, PolicyType::Session);
        let both = self.document.compiled().zip(more).map(|(own, more)| {
            let statement = more.policy().place(0, Token::Statement);
            own.policy().with_one_more(statement.text())
        });
        both.is_some_and(|both| self.says(Layer::Session, &both))
    }

    /// Says something else from now on, if that is a policy.
    fn says(&mut self, layer: Layer, text: &str) -> bool {
        let kind = self.document.compiled().map_or(kind_of(layer), |own| own.policy().kind());
        let document = Document::compile(&self.name, text, kind).map(Document::Good);
        document.map(|document| self.document = document).is_some()
    }
}

fn kind_of(layer: Layer) -> PolicyType {
    match layer {
        Layer::IdentityBased => PolicyType::IdentityBased,
        Layer::PermissionsBoundary => PolicyType::PermissionsBoundary,
        Layer::Session => PolicyType::Session,
        Layer::VpcEndpoint => PolicyType::VpcEndpoint,
        Layer::ServiceControl => PolicyType::ServiceControl,
        Layer::ResourceControl => PolicyType::ResourceControl,
        Layer::ResourceBased => PolicyType::ResourceBased,
    }
}
