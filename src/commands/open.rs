//! `open https://acme.signin.aws.amazon.com/console`

use crate::session::slots::word;
use crate::session::{Failure, Heading, Outcome, Row, Session, command};
use crate::world::{Account, WorldError};

pub(super) const ROW: Row = Heading::Identity.row(
    "open URL:WORD",
    "opens the sign-in page of an account; an alias that nobody has answers 404",
    "open https://acme.signin.aws.amazon.com/console",
    |words, _| {
        let url = word(words, "URL");
        Ok(command(move |session, _, _| open(session, &url)))
    },
);

/// Opens the sign-in page of an account.
fn open(session: &mut Session, url: &str) -> Result<Outcome, Failure> {
    let word = account_of_url(url).ok_or_else(|| {
        WorldError::new("bad-url", url, format!("`{url}` is not the sign-in page of an account"))
            .help("it is `https://ALIAS.signin.aws.amazon.com/console`, with the account id or its alias")
    })?;
    let Some(account) = session.world.find_account(word) else {
        let what = format!("404: no account has the id or alias `{word}` (E19)");
        let known = session.world.accounts().filter_map(|account| account.alias.as_deref());
        return Err(WorldError::new("not-found", word, what).suggest(known).into());
    };
    let shown = account.alias.as_deref().unwrap_or(account.id.as_str());
    let next = format!("sign-in page of account {}: the account field says `{shown}`", account.label());
    let help = format!(
        "IAM users sign in here: `sign-in NAME at {shown}`; the root user by e-mail: {}",
        by_email(account)
    );
    session.selected = Some(account.id);
    Ok(Outcome::said(next).note(help))
}

fn by_email(account: &Account) -> String {
    match account.root.email.is_empty() {
        true => "`sign-in root EMAIL`".to_owned(),
        false => format!("`sign-in root {}`", account.root.email),
    }
}

fn account_of_url(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let (host, path) = host.split_once('/').unwrap_or((host, ""));
    let path = path.trim_end_matches('/');
    let account = host.strip_suffix(".signin.aws.amazon.com")?;
    (!account.is_empty() && !account.contains('.') && matches!(path, "" | "console")).then_some(account)
}
