//! The graph of paths as a drawing in SVG: those who begin at the left, what they come by at the right.

use super::super::paths_graph::{GraphEdge, PathsGraph, short};
use super::element::add;
use crate::layout::escape;

const BOX_WIDTH: usize = 220;
const BOX_HEIGHT: usize = 30;
const ROW: usize = 42;
const COLUMN: usize = 290;

/// How many letters fit into a box, and how many boxes are drawn, at most.
const ROOM: usize = 28;
const MOST: usize = 120;

/// Draws a graph, if it is not too large to be read.
pub(in super::super) fn graph(graph: &PathsGraph<'_>) -> String {
    if graph.nodes.is_empty() || graph.nodes.len() > MOST {
        return String::new();
    }
    let places = places(graph);
    let width = places.iter().map(|(x, _)| x + BOX_WIDTH).max().unwrap_or_default() + 8;
    let height = places.iter().map(|(_, y)| y + BOX_HEIGHT).max().unwrap_or_default() + 8;
    let mut text = format!(
        "<figure>\n<svg class=\"graph\" viewBox=\"0 0 {width} {height}\" style=\"min-width:{width}px\" role=\"img\" aria-label=\"Who comes \
         by whose rights; the table says the same\">\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" \
         markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n"
    );
    graph.edges.iter().for_each(|one| text.push_str(&edge(one, &places)));
    for (name, place) in graph.nodes.iter().zip(&places) {
        text.push_str(&node(name, *place));
    }
    text + "</svg>\n<figcaption>A broken line hangs on a condition.</figcaption>\n</figure>\n"
}

fn node(name: &str, (x, y): (usize, usize)) -> String {
    let shown = short(name);
    let shown = match shown.chars().count() > ROOM {
        true => format!(
            "…{}",
            shown.chars().rev().take(ROOM - 1).collect::<Vec<_>>().iter().rev().collect::<String>()
        ),
        false => shown,
    };
    let (right, down) = (x + BOX_WIDTH / 2, y + BOX_HEIGHT / 2 + 5);
    format!(
        "<g class=\"station\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" \
         rx=\"6\"/><text x=\"{right}\" y=\"{down}\" text-anchor=\"middle\">{}</text></g>\n",
        escape(name),
        escape(&shown)
    )
}

/// A line from the right of one box to the left of another; back to the same column it leaves to the right.
fn edge(edge: &GraphEdge<'_>, places: &[(usize, usize)]) -> String {
    let ((x, y), (to_x, to_y)) = (places[edge.from], places[edge.to]);
    let (from, y, to_y) = (x + BOX_WIDTH, y + BOX_HEIGHT / 2, to_y + BOX_HEIGHT / 2);
    let (to, bend) = if to_x > x { (to_x, (to_x - from) / 2) } else { (to_x + BOX_WIDTH, 50) };
    let (first, second) = (from + bend, if to_x > x { to - bend } else { to + bend });
    let broken = if edge.step.is_certain() { "" } else { " stroke-dasharray=\"5 4\"" };
    let mut text = String::new();
    add(
        &mut text,
        format_args!(
            "<path class=\"line\" d=\"M{from} {y}C{first} {y} {second} {to_y} {to} {to_y}\" marker-end=\"url(#tip)\"{broken}>\
             <title>{}</title></path>\n",
            escape(edge.step.method.what)
        ),
    );
    text
}

/// Where each box stands: in the column of how many steps are left from it, the ends at the right.
fn places(graph: &PathsGraph<'_>) -> Vec<(usize, usize)> {
    let left = steps_left(graph);
    let most = left.iter().copied().max().unwrap_or_default();
    let mut filled = vec![0; most + 1];
    let place = |steps: &usize| {
        let row = filled[*steps];
        filled[*steps] += 1;
        (8 + (most - steps) * COLUMN, 8 + row * ROW)
    };
    left.iter().map(place).collect()
}

/// How many steps are left from each, at least.
fn steps_left(graph: &PathsGraph<'_>) -> Vec<usize> {
    let is_end = |node: usize| !graph.edges.iter().any(|edge| edge.from == node);
    let mut left: Vec<Option<usize>> = (0..graph.nodes.len()).map(|node| is_end(node).then_some(0)).collect();
    for _ in 0..graph.nodes.len() {
        for edge in &graph.edges {
            let by = left[edge.to].map(|steps| steps + 1);
            left[edge.from] = match (left[edge.from], by) {
                (Some(known), Some(by)) => Some(known.min(by)),
                (known, by) => known.or(by),
            };
        }
    }
    left.into_iter().map(Option::unwrap_or_default).collect()
}
