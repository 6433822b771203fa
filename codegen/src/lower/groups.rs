//! Lowers groups. A group has the operations of a tag, each with its own method.

use std::collections::{BTreeMap, BTreeSet};

use super::{described, name};
use crate::model::{Group, Operation, Shared};
use crate::names;
use crate::{Document, Node};

/// Groups operations by their tags. An operation is in the group of its first tag, and also
/// reachable from the groups of its other tags.
pub(super) fn groups(document: &Document, operations: Vec<(Vec<String>, Operation)>) -> Vec<Group> {
    let mut by_tag: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    // Each item has the first tag of an operation, the operation's index in that tag's group, and
    // one of the operation's other tags.
    let mut elsewhere: Vec<(String, usize, String)> = Vec::new();
    for (tags, operation) in operations {
        let mut tags = tags.into_iter();
        let first = tags.next().unwrap_or_default();
        let group = by_tag.entry(first.clone()).or_default();
        elsewhere.extend(tags.map(|tag| (first.clone(), group.len(), tag)));
        group.push(operation);
    }
    let tags = document.root().get("tags").map(Node::items).unwrap_or_default();
    let also: BTreeSet<&str> = elsewhere.iter().map(|(_, _, tag)| tag.as_str()).collect();
    let mut groups: Vec<Group> = Vec::new();
    for tag in tags {
        let name = name(Some(tag), "name");
        let operations = by_tag.remove(&name).unwrap_or_default();
        if operations.is_empty() && !also.contains(name.as_str()) {
            continue;
        }
        groups.push(Group {
            description: described(Some(tag), || format!("Operations of the tag `{name}`.")),
            accessor: names::accessor(&name),
            type_name: names::pascal(&name),
            tag: name,
            operations,
            shared: Vec::new(),
        });
    }
    share(&mut groups, &elsewhere);
    groups.iter_mut().for_each(name_methods);
    name_shared(&mut groups);
    groups
}

fn share(groups: &mut [Group], elsewhere: &[(String, usize, String)]) {
    let places: BTreeMap<String, usize> =
        groups.iter().enumerate().map(|(at, group)| (group.tag.clone(), at)).collect();
    for (owner, operation, tag) in elsewhere {
        let (Some(&group), Some(&other)) = (places.get(owner), places.get(tag)) else { continue };
        if let Some(other) = groups.get_mut(other) {
            other.shared.push(Shared { group, operation: *operation, function: String::new() });
        }
    }
}

/// Names each method after its operation, without the words of the tag. If several operations would
/// get the same short name, one of them gets it, and the others keep their full names. An operation
/// whose full name is the short name takes precedence, then one with the tag in the singular
/// (`getPet` over `getPets`), then the first one in the document.
fn name_methods(group: &mut Group) {
    let names = full_names(group);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let methods = methods(&names, &group.tag, &mut BTreeSet::new());
    for (operation, method) in group.operations.iter_mut().zip(methods) {
        operation.function = method;
    }
}

/// Returns the full names of operations. FastAPI appends the path and the method to each
/// operation's id. This suffix is left out if the name is unique without it.
fn full_names(group: &Group) -> Vec<String> {
    let without_route = |operation: &Operation| {
        names::accessor(names::without_route(&operation.id, &operation.method, &operation.path))
    };
    let short: Vec<String> = group.operations.iter().map(without_route).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &short {
        *counts.entry(name).or_default() += 1;
    }
    let named = group.operations.iter().zip(&short);
    named
        .map(|(operation, short)| match counts.get(short.as_str()) {
            Some(1) => short.clone(),
            _ => names::accessor(&operation.id),
        })
        .collect()
}

/// Names the methods that forward to operations of other groups, without renaming a group's own
/// methods.
fn name_shared(groups: &mut [Group]) {
    let names: Vec<Vec<String>> = groups.iter().map(full_names).collect();
    for group in groups {
        let mut taken =
            group.operations.iter().map(|operation| operation.function.clone()).collect();
        let name = |shared: &Shared| names.get(shared.group)?.get(shared.operation);
        let names: Vec<&str> =
            group.shared.iter().map(|shared| name(shared).map_or("", String::as_str)).collect();
        let methods = methods(&names, &group.tag, &mut taken);
        for (shared, method) in group.shared.iter_mut().zip(methods) {
            shared.function = method;
        }
    }
}

/// Returns the method name for each operation, given the operations' full names. Method names are
/// also used as file names, which may lose a trailing `_`. This can't cause collisions: only
/// keywords get one, and a keyword without it can't be a method name.
fn methods(names: &[&str], tag: &str, taken: &mut BTreeSet<String>) -> Vec<String> {
    let short: Vec<String> = names.iter().map(|name| names::without_tag(name, tag)).collect();
    let pairs = || names.iter().copied().zip(&short);
    let mut whole: Vec<bool> = pairs()
        .map(|(name, short)| name == short.as_str() && taken.insert(short.clone()))
        .collect();
    for ((name, short), has_it) in pairs().zip(&mut whole) {
        *has_it = *has_it || names::has_singular(name, tag) && taken.insert(short.clone());
    }
    let mut method = |name: &str, short: &str| {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut all = [short.to_owned(), name.to_owned()].into_iter().chain(numbered);
        // The iterator is infinite, so a free name is always found.
        all.find(|method| taken.insert(method.clone())).unwrap_or_default()
    };
    pairs()
        .zip(whole)
        .map(|((name, short), whole)| if whole { short.clone() } else { method(name, short) })
        .collect()
}
