//! Tests enums with every kind of value.

use super::super::testing::check;
use super::normalise;

#[test]
fn strings_are_distinct_and_open() {
    check(
        normalise,
        "A: { type: string, enum: [a, b, a] }\nB: { enum: [a] }\nC: { type: string, enum: [a], x-open-enum: false }",
        "A: { type: string, enum: [a, b], x-open-enum: true }\nB: { type: string, enum: [a], x-open-enum: true }\nC: { type: string, enum: [a], x-open-enum: false }",
        &["open-enum", "open-enum"],
    );
}

#[test]
fn null_makes_an_enum_nullable() {
    check(
        normalise,
        "A: { type: string, enum: [a, null], x-open-enum: true }\nB: { enum: [null] }",
        "A: { type: string, enum: [a], nullable: true, x-open-enum: true }\nB: { nullable: true }",
        &[],
    );
}

#[test]
fn unquoted_values_are_text_if_the_type_is_string() {
    check(
        normalise,
        "A: { type: string, enum: [on, 1, 1.0, true], x-open-enum: true }",
        "A: { type: string, enum: ['on', '1', '1.0', 'true'], x-open-enum: true }",
        &[],
    );
}

#[test]
fn integer_enums_have_distinct_integers() {
    check(
        normalise,
        "A: { type: integer, enum: ['1', '2', 2], x-open-enum: true }\nB: { enum: [1, 2.0], x-open-enum: true }",
        "A: { type: integer, enum: [1, 2], x-open-enum: true }\nB: { type: integer, enum: [1, 2], x-open-enum: true }",
        &[],
    );
}

#[test]
fn other_values_are_described() {
    check(
        normalise,
        "A: { type: number, enum: [1.5, 2] }\nB: { enum: [1, a] }\nC: { type: boolean, enum: [true] }\nD: { type: boolean, enum: [true, false] }\nE: { type: string, enum: [] }",
        "A: { type: number, x-openapi-keys-remarks: ['One of `1.5` or `2`.'] }\nB: { x-openapi-keys-remarks: ['One of `1` or `a`.'] }\nC: { type: boolean, x-openapi-keys-remarks: ['Always `true`.'] }\nD: { type: boolean }\nE: { type: string }",
        &["enum-values", "enum-values", "enum-values"],
    );
}

#[test]
fn const_and_extensible_enums_become_enums() {
    check(
        normalise,
        "A: { const: a, x-open-enum: false }\nB: { type: string, x-extensible-enum: [a, b] }\nC: { type: string, enum: [a], x-extensible-enum: true }\nD: { type: string, x-open-enum: true }",
        "A: { type: string, enum: [a], x-open-enum: false }\nB: { type: string, enum: [a, b], x-open-enum: true }\nC: { type: string, enum: [a], x-open-enum: true }\nD: { type: string }",
        &["open-enum"],
    );
}
