//! `edit ReadReports`: a stored policy in the editor of whoever sits at the prompt.

use super::stored::Stored;
use crate::session::slots::{entity, word};
use crate::session::{
    self, Context, Draft, Failure, Heading, Outcome, Outside, Row, Session, command, placed,
};
use crate::source::{Diagnostic, Place, Source};
use crate::syntax::script::Words;
use crate::world::{Change, Document, WorldError};

pub(super) const ROW: Row = Heading::Change.row(
    "edit WORD [on ENTITY]",
    "opens a policy, SCP, RCP, a resource's policy or an inline policy in $VISUAL or $EDITOR, and takes what was saved",
    "edit ReadReports",
    |words, context| {
        let edited = edited(context, words)?;
        let changes = matches!(edited.change, Ok(Some(_)));
        let execute = command(move |session, place, outside| edit(session, edited, place, outside));
        Ok(if changes { execute.changing() } else { execute })
    },
)
.writing();

/// A policy that somebody has edited.
struct Edited {
    draft: Draft,
    /// The change that it comes to: none if the text is as it was.
    change: Result<Option<Box<Change>>, Vec<Diagnostic>>,
}

/// Opens the policy that a statement names; or what was written of it before and had errors.
fn edited(context: &mut Context<'_>, words: &Words<'_>) -> Result<Edited, Failure> {
    let on = words.entity("ENTITY").map(entity);
    let stored = Stored::find(context.session, &word(words, "WORD"), on.as_ref())?;
    let before = text_of(&stored)?;
    let draft = context.session.draft.as_ref().filter(|draft| draft.label == stored.label);
    let opened = draft.map_or(&before, |draft| &draft.text).clone();
    let session::EditedText { text, kept_in } = context.let_edit(&stored.label, &opened)?;
    let draft = Draft { label: stored.label.clone(), text, again: "".into(), kept_in };
    if draft.text.trim().is_empty() || draft.text.trim() == before.trim() {
        return Ok(Edited { draft, change: Ok(None) });
    }
    let source = Source::new(format!("<{}>", word(words, "WORD")), &*draft.text);
    let (document, warnings) = Document::read(&source, stored.kind);
    context.warnings.extend(warnings);
    let change = match document {
        Document::Refused(wrong) => Err(wrong.to_vec()),
        document => Ok(Some(Box::new((stored.change)(document)))),
    };
    Ok(Edited { draft, change })
}

/// The text to be edited: as it was written, but what stands on one line is spread out.
fn text_of(stored: &Stored) -> Result<String, Failure> {
    let Some(compiled) = stored.document.compiled() else {
        let what = format!("the document of {} is missing or has errors", stored.label);
        return Err(WorldError::new("policy-missing", "", what).into());
    };
    let policy = compiled.policy();
    let text = policy.source().slice(policy.document());
    Ok(if text.contains('\n') { format!("{text}\n") } else { policy.print() })
}

fn edit(
    session: &mut Session,
    edited: Edited,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    // What was edited began with the draft before it, if there was one.
    let mut done = vec![session.draft.take().and_then(|before| before.kept_in)];
    let Edited { draft, change } = edited;
    let taken = match change {
        Ok(None) => Ok(Outcome::said(format!("nothing has changed in {}", draft.label))),
        Ok(Some(change)) => {
            session.world.apply(change.said_in(session.selected)).map(Outcome::from).map_err(Failure::from)
        }
        Err(wrong) => Err(wrong.into()),
    };
    let taken = match taken {
        Ok(outcome) => {
            done.push(draft.kept_in);
            Ok(outcome)
        }
        Err(refused) => {
            let refused = refused_and_kept(refused, draft.kept_in.as_deref(), place);
            session.draft = Some(Draft { again: place.text().into(), ..draft });
            Err(refused)
        }
    };
    done.into_iter().flatten().for_each(|file| outside.forget_draft(&file));
    taken
}

/// A refusal that says where the text is that could not be taken.
fn refused_and_kept(refused: Failure, kept_in: Option<&str>, place: &Place) -> Failure {
    let mut all = match refused {
        Failure::World(error) => vec![placed(error, place)],
        Failure::Found(all) => all,
        denied @ Failure::Denied { .. } => return denied,
    };
    all.extend(kept_in.map(|file| {
        Diagnostic::warning("draft-kept", format!("what could not be taken is kept in `{file}`"))
    }));
    all.into()
}
