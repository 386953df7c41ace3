//! An ordered map whose copies share what did not change.
//!
//! A copy costs nothing, and a change of one of two copies makes the few nodes again that lead to the entry; what nobody
//! shares is changed in place. Worlds are kept for `undo` and tried out for remedies by it.

mod iter;
mod node;

use std::borrow::Borrow;
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

pub use iter::Iter;
use node::SharedNode;

/// A map in the order of its keys; to copy it is cheap, whatever it holds.
#[derive(Clone)]
pub struct SharedMap<K, V> {
    root: Option<Arc<SharedNode<K, V>>>,
    len: usize,
}

impl<K, V> SharedMap<K, V> {
    /// A map without entries.
    pub fn new() -> Self {
        Self { root: None, len: 0 }
    }

    /// Whether it is the same map as another, not only an equal one: nothing was changed since one was copied from the
    /// other.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.root, &other.root) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The entries in the order of their keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::new(self.root.as_deref())
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> SharedMap<K, V> {
    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.root.as_deref()?.get(key)
    }

    /// Whether the key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The entries of a key and of all that come after it.
    pub fn iter_from<Q: Ord + ?Sized>(&self, key: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        Iter::from(self.root.as_deref(), key)
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let root = self.root.as_mut().filter(|root| root.get(key).is_some())?;
        SharedNode::get_mut(root, key)
    }

    /// Gives a key a value; hands out the one that it had.
    pub fn insert(&mut self, key: impl Into<K>, value: V) -> Option<V> {
        let key = key.into();
        let Some(root) = &mut self.root else {
            (self.root, self.len) = (Some(Arc::new(SharedNode::of(key, value))), 1);
            return None;
        };
        let (old, half) = SharedNode::insert(root, key, value, true);
        if let Some(half) = half {
            *root = Arc::new(SharedNode::above(Arc::clone(root), half));
        }
        self.len += usize::from(old.is_none());
        old
    }

    /// Takes a key away; hands out its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let root = self.root.as_mut().filter(|root| root.get(key).is_some())?;
        let removed = SharedNode::remove(root, key);
        self.len -= usize::from(removed.is_some());
        self.root = self.root.take().and_then(SharedNode::without_only_children);
        removed
    }

    /// Puts others in the place of those values for which there is another; all else stays shared. Tells whether there
    /// was one.
    pub fn replace(&mut self, mut other: impl FnMut(&V) -> Option<V>) -> bool {
        let new = self.root.as_ref().and_then(|root| root.replaced(&mut other)).map(Arc::new);
        let is_new = new.is_some();
        self.root = new.or_else(|| self.root.take());
        is_new
    }
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

/// The value of a key that has one.
impl<K: Ord + Borrow<Q>, V, Q: Ord + ?Sized> Index<&Q> for SharedMap<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key has a value")
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SharedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for SharedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other)
    }
}

impl<K: Eq, V: Eq> Eq for SharedMap<K, V> {}

impl<L: Into<K>, K: Ord + Clone, V: Clone> Extend<(L, V)> for SharedMap<K, V> {
    fn extend<I: IntoIterator<Item = (L, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl<L: Into<K>, K: Ord + Clone, V: Clone> FromIterator<(L, V)> for SharedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (L, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<'m, K, V> IntoIterator for &'m SharedMap<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = Iter<'m, K, V>;

    fn into_iter(self) -> Iter<'m, K, V> {
        self.iter()
    }
}
