//! Answers as one page: no network, light and dark, and in print. Only tables have a script, which sorts and filters them.
//!
//! INVARIANT: every text that is not written here goes through [`escape`].
//!
//! Read first: [`html`].

mod element;
mod flow;
mod frame;
mod graph;
mod of_all;
mod policies;
mod prose;
mod remedies;
mod rows_page;

use super::also::also;
use crate::explain::{Cause, Explanation, GateDetails, Said, Step, Verdict, accounts_in_words, fine, folded};
use crate::facts::RuleId;
use crate::layout::escape;
use element::{add, list};
use frame::page;
pub(super) use graph::graph;
pub(super) use of_all::about_all_page;
use prose::{code, prose};
pub(super) use rows_page::{ToldInRows, rows_page};

/// Renders an explanation as a self-contained page.
pub fn html(explanation: &Explanation) -> String {
    let verdict = explanation.verdict();
    let title = format!("{}: {}", verdict.word(), explanation.question);
    let mut body = head(explanation) + "<main>\n";
    for (name, content) in sections(explanation) {
        if !content.is_empty() {
            add(&mut body, format_args!("<section>\n<h2>{name}</h2>\n{content}</section>\n"));
        }
    }
    body.push_str("</main>\n");
    page(&title, body, &explanation.catalog_date)
}

/// In the order of the text: what the answer comes from, what would turn it, what is worth knowing; then all of it.
fn sections(explanation: &Explanation) -> [(&'static str, String); 8] {
    [
        ("Why", causes(explanation)),
        ("What would help", remedies::remedies(explanation)),
        ("Worth knowing", remarks(explanation)),
        ("How it was decided", flow::flow(explanation)),
        ("What decided without any policy", explanation.gate.as_ref().map(gate).unwrap_or_default()),
        ("Policies", policies::policies(&explanation.excerpts)),
        ("Layers", layers(&explanation.path)),
        ("Rules", rules(&explanation.rules)),
    ]
}

/// What the answer comes from, one thing at a time.
fn causes(explanation: &Explanation) -> String {
    list("ol", explanation.causes.iter().map(cause))
}

fn cause(cause: &Cause) -> String {
    let mut text = format!("<li><p>{}</p>", prose(&cause.title));
    let mut say = |said: &String| add(&mut text, format_args!("\n<p>{}</p>", prose(said)));
    cause.says.iter().for_each(&mut say);
    let sides = cause.comparison.iter();
    sides.clone().flat_map(|sides| &sides.note).chain(&cause.assumed).for_each(say);
    for sides in sides {
        let resolved = sides.resolved.iter().map(|resolved| ("that is", resolved));
        let (policy, request) = ([("policy", &sides.policy)], [("request", &sides.request)]);
        let rows = policy.into_iter().chain(resolved).chain(request);
        let said = |what: &str| if what.contains(' ') { prose(what) } else { code(what) };
        let rows = rows.map(|(name, what)| format!("<dt>{name}</dt><dd>{}</dd>", said(what)));
        text.push_str(&list("dl", rows));
    }
    text + "</li>"
}

/// The class of what is good, bad or open.
fn tone(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "good",
        Verdict::Depends => "open",
        Verdict::ExplicitDeny | Verdict::ImplicitDeny => "bad",
    }
}

/// How AWS's own answer compares, and why it may differ.
fn compared(explanation: &Explanation) -> String {
    let lines = explanation.aws.iter().flat_map(|aws| std::iter::once(&aws.summary).chain(&aws.causes));
    lines.map(|line| format!("<p>{}</p>\n", escape(line))).collect()
}

fn said_tone(said: Said) -> &'static str {
    match said {
        Said::Allowed => "good",
        Said::Denied | Said::NotAllowed => "bad",
        Said::Unknown => "open",
        Said::NotNeeded | Said::NotInvolved => "faint",
    }
}

