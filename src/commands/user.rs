//! `user carol path /dev/ tags team=core`

use super::world_change::change;
use crate::session::slots::{option, path, tags, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row = Heading::Declaration.row(
    "user NAME [path WORD] [id WORD] [tags PAIR...]",
    "creates an IAM user; its unique id is made up unless it is given",
    "user carol path /dev/ tags team=core",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let (account, name) = (context.account()?, word(words, "NAME"));
    change(Change::CreateUser {
        account,
        name,
        path: path(words),
        tags: tags(words)?,
        id: option(words, "id", "WORD"),
    })
}
