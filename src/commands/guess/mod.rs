//! What people mean who type what is no statement: a table of phrases, and one matcher.
//!
//! INVARIANT: nothing here decides or changes anything. A question in words is answered by commands that ask, and only
//! where every name in it is exactly one of the world's; what is only near is offered.
//!
//! Read first: `phrases`.

mod pattern;
mod phrases;
mod slot;
mod tasks;

use pattern::{matched, words};
use phrases::{PHRASES, Phrase};
use slot::{Found, label};

use crate::session::{Guess, Session};
use crate::world::{Account, PrincipalKind};

/// What was probably meant by a statement that was refused.
pub(super) fn guess(text: &str, session: &Session) -> Option<Guess> {
    let words = words(text);
    if words.is_empty() || text.contains('\n') {
        return None;
    }
    PHRASES.iter().find_map(|phrase| {
        let found = phrase.typed.iter().find_map(|pattern| matched(pattern, &words, session))?;
        let meant = meant(phrase, &found, session);
        meant.lines.iter().all(|line| line != text.trim()).then_some(meant).filter(is_some)
    })
}

/// What is worth knowing of a task, whatever the answer.
fn task_says(action: &str) -> &'static str {
    match action {
        "account:CloseAccount" => "no policy gives that away: it is the root user's alone; ",
        "billing:GetBillingData" => {
            "the root user must have switched IAM access to Billing on (`billing-access on`), and then a policy is needed; "
        }
        _ => "",
    }
}

fn is_some(guess: &Guess) -> bool {
    !guess.lines.is_empty()
}

fn meant(phrase: &Phrase, found: &[Found], session: &Session) -> Guess {
    let fillers = fillers(found, session);
    let mut lines: Vec<String> = phrase.lines.iter().filter_map(|line| filled(line, &fillers)).collect();
    lines.dedup();
    Guess {
        says: filled(phrase.says, &fillers).unwrap_or_default(),
        answers: phrase.answers && found.iter().all(|one| one.exact),
        lines,
    }
}

/// A text with its fillers; nothing where one is not known.
fn filled(text: &str, fillers: &[(String, String)]) -> Option<String> {
    let text = fillers.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
    let unknown = text.split('{').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    (!unknown).then(|| text.replace("  ", " "))
}

/// What stands for each filler: what the slots hold, and what follows from it and from the session.
fn fillers(found: &[Found], session: &Session) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for Found { label, value, .. } in found {
        let second = all.iter().any(|(name, _)| *name == format!("{{{label}}}"));
        let name = if second { format!("{{SECOND-{label}}}") } else { format!("{{{label}}}") };
        all.push((name, value.clone()));
    }
    let says = found.iter().find(|one| one.label == "TASK").map(|one| task_says(&one.value));
    let value = |label: &str| found.iter().find(|one| one.label == label).map(|one| one.value.as_str());
    let mut add =
        |name: &str, value: Option<String>| all.extend(value.map(|value| (format!("{{{name}}}"), value)));
    add("TASK-SAYS", says.map(str::to_owned));
    let world = session.world();
    let selected = session.selected().and_then(|id| world.account(id)).map(AsRef::as_ref);
    add("HERE", selected.map(label));
    add("TRUST", selected.map(trust));
    add("ROOT-EMAIL", selected.and_then(email));
    let other = world.accounts().find(|one| Some(one.id) != session.selected() && email(one).is_some());
    add("OTHER-EMAIL", other.and_then(|account| email(account)));
    add("SOMEONE", selected.and_then(somebody));
    let role = value("ROLE").zip(selected).and_then(|(name, account)| Some((account.role(name)?, account)));
    add("ROLE-ARN", role.map(|(role, account)| role.arn(account.id)));
    let named = value("ACCOUNT").and_then(|word| world.find_account(word));
    add("ACCOUNT-ID", named.map(|account| account.id.to_string()));
    add("EMAIL-OF-ACCOUNT", named.and_then(|account| email(account)));
    add("SOMEONE-OF-ACCOUNT", named.and_then(|account| somebody(account)));
    let of = value("USER").map(|name| {
        let here = selected.into_iter();
        here.chain(world.accounts().map(AsRef::as_ref)).find(|account| account.user(name).is_some())
    });
    add("HOME", of.flatten().map(label));
    add(
        "ME",
        session.signed_in().and_then(|who| match &who.kind {
            PrincipalKind::User { name, .. } => Some(name.to_string()),
            _ => None,
        }),
    );
    all
}

/// A trust policy that leaves it to the account.
fn trust(account: &Account) -> String {
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "{}" }}, "Action": "sts:AssumeRole" }} }}"#,
        account.id
    )
}

fn email(account: &Account) -> Option<String> {
    Some(account.root.email.to_string()).filter(|email| !email.is_empty())
}

/// Some user of an account.
fn somebody(account: &Account) -> Option<String> {
    account.users.keys().next().map(|name| name.to_string())
}
