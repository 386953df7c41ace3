//! `set as-of 2021-08-01`

use crate::session::{Failure, Heading, Outcome, Row, Session, command};

pub(super) const ROW: Row = Heading::Control.row(
    "set WORD WORD",
    "switches a setting; `list settings` shows them and what they take; `set as-of today` and `set time now` go back",
    "set as-of 2021-08-01",
    |words, _| {
        let mut both = words.all("WORD").map(|word| word.text.to_string());
        let (name, value) = (both.next().unwrap_or_default(), both.next().unwrap_or_default());
        Ok(command(move |session, _, _| set(session, &name, &value)).changing())
    },
);

fn set(session: &mut Session, name: &str, value: &str) -> Result<Outcome, Failure> {
    session.world.settings_mut().set(name, value)?;
    Ok(Outcome::said(format!("{} is {value}", name.replace('_', "-"))))
}
