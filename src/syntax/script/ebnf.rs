//! Usages printed as productions of `grammar/script.ebnf`, so that the two cannot differ.

use super::slot::SlotKind;
use super::usage::{Usage, UsageElement, parse_element};

/// How loosely an element binds: what stands around it decides whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Around {
    Choice,
    Sequence,
    Postfix,
}

impl Usage {
    /// Prints the right side of the usage's production, in W3C notation.
    pub fn to_ebnf(&self) -> String {
        self.element().to_ebnf()
    }
}

impl SlotKind {
    /// Prints the right side of the production of a kind that is made of others.
    pub fn to_ebnf(self) -> Option<String> {
        parse_element(self.inside()?).ok().map(|element| element.to_ebnf())
    }
}

impl UsageElement {
    /// Prints the element in W3C notation.
    pub fn to_ebnf(&self) -> String {
        print(self, Around::Choice)
    }
}

/// Prints the production of all statements of a table, an alternative a line.
pub fn table_to_ebnf(name: &str, table: &[Usage]) -> String {
    let rows: Vec<String> = table.iter().map(Usage::to_ebnf).collect();
    format!("{name} ::= {}\n", rows.join(&format!("\n{} | ", " ".repeat(name.len() + 2))))
}

fn print(element: &UsageElement, around: Around) -> String {
    let (text, own) = match element {
        UsageElement::Keyword(word) => (format!("'{word}'"), Around::Postfix),
        UsageElement::Slot(slot) => (slot.kind.production().to_string(), Around::Postfix),
        UsageElement::Sequence(elements) => (join(elements, " ", Around::Sequence), Around::Sequence),
        UsageElement::Choice(elements) => (join(elements, " | ", Around::Choice), Around::Choice),
        UsageElement::Optional(element) => match element.as_ref() {
            UsageElement::Repeat(element) => (print(element, Around::Postfix) + "*", Around::Postfix),
            element => (print(element, Around::Postfix) + "?", Around::Postfix),
        },
        UsageElement::Repeat(element) => (print(element, Around::Postfix) + "+", Around::Postfix),
    };
    if own < around { format!("( {text} )") } else { text }
}

fn join(elements: &[UsageElement], between: &str, around: Around) -> String {
    elements.iter().map(|element| print(element, around)).collect::<Vec<_>>().join(between)
}
