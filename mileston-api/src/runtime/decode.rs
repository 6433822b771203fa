//! The body of a success as a type, or which of the many ways it went wrong. Pure.
//!
//! A status of success doesn't make a success: the body may report an error, or lack what was promised. And an odd value
//! doesn't make a failure: the rest is read without it.
//!
//! No error repeats a value of the body: it names the place and what kind of thing was found there.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::error::Category;

use crate::json::{Failure, Unexpected, read_leniently, without_overlong};
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::report::Report;
use crate::runtime::watch::{self, Watch};

/// The types of responses that are whole with a `statusCode` of success alone. Sending money: whether an id comes along is
/// not known (`TransferEnvelope` of the document, contradiction 11). Deleting a sub wallet: its `data` is always empty.
const RECORD_IS_OPTIONAL: [&str; 2] = ["DeletedSubwalletEnvelope", "TransferEnvelope"];

/// A value, and what of the body was not of the documented form.
#[derive(Debug)]
pub(crate) struct Decoded<T> {
    pub(crate) value: T,
    pub(crate) unexpected: Vec<Unexpected>,
}

/// Whether an answer without any of the fields of its type is one. It is not, unless the type is the user's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promise {
    Record,
    Anything,
}

/// Reads the whole body as JSON.
pub(crate) fn decode<T: DeserializeOwned>(
    body: &[u8],
    promise: Promise,
) -> Result<Decoded<T>, Error> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Error::new(ErrorKind::NotUtf8).with_source(error))?;
    // JavaScript's clients skip a byte order mark, so a server may send one without ever being told.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return Err(Error::new(ErrorKind::EmptyBody));
    }
    if promise == Promise::Record
        && let Some((text, unexpected)) = without_overlong(text)
    {
        let mut decoded = decode_text(&text, promise)?;
        decoded.unexpected.extend(unexpected);
        return Ok(decoded);
    }
    decode_text(text, promise)
}

fn decode_text<T: DeserializeOwned>(text: &str, promise: Promise) -> Result<Decoded<T>, Error> {
    match watch::read(text) {
        (Ok(value), watch) if watch.is_plain() && keeps(promise, &watch) => {
            Ok(Decoded { value, unexpected: Vec::new() })
        }
        (read, watch) => {
            // A value that is no success is dropped before the body is read again: it may be as large.
            let read = read.map(|value| keeps(promise, &watch).then_some(value));
            look_closer(text, promise, read, watch)
        }
    }
}

/// For the bodies that are not plainly a success.
#[cold]
fn look_closer<T: DeserializeOwned>(
    text: &str,
    promise: Promise,
    read: serde_json::Result<Option<T>>,
    watch: Watch,
) -> Result<Decoded<T>, Error> {
    let record: Vec<&str> = watch.record().collect();
    let data_is_record = watch.filled && record.contains(&"data");
    if let Some(kind) = Report::read(text, &record).verdict(data_is_record) {
        return Err(Error::new(kind));
    }
    let error = match read {
        Ok(Some(value)) => return Ok(Decoded { value, unexpected: Vec::new() }),
        Ok(None) => return Err(without_record(&record)),
        Err(error) => error,
    };
    let read = read_leniently::<T>(text).map_err(|failure| {
        // To `serde` an array is as good as a struct, and wrong in some field only.
        let whole = text.trim_ascii_start().starts_with('[') && watch.fields.is_some();
        not_decoded(if whole { Failure::of_whole(error) } else { failure })
    })?;
    let (value, watch) = watch::read::<T>(&read.text);
    let value = value.map_err(|error| not_decoded(Failure::of_whole(error)))?;
    match read.first {
        Some(first) if !keeps(promise, &watch) => Err(not_decoded(first)),
        _ => Ok(Decoded { value, unexpected: read.unexpected }),
    }
}

/// Whether the body holds what its type promises: a success without it would be an empty list, or a link that is none.
fn keeps(promise: Promise, watch: &Watch) -> bool {
    let Some((name, _)) = watch.fields else { return true };
    watch.filled
        || promise == Promise::Anything
        || watch.record().next().is_none()
        || (RECORD_IS_OPTIONAL.contains(&name) && watch.succeeded)
}

fn without_record(record: &[&str]) -> Error {
    let fields: Vec<String> = record.iter().map(|field| format!("`{field}`")).collect();
    Error::new(ErrorKind::NoRecord).with_detail(format!("expected {}", fields.join(" or ")))
}

/// The answer of an operation that promises none: whatever came counts.
pub(crate) fn nothing<T: DeserializeOwned>() -> Result<Decoded<T>, Error> {
    decode(b"null", Promise::Anything)
}

