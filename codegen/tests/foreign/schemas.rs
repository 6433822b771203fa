//! Tests the types that are generated for each kind of schema.

use openapi_keys::Settings;

use super::{DONE, HEAD, decisions, file, generated, generated_with, has, omitted, settings};

/// Returns a document whose only operation returns this schema. `others` are additional schemas.
fn document(schema: &str, others: &str) -> String {
    format!(
        "{HEAD}paths:
  /things:
    get:
      operationId: list
      responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }} }} }} }}
components:
  schemas:
    Thing: {schema}
{others}"
    )
}

const CIRCLE_AND_SQUARE: &str = "    Circle: { type: object, required: [kind, radius], properties: { kind: { type: string }, radius: { type: number } } }
    Square: { type: object, required: [kind, side], properties: { kind: { type: string }, side: { type: number } } }
";

#[test]
fn inline_schemas_become_types_named_after_their_place() {
    let text = document(
        "{ type: object, properties: { lines: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string } } } }, status: { type: string, enum: [open] } } }",
        "",
    );
    let output = generated(&text);
    has(
        &output,
        "types/thing.rs",
        &["publines:Vec<ThingLinesItem>,", "pubstatus:Option<ThingStatus>,"],
    );
    has(&output, "types/thing_lines_item.rs", &["pubstructThingLinesItem{", "pubsku:String,"]);
    has(&output, "types/thing_status.rs", &["pubenumThingStatus{", "Open,"]);
    let lines: Vec<usize> =
        decisions(&output, &text, "inline-schema").into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [12, 12]);
}

#[test]
fn extensions_next_to_a_reference_are_ignored() {
    let text = document(
        "{ type: object, properties: { part: { x-audience: [public], $ref: '#/components/schemas/Part' } } }",
        "    Part: { type: object, properties: { id: { type: string } } }\n",
    );
    let output = generated(&text);
    assert_eq!(omitted(&output), []);
    has(&output, "types/thing.rs", &["pubpart:Option<Part>,"]);
}

#[test]
fn all_of_becomes_one_type_with_the_properties_of_all_parts() {
    let text = document(
        "{ allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [total], properties: { total: { type: integer } } }], description: Both. }",
        "    Base: { type: object, required: [id], properties: { id: { type: string }, note: { type: string } } }\n",
    );
    let output = generated(&text);
    has(
        &output,
        "types/thing.rs",
        &["pubid:String,", "pubnote:Option<String>,", "pubtotal:i64,", "///Both."],
    );
}

#[test]
fn a_discriminator_selects_the_alternative() {
    let text = document(
        "{ oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }], discriminator: { propertyName: kind, mapping: { round: '#/components/schemas/Circle' } } }",
        CIRCLE_AND_SQUARE,
    );
    let output = generated(&text);
    let thing = file(&output, "types/thing.rs");
    for expected in
        ["Circle(Box<Circle>),", "Square(Box<Square>),", "\"kind\"", "\"round\"", "\"Square\""]
    {
        assert!(thing.contains(expected), "{expected}: {thing}");
    }
}

#[test]
fn required_properties_select_the_alternative_without_a_discriminator() {
    for key in ["oneOf", "anyOf"] {
        let alternatives = format!(
            "{{ {key}: [{{ $ref: '#/components/schemas/Circle' }}, {{ $ref: '#/components/schemas/Square' }}, {{ type: string }}] }}"
        );
        let output = generated(&document(&alternatives, CIRCLE_AND_SQUARE));
        let thing = file(&output, "types/thing.rs");
        for expected in [
            "Circle(Box<Circle>),",
            "Square(Box<Square>),",
            "String(String),",
            "\"radius\"",
            "\"side\"",
        ] {
            assert!(thing.contains(expected), "{key}, {expected}: {thing}");
        }
    }
}

#[test]
fn indistinguishable_alternatives_are_read_by_methods() {
    let text = document(
        "{ oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] }",
        "    One: { type: object, required: [id], properties: { id: { type: string } } }
    Two: { type: object, required: [id], properties: { id: { type: string }, more: { type: integer } } }
",
    );
    let output = generated(&text);
    has(
        &output,
        "types/thing.rs",
        &[
            "pubstructThing(Value);",
            "pubfnas_one(&self)->Result<One,",
            "pubfnas_two(&self)->Result<Two,",
        ],
    );
}

#[test]
fn enums_keep_unknown_values() {
    let text = document(
        "{ type: object, properties: { sign: { type: string, enum: ['+', '-', a, A, 'a ', ''] }, level: { type: integer, enum: [1, 20, -3] }, ratio: { type: number, enum: [0.5, 1.5] }, maybe: { type: string, nullable: true, enum: [a, null] }, closed: { type: string, enum: [a], x-open-enum: false } } }",
        "",
    );
    let output = generated(&text);
    has(
        &output,
        "types/thing_sign.rs",
        &[
            "///`+`Plus,///`-`Minus,///`a`A,///`A`A2,",
            "Unknown(String),",
            r#"Self::Plus=>"+","#,
            r#"Self::Minus=>"-","#,
            r#"Self::A=>"a","#,
            r#"Self::A2=>"A","#,
        ],
    );
    assert!(output.client["types/thing_sign.rs"].contains("=> \"a \","));
    has(&output, "types/thing_level.rs", &["Unknown(i64),", "=>20,", "=>-3,"]);
    has(&output, "types/thing_maybe.rs", &["pubenumThingMaybe{", "///`a`A,", "Unknown(String),"]);
    has(&output, "types/thing.rs", &["pubratio:Option<f64>,"]);
    let closed = file(&output, "types/thing_closed.rs");
    assert!(!closed.contains("Unknown"), "{closed}");
    assert_eq!(output.report.decision_counts()["open-enum"], 3);
    assert_eq!(output.report.decision_counts()["enum-values"], 1);
}

