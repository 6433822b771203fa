use super::super::testing::check;
use super::normalise;

#[test]
fn null_is_nullable_and_one_alternative_is_that() {
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
fn scalars_of_one_kind_are_one() {
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
fn any_json_makes_it_any_json() {
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
Cow: { type: object, properties: { milk: { type: string } } }
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
Cow: { type: object, properties: { milk: { type: string } } }
Farm: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Cow' }] }",
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
fn unions_of_themselves_end() {
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
