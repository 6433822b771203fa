//! Things of one kind, found by id and listed by age.

use std::collections::{BTreeMap, HashMap};

use super::kept::Kept;
use super::resource::Resource;

/// Things of one kind.
#[derive(Debug)]
pub(crate) struct Shelf<R> {
    by_age: BTreeMap<u64, Kept<R>>,
    ages: HashMap<String, u64>,
    next: u64,
}

// Written out, for a derived `Default` would ask for `R: Default`.
impl<R> Default for Shelf<R> {
    fn default() -> Self {
        Shelf { by_age: BTreeMap::new(), ages: HashMap::new(), next: 0 }
    }
}

impl<R: Resource> Shelf<R> {
    pub(super) fn add(&mut self, kept: Kept<R>) {
        self.ages.insert(kept.data.id().to_owned(), self.next);
        self.by_age.insert(self.next, kept);
        self.next += 1;
    }

    pub(super) fn find(&self, id: &str) -> Option<&Kept<R>> {
        self.by_age.get(self.ages.get(id)?)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Kept<R>> {
        self.by_age.get_mut(self.ages.get(id)?)
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<Kept<R>> {
        self.by_age.remove(&self.ages.remove(id)?)
    }

    /// The newest first.
    pub(super) fn newest(&self) -> impl Iterator<Item = &Kept<R>> {
        self.by_age.values().rev()
    }
}

#[cfg(test)]
mod tests {
    use mileston_api::types::PaymentLink;

    use super::*;

    fn shelf(ids: &[&str]) -> Shelf<PaymentLink> {
        let mut shelf = Shelf::default();
        for id in ids {
            shelf.add(Kept::new(PaymentLink::new((*id).into())));
        }
        shelf
    }

    fn ids(shelf: &Shelf<PaymentLink>) -> Vec<&str> {
        shelf.newest().map(|kept| kept.data.id()).collect()
    }

    #[test]
    fn the_newest_comes_first_and_a_change_makes_nothing_newer() {
        let mut shelf = shelf(&["a", "b", "c"]);
        shelf.find_mut("a").unwrap().mark(true);
        assert_eq!(ids(&shelf), ["c", "b", "a"]);
        assert!(shelf.find("a").unwrap().is_paid());
    }

    #[test]
    fn what_is_removed_is_gone() {
        let mut shelf = shelf(&["a", "b", "c"]);
        assert!(shelf.remove("b").is_some());
        assert!(shelf.remove("b").is_none());
        assert!(shelf.find("b").is_none());
        assert_eq!(ids(&shelf), ["c", "a"]);
    }
}
