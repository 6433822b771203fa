//! Names of bounds to add to the settings: each of a requirement of its own, and none that is taken.

use std::collections::{BTreeMap, BTreeSet};

use crate::Requirement;
use crate::check::names::is_identifier;

/// Letters of a name. A longer one would be no help.
const LONGEST: usize = 60;

pub(super) struct Names {
    given: BTreeMap<Requirement, String>,
    taken: BTreeSet<String>,
    /// The number of the next name that begins alike.
    next: BTreeMap<String, usize>,
}

impl Names {
    pub(super) fn new<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        let taken = taken.into_iter().map(str::to_owned).collect();
        Names { given: BTreeMap::new(), taken, next: BTreeMap::new() }
    }

    /// The wanted name, or one like it that neither another requirement nor the settings have.
    pub(super) fn of(&mut self, requirement: Requirement, wanted: String) -> String {
        if let Some(name) = self.given.get(&requirement) {
            return name.clone();
        }
        let is_name = is_identifier(&wanted) && syn::parse_str::<syn::Ident>(&wanted).is_ok();
        let usable = is_name && wanted.len() <= LONGEST;
        let wanted = if usable { wanted } else { "Caller".to_owned() };
        let next = self.next.entry(wanted.clone()).or_insert(1);
        let name = loop {
            let name = if *next == 1 { wanted.clone() } else { format!("{wanted}{next}") };
            *next += 1;
            if self.taken.insert(name.clone()) {
                break name;
            }
        };
        self.given.insert(requirement, name.clone());
        name
    }
}
