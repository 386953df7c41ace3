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

/// A node of the tree; 16 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The text of the node, strings with their quotes.
    pub span: Span,
    /// The index after its last descendant.
    pub next: u32,
    /// What it is.
    pub kind: Kind,
}

/// A JSON text as a tree.
#[derive(Clone, Debug)]
pub struct Tree {
    source: Arc<Source>,
    nodes: Vec<Node>,
    has_escapes: bool,
}

impl Tree {
    pub(super) fn new(source: Arc<Source>, nodes: Vec<Node>, has_escapes: bool) -> Self {
        Self { source, nodes, has_escapes }
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
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.index as usize]
    }

    /// The number of values in it, at any depth, keys and itself included.
    pub fn size(self) -> usize {
        (self.node().next - self.index) as usize
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.node().kind
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
    pub fn string(self) -> Option<Cow<'t, str>> {
        match self.kind() {
            Kind::String => Some(Cow::Borrowed(self.tree.source.slice(self.span().inside()))),
            Kind::EscapedString => Some(unescape(self.tree.source.slice(self.span().inside()))),
            _ => None,
        }
    }

    /// The strings with escapes in it, at any depth, keys and itself included.
    pub fn escaped_strings(self) -> impl Iterator<Item = Cursor<'t>> {
        let all = if self.tree.has_escapes { self.index..self.node().next } else { 0..0 };
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
        let end = if node.kind == kind { node.next } else { self.index + 1 };
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
            self.next = cursor.node().next;
            cursor
        })
    }
}
