//! `aws s3 cp` and the like: words for several calls of S3.

/// An action, and the resource if a path of S3 says it.
#[derive(Clone, Debug)]
pub(in super::super) struct AskedAction {
    pub(in super::super) action: String,
    pub(in super::super) resource: Option<String>,
    pub(in super::super) context: Vec<(&'static str, String)>,
}

const WORDS: [&str; 7] = ["cp", "ls", "mv", "presign", "rm", "sync", "website"];

/// The words of the service `s3`.
pub(in super::super) fn names(service: &str) -> impl Iterator<Item = &'static str> {
    WORDS.into_iter().filter(move |_| service == "s3")
}

pub(in super::super) fn needs(word: &str, paths: &[&str]) -> Option<Vec<AskedAction>> {
    let first = paths.first().copied().unwrap_or_default();
    let second = paths.get(1).copied().unwrap_or_default();
    Some(match word {
        "ls" if paths.is_empty() => vec![asked("s3:ListAllMyBuckets", None)],
        "ls" => vec![listed(first)],
        "cp" => copied(first, second),
        "mv" => copied(first, second).into_iter().chain(deleted(first)).collect(),
        "sync" => [listed(first), listed(second)]
            .into_iter()
            .filter(|one| one.resource.is_some())
            .chain(copied(first, second))
            .collect(),
        "rm" => deleted(first).collect(),
        "presign" => vec![asked("s3:GetObject", object(first))],
        "website" => vec![asked("s3:PutBucketWebsite", bucket(first))],
        _ => return None,
    })
}

fn asked(action: &str, resource: Option<String>) -> AskedAction {
    AskedAction { action: action.to_owned(), resource, context: Vec::new() }
}

fn listed(path: &str) -> AskedAction {
    let prefix =
        path.strip_prefix("s3://").and_then(|path| path.split_once('/')).map(|(_, key)| key.to_owned());
    let context = prefix.into_iter().map(|prefix| ("s3:prefix", prefix)).collect();
    AskedAction { context, ..asked("s3:ListBucket", bucket(path)) }
}

/// From where it is read, and to where it is written; a path of the machine needs nothing.
fn copied(from: &str, to: &str) -> Vec<AskedAction> {
    let read = object(from).map(|arn| asked("s3:GetObject", Some(arn)));
    let written = object(to).map(|arn| asked("s3:PutObject", Some(arn)));
    read.into_iter().chain(written).collect()
}

fn deleted(path: &str) -> impl Iterator<Item = AskedAction> + use<> {
    object(path).map(|arn| asked("s3:DeleteObject", Some(arn))).into_iter()
}

fn bucket(path: &str) -> Option<String> {
    let path = path.strip_prefix("s3://")?;
    Some(format!("arn:aws:s3:::{}", path.split('/').next().unwrap_or_default()))
}

/// The object of a path; all of a bucket or folder where it names none.
fn object(path: &str) -> Option<String> {
    let path = path.strip_prefix("s3://")?;
    let path = if path.contains('/') { path.to_owned() } else { format!("{path}/") };
    Some(format!("arn:aws:s3:::{path}{}", if path.ends_with('/') { "*" } else { "" }))
}
