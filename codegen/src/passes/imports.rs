//! Replaces absolute paths with short names that are imported at the top of the file.
//!
//! The emitters write absolute paths, which are correct in any file. This pass makes them readable
//! without changing their meaning. If a short name could mean something else, the path stays.

mod names;
mod paths;
mod prelude;
mod scope;
mod uses;

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{Item, Visibility};

use names::Names;
use scope::Scope;
use uses::Use;
pub(crate) use uses::group;

/// Shortens the paths of a file. `types` are the names of the document's types, which a glob import
/// may bring into scope.
pub(crate) fn shorten(file: &mut syn::File, types: &BTreeSet<String>) {
    shorten_items(&mut file.items, types);
}

/// Shortens the paths in the items of a file or module. Each module has its own imports.
fn shorten_items(items: &mut Vec<Item>, types: &BTreeSet<String>) {
    for item in items.iter_mut() {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            shorten_items(items, types);
        }
    }
    sort(items);
    let mut imports = uses::take(items);
    let scope = Scope::of(items, &imports, types);
    let names = Names::choose(&scope);
    let new = names.rewrite(items, &scope);
    imports.extend(new.into_iter().map(Use::of));
    // Modules are declared before anything is imported.
    let at = items.iter().position(|item| !is_declaration(item)).unwrap_or(items.len());
    let lines = uses::lines(imports, |name| scope.binds(name));
    items.splice(at..at, lines.into_iter().map(Item::Use));
}

/// Sorts neighbouring module declarations and re-exports.
fn sort(items: &mut [Item]) {
    let is_export =
        |item: &Item| matches!(item, Item::Use(item) if !matches!(item.vis, Visibility::Inherited));
    let is_neighbour = |one: &Item, other: &Item| {
        (is_export(one) && is_export(other)) || (is_declaration(one) && is_declaration(other))
    };
    for run in items.chunk_by_mut(is_neighbour) {
        run.sort_by_cached_key(|item| match item {
            Item::Mod(module) => module.ident.to_string(),
            // This is rustfmt's order.
            Item::Use(item) => {
                let tree = item.tree.to_token_stream().to_string();
                let root = ["self ::", "super ::", "crate ::"];
                let rank = root.iter().position(|root| tree.starts_with(root));
                format!("{}{tree}", rank.unwrap_or(root.len()))
            }
            _ => String::new(),
        });
    }
}

fn is_declaration(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.content.is_none())
}

#[cfg(test)]
mod tests;
