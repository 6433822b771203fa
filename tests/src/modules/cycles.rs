//! Finds files that import each other in a cycle.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Import;

/// Files that all import each other, directly or through other files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The files, at least two.
    pub files: BTreeSet<String>,
    /// The first import between each pair of these files.
    pub imports: Vec<Import>,
}

/// Returns the cycles among all imports of a crate. Each file is in at most one cycle.
#[must_use]
pub fn cycles(imports: &[Import]) -> Vec<Cycle> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        next.entry(&import.from).or_default().insert(&import.to);
    }
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        next.keys().map(|file| (*file, reachable(file, &next))).collect();
    let leads = |from: &str, to: &str| reach.get(from).is_some_and(|files| files.contains(to));
    let groups: BTreeSet<BTreeSet<&str>> = reach
        .iter()
        .filter(|(file, files)| files.contains(*file))
        .map(|(file, files)| files.iter().copied().filter(|other| leads(other, file)).collect())
        .collect();
    groups.into_iter().map(|files| Cycle::new(&files, imports)).collect()
}

fn reachable<'i>(start: &str, next: &BTreeMap<&'i str, BTreeSet<&'i str>>) -> BTreeSet<&'i str> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(file) = open.pop() {
        for other in next.get(file).into_iter().flatten() {
            if found.insert(*other) {
                open.push(other);
            }
        }
    }
    found
}

impl Cycle {
    fn new(files: &BTreeSet<&str>, imports: &[Import]) -> Self {
        let mut pairs = BTreeSet::new();
        let inside = imports.iter().filter(|import| {
            let (from, to) = (import.from.as_str(), import.to.as_str());
            files.contains(from) && files.contains(to) && pairs.insert((from, to))
        });
        Cycle {
            imports: inside.cloned().collect(),
            files: files.iter().map(|file| (*file).to_owned()).collect(),
        }
    }

    /// Returns whether the cycle consists of exactly these two files.
    #[must_use]
    pub fn is_pair(&self, one: &str, other: &str) -> bool {
        self.files.len() == 2 && self.files.contains(one) && self.files.contains(other)
    }
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files: Vec<&str> = self.files.iter().map(String::as_str).collect();
        write!(f, "{} files import each other in a cycle: {}", files.len(), files.join(", "))?;
        for Import { file, to, line, path, .. } in &self.imports {
            write!(f, "\n  {file} line {line} imports {to}: `{path}`")?;
        }
        Ok(())
    }
}
