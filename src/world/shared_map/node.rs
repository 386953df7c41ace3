//! The nodes of a map: leaves with entries, and branches above them.
//!
//! INVARIANT: all leaves lie equally deep. Keys of a child are not below the key beside it, but for the first child,
//! whose key says nothing. A node has entries; one that is not the last of its floor has [`FEW`] at least.

use std::borrow::Borrow;
use std::mem;
use std::sync::Arc;

use smallvec::SmallVec;

/// The most entries of a node: few enough to be copied with every change, enough for a flat tree.
const MOST: usize = 16;

/// With fewer entries a node is put together with the one beside it.
const FEW: usize = MOST / 4;

pub(super) type Entries<K, V> = SmallVec<[(K, V); MOST]>;

/// The second half of a node that was cut in two, and its lowest key.
pub(super) type Half<K, V> = (K, Arc<SharedNode<K, V>>);

#[derive(Clone, Debug)]
pub(super) enum SharedNode<K, V> {
    Leaf(Entries<K, V>),
    Branch(Entries<K, Arc<SharedNode<K, V>>>),
}

/// Where a key stands among entries, or where it would.
pub(super) fn find<K: Borrow<Q>, Q: Ord + ?Sized, V>(entries: &[(K, V)], key: &Q) -> Result<usize, usize> {
    entries.binary_search_by(|(known, _)| known.borrow().cmp(key))
}

/// The child that a key is in, if it is in one.
pub(super) fn child<K: Borrow<Q>, Q: Ord + ?Sized, V>(children: &[(K, V)], key: &Q) -> usize {
    children.partition_point(|(low, _)| low.borrow() <= key).saturating_sub(1)
}

impl<K, V> SharedNode<K, V> {
    pub(super) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let mut node = self;
        loop {
            match node {
                Self::Leaf(entries) => return find(entries, key).ok().map(|at| &entries[at].1),
                Self::Branch(children) => node = &children[child(children, key)].1,
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Leaf(entries) => entries.len(),
            Self::Branch(children) => children.len(),
        }
    }
}

impl<K: Ord + Clone, V: Clone> SharedNode<K, V> {
    /// The first entry of a map.
    pub(super) fn of(key: K, value: V) -> Self {
        Self::Leaf(SmallVec::from_iter([(key, value)]))
    }

    /// A new root above one that was cut in two.
    pub(super) fn above(root: Arc<Self>, half: Half<K, V>) -> Self {
        Self::Branch(SmallVec::from_iter([(half.0.clone(), root), half]))
    }

