//! Tests what is read from bodies in which some values are bad.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::error::Category;

use super::*;

/// An amount that is read from text or from a number.
#[derive(Debug, PartialEq)]
struct Amount(String);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AmountVisitor;

        impl serde::de::Visitor<'_> for AmountVisitor {
            type Value = Amount;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an amount as text or as a number")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Amount, E> {
                text.parse::<f64>().map_err(E::custom)?;
                Ok(Amount(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Amount, E> {
                Ok(Amount(number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Amount, E> {
                Ok(Amount(number.to_string()))
            }
        }

        deserializer.deserialize_any(AmountVisitor)
    }
}

/// A date with a time, which is read from text.
#[derive(Debug, PartialEq)]
struct Moment(jiff::Timestamp);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Moment).map_err(serde::de::Error::custom)
    }
}

#[derive(Debug, Default, Deserialize, PartialEq)]
struct Record {
    id: String,
    amount: Option<Amount>,
    due: Option<Moment>,
    paid: Option<bool>,
    number: Option<u16>,
}

#[derive(Debug, Deserialize)]
struct List {
    code: Option<u16>,
    message: Option<String>,
    #[serde(default)]
    data: Vec<Record>,
    #[serde(default)]
    stock: BTreeMap<String, Amount>,
    one: Option<Record>,
}

#[track_caller]
fn read_with(text: &str, expected: &[(&str, &str, Treatment)]) -> List {
    let Ok(read) = read_leniently::<List>(text) else { panic!("must be read: {text}") };
    let unexpected: Vec<_> =
        read.unexpected.iter().map(|one| (one.path(), one.raw_json(), one.treatment)).collect();
    assert_eq!(unexpected, expected);
    read.value
}

use Treatment::{Converted, Ignored, LeftOut};

