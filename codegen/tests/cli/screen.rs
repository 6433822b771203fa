//! Tests that output fits on a screen and contains no control characters from a document.

use std::fmt::Write as _;

use crate::Place;

/// Returns a document in which only one operation can be generated. All others are left out for
/// many different reasons.
fn many() -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Many, version: \"1\" }\npaths:\n".to_owned();
    for number in 0..300 {
        let broken = match number % 6 {
            0 => {
                "requestBody: { required: true, content: { text/plain: {} } }, responses: { \"204\": { description: A } }"
            }
            1 => "security: [{ nobody: [] }], responses: { \"204\": { description: A } }",
            2 => {
                "parameters: [{ $ref: \"other.yaml\" }], responses: { \"204\": { description: A } }"
            }
            3 => {
                "requestBody: { content: { text/plain: {} } }, responses: { \"204\": { description: A } }"
            }
            4 => {
                "parameters: [{ $ref: \"#/components/parameters/None\" }], responses: { \"204\": { description: A } }"
            }
            _ => "responses: {}",
        };
        let key = if number % 2 == 0 { "security: [], " } else { "" };
        let key = if broken.contains("security") { "" } else { key };
        let _ = writeln!(text, "  \"/p{number}\":\n    get: {{ {key}{broken} }}");
    }
    text + "  /done:\n    get: { security: [], responses: { \"204\": { description: A } } }\n"
}

#[test]
fn a_summary_fits_on_a_screen_for_any_document() {
    let place = Place::new("screen");
    place.write("api.yaml", &many());
    let ran = place.generate(&[]);
    ran.done(&["1 of 301 operations generated", "left out", "openapi-keys explain api.yaml"]);
    assert!(ran.out.contains(" more\n"), "{}", ran.out);
    let lines = ran.out.lines().count();
    assert!(lines <= 40, "{lines} lines:\n{}", ran.out);
}

#[test]
fn strings_in_a_document_cannot_control_a_terminal() {
    let place = Place::new("steer");
    let text = crate::one_omitted().replace("addBook", "\"get\\e[2J\\e]0;owned\\aBook\"");
    assert_ne!(text, crate::one_omitted());
    place.write("api.yaml", &text);
    for arguments in
        [&["generate", "api.yaml", "--out", "src/generated"][..], &["explain", "api.yaml"]]
    {
        let ran = place.run_with(arguments, b"", &[("CLICOLOR_FORCE", "1")]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(!ran.out.contains("\x1b[2J") && !ran.out.contains("\x1b]"), "{:?}", ran.out);
        assert!(ran.out.contains("␛[2J"), "{:?}", ran.out);
    }
}

#[test]
fn colour_is_used_only_for_terminals() {
    let place = Place::new("colour");
    let ran = place.generate(&[]);
    ran.done(&[]);
    assert!(!ran.out.contains('\x1b'), "{:?}", ran.out);
    let arguments = ["generate", "api.yaml", "--out", "src/generated"];
    let forced = place.run_with(&arguments, b"", &[("CLICOLOR_FORCE", "1")]);
    assert!(forced.out.contains("\x1b[1m"), "{:?}", forced.out);
}

#[test]
fn defaults_are_shown_without_a_settings_file() {
    let place = Place::new("chosen");
    place.generate(&[]).done(&[
        "module crate::generated, runtime ::openapi_keys_runtime, strictness lenient",
        "operations without any `security`: open if others require credentials",
    ]);
    place.write("keys.toml", "");
    let ran = place.generate(&["--settings", "keys.toml"]);
    ran.done(&[]);
    assert!(!ran.out.contains("strictness"), "{}", ran.out);
}
