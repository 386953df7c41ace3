//! What `check public` prints: the word, then what strangers may do, each by one statement with a request.

use serde_json::{Value, json};

use super::difference::{actions, because, exception, laid_out, place, request, request_data, scope};
use super::exactness::{closing, exactness};
use super::style::{Format, Style, Tone};
use crate::layout::wrap;
use crate::reason::{PatternPart, PatternReason, PublicAccess, PublicVerdict, Stranger};

/// How many parts are shown, at most; of the others the number is told.
const SHOWN: usize = 10;

/// Renders what strangers may do with a resource.
pub fn public(access: &PublicAccess, catalog: &str, style: &Style) -> String {
    if style.format == Format::Json {
        return format!("{}\n", data(access));
    }
    let verdict = access.verdict();
    let tone = match verdict {
        PublicVerdict::Private => Tone::Good,
        PublicVerdict::Public => Tone::Bad,
        PublicVerdict::Unknown => Tone::Open,
    };
    let says = wrap(&says(access), style.width).join("\n");
    let mut blocks = vec![style.paint(tone, verdict.word()) + "\n" + &says];
    let parts = access.parts.iter().take(SHOWN).enumerate();
    blocks.extend(parts.map(|(at, (stranger, part))| laid_out(lines(at + 1, *stranger, part), style)));
    let more = access.parts.len().saturating_sub(SHOWN);
    blocks.extend((more > 0).then(|| format!("and {more} more; `--format json` tells all")));
    blocks.push(wrap(&closing(&access.caveats, &access.assumed, catalog), style.width).join("\n"));
    format!("{}\n", blocks.join("\n\n"))
}

fn says(access: &PublicAccess) -> String {
    let resource = &access.resource;
    match access.verdict() {
        PublicVerdict::Private => format!("no stranger is allowed anything on {resource}"),
        PublicVerdict::Public => format!("strangers are allowed something on {resource}"),
        PublicVerdict::Unknown => format!(
            "nothing was found that strangers are allowed on {resource}, and not everything was looked at"
        ),
    }
}

fn lines(number: usize, stranger: Stranger, part: &PatternPart) -> Vec<String> {
    let list = actions(&part.folded, part.actions.len());
    let mut lines = vec![format!("{number}  {}  {list}", stranger.word())];
    if let PatternReason::Statement(statement) = &part.reason {
        lines.push(format!("by     {}, allows it", place(statement)));
        lines.extend(scope(statement));
    }
    lines.extend(part.except.iter().map(|limit| format!("except {}", exception(limit))));
    let by = match stranger {
        Stranger::Anonymous => String::new(),
        Stranger::Outsider => format!(" by {}", part.witness.principal.arn()),
    };
    lines.push(format!("as in  {}{by}", request(&part.witness)));
    lines.push("       allowed, decided by the engine".to_owned());
    lines
}

fn data(access: &PublicAccess) -> Value {
    let part = |(stranger, part): &(Stranger, PatternPart)| {
        let statement = match &part.reason {
            PatternReason::Statement(statement) => because(statement),
            _ => Value::Null,
        };
        json!({
            "to": stranger.word(),
            "actions": part.actions,
            "patterns": part.folded,
            "because": statement,
            "except": part.except.iter().map(because).collect::<Vec<_>>(),
            "witness": {
                "principal": part.witness.principal.arn(),
                "request": request_data(&part.witness),
                "decision": "allowed",
            },
        })
    };
    json!({
        "check": "public",
        "verdict": access.verdict().word(),
        "resource": access.resource,
        "exactness": exactness(&access.caveats, &access.assumed),
        "public": access.parts.iter().map(part).collect::<Vec<_>>(),
    })
}
