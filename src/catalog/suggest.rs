use super::action::ActionFacts;
use super::blob::Catalog;
use super::service::ServiceFacts;
use crate::source::nearest;

impl Catalog {
    /// Says of an action that is not listed what it is probably meant to be.
    pub fn unlisted_action(&self, name: &str) -> String {
        if let Some(operation) = self.operation(name) {
            return operation.in_words();
        }
        // Another verb is another action.
        let verb =
            |name: &str| name.split_once(':').map(|(_, name)| name.get(..1).map(str::to_ascii_lowercase));
        let is_meant = |near: &String| !near.eq_ignore_ascii_case(name) && verb(near) == verb(name);
        let near = self.nearest_action(name).filter(is_meant);
        let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        format!("{name} is not in the catalog of {}{near}", self.date())
    }

    /// Suggests an action for a name that is unknown: what an operation of that name needs, the nearest name of the
    /// service; if the service is unknown, too, of the nearest service, first among those that have an action of this very name.
    pub fn nearest_action(&self, name: &str) -> Option<String> {
        if let Some(operation) = self.operation(name) {
            return operation.only_action().map(str::to_owned);
        }
        let (prefix, action) = name.split_once(':')?;
        if let Some(service) = self.service(prefix) {
            return nearest_of(service, action);
        }
        let owners = self.services().filter(|s| self.action_by_parts(s.prefix(), action).is_some());
        let prefix = nearest(prefix, owners.map(ServiceFacts::prefix))
            .or_else(|| nearest(prefix, self.services().map(ServiceFacts::prefix)))?;
        nearest_of(self.service(prefix)?, action)
    }
}

fn nearest_of(service: ServiceFacts<'_>, action: &str) -> Option<String> {
    let name = nearest(action, service.actions().map(ActionFacts::name))?;
    Some(format!("{}:{name}", service.prefix()))
}
