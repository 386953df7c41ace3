//! Tabs of a paste that does not say that it is one: they come as keys do, only faster than anybody types.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, EventHandler, KeyCode, KeyEvent, Modifiers,
    RepeatCount,
};

/// Nobody presses two keys within less.
const BETWEEN_KEYS: Duration = Duration::from_millis(30);

/// When the line was last changed by a key.
#[derive(Clone, Default)]
pub(super) struct TypingPace(Arc<Mutex<Option<Instant>>>);

impl TypingPace {
    pub(super) fn is_kept_up(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn is_fast(&self) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() < BETWEEN_KEYS)
    }
}

/// The key and what it does.
pub(super) fn tab(pace: TypingPace) -> (KeyEvent, EventHandler) {
    let tab = KeyEvent(KeyCode::Tab, Modifiers::NONE);
    (tab, EventHandler::Conditional(Box::new(Tab(pace))))
}

struct Tab(TypingPace);

impl ConditionalEventHandler for Tab {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let before = context.line().get(..context.pos()).unwrap_or_default();
        (self.0.is_fast() && is_space(before)).then_some(Cmd::Insert(1, "\t".to_owned()))
    }
}

/// Whether a tab behind a text lays out what has brackets or several lines, and there is no word to be completed.
fn is_space(before: &str) -> bool {
    let space = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']' | ',' | ':');
    before.contains(['{', '\n']) && before.ends_with(space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_behind_a_word_completes_it_and_one_between_words_is_space() {
        assert_eq!(["policy P {\n", "{\n\t", "{\"a\": \"b\",", "what-if {\n"].map(is_space), [true; 4]);
        assert_eq!(["", "  ", "can ", "with s3:", "{\"Ver", "{\"a\""].map(is_space), [false; 6]);
    }
}
