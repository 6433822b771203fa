//! Tests alternatives with and without a discriminator.

use super::super::testing::check;
use super::normalise;

#[test]
fn null_becomes_nullable_and_a_single_alternative_replaces_the_union() {
    check(
        normalise,
        "
A: { type: object, properties: { a: { type: string } } }
B: { oneOf: [{ $ref: '#/components/schemas/A' }, { nullable: true }] }
C:
  type: object
  properties:
    a: { description: Its a., anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] }
    b: { oneOf: [{ type: string }, { type: string }] }
    c: { oneOf: [{ type: string, nullable: true }, { type: integer }] }",
        "
A: { type: object, properties: { a: { type: string } } }
B: { type: object, properties: { a: { type: string } }, nullable: true }
C:
  type: object
  properties:
    a: { $ref: '#/components/schemas/A', description: Its a., nullable: true }
    b: { type: string }
    c: { oneOf: [{ type: string }, { type: integer }], nullable: true }",
        &[],
    );
}

#[test]
fn scalars_of_one_kind_are_merged() {
    check(
        normalise,
        "
A: { type: string, enum: [a], x-open-enum: false }
B: { type: string, enum: [b], x-open-enum: false }
AB: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
Open: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: string }] }
Texts: { oneOf: [{ type: string, format: date }, { type: string, format: uuid }] }
Numbers: { oneOf: [{ type: integer }, { type: number, format: double }, { type: string }] }
Deep: { oneOf: [{ type: boolean }, { oneOf: [{ type: integer }, { type: string }] }] }",
        "
A: { type: string, enum: [a], x-open-enum: false }
B: { type: string, enum: [b], x-open-enum: false }
AB: { type: string, enum: [a, b], x-open-enum: false }
Open: { type: string, enum: [a], x-open-enum: true }
Texts: { type: string }
Numbers: { oneOf: [{ type: number, format: double }, { type: string }] }
Deep: { oneOf: [{ type: boolean }, { type: integer }, { type: string }] }",
        &["union-merged", "union-merged", "union-merged", "union-merged"],
    );
}

#[test]
fn a_union_accepts_any_json_if_one_of_its_alternatives_does() {
    check(
        normalise,
        "A: {}\nB: { description: Anything., oneOf: [{ type: string }, { $ref: '#/components/schemas/A' }] }",
        "A: {}\nB: { description: Anything. }",
        &["union-any"],
    );
}

#[test]
fn a_discriminator_is_completed() {
    check(
        normalise,
        "
Cat: { type: object, properties: { kind: { type: string } } }
Dog: { type: object, properties: { kind: { type: string, enum: [dog, puppy] } } }
Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind, mapping: { other: Fox } }
Cow: { type: object, required: [milk], properties: { milk: { type: string } } }
Farm:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Cow' }]
  discriminator: { propertyName: kind }",
        "
Cat: { type: object, properties: { kind: { type: string } } }
Dog: { type: object, properties: { kind: { type: string, enum: [dog, puppy] } } }
Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator:
    propertyName: kind
    mapping: { Cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog', puppy: '#/components/schemas/Dog' }
Cow: { type: object, required: [milk], properties: { milk: { type: string } } }
Farm: { oneOf: [{ $ref: '#/components/schemas/Cow' }, { $ref: '#/components/schemas/Cat' }] }",
        // The second round finds nothing more.
        &["discriminator", "discriminator"],
    );
}

#[test]
fn a_discriminator_is_found() {
    check(
        normalise,
        "
Cat: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] } } }
Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }
Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }",
        "
Cat: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] } } }
Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }
Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }",
        &["discriminator-found"],
    );
}

#[test]
fn unions_that_contain_themselves_terminate() {
    check(
        normalise,
        "
A: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: string }] }
B: { oneOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/B' } }] }",
        "
A: { type: string }
B: { oneOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/B' } }] }",
        &[],
    );
}

/// An alternative that matches every object would hide the properties of the other alternatives.
#[test]
fn objects_that_hide_each_other_are_merged() {
    check(
        normalise,
        "
A: { type: object, properties: { a: { type: string } } }
B: { type: object, properties: { a: { type: string, nullable: true }, b: { type: integer } } }
D: { type: object, properties: { a: { type: integer } } }
C: { type: object, properties: { c: { type: string } }, required: [c] }
One: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/C' }] }
Two: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }
Both: { anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/D' }] }",
        "
A: { type: object, properties: { a: { type: string } } }
B: { type: object, properties: { a: { type: string, nullable: true }, b: { type: integer } } }
D: { type: object, properties: { a: { type: integer } } }
C: { type: object, properties: { c: { type: string } }, required: [c] }
One: { oneOf: [{ $ref: '#/components/schemas/C' }, { $ref: '#/components/schemas/A' }] }
Two:
  oneOf:
    - $ref: '#/components/schemas/C'
    - { type: object, properties: { a: { type: string, nullable: true }, b: { type: integer } } }
Both: { type: object, properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }",
        &["union-merged", "union-merged"],
    );
}

#[test]
fn a_schema_may_contain_a_union_with_itself() {
    check(
        normalise,
        "
Tree:
  type: object
  required: [kind]
  properties:
    kind: { type: string, enum: [tree] }
    next: { oneOf: [{ $ref: '#/components/schemas/Tree' }, { $ref: '#/components/schemas/Leaf' }] }
Leaf: { type: object, required: [kind], properties: { kind: { type: string, enum: [leaf] } } }",
        "
Tree:
  type: object
  required: [kind]
  properties:
    kind: { type: string, enum: [tree] }
    next:
      oneOf: [{ $ref: '#/components/schemas/Tree' }, { $ref: '#/components/schemas/Leaf' }]
      discriminator: { propertyName: kind, mapping: { tree: '#/components/schemas/Tree', leaf: '#/components/schemas/Leaf' } }
Leaf: { type: object, required: [kind], properties: { kind: { type: string, enum: [leaf] } } }",
        &["discriminator-found"],
    );
}
