//! `aws s3 cp` and the like: words for several calls of S3.

use super::super::given::CallOption;

/// An action, and the resource if the call says it otherwise than by options of its own.
#[derive(Clone, Debug)]
pub(in super::super) struct AskedAction {
    pub(in super::super) action: String,
    pub(in super::super) resource: Option<String>,
    pub(in super::super) context: Vec<(&'static str, String)>,
}

impl AskedAction {
    pub(in super::super) fn on(action: &str, resource: Option<String>) -> Self {
        Self { action: action.to_owned(), resource, context: Vec::new() }
    }

    fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.context.push((key, value.into()));
        self
    }
}

const WORDS: [&str; 7] = ["cp", "ls", "mv", "presign", "rm", "sync", "website"];

/// Options without a value; what stands behind them is a path.
const SWITCHES: [&str; 16] = [
    "delete", "dryrun", "exact-timestamps", "follow-symlinks", "force", "force-glacier-transfer",
    "human-readable", "ignore-glacier-warnings", "no-follow-symlinks", "no-guess-mime-type", "no-overwrite",
    "only-show-errors", "quiet", "recursive", "size-only", "summarize",
];

/// The words of the service `s3`.
pub(in super::super) fn names(service: &str) -> impl Iterator<Item = &'static str> {
    WORDS.into_iter().filter(move |_| service == "s3")
}

/// Takes the paths out of the options behind which they stand: `--recursive s3://b/dir .`
pub(in super::super) fn paths(words: &[&str], options: &mut [CallOption]) -> Vec<String> {
    let mut paths: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for (name, values) in options {
        let takes = match &**name {
            "sse" | "sse-c" | "sse-c-copy-source" => {
                usize::from(values.first().is_some_and(|one| is_cipher(one)))
            }
            "no-progress" => 0,
            "grants" => values.len(),
            name => usize::from(!SWITCHES.contains(&name)),
        };
        paths.extend(values.split_off(takes.min(values.len())));
    }
    paths
}

/// `--grants read=uri=… full=id=…` as the options that the calls of S3 have.
pub(in super::super) fn grants(options: &mut Vec<CallOption>) {
    let Some(at) = options.iter().position(|(name, _)| name == "grants") else { return };
    for grant in options.remove(at).1 {
        let Some((right, to)) = grant.split_once('=') else { continue };
        let name = match right {
            "full" => "grant-full-control",
            "readacl" => "grant-read-acp",
            "writeacl" => "grant-write-acp",
            _ => "grant-read",
        };
        options.push((name.to_owned(), vec![to.to_owned()]));
    }
}

fn is_cipher(word: &str) -> bool {
    word == "AES256" || word.starts_with("aws:kms")
}

/// What a word needs, by its paths and options.
pub(in super::super) fn needs(
    word: &str,
    paths: &[String],
    options: &[CallOption],
) -> Option<Vec<AskedAction>> {
    let has = |option: &str| options.iter().any(|(name, _)| name == option);
    let path = |at: usize| paths.get(at).map(String::as_str).unwrap_or_default();
    let (first, second, all) = (path(0), path(1), has("recursive"));
    let copied =
        || [listed_folder(first).filter(|_| all)].into_iter().flatten().chain(copied(first, second, all));
    Some(match word {
        "ls" if paths.is_empty() => vec![AskedAction::on("s3:ListAllMyBuckets", None)],
        "ls" => vec![listed(first, all)],
        "cp" => copied().collect(),
        "mv" => copied().chain(deleted(first, all)).collect(),
        "sync" => {
            let lists = [listed_folder(first), listed_folder(second)].into_iter().flatten();
            let gone = deleted(second, true).filter(|_| has("delete"));
            lists.chain(self::copied(first, second, true)).chain(gone).collect()
        }
        "rm" => listed_folder(first).filter(|_| all).into_iter().chain(deleted(first, all)).collect(),
        "presign" => vec![AskedAction::on("s3:GetObject", object(first, false))],
        "website" => vec![AskedAction::on("s3:PutBucketWebsite", bucket(first))],
        _ => return None,
    })
}

/// `ls` asks for the keys that begin so, and for no more than the next folder unless it goes on into all.
fn listed(path: &str, all: bool) -> AskedAction {
    let key = path.strip_prefix("s3://").and_then(|path| path.split_once('/')).map_or("", |(_, key)| key);
    let asked = AskedAction::on("s3:ListBucket", bucket(path)).with("s3:prefix", key);
    if all { asked } else { asked.with("s3:delimiter", "/") }
}

/// What goes through a folder of S3 lists all that is in it.
fn listed_folder(path: &str) -> Option<AskedAction> {
    let key = path.strip_prefix("s3://")?.split_once('/').map_or("", |(_, key)| key);
    let slash = if key.is_empty() || key.ends_with('/') { "" } else { "/" };
    Some(AskedAction::on("s3:ListBucket", bucket(path)).with("s3:prefix", format!("{key}{slash}")))
}

/// From where it is read, and to where it is written; a path of the machine needs nothing.
fn copied(from: &str, to: &str, all: bool) -> impl Iterator<Item = AskedAction> + use<> {
    let read = object(from, all).map(|arn| AskedAction::on("s3:GetObject", Some(arn)));
    let written = object(to, all).map(|arn| AskedAction::on("s3:PutObject", Some(arn)));
    let source = from.strip_prefix("s3://").filter(|_| !all).map(str::to_owned);
    let written = written
        .map(|asked| source.into_iter().fold(asked, |asked, from| asked.with("s3:x-amz-copy-source", from)));
    read.into_iter().chain(written)
}

fn deleted(path: &str, all: bool) -> impl Iterator<Item = AskedAction> + use<> {
    object(path, all).map(|arn| AskedAction::on("s3:DeleteObject", Some(arn))).into_iter()
}

fn bucket(path: &str) -> Option<String> {
    let path = path.strip_prefix("s3://")?;
    Some(format!("arn:aws:s3:::{}", path.split('/').next().unwrap_or_default()))
}

/// The object of a path; all of a bucket or folder where it names none, or all are meant.
fn object(path: &str, all: bool) -> Option<String> {
    let path = path.strip_prefix("s3://")?;
    let is_folder = path.ends_with('/') || !path.contains('/');
    let slash = if path.ends_with('/') || !(all || is_folder) { "" } else { "/" };
    Some(format!("arn:aws:s3:::{path}{slash}{}", if all || is_folder { "*" } else { "" }))
}
