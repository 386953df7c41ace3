//! A policy whose principals got other names: AWS keeps who was meant, and shows the name of today (A31).

use super::ast::{PrincipalForm, PrincipalType, Text};
use super::lower::Policy;
use crate::source::Span;

impl Policy {
    /// Its text with other names for principals, `(old, new)`; nothing else changes, resources and conditions stay.
    pub fn renamed(&self, names: &[(&str, &str)]) -> String {
        let whole = self.document();
        let (mut text, mut from) = (String::new(), whole.start);
        for named in self.principals() {
            let said = self.text(named);
            if let Some((_, new)) = names.iter().find(|(old, _)| *old == said) {
                text.push_str(self.source().slice(Span::new(from, named.span.start)));
                text.push_str(new);
                from = named.span.end;
            }
        }
        text + self.source().slice(Span::new(from, whole.end))
    }

    /// The values of the `AWS` principals, in the order of the text.
    fn principals(&self) -> Vec<&Text> {
        let forms = self.statements().iter().filter_map(|statement| statement.principal.as_ref());
        let entries = forms.flat_map(|principal| match &principal.form {
            PrincipalForm::Map(entries) => entries,
            PrincipalForm::Everyone(_) => &[][..],
        });
        let own = entries.filter(|entry| entry.kind == PrincipalType::Aws);
        let mut named: Vec<&Text> = own.flat_map(|entry| self.texts(entry.values)).collect();
        named.sort_by_key(|text| text.span.start);
        named
    }
}
