//! Completion of the AWS command line, from the table of its operations.

use super::aws_values::values;
use super::candidate::Candidate;
use super::vocabulary::Vocabulary;
use crate::aws;

/// The words of a line of the AWS command line, as far as they stand before the cursor.
struct AwsLine<'t> {
    words: Vec<&'t str>,
    begun: &'t str,
}

impl<'t> AwsLine<'t> {
    /// The line that a text ends with, if that is one of the AWS command line without open quotes.
    fn of(text: &'t str) -> Option<Self> {
        let mut breaks = text.match_indices('\n').map(|(at, _)| at);
        let start = breaks.rfind(|at| !text[..*at].ends_with('\\')).map_or(0, |at| at + 1);
        let line = text.get(start..)?.trim_start();
        let line = line.strip_prefix("$ ").unwrap_or(line).trim_start().strip_prefix("aws")?;
        if !line.starts_with([' ', '\t']) || line.contains(['\'', '"', '#']) {
            return None;
        }
        let begun = line.rsplit([' ', '\t', '\n']).next().unwrap_or_default();
        let before = line.get(..line.len() - begun.len())?;
        Some(Self { words: before.split_whitespace().filter(|word| *word != "\\").collect(), begun })
    }

    fn parameters(&self) -> Vec<aws::Parameter> {
        match self.words[..] {
            [service, name, ..] => aws::parameters(service, name),
            _ => Vec::new(),
        }
    }

    /// What the option takes behind which the cursor stands.
    fn taken(&self) -> Option<aws::Parameter> {
        let options = self.words.iter().rposition(|word| word.starts_with("--"))?;
        let name = self.words.get(options)?.strip_prefix("--")?;
        let found = self.parameters().into_iter().find(|one| one.name == name && !one.takes.is_empty())?;
        (found.several || options + 1 == self.words.len()).then_some(found)
    }

    /// The options that were not given yet.
    fn left(&self) -> impl Iterator<Item = aws::Parameter> {
        let given = |name: &str| self.words.iter().any(|word| word.strip_prefix("--") == Some(name));
        self.parameters().into_iter().filter(move |one| !given(one.name))
    }
}

/// What can stand at the end of a line of the AWS command line, and where the word there starts.
pub(super) fn in_aws(text: &str, vocabulary: &Vocabulary) -> Option<(usize, Vec<Candidate>)> {
    let line = AwsLine::of(text)?;
    let found = match line.words[..] {
        [] => services(line.begun, vocabulary),
        [service] => operations(service, line.begun, vocabulary),
        _ => options(&line, vocabulary),
    };
    Some((text.len() - line.begun.len(), found))
}

/// The services: those that are modelled, all once one is begun.
fn services(begun: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let modelled = aws::modelled_services();
    match begun.is_empty() {
        true => modelled.into_iter().map(Candidate::new).collect(),
        false => aws::service_names(vocabulary.catalog())
            .into_iter()
            .map(|name| Candidate::new(name.to_string()))
            .collect(),
    }
}

/// The operations of a service: those that are modelled, all once one is begun.
fn operations(service: &str, begun: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let modelled = aws::help_on(service).map(|(name, help)| Candidate::new(name).about(help));
    let others =
        aws::operation_names(vocabulary.catalog(), service).into_iter().filter(|_| !begun.is_empty());
    modelled.chain(others.map(Candidate::new)).collect()
}

/// Values where an option takes them, else options.
fn options(line: &AwsLine<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    if let Some(parameter) = line.taken().filter(|_| !line.begun.starts_with("--")) {
        return values(parameter.takes, line.begun, vocabulary);
    }
    let own = line.left().map(|one| Candidate::new(format!("--{}", one.name)).about(one.takes));
    let global = aws::global_options().filter(|_| line.begun.len() > 2);
    own.chain(global.map(|name| Candidate::new(format!("--{name}")))).collect()
}

/// What to show behind a line of the AWS command line: what must still come. Nothing if the text is no such line.
pub(super) fn next(text: &str) -> Option<Option<String>> {
    let line = AwsLine::of(text)?;
    if !line.begun.is_empty() {
        return Some(None);
    }
    let needed = || line.left().find(|one| one.required);
    Some(match (line.words.len(), line.taken()) {
        (0, _) => Some("SERVICE".to_owned()),
        (1, _) => Some("OPERATION".to_owned()),
        (_, Some(parameter)) if !parameter.several => Some(parameter.takes.to_owned()),
        _ => needed().map(|one| format!("--{} {}", one.name, one.takes)),
    })
}
