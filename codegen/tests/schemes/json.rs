//! Tests help messages for JSON documents.

use super::{document, generated};
use openapi_keys::check_text;

use crate::mistakes::sound;

#[test]
fn help_messages_for_json_contain_json() {
    let yaml = document("[{ token: books.read }, { header: [x] }]")
        .replace("        []\n", "        - { basic: [], bearer: [] }\n");
    let json = openapi_keys::Document::parse("a.yaml", &yaml).unwrap().to_json().to_string();
    let mistakes = check_text("openapi.json", &json, &generated()).unwrap_err();
    let helps: Vec<_> = mistakes.list().iter().map(|it| it.help.clone().unwrap()).collect();
    assert_eq!(
        helps,
        [
            "if either is enough, write two alternatives:\n    \"security\": [{ \"basic\": [] }, { \"bearer\": [] }]",
            "write `\"token\": [\"books.read\"]`",
            "write `\"header\": []`; or, if these are permissions that the credential must have, call \
             `Settings::with_scoped_schemes([\"header\"])`",
        ]
    );
}

/// A suggestion and its `#` comment are on the same line, even if only one line is suggested.
#[test]
fn suggested_schemes_for_json_are_json() {
    let written = document("[{ printerToken: [] }]");
    let none = sound().replace("\n        - reader: []\n", " reader\n");
    let start = none.find("  securitySchemes:").unwrap();
    let end = none.find("  schemas:\n").unwrap();
    let none = format!("{}{}", &none[..start], &none[end..]);
    let first = |yaml: &str| {
        let document = openapi_keys::Document::parse("a.yaml", yaml).unwrap();
        let json = document.to_json().to_string();
        let mistakes = check_text("openapi.json", &json, &generated()).unwrap_err();
        mistakes.list().iter().find(|it| it.message.contains("getBook")).unwrap().help.clone()
    };
    let help = first(&written).unwrap();
    let expected = r#"declare `printerToken` under `components.securitySchemes`, e.g. one of
    "printerToken": { "type": "apiKey", "in": "header", "name": "X-Printer-Token" }
    "printerToken": { "type": "http", "scheme": "bearer" }
or require"#;
    assert!(help.starts_with(expected), "{help}");
    let expected = r#"write one of
    "security": [{ "apiKey": [] }]  # once `components.securitySchemes` has `"apiKey": { "type": "apiKey", "in": "header", "name": "X-Api-Key" }`"#;
    assert_eq!(first(&none).as_deref(), Some(expected));
}
