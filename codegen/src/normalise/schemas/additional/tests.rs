//! Tests `additionalProperties` in every form.

use super::super::testing::check;
use super::normalise;

#[test]
fn every_form_is_normalised() {
    check(
        normalise,
        "
A: { type: object, properties: { a: {} }, additionalProperties: true }
B: { type: object, properties: { a: {} }, additionalProperties: {} }
C: { type: object, properties: { a: {} }, additionalProperties: false }
D: { type: object, properties: {}, additionalProperties: false }
E: { type: object, additionalProperties: true }
F: { type: object, additionalProperties: { type: string } }
G: { type: object, additionalProperties: {} }",
        "
A: { type: object, properties: { a: {} }, additionalProperties: {} }
B: { type: object, properties: { a: {} }, additionalProperties: {} }
C: { type: object, properties: { a: {} } }
D: { type: object }
E: { type: object }
F: { type: object, additionalProperties: { type: string } }
G: { type: object }",
        &[],
    );
}

#[test]
fn every_required_name_of_a_struct_becomes_a_property() {
    check(
        normalise,
        "A: { type: object, properties: { a: { type: string } }, required: [a, a, b] }\nB: { required: [a] }\nC: { type: object, properties: { a: {} }, required: [] }",
        "A: { type: object, properties: { a: { type: string }, b: {} }, required: [a, b] }\nB: { type: object }\nC: { type: object, properties: { a: {} } }",
        &["required-without-property"],
    );
}
