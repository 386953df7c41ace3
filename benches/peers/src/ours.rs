//! iamwhy.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use iamwhy::compile::CompiledPolicy;
use iamwhy::eval::authorize;
use iamwhy::policy::{Policy, PolicyType};
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::world::{
    Caller, ContextEntry, ContextValue, Document, GivenPolicies, NamedDocument, Principal, Request, World,
};

use crate::timing::Contender;
use crate::workload::Workload;

/// The policies of a workload, with who has them.
pub struct Policies {
    world: World,
    given: GivenPolicies,
    caller: Caller,
    context: Vec<ContextEntry<'static>>,
}

impl Policies {
    /// Compiles the policies and prepares the principal.
    pub fn new(workload: &Workload) -> Result<Self> {
        let source = Source::new(workload.name, workload.policies.as_str());
        let tree = parse_json(&source).value.context("JSON")?;
        let documents = tree.root().items().enumerate().map(|(number, item)| {
            let policy = Policy::lower(item, PolicyType::IdentityBased).value.context("a policy")?;
            let document = Document::Good(Arc::new(CompiledPolicy::new(Arc::new(policy))));
            Ok(NamedDocument { name: number.to_string().into(), document })
        });
        let given =
            GivenPolicies { identity: Some(documents.collect::<Result<_>>()?), ..GivenPolicies::default() };
        let principal = Principal::parse(&workload.principal).context("a principal")?;
        let world = World::new();
        let context = workload.context.iter();
        let context =
            context.map(|(key, value)| (key.clone().into(), ContextValue::One(value.clone().into())));
        Ok(Self {
            caller: world.caller(&principal, &given).indexed(),
            context: context.collect(),
            world,
            given,
        })
    }

    /// A request of the workload.
    pub fn request<'r>(&'r self, workload: &'r Workload, number: usize) -> Request<'r> {
        let asked = &workload.requests[number];
        Request::complete(&asked.action, Some(&asked.resource), &self.context, &self.given)
    }

    /// Decides a prepared request.
    pub fn prepared<'r>(&'r self, request: &'r Request<'r>) -> Result<Contender<'r>> {
        let prepared = self.world.prepare((&self.caller).into(), *request).map_err(|wrong| anyhow!(wrong.message))?;
        Ok(Contender::new("iamwhy", move || authorize(black_box(&prepared), &mut ()).is_allowed()))
    }

    /// Decides from strings.
    pub fn raw<'r>(&'r self, request: &'r Request<'r>) -> Contender<'r> {
        Contender::new("iamwhy, from strings", move || {
            let prepared = self.world.prepare((&self.caller).into(), *black_box(request));
            prepared.is_ok_and(|prepared| authorize(&prepared, &mut ()).is_allowed())
        })
    }
}
