//! Decides which paths get a short name. If several paths would get the same name, only one gets
//! it.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Ident, Item, Path};

use super::paths::{self, Visitor};
use super::prelude;
use super::scope::Scope;

/// The modules whose items are written with the module's name. A bare `Result` from `fmt` would
/// hide the usual one. The formatting traits in `fmt` all have a `fmt` method, so importing several
/// of them would make calls to that method ambiguous.
const BY_MODULE: &[&str] = &["fmt"];

/// The paths that have a short name in a file.
pub(super) struct Names(BTreeSet<Vec<String>>);

impl Names {
    pub(super) fn choose(scope: &Scope<'_>) -> Self {
        let mut best: BTreeMap<&String, (&Vec<String>, usize)> = BTreeMap::new();
        for (path, count) in &scope.wishes {
            let Some(name) = path.last() else { continue };
            if !scope.is_free_for(path) {
                continue;
            }
            let before = best.get(name).map_or(0, |(_, count)| *count);
            if *count > before {
                best.insert(name, (path, *count));
            }
        }
        Names(best.into_values().map(|(path, _)| path.clone()).collect())
    }

    /// Shortens the paths, and returns the imports that they now need.
    pub(super) fn rewrite(&self, items: &mut [Item], scope: &Scope<'_>) -> BTreeSet<Vec<String>> {
        let mut rewrite = Rewrite { names: self, scope, imports: BTreeSet::new() };
        paths::visit(items, &mut rewrite);
        rewrite.imports
    }
}

/// Returns the segments of a path that starts with `::krate`, `crate` or `super`. Returns `None`
/// for other paths.
pub(super) fn absolute(path: &Path) -> Option<Vec<String>> {
    let segments: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let first = segments.first()?.as_str();
    let rooted = path.leading_colon.is_some() || ["crate", "super"].contains(&first);
    (rooted && segments.len() > 1).then_some(segments)
}

/// Returns the possible imports for a path, each with the number of segments that it replaces. The
/// best import comes first.
pub(super) fn imports(segments: &[String]) -> Vec<(Vec<String>, usize)> {
    let root = segments.iter().take_while(|name| is_root(name)).count().max(1);
    let item = segments.iter().position(|name| is_type(name));
    let mut imports = Vec::new();
    let mut import = |end: usize| {
        if let Some(path) = segments.get(..end).filter(|path| path.len() > root) {
            imports.push((path.to_vec(), end - 1));
        }
    };
    match item {
        Some(at) => {
            // The path may name a variant in the prelude.
            if segments.get(..at + 2).is_some_and(prelude::has) {
                import(at + 2);
            }
            let module = at.checked_sub(1).and_then(|at| segments.get(at));
            let by_module = module.is_some_and(|module| BY_MODULE.contains(&module.as_str()));
            import(if by_module { at } else { at + 1 });
        }
        // A function or a constant is qualified by its module.
        None => import(segments.len() - 1),
    }
    imports
}

fn is_root(name: &str) -> bool {
    ["crate", "self", "super"].contains(&name)
}

/// Returns whether this is the name of a type or trait. A module, function or constant isn't.
fn is_type(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    let is_constant = name.len() > 1 && !name.contains(char::is_lowercase);
    name.starts_with(char::is_uppercase) && !is_constant
}

struct Rewrite<'a> {
    names: &'a Names,
    scope: &'a Scope<'a>,
    imports: BTreeSet<Vec<String>>,
}

impl Visitor for Rewrite<'_> {
    fn path(&mut self, path: &mut Path) {
        let Some(segments) = absolute(path) else { return };
        let chosen =
            imports(&segments).into_iter().find(|(import, _)| self.names.0.contains(import));
        if let Some((import, left_out)) = chosen {
            if !prelude::has(&import) && !self.scope.imports(&import) {
                self.imports.insert(import);
            }
            path.leading_colon = None;
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(left_out).collect();
        } else if segments.first().is_some_and(|krate| !self.scope.binds(krate)) {
            path.leading_colon = None;
        }
    }

    fn definition(&mut self, _: &Ident) {}

    fn mention(&mut self, _: &Ident) {}
}
