//! Lines of a statement that is not closed yet: what the line editor cannot show as a prompt of its own, since it
//! draws none inside a text (rustyline 19), the indentation shows.

use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, EventHandler, KeyCode, KeyEvent, Modifiers,
    RepeatCount,
};

use super::validate::is_unfinished;
use crate::assist::{depth, open_brace};

/// How many spaces a bracket that is open indents.
const STEP: usize = 2;

pub(super) fn key() -> (KeyEvent, EventHandler) {
    let enter = KeyEvent(KeyCode::Enter, Modifiers::NONE);
    (enter, EventHandler::Conditional(Box::new(NewLine)))
}

/// Enter where more must follow.
struct NewLine;

impl ConditionalEventHandler for NewLine {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let text = context.line();
        let goes_on = context.pos() == text.len() && is_unfinished(text);
        goes_on.then(|| Cmd::Insert(1, format!("\n{}", " ".repeat(STEP * open(text)))))
    }
}

fn open(text: &str) -> usize {
    open_brace(text).and_then(|brace| text.get(brace..)).map_or(0, depth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_do_not_indent() {
        assert_eq!(open("policy P {"), 1);
        assert_eq!(open("policy P {\"a\": [\"{\", {"), 3);
        assert_eq!(open("what-if {"), 1);
        assert_eq!(open("why \"User: x"), 0);
    }
}
