//! `catalog update`: a catalog made of AWS's Service Reference, put in its place in one step.

use std::collections::BTreeSet;
use std::path::Path;

use super::curl::NotFetched;
use super::feed::{AWS, Feed};
use super::kept::KeptDocuments;
use super::place;
use crate::catalog::{Catalog, FeedEntry, FeedService, encode_feed};
use crate::cli::arguments::UpdateTask;
use crate::cli::exit::Exit;
use crate::cli::output::Output;
use crate::cli::pool::{Then, in_parallel};
use crate::cli::progress::Progress;
use crate::disk::{Disk, replace};
use crate::names::Instant;
use crate::session::{Existing, Outcome, Outside, Part, Unreadable};
use crate::source::{Diagnostic, first_of};

/// How many documents are fetched at the same time.
const AT_ONCE: usize = 8;

/// How many names of a kind are told.
const MOST: usize = 8;

pub(super) fn update(task: &UpdateTask, output: &Output) -> Result<Exit, Exit> {
    match made(task) {
        Ok(told) => {
            output.show(&told);
            Ok(Exit::Done)
        }
        Err(wrong) => Err(output.invalid(&[wrong])),
    }
}

fn made(task: &UpdateTask) -> Result<Outcome, Diagnostic> {
    let feed = Feed::at(task.from.as_deref().unwrap_or(AWS), task.timeout)
        .map_err(|wrong| Diagnostic::error("bad-feed", wrong))?;
    let place = place().ok_or_else(no_place)?;
    let index = feed.index().map_err(|failure| failed("the index", &feed.address(), failure))?;
    let entries = FeedEntry::index(&index).map_err(|wrong| malformed("the index", &wrong))?;
    if let Some(elsewhere) = entries.iter().find(|entry| !feed.has(&entry.url)) {
        return Err(malformed("the index", &format!("it names another host, {}", elsewhere.url)));
    }
    let kept = KeptDocuments::beside(&place)?;
    let documents = all(&feed, &entries, &kept)?;
    let known = Catalog::in_use();
    let today = Instant::from_epoch_seconds(Disk.now()).to_iso();
    let blob = encode_feed(documents, known, today.get(..10).unwrap_or_default())
        .map_err(|wrong| malformed("the feed", &wrong))?;
    let catalog = Catalog::read(blob.clone());
    is_plausible(&catalog)?;
    put(&place, &blob)?;
    kept.clear();
    Ok(told(&catalog, known, &place))
}

fn no_place() -> Diagnostic {
    Diagnostic::error("no-data-folder", "there is no folder for data")
        .help("set XDG_DATA_HOME or HOME to an absolute path, or IAMWHY_CATALOG to a file")
}

/// Every document, in the order of the index, or what is wrong with the first that failed.
fn all(feed: &Feed, entries: &[FeedEntry], kept: &KeptDocuments) -> Result<Vec<FeedService>, Diagnostic> {
    let progress = Progress::new(entries.len(), "services");
    let mut documents = Ok(Vec::new());
    let work = |number: usize| document(feed, &entries[number], kept);
    in_parallel(AT_ONCE, entries.len(), work, |number, one| {
        progress.show(number + 1);
        match (one, &mut documents) {
            (Ok(one), Ok(known)) => known.push(one),
            (Err(wrong), _) => documents = Err(wrong.help(GOES_ON)),
            _ => {}
        }
        if documents.is_ok() { Then::GoOn } else { Then::Stop }
    });
    progress.clear();
    documents
}

/// What an update leaves that ends early.
const GOES_ON: &str =
    "nothing was changed; what came is kept for a day, and the same command goes on from there";

/// The document of a service, once it is found to be well-formed.
fn document(feed: &Feed, entry: &FeedEntry, kept: &KeptDocuments) -> Result<FeedService, Diagnostic> {
    let what = format!("the document of {}", entry.service);
    if let Some(Ok(read)) = kept.read(entry).map(|text| FeedService::read(&entry.service, &text)) {
        return Ok(read);
    }
    let text = feed.document(&entry.url).map_err(|failure| failed(&what, &entry.url, failure))?;
    let read = FeedService::read(&entry.service, &text).map_err(|wrong| malformed(&what, &wrong))?;
    kept.write(entry, &text)?;
    Ok(read)
}

fn failed(what: &str, address: &str, failure: NotFetched) -> Diagnostic {
    let (NotFetched::Broken(why) | NotFetched::Refused(why)) = failure else {
        let wrong = "the program `curl`, which fetches the feed, is not there";
        return Diagnostic::error("no-curl", wrong).help("install curl; nothing was changed");
    };
    Diagnostic::error("feed-not-fetched", format!("{what} could not be fetched: {why} ({address})"))
}

fn malformed(what: &str, wrong: &str) -> Diagnostic {
    Diagnostic::error("bad-feed", format!("{what} is malformed: {wrong}"))
}

/// A feed that lists much less than is known is no whole one.
fn is_plausible(catalog: &Catalog) -> Result<(), Diagnostic> {
    let (new, known) = (catalog.counts(), Catalog::embedded().counts());
    if new.services * 2 >= known.services && new.actions * 2 >= known.actions {
        return Ok(());
    }
    let what = format!(
        "the feed has {} services with {} actions, less than half of the {} with {} that are known: it is not whole",
        new.services, new.actions, known.services, known.actions
    );
    Err(Diagnostic::error("bad-feed", what).help("nothing was changed"))
}

fn put(place: &Path, blob: &[u8]) -> Result<(), Unreadable> {
    replace(&place.to_string_lossy(), blob, Existing::Replaced).map(drop)
}

fn told(catalog: &Catalog, before: &Catalog, place: &Path) -> Outcome {
    let names = |catalog: &Catalog| -> BTreeSet<String> {
        catalog.actions().map(|action| action.to_string()).collect()
    };
    let (new, old) = (names(catalog), names(before));
    let list = |of: &BTreeSet<String>, without: &BTreeSet<String>| {
        let names: Vec<&str> = of.difference(without).map(String::as_str).collect();
        if names.is_empty() {
            "none".to_owned()
        } else {
            format!("{}: {}", names.len(), first_of(MOST, &names))
        }
    };
    Outcome::of(Part::Fields(vec![
        ("updated", format!("{} (before: {})", catalog.date(), before.date())),
        ("services", catalog.counts().services.to_string()),
        ("actions", catalog.counts().actions.to_string()),
        ("new actions", list(&new, &old)),
        ("gone", list(&old, &new)),
        ("file", place.display().to_string()),
    ]))
}
