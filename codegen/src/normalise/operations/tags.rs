//! Normalises tags: every operation gets at least one, and each tag is declared and names a group.

use std::collections::BTreeMap;

use super::for_each;
use crate::check::tag_problem;
use crate::names;
use crate::normalise::Record;
use crate::{Node, Settings, Span};

/// The tag for operations without a tag.
const NONE: &str = "api";

pub(in crate::normalise) fn declare(root: &mut Node, settings: &Settings, record: &mut Record) {
    let mut groups =
        Groups { settings, tags: Vec::new(), by_rust: BTreeMap::new(), renamed: BTreeMap::new() };
    for tag in root.get("tags").map(Node::items).unwrap_or_default() {
        if let Some(node) = tag.get("name")
            && let Some(name) = node.as_str()
        {
            groups.declare(name, node.span, Some(tag), record);
        }
    }
    for_each(root, |operation| {
        let title = operation.title();
        let tags = operation.node.get("tags").map(Node::items).unwrap_or_default();
        let mut kept: Vec<Node> = Vec::new();
        for tag in tags {
            let Some(name) = tag.as_str() else { continue };
            if !groups.has(name) {
                record.note(
                    "undeclared-tag",
                    tag.span,
                    format!("the tag `{name}` is not declared under `tags`"),
                );
            }
            let group = groups.declare(name, tag.span, None, record);
            if !kept.iter().any(|other| other.as_str() == Some(&*group)) {
                kept.push(Node::text_at(tag.span, group));
            }
        }
        if kept.is_empty() {
            let message = format!("{title} has no tag, so it is in the group `{NONE}`");
            record.note("missing-tag", operation.key_span, message);
            let group = groups.declare(NONE, operation.key_span, None, record);
            kept.push(Node::text_at(operation.key_span, group));
        }
        let span = operation.node.span;
        operation.node.set("tags", Node::list_at(span, kept));
    });
    let span = root.span;
    root.set("tags", Node::list_at(span, groups.tags));
}

struct Groups<'a> {
    settings: &'a Settings,
    /// The tags to declare at the top level.
    tags: Vec<Node>,
    /// The tag for each Rust name.
    by_rust: BTreeMap<String, String>,
    /// The new name for each name in the document.
    renamed: BTreeMap<String, String>,
}

impl Groups<'_> {
    fn has(&self, name: &str) -> bool {
        self.renamed.contains_key(name)
    }

    /// Declares a tag and returns the name of its group.
    fn declare(
        &mut self,
        name: &str,
        span: Span,
        tag: Option<&Node>,
        record: &mut Record,
    ) -> String {
        if let Some(group) = self.renamed.get(name) {
            return group.clone();
        }
        let usable = self.usable(name);
        let rust = names::accessor(&usable);
        let group = match self.by_rust.get(&rust) {
            Some(first) => {
                let message = format!("the tags `{first}` and `{name}` share one group, `{rust}`");
                record.note("tag-collision", span, message);
                first.clone()
            }
            None => {
                if usable != name {
                    let message = format!(
                        "the tag name `{name}` can't be the name of a group, so the group is named `{usable}`"
                    );
                    record.note("tag-name", span, message);
                }
                let mut node = tag
                    .cloned()
                    .unwrap_or_else(|| Node::at(span, crate::Value::Mapping(Vec::new())));
                node.set("name", Node::text_at(span, usable.clone()));
                self.tags.push(node);
                self.by_rust.insert(rust, usable.clone());
                usable
            }
        };
        self.renamed.insert(name.to_owned(), group.clone());
        group
    }

    /// Returns the name, or a similar name that a group can have. Such a name is in ASCII, starts
    /// with a letter, and isn't the name of another method of the client.
    fn usable(&self, name: &str) -> String {
        let free = |name: &String| {
            tag_problem(self.settings, name).is_none() && names::pascal(name) != TYPE_PARAMETER
        };
        let ascii: String =
            name.chars().map(|each| if each.is_ascii() { each } else { ' ' }).collect();
        let ascii =
            ascii.trim_start_matches(|first: char| !first.is_ascii_alphabetic()).trim().to_owned();
        let suffixed = |suffix: &str| format!("{ascii} {suffix}").trim().to_owned();
        let all = [
            name.to_owned(),
            ascii.clone(),
            suffixed("group"),
            format!("group {name}"),
            NONE.to_owned(),
        ];
        all.into_iter().find(free).unwrap_or_else(|| NONE.to_owned())
    }
}

/// The type parameter of generated types. A group can't have this name.
const TYPE_PARAMETER: &str = "K";
