//! The last field of ARNs of a kind, with names left open: `bucket/{B}/table/{T}`.
//!
//! `{X}` stands for a name without `/` and `:`, `{X+}` for one that may hold `/`, and a `*` at the end for anything.

use smallvec::SmallVec;

use crate::names::{Letter, LetterSet, letters_exactly, some_of};

/// The names that a text has where a template leaves them open.
pub(super) type Names<'t, 'a> = SmallVec<[(&'t str, &'a str); 3]>;

/// The names that make a template of a text; `None` if it is not of that form.
pub(super) fn names_in<'t, 'a>(template: &'t str, text: &'a str) -> Option<Names<'t, 'a>> {
    let mut names = Names::new();
    bind(template, text, &mut names).then_some(names)
}

/// Whether a text is of the form of a template.
pub(super) fn fits(template: &str, text: &str) -> bool {
    names_in(template, text).is_some()
}

/// A template with the names filled in, as far as there are names.
pub(super) fn filled(template: &str, names: &Names<'_, '_>) -> String {
    names.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
}

/// How long a template is with all its names filled in.
pub(super) fn filled_length(template: &str, names: &Names<'_, '_>) -> usize {
    let open = names.iter().filter(|(name, _)| template.contains(name));
    open.fold(template.len(), |length, (name, value)| length - name.len() + value.len())
}

/// The texts of the form of a template, with the names filled in as far as there are names.
pub(super) fn letters_of_form(template: &str, names: &Names<'_, '_>) -> Vec<Letter> {
    let (mut rest, is_open) = match template.strip_suffix('*') {
        Some(start) => (start, true),
        None => (template, false),
    };
    let mut letters = Vec::new();
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        letters.extend(letters_exactly(before));
        match names.iter().find(|(own, _)| own[1..].strip_suffix('}') == Some(name)) {
            Some((_, value)) => letters.extend(letters_exactly(value)),
            None if name.ends_with('+') => letters.extend(some_of(LetterSet::ANY.but(':'))),
            None => letters.extend(some_of(LetterSet::ANY.but(':').but('/'))),
        }
        rest = after;
    }
    letters.extend(letters_exactly(rest));
    letters.extend(is_open.then(|| some_of(LetterSet::ANY)).into_iter().flatten());
    letters
}

fn bind<'t, 'a>(template: &'t str, text: &'a str, names: &mut Names<'t, 'a>) -> bool {
    let Some(open) = template.find('{') else { return ends(template, text) };
    let Some(rest) = text.strip_prefix(&template[..open]) else { return false };
    let Some(length) = template[open..].find('}') else { return false };
    let (name, template) = template[open..].split_at(length + 1);
    let may_hold_slash = name.ends_with("+}");
    let longest = rest.find(|c| c == ':' || (c == '/' && !may_hold_slash)).unwrap_or(rest.len());
    // The longest name that lets the rest fit.
    for end in (1..=longest).rev().filter(|end| rest.is_char_boundary(*end)) {
        names.push((name, &rest[..end]));
        if bind(template, &rest[end..], names) {
            return true;
        }
        names.pop();
    }
    false
}

/// Whether what is left of a text is what is left of a template.
fn ends(template: &str, text: &str) -> bool {
    match template.strip_suffix('*') {
        Some(start) => text.starts_with(start) && text.len() > start.len(),
        None => template == text,
    }
}
