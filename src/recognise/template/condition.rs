//! Conditions of a template: whether they hold, as far as it says.

use super::resolved::Resolver;
use crate::syntax::json::Cursor;

impl<'t> Resolver<'_, 't> {
    /// Whether the condition of a name holds; nothing where only a deployment knows.
    pub(super) fn holds(&mut self, name: &str, depth: usize) -> Option<bool> {
        let condition = self.template.of_section("Conditions", name)?;
        self.is_met(condition, depth)
    }

    fn is_met(&mut self, condition: Cursor<'t>, depth: usize) -> Option<bool> {
        let depth = depth.checked_sub(1).filter(|_| self.has_steps())?;
        let (key, argument) = condition.members().next()?;
        let all = |own: &mut Self| -> Vec<Option<bool>> {
            argument.items().map(|item| own.is_met(item, depth)).collect()
        };
        match &*key.string()? {
            "Condition" => self.holds(&argument.string()?, depth),
            "Fn::Equals" => {
                let mut sides = argument.items();
                let (one, other) = (sides.next()?, sides.next()?);
                Some(self.given(one, depth).text()? == self.given(other, depth).text()?)
            }
            "Fn::Not" => self.is_met(argument.items().next()?, depth).map(|met| !met),
            "Fn::And" => decided(&all(self), false),
            "Fn::Or" => decided(&all(self), true),
            _ => None,
        }
    }
}

/// One that is `deciding` decides; else all must be known.
fn decided(all: &[Option<bool>], deciding: bool) -> Option<bool> {
    if all.contains(&Some(deciding)) {
        return Some(deciding);
    }
    all.iter().all(Option::is_some).then_some(!deciding)
}
