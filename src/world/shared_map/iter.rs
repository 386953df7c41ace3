//! Going through the entries in the order of their keys.

use std::borrow::Borrow;
use std::slice;
use std::sync::Arc;

use smallvec::SmallVec;

use super::node::{SharedNode, child, find};

/// How many floors of branches fit without memory of their own; a map of a million entries has five.
const FLOORS: usize = 5;

type Children<'m, K, V> = slice::Iter<'m, (K, Arc<SharedNode<K, V>>)>;

/// The entries of a map that come next.
#[derive(Debug)]
pub struct Iter<'m, K, V> {
    /// What is left of the branches, the outermost first.
    branches: SmallVec<[Children<'m, K, V>; FLOORS]>,
    leaf: slice::Iter<'m, (K, V)>,
}

impl<'m, K, V> Iter<'m, K, V> {
    pub(super) fn new(root: Option<&'m SharedNode<K, V>>) -> Self {
        let mut iter = Self { branches: SmallVec::new(), leaf: [].iter() };
        if let Some(root) = root {
            iter.enter(root, |_| 0, |_| 0);
        }
        iter
    }

    /// From a key on.
    pub(super) fn from<Q: Ord + ?Sized>(root: Option<&'m SharedNode<K, V>>, key: &Q) -> Self
    where
        K: Borrow<Q>,
    {
        let mut iter = Self { branches: SmallVec::new(), leaf: [].iter() };
        if let Some(root) = root {
            iter.enter(
                root,
                |children| child(children, key),
                |entries| match find(entries, key) {
                    Ok(at) | Err(at) => at,
                },
            );
        }
        iter
    }

    /// Goes down to a leaf.
    fn enter(
        &mut self,
        mut node: &'m SharedNode<K, V>,
        which: impl Fn(&[(K, Arc<SharedNode<K, V>>)]) -> usize,
        first: impl Fn(&[(K, V)]) -> usize,
    ) {
        loop {
            match node {
                SharedNode::Leaf(entries) => {
                    self.leaf = entries[first(entries)..].iter();
                    return;
                }
                SharedNode::Branch(children) => {
                    let mut rest = children[which(children)..].iter();
                    let Some((_, next)) = rest.next() else { return };
                    self.branches.push(rest);
                    node = next;
                }
            }
        }
    }
}

impl<'m, K, V> Iterator for Iter<'m, K, V> {
    type Item = (&'m K, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.leaf.next() {
                return Some((key, value));
            }
            match self.branches.last_mut()?.next() {
                Some((_, node)) => self.enter(node, |_| 0, |_| 0),
                None => drop(self.branches.pop()),
            }
        }
    }
}
