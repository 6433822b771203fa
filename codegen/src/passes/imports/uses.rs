//! Handles the `use` lines of a file: splits them, merges them by module, and sorts them as rustfmt
//! does.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, ItemUse, UseTree, Visibility};

use super::prelude;

/// One imported name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The absolute path, without leading colons. A glob ends in `*`.
    pub path: Vec<String>,
    rename: Option<String>,
}

impl Use {
    pub(super) fn of(path: Vec<String>) -> Self {
        Use { path, rename: None }
    }

    /// Returns the import's name in this file, or `None` for a glob.
    pub(super) fn name(&self) -> Option<&str> {
        let name = self.rename.as_ref().or(self.path.last()).map(String::as_str);
        name.filter(|name| *name != "*")
    }
}

/// Takes the private imports out of the items. Re-exports and imports with attributes stay in
/// place.
pub(super) fn take(items: &mut Vec<Item>) -> Vec<Use> {
    let mut found = Vec::new();
    let modules: BTreeSet<String> = items.iter().filter_map(module).collect();
    items.retain(|item| match item {
        Item::Use(item) if is_plain(item) => {
            let mut uses = Vec::new();
            flatten(&item.tree, &mut Vec::new(), &mut uses);
            // The path may begin with a module of this file instead of a crate.
            let local = item.leading_colon.is_none()
                && uses.iter().any(|each| each.path.first().is_some_and(|it| modules.contains(it)));
            if !local {
                found.append(&mut uses);
            }
            local
        }
        _ => true,
    });
    found
}

/// Returns whether an item is a glob import or re-export.
pub(super) fn is_glob(item: &Item) -> bool {
    let Item::Use(item) = item else { return false };
    let mut uses = Vec::new();
    flatten(&item.tree, &mut Vec::new(), &mut uses);
    uses.iter().any(|each| each.name().is_none())
}

fn is_plain(item: &ItemUse) -> bool {
    item.attrs.is_empty() && matches!(item.vis, Visibility::Inherited)
}

fn module(item: &Item) -> Option<String> {
    match item {
        Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    }
}

fn flatten(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<Use>) {
    let path =
        |name: String| before.iter().cloned().chain((name != "self").then_some(name)).collect();
    match tree {
        UseTree::Path(tree) => {
            before.push(tree.ident.to_string());
            flatten(&tree.tree, before, found);
            before.pop();
        }
        UseTree::Name(tree) => found.push(Use::of(path(tree.ident.to_string()))),
        UseTree::Rename(tree) => found.push(Use {
            path: path(tree.ident.to_string()),
            rename: Some(tree.rename.to_string()),
        }),
        UseTree::Glob(_) => found.push(Use::of(path("*".to_owned()))),
        UseTree::Group(tree) => tree.items.iter().for_each(|tree| flatten(tree, before, found)),
    }
}

/// Returns the `use` lines, one for each module. A crate keeps its colons if the file `binds` the
/// same name.
pub(super) fn lines(uses: Vec<Use>, binds: impl Fn(&str) -> bool) -> Vec<ItemUse> {
    let mut modules: BTreeMap<Vec<String>, BTreeSet<Use>> = BTreeMap::new();
    let all: BTreeSet<Vec<String>> =
        uses.iter().filter_map(|each| Some(each.path.split_last()?.1.to_vec())).collect();
    for each in uses {
        // `a` and `a::B` become `a::{self, B}`.
        let is_module = each.path.len() > 1 && each.rename.is_none() && all.contains(&each.path);
        if is_module {
            let path = each.path.iter().cloned().chain(["self".to_owned()]).collect();
            modules.entry(each.path).or_default().insert(Use::of(path));
            continue;
        }
        let module = each.path.split_last().map(|(_, module)| module.to_vec()).unwrap_or_default();
        modules.entry(module).or_default().insert(each);
    }
    let mut lines: Vec<(Vec<String>, ItemUse)> =
        modules.iter().filter_map(|(module, uses)| line(module, uses, &binds)).collect();
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Returns a line with its sort key.
fn line(
    module: &[String],
    uses: &BTreeSet<Use>,
    binds: &impl Fn(&str) -> bool,
) -> Option<(Vec<String>, ItemUse)> {
    let mut names: Vec<String> = uses
        .iter()
        .filter_map(|each| {
            let name = each.path.last()?;
            Some(match &each.rename {
                Some(rename) => format!("{name} as {rename}"),
                None => name.clone(),
            })
        })
        .collect();
    names.sort_by_key(|name| name != "self");
    let first = module.first().or(uses.first()?.path.first())?;
    let colons = if group(first) < 2 && binds(first) { "::" } else { "" };
    let module_text: String = module.iter().map(|name| format!("{name}::")).collect();
    let names_text = match names.as_slice() {
        [only] => only.clone(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let line = syn::parse_str(&format!("use {colons}{module_text}{names_text};")).ok()?;
    let mut key = vec![group(first).to_string()];
    key.extend(module.iter().map(|name| match name.as_str() {
        // This is rustfmt's order.
        "super" => "1".to_owned(),
        "crate" => "2".to_owned(),
        name => name.to_owned(),
    }));
    // Lists come after names.
    key.push(match names.as_slice() {
        [only] => only.clone(),
        _ => char::MAX.to_string(),
    });
    Some((key, line))
}

/// Returns the block of imports for this root: the standard library, other crates or this crate.
pub(crate) fn group(root: &str) -> u8 {
    match root {
        "crate" | "self" | "super" => 2,
        krate if prelude::is_std(krate) => 0,
        _ => 1,
    }
}
