//! Tests schemas that other schemas extend.

use super::super::testing::check;
use super::unite;

#[test]
fn a_base_becomes_a_union_of_its_children() {
    check(
        unite,
        "
Pet: { type: object, description: A pet., required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { lives: { type: integer } } }] }
Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }",
        "
Pet:
  description: A pet.
  discriminator: { propertyName: kind, mapping: {} }
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
Cat: { allOf: [{ $ref: '#/components/schemas/PetBase' }, { type: object, properties: { lives: { type: integer } } }] }
Dog: { allOf: [{ $ref: '#/components/schemas/PetBase' }] }
PetBase: { type: object, description: A pet., required: [kind], properties: { kind: { type: string } } }",
        &[],
    );
}

#[test]
fn the_mapping_selects_children_and_may_include_the_base() {
    check(
        unite,
        "
Pet:
  type: object
  properties: { kind: { type: string } }
  discriminator: { propertyName: kind, mapping: { pet: '#/components/schemas/Pet', cat: Cat, gone: Gone } }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { lives: { type: integer } } }] }
PetBase: { type: string }",
        "
Pet:
  discriminator: { propertyName: kind, mapping: { pet: '#/components/schemas/PetBase2', cat: '#/components/schemas/Cat' } }
  oneOf: [{ $ref: '#/components/schemas/PetBase2' }, { $ref: '#/components/schemas/Cat' }]
Cat: { allOf: [{ $ref: '#/components/schemas/PetBase2' }, { type: object, properties: { lives: { type: integer } } }] }
PetBase: { type: string }
PetBase2: { type: object, properties: { kind: { type: string } } }",
        &["discriminator"],
    );
}

#[test]
fn one_child_leaves_an_object_that_keeps_everything() {
    check(
        unite,
        "
Pet: { type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
Sole: { type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind } }",
        "
Pet: { type: object, properties: { kind: { type: string } }, additionalProperties: {} }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
Sole: { type: object, properties: { kind: { type: string } } }",
        &["discriminator", "discriminator"],
    );
}

#[test]
fn alternatives_may_extend_their_union() {
    check(
        unite,
        "
Pet: { type: object, properties: { kind: { type: string } }, oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fox' }] }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: integer } } }] }
Fox: { type: object, properties: { tail: { type: string } } }",
        "
Pet:
  oneOf:
    - $ref: '#/components/schemas/Cat'
    - allOf: [{ $ref: '#/components/schemas/Fox' }, { $ref: '#/components/schemas/PetBase' }]
Cat: { allOf: [{ $ref: '#/components/schemas/PetBase' }, { properties: { lives: { type: integer } } }] }
Fox: { type: object, properties: { tail: { type: string } } }
PetBase: { type: object, properties: { kind: { type: string } } }",
        &[],
    );
}
