//! `fmt ReadReports`: a policy in the form in which `fmt` writes files.

use super::world_policies::{LookedAt, WorldPolicy};
use crate::policy::PolicyForm;
use crate::recognise::{CANONICAL, FormattedFile, format_file};
use crate::session::slots::{entity, missing};
use crate::session::{Context, Failure, Heading, Made, Outcome, Part, Row, command};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Control.row(
    "fmt WORD [on ENTITY] [canonical]",
    "prints a policy in one form: a policy by name, all that a user, role or resource has, a file, a policy of AWS; with `canonical` two policies with the same statements are the same text",
    "fmt ReadReports",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let word = words.get("WORD").ok_or_else(|| missing("a policy"))?;
    let on = words.entity("ENTITY").map(entity);
    let form = if words.has("canonical") { CANONICAL } else { PolicyForm::AsWritten };
    let FormattedFile { text, remarks } = match LookedAt::named(word, on.as_ref(), context)? {
        LookedAt::Text(source) => format_file(&source, form)?,
        LookedAt::Policies(all) => FormattedFile { text: printed(&all, form)?, remarks: Vec::new() },
    };
    Ok(command(move |_, _, _| Ok(Outcome::of(Part::Text(text)).after(remarks))))
}

/// Each policy; where there are several, under what it is called.
fn printed(all: &[WorldPolicy], form: PolicyForm) -> Result<String, Failure> {
    let mut texts = Vec::new();
    for (one, policy) in all.iter().filter_map(|one| Some((one, one.policy()?))) {
        let label = if all.len() > 1 { format!("# {}\n", one.label) } else { String::new() };
        texts.push(label + &policy?.print_in(form));
    }
    Ok(texts.join("\n"))
}