fn head(explanation: &Explanation) -> String {
    let verdict = explanation.verdict();
    let mut text = format!(
        "<header class=\"{}\">\n<h1>{}</h1>\n{}<p class=\"headline\">{}</p>\n<p>{}</p>\n",
        tone(verdict),
        verdict.word(),
        compared(explanation),
        prose(&explanation.headline),
        prose(&explanation.question.to_string())
    );
    if let Some(since) = &explanation.since {
        add(&mut text, format_args!("<p>{}</p>\n", escape(&since.to_string())));
    }
    text.push_str("</header>\n");
    text
}

fn layers(path: &[Step]) -> String {
    if path.is_empty() {
        return String::new();
    }
    let mut text =
        "<table>\n<thead><tr><th scope=\"col\">layer</th><th scope=\"col\">says</th><th scope=\"col\">by</th></tr></thead>\n<tbody>\n"
            .to_owned();
    for step in folded(path) {
        let level = step.level.as_ref().map(|level| format!(" ({level})")).unwrap_or_default();
        let (name, by) = (escape(&format!("{}{level}", step.word)), prose(&step.by));
        let (class, said) = (said_tone(step.said), step.said.as_str());
        let row =
            format!("<tr><th scope=\"row\">{name}</th><td class=\"{class}\">{said}</td><td>{by}</td></tr>\n");
        text.push_str(&row);
    }
    text.push_str("</tbody>\n</table>\n");
    text
}

fn gate(gate: &GateDetails) -> String {
    let mut rows: Vec<(&str, String)> = vec![("gate", gate.name.as_str().to_owned())];
    if let Some(task) = gate.task {
        rows.push(("task", format!("{} ({})", task.task, task.id)));
    }
    rows.push(("why", gate.reason.clone()));
    rows.extend(gate.who_can.iter().map(|who| ("who can", who.clone())));
    rows.extend(gate.how.iter().map(|how| ("how", how.clone())));
    rows.extend(gate.when.iter().map(|when| ("since", when.clone())));
    rows.push(("rule", format!("{}: {}", gate.rule, gate.rule.facts().sentence)));
    rows.extend(gate.sources.iter().map(|source| ("source", source.clone())));
    rows.extend(gate.conflict.iter().map(|conflict| ("sources disagree", (*conflict).to_owned())));
    list("dl", rows.iter().map(|(name, what)| format!("<dt>{name}</dt><dd>{}</dd>", prose(what))))
}

fn rules(rules: &[RuleId]) -> String {
    let row = |rule: &RuleId| {
        let facts = rule.facts();
        let source = format!("{}, {}", facts.source, facts.date);
        format!("<dt>{rule}</dt><dd>{} <small>({})</small></dd>", escape(facts.sentence), escape(&source))
    };
    list("dl", rules.iter().map(row))
}

fn remarks(explanation: &Explanation) -> String {
    let answer = &explanation.answer;
    let mut all: Vec<String> = Vec::new();
    all.extend(explanation.gaps.iter().cloned());
    all.extend(fine(&explanation.path).map(|fine| format!("fine: {fine}")));
    all.extend(accounts_in_words(&explanation.accounts).map(|said| format!("accounts: {said}")));
    all.extend(also(explanation, false).into_iter().map(|said| format!("also: {said}")));
    let matters = |matters: bool| if matters { "matters" } else { "does not matter" };
    let assumed = explanation.assumptions.iter();
    all.extend(assumed.map(|one| format!("assumed: {} ({})", one.sentence, matters(one.matters))));
    all.extend(answer.warnings.iter().map(|warning| format!("warning: {}", warning.message)));
    all.extend(answer.notes.iter().chain(&explanation.advice).cloned());
    all.extend(explanation.unfinished.iter().map(|said| (*said).to_owned()));
    all.extend(explanation.message_of_aws().map(|words| format!("AWS {words}")));
    list("ul", all.iter().map(|remark| format!("<li>{}</li>", prose(remark))))
}
