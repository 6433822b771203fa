//! Compares values with those that `serde_json` reads, and checks where reading stops.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::*;

/// Checks that this reader and `serde_json` read the text as the same value, or that both reject
/// it.
#[track_caller]
fn check_same<T: DeserializeOwned + PartialEq + Debug + 'static>(text: &str) {
    let (ours, theirs) = (read::<T>(text).ok(), serde_json::from_str::<T>(text).ok());
    assert_eq!(ours, theirs, "{text}");
}

#[derive(Debug, Deserialize, PartialEq)]
enum Shape {
    Point,
    Circle(f64),
    Line(i8, i8),
    Box { width: u8 },
}

#[derive(Debug, Deserialize, PartialEq)]
struct Wrapper(u16);

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Loose {
    Number(f64),
    Text(String),
    List(Vec<Loose>),
}

#[test]
fn every_kind_of_type_is_read_as_by_serde_json() {
    check_same::<bool>(" true ");
    check_same::<Option<u8>>("null");
    check_same::<Option<u8>>("7");
    check_same::<()>("null");
    check_same::<char>("\"é\"");
    check_same::<(u8, String)>(r#"[1,"a\n"]"#);
    check_same::<(u8, u8)>("[1]");
    check_same::<[u8; 2]>("[1,2]");
    check_same::<Vec<Option<f32>>>("[1,null,-1.5e3]");
    check_same::<u8>("256");
    check_same::<u8>("1.0");
    check_same::<i8>("-128");
    check_same::<i64>("-9223372036854775808");
    check_same::<f64>("-9223372036854775809");
    check_same::<u64>("18446744073709551615");
    check_same::<f64>("18446744073709551616");
    check_same::<u128>("18446744073709551616");
    check_same::<i128>("-18446744073709551616");
    check_same::<f64>("0.1e-6");
    check_same::<f64>("1e400");
    check_same::<Wrapper>("7");
    check_same::<BTreeMap<u8, bool>>(r#"{"1":true,"2":false}"#);
    check_same::<BTreeMap<i16, ()>>(r#"{"-1":null}"#);
    check_same::<BTreeMap<bool, u8>>(r#"{"true":1}"#);
    check_same::<BTreeMap<u8, u8>>(r#"{"x":1}"#);
    check_same::<BTreeMap<Wrapper2, u8>>(r#"{"a\u0062":1}"#);
    for shape in [
        r#""Point""#,
        r#"{"Circle":1.5}"#,
        r#"{"Line":[1,-2]}"#,
        r#"{"Box":{"width":3}}"#,
        r#"{"Point":null}"#,
    ] {
        check_same::<Shape>(shape);
    }
    for shape in [r#""Square""#, r#"{"Circle":1,"Point":null}"#, "{}", r#"{"Box":{}}"#, "7"] {
        check_same::<Shape>(shape);
    }
    check_same::<Loose>(r#"[1,"a",[-2.5,[]]]"#);
    assert!(read::<f64>("-0").unwrap().is_sign_negative());
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Wrapper2(String);

#[test]
fn a_raw_value_is_read_as_written() {
    let raw: BTreeMap<String, Box<RawValue>> = read(r#"{"a": [1.50, {}] , "b":"x"}"#).unwrap();
    assert_eq!((raw["a"].get(), raw["b"].get()), ("[1.50, {}]", "\"x\""));
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only the failure matters")]
struct Book {
    title: String,
    price: Option<f64>,
    #[serde(default)]
    authors: Vec<String>,
    next: Option<Box<Book>>,
    shape: Option<Shape>,
}

#[track_caller]
fn check(text: &str, path: &str, problem: &str) {
    let failure = read::<Book>(text).unwrap_err();
    assert_eq!((&*failure.path, &*failure.problem.to_string()), (path, problem), "{text}");
}

#[test]
fn a_failure_names_the_place_and_the_kind_of_value() {
    check("7", ".", "found number, expected struct Book");
    check("[\"a\",1]", ".", "found sequence, expected struct Book");
    check("{}", ".", "missing field `title`");
    check(r#"{"title":true}"#, "title", "found boolean, expected a string");
    check(r#"{"title":"a","price":"hunter2"}"#, "price", "found string, expected f64");
    check(r#"{"title":"a","authors":["b",{}]}"#, "authors[1]", "found map, expected a string");
    check(
        r#"{"title":"a","n\u0065xt":{"title":null}}"#,
        "next.title",
        "found null, expected a string",
    );
    check(r#"{"title":"a","next":{}}"#, "next", "missing field `title`");
    check(r#"{"title":"a","title":"b"}"#, ".", "duplicate field `title`");
    check(r#"{"title":"a","shape":"hunter2"}"#, "shape", "invalid value");
    check(
        r#"{"title":"a","shape":{"Box":{"width":-1}}}"#,
        "shape.Box.width",
        "found number, expected u8",
    );
    check(r#"{"title":"\ud83d"}"#, "title", "invalid value");
    check(r#"{"title":"a","price":1e999}"#, "price", "invalid value");
}

#[test]
fn serde_jsons_error_about_malformed_text_is_kept() {
    for text in [
        "",
        "{",
        r#"{"title":"a""#,
        r#"{"title":"a",}"#,
        r#"{"title":"a"} x"#,
        "nul",
        r#"{"x":[1,}"#,
    ] {
        let failure = read::<Book>(text).unwrap_err();
        let Problem::Malformed(Some(error)) = failure.problem else { panic!("{text}") };
        let expected = serde_json::from_str::<IgnoredAny>(text).unwrap_err();
        assert_eq!(error.to_string(), expected.to_string());
    }
}

#[test]
fn a_failure_has_a_line_and_a_column() {
    for (text, expected) in [
        ("{\n  \"title\": 7,\n}", (2, 12)),
        ("{\n  \"title\" 7\n}", (2, 11)),
        ("7", (1, 1)),
        ("", (1, 0)),
    ] {
        assert_eq!(read::<Book>(text).unwrap_err().position(), expected, "{text}");
    }
}

#[test]
fn depth_is_limited_except_in_skipped_values() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read::<Value>(&deep(127)).is_ok());
    assert!(matches!(read::<Value>(&deep(128)).unwrap_err().problem, Problem::TooDeep));
    read::<Book>(&format!(r#"{{"title":"a","other":{}}}"#, deep(100_000))).unwrap();
}

#[test]
fn an_error_that_a_type_ignores_does_not_change_the_path() {
    #[derive(Debug)]
    struct Tolerant;

    impl<'de> Deserialize<'de> for Tolerant {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let _ = u8::deserialize(deserializer);
            Ok(Tolerant)
        }
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only the failure matters")]
    struct Both {
        first: Tolerant,
        second: u8,
    }
    let failure = read::<Both>(r#"{"first":"x","second":"y"}"#).unwrap_err();
    assert_eq!(failure.path, "second");
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inside| {
        prop_oneof![
            prop::collection::vec(inside.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,4}", inside, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_as_by_serde_json(value in json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.unwrap();
        prop_assert_eq!(read::<Value>(&text).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    }

    #[test]
    fn text_that_resembles_json_is_accepted_if_serde_json_accepts_it(text in "[\\[\\]{}:,\"\\\\a-z0-9ude.+E\t é-]{0,24}") {
        let (ours, theirs) = (read::<Value>(&text).ok(), serde_json::from_str::<Value>(&text).ok());
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn json_with_one_byte_changed_is_accepted_if_serde_json_accepts_it(value in json(), at: prop::sample::Index, byte in "[\\[\\]{}:,\"\\\\0-9 eE.+-]") {
        let mut text = value.to_string();
        let start = at.index(text.chars().count());
        let (start, old) = text.char_indices().nth(start).unwrap();
        text.replace_range(start..start + old.len_utf8(), &byte);
        let (ours, theirs) = (read::<Value>(&text).ok(), serde_json::from_str::<Value>(&text).ok());
        prop_assert_eq!(ours, theirs);
    }
}
