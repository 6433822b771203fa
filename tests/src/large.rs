//! A document of any size, modelled on a bank's large API. Each endpoint has a named request, a named response,
//! four objects called parts, and an enum. Requests, responses and parts have 5 to 15 properties. About two thirds of
//! the properties are optional, and some refer to parts or enums.

use std::fmt::Write as _;

/// The number of schemas for each endpoint.
pub const BY_ENDPOINT: usize = 7;

/// The number of endpoints that share a tag.
const BY_TAG: usize = 20;

/// The number of parts in a group. An object refers only to parts of the latest group.
const TOGETHER: usize = 24;

const WORDS: [&str; 16] = [
    "account",
    "amount",
    "balance",
    "category",
    "currency",
    "details",
    "filter",
    "holder",
    "income",
    "institution",
    "link",
    "merchant",
    "owner",
    "period",
    "status",
    "transfer",
];

/// Returns a document with at least this many schemas. The same number gives the same document.
#[must_use]
pub fn document(schemas: usize) -> String {
    let endpoints = schemas.div_ceil(BY_ENDPOINT);
    let mut text = String::from("openapi: 3.0.3\ninfo: { title: Large, version: \"1\" }\ntags:\n");
    for tag in 0..endpoints.div_ceil(BY_TAG) {
        add(
            &mut text,
            format_args!("  - {{ name: area{tag}, description: Things of the area {tag}. }}\n"),
        );
    }
    text.push_str("paths:\n");
    (0..endpoints).for_each(|endpoint| path(&mut text, endpoint));
    text.push_str(
        "components:\n  securitySchemes:\n    clientId: { type: apiKey, in: header, name: X-Client }\n    \
         secret: { type: apiKey, in: header, name: X-Secret }\n  schemas:\n    \
         PlatformError:\n      type: object\n      description: Why a request failed.\n      required: [code]\n      \
         properties:\n        code: { type: string }\n        message: { type: string }\n",
    );
    let mut chance = Chance(1);
    (0..endpoints).for_each(|endpoint| definitions(&mut text, endpoint, &mut chance));
    text
}

fn path(text: &mut String, endpoint: usize) {
    add(
        text,
        format_args!(
            "  /area{tag}/thing{endpoint}/get:\n    servers: [{{ url: \"https://large.example\" }}]\n    post:\n      \
             operationId: getThing{endpoint}\n      tags: [area{tag}]\n      summary: Fetch thing {endpoint}\n      \
             description: |-\n        Returns the thing with its accounts, as far as the institution has reported them.\n\n        \
             It may be older than a day: ask for a refresh first if that matters.\n      \
             security: [{{ clientId: [], secret: [] }}]\n      requestBody:\n        required: true\n        \
             content: {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/Thing{endpoint}Request\" }} }} }}\n      \
             responses:\n        \"200\":\n          description: The thing.\n          \
             content: {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/Thing{endpoint}Response\" }} }} }}\n        \
             4XX:\n          description: It failed.\n          \
             content: {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/PlatformError\" }} }} }}\n",
            tag = endpoint / BY_TAG
        ),
    );
}

/// Writes the schemas of an endpoint. Objects refer to earlier objects, including those of other endpoints.
fn definitions(text: &mut String, endpoint: usize, chance: &mut Chance) {
    let open = !endpoint.is_multiple_of(8);
    add(
        text,
        format_args!(
            "    Thing{endpoint}Kind:\n      type: string\n      description: The kind of thing {endpoint}.\n      \
             x-open-enum: {open}\n      enum: [{}]\n",
            WORDS[..3 + chance.below(6)].join(", ")
        ),
    );
    // A request can refer to the endpoint's first two parts, and a response to all four.
    for part in 0..4 {
        let at = endpoint * 4 + part;
        object(text, &format!("Thing{endpoint}Part{part}"), endpoint, at, chance);
    }
    object(text, &format!("Thing{endpoint}Request"), endpoint, endpoint * 4 + 2, chance);
    object(text, &format!("Thing{endpoint}Response"), endpoint, endpoint * 4 + 4, chance);
}

/// Writes an object that may refer to the parts before it.
fn object(text: &mut String, name: &str, endpoint: usize, before: usize, chance: &mut Chance) {
    let count = 5 + chance.below(11);
    let properties: Vec<String> = (0..count)
        .map(|at| format!("{}_{}", WORDS[(at * 5 + endpoint) % 16], WORDS[(at + count) % 16]))
        .collect();
    let required: Vec<&str> =
        properties.iter().map(String::as_str).filter(|_| chance.below(3) == 0).collect();
    add(
        text,
        format_args!(
            "    {name}:\n      type: object\n      description: The state of {name} at the time of the request.\n"
        ),
    );
    if !required.is_empty() {
        add(text, format_args!("      required: [{}]\n", required.join(", ")));
    }
    text.push_str("      properties:\n");
    for property in &properties {
        let reference = |kind: &str| format!("{{ $ref: \"#/components/schemas/{kind}\" }}");
        // Refer to a part of the latest group, so that references stay near the object in the document.
        let first = before.saturating_sub(1) / TOGETHER * TOGETHER;
        let part = first + chance.below(u64::try_from(before - first).unwrap_or(1).max(1));
        let part = format!("Thing{}Part{}", part / 4, part % 4);
        let ty = match chance.below(20) {
            0..=2 if before > 0 => {
                add(text, format_args!("        {property}: {}\n", reference(&part)));
                continue;
            }
            3 | 4 => {
                let of = endpoint.saturating_sub(chance.below(8));
                add(
                    text,
                    format_args!("        {property}: {}\n", reference(&format!("Thing{of}Kind"))),
                );
                continue;
            }
            5 | 6 if before > 0 => format!("type: array\n          items: {}", reference(&part)),
            7 => "type: array\n          items: { type: string }".to_owned(),
            8 | 9 => "type: string\n          nullable: true".to_owned(),
            10 => "type: integer".to_owned(),
            11 => "type: integer\n          format: int64".to_owned(),
            12 => "type: number".to_owned(),
            13 | 14 => "type: boolean".to_owned(),
            _ => "type: string".to_owned(),
        };
        add(
            text,
            format_args!(
                "        {property}:\n          description: The {} as the institution reports it. It is empty if the \
                 institution does not report it.\n          {ty}\n",
                property.replace('_', " of the ")
            ),
        );
    }
}

fn add(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = text.write_fmt(line);
}

/// Pseudorandom numbers, the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit).unwrap_or_default()
    }
}
