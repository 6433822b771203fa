//! Resolves a path to the item that it names, following every `use`.

use std::collections::BTreeSet;

use super::tree::{Meaning, Name, Tree};

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(usize),
    Item { module: usize, name: String },
}

/// The lookups in progress. They are tracked because `use` declarations can form a cycle.
type Pending = BTreeSet<(usize, String)>;

impl Tree {
    /// Resolves a path written in `scope`. Returns nothing if the path names an item of another crate.
    pub(super) fn resolve(&self, scope: usize, path: &[String]) -> BTreeSet<Target> {
        self.follow(scope, path, &mut Pending::new())
    }

    /// Resolves a name in `module` that code in `from` uses.
    pub(super) fn lookup(&self, module: usize, name: &str, from: usize) -> BTreeSet<Target> {
        self.find(module, name, from, &mut Pending::new())
    }

    /// Returns the names that a glob import of `module` adds to code in `from`.
    pub(super) fn exported(&self, module: usize, from: usize) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.export(module, from, &mut names, &mut BTreeSet::new());
        names
    }

    fn follow(&self, scope: usize, path: &[String], pending: &mut Pending) -> BTreeSet<Target> {
        let mut found = BTreeSet::new();
        let mut rest = path.iter();
        match rest.next().map(String::as_str) {
            Some("crate") => found.insert(Target::Module(0)),
            Some("self") => found.insert(Target::Module(scope)),
            Some(name) => {
                found = self.step(scope, name, scope, pending);
                false
            }
            None => false,
        };
        for segment in rest {
            let targets = std::mem::take(&mut found);
            for target in targets {
                match target {
                    Target::Module(module) => {
                        found.extend(self.step(module, segment, scope, pending));
                    }
                    // A macro contains no items, so the path must go through something else with the same name.
                    Target::Item { module, ref name }
                        if self.modules[module].macros.contains(name) => {}
                    // The next segment is a variant, a function or an associated type.
                    Target::Item { .. } => {
                        found.insert(target);
                    }
                }
            }
        }
        found
    }

    fn step(
        &self,
        module: usize,
        segment: &str,
        from: usize,
        pending: &mut Pending,
    ) -> BTreeSet<Target> {
        match segment {
            "super" => self.modules[module].parent.map(Target::Module).into_iter().collect(),
            "self" => BTreeSet::from([Target::Module(module)]),
            name => self.find(module, name, from, pending),
        }
    }

    fn find(
        &self,
        module: usize,
        name: &str,
        from: usize,
        pending: &mut Pending,
    ) -> BTreeSet<Target> {
        let here = &self.modules[module];
        let inside = self.is_inside(from, module);
        let mut found: BTreeSet<Target> =
            here.children.get(name).map(|&child| Target::Module(child)).into_iter().collect();
        let names = here.names.get(name).into_iter().flatten();
        let names: Vec<_> = names.filter(|each| each.public || inside).collect();
        if names.iter().any(|each| matches!(each.meaning, Meaning::Item { .. })) {
            found.insert(Target::Item { module, name: name.to_owned() });
        }
        let key = (module, name.to_owned());
        if !pending.insert(key.clone()) {
            return found;
        }
        // An explicit name hides the names from globs.
        if found.is_empty() && names.is_empty() {
            found = self.find_in_globs(module, name, from, pending);
        }
        for each in names {
            match &each.meaning {
                Meaning::Item { .. } => {}
                Meaning::Path(path) => found.extend(self.follow(module, path, pending)),
                Meaning::Exported(module) => {
                    found.insert(Target::Item { module: *module, name: name.to_owned() });
                }
            }
        }
        pending.remove(&key);
        found
    }

    fn find_in_globs(
        &self,
        module: usize,
        name: &str,
        from: usize,
        pending: &mut Pending,
    ) -> BTreeSet<Target> {
        let here = &self.modules[module];
        let inside = self.is_inside(from, module);
        let mut found = BTreeSet::new();
        for glob in here.globs.iter().filter(|glob| glob.public || inside) {
            for target in self.follow(module, &glob.path, pending) {
                if let Target::Module(other) = target {
                    found.extend(self.find(other, name, from, pending));
                }
            }
        }
        found
    }

    fn export(
        &self,
        module: usize,
        from: usize,
        names: &mut BTreeSet<String>,
        seen: &mut BTreeSet<usize>,
    ) {
        if !seen.insert(module) {
            return;
        }
        let here = &self.modules[module];
        let inside = self.is_inside(from, module);
        let visible =
            |(_, all): &(&String, &Vec<_>)| all.iter().any(|each: &Name| each.public || inside);
        names.extend(here.names.iter().filter(visible).map(|(name, _)| name.clone()));
        for glob in here.globs.iter().filter(|glob| glob.public || inside) {
            for target in self.resolve(module, &glob.path) {
                if let Target::Module(other) = target {
                    self.export(other, from, names, seen);
                }
            }
        }
    }

    /// Returns whether `module` is `other` or is inside `other`. Code can use the private names of enclosing modules.
    fn is_inside(&self, module: usize, other: usize) -> bool {
        self.around(module).any(|each| each == other)
    }
}
