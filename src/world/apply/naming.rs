//! What names, paths, aliases and addresses may look like (E19, E20).

use crate::names::AccountId;
use crate::world::WorldError;

/// Checks the name of a user, group, role or policy (E20).
pub(super) fn check_name(kind: &str, name: &str, most: usize) -> Result<(), WorldError> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"+=,.@_-".contains(&b);
    let refused = |what: String| Err(WorldError::new("bad-name", name, what));
    if name.is_empty() {
        return refused(format!("the name of a {kind} may not be empty"));
    }
    if !name.bytes().all(fits) {
        let what = format!("`{name}` is not a name for a {kind}");
        if let Some((path, own)) = name.trim_matches('/').rsplit_once('/') {
            let help = format!("did you mean `{own} path /{path}/`? the path is no part of the name");
            return Err(WorldError::new("bad-name", name, what).help(help));
        }
        return Err(
            WorldError::new("bad-name", name, what).help("names hold letters, digits and `+ = , . @ _ -`")
        );
    }
    if name.len() > most {
        return refused(format!("the name `{name}` has {} characters, a {kind} may have {most}", name.len()));
    }
    Ok(())
}

/// Checks a path (E20).
pub(super) fn check_path(path: &str) -> Result<(), WorldError> {
    let closed = path.starts_with('/') && path.ends_with('/');
    let printable = path.bytes().all(|b| b.is_ascii_graphic());
    if closed && printable && path.len() <= 512 {
        return Ok(());
    }
    let what = format!("`{path}` is not a path");
    Err(WorldError::new("bad-path", path, what).help(
        "a path begins and ends with `/`, such as `/dev/`, holds printable ASCII and at most 512 characters",
    ))
}

/// Checks the name of an inline policy (E20).
pub(super) fn check_inline_name(name: &str) -> Result<(), WorldError> {
    let fits = |b: u8| b.is_ascii_graphic() && !b"\\/*?".contains(&b);
    if !name.is_empty() && name.len() <= 128 && name.bytes().all(fits) {
        return Ok(());
    }
    let what = format!("`{name}` is not a name for an inline policy");
    Err(WorldError::new("bad-name", name, what)
        .help("names of inline policies hold 1 to 128 ASCII characters except `\\ / * ?` and white space"))
}

/// Checks the name of an SCP, RCP or organizational unit, which may hold spaces.
pub(super) fn check_title(kind: &str, name: &str) -> Result<(), WorldError> {
    if !name.trim().is_empty() && name.chars().count() <= 128 && !name.chars().any(char::is_control) {
        return Ok(());
    }
    Err(WorldError::new("bad-name", name, format!("`{}` is not a name for {kind}", name.escape_default()))
        .help("such names have 1 to 128 printable characters"))
}

/// Checks an account alias (E19).
pub(super) fn check_alias(alias: &str) -> Result<(), WorldError> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let why = if AccountId::parse(alias).is_some() {
        "an alias may not be 12 digits, for those are an account id"
    } else if !(3..=63).contains(&alias.len()) {
        "an alias has 3 to 63 characters"
    } else if !alias.bytes().all(fits) {
        "an alias holds small letters, digits and `-`"
    } else if alias.starts_with('-') || alias.ends_with('-') || alias.contains("--") {
        "an alias neither begins nor ends with `-`, nor has two in a row"
    } else {
        return Ok(());
    };
    Err(WorldError::new("bad-alias", alias, format!("`{alias}` is not an account alias")).help(why))
}

pub(super) fn check_email(email: &str) -> Result<(), WorldError> {
    let plausible = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !host.is_empty() && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    if plausible {
        return Ok(());
    }
    Err(WorldError::new("bad-email", email, format!("`{email}` is not an e-mail address"))
        .help("the root user is known by an address such as `owner@acme.example`"))
}
