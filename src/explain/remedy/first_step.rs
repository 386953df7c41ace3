//! What to do first where no change is known that would turn a denial: what to say more, what to ask for, whom to ask.

use super::Remedy;
use crate::catalog::ActionFacts;
use crate::question::Asked;

impl Asked<'_> {
    /// The first step where there is no remedy; nothing where there is one, or a gate says what to do.
    pub(crate) fn first_step(&self, remedies: &[Remedy]) -> Option<String> {
        let is_open = self.decision.is_allowed() || self.trace.gate.is_some() || !self.needs().is_empty();
        if is_open || !remedies.is_empty() {
            return None;
        }
        if let Some(account) = self.other_side().filter(|_| self.unknown().is_some()) {
            let (who, action) = (self.holder_name(), self.action_name());
            return Some(format!(
                "ask who administers account {account} whether its policies and SCPs allow {who} {action} on {}",
                self.request.resource().text()
            ));
        }
        if let Some(names) = self.permissions_of_operation() {
            return Some(format!("ask about {names} instead"));
        }
        if self.is_no_action() {
            let date = self.request.world.catalog().date();
            return Some(format!("check the name: the list of {date} has no action {}", self.action_name()));
        }
        if self.is_unnamed() {
            return Some(self.say_on_what(self.request.facts?));
        }
        Some(self.whom_to_ask())
    }

    /// The permissions that an operation needs, where its name was given in place of an action.
    fn permissions_of_operation(&self) -> Option<String> {
        let catalog = self.request.world.catalog();
        let operation =
            self.request.facts.is_none().then(|| catalog.operation(self.request.action.text()))?;
        operation?.only_action().map(str::to_owned)
    }

    /// That the resource is to be named, in the form of an ARN that the action takes.
    fn say_on_what(&self, facts: ActionFacts<'_>) -> String {
        let forms = facts.resource_types().filter_map(|used| used.resource_type().arn_formats().next());
        let form = forms.min_by_key(|form| (form.matches("${").count(), form.len()));
        let form = form.map(|form| {
            let own = form.replace("${Partition}", &self.request.caller.principal.partition);
            let account = self.request.caller.account.map(|id| id.to_string()).unwrap_or_default();
            own.replace("${Account}", &account).replace("${", "").replace('}', "")
        });
        let form = form.map(|form| format!(": its ARN is of the form {form}")).unwrap_or_default();
        format!("say on what, with `on ARN`{form}")
    }

    /// Who decides, where nothing of what is known here would turn it.
    fn whom_to_ask(&self) -> String {
        let (caller, owner) = (self.request.caller.account, self.request.owner);
        let asked = |account| format!("account {account}{}", self.reached(account));
        match (caller, owner) {
            (Some(own), Some(owner)) if own != owner => format!(
                "this kind of resource has no policy that lets in another account: assume a role of {}, which may do it; ask who \
                 administers that account for one",
                asked(owner)
            ),
            (_, Some(owner)) | (Some(owner), None) => {
                format!(
                    "no change that was tried is enough: ask who administers {}, with this answer",
                    asked(owner)
                )
            }
            (None, None) => "no change that was tried is enough".to_owned(),
        }
    }
}
