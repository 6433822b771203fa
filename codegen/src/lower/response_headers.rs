//! Lowers the documented response headers: one constant for each name and type.

use std::collections::BTreeSet;

use super::{schemas, text};
use crate::model::{Operation, ResponseHeader};
use crate::{Node, Settings, names};

/// Returns the headers of an operation without duplicates. Their constants don't have names yet.
pub(super) fn lower(settings: &Settings, operation: &Node) -> Vec<ResponseHeader> {
    let responses = operation.get("responses").map(Node::entries).unwrap_or_default();
    let headers = responses.iter().filter_map(|response| response.value.get("headers"));
    let mut found: Vec<ResponseHeader> = Vec::new();
    for header in headers.flat_map(Node::entries) {
        let Some(schema) = header.value.get("schema") else { continue };
        let header = ResponseHeader {
            name: header.key.clone(),
            constant: String::new(),
            description: text(Some(&header.value), "description"),
            shape: schemas::shape(settings, schema),
        };
        if !found.iter().any(|other| other.is_same(&header)) {
            found.push(header);
        }
    }
    found
}

/// Names the header constants of all operations, and returns each constant once, sorted by name.
pub(super) fn distinct<'o>(
    operations: impl Iterator<Item = &'o mut Operation>,
) -> Vec<ResponseHeader> {
    let mut all: Vec<ResponseHeader> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for operation in operations {
        for header in &mut operation.headers {
            if let Some(same) = all.iter_mut().find(|other| other.is_same(header)) {
                header.constant.clone_from(&same.constant);
                if same.description.is_empty() {
                    same.description.clone_from(&header.description);
                }
                continue;
            }
            header.constant = constant(&header.name, &operation.id, &mut taken);
            all.push(header.clone());
        }
    }
    all.sort_by(|a, b| a.constant.cmp(&b.constant));
    all
}

/// Returns the name of a header's constant. If a different header already has that name, the
/// operation's name is added as a prefix.
fn constant(header: &str, operation: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = names::constant(header);
    let plain = match plain.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => plain,
        false => format!("HEADER_{plain}"),
    };
    let longer = format!("{}_{plain}", names::constant(operation));
    let numbered = (2..).map(|number| format!("{longer}_{number}"));
    let mut candidates = [plain, longer.clone()].into_iter().chain(numbered);
    // The iterator is infinite, so a free name is always found.
    candidates.find(|name| taken.insert(name.clone())).unwrap_or_default()
}
