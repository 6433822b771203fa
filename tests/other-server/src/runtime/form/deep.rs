//! Reads fields with a separate pair for each nested value: `owner[name]=Ada&owner[tags][0]=a`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Kind, Pair, invalid, member_kind, scalar};
use crate::runtime::Refusal;

/// The names in brackets, and the text.
type Entry<'p> = (Vec<&'p str>, &'p str);

/// Removes and reads the pairs of a field.
pub(super) fn read(
    name: &str,
    kind: Kind,
    pairs: &mut Vec<Pair>,
) -> Result<Option<Value>, Refusal> {
    let is_inside = |rest: &str| rest.is_empty() || rest.starts_with('[');
    let found = pairs.extract_if(.., |pair| pair.name.strip_prefix(name).is_some_and(is_inside));
    let found: Vec<Pair> = found.collect();
    if found.is_empty() {
        return Ok(None);
    }
    let entry = |pair| {
        path(name, pair).ok_or_else(|| invalid(format!("`{name}` has a `[` without its `]`")))
    };
    let entries = found.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    value(name, kind, entries).map(Some)
}

fn path<'p>(name: &str, pair: &'p Pair) -> Option<Entry<'p>> {
    let mut rest = pair.name.strip_prefix(name)?;
    let mut path = Vec::new();
    while !rest.is_empty() {
        let (member, after) = rest.strip_prefix('[')?.split_once(']')?;
        path.push(member);
        rest = after;
    }
    // Names are popped from the end of the list, so the outermost one must be last.
    path.reverse();
    Some((path, &pair.text))
}

fn value(name: &str, kind: Kind, entries: Vec<Entry<'_>>) -> Result<Value, Refusal> {
    match kind {
        Kind::List(item) => {
            let mut items = BTreeMap::new();
            for (index, entries) in inside(name, entries)? {
                let index: usize = index
                    .parse()
                    .map_err(|_| invalid(format!("`{name}` has an index that isn't a number")))?;
                items.insert(index, value(name, *item, entries)?);
            }
            Ok(Value::Array(items.into_values().collect()))
        }
        Kind::Map(_) | Kind::Object(_) => {
            let mut object = Map::new();
            for (member, entries) in inside(name, entries)? {
                object.insert(member.to_owned(), value(name, member_kind(kind, member), entries)?);
            }
            Ok(Value::Object(object))
        }
        _ => match entries.as_slice() {
            [(path, text)] if path.is_empty() => scalar(name, kind, text),
            _ => Err(invalid(format!("`{name}` must have one value in each place"))),
        },
    }
}

/// Groups the entries by their next name.
fn inside<'p>(
    name: &str,
    entries: Vec<Entry<'p>>,
) -> Result<BTreeMap<&'p str, Vec<Entry<'p>>>, Refusal> {
    let mut members: BTreeMap<&str, Vec<Entry<'p>>> = BTreeMap::new();
    for (mut path, text) in entries {
        let Some(member) = path.pop() else {
            return Err(invalid(format!("`{name}` has no name in brackets")));
        };
        members.entry(member).or_default().push((path, text));
    }
    Ok(members)
}
