//! Tests hostile strings that look like code or contain terminal control sequences.

use std::collections::BTreeSet;

use openapi_keys::Server;
use proc_macro2::{TokenStream, TokenTree};

use super::{generated_with, settings};

/// Hostile strings. Each of them is tested in many places in a document.
const TEXTS: [&str; 7] = [
    "*/ pub fn evil() {} /*",
    "\"# pub fn evil() {} r#\"",
    "```\nfn evil() { std::process::exit(1) }\n```",
    "```rust\nevil();",
    "~~~\nevil();\n~~~\n\n    evil();\n\n<script>evil()</script>",
    "a\u{202e}b\u{1b}[31mc\rd\u{2066}",
    "line\r\n#![evil] \\\n//! evil",
];

fn document(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "openapi: 3.0.3
info: {{ title: {text}, version: {text}, description: {text} }}
servers: [{{ url: https://shop.example, description: {text} }}]
tags: [{{ name: orders, description: {text} }}]
paths:
  /orders:
    summary: {text}
    post:
      operationId: create
      tags: [orders]
      summary: {text}
      description: {text}
      externalDocs: {{ url: {text}, description: {text} }}
      security: [{{ key: [] }}, {{ token: [write] }}]
      parameters:
        - {{ name: q, in: query, description: {text}, schema: {{ type: string, default: {text}, pattern: {text} }} }}
      requestBody:
        description: {text}
        required: true
        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Order' }}, example: {text} }} }}
      responses: {{ '200': {{ description: {text}, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Order' }} }} }} }} }}
components:
  securitySchemes:
    key: {{ type: apiKey, in: header, name: X-Key, description: {text} }}
    token: {{ type: oauth2, description: {text}, flows: {{ clientCredentials: {{ tokenUrl: https://shop.example/t, scopes: {{ write: {text} }} }} }} }}
  schemas:
    Order:
      type: object
      title: {text}
      description: {text}
      properties:
        id: {{ type: string, title: {text}, description: {text}, default: {text}, example: {text}, pattern: {text} }}
        state: {{ $ref: '#/components/schemas/State' }}
    State: {{ type: string, description: {text}, enum: [a, b] }}
"
    )
}

#[test]
fn text_becomes_neither_code_nor_doctests_nor_control_sequences() {
    let server = Server::new("crate::runtime", "::shop");
    for text in TEXTS {
        let output = generated_with(&document(text), &settings().with_server(server.clone()));
        assert_eq!(output.report.generated, 1, "{text}: {:?}", output.report.omitted);
        for (name, file) in output.client.iter().chain(&output.server) {
            assert!(!words(file.parse().unwrap()).contains("evil"), "{name}:\n{file}");
            let hidden = file.chars().find(|each| {
                each.is_control() && *each != '\n'
                    || matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(hidden, None, "{name} of {text:?}");
            doctests(name, file);
        }
        for decision in &output.report.decisions {
            assert!(!decision.message.contains(['\u{202e}', '\u{1b}']), "{decision:?}");
        }
    }
}

/// Returns all identifiers in the code. Literals, including doc comments, are skipped.
fn words(tokens: TokenStream) -> BTreeSet<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => words(group.stream()),
            TokenTree::Ident(word) => BTreeSet::from([word.to_string()]),
            TokenTree::Punct(_) | TokenTree::Literal(_) => BTreeSet::new(),
        })
        .collect()
}

/// Checks that the documentation in a generated file contains no doctests and no scripts from the
/// document.
#[track_caller]
fn doctests(name: &str, file: &str) {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
    let comments = file.split_inclusive('\n').fold(vec![String::new()], |mut blocks, line| {
        let line = line.trim_start();
        match line.strip_prefix("///").or(line.strip_prefix("//!")) {
            Some(rest) => {
                let rest = rest.strip_prefix(' ').unwrap_or(rest);
                blocks.last_mut().unwrap().push_str(rest);
            }
            None => blocks.push(String::new()),
        }
        blocks
    });
    for comment in comments {
        let mut is_code = false;
        for event in Parser::new(&comment) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = match &kind {
                        CodeBlockKind::Fenced(language) => language.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    is_code = !language.starts_with("text") && !language.starts_with("json");
                }
                Event::End(_) => is_code = false,
                Event::Text(text) if is_code => {
                    assert!(
                        !text.contains("evil"),
                        "{name} must not have a doctest from the document:\n{comment}"
                    );
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    assert!(!html.contains("script"), "{name} must not have HTML:\n{comment}");
                }
                _ => {}
            }
        }
    }
}
