//! Determines the meaning of the names in a file before any path is shortened.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Ident, Item, Path};

use super::paths::{self, Visitor};
use super::uses::{self, Use};
use super::{names, prelude};

/// The names of a file, and the paths in it that could be shortened.
pub(super) struct Scope<'a> {
    /// The names that have a meaning in the file. For an imported name, the value is its path.
    bound: BTreeMap<String, Option<Vec<String>>>,
    /// The names that relative paths begin with, and names that are used without a path.
    bare: BTreeSet<String>,
    /// The crates that absolute paths begin with.
    crates: BTreeSet<String>,
    /// The names that a glob import may bring into scope.
    hidden: Option<&'a BTreeSet<String>>,
    /// The possible imports with their number of uses, in the order of first use.
    pub wishes: Vec<(Vec<String>, usize)>,
}

impl<'a> Scope<'a> {
    pub(super) fn of(items: &mut [Item], imports: &[Use], types: &'a BTreeSet<String>) -> Self {
        let mut scope = Scope {
            bound: BTreeMap::new(),
            bare: BTreeSet::new(),
            crates: BTreeSet::new(),
            hidden: items.iter().any(uses::is_glob).then_some(types),
            wishes: Vec::new(),
        };
        paths::visit(items, &mut scope);
        for import in imports {
            scope.crates.extend(import.path.first().cloned());
            match import.name() {
                Some(name) => drop(scope.bound.insert(name.to_owned(), Some(import.path.clone()))),
                None => scope.hidden = Some(types),
            }
        }
        scope
    }

    /// Returns whether the file defines or imports a name. If it does, a crate with that name needs
    /// its leading colons.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.bound.contains_key(name) || self.hidden.is_some_and(|types| types.contains(name))
    }

    /// Returns whether the file already imports this path.
    pub(super) fn imports(&self, path: &[String]) -> bool {
        let bound = path.last().and_then(|name| self.bound.get(name));
        matches!(bound, Some(Some(imported)) if imported == path)
    }

    /// Returns whether the last segment of a path can be used as its short name.
    pub(super) fn is_free_for(&self, path: &[String]) -> bool {
        let Some(name) = path.last() else { return false };
        if self.binds(name) {
            return self.imports(path);
        }
        if prelude::has_name(name) {
            return prelude::has(path);
        }
        !self.bare.contains(name) && !self.crates.contains(name)
    }
}

impl Visitor for Scope<'_> {
    fn path(&mut self, path: &mut Path) {
        match names::absolute(path) {
            Some(segments) => {
                self.crates.extend(segments.first().cloned());
                for wish in names::imports(&segments).into_iter().map(|(import, _)| import) {
                    match self.wishes.iter_mut().find(|(known, _)| *known == wish) {
                        Some((_, count)) => *count += 1,
                        None => self.wishes.push((wish, 1)),
                    }
                }
            }
            None => {
                if let Some(first) = path.segments.first() {
                    self.bare.insert(first.ident.to_string());
                }
            }
        }
    }

    fn definition(&mut self, name: &Ident) {
        self.bound.insert(name.to_string(), None);
    }

    fn mention(&mut self, name: &Ident) {
        self.bare.insert(name.to_string());
    }
}
