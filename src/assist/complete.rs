//! Completion: what can stand at the cursor, as the parser says, filled with the names that are known.

use std::collections::BTreeSet;

use super::aws_complete::in_aws;
use super::brackets::open_brace;
use super::candidate::Candidate;
use super::json_complete::in_json;
use super::slots::candidates;
use super::typed::wanted;
use super::vocabulary::Vocabulary;

/// What can stand at the end of a text, and where the word starts that it goes on from.
pub fn complete(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    let (start, found) = possible(text, vocabulary);
    (start, going_on(found, text.get(start..).unwrap_or_default()))
}

/// The candidates that go on from a word, each once.
pub fn going_on(found: Vec<Candidate>, begun: &str) -> Vec<Candidate> {
    let mut known = BTreeSet::new();
    let goes_on = found.into_iter().filter(|candidate| goes_on_from(&candidate.text, begun));
    goes_on.filter(|candidate| known.insert(candidate.text.clone())).collect()
}

fn possible(text: &str, vocabulary: &Vocabulary) -> (usize, Vec<Candidate>) {
    if let Some(begins) = block(text) {
        return possible(&from(text, begins), vocabulary);
    }
    if let Some(found) = in_aws(text, vocabulary) {
        return found;
    }
    if let Some(found) = in_json(text, vocabulary) {
        return found;
    }
    let (start, typed, expected) = wanted(text, vocabulary.catalog());
    (start, expected.iter().flat_map(|one| candidates(one, &typed, vocabulary)).collect())
}

/// A text of which only what stands behind a place counts; in front of it is white space instead, so that places are
/// the same.
pub fn from(text: &str, begins: usize) -> String {
    let (before, behind) = text.split_at_checked(begins).unwrap_or((text, ""));
    let blank = before.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    blank.chain(behind.chars()).collect()
}

/// Where the inside of a block starts that is not closed.
fn block(text: &str) -> Option<usize> {
    let begins = open_brace(text)? + 1;
    let inside = text.get(begins..)?.trim_start();
    inside.starts_with(|c: char| c.is_ascii_lowercase()).then_some(begins)
}

/// Whether a candidate starts with what was typed: in any letter case, with or without the quote of a path.
fn goes_on_from(candidate: &str, begun: &str) -> bool {
    let starts =
        |candidate: &str| candidate.get(..begun.len()).is_some_and(|own| own.eq_ignore_ascii_case(begun));
    starts(candidate) || candidate.strip_prefix('"').is_some_and(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Mode, Run, Session, Status, run_script};
    use crate::source::Source;

    const WORLD: &str = "account 444455556666 \"Test\" alias acme-test\naccount 111122223333 \"Acme\" alias acme\n\
                         root owner@acme.example\nuser alice\nuser bob\ngroup developers members bob\n\
                         resource arn:aws:s3:::reports owner 111122223333\n\
                         organization o-exampleorg management 111122223333\n";

    fn session() -> Session {
        let mut session = crate::commands::session();
        let run = Run { mode: Mode::Script, keep_going: false };
        run_script(&mut session, &Source::new("world", WORLD), &mut (), run).for_each(drop);
        session
    }

    fn offered(text: &str) -> Vec<String> {
        let (_, found) = complete(
            text,
            &Vocabulary::of(&session(), |_| vec![("my.iam".to_owned(), false), ("a b".to_owned(), true)]),
        );
        found.into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn names_of_the_world_are_offered_where_they_can_stand() {
        assert_eq!(offered("sign-in a"), ["alice"]);
        assert_eq!(offered("sign-in root o"), ["owner@acme.example"]);
        assert_eq!(offered("sign-in alice at acme"), ["acme", "acme-test"]);
        assert_eq!(offered("add user bo"), ["bob"]);
        assert_eq!(offered("add user bob to group d"), ["developers"]);
        assert_eq!(offered("delete group d"), ["developers"]);
        assert_eq!(offered("attach Admin"), ["AdministratorAccess"]);
        assert_eq!(offered("can acme/al"), ["acme/alice"]);
        assert_eq!(offered("can bob s3:GetObject on arn:aws:s3"), ["arn:aws:s3:::reports"]);
        assert!(offered("user ").is_empty(), "it makes a new one");
    }

    #[test]
    fn actions_and_keys_come_from_the_catalog() {
        assert_eq!(offered("can bob s3:getobjectt"), ["s3:GetObjectTagging", "s3:GetObjectTorrent"]);
        assert!(offered("can bob s").contains(&"s3:".to_owned()));
        assert!(offered("can bob s3:GetObject with ").contains(&"s3:ExistingObjectTag/".to_owned()));
        assert!(offered("can bob s3:GetObject with ").contains(&"aws:SourceIp=".to_owned()));
        assert!(!offered("can bob s3:ListAllMyBuckets with ").contains(&"s3:ExistingObjectTag/".to_owned()));
        assert!(offered("can s3:GetObject ").iter().all(|word| !word.ends_with(':')), "an action is there");
    }

    #[test]
    fn verdicts_and_layers_are_offered() {
        assert!(offered("expect bob ").contains(&"implicit-deny".to_owned()));
        assert!(offered("why bob s3:GetObject without ").contains(&"scp".to_owned()));
    }

    #[test]
    fn every_list_that_is_offered_can_be_listed() {
        let lists = offered("list ");
        assert!(lists.len() > 5, "{lists:?}");
        for list in lists {
            let source = Source::new("line", format!("list {list}"));
            let run = Run { mode: Mode::Prompt, keep_going: true };
            let mut session = session();
            let ran = run_script(&mut session, &source, &mut (), run).next().unwrap();
            assert_ne!(ran.outcome.status, Status::Refused, "{list}");
        }
    }

    #[test]
    fn the_aws_command_line_is_completed_from_its_table() {
        assert_eq!(offered("aws ia"), ["iam"]);
        assert!(offered("aws iam create-u").contains(&"create-user".to_owned()));
        assert_eq!(offered("$ aws iam create-user --us"), ["--user-name"]);
        assert_eq!(offered("aws iam attach-user-policy --user-name al"), ["alice"]);
        assert!(
            offered(
                "aws iam attach-user-policy --user-name alice \\\n  --policy-arn arn:aws:iam::aws:policy/Adm"
            )
            .contains(&"arn:aws:iam::aws:policy/AdministratorAccess".to_owned())
        );
        assert_eq!(offered("aws s3api put-bucket-policy --bucket r"), ["reports"]);
        assert_eq!(offered("aws iam get-user --user-name alice --reg"), ["--region"]);
    }

    #[test]
    fn files_are_offered_in_quotes_where_they_need_them() {
        assert_eq!(offered("read m"), ["my.iam"]);
        assert_eq!(offered("read \"m"), ["\"my.iam\""]);
        assert_eq!(offered("read a"), ["\"a b/"]);
    }
}
