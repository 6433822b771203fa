//! The imports between files, with their lines.

use std::collections::BTreeSet;

use super::resolve::Target;
use super::tree::{Kind, Meaning, Mention, Tree};
use super::{Files, reader};

/// A path in one file to an item in another file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The importer: a file, or an entry of a `generated` folder.
    pub from: String,
    /// The place that defines the item: a file, or an entry of a `generated` folder.
    pub to: String,
    /// The file that contains the path.
    pub file: String,
    /// The line in that file.
    pub line: usize,
    /// The path as written, without `as`.
    pub path: String,
}

/// Returns all imports between the files of a crate, in order.
///
/// # Errors
///
/// Returns an error if a file is missing, isn't Rust, or contains `#[path]`, which isn't supported.
pub fn imports(files: &Files) -> Result<Vec<Import>, String> {
    let tree = reader::read(files)?;
    let mut imports = BTreeSet::new();
    for (place, module) in tree.modules.iter().enumerate() {
        for mention in &module.mentions {
            for (to, suffix) in reached(&tree, place, mention) {
                if to != module.unit {
                    imports.insert(Import {
                        from: module.unit.clone(),
                        to,
                        file: module.file.clone(),
                        line: mention.line,
                        path: format!("{}{suffix}", mention.path.join("::")),
                    });
                }
            }
        }
    }
    Ok(imports.into_iter().collect())
}

/// Returns the files that define a mentioned item, each with the text to append to the path in a report.
fn reached(tree: &Tree, scope: usize, mention: &Mention) -> Vec<(String, String)> {
    let unit = |module: usize| tree.modules[module].unit.clone();
    let plain = |module: usize| (unit(module), String::new());
    match mention.kind {
        Kind::Macro => {
            let defines = |module: &usize| tree.modules[*module].macros.contains(&mention.path[0]);
            tree.around(scope)
                .find(defines)
                .map(|module| (unit(module), "!".to_owned()))
                .into_iter()
                .collect()
        }
        Kind::Glob { public } => {
            let targets = tree.resolve(scope, &mention.path).into_iter();
            let reached = targets.flat_map(|target| match target {
                Target::Item { module, .. } => vec![(unit(module), "::*".to_owned())],
                Target::Module(module) => brought(tree, scope, module, public),
            });
            reached.collect()
        }
        Kind::Path | Kind::Attribute => {
            let targets = tree.resolve(scope, &mention.path).into_iter();
            let reached = targets.filter_map(|target| match target {
                Target::Item { module, .. } => Some(plain(module)),
                Target::Module(module) => (mention.kind == Kind::Attribute).then(|| plain(module)),
            });
            reached.collect()
        }
    }
}

/// Returns the items of a glob import: all items if the import is public, otherwise the items that the code uses.
fn brought(tree: &Tree, scope: usize, module: usize, public: bool) -> Vec<(String, String)> {
    let here = &tree.modules[scope];
    let mut brought = Vec::new();
    for name in tree.exported(module, scope) {
        if here.names.contains_key(&name) && !public {
            continue;
        }
        for target in tree.lookup(module, &name, scope) {
            let Target::Item { module, name: item } = target else { continue };
            let used = here.words.contains(&name)
                || methods(tree, module, &item).any(|method| here.words.contains(method));
            if public || used {
                brought.push((tree.modules[module].unit.clone(), format!("::* ({name})")));
            }
        }
    }
    brought
}

/// Returns the methods of a trait.
fn methods<'t>(tree: &'t Tree, module: usize, item: &str) -> impl Iterator<Item = &'t String> {
    let names = tree.modules[module].names.get(item).into_iter().flatten();
    names.flat_map(|name| match &name.meaning {
        Meaning::Item { methods } => methods.as_slice(),
        Meaning::Path(_) | Meaning::Exported(_) => &[],
    })
}
