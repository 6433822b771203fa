//! Groups: the operations of each tag, each under a method of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{described, name};
use crate::model::{Group, Operation, Shared};
use crate::names;
use crate::{Document, Node};

/// The groups of operations that come with their tags. An operation is in the group of its first tag, and reachable from the
/// groups of the others.
pub(super) fn groups(document: &Document, operations: Vec<(Vec<String>, Operation)>) -> Vec<Group> {
    let mut by_tag: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    // The tag that has an operation, its place there, and another tag.
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
            accessor: names::field(&name),
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

/// Methods are called like their operation without the words of the tag. If two would be called so, the later one has its
/// whole name.
fn name_methods(group: &mut Group) {
    let mut taken = BTreeSet::new();
    for operation in &mut group.operations {
        operation.function = method(&operation.name, &group.tag, &mut taken);
    }
}

/// The same for the methods that lead to operations of other groups: they don't rename a group's own.
fn name_shared(groups: &mut [Group]) {
    let names: Vec<Vec<String>> = groups
        .iter()
        .map(|group| group.operations.iter().map(|operation| operation.name.clone()).collect())
        .collect();
    for group in groups {
        let mut taken =
            group.operations.iter().map(|operation| operation.function.clone()).collect();
        for shared in &mut group.shared {
            let name = names.get(shared.group).and_then(|names| names.get(shared.operation));
            shared.function = method(name.map_or("", String::as_str), &group.tag, &mut taken);
        }
    }
}

fn method(name: &str, tag: &str, taken: &mut BTreeSet<String>) -> String {
    let mut method = names::without_tag(name, tag);
    if taken.contains(&method) {
        name.clone_into(&mut method);
    }
    while !taken.insert(method.clone()) {
        method.push('_');
    }
    method
}
