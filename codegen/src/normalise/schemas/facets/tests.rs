//! Tests constraints and defaults as sentences.

use super::super::testing::check;
use super::describe;

fn described(before: &str, after: &str) {
    check(|root, _| describe(root), before, after, &[]);
}

#[test]
fn constraints_become_sentences() {
    described(
        "
A: { type: integer, description: How many., minimum: 1, maximum: 100, default: 10 }
B: { type: string, minLength: 1, maxLength: 64, pattern: '^[a-z`]+$' }
C: { type: array, items: {}, maxItems: 1, uniqueItems: true }
D: { type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 }
E: { type: number, exclusiveMinimum: 0, exclusiveMaximum: 1 }
F: { type: object, minProperties: 2, maxProperties: 2 }",
        "
A:
  type: integer
  description: \"How many.\\n\\nBetween 1 and 100. Default: `10`.\"
  x-openapi-keys-constraints: { minimum: 1, maximum: 100 }
B:
  type: string
  description: 'Between 1 and 64 characters. Matches `` ^[a-z`]+$ ``.'
  x-openapi-keys-constraints: { minLength: 1, maxLength: 64, pattern: '^[a-z`]+$' }
C:
  type: array
  items: {}
  description: 'At most 1 item. Items are unique.'
  x-openapi-keys-constraints: { maxItems: 1, uniqueItems: true }
D:
  type: number
  description: 'Greater than 0. A multiple of 0.5.'
  x-openapi-keys-constraints: { minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 }
E:
  type: number
  description: 'Greater than 0, and less than 1.'
  x-openapi-keys-constraints: { exclusiveMinimum: 0, exclusiveMaximum: 1 }
F:
  type: object
  description: 'Exactly 2 entries.'
  x-openapi-keys-constraints: { minProperties: 2, maxProperties: 2 }",
    );
}

#[test]
fn constraints_without_effect_are_removed() {
    described(
        "A: { type: array, items: {}, uniqueItems: false, minItems: 0 }\nB: { type: string, default: null, minLength: none }",
        "A: { type: array, items: {} }\nB: { type: string }",
    );
}

#[test]
fn unsigned_integers_stay_unsigned() {
    described(
        "A: { type: integer, minimum: 0 }\nB: { type: integer, format: int32, minimum: 0 }\nC: { type: integer, minimum: 0, maximum: 9 }",
        "
A: { type: integer, minimum: 0 }
B: { type: integer, format: int32, description: At least 0., x-openapi-keys-constraints: { minimum: 0 } }
C: { type: integer, minimum: 0, description: At most 9., x-openapi-keys-constraints: { maximum: 9 } }",
    );
}
