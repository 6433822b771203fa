//! Resolves references. A reference is a JSON pointer, which is read leniently because many
//! documents contain invalid pointers.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::normalise::kinds::{Kind, Shape, inner};
use crate::{Node, Value};

/// Mappings with more keys than this are indexed when a key is looked up. Otherwise a document full
/// of references into one large mapping would take quadratic time.
const WIDE: usize = 16;
/// How many references one lookup may follow.
const MAX_HOPS: usize = 32;

/// A document in which references are looked up.
pub(super) struct Source<'a> {
    root: &'a Node,
    /// The positions of keys in wide mappings, by the address of the mapping.
    wide: RefCell<BTreeMap<usize, BTreeMap<&'a str, usize>>>,
}

/// The target of a pointer.
pub(super) struct Target<'a> {
    pub(super) node: &'a Node,
    /// The keys of the path, after following references on the way.
    pub(super) tokens: Vec<String>,
    /// The position of each key in its mapping.
    pub(super) positions: Vec<usize>,
    /// The kind of the target, or `None` for a place to which OpenAPI doesn't allow references,
    /// such as an extension.
    pub(super) kind: Option<Kind>,
}

/// The reason why a reference can't be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// The reference points to another document.
    External,
    /// The target doesn't exist.
    Missing,
    /// The reference points back to itself.
    Cycle,
}

impl Lost {
    /// Returns the code of the decision about the reference.
    pub(super) fn code(self) -> &'static str {
        match self {
            Lost::External => "external-reference",
            Lost::Missing => "unresolved-reference",
            Lost::Cycle => "reference-cycle",
        }
    }

    /// Returns the problem with a reference, as a clause.
    pub(super) fn reason(self, text: &str) -> String {
        // The reference is shortened, because its text in the document can have any length.
        let shown: String = text.chars().take(200).collect();
        match self {
            Lost::External => format!("the reference `{shown}` points to another document"),
            Lost::Missing => format!("the target of the reference `{shown}` doesn't exist"),
            Lost::Cycle => format!("the reference `{shown}` points back to itself"),
        }
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(root: &'a Node) -> Self {
        Source { root, wide: RefCell::default() }
    }

    /// Follows a reference, and continues through targets that are only aliases. `is_alias` returns
    /// whether a node with a `$ref` is only an alias.
    pub(super) fn follow(
        &self,
        text: &str,
        is_alias: impl Fn(&Node) -> bool,
    ) -> Result<Target<'a>, Lost> {
        let mut target = self.find(text)?;
        for _ in 0..MAX_HOPS {
            match target.node.text("$ref") {
                Some(next) if is_alias(target.node) => target = self.find(next)?,
                _ => return Ok(target),
            }
        }
        Err(Lost::Cycle)
    }

    /// Returns the target of a reference.
    pub(super) fn find(&self, text: &str) -> Result<Target<'a>, Lost> {
        let Some(fragment) = text.strip_prefix('#') else { return Err(Lost::External) };
        // First, try the form that this stage writes: a name without escapes.
        if let Some(name) = fragment.strip_prefix("/components/schemas/") {
            let tokens = ["components", "schemas", name].map(str::to_owned).to_vec();
            if let Some(target) = self.walk(tokens, 0) {
                return Ok(target);
            }
        }
        let tokens = tokens(fragment).ok_or(Lost::Missing)?;
        // Some documents don't escape a `/` in a name.
        let whole = || match &tokens[..] {
            [components, section, name @ ..] if components == "components" && name.len() > 1 => {
                self.walk(vec![components.clone(), section.clone(), name.join("/")], 0)
            }
            _ => None,
        };
        self.walk(tokens.clone(), MAX_HOPS).or_else(whole).ok_or(Lost::Missing)
    }

    /// Walks along keys. If a key is missing in a node that is a reference, continues in the
    /// reference's target.
    fn walk(&self, tokens: Vec<String>, hops: usize) -> Option<Target<'a>> {
        let (mut node, mut kind) = (self.root, Some((Shape::One, Kind::Document)));
        let mut positions = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let Some((position, next)) = self.step(node, token) else {
                let (_, through) = self.step(node, "$ref").filter(|_| hops > 0)?;
                let mut onward = self::tokens(through.as_str()?.strip_prefix('#')?)?;
                onward.extend(tokens.get(at..)?.iter().cloned());
                return self.walk(onward, hops - 1);
            };
            kind = match kind {
                Some((Shape::One, kind)) => inner(kind, token),
                Some((_, kind)) => Some((Shape::One, kind)),
                None => None,
            };
            positions.push(position);
            node = next;
        }
        let kind = kind.filter(|(shape, _)| *shape == Shape::One).map(|(_, kind)| kind);
        Some(Target { node, tokens, positions, kind })
    }

    /// Returns the value of a key and its position.
    fn step(&self, node: &'a Node, token: &str) -> Option<(usize, &'a Node)> {
        let entries = node.entries();
        let position = match &node.value {
            Value::Sequence(_) => token.parse().ok()?,
            _ if entries.len() <= WIDE => entries.iter().position(|entry| entry.key == token)?,
            _ => {
                let mut wide = self.wide.borrow_mut();
                let keys = wide.entry(std::ptr::from_ref(node).addr()).or_insert_with(|| {
                    let keys = entries.iter().enumerate();
                    keys.map(|(position, entry)| (entry.key.as_str(), position)).collect()
                });
                *keys.get(token)?
            }
        };
        let next = match &node.value {
            Value::Sequence(items) => items.get(position)?,
            _ => &entries.get(position)?.value,
        };
        Some((position, next))
    }
}

/// Returns the node at the end of these positions.
pub(super) fn at_mut<'a>(root: &'a mut Node, positions: &[usize]) -> Option<&'a mut Node> {
    positions.iter().try_fold(root, |node, at| match node.value {
        Value::Sequence(_) => node.items_mut().get_mut(*at),
        _ => node.entries_mut().get_mut(*at).map(|entry| &mut entry.value),
    })
}

/// Returns the keys of a JSON pointer in a fragment, or `None` if the fragment isn't a JSON
/// pointer.
fn tokens(fragment: &str) -> Option<Vec<String>> {
    let decoded = percent_decoded(fragment);
    if decoded.is_empty() {
        return Some(Vec::new());
    }
    let tokens = decoded.strip_prefix('/')?.split('/');
    Some(tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect())
}

/// Decodes escapes such as `%5B`. Invalid escapes are kept.
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

/// Returns the pointer that consists of these keys. It identifies a place.
pub(super) fn joined(tokens: &[String]) -> String {
    let escaped = tokens.iter().map(|token| token.replace('~', "~0").replace('/', "~1"));
    format!("#/{}", escaped.collect::<Vec<_>>().join("/"))
}

/// Returns the cost of copying a node: the number of its values, plus extra for long strings.
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
