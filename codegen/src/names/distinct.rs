//! Creates distinct names for enum values and object properties, which may contain any characters.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};

use super::{separated, usable};

/// Returns the names of variants for these values, in the same order. If several values would get
/// the same name, the first value gets it.
pub(crate) fn variants<'v>(values: impl IntoIterator<Item = &'v str>) -> Vec<String> {
    let mut taken = Taken::default();
    let name = |value: &str| {
        let plain = plain(value).map(|value| value.to_pascal_case());
        let candidates = [plain, as_written(value), Some(spelled(value).to_pascal_case())];
        taken.first_free(candidates.into_iter().flatten().map(usable))
    };
    values.into_iter().map(name).collect()
}

/// A property that needs a field.
pub(crate) struct Wanted<'n> {
    /// The name on the wire.
    pub(crate) name: &'n str,
    /// Whether the struct also gets a method with the field's name.
    pub(crate) is_method: bool,
}

/// Returns the names of fields for these properties, in the same order. If several properties would
/// get the same name, the first property gets it.
pub(crate) fn fields<'n>(properties: impl IntoIterator<Item = Wanted<'n>>) -> Vec<String> {
    let mut taken = Taken::default();
    let name = |Wanted { name, is_method }: Wanted<'_>| {
        let plain = plain(name).map(|name| name.to_snake_case());
        let candidates = [plain, Some(spelled(name).to_snake_case())].into_iter().flatten();
        let beside_new = |name: String| match is_method && name == "new" {
            true => "new_".to_owned(),
            false => name,
        };
        taken.first_free(candidates.map(usable).map(beside_new))
    };
    properties.into_iter().map(name).collect()
}

/// Returns the names, with a number appended to each name that has occurred before.
pub(crate) fn numbered<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut taken = Taken::default();
    names.into_iter().map(|name| taken.first_free([name.to_owned()])).collect()
}

/// Names that are in use.
#[derive(Default)]
struct Taken {
    names: BTreeSet<String>,
    /// The next number to try for each name.
    numbers: BTreeMap<String, usize>,
}

impl Taken {
    /// Returns and reserves the first free candidate. If none is free, appends a number to the
    /// last candidate: the first number that results in a free name.
    fn first_free(&mut self, candidates: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for candidate in candidates {
            if self.names.insert(candidate.clone()) {
                return candidate;
            }
            last = candidate;
        }
        let separator = if last.starts_with(char::is_lowercase) { "_" } else { "" };
        let base = last.trim_end_matches('_').to_owned();
        let number = self.numbers.entry(base.clone()).or_insert(2);
        loop {
            let name = format!("{base}{separator}{number}");
            *number += 1;
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Returns the name with its symbols replaced by separators. Returns `None` if the name has no
/// letters or digits, or if a number would lose its sign.
fn plain(name: &str) -> Option<String> {
    let words = separated(name);
    let first = words.chars().find(|each| each.is_alphanumeric())?;
    let is_signed = first.is_numeric() && !name.starts_with(char::is_alphanumeric);
    (!is_signed).then_some(words)
}

/// Returns the value itself if it can be the name of a variant. For example, `ASC` remains `ASC` if
/// `Asc` is already the variant for `asc`.
fn as_written(value: &str) -> Option<String> {
    let is_first = |first: char| first.is_ascii_uppercase() || first.is_ascii_digit();
    let fits = value.starts_with(is_first) && value.chars().all(|it| it.is_ascii_alphanumeric());
    fits.then(|| value.to_owned())
}

/// The length after which no more words are added to a name.
const MAX_CHARACTERS: usize = 60;

/// Returns the name with its symbols replaced by words.
fn spelled(name: &str) -> String {
    if name.is_empty() {
        return "empty".to_owned();
    }
    let mut words = String::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        if words.chars().count() >= MAX_CHARACTERS {
            break;
        }
        let pair = PAIRS.iter().find_map(|(pair, word)| Some((rest.strip_prefix(pair)?, *word)));
        let (after, word) = match pair {
            Some((after, word)) => (after, Some(word.to_owned())),
            None => (&rest[first.len_utf8()..], word(first)),
        };
        rest = after;
        match word {
            Some(word) => words.push_str(&format!("-{word}-")),
            None => words.push(first),
        }
    }
    words
}

const PAIRS: &[(&str, &str)] = &[
    (">=", "greater-than-or-equal"),
    ("<=", "less-than-or-equal"),
    ("!=", "not-equal"),
    ("<>", "not-equal"),
    ("==", "equals"),
];

/// Returns the word for a symbol, or `None` for a character that can be part of a name.
fn word(each: char) -> Option<String> {
    let word = match each {
        ' ' => "space",
        '\t' => "tab",
        '\n' => "newline",
        '!' => "not",
        '"' => "double-quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "quote",
        '(' => "open-parenthesis",
        ')' => "close-parenthesis",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less-than",
        '=' => "equals",
        '>' => "greater-than",
        '?' => "question",
        '@' => "at",
        '[' => "open-bracket",
        '\\' => "backslash",
        ']' => "close-bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open-brace",
        '|' => "pipe",
        '}' => "close-brace",
        '~' => "tilde",
        _ if unicode_ident::is_xid_continue(each) && each.is_alphanumeric() => return None,
        _ => return Some(format!("u{:x}", u32::from(each))),
    };
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Wanted, fields, variants};

    fn fields_of(names: &[&str]) -> Vec<String> {
        fields(names.iter().map(|name| Wanted { name, is_method: true }))
    }

    #[test]
    fn colliding_values_get_distinct_variants() {
        for (values, expected) in [
            (&["new", "paid-out", "3d"][..], &["New", "PaidOut", "_3d"][..]),
            (&["1m", "1M", "1-m"], &["_1m", "_1M", "_1MinusM"]),
            (&["asc", "ASC", "Asc"], &["Asc", "ASC", "Asc2"]),
            (
                &[">", ">=", "<", "=", ""],
                &["GreaterThan", "GreaterThanOrEqual", "LessThan", "Equals", "Empty"],
            ),
            (&["+1", "-1", "1"], &["Plus1", "Minus1", "_1"]),
            (
                &["a-b", "a_b", "a b", "a_b "],
                &["AB", "AUnderscoreB", "ASpaceB", "AUnderscoreBSpace"],
            ),
            (&[" ", "→", "Self", "self"], &["Space", "U2192", "Self_", "Self2"]),
        ] {
            assert_eq!(variants(values.iter().copied()), expected);
        }
    }

    #[test]
    fn colliding_properties_get_distinct_fields() {
        for (names, expected) in [
            (&["id", "_id", "ID", "iD"][..], &["id", "underscore_id", "id_2", "i_d"][..]),
            (&["+1", "-1", "1st"], &["plus_1", "minus_1", "_1st"]),
            (&["@type", "type", "$ref", "self"], &["type_", "type_2", "ref_", "self_"]),
            (
                &["new", "new_", "größe", "🎉", ""],
                &["new_", "new_underscore", "größe", "u1f389", "empty"],
            ),
        ] {
            assert_eq!(fields_of(names), expected);
        }
        let kept = fields([Wanted { name: "new", is_method: false }]);
        assert_eq!(kept, ["new"], "no method may have the name");
    }

    proptest! {
        #[test]
        fn names_are_distinct_and_usable(values in prop::collection::btree_set("\\PC{0,6}", 1..12)) {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            for names in [variants(values.iter().copied()), fields_of(&values)] {
                let distinct: BTreeSet<&String> = names.iter().collect();
                prop_assert_eq!(distinct.len(), values.len());
                for name in &names {
                    prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{}", name);
                }
            }
        }
    }
}
