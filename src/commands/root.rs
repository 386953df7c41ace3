//! `root owner@acme.example mfa`

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{AccountSetting, Change};

pub(super) const ROW: Row = Heading::Declaration.row(
    "root EMAIL:WORD [mfa]",
    "gives the root user of the selected account its e-mail address, and MFA",
    "root owner@acme.example mfa",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let setting = AccountSetting::Root { email: word(words, "EMAIL"), mfa: words.has("mfa") };
    change(Change::Account(context.account()?, setting))
}
