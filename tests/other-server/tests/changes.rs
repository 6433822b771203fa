//! Tests body properties that are set or unset. An absent property, `null` and a value stay distinct
//! all the way from the setters to the server.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod library;

use axum::http::StatusCode;
use library::InProcess;
use openapi_keys_runtime::Nullable;
use other_api::types::{
    Book, BookChanges, BookRequired, Condition, Kind, LendingChanges, Revision,
};
use other_api::{Staff, Timestamp, label};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Returns bodies with different meanings.
fn bodies() -> Vec<Value> {
    vec![
        json!({}),
        json!({ "title": "Maps", "kind": "globe" }),
        json!({ "shelves": [] }),
        json!({ "shelves": [3], "labels": {}, "extra": {} }),
        json!({ "labels": { "front": "A" }, "extra": { "nested": { "note": null } } }),
        json!({ "lending": {} }),
        json!({ "lending": { "days": null } }),
        json!({ "lending": { "days": 3, "readers": [] } }),
        json!({ "editions": [] }),
        json!({ "editions": [{}, { "days": null }, { "days": 1 }, { "readers": [] }] }),
        json!({ "branches": { "north": {}, "south": { "days": null, "readers": ["A"] } } }),
        json!({ "note": null }),
        json!({ "note": "" }),
        json!({ "due": null, "mark": "A", "label": null, "copies": null, "weight": null }),
        json!({ "due": "2031-01-31T00:00:00Z", "label": "A", "copies": 0, "weight": 0.5 }),
        json!({ "tags": null, "prices": null, "origin": null }),
        json!({ "tags": [], "prices": {}, "origin": {} }),
        json!({ "spine": "A" }),
        json!({ "anything": null }),
        json!({ "anything": { "note": null } }),
        json!({ "move": { "to": null, "words": null, "at": null, "place": "A" } }),
        json!({ "move": { "to": "A", "words": [], "at": "2031-01-31T00:00:00Z", "place": "" } }),
        json!({ "tags": ["A"], "prices": { "EUR": null, "USD": 1 }, "origin": { "city": null } }),
    ]
}

#[test]
fn a_body_is_written_as_it_was_read() {
    for body in bodies() {
        let from_text: BookChanges = serde_json::from_str(&body.to_string()).unwrap();
        assert_eq!(serde_json::to_string(&from_text).unwrap().parse::<Value>().unwrap(), body);
        let from_value: BookChanges = serde_json::from_value(body.clone()).unwrap();
        assert_eq!(from_value, from_text, "{body}");
        assert_eq!(serde_json::to_value(&from_value).unwrap(), body);
    }
}

/// A user's type that contains the document's types.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped {
    id: u32,
    #[serde(flatten)]
    changes: BookChanges,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    others: Vec<BookChanges>,
}

#[test]
fn a_body_inside_other_types_is_written_as_it_was_read() {
    for body in bodies() {
        let mut wrapped = body.clone();
        wrapped["id"] = 7.into();
        wrapped["others"] = json!([body, {}]);
        let read: Wrapped = serde_json::from_value(wrapped.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), wrapped);
    }
}

#[test]
fn a_new_body_sets_nothing() {
    assert_eq!(serde_json::to_string(&BookChanges::new()).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&BookChanges::default()).unwrap(), "{}");
}

#[test]
fn a_list_in_a_response_may_be_missing_or_null() {
    for text in [r#"{"body":""}"#, r#"{"body":"","remarks":null,"reviewer":null}"#] {
        let revision: Revision = serde_json::from_str(text).unwrap();
        assert!(revision.remarks.is_empty() && revision.reviewer.is_none(), "{text}");
    }
}

/// Returns bodies made with setters, each with the JSON that must be sent for it.
fn set() -> Vec<(BookChanges, Value)> {
    let new = BookChanges::new;
    let due: Timestamp = "2031-01-31T00:00:00Z".parse().unwrap();
    let label: label::String = "A".parse().unwrap();
    let unset: Option<String> = None;
    vec![
        (new(), json!({})),
        (new().title("Maps").kind(Kind::Atlas), json!({ "title": "Maps", "kind": "atlas" })),
        (new().shelves(vec![]).labels([].into()), json!({ "shelves": [], "labels": {} })),
        (new().extra([].into_iter().collect()), json!({ "extra": {} })),
        (new().lending(LendingChanges::new()), json!({ "lending": {} })),
        (
            new().editions(vec![LendingChanges::new().days(None)]),
            json!({ "editions": [{ "days": null }] }),
        ),
        (new().note("x").summary("y".to_owned()), json!({ "note": "x", "summary": "y" })),
        (new().note(None).summary(unset), json!({ "note": null, "summary": null })),
        (new().note("x").note(Nullable::Absent), json!({})),
        (new().due(due.clone()), json!({ "due": "2031-01-31T00:00:00Z" })),
        (new().due(Some(due)).label(label), json!({ "due": "2031-01-31T00:00:00Z", "label": "A" })),
        (new().copies(3).weight(0.5), json!({ "copies": 3, "weight": 0.5 })),
        (
            new().copies(None).weight(None).due(None),
            json!({ "copies": null, "weight": null, "due": null }),
        ),
        (new().anything(None), json!({ "anything": null })),
        (new().anything(json!([null])), json!({ "anything": [null] })),
        (new().tags(vec![]).prices(None), json!({ "tags": [], "prices": null })),
    ]
}

#[tokio::test]
async fn set_values_are_sent_and_read_by_the_server() {
    let server = InProcess::default();
    let staff = server.client(Staff);
    for (changes, expected) in set() {
        let response = staff.books().revise_from("9783", &changes).with_response().await.unwrap();
        let (request, _) = server.last();
        assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
        assert_eq!(response.status, StatusCode::ACCEPTED);
        assert_eq!(response.value.body.parse::<Value>().unwrap(), expected);
    }
}

#[test]
fn a_schema_used_in_requests_and_responses_reads_null_as_absent() {
    let book = |shelves: Value| {
        let mut book =
            json!({ "isbn": "1", "title": "", "authors": [], "condition": "fine", "pages": 1 });
        if shelves != json!("absent") {
            book["shelves"] = shelves;
        }
        serde_json::from_value::<Book>(book).unwrap().shelves
    };
    assert_eq!(book(json!("absent")), None);
    assert_eq!(book(Value::Null), None);
    assert_eq!(book(json!([])), Some(Vec::new()));
    assert_eq!(book(json!([3])), Some(vec![3]));
}

#[test]
fn an_optional_list_of_a_new_resource_is_not_sent() {
    let book = Book::new(BookRequired {
        isbn: "1".to_owned(),
        title: "Maps".to_owned(),
        authors: Vec::new(),
        condition: Condition::Fine,
        pages: 1,
    });
    let expected = json!({
        "isbn": "1", "title": "Maps", "authors": [], "condition": "fine", "pages": 1
    });
    assert_eq!(serde_json::to_value(&book).unwrap(), expected);
}

#[test]
fn a_nullable_has_three_states() {
    for (value, state) in [
        (Nullable::Absent, (true, false, None)),
        (Nullable::Null, (false, true, None)),
        (Nullable::Value(3), (false, false, Some(3))),
    ] {
        assert_eq!((value.is_absent(), value.is_null(), value.value().copied()), state);
        assert_eq!(value.into_value(), state.2);
    }
    assert_eq!(Nullable::<u8>::default(), Nullable::Absent);
    let error = serde_json::to_string(&Nullable::<u8>::Absent).unwrap_err().to_string();
    assert!(error.contains("skip_serializing_if"), "`null` would clear the value: {error}");
}
