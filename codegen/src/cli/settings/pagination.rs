//! Reads `[[pagination]]`: the operations whose responses are pages of a list.

use serde::Deserialize;

use crate::{PageStyle, Pagination};

/// A pagination that several operations share.
#[derive(Deserialize)]
#[serde(try_from = "Keys")]
pub(super) struct PaginationTable {
    operations: Vec<String>,
    items: String,
    more: Option<String>,
    style: PageStyle,
}

/// The keys in the file. The `style` decides which of them are required.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Keys {
    operations: Vec<String>,
    #[serde(default)]
    items: String,
    more: Option<String>,
    style: Word,
    parameter: Option<String>,
    next: Option<String>,
    property: Option<String>,
    first: Option<i64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Cursor,
    LastItem,
    Page,
    Offset,
    Link,
}

impl TryFrom<Keys> for PaginationTable {
    type Error = String;

    fn try_from(keys: Keys) -> Result<Self, String> {
        let Keys {
            operations,
            items,
            more,
            style: word,
            mut parameter,
            mut next,
            mut property,
            mut first,
        } = keys;
        let style = match word {
            Word::Cursor => PageStyle::Cursor {
                parameter: needed(word, "parameter", &mut parameter)?,
                next: needed(word, "next", &mut next)?,
            },
            Word::LastItem => PageStyle::LastItem {
                parameter: needed(word, "parameter", &mut parameter)?,
                property: needed(word, "property", &mut property)?,
            },
            Word::Page => PageStyle::Page {
                parameter: needed(word, "parameter", &mut parameter)?,
                // Most servers number their first page 1.
                first: first.take().unwrap_or(1),
            },
            Word::Offset => {
                PageStyle::Offset { parameter: needed(word, "parameter", &mut parameter)? }
            }
            Word::Link => PageStyle::Link,
        };
        let left = [
            ("parameter", parameter.is_some()),
            ("next", next.is_some()),
            ("property", property.is_some()),
            ("first", first.is_some()),
        ];
        match left.iter().find(|(_, is_left)| *is_left) {
            Some((key, _)) => {
                Err(format!("`{key}` can't be used with the style `{}`", word.name()))
            }
            None => Ok(PaginationTable { operations, items, more, style }),
        }
    }
}

impl Word {
    fn name(self) -> &'static str {
        match self {
            Word::Cursor => "cursor",
            Word::LastItem => "last-item",
            Word::Page => "page",
            Word::Offset => "offset",
            Word::Link => "link",
        }
    }
}

fn needed(word: Word, key: &str, value: &mut Option<String>) -> Result<String, String> {
    value.take().ok_or_else(|| format!("the style `{}` requires `{key}`", word.name()))
}

impl PaginationTable {
    /// Returns one pagination for each operation.
    pub(super) fn paginations(self) -> Vec<Pagination> {
        let PaginationTable { operations, items, more, style } = self;
        let pagination = |operation: String| {
            let pagination = Pagination::new(&operation, style.clone()).with_items(&items);
            match &more {
                Some(more) => pagination.with_more(more),
                None => pagination,
            }
        };
        operations.into_iter().map(pagination).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<PageStyle, &str>) {
        let table = toml::from_str::<PaginationTable>(&format!("operations = [\"a\"]\n{text}"));
        match (table, expected) {
            (Ok(table), Ok(style)) => assert_eq!(table.style, style),
            (Err(error), Err(expected)) => {
                assert!(error.to_string().contains(expected), "{error}");
            }
            (found, expected) => {
                panic!("found {:?}, expected {expected:?}", found.map(|it| it.style))
            }
        }
    }

    #[test]
    fn a_style_has_the_keys_that_it_needs() {
        let text = |text: &str| text.to_owned();
        check("style = \"link\"", Ok(PageStyle::Link));
        check(
            "style = \"cursor\"\nparameter = \"after\"\nnext = \"meta.next\"",
            Ok(PageStyle::Cursor { parameter: text("after"), next: text("meta.next") }),
        );
        check(
            "style = \"page\"\nparameter = \"page\"\nfirst = 0",
            Ok(PageStyle::Page { parameter: text("page"), first: 0 }),
        );
        check("style = \"cursor\"\nparameter = \"a\"", Err("the style `cursor` requires `next`"));
        check("style = \"offset\"", Err("the style `offset` requires `parameter`"));
        check("style = \"link\"\nfirst = 1", Err("`first` can't be used with the style `link`"));
        check("style = \"link\"\nfist = 1", Err("unknown field `fist`"));
        check("style = \"guess\"", Err("unknown variant `guess`"));
    }
}
