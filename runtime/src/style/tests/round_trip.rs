//! Checks that a value that can be written is read back unchanged.

use std::fmt::Debug;

use proptest::collection::{btree_map, vec};
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use serde::de::DeserializeOwned;

use super::*;
use crate::style::read;

const IN_PATHS: [Style; 7] = [
    Style::MATRIX,
    Style::MATRIX.explode(),
    Style::LABEL,
    Style::LABEL.explode(),
    Style::SIMPLE,
    Style::SIMPLE.explode(),
    Style::JSON,
];
const IN_QUERIES: [Style; 9] = [
    Style::FORM,
    Style::FORM.explode(),
    Style::FORM.allow_reserved(),
    Style::FORM.explode().allow_reserved(),
    Style::FORM.explode().allow_empty(),
    Style::SPACE_DELIMITED,
    Style::PIPE_DELIMITED,
    Style::DEEP_OBJECT.explode(),
    Style::JSON,
];
const IN_HEADERS: [Style; 3] = [Style::SIMPLE, Style::SIMPLE.explode(), Style::JSON];
const IN_COOKIES: [Style; 2] = [Style::FORM, Style::FORM.explode()];

/// Generates arbitrary strings, and strings that consist of the separators of any style.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-c,;.|&=+% \\[\\]]{0,4}", "[a-z]{1,3}"]
}

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let read_back = |place: Place, style: Style, text: &str| match place {
        Place::Path => read::path("color", style, text).map(Some),
        Place::Query => read::query("color", style, &format!("page=2&{text}")),
        Place::Header => read::header(style, text).map(Some),
        Place::Cookie => read::cookie("color", style, text),
    };
    let all = [
        (Place::Path, &IN_PATHS[..]),
        (Place::Query, &IN_QUERIES),
        (Place::Header, &IN_HEADERS),
        (Place::Cookie, &IN_COOKIES),
    ];
    for (place, styles) in all {
        for style in styles {
            let Ok(Some(text)) = write(place, "color", *style, value) else { continue };
            let found: T = read_back(place, *style, &text)
                .unwrap_or_else(|error| panic!("{place:?} {style:?} {text}: {error}"))
                .unwrap();
            assert_eq!(found, *value, "{place:?} {style:?} {text}");
        }
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Filter {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<i32>,
    is_new: bool,
}

proptest! {
    #[test]
    fn single_values_are_read_back(text in text(), number in any::<i64>(), fraction in any::<f32>(), flag in any::<bool>()) {
        check(&text);
        check(&number);
        check(&flag);
        if fraction.is_finite() {
            check(&fraction);
        }
    }

    #[test]
    fn lists_are_read_back(texts in vec(text(), 1..4), numbers in vec(any::<u32>(), 1..4)) {
        check(&texts);
        check(&numbers);
    }

    #[test]
    fn objects_are_read_back(name in text(), size in any::<Option<i32>>(), is_new in any::<bool>()) {
        check(&Filter { name, size, is_new });
    }

    #[test]
    fn maps_are_read_back(map in btree_map(text(), text(), 1..4)) {
        // An exploded `form` isn't tested, because nothing distinguishes the properties of a map
        // from other parameters.
        for style in [Style::FORM, Style::DEEP_OBJECT.explode(), Style::PIPE_DELIMITED, Style::SPACE_DELIMITED] {
            if let Ok(Some(text)) = write(Place::Query, "color", style, &map) {
                let found: Option<Texts> = read::query("color", style, &text).unwrap();
                assert_eq!(found.as_ref(), Some(&map), "{text}");
            }
        }
    }
}
