//! Tests missing `security`, and `security` at the top level.

use openapi_keys::{MissingSecurity, check_text, generate};

use super::{by_hand, codes, document, generated, refused};

/// Operations without their own `security` inherit the document's.
#[test]
fn an_error_at_the_top_level_is_reported_once() {
    let with_top = |top: &str| {
        let document =
            document("[{ header: [] }]").replace("      security: [{ header: [] }]\n", "");
        let document = document.replace("      security:\n        []\n", "");
        document.replacen("tags:", &format!("security: {top}\ntags:"), 1)
    };
    for (top, code) in [
        ("", "security-shape"),
        ("{}", "security-shape"),
        ("[null]", "security-shape"),
        ("[[]]", "security-shape"),
        ("[{ header: }]", "security-shape"),
        ("[{ header: {} }]", "security-shape"),
        ("[{ token: [1] }]", "security-shape"),
        ("[{ token: [''] }]", "scope-text"),
        ("[{ token: [book.read] }]", "unknown-scope"),
        ("[{ header: [read] }]", "scopes-without-oauth"),
        ("[{ haeder: [] }]", "unknown-security-scheme"),
        ("[{ bearer: [], token: [] }]", "shared-place"),
    ] {
        let document = with_top(top);
        for settings in [
            generated(),
            generated().with_missing_security(MissingSecurity::Open),
            by_hand(&[("Header", &[&["header"]])]),
        ] {
            assert_eq!(codes(&document, &settings), [code], "{top}");
        }
        // The error is reported even if no operation inherits the requirement.
        let own = document.replace("      operationId:", "      security: []\n      operationId:");
        assert_eq!(codes(&own, &generated()), [code], "{top}");
    }
    for top in ["[{ header: [] }]", "[{ token: [all] }, {}]", "[]", "[{}]"] {
        check_text("openapi.yaml", &with_top(top), &generated()).unwrap();
    }
    let written = with_top("[{ header: [] }]");
    generate(&written, &by_hand(&[("Header", &[&["header"]])])).unwrap();
    assert_eq!(codes(&written, &by_hand(&[("Query", &[&["query"]])])), ["unknown-requirement"]);
    let own = written.replace("      operationId:", "      security: []\n      operationId:");
    check_text("openapi.yaml", &own, &by_hand(&[("Query", &[&["query"]])])).unwrap();
}

#[test]
fn only_the_settings_can_open_an_operation_that_has_no_security() {
    let without = document("[]").replace("      security: []\n", "");
    assert_eq!(codes(&without, &generated()), ["missing-security"]);
    let refused = generated().with_missing_security(MissingSecurity::Refused);
    assert_eq!(codes(&without, &refused), ["missing-security"]);
    let open = generated().with_missing_security(MissingSecurity::Open);
    check_text("openapi.yaml", &without, &open).unwrap();
    // Even with this setting, a misspelt or misplaced `security` is an error.
    let typo = without.replacen("      operationId:", "      securty: []\n      operationId:", 1);
    assert_eq!(codes(&typo, &open), ["unknown-key"]);
    let of_path = without.replacen("    get:", "    security: []\n    get:", 1);
    assert_eq!(codes(&of_path, &open), ["unknown-key"]);
}

/// One line at the top level fixes all operations, so one error is enough.
#[test]
fn all_operations_without_security_are_reported_together() {
    let without = document("[]").replace("      security: []\n", "");
    let without = without.replace("      security:\n        []\n", "");
    for settings in [generated(), by_hand(&[("Header", &[&["header"]])])] {
        let mistakes = refused(&without, &settings);
        assert_eq!(mistakes.list().len(), 1, "{mistakes}");
        let [mistake] = mistakes.list() else { panic!("{mistakes}") };
        assert_eq!(mistake.message, "operation `getBook` and 1 other have no `security`");
        let help = mistake.help.as_deref().unwrap();
        assert!(help.starts_with("write one of these at the top level"), "{help}");
        assert!(help.contains("\n    security: [{ header: [] }]"), "{help}");
        let top = without.replacen("tags:", "security: [{ header: [] }]\ntags:", 1);
        check_text("openapi.yaml", &top, &settings).unwrap();
    }
    // If each operation must declare its own `security`, each one is reported.
    let refused = generated().with_missing_security(MissingSecurity::Refused);
    assert_eq!(codes(&without, &refused), ["missing-security"; 2]);
}
