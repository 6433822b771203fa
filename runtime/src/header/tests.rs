//! Tests how headers are read, and the error messages for invalid values.

use http::{HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;

use super::Header;
use crate::error::ErrorKind;
use crate::outcome::Outcome;

#[track_caller]
fn check<T: DeserializeOwned + PartialEq + std::fmt::Debug>(
    lines: &[&'static str],
    expected: Result<Option<T>, &str>,
) {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append("x-value", HeaderValue::from_static(line));
    }
    let found = Header::<T>::new("X-Value").read(&headers);
    match (found, expected) {
        (Ok(found), expected) => assert_eq!(Ok(found), expected),
        (Err(error), expected) => {
            let text = error.to_string();
            let start = "a response header doesn't have the documented form: `X-Value` ";
            assert_eq!(Err(text.strip_prefix(start).unwrap_or(&text)), expected);
            assert_eq!(error.kind(), ErrorKind::InvalidHeader);
            assert_eq!(error.outcome(), Outcome::Executed);
        }
    }
}

#[derive(Debug, PartialEq, serde::Deserialize)]
enum Level {
    #[serde(rename = "low")]
    Low,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Mark(String);

#[test]
fn a_header_is_read_as_its_type() {
    check::<String>(&[" any, text "], Ok(Some("any, text".to_owned())));
    check(&["-7"], Ok(Some(-7i64)));
    check(&["65535"], Ok(Some(u16::MAX)));
    check(&["2.5"], Ok(Some(2.5f64)));
    check(&["true"], Ok(Some(true)));
    check(&["low"], Ok(Some(Level::Low)));
    check(&["m"], Ok(Some(Mark("m".to_owned()))));
    check(&["5"], Ok(Some(Some(5u8))));
    check::<u8>(&[], Ok(None));
    check::<Vec<u8>>(&[], Ok(None));
}

#[test]
fn values_of_a_list_are_separated_by_commas_or_lines() {
    check(&["1,2 , 3"], Ok(Some(vec![1u8, 2, 3])));
    check(&["1", "2, 3"], Ok(Some(vec![1u8, 2, 3])));
    check::<Vec<u8>>(&[""], Ok(Some(Vec::new())));
    check(&["low"], Ok(Some(vec![Level::Low])));
    check(&["a,,b"], Ok(Some(vec!["a".to_owned(), String::new(), "b".to_owned()])));
    check::<Vec<u8>>(&["1,x"], Err("isn't a non-negative integer"));
}

#[test]
fn an_invalid_value_is_an_error_that_does_not_quote_it() {
    check::<i64>(&["soon"], Err("isn't an integer"));
    check::<i64>(&[""], Err("isn't an integer"));
    check::<i64>(&["1.5"], Err("isn't an integer"));
    check::<u8>(&["256"], Err("isn't one of the documented values"));
    check::<u64>(&["-1"], Err("isn't a non-negative integer"));
    check::<u64>(&["1", "1"], Err("isn't a non-negative integer"));
    check::<f64>(&["nan"], Err("isn't a number"));
    check::<bool>(&["True"], Err("is neither `true` nor `false`"));
    check::<Level>(&["middle"], Err("isn't one of the documented values"));
    let mut headers = HeaderMap::new();
    headers.append("x-value", HeaderValue::from_bytes(b"\xff").unwrap());
    let error = Header::<String>::new("x-value").read(&headers).unwrap_err();
    assert!(error.to_string().ends_with("`x-value` isn't UTF-8"), "{error}");
}