#[test]
fn matching_values_are_unchanged() {
    let list = read_with(r#"{"code":200,"data":[{"id":"a"}]}"#, &[]);
    assert_eq!((list.code, list.data.len()), (Some(200), 1));
}

#[test]
fn values_of_the_wrong_type_are_converted() {
    let list = read_with(
        r#"{"code":"201","message":["a","b"],"one":{"id":17,"paid":"true","number":"7.0"}}"#,
        &[
            ("code", "\"201\"", Converted),
            ("message", r#"["a","b"]"#, Converted),
            ("one.id", "17", Converted),
            ("one.number", "\"7.0\"", Converted),
            ("one.paid", "\"true\"", Converted),
        ],
    );
    assert_eq!((list.code, list.message.as_deref()), (Some(201), Some("a, b")));
    let one = list.one.unwrap();
    assert_eq!((one.id.as_str(), one.paid, one.number), ("17", Some(true), Some(7)));
    let list = read_with(r#"{"code":2.01e2}"#, &[("code", "2.01e2", Converted)]);
    assert_eq!(list.code, Some(201));
    let list = read_with(r#"{"message":1.50}"#, &[("message", "1.50", Converted)]);
    assert_eq!(list.message.as_deref(), Some("1.50"));
}

#[test]
fn a_single_element_where_a_list_is_expected_becomes_a_list() {
    let list = read_with(r#"{"data":{"id":"a"}}"#, &[("data", r#"{"id":"a"}"#, Converted)]);
    assert_eq!(list.data[0].id, "a");
    let list = read_with(r#"{"one":[{"id":"a"}]}"#, &[("one", r#"[{"id":"a"}]"#, Ignored)]);
    assert_eq!(list.one, None);
}

#[test]
fn a_value_that_cannot_be_converted_is_none() {
    let list = read_with(
        r#"{"code":70000,"one":{"id":"a","due":"tomorrow","amount":[1],"paid":7}}"#,
        &[
            ("code", "70000", Ignored),
            ("one.amount", "[1]", Ignored),
            ("one.due", "\"tomorrow\"", Ignored),
            ("one.paid", "7", Ignored),
        ],
    );
    assert_eq!(list.one, Some(Record { id: "a".to_owned(), ..Record::default() }));
    let list = read_with(
        r#"{"one":{"id":"a","due":1752485400123,"amount":1e400}}"#,
        &[("one.amount", "1e400", Converted), ("one.due", "1752485400123", Ignored)],
    );
    let one = list.one.unwrap();
    assert_eq!((one.due, one.amount.unwrap().0.as_str()), (None, "1e400"));
}

#[test]
fn bad_records_are_left_out_and_good_ones_are_kept() {
    let list = read_with(
        r#"{"data":[null,{"id":"a"},{"name":"x"},7,{"id":"b","due":0},{"id":{}},"c",{"id":"d"}]}"#,
        &[
            ("data[0]", "null", LeftOut),
            ("data[2]", r#"{"name":"x"}"#, LeftOut),
            ("data[3]", "7", LeftOut),
            ("data[4].due", "0", Ignored),
            ("data[5]", r#"{"id":{}}"#, LeftOut),
            ("data[6]", "\"c\"", LeftOut),
        ],
    );
    let ids: Vec<_> = list.data.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "d"]);
}

#[derive(Debug, Deserialize)]
struct Lists {
    data: Option<Vec<Record>>,
    inside: Option<Inside>,
}

#[derive(Debug, Deserialize)]
struct Inside {
    id: String,
    tags: Option<Vec<u8>>,
}

/// The field must not become an empty list, because then a list in an unknown format would look like an empty
/// list.
#[test]
fn a_list_that_lost_all_its_elements_is_none() {
    for list in [r#"[null]"#, r#"[{"name":"x"},7]"#, r#"{"items":[{"id":"a"}]}"#, r#"{}"#] {
        let text = format!(r#"{{"data":{list}}}"#);
        let Ok(read) = read_leniently::<Lists>(&text) else { panic!("must be read: {text}") };
        assert_eq!(read.value.data, None, "{text}");
        let raw: Vec<_> = read.unexpected.iter().map(|one| (one.path(), one.raw_json())).collect();
        assert_eq!(raw, [("data", list)]);
        assert!(read.unexpected[0].is_left_out(), "{text}");
    }
    let text = r#"{"data":[],"inside":{"id":"a","tags":["x", "y" ]}}"#;
    let Ok(read) = read_leniently::<Lists>(text) else { panic!("must be read: {text}") };
    assert_eq!(read.value.data, Some(Vec::new()));
    let inside = read.value.inside.unwrap();
    assert_eq!((inside.id.as_str(), inside.tags), ("a", None));
}

#[test]
fn a_record_without_its_id_is_none() {
    let text = r#"{"one":{"amount":"1"}}"#;
    assert_eq!(read_with(text, &[("one", r#"{"amount":"1"}"#, Ignored)]).one, None);
}

#[test]
fn a_bad_map_value_that_cannot_be_null_is_left_out() {
    let list = read_with(
        r#"{"stock":{"north":null,"south":"1","west":[]}}"#,
        &[("stock.north", "null", LeftOut), ("stock.west", "[]", LeftOut)],
    );
    assert_eq!(list.stock.len(), 1);
}

#[test]
fn the_last_of_two_equal_fields_counts() {
    let list = read_with(r#"{"code":1,"code":2}"#, &[("code", "1", Ignored)]);
    assert_eq!(list.code, Some(2));
    let list = read_with(r#"{"code":1,"code":2,"code":3}"#, &[("code", "1", Ignored)]);
    assert_eq!(list.code, Some(3));
}

#[test]
fn a_repeated_list_is_left_out_because_its_elements_are_lost() {
    let one = r#"[{"id":"a"}]"#;
    let list = read_with(
        &format!(r#"{{"data":{one},"data":null,"data":[{{"id":"b"}}]}}"#),
        &[("data", one, LeftOut)],
    );
    assert_eq!(list.data[0].id, "b");
    let stock = r#"{"north":1}"#;
    let list =
        read_with(&format!(r#"{{"stock":{stock},"stock":{{}}}}"#), &[("stock", stock, LeftOut)]);
    assert!(list.stock.is_empty());
}

#[test]
fn a_lone_surrogate_is_replaced() {
    let list = read_with(r#"{"message":"a\ud83d"}"#, &[("message", r#""a\ud83d""#, Converted)]);
    assert_eq!(list.message.as_deref(), Some("a\u{fffd}"));
}

#[track_caller]
fn check_unreadable(text: &str, path: &str, category: Category) {
    let Err(failure) = read_leniently::<List>(text) else { panic!("read: {text}") };
    let found = match failure.problem {
        Problem::Malformed(Some(error)) => error.classify(),
        _ => Category::Data,
    };
    assert_eq!((failure.path.as_str(), found), (path, category));
}

#[test]
fn a_body_that_is_completely_wrong_is_an_error() {
    check_unreadable("[]", ".", Category::Data);
    check_unreadable("17", ".", Category::Data);
    check_unreadable(r#"{"code":"#, "code", Category::Eof);
    check_unreadable(r#"{"code":"1","message":"#, "message", Category::Eof);
    check_unreadable(r#"{"code":"1"} x"#, ".", Category::Syntax);
}

/// Checks that half a million bad records aren't repaired one by one.
#[test]
fn the_work_is_limited() {
    let many = format!(r#"{{"data":[{}1]}}"#, "1,".repeat(500_000));
    let start = std::time::Instant::now();
    check_unreadable(&many, "data[0]", Category::Data);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
