//! Tests the types of `small/shapes.yaml`, which has every kind of schema.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeMap;

use openapi_keys_runtime::{Nullable, json::read as read_response};
use other_api::small::shapes::types::{
    Address, AddressRequired, Anything, Buyer, Card, CardRequired, Cash, Chain, Closed, ClosedType,
    Depot, Either, Event, Forest, Grade, Identifier, Level, Levels, Link, Locker, Nested, Opened,
    OpenedType, Order, OrderBy, Payment, Pickup, Report, Settings, Split, SplitKind, Stage, Tag,
    Target, Tree, Unclear,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn refused<T: DeserializeOwned>(json: Value) -> String {
    serde_json::from_value::<T>(json).err().map(|error| error.to_string()).unwrap()
}

fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Reads the JSON, checks that the value is written as the same JSON, and returns the value.
#[track_caller]
fn kept<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value = read(json.clone());
    assert_eq!(written(&value), json);
    value
}

fn card(kind: &str, number: &str) -> Card {
    Card::new(CardRequired { kind: kind.to_owned(), number: number.to_owned() })
}

#[test]
fn the_discriminator_selects_the_alternative() {
    let cash: Payment = kept(json!({"kind": "cash", "amount": 1.5}));
    let Payment::Cash(cash) = cash else { panic!("{cash:?}") };
    assert_eq!(*cash, Cash::new(1.5).kind("cash"));
    for kind in ["credit", "debit"] {
        let card: Payment = kept(json!({"kind": kind, "number": "4111"}));
        let Payment::Card(card) = card else { panic!("{card:?}") };
        assert_eq!((card.kind.as_str(), card.number.as_str()), (kind, "4111"));
    }
}

#[test]
fn an_unknown_alternative_is_kept() {
    for json in [
        json!({"kind": "barter", "goods": [{"name": "eggs", "count": 12}]}),
        json!({"amount": 1}),
        json!({"kind": 7}),
        json!("free"),
        json!(null),
    ] {
        let payment: Payment = kept(json.clone());
        assert_eq!(payment, Payment::Unknown(json));
    }
}

#[test]
fn a_payload_that_does_not_match_its_discriminator_is_rejected() {
    let error = refused::<Payment>(json!({"kind": "cash", "amount": "much"}));
    assert!(error.starts_with("`kind` is `cash`, but the value doesn't match it: "), "{error}");
    let error = refused::<Payment>(json!({"kind": "debit"}));
    assert!(error.contains("`kind` is `debit`") && error.contains("number"), "{error}");
    let inner = json!({"kind": "split", "parts": [{"kind": "cash"}]});
    let error = refused::<Payment>(inner);
    assert!(error.contains("`kind` is `split`") && error.contains("`kind` is `cash`"), "{error}");
}

#[test]
fn the_discriminator_is_written_with_every_payload() {
    let cash = Payment::from(Cash::new(2.0));
    assert_eq!(
        written(&cash),
        json!({"kind": "cash", "amount": 2.0}),
        "the `kind` is written although it isn't set"
    );
    let parts = vec![cash, Payment::from(card("debit", "4111"))];
    let split = Split::new(SplitKind::from("other"), parts).rest(Cash::new(1.0).into());
    let expected = json!({
        "kind": "split",
        "parts": [{"kind": "cash", "amount": 2.0}, {"kind": "debit", "number": "4111"}],
        "rest": {"kind": "cash", "amount": 1.0},
    });
    assert_eq!(written(&Payment::from(split)), expected, "a split has only one `kind`");
}

#[test]
fn values_of_different_kinds_are_distinguished() {
    let many = json!([1.5, "me", true, {"a": [2.0]}]);
    let Identifier::List(found) = kept(many) else { panic!("a list") };
    let inner = Identifier::List(vec![Identifier::Number(2.0)]);
    let expected = [
        Identifier::Number(1.5),
        Identifier::String("me".to_owned()),
        Identifier::Boolean(true),
        Identifier::Map(BTreeMap::from([("a".to_owned(), inner)])),
    ];
    assert_eq!(found, expected);
    assert_eq!(kept::<Identifier>(json!(null)), Identifier::Unknown(Value::Null));
    assert_eq!(Identifier::from(7.0), Identifier::Number(7.0));
}

#[test]
fn objects_are_distinguished_by_a_unique_property() {
    let address: Target = kept(json!({"street": "Elm", "city": "Ulm"}));
    assert_eq!(
        address,
        Address::new(AddressRequired { street: "Elm".into(), city: "Ulm".into() }).into()
    );
    let locker: Target = kept(json!({"locker": 7, "city": "Ulm"}));
    assert_eq!(locker, Locker::new(7).city("Ulm").into());
    assert_eq!(kept::<Target>(json!({})), Pickup::new().into());
    for json in [json!({"street": 7, "city": []}), json!("here")] {
        assert_eq!(kept::<Target>(json.clone()), Target::Unknown(json));
    }
}

