//! Texts in which AWS tells what it decided: recognised, and explained with a world and without.

use iamwhy::catalog::Catalog;
use iamwhy::commands;
use iamwhy::names::{ActionName, Arn};
use iamwhy::recognise::{Pasted, PastedForm, Recognised, policies_inside, recognise};
use iamwhy::session::Status;
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::syntax::script::write::quoted;
use iamwhy::syntax::yaml::{MAX_YAML, yaml_as_json};

use super::shown::outcome_is_shown;
use crate::outside::{Memory, typed};

/// A world in which the people of the corpus are.
const WORLD: &str = r#"account 111122223333 "Acme" alias acme
user dee
role Deploy trust {"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}
resource arn:aws:s3:::acme-reports
"#;

/// Recognises a text, twice, and has it explained.
pub(super) fn recognised(data: &[u8]) {
    let (text, catalog) = (super::text(data), Catalog::embedded());
    let found = recognise(&text, catalog);
    assert_eq!(found, recognise(&text, catalog));
    match &found {
        Some(Recognised::Answer(pasted)) => is_recognised_as_it_is_told(pasted),
        Some(Recognised::Answers(all)) => assert!(all.len() > 1, "{all:?}"),
        _ => {}
    }
    policies_are_where_they_stand(&text);
    for world in ["", WORLD] {
        is_explained(world, &text, found.is_some());
    }
}

/// What is found inside of a text reads as JSON and points into the text; nothing that anchors repeat outgrows its bound.
fn policies_are_where_they_stand(text: &str) {
    let file = Source::new("file", text);
    for policy in policies_inside(&file).ok().flatten().unwrap_or_default() {
        let trees = policy.trees();
        for tree in trees.into_iter().filter_map(|tree| tree.value) {
            let place = tree.root().place();
            assert!(place.source.text().get(place.span.start as usize..place.span.end as usize).is_some());
        }
    }
    if let Ok(json) = yaml_as_json(&file) {
        assert!(json.text().len() <= 8 * MAX_YAML, "{} bytes", json.text().len());
        assert!(json.text().is_empty() || !parse_json(&json).has_errors(), "{text:?} as {:?}", json.text());
    }
}

fn is_explained(world: &str, text: &str, known: bool) {
    let (mut session, mut disk) = (commands::session(), Memory::default());
    typed(&mut session, &mut disk, world);
    let outcomes = typed(&mut session, &mut disk, &format!("why {}", quoted(text)));
    outcomes.iter().for_each(outcome_is_shown);
    let [outcome] = &outcomes[..] else { panic!("{text:?} is one statement") };
    assert!(known || !matches!(outcome.status, Status::Answered(_)), "{text:?}");
}

/// What is known of a request says the same once more, in the words of today (G1).
fn is_recognised_as_it_is_told(pasted: &Pasted) {
    let (Some(principal), Some(action)) = (&pasted.principal, &pasted.action) else { return };
    if !is_plain(principal) || Arn::parse(principal).is_none() || ActionName::parse(action).is_none() {
        return;
    }
    let message = format!("User: {principal} is not authorized to perform: {action}");
    let Some(Recognised::Answer(again)) = recognise(&message, Catalog::embedded()) else {
        panic!("{message:?} of {pasted:?}")
    };
    assert_eq!(again.form, PastedForm::Message);
    assert_eq!((&again.principal, &again.action), (&pasted.principal, &pasted.action), "{message:?}");
}

/// Whether nothing in an ARN could be taken for the end of it.
fn is_plain(arn: &str) -> bool {
    arn.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/-_.@+=".contains(&byte)) && !arn.ends_with('.')
}
