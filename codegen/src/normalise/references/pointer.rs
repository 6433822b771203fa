//! Where a reference leads: JSON pointers, as forgiving as the documents that have them.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::normalise::kinds::{Kind, Shape, inner};
use crate::{Node, Value};

/// Keys that all look-ups of a document may pass, apart from names of components and paths, which are indexed. A document
/// of nothing but deep references into one large schema would take the square of its length.
const MOST_STEPS: usize = 50_000_000;
/// References that one look-up may follow.
const MOST_HOPS: usize = 32;

/// A document in which references are looked up.
pub(super) struct Source<'a> {
    root: &'a Node,
    components: BTreeMap<(&'a str, &'a str), &'a Node>,
    paths: BTreeMap<&'a str, &'a Node>,
    steps: Cell<usize>,
}

/// What a pointer leads to.
pub(super) struct Target<'a> {
    pub(super) node: &'a Node,
    /// The keys on the way, after references on the way were followed.
    pub(super) tokens: Vec<String>,
    /// `None`: a place where OpenAPI has nothing to refer to, such as an extension.
    pub(super) kind: Option<Kind>,
}

/// Why a reference leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// Out of the document.
    External,
    /// To a place that the document doesn't have.
    Missing,
    /// Back to itself.
    Cycle,
}

impl<'a> Source<'a> {
    pub(super) fn new(root: &'a Node) -> Self {
        let sections = root.get("components").map_or(&[][..], Node::entries).iter();
        let components = sections.flat_map(|section| {
            let definitions = section.value.entries().iter();
            definitions.map(|it| ((section.key.as_str(), it.key.as_str()), &it.value))
        });
        let paths = root.get("paths").map_or(&[][..], Node::entries).iter();
        Source {
            root,
            components: components.collect(),
            paths: paths.map(|path| (path.key.as_str(), &path.value)).collect(),
            steps: Cell::new(MOST_STEPS),
        }
    }

    /// The definition of a name in a section of `components`.
    pub(super) fn component(&self, section: &str, name: &str) -> Option<&'a Node> {
        self.components.get(&(section, name)).copied()
    }

    /// Follows a reference, and those that it leads to as long as they are only other names. `is_alias` says whether a node
    /// with a `$ref` is nothing more than that.
    pub(super) fn follow(
        &self,
        text: &str,
        is_alias: impl Fn(&Node) -> bool,
    ) -> Result<Target<'a>, Lost> {
        let mut target = self.find(text)?;
        for _ in 0..MOST_HOPS {
            match target.node.text("$ref") {
                Some(next) if is_alias(target.node) => target = self.find(next)?,
                _ => return Ok(target),
            }
        }
        Err(Lost::Cycle)
    }

    /// What a reference leads to.
    pub(super) fn find(&self, text: &str) -> Result<Target<'a>, Lost> {
        let Some(fragment) = text.strip_prefix('#') else { return Err(Lost::External) };
        // As this stage writes them: a name without escapes.
        let name = fragment.strip_prefix("/components/schemas/");
        if let Some((name, node)) = name.and_then(|it| Some((it, self.component("schemas", it)?))) {
            let tokens = ["components", "schemas", name].map(str::to_owned).to_vec();
            return Ok(Target { node, tokens, kind: Some(Kind::Schema) });
        }
        let tokens = tokens(fragment).ok_or(Lost::Missing)?;
        self.walk(tokens, MOST_HOPS).ok_or(Lost::Missing)
    }

    /// Walks along keys. Where one of them is missing in a node that is a reference, goes on in what that leads to.
    fn walk(&self, tokens: Vec<String>, hops: usize) -> Option<Target<'a>> {
        let (mut node, mut kind) = (self.root, Some((Shape::One, Kind::Document)));
        let mut done = 0;
        match tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["components", section, name, ..] => {
                // Some documents don't escape a `/` in a name.
                let whole = tokens.get(2..)?.join("/");
                let known = inner(Kind::Components, section).map(|(_, kind)| (Shape::One, kind));
                (node, done, kind) = match self.component(section, name) {
                    Some(node) => (node, 3, known),
                    None => {
                        let node = self.component(section, &whole)?;
                        let tokens = vec!["components".to_owned(), section.to_owned(), whole];
                        return Some(Target { node, tokens, kind: known.map(|(_, kind)| kind) });
                    }
                };
            }
            ["paths", path, ..] => {
                (node, done) = (self.paths.get(path)?, 2);
                kind = Some((Shape::One, Kind::PathItem));
            }
            _ => {}
        }
        for at in done..tokens.len() {
            let token = tokens.get(at)?;
            let Some(next) = self.step(node, token) else {
                let through = node.text("$ref").filter(|_| hops > 0)?;
                let fragment = through.strip_prefix('#')?;
                let mut onward = self::tokens(fragment)?;
                onward.extend(tokens.get(at..)?.iter().cloned());
                return self.walk(onward, hops - 1);
            };
            kind = match kind {
                Some((Shape::One, kind)) => inner(kind, token),
                Some((_, kind)) => Some((Shape::One, kind)),
                None => None,
            };
            node = next;
        }
        let kind = kind.filter(|(shape, _)| *shape == Shape::One).map(|(_, kind)| kind);
        Some(Target { node, tokens, kind })
    }

    fn step(&self, node: &'a Node, token: &str) -> Option<&'a Node> {
        let left = self.steps.get().checked_sub(node.entries().len())?;
        self.steps.set(left);
        step(node, token)
    }
}