#[test]
fn objects_are_distinguished_by_a_constant() {
    let opened: Event = kept(json!({"type": "opened", "by": "Ada"}));
    assert!(matches!(&opened, Event::Opened(opened) if opened.by.as_deref() == Some("Ada")));
    assert!(matches!(kept(json!({"type": "closed"})), Event::Closed(_)));
    for json in [json!({"type": "moved"}), json!({"by": "Ada"})] {
        assert_eq!(kept::<Event>(json.clone()), Event::Unknown(json));
    }
}

#[test]
fn users_choose_between_alternatives_with_the_same_shape() {
    let json = json!({"city": "Ulm", "size": 7, "more": 1});
    let unclear: Unclear = kept(json.clone());
    assert_eq!(unclear.as_value(), &json);
    assert_eq!(unclear.as_depot().unwrap(), Depot::new("Ulm"));
    assert_eq!(unclear.as_yard().unwrap().size, Some(7));
    assert!(unclear.as_string().is_err());
    assert_eq!(written(&Unclear::from(Depot::new("Ulm"))), json!({"city": "Ulm"}));
    assert_eq!(Unclear::from("a".to_owned()).as_string().unwrap(), "a");
    let forest = Forest::from(vec![Forest(Vec::new())]);
    assert_eq!(Either::from(forest.clone()).as_forest().unwrap(), forest);
}

#[test]
fn an_alternative_of_a_nested_union_is_found() {
    assert!(
        matches!(kept(json!({"type": "closed"})), Nested::Event(event) if matches!(*event, Event::Closed(_)))
    );
    assert_eq!(
        kept::<Nested>(json!([1, 5])),
        Levels(vec![Level::Value1, Level::Unknown(5)]).into()
    );
    assert_eq!(kept::<Nested>(json!(-1)), Level::Minus1.into());
}

#[test]
fn enums_of_integers_are_numbers() {
    for (number, level) in [
        (1, Level::Value1),
        (-1, Level::Minus1),
        (9_007_199_254_740_993, Level::Value9007199254740993),
        (7, Level::Unknown(7)),
    ] {
        assert_eq!(kept::<Level>(json!(number)), level);
        assert_eq!((level.as_i64(), level.to_string()), (number, number.to_string()));
        assert_eq!(Level::from(number), level);
        assert_eq!(number.to_string().parse(), Ok(level));
    }
    assert!(refused::<Level>(json!("1")).contains("invalid type"));
    assert_eq!(kept::<Grade>(json!(i64::MIN)), Grade::Minimum);
    assert_eq!(Grade::try_from(-5).unwrap(), Grade::Minus5);
    assert!(Grade::try_from(1).is_err() && "x".parse::<Grade>().is_err());
    assert_eq!(refused::<Grade>(json!(1)), "invalid value");
}

#[test]
fn every_value_of_an_enum_has_a_variant() {
    for (text, stage) in [
        ("1m", Stage::_1m),
        ("1M", Stage::_1M),
        (">", Stage::GreaterThan),
        ("+", Stage::Plus),
        ("", Stage::Empty),
        (" ", Stage::Space),
        ("a-b", Stage::AB),
        ("a_b", Stage::AUnderscoreB),
        ("Unknown", Stage::Unknown),
        ("else", Stage::Unrecognized("else".to_owned())),
    ] {
        assert_eq!(kept::<Stage>(json!(text)), stage);
        assert_eq!(stage.as_str(), text);
    }
    for (text, order) in [("-id", OrderBy::MinusId), ("asc", OrderBy::Asc), ("ASC", OrderBy::ASC)] {
        assert_eq!(kept::<OrderBy>(json!(text)), order);
        assert_eq!((order.to_string().as_str(), text.parse().unwrap()), (text, order));
    }
    assert!(refused::<OrderBy>(json!("Asc")).contains("unknown variant"));
}

fn order() -> Order {
    Order::new(1, Cash::new(2.0).kind("cash").into(), None, vec![None, Some(Tag("new".to_owned()))])
}

#[test]
fn properties_have_the_documents_names_on_the_wire() {
    let order = order()
        .underscore_id("u")
        .minus_1(-1)
        .type_("t")
        .ref_("r")
        .new_(true)
        .self_("s")
        .größe(1.5);
    let expected = json!({
        "+1": 1, "-1": -1, "@type": "t", "$ref": "r", "_id": "u", "new": true, "self": "s", "größe": 1.5,
        "payment": {"kind": "cash", "amount": 2.0}, "buyer": null, "tags": [null, "new"],
    });
    assert_eq!(written(&order), expected);
    assert_eq!(read::<Order>(expected), order);
}

