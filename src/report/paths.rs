//! What `paths` prints: the word, then the steps of one, or a row for each who has a path.

use serde_json::{Value, json};

use super::about_all::laid_out;
use super::html::{ToldInRows, graph, rows_page};
use super::paths_graph::PathsGraph;
use super::rows::ReportRows;
use super::style::{Format, Style, Tone};
use super::table;
use crate::audit::{MetNeed, PathGoal, PathLead, PathStep, PathVerdict, Paths, RightsPath, StepGain};
use crate::layout::wrap;

/// How many rows and leads are shown, at most; of the others the number is told.
const SHOWN: usize = 30;

/// Renders who comes by what rights, and how.
pub fn paths(found: &Paths, style: &Style) -> String {
    match style.format {
        Format::Json => return format!("{}\n", data(found)),
        Format::Dot => return PathsGraph::of(found).dot(),
        Format::Mermaid => return PathsGraph::of(found).mermaid(),
        _ => {}
    }
    let mut blocks =
        vec![format!("{}\n{}", found.verdict().word(), wrap(&says(found), style.width).join("\n"))];
    match (&found.paths[..], found.asked) {
        ([only], 1) => blocks.extend(steps(only, style)),
        ([], _) => {}
        (all, _) => blocks.push(rows(all, style)),
    }
    blocks.extend(leads(&found.leads, style));
    format!("{}\n", blocks.join("\n\n"))
}

/// Renders who comes by what rights as a page, with a drawing; `question` is what was asked.
pub fn paths_page(found: &Paths, question: &str, catalog: &str) -> String {
    let told = ToldInRows {
        verdict: found.verdict().word().to_owned(),
        tone: match found.verdict() {
            PathVerdict::NoPath => Tone::Good,
            PathVerdict::Path => Tone::Bad,
            PathVerdict::Conditional | PathVerdict::Lead => Tone::Open,
        },
        says: says(found),
        drawing: graph(&PathsGraph::of(found)),
        rows: paths_rows(found),
        closing: if found.leads.is_empty() { String::new() } else { ABOUT_LEADS.to_owned() },
    };
    rows_page(&told, question, catalog)
}

/// A row for each step of each path, and for each lead.
pub fn paths_rows(found: &Paths) -> ReportRows {
    let mut rows: Vec<[String; 8]> = Vec::new();
    for path in &found.paths {
        for (at, step) in path.steps.iter().enumerate() {
            let word = if path.is_certain() { PathVerdict::Path } else { PathVerdict::Conditional };
            let needs = step.needs.iter().map(need_in_words).collect::<Vec<_>>().join("; ");
            let (number, gains) = ((at + 1).to_string(), gain(&step.gains));
            let (from, account) = (path.from.clone(), path.account.clone());
            rows.push([
                word.word().into(),
                from,
                account,
                number,
                step.who.clone(),
                step.method.what.into(),
                needs,
                gains,
            ]);
        }
    }
    for lead in &found.leads {
        let needs = lead.needs.iter().map(need_in_words).collect::<Vec<_>>().join("; ");
        let word = PathVerdict::Lead.word().to_owned();
        rows.push([
            word,
            lead.who.clone(),
            String::new(),
            String::new(),
            lead.who.clone(),
            lead.method.what.into(),
            needs,
            String::new(),
        ]);
    }
    ReportRows::new(["verdict", "from", "account", "step", "who", "how", "needs", "gains"], rows)
}

fn end(end: &PathGoal) -> String {
    match end {
        PathGoal::Everything => "everything".to_owned(),
        PathGoal::RightsOf(arn) => format!("the rights of {arn}"),
    }
}

fn says(found: &Paths) -> String {
    let end = end(&found.end);
    match (&found.paths[..], &found.there[..], found.asked) {
        ([only], _, 1) => format!("{} comes by {end} in {}", only.from, steps_counted(only.steps.len())),
        ([], [there], 1) => format!("{there} has {end} already"),
        ([], _, 1) => format!("no step was found that leads to {end}"),
        (paths, there, asked) => format!(
            "{} of {asked} users and roles come by {end} in steps, {} of them on conditions; {} have it already",
            paths.len(),
            paths.iter().filter(|path| !path.is_certain()).count(),
            there.len()
        ),
    }
}