/// For generated types: a list or map that may be left out may be `null` as well.
#[allow(dead_code, reason = "whether generated code calls it depends on the document")]
pub(crate) fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn not_decoded(failure: Failure) -> Error {
    let about_a_value = failure.is_about_a_value();
    let Failure { path, error, .. } = failure;
    match error.classify() {
        _ if about_a_value => {
            let decode = Error::new(ErrorKind::Decode).with_json_path(path);
            match without_value(&error.to_string()) {
                Some(detail) => decode.with_detail(detail),
                None => decode,
            }
        }
        Category::Eof => Error::new(ErrorKind::JsonCut).with_source(error),
        // There is no category for it.
        Category::Syntax if error.to_string().starts_with("recursion limit exceeded") => {
            Error::new(ErrorKind::JsonTooDeep).with_source(error)
        }
        // What serde_json says of syntax is line and column, nothing of the text.
        Category::Syntax | Category::Io | Category::Data => {
            Error::new(ErrorKind::NotJson).with_source(error)
        }
    }
}

/// What serde says of the shape, if it can be said without the value.
///
/// `invalid type: string "Ada", expected u32 at line 1 column 9` becomes `found string, expected u32`. The name of a
/// missing field is ours, not the server's. Of the rest (unknown variants, errors of custom types) nothing is kept.
///
/// How `serde_json` calls a number depends on its features, so here each is a number.
fn without_value(message: &str) -> Option<String> {
    if message.starts_with("missing field `") {
        return message.split(" at line ").next().map(str::to_owned);
    }
    let found = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    let kind =
        ["string", "integer", "floating point", "number", "boolean", "null", "map", "sequence"]
            .into_iter()
            .find(|kind| found.starts_with(kind))?;
    let kind = if matches!(kind, "integer" | "floating point") { "number" } else { kind };
    // The last one, for the value may hold the same words.
    let (_, expected) = found.rsplit_once(", expected ")?;
    let (expected, _) = expected.rsplit_once(" at line ")?;
    Some(format!("found {kind}, expected {expected}"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Link {
        amount: String,
        #[serde(default, deserialize_with = "null_as_default")]
        tags: Vec<u32>,
        #[allow(dead_code, reason = "only whether it is read counts")]
        message: Option<String>,
    }

    fn read(body: &str) -> Result<Decoded<Link>, Error> {
        decode(body.as_bytes(), Promise::Record)
    }

    #[track_caller]
    fn check(body: &[u8], kind: ErrorKind, path: Option<&str>, text: &str) {
        let error = decode::<Link>(body, Promise::Record).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.json_path(), path);
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn what_fits_is_read_and_more_is_tolerated() {
        let link = read(r#" {"new":[1,{}],"amount":"1","tags":[7]} "#).unwrap();
        assert_eq!((link.value.amount.as_str(), &*link.value.tags), ("1", &[7][..]));
        assert!(link.unexpected.is_empty());
        assert_eq!(read("\u{feff}{\"amount\":\"1\"}").unwrap().value.amount, "1");
    }

    #[test]
    fn null_is_like_being_left_out() {
        assert!(read(r#"{"amount":"1","tags":null}"#).unwrap().value.tags.is_empty());
        assert!(read(r#"{"amount":"1"}"#).unwrap().value.tags.is_empty());
    }

    #[test]
    fn what_is_not_json_is_told_apart() {
        check(b"", ErrorKind::EmptyBody, None, "its body is empty");
        check(b" \n", ErrorKind::EmptyBody, None, "its body is empty");
        check(b"<!doctype html>", ErrorKind::NotJson, None, "its body isn't JSON");
        check(b"{\"amount\":\"\xff\"}", ErrorKind::NotUtf8, None, "its body isn't UTF-8");
        check(b"{\"amount\":\"1", ErrorKind::JsonCut, None, "its JSON ends in the middle");
        check(b"{\"amount\":7,\"tags\":", ErrorKind::JsonCut, None, "its JSON ends in the middle");
        check(b"{\"amount\":\"1\"} x", ErrorKind::NotJson, None, "its body isn't JSON");
    }

    #[test]
    fn deep_json_is_an_error_and_no_overflow() {
        let deep = "[".repeat(100_000);
        let error = decode::<serde_json::Value>(deep.as_bytes(), Promise::Record).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::JsonTooDeep);
        let error = read(&format!("{{\"amount\":{deep}")).unwrap_err();
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("amount")));
    }

    #[test]
    fn an_odd_value_costs_that_value_alone() {
        let link = read(r#"{"amount":12345,"tags":[1,"hunter2",3],"message":["a"]}"#).unwrap();
        assert_eq!((link.value.amount.as_str(), &*link.value.tags), ("12345", &[1, 3][..]));
        let paths: Vec<_> = link.unexpected.iter().map(Unexpected::path).collect();
        assert_eq!(paths, ["amount", "message", "tags[1]"]);
        let shown = format!("{:?}", link.unexpected);
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn a_wrong_shape_names_the_place_and_not_the_value() {
        check(
            br#"{"tags":[]}"#,
            ErrorKind::Decode,
            Some("."),
            "its JSON has another shape than expected at `.`: missing field `amount`",
        );
        check(
            br#"["hunter2"]"#,
            ErrorKind::Decode,
            Some("."),
            "its JSON has another shape than expected at `.`: found sequence, expected struct Link",
        );
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "it is never read")]
        struct Data {
            data: Option<u8>,
        }
        let error = decode::<Data>(br#"{"data":{"a":1}}"#, Promise::Record).unwrap_err();
        assert_eq!(
            error.to_string(),
            "its JSON has another shape than expected at `data`: found map, expected u8"
        );
        let error = decode::<Data>(br#"{"data":1.5}"#, Promise::Record).unwrap_err();
        assert_eq!(
            error.to_string(),
            "its JSON has another shape than expected at `data`: found number, expected u8"
        );
    }

    #[test]
    fn an_error_is_not_a_success() {
        let error = read(r#"{"statusCode":400,"message":"no","amount":null}"#).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused(reqwest::StatusCode::BAD_REQUEST));
        let error = read(r#"{"success":false,"amount":"1"}"#).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ErrorInBody);
        let any: Result<Decoded<serde_json::Value>, _> =
            decode(br#"{"statusCode":500,"message":"no"}"#, Promise::Anything);
        assert!(matches!(any.unwrap_err().kind(), ErrorKind::Failed(_)));
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct TransferEnvelope {
        #[allow(dead_code, reason = "only whether it is read counts")]
        status_code: Option<u16>,
        #[allow(dead_code, reason = "only whether it is read counts")]
        data: Option<String>,
    }

    #[test]
    fn a_success_holds_what_was_promised() {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "only whether it is read counts")]
        struct List {
            #[serde(default, deserialize_with = "null_as_default")]
            links: Vec<u8>,
            url: Option<String>,
        }
        for body in ["{}", r#"{"statusCode":201}"#, r#"{"data":[1]}"#, r#"{"links":null}"#] {
            let error = decode::<List>(body.as_bytes(), Promise::Record).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NoRecord, "{body}");
            let text = "its body lacks the record: expected `links` or `url`";
            assert_eq!(error.to_string(), text);
            assert!(decode::<List>(body.as_bytes(), Promise::Anything).is_ok(), "{body}");
        }
        assert!(decode::<List>(br#"{"links":[]}"#, Promise::Record).is_ok());
        for (body, whole) in [
            (r#"{"statusCode":201,"message":"sent"}"#, true),
            (r#"{"statusCode":"201"}"#, true),
            (r#"{"data":"id"}"#, true),
            (r#"{"message":"sent"}"#, false),
            ("{}", false),
        ] {
            let read = decode::<TransferEnvelope>(body.as_bytes(), Promise::Record);
            assert_eq!(read.is_ok(), whole, "{body}");
        }
    }

    /// Whether each of these bodies is a success of a type.
    fn successes<T: DeserializeOwned>(bodies: &[&str]) -> Vec<bool> {
        let read = |body: &&str| decode::<T>(body.as_bytes(), Promise::Record).is_ok();
        bodies.iter().map(read).collect()
    }

    macro_rules! types {
        ($($name:ident: $good:literal)+) => {
            [$((stringify!($name), $good, successes::<crate::types::$name> as fn(&[&str]) -> Vec<bool>)),+]
        };
    }

    #[test]
    fn every_type_of_answer_holds_what_was_promised() {
        let types = types! {
            Acknowledgement: r#"{"statusCode":200,"message":"Deleted"}"#
            BusinessEnvelope: r#"{"statusCode":200,"userData":{"businessName":"a"}}"#
            DeletedSubwalletEnvelope: r#"{"statusCode":200,"message":"Deleted","data":{}}"#
            InvoiceEnvelope: r#"{"statusCode":201,"invoiceData":{"invoiceId":"1"}}"#
            InvoiceList: r#"{"statusCode":200,"invoiceData":[]}"#
            OnRampEnvelope: r#"{"data":{"link":"a"}}"#
            OnRampPaymentEnvelope: r#"{"statusCode":200,"data":{"data":{"status":"a"}}}"#
            PaymentLinkEnvelope: r#"{"statusCode":201,"paymentLink":"a"}"#
            PaymentLinkList: r#"{"statusCode":200,"paymentData":[]}"#
            PaymentWalletEnvelope: r#"{"statusCode":200,"publicKey":"a"}"#
            RecurringPaymentEnvelope: r#"{"recurringPaymentData":{"recurringPaymentId":"1"}}"#
            RecurringPaymentList: r#"{"statusCode":200,"recurringPaymentData":[]}"#
            ServiceStatus: r#"{"status":"error","service":"a"}"#
            SubwalletBalancesEnvelope: r#"{"statusCode":200,"data":{"balances":{}}}"#
            SubwalletEnvelope: r#"{"uuid":"1"}"#
            SubwalletList: r#"{"statusCode":200,"address":{}}"#
            TransactionEnvelope: r#"{"statusCode":200,"data":{"status":"pending"}}"#
            TransferEnvelope: r#"{"statusCode":201,"message":"Payment sent"}"#
            WalletList: r#"{"statusCode":200,"data":{"walletData":[]}}"#
        };
        let mut named: Vec<_> =
            crate::catalogue::OPERATIONS.iter().filter_map(|o| o.answer).collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(types.map(|(name, ..)| name).to_vec(), named, "a case for each type");

        let errors = [
            r#"{"statusCode":400,"message":"no","error":"Bad Request"}"#,
            r#"{"statusCode":"500","message":["no"]}"#,
            r#"{"success":false,"message":"no"}"#,
            r#"{"error":"no"}"#,
            r#"{"errors":[{"message":"no"}]}"#,
            r#"{"statusCode":200,"data":{"error":"no"}}"#,
            r#"[{"id":"1"}]"#,
            r#""ok""#,
        ];
        let empty = [
            "{}",
            r#"{"statusCode":201}"#,
            r#"{"statusCode":200,"message":"ok","data":null}"#,
            r#"{"statusCode":200,"data":{}}"#,
            r#"{"statusCode":200,"data":[{"id":"1"}]}"#,
            r#"{"statusCode":200,"result":{"id":"1"}}"#,
        ];
        for (name, good, successes) in types {
            assert_eq!(successes(&[good]), [true], "{name}");
            let mut expected = [false; 8];
            // Its `data` has no fields of its own, so anything in it is data: the status counts.
            expected[5] = name == "DeletedSubwalletEnvelope";
            assert_eq!(successes(&errors), expected, "{name}");
            let expected = match name {
                "Acknowledgement" => [true; 6],
                // Whose `data` is an object, which a list is not; then the status counts.
                "DeletedSubwalletEnvelope" | "TransferEnvelope" => {
                    [false, true, true, true, true, true]
                }
                _ => [false; 6],
            };
            assert_eq!(successes(&empty), expected, "{name}");
        }
    }

    /// Each is one that a server could send for a link that it made, or for a payment that failed.
    #[test]
    fn a_success_in_odd_words_is_a_success() {
        let link = |odd: &str| format!(r#"{{{odd},"paymentLink":"a"}}"#);
        for odd in [
            r#""status":1"#,
            r#""status":0"#,
            r#""error":"None""#,
            r#""errors":[null]"#,
            r#""error":{"code":0,"message":null}"#,
            r#""errorCode":"00","errorMessage":"""#,
        ] {
            assert_eq!(
                successes::<crate::types::PaymentLinkEnvelope>(&[&link(odd)]),
                [true],
                "{odd}"
            );
        }
        let body = br#"{"statusCode":200,"data":{"status":"failed","error":"insufficient funds"}}"#;
        let read = decode::<crate::types::TransactionEnvelope>(body, Promise::Record).unwrap();
        let status = read.value.data.unwrap().status;
        assert_eq!(status, Some(crate::types::TransactionStatus::Failed));
    }

    #[test]
    fn an_error_in_odd_words_is_an_error() {
        for odd in [
            r#"{"data":{"statusCode":400,"message":"no"},"statusCode":200}"#,
            r#"{"statusCode":200,"errorMessage":"no"}"#,
            r#"{"statusCode":200,"Success":false}"#,
        ] {
            assert_eq!(successes::<crate::types::TransferEnvelope>(&[odd]), [false], "{odd}");
            assert_eq!(successes::<crate::types::Acknowledgement>(&[odd]), [false], "{odd}");
        }
    }

    #[test]
    fn a_list_in_another_shape_is_not_an_empty_list() {
        for list in [r#"{"items":[{"paymentLinkId":"1"}]}"#, "{}", r#"[{"id":"1"}]"#, "[null]"] {
            let body = format!(r#"{{"statusCode":200,"paymentData":{list}}}"#);
            assert_eq!(successes::<crate::types::PaymentLinkList>(&[&body]), [false], "{list}");
        }
    }

    #[test]
    fn a_promise_of_nothing_is_kept_by_anything() {
        nothing::<()>().unwrap();
    }
}