#[test]
fn null_becomes_an_option_and_differs_from_missing_in_requests() {
    let schema = "{ type: object, required: [always], properties: { always: { type: string, nullable: true }, sometimes: { type: string, nullable: true }, list: { type: array, items: { type: string, nullable: true } } } }";
    let received = document(schema, "");
    let received = generated(&received);
    has(
        &received,
        "types/thing.rs",
        &[
            "pubalways:Option<String>,",
            "pubsometimes:Option<String>,",
            "publist:Vec<Option<String>>,",
        ],
    );
    let sent = document(schema, "").replace(
        "      responses:",
        "      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }\n      responses:",
    );
    let sent = generated(&sent.replace("    get:", "    post:"));
    has(&sent, "types/thing.rs", &["pubalways:Option<String>,", "pubsometimes:Nullable<String>,"]);
}

#[test]
fn limits_and_defaults_become_documentation() {
    let text = document(
        "{ type: object, properties: { name: { type: string, pattern: '^a+$', maxLength: 5, default: aa }, count: { type: integer, minimum: 1, maximum: 9 }, born: { type: string, format: date }, other: { not: { type: string } } }, additionalProperties: { type: integer } }",
        "",
    );
    let output = generated(&text);
    has(
        &output,
        "types/thing.rs",
        &[
            "pubname:Option<String>,",
            "pubcount:Option<i64>,",
            "pubborn:Option<String>,",
            "pubother:Option<Value>,",
            "BTreeMap<String,i64>,",
        ],
    );
    let docs: Vec<&str> = output.client["types/thing.rs"]
        .lines()
        .filter_map(|line| line.trim().strip_prefix("///"))
        .collect();
    let docs = docs.join("\n");
    for said in ["^a+$", "5", "aa", "9"] {
        assert!(docs.contains(said), "{said}: {docs}");
    }
    assert_eq!(output.report.decision_counts()["format"], 1);
}

#[test]
fn a_3_1_document_generates_equivalent_types() {
    let text = document(
        "{ type: object, required: [maybe], properties: { kind: { const: a }, maybe: { type: [string, 'null'] }, other: { anyOf: [{ type: integer }, { type: 'null' }] }, pair: { type: array, prefixItems: [{ type: string }, { type: integer }] }, count: { type: integer, exclusiveMinimum: 3, examples: [4] } } }",
        "",
    )
    .replace("openapi: 3.0.3", "openapi: 3.1.0");
    let output = generated(&text);
    has(
        &output,
        "types/thing.rs",
        &[
            "pubkind:Option<ThingKind>,",
            "pubmaybe:Option<String>,",
            "pubother:Option<i64>,",
            "pubpair:Vec<Value>,",
            "pubcount:Option<i64>,",
        ],
    );
    has(&output, "types/thing_kind.rs", &[r#"Self::A=>"a","#]);
    assert_eq!(decisions(&output, &text, "prefix-items").len(), 1);
}

#[test]
fn recursive_schemas_terminate() {
    let text = document(
        "{ allOf: [{ $ref: '#/components/schemas/Thing' }, { $ref: '#/components/schemas/Tree' }] }",
        "    Tree: { type: object, required: [left], properties: { left: { $ref: '#/components/schemas/Tree' }, all: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }\n",
    );
    let output = generated(&text);
    has(&output, "types/tree.rs", &["publeft:Box<Tree>,", "puball:Vec<Tree>,"]);
    assert_eq!(output.report.generated, 1);
}

#[test]
fn a_named_schema_says_why_its_format_is_ignored() {
    let text = format!(
        "{HEAD}paths:
  /a:
    parameters: [{{ name: a, in: query, schema: {{ $ref: '#/components/schemas/A' }} }}]
    get: {{ operationId: getA, {DONE} }}
components:
  schemas:
    A: {{ type: string, format: slug }}
"
    );
    let messages =
        |settings: &Settings| decisions(&generated_with(&text, settings), &text, "format");
    let string = settings().with_formats([("slug", "::std::string::String")]);
    let ignored = "The format `slug` of named schemas is ignored, because its type in the settings is `String`.";
    assert_eq!(messages(&string), [(11, ignored.to_owned())]);
    let unknown = "Strings with the format `slug` become `String`, because the settings have no type for this format.";
    assert_eq!(messages(&settings()), [(11, unknown.to_owned())]);
}
