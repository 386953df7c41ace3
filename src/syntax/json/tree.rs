//! The tree: one flat vector in reading order, keys and values alternating in objects.

use std::borrow::Cow;
use std::sync::Arc;

use super::unescape;
use crate::source::{Place, Source, Span};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, as it is written.
    Number,
    /// A string without escapes.
    String,
    /// A string with escapes.
    EscapedString,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
    /// Text that is not JSON and has been reported.
    Bad,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Null,
        Self::Bool,
        Self::Number,
        Self::String,
        Self::EscapedString,
        Self::Array,
        Self::Object,
        Self::Bad,
    ];
}

/// A node of the tree; 12 bytes, since a tree is larger than the policy that is made of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonNode {
    /// The text of the node, strings with their quotes.
    span: Span,
    /// The index after its last descendant, and the kind in the lowest three bits.
    next_and_kind: u32,
}

impl JsonNode {
    /// `next` is below the length of the longest text, which leaves three bits.
    pub(super) fn new(span: Span, next: usize, kind: Kind) -> Self {
        Self { span, next_and_kind: (next as u32) << 3 | kind as u32 }
    }

    pub(super) fn kind(self) -> Kind {
        Kind::ALL[(self.next_and_kind & 7) as usize]
    }

    fn next(self) -> u32 {
        self.next_and_kind >> 3
    }
}

/// A JSON text as a tree.
#[derive(Clone, Debug)]
pub struct Tree {
    source: Arc<Source>,
    nodes: Vec<JsonNode>,
    has_escapes: bool,
}

impl Tree {
    pub(super) fn new(source: Arc<Source>, nodes: Vec<JsonNode>, has_escapes: bool) -> Self {
        Self { source, nodes, has_escapes }
    }

    pub(super) fn into_nodes(self) -> Vec<JsonNode> {
        self.nodes
    }

    /// The text that the tree was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The outermost value.
    pub fn root(&self) -> Cursor<'_> {
        Cursor { tree: self, index: 0 }
    }
}

/// A value in a tree.
#[derive(Clone, Copy)]
pub struct Cursor<'t> {
    tree: &'t Tree,
    index: u32,
}

impl<'t> Cursor<'t> {
    fn node(self) -> &'t JsonNode {
        &self.tree.nodes[self.index as usize]
    }

    /// The number of values in it, at any depth, keys and itself included.
    pub fn size(self) -> usize {
        (self.node().next() - self.index) as usize
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.node().kind()
    }

    /// The text of the value, strings with their quotes.
    pub fn span(self) -> Span {
        self.node().span
    }

    /// The text that the tree was read from.
    pub fn source(self) -> &'t Arc<Source> {
        &self.tree.source
    }

    /// The value's place.
    pub fn place(self) -> Place {
        Place::new(&self.tree.source, self.span())
    }

    /// The value as it is written.
    pub fn raw(self) -> &'t str {
        self.tree.source.slice(self.span())
    }

    /// Whether it is a string.
    pub fn is_string(self) -> bool {
        matches!(self.kind(), Kind::String | Kind::EscapedString)
    }

    /// The inside of a string without escapes; `None` if it is another value.
    #[inline]
    pub fn plain_string(self) -> Option<&'t str> {
        (self.kind() == Kind::String).then(|| self.tree.source.slice(self.span().inside()))
    }

    /// The text of a string, escapes resolved; `None` if it is none.
    #[inline]
    pub fn string(self) -> Option<Cow<'t, str>> {
        if let Some(text) = self.plain_string() { Some(Cow::Borrowed(text)) } else { self.unescaped() }
    }

    /// The number of the name that the string is, if it is one of them.
    #[inline]
    pub fn position_in(self, names: &[&str]) -> Option<usize> {
        if self.kind() == Kind::String {
            let Span { start, end } = self.span().inside();
            let text = self.tree.source.text().as_bytes().get(start as usize..end as usize)?;
            return names.iter().position(|name| name.as_bytes() == text);
        }
        let text = self.unescaped()?;
        names.iter().position(|name| *name == text)
    }

    #[cold]
    fn unescaped(self) -> Option<Cow<'t, str>> {
        let escaped = self.kind() == Kind::EscapedString;
        escaped.then(|| unescape(self.tree.source.slice(self.span().inside())))
    }

    /// The strings with escapes in it, at any depth, keys and itself included.
    pub fn escaped_strings(self) -> impl Iterator<Item = Cursor<'t>> {
        let all = if self.tree.has_escapes { self.index..self.node().next() } else { 0..0 };
        let cursors = all.map(move |index| Cursor { tree: self.tree, index });
        cursors.filter(|cursor| cursor.kind() == Kind::EscapedString)
    }

    /// The items of an array; nothing for other values.
    pub fn items(self) -> Children<'t> {
        self.children(Kind::Array)
    }

    /// The keys and values of an object in the order of the text, duplicates included; nothing for other values.
    pub fn members(self) -> impl Iterator<Item = (Cursor<'t>, Cursor<'t>)> {
        let mut children = self.children(Kind::Object);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The first member of that name.
    pub fn member(self, name: &str) -> Option<Cursor<'t>> {
        self.members().find(|(key, _)| key.string().is_some_and(|k| k == name)).map(|(_, value)| value)
    }

    fn children(self, kind: Kind) -> Children<'t> {
        let node = self.node();
        let end = if node.kind() == kind { node.next() } else { self.index + 1 };
        Children { tree: self.tree, next: self.index + 1, end }
    }
}

/// The values directly inside another.
pub struct Children<'t> {
    tree: &'t Tree,
    next: u32,
    end: u32,
}

impl<'t> Iterator for Children<'t> {
    type Item = Cursor<'t>;

    fn next(&mut self) -> Option<Cursor<'t>> {
        (self.next < self.end).then(|| {
            let cursor = Cursor { tree: self.tree, index: self.next };
            self.next = cursor.node().next();
            cursor
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_keeps_each_kind() {
        for kind in Kind::ALL {
            let node = JsonNode::new(Span::new(1, 2), 1 << 26, kind);
            assert_eq!((node.kind(), node.next()), (kind, 1 << 26));
        }
    }
}
