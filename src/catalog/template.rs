//! Texts with holes: names of the catalog with placeholders, and action patterns with wildcards.

/// Tells whether a text is a template with its placeholders filled in: `${…}` and `<…>` stand for one or more
/// characters, `*` for any number.
pub(super) fn fits(template: &[u8], text: &[u8], same: fn(&[u8], &[u8]) -> bool) -> bool {
    let (start, mut next) = cut(template);
    let Some((head, mut text)) = text.split_at_checked(start.len()) else { return false };
    if !same(head, start) {
        return false;
    }
    while let Some((least, rest)) = next {
        let (literal, after) = cut(rest);
        let Some((_, candidates)) = text.split_at_checked(least) else { return false };
        // The earliest place of each literal leaves most to those behind it; the last one stands at the end.
        let place = match after {
            None => return ends(candidates, literal, same),
            Some(_) if literal.is_empty() => Some(0),
            Some(_) => candidates.windows(literal.len()).position(|part| same(part, literal)),
        };
        let Some(place) = place else { return false };
        text = candidates.get(place + literal.len()..).unwrap_or_default();
        next = after;
    }
    text.is_empty()
}

/// Gives the number of characters of a template that stand for themselves.
pub(super) fn literal_len(template: &[u8]) -> usize {
    let mut count = 0;
    let mut rest = Some((0, template));
    while let Some((_, template)) = rest {
        let (literal, next) = cut(template);
        count += literal.len();
        rest = next;
    }
    count
}

/// Cuts a template at its first placeholder: what stands before, the least length of what fills the
/// placeholder, and what stands behind.
pub(super) fn cut(template: &[u8]) -> (&[u8], Option<(usize, &[u8])>) {
    let Some(at) = template.iter().position(|c| matches!(c, b'$' | b'<' | b'*')) else {
        return (template, None);
    };
    let (literal, placeholder) = template.split_at(at);
    match end_of(placeholder) {
        Some((least, end)) => (literal, Some((least, placeholder.get(end..).unwrap_or_default()))),
        None => (template, None),
    }
}

/// Tells whether a pattern with `*` (any run) and `?` (one character) matches a text, in any letter case (A36).
pub(super) fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while let Some(letter) = text.get(t) {
        match pattern.get(p) {
            Some(b'*') => {
                last_star = Some((p, t));
                p += 1;
                continue;
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(letter) => (p, t) = (p + 1, t + 1),
            _ => match last_star {
                // The star takes one character more.
                Some((star, taken)) => {
                    last_star = Some((star, taken + 1));
                    (p, t) = (star + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|rest| *rest == b'*')
}

fn end_of(placeholder: &[u8]) -> Option<(usize, usize)> {
    let closer = match placeholder {
        [b'*', ..] => return Some((0, 1)),
        [b'$', b'{', ..] => b'}',
        [b'<', ..] => b'>',
        _ => return None,
    };
    placeholder.iter().position(|c| *c == closer).map(|at| (1, at + 1))
}

fn ends(text: &[u8], literal: &[u8], same: fn(&[u8], &[u8]) -> bool) -> bool {
    let start = text.len().checked_sub(literal.len());
    start.and_then(|start| text.get(start..)).is_some_and(|tail| same(tail, literal))
}