fn steps_counted(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

fn steps(path: &RightsPath, style: &Style) -> Vec<String> {
    let lines = |(at, step): (usize, &PathStep)| {
        let mut lines = vec![format!("{}  {}: {}", at + 1, step.who, step.method.what)];
        lines.extend(step.needs.iter().map(need));
        lines.push(format!("gains  {}", gain(&step.gains)));
        laid_out(lines, style)
    };
    path.steps.iter().enumerate().map(lines).collect()
}

fn need(met: &MetNeed) -> String {
    format!("needs  {}", need_in_words(met))
}

fn need_in_words(met: &MetNeed) -> String {
    let by = [Some(met.reason.as_str()).filter(|by| !by.is_empty()), met.condition.as_deref()];
    let by: Vec<&str> = by.into_iter().flatten().collect();
    format!("{} on {}: {}", met.action, met.resource, by.join(", "))
}

fn gain(gains: &StepGain) -> String {
    match gains {
        StepGain::Everything => "everything that no SCP and no boundary holds back".to_owned(),
        StepGain::RightsOf(arn) => format!("the rights of {arn}"),
        StepGain::HeldBack(what) => format!("what {what}"),
    }
}

/// One row each; `paths PRINCIPAL to …` tells the steps.
fn rows(paths: &[RightsPath], style: &Style) -> String {
    let row = |path: &RightsPath| {
        let first = path.steps.first();
        let how = first.map_or("", |step| step.method.what).to_owned();
        let word = if path.is_certain() { "path" } else { "conditional" };
        vec![word.to_owned(), path.name.clone(), steps_counted(path.steps.len()), how]
    };
    let rows: Vec<Vec<String>> = paths.iter().take(SHOWN).map(row).collect();
    let mut text = table(&["", "who", "", "first step"], &rows, style).trim_end().to_owned();
    if paths.len() > SHOWN {
        text += &format!("\nand {} more; `--format json` tells all", paths.len() - SHOWN);
    }
    text
}

const ABOUT_LEADS: &str = "a lead is a path only where something runs with a role that has more, or a permission set or an account \
                           has: this world does not tell";

/// What could be done if something ran with a role that has more, a line for each who could; what may only lead to credentials
/// is counted.
fn leads(leads: &[PathLead], style: &Style) -> Option<String> {
    let (weak, leads): (Vec<&PathLead>, Vec<&PathLead>) = leads.iter().partition(|lead| lead.is_weak());
    let mut lines: Vec<String> = Vec::new();
    for lead in leads.iter().take(SHOWN) {
        let actions: Vec<&str> = lead.needs.iter().map(|met| met.action).collect();
        lines.push(format!("lead   {} may {} ({})", lead.who, lead.method.what, actions.join(", ")));
    }
    let more = leads.len().saturating_sub(SHOWN);
    lines.extend((more > 0).then(|| format!("       and {more} more; `--format json` tells all")));
    lines.extend((!leads.is_empty()).then(|| ABOUT_LEADS.to_owned()));
    lines.extend(weak.first().map(|first| weaker(first, weak.len())));
    let drawn = lines.iter().map(|line| wrap(line, style.width).join("\n       "));
    (!lines.is_empty()).then(|| drawn.collect::<Vec<_>>().join("\n"))
}

fn weaker(first: &PathLead, count: usize) -> String {
    let what = format!("{} may {}", first.who, first.method.what);
    match count {
        1 => format!("weaker still: {what}"),
        _ => format!("weaker still are {count} more, such as {what}; `--format json` tells all"),
    }
}

fn data(found: &Paths) -> Value {
    let needs = |needs: &[MetNeed]| {
        let one = |met: &MetNeed| json!({ "action": met.action, "resource": met.resource, "by": met.reason, "condition": met.condition });
        needs.iter().map(one).collect::<Vec<Value>>()
    };
    let step = |step: &PathStep| {
        let gains = match &step.gains {
            StepGain::Everything => json!("everything"),
            StepGain::RightsOf(arn) => json!({ "rights_of": arn }),
            StepGain::HeldBack(what) => json!({ "held_back": what }),
        };
        json!({ "who": step.who, "method": step.method.id, "what": step.method.what, "needs": needs(&step.needs), "gains": gains })
    };
    let path = |path: &RightsPath| json!({ "from": path.from, "account": path.account, "certain": path.is_certain(), "steps": path.steps.iter().map(step).collect::<Vec<_>>() });
    let lead = |lead: &PathLead| json!({ "who": lead.who, "method": lead.method.id, "what": lead.method.what, "weak": lead.is_weak(), "needs": needs(&lead.needs) });
    json!({
        "verdict": found.verdict().word(),
        "to": end(&found.end),
        "asked": found.asked,
        "already": found.there,
        "paths": found.paths.iter().map(path).collect::<Vec<_>>(),
        "leads": found.leads.iter().map(lead).collect::<Vec<_>>(),
    })
}
