//! Tests each limit, and the path in an error about a violation.

use serde_json::{Value, json};

use super::{Constraints, Limit, Number};
use crate::ErrorKind;

/// Returns what is wrong with a value, or an empty string.
fn problem(constraints: &Constraints, value: &Value) -> String {
    match constraints.check("", value) {
        Ok(()) => String::new(),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            let text = error.to_string();
            text.trim_start_matches("invalid argument: ").replace("; nothing was sent", "")
        }
    }
}

/// Checks that a limit accepts the valid values, rejects the invalid ones, and is worded as
/// expected.
#[track_caller]
fn check(limit: Limit, words: &str, valid: &[Value], invalid: &[Value]) {
    let limits: &'static [Limit] = vec![limit].leak();
    let constraints = Constraints { limits, ..Constraints::NONE };
    assert_eq!(limit.to_string(), words);
    for value in valid {
        assert_eq!(problem(&constraints, value), "", "{limit:?} {value}");
    }
    for value in invalid {
        let problem = problem(&constraints, value);
        assert!(problem.contains(&format!("the body must {words}")), "{value}: {problem}");
    }
}

/// The expectations are from JSON Schema Validation (draft 2020-12), section 6.
#[test]
fn each_limit_applies_to_its_own_type_only() {
    let other = [json!(null), json!(true)];
    let with = |values: &[Value]| [values, &other].concat();
    check(
        Limit::MinLength(1),
        "have at least 1 character",
        &with(&[json!("\u{1f980}"), json!(0), json!([])]),
        &[json!("")],
    );
    check(
        Limit::MaxLength(2),
        "have at most 2 characters",
        &with(&[json!("éé"), json!("\u{1f980}\u{1f980}"), json!([1, 2, 3])]),
        &[json!("abc")],
    );
    check(
        Limit::MinItems(2),
        "have at least 2 items",
        &with(&[json!([1, 1]), json!("")]),
        &[json!([1])],
    );
    check(
        Limit::MaxItems(1),
        "have at most 1 item",
        &with(&[json!([]), json!("ab")]),
        &[json!([1, 2])],
    );
    check(
        Limit::MinProperties(1),
        "have at least 1 entry",
        &with(&[json!({ "a": 1 }), json!([])]),
        &[json!({})],
    );
    check(
        Limit::MaxProperties(0),
        "have at most 0 entries",
        &with(&[json!({})]),
        &[json!({ "a": 1 })],
    );
    check(
        Limit::UniqueItems,
        "not have the same item twice",
        &with(&[json!([1, "1", [1]]), json!("aa")]),
        &[json!([{ "a": 1 }, { "a": 1 }])],
    );
}

#[test]
fn bounds_are_exact_for_integers() {
    const LARGE: i128 = u64::MAX as i128;
    let number = Number::Integer;
    check(
        Limit::Minimum(number(1)),
        "be at least 1",
        &[json!(1), json!(1.5), json!("0")],
        &[json!(0), json!(0.9)],
    );
    check(
        Limit::Maximum(number(LARGE - 1)),
        "be at most 18446744073709551614",
        &[json!(u64::MAX - 1)],
        &[json!(u64::MAX)],
    );
    check(
        Limit::ExclusiveMinimum(Number::Decimal(0.5)),
        "be greater than 0.5",
        &[json!(1), json!(0.51)],
        &[json!(0.5), json!(-1)],
    );
    check(
        Limit::ExclusiveMaximum(number(0)),
        "be less than 0",
        &[json!(-0.1)],
        &[json!(0), json!(0.1)],
    );
}

#[test]
fn multiples_may_be_decimal() {
    let cents = Limit::MultipleOf(Number::Decimal(0.01));
    check(
        cents,
        "be a multiple of 0.01",
        &[json!(0.3), json!(19.99), json!(7), json!(0)],
        &[json!(0.005)],
    );
    let dozen = Limit::MultipleOf(Number::Integer(12));
    check(dozen, "be a multiple of 12", &[json!(-24), json!(24.0)], &[json!(25), json!(0.5)]);
    check(
        Limit::MultipleOf(Number::Integer(0)),
        "be a multiple of 0",
        &[json!(1), json!(0.5)],
        &[],
    );
}

static NAME: Constraints = Constraints { limits: &[Limit::MinLength(1)], ..Constraints::NONE };
static TREE: Constraints = Constraints {
    properties: &[
        ("name", Constraints { schema: Some(&NAME), ..Constraints::NONE }),
        (
            "children",
            Constraints {
                items: Some(&Constraints { schema: Some(&TREE), ..Constraints::NONE }),
                ..Constraints::NONE
            },
        ),
    ],
    entries: Some(&Constraints { schema: Some(&NAME), ..Constraints::NONE }),
    ..Constraints::NONE
};

#[test]
fn an_error_names_the_place_of_a_violation_without_quoting_the_value() {
    let named = |value: Value| problem(&TREE, &value);
    assert_eq!(named(json!({ "name": "a", "children": [{ "name": "b", "children": [] }] })), "");
    assert!(named(json!({ "name": "" })).contains("`name` must have at least 1 character"));
    let deep = json!({ "children": [{ "name": "b" }, { "children": [{ "name": "" }] }] });
    assert!(named(deep).contains("`children[1].children[0].name` must have"));
    let key = named(json!({ "name": "a", "hush": "" }));
    assert!(key.contains("`*` must have") && !key.contains("hush"), "{key}");
    let error = TREE.check("filter", &json!({ "name": "" })).unwrap_err();
    assert!(error.to_string().contains("`filter.name` must have"), "{error}");
}