fn step<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Sequence(items) => items.get(token.parse::<usize>().ok()?),
        _ => node.get(token),
    }
}

/// The node at the end of these keys, to be changed.
pub(super) fn at_mut<'a>(root: &'a mut Node, tokens: &[String]) -> Option<&'a mut Node> {
    tokens.iter().try_fold(root, |node, token| match node.value {
        Value::Sequence(_) => node.items_mut().get_mut(token.parse::<usize>().ok()?),
        _ => node.get_mut(token),
    })
}

/// The keys of a JSON pointer in a fragment. `None`: it isn't one.
fn tokens(fragment: &str) -> Option<Vec<String>> {
    let decoded = percent_decoded(fragment);
    if decoded.is_empty() {
        return Some(Vec::new());
    }
    let tokens = decoded.strip_prefix('/')?.split('/');
    Some(tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect())
}

/// The text with `%5B` as `[`. What isn't valid stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// The pointer of these keys, as a name for a place.
pub(super) fn joined(tokens: &[String]) -> String {
    let escaped = tokens.iter().map(|token| token.replace('~', "~0").replace('/', "~1"));
    format!("#/{}", escaped.collect::<Vec<_>>().join("/"))
}

/// How much a copy of a node takes: its values, and more for long texts.
pub(super) fn weight(node: &Node) -> usize {
    const OF_ONE: usize = 32;
    let text = node.as_str().map_or(0, str::len);
    let entries = node.entries().iter();
    let entries = entries.map(|entry| entry.key.len() / OF_ONE + weight(&entry.value));
    1 + text / OF_ONE + entries.chain(node.items().iter().map(weight)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{joined, percent_decoded, tokens};

    #[test]
    fn escapes_are_read() {
        let read = |text: &str| tokens(text).unwrap_or_default();
        assert_eq!(read("/paths/~1orders~1{id}/get"), ["paths", "/orders/{id}", "get"]);
        assert_eq!(read("/a/Page%5BOrder%5D"), ["a", "Page[Order]"]);
        assert_eq!(read("/a~01"), ["a~1"]);
        assert_eq!(tokens("anchor"), None);
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%4"), "%zz%4");
        assert_eq!(percent_decoded("%ff"), "%ff");
        assert_eq!(joined(&["a/b".to_owned(), "c~d".to_owned()]), "#/a~1b/c~0d");
    }
}
