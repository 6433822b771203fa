//! Tests documents with many schemes.

use std::time::{Duration, Instant};

use openapi_keys::{Bound, check_text};

use super::{by_hand, generated};

/// Returns a document with many operations, each with its own requirement.
fn large(security: impl Fn(usize) -> String, scheme: impl Fn(usize) -> String) -> String {
    let operation = |number| {
        format!(
            "  /{number}:\n    servers: [{{ url: https://library.example }}]\n    get:\n      operationId: get{number}\n      \
             tags: [books]\n      security: {}\n      responses: {{ \"204\": {{ description: Done. }} }}\n",
            security(number)
        )
    };
    let operations: String = (0..1_000).map(operation).collect();
    let schemes: String = (0..200).map(scheme).collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\ntags: [{{ name: books }}]\npaths:\n{operations}components:\n  \
         securitySchemes:\n{schemes}"
    )
}

#[test]
fn large_documents_are_checked_quickly() {
    let key = |it| format!("    s{it}: {{ type: apiKey, in: header, name: X-{it} }}\n");
    let pair = |it: usize| format!("[{{ s{}: [], s{}: [] }}]", it % 200, (it + 1 + it / 200) % 200);
    let token = |it| {
        let scopes: Vec<_> = (0..50).map(|each| format!("scope.{it}.{each}: ''")).collect();
        let scopes = scopes.join(", ");
        format!(
            "    s{it}: {{ type: oauth2, flows: {{ implicit: {{ scopes: {{ {scopes} }} }} }} }}\n"
        )
    };
    let misspelt = |it: usize| format!("[{{ s{}: [scoep.{}.{}] }}]", it % 200, it % 200, it % 50);
    let shared = |it: usize| format!("[{{ s{}: [], s{}: [] }}]", it % 200, (it + 1) % 200);
    let bounds = (0..1_000).map(|it| {
        let (name, schemes) = (format!("B{it}"), [format!("x{it}"), format!("s{}", it % 200)]);
        let schemes = schemes.each_ref().map(String::as_str);
        Bound::new(&name, &format!("crate::scope::{name}"), "it", &[&schemes])
    });
    let many = by_hand(&[]).with_bounds(bounds);
    for (document, settings, code) in [
        (large(pair, key), generated(), None),
        (large(pair, key), by_hand(&[]), Some("unknown-requirement")),
        (large(pair, key), many.clone(), Some("unknown-requirement")),
        (large(|_| "null".to_owned(), key), many, Some("security-shape")),
        (large(misspelt, token), generated(), Some("unknown-scope")),
        (large(shared, token), generated(), Some("shared-place")),
        (
            large(|it| format!("[{{ t{it}: [] }}]"), key),
            generated(),
            Some("unknown-security-scheme"),
        ),
        (
            large(|it| format!("[{{ another{it}: [], s1: [] }}]"), key),
            by_hand(&[]),
            Some("unknown-security-scheme"),
        ),
    ] {
        let start = Instant::now();
        let found = check_text("openapi.yaml", &document, &settings);
        let time = start.elapsed();
        println!("{code:?}: {time:?}");
        assert!(time < Duration::from_secs(10), "{code:?}: {time:?}");
        let Some(code) = code else {
            found.unwrap();
            continue;
        };
        let mistakes = found.unwrap_err();
        assert!(mistakes.list().iter().all(|it| it.code == code), "{mistakes}");
        let text = mistakes.to_string();
        assert!(text.len() < 1_000_000, "{code}: {} bytes", text.len());
    }
}
