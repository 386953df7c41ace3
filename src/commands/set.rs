//! `set as-of 2021-08-01`

use crate::session::{Command, Context, Failure, Heading, Made, Outcome, Outside, Row, Session};
use crate::source::Place;
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Control.row(
    "set WORD WORD",
    "switches a setting; `list settings` shows them and what they take; `set as-of today` and `set time now` go back",
    "set as-of 2021-08-01",
    make,
);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    let mut both = words.all("WORD").map(|word| (&*word.text).into());
    let (name, value) = (both.next().unwrap_or_default(), both.next().unwrap_or_default());
    Ok(Box::new(Set { name, value }))
}

/// A setting to be switched.
struct Set {
    name: Box<str>,
    value: Box<str>,
}

impl Command for Set {
    fn changes_world(&self) -> bool {
        true
    }

    fn execute(
        self: Box<Self>,
        session: &mut Session,
        _: &Place,
        _: &mut dyn Outside,
    ) -> Result<Outcome, Failure> {
        session.world.settings_mut().set(&self.name, &self.value)?;
        Ok(Outcome::said(format!("{} is {}", self.name.replace('_', "-"), self.value)))
    }
}
