//! The graph of paths: who takes which step to whose rights, for Graphviz and Mermaid.

use std::collections::BTreeMap;

use crate::audit::{PathStep, Paths, StepGain};
use crate::source::one_line;

/// Those who take steps or gain by them, and the steps between them, each once.
pub(super) struct PathsGraph<'p> {
    /// By their ARNs: the number, and what is shown.
    pub(super) nodes: Vec<String>,
    pub(super) edges: Vec<GraphEdge<'p>>,
}

/// A step between two numbered nodes.
pub(super) struct GraphEdge<'p> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) step: &'p PathStep,
}

/// The node of those who have everything.
pub(super) const EVERYTHING: &str = "everything";

impl<'p> PathsGraph<'p> {
    pub(super) fn of(found: &'p Paths) -> Self {
        let mut graph = Self { nodes: Vec::new(), edges: Vec::new() };
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let steps = found.paths.iter().flat_map(|path| {
            let last = path.steps.len().saturating_sub(1);
            path.steps.iter().enumerate().map(move |(at, step)| (step, at == last))
        });
        for (step, is_last) in steps {
            let gains = match &step.gains {
                StepGain::Everything => EVERYTHING,
                StepGain::RightsOf(arn) => arn,
                // Whoever is rid of what held it back goes on as itself, or has everything.
                StepGain::HeldBack(_) if is_last => EVERYTHING,
                StepGain::HeldBack(_) => &step.who,
            };
            let mut number = |name: &'p str| {
                *numbers.entry(name).or_insert_with(|| {
                    graph.nodes.push(name.to_owned());
                    graph.nodes.len() - 1
                })
            };
            let (from, to) = (number(&step.who), number(gains));
            let is_it = |edge: &GraphEdge<'_>| {
                (edge.from, edge.to, edge.step.method.id) == (from, to, step.method.id)
            };
            if !graph.edges.iter().any(is_it) {
                graph.edges.push(GraphEdge { from, to, step });
            }
        }
        graph
    }

    /// For Graphviz.
    pub(super) fn dot(&self) -> String {
        let mut text = "digraph paths {\n  rankdir=LR;\n  node [shape=box];\n".to_owned();
        for (number, name) in self.nodes.iter().enumerate() {
            text += &format!("  n{number} [label=\"{}\"];\n", dot_text(&short(name)));
        }
        for edge in &self.edges {
            let style = if edge.step.is_certain() { "" } else { ", style=dashed" };
            let (from, to, what) = (edge.from, edge.to, dot_text(edge.step.method.what));
            text += &format!("  n{from} -> n{to} [label=\"{what}\"{style}];\n");
        }
        text + "}\n"
    }

    /// For Mermaid.
    pub(super) fn mermaid(&self) -> String {
        let mut text = "flowchart LR\n".to_owned();
        for (number, name) in self.nodes.iter().enumerate() {
            text += &format!("  n{number}[\"{}\"]\n", mermaid_text(&short(name)));
        }
        for edge in &self.edges {
            let arrow = if edge.step.is_certain() { "-->" } else { "-.->" };
            let (from, to, what) = (edge.from, edge.to, mermaid_text(edge.step.method.what));
            text += &format!("  n{from} {arrow}|\"{what}\"| n{to}\n");
        }
        text
    }
}

/// An ARN without what all have: `111122223333 user/bob`.
pub(super) fn short(arn: &str) -> String {
    let mut fields = arn.splitn(6, ':').skip(4);
    match (fields.next(), fields.next()) {
        (Some(account), Some(name)) => format!("{account} {name}"),
        _ => arn.to_owned(),
    }
}

fn dot_text(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}

fn mermaid_text(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