    pub(super) fn get_mut<'n, Q: Ord + ?Sized>(mut node: &'n mut Arc<Self>, key: &Q) -> Option<&'n mut V>
    where
        K: Borrow<Q>,
    {
        loop {
            match Arc::make_mut(node) {
                Self::Leaf(entries) => return find(entries, key).ok().map(|at| &mut entries[at].1),
                Self::Branch(children) => {
                    let at = child(children, key);
                    node = &mut children[at].1;
                }
            }
        }
    }

    /// Puts an entry in; gives the value that the key had, and the second half where the node had to be cut in two.
    /// `is_last` tells whether no node of this floor comes after it.
    pub(super) fn insert(
        node: &mut Arc<Self>,
        key: K,
        value: V,
        is_last: bool,
    ) -> (Option<V>, Option<Half<K, V>>) {
        match Arc::make_mut(node) {
            Self::Leaf(entries) => match find(entries, &key) {
                Ok(at) => (Some(mem::replace(&mut entries[at].1, value)), None),
                Err(at) => (None, add(entries, at, (key, value), is_last).map(Self::Leaf).map(Self::half)),
            },
            Self::Branch(children) => {
                let at = child(children, &key);
                let is_last_child = is_last && at + 1 == children.len();
                let (old, half) = Self::insert(&mut children[at].1, key, value, is_last_child);
                let half = half.and_then(|half| add(children, at + 1, half, is_last));
                (old, half.map(Self::Branch).map(Self::half))
            }
        }
    }

    /// Takes an entry out.
    pub(super) fn remove<Q: Ord + ?Sized>(node: &mut Arc<Self>, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match Arc::make_mut(node) {
            Self::Leaf(entries) => find(entries, key).ok().map(|at| entries.remove(at).1),
            Self::Branch(children) => {
                let at = child(children, key);
                let removed = Self::remove(&mut children[at].1, key);
                if children[at].1.len() < FEW {
                    join_with_next(children, at);
                }
                removed
            }
        }
    }

    /// The root, where it is more than the way to its only child; nothing of an empty one.
    pub(super) fn without_only_children(mut root: Arc<Self>) -> Option<Arc<Self>> {
        loop {
            root = match &*root {
                Self::Branch(children) if children.len() == 1 => Arc::clone(&children[0].1),
                node => return (node.len() > 0).then_some(root),
            };
        }
    }

    /// The node with other values, where there are any.
    pub(super) fn replaced(&self, other: &mut dyn FnMut(&V) -> Option<V>) -> Option<Self> {
        match self {
            Self::Leaf(entries) => replaced(entries, other).map(Self::Leaf),
            Self::Branch(children) => {
                replaced(children, &mut |child| child.replaced(other).map(Arc::new)).map(Self::Branch)
            }
        }
    }

    fn half(node: Self) -> Half<K, V> {
        let lowest = match &node {
            Self::Leaf(entries) => &entries[0].0,
            Self::Branch(children) => &children[0].0,
        };
        (lowest.clone(), Arc::new(node))
    }

    /// Puts the entries of the node beside it behind those of a node; `lowest` is the lowest key of them.
    fn append(&mut self, next: Self, lowest: K) -> Option<Half<K, V>> {
        match (self, next) {
            (Self::Leaf(own), Self::Leaf(next)) => join(own, next).map(Self::Leaf).map(Self::half),
            (Self::Branch(own), Self::Branch(mut next)) => {
                next.iter_mut().take(1).for_each(|first| first.0 = lowest.clone());
                join(own, next).map(Self::Branch).map(Self::half)
            }
            (_, next) => Some((lowest, Arc::new(next))), // they lie equally deep, so this is never
        }
    }
}

/// Adds an entry; gives the second half of a list that was full. The last list of all is not halved by what comes behind
/// its end, so that what comes in order fills every node.
fn add<T>(
    entries: &mut SmallVec<[T; MOST]>,
    at: usize,
    entry: T,
    is_last: bool,
) -> Option<SmallVec<[T; MOST]>> {
    if entries.len() < MOST {
        entries.insert(at, entry);
        return None;
    }
    if is_last && at == MOST {
        return Some(SmallVec::from_iter([entry]));
    }
    let mut half: SmallVec<[T; MOST]> = entries.drain(MOST / 2..).collect();
    match at.checked_sub(MOST / 2) {
        None | Some(0) => entries.insert(at, entry),
        Some(at) => half.insert(at, entry),
    }
    Some(half)
}

/// Puts a child that has few entries together with the one beside it.
fn join_with_next<K: Ord + Clone, V: Clone>(children: &mut Entries<K, Arc<SharedNode<K, V>>>, at: usize) {
    let Some(before_last) = children.len().checked_sub(2) else {
        children.retain(|(_, only)| only.len() > 0);
        return;
    };
    let at = at.min(before_last);
    let (lowest, next) = children.remove(at + 1);
    let half = Arc::make_mut(&mut children[at].1).append(Arc::unwrap_or_clone(next), lowest);
    if let Some(half) = half {
        children.insert(at + 1, half);
    }
}

/// Puts two lists together; gives the second half where they are too many for one.
fn join<T>(own: &mut SmallVec<[T; MOST]>, next: SmallVec<[T; MOST]>) -> Option<SmallVec<[T; MOST]>> {
    let mut all: Vec<T> = own.drain(..).chain(next).collect();
    let half = (all.len() > MOST).then(|| all.split_off(all.len() / 2).into_iter().collect());
    own.extend(all);
    half
}

/// The entries with other values, where there are any.
fn replaced<K: Clone, V: Clone>(
    entries: &Entries<K, V>,
    other: &mut dyn FnMut(&V) -> Option<V>,
) -> Option<Entries<K, V>> {
    let mut new = None;
    for (at, (_, value)) in entries.iter().enumerate() {
        if let Some(value) = other(value) {
            new.get_or_insert_with(|| entries.clone())[at].1 = value;
        }
    }
    new
}
