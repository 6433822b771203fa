//! Compares `object!` with serde's `derive` for the same struct.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Nullable;

/// Contains a struct with the same fields as `Book` below. It uses `derive` instead of `object!`.
mod derived {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    pub(super) struct Book {
        pub title: String,
        #[serde(rename = "pageCount", skip_serializing_if = "Option::is_none")]
        pub page_count: Option<u16>,
        #[serde(default, skip_serializing_if = "Nullable::is_absent")]
        pub note: Nullable<String>,
        #[serde(deserialize_with = "Option::deserialize")]
        pub editor: Option<String>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub tags: Vec<u8>,
        pub size: Option<u8>,
        #[serde(skip)]
        pub hidden: u8,
    }

    fn null_as_default<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        Option::deserialize(from).map(Option::unwrap_or_default)
    }
}

#[derive(Debug, PartialEq)]
struct Book {
    title: String,
    page_count: Option<u16>,
    note: Nullable<String>,
    editor: Option<String>,
    tags: Vec<u8>,
    size: Option<u8>,
    hidden: u8,
}

crate::object!(
    Book,
    [
        (0, title, "title", required),
        (1, page_count, "pageCount", optional),
        (2, note, "note", nullable),
        (3, editor, "editor", or_null),
        (4, tags, "tags", or_default),
        (5, size, "size", required),
    ],
    hidden
);

/// Reads JSON with both implementations, writes the results, and compares them.
fn check(text: &str) {
    let both = (serde_json::from_str::<derived::Book>(text), serde_json::from_str::<Book>(text));
    match both {
        (Ok(expected), Ok(found)) => {
            assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{text}");
            let expected = serde_json::to_string(&expected).unwrap();
            assert_eq!(serde_json::to_string(&found).unwrap(), expected, "{text}");
        }
        (Err(expected), Err(found)) => {
            assert_eq!(found.to_string(), expected.to_string(), "{text}");
        }
        (expected, found) => panic!("{text}: expected {expected:?}, found {found:?}"),
    }
}

#[test]
fn objects_are_read_and_written_as_with_derive() {
    for text in [
        r#"{"title":"a","editor":null}"#,
        r#"{"title":"a","pageCount":7,"note":null,"editor":"b","tags":[1],"size":2}"#,
        r#"{"size":1,"editor":"b","x":{"y":[]},"title":"a","tags":null,"note":"n"}"#,
        r#"{"title":"a"}"#,
        "{}",
        r#"{"title":"a","title":"b","editor":null}"#,
        r#"{"title":null,"editor":null}"#,
        r#"{"title":"a","editor":null,"size":null,"size":null}"#,
        r#"{"title":"a","editor":1}"#,
        r#"{"title":"a","x":[}"#,
        r#"["a",7,null,"b",[1],2]"#,
        r#"["a"]"#,
        r#"["a",7,null,"b",[1],2,3]"#,
        "null",
        "7",
        "",
    ] {
        check(text);
    }
}

proptest! {
    #[test]
    fn any_members_are_read_as_with_derive(
        members in prop::collection::vec(("title|pageCount|note|editor|tags|size|hidden|x", "null|1|300|\"a\"|\\[\\]|\\[1,2\\]"), 0..9),
    ) {
        let members: Vec<String> =
            members.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        check(&format!("{{{}}}", members.join(",")));
    }
}

/// The struct has 70 fields, more than a 64-bit word has bits.
#[test]
fn a_repeated_field_is_rejected_at_any_position() {
    macro_rules! large {
        ($(($at:literal, $field:ident, $wire:literal)),*) => {
            #[derive(Debug)]
            struct Large { $($field: Option<u8>),* }
            crate::object!(Large, [$(($at, $field, $wire, optional)),*]);
        };
    }
    large!(
        (0, f0, "f0"),
        (1, f1, "f1"),
        (2, f2, "f2"),
        (3, f3, "f3"),
        (4, f4, "f4"),
        (5, f5, "f5"),
        (6, f6, "f6"),
        (7, f7, "f7"),
        (8, f8, "f8"),
        (9, f9, "f9"),
        (10, f10, "f10"),
        (11, f11, "f11"),
        (12, f12, "f12"),
        (13, f13, "f13"),
        (14, f14, "f14"),
        (15, f15, "f15"),
        (16, f16, "f16"),
        (17, f17, "f17"),
        (18, f18, "f18"),
        (19, f19, "f19"),
        (20, f20, "f20"),
        (21, f21, "f21"),
        (22, f22, "f22"),
        (23, f23, "f23"),
        (24, f24, "f24"),
        (25, f25, "f25"),
        (26, f26, "f26"),
        (27, f27, "f27"),
        (28, f28, "f28"),
        (29, f29, "f29"),
        (30, f30, "f30"),
        (31, f31, "f31"),
        (32, f32, "f32"),
        (33, f33, "f33"),
        (34, f34, "f34"),
        (35, f35, "f35"),
        (36, f36, "f36"),
        (37, f37, "f37"),
        (38, f38, "f38"),
        (39, f39, "f39"),
        (40, f40, "f40"),
        (41, f41, "f41"),
        (42, f42, "f42"),
        (43, f43, "f43"),
        (44, f44, "f44"),
        (45, f45, "f45"),
        (46, f46, "f46"),
        (47, f47, "f47"),
        (48, f48, "f48"),
        (49, f49, "f49"),
        (50, f50, "f50"),
        (51, f51, "f51"),
        (52, f52, "f52"),
        (53, f53, "f53"),
        (54, f54, "f54"),
        (55, f55, "f55"),
        (56, f56, "f56"),
        (57, f57, "f57"),
        (58, f58, "f58"),
        (59, f59, "f59"),
        (60, f60, "f60"),
        (61, f61, "f61"),
        (62, f62, "f62"),
        (63, f63, "f63"),
        (64, f64, "f64"),
        (65, f65, "f65"),
        (66, f66, "f66"),
        (67, f67, "f67"),
        (68, f68, "f68"),
        (69, f69, "f69")
    );
    let members: Vec<String> = (0..70).map(|at| format!("\"f{at}\":{at}")).collect();
    let whole = format!("{{{}}}", members.join(","));
    let large: Large = serde_json::from_str(&whole).unwrap();
    assert_eq!(serde_json::to_string(&large).unwrap(), whole);
    for at in [0, 63, 64, 69] {
        let text = format!("{{{},\"f{at}\":null}}", members.join(","));
        let error = serde_json::from_str::<Large>(&text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("duplicate field `f{at}`")), "{error}");
    }
}