#[test]
fn null_is_read_and_written_where_a_reference_allows_it() {
    let plain = order();
    assert_eq!(written(&plain)["buyer"], Value::Null, "required, so always present");
    assert!(plain.seller.is_absent() && written(&plain).get("seller").is_none());
    let cleared = plain.clone().seller(None).stage(Stage::Plus);
    assert_eq!(written(&cleared)["seller"], Value::Null);
    assert_eq!(written(&cleared)["stage"], "+");
    let notes = BTreeMap::from([("a".to_owned(), None)]);
    let mut json = written(&plain.notes(notes));
    assert_eq!(json["notes"], json!({"a": null}));
    json["buyer"] = json!({"name": "Ada"});
    json["seller"] = Value::Null;
    let order: Order = read(json);
    assert_eq!(order.buyer, Some(Buyer::new("Ada")));
    assert_eq!(order.seller, Nullable::Null);
    let report = json!({"event": {}, "nested": [], "grade": null, "payments": [null, {"kind": "cash", "amount": 1.0}]});
    let report: Report = read(report);
    assert_eq!(
        (report.grade, &report.payments[1]),
        (None, &Some(Cash::new(1.0).kind("cash").into()))
    );
}

#[test]
fn a_property_that_is_only_sent_or_only_received_is_an_option() {
    let mut json = written(&order());
    json["id"] = "17".into();
    let received: Order = read(json);
    assert_eq!(received.id.as_deref(), Some("17"), "responses contain the id");
    assert_eq!(received.secret, None, "a response may omit the secret, although it is required");
    assert!(written(&received).get("id").is_none(), "requests don't contain the id");
    assert_eq!(written(&order().secret("s"))["secret"], "s");
}

#[test]
fn additional_properties_are_kept() {
    let buyer: Buyer =
        kept(json!({"name": "Ada", "limits": {"day": 1.5}, "age": 36.0, "height": 1.7}));
    assert_eq!(
        buyer.additional,
        BTreeMap::from([("age".to_owned(), 36.0), ("height".to_owned(), 1.7)])
    );
    assert!(Buyer::new("Ada").additional.is_empty());
    let error = refused::<Buyer>(json!({"name": "Ada", "age": "old"}));
    assert!(error.contains("`age`"), "{error}");
    let made = Buyer::new("Ada").additional(BTreeMap::from([("age".to_owned(), 36.0)]));
    assert_eq!(written(&made), json!({"name": "Ada", "age": 36.0}));
    let settings: Settings =
        kept(json!({"additional": "a", "theme": "dark", "more": [1, {"b": null}]}));
    assert_eq!(settings.additional.as_deref(), Some("a"));
    assert_eq!(settings.additional_properties["more"], json!([1, {"b": null}]));
}

#[test]
fn recursive_values_are_read_and_written() {
    let end = Chain::new(None);
    let chain = Chain::new(Some(Box::new(end))).with_back(Link::new(Box::new(Chain::new(None))));
    let json = json!({"next": {"next": null}, "back": {"chain": {"next": null}, "links": [], "named": {}}});
    assert_eq!(written(&chain), json);
    assert_eq!(read::<Chain>(json), chain);
    let forest: Forest = kept(json!([[], [[]]]));
    assert_eq!(forest.len(), 2);
    assert!(refused::<Tree>(json!({"itself": {}})).contains("itself"), "no finite value exists");
    let anything: Anything = kept(json!({"a": [1]}));
    assert_eq!(anything["a"][0], 1);
}

/// Checks responses with the runtime, which uses its own deserializer instead of `serde_json`'s.
#[test]
fn responses_are_read_by_the_runtime() {
    let text = r#"{
        "event": {"type": "opened"}, "nested": [1, 2], "grade": -5,
        "settings": {"theme": "dark", "more": 1.5},
        "payments": [{"kind": "debit", "number": "1"}, {"kind": "barter", "n": 12345678901234567890123}],
        "by_name": {"a": {"locker": 7}, "b": {"street": "Elm", "city": "Ulm"}}
    }"#;
    let report: Report = read_response(text).unwrap();
    assert!(matches!(report.event, Event::Opened(_)));
    assert_eq!(report.nested, Levels(vec![Level::Value1, Level::Value2]).into());
    assert_eq!(report.grade, Some(Grade::Minus5));
    assert_eq!(report.settings.unwrap().additional_properties["more"], 1.5);
    assert_eq!(report.payments[0], Some(card("debit", "1").into()));
    assert!(matches!(report.payments[1], Some(Payment::Unknown(_))));
    assert_eq!(report.by_name["a"], Locker::new(7).into());
    let error = read_response::<Report>(r#"{"event": {}, "nested": [], "grade": 3}"#).unwrap_err();
    assert!(format!("{error:?}").contains("grade"), "{error:?}");
}

#[test]
fn alternatives_with_a_constant_have_constructors() {
    let closed = Closed::new(ClosedType::Closed);
    assert_eq!(written(&Event::from(closed)), json!({"type": "closed"}));
    let opened = Opened::new(OpenedType::Opened);
    assert_eq!(written(&Event::from(opened)), json!({"type": "opened"}));
}
