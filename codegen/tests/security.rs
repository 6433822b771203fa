//! Tests the help messages for requirements without a bound and for operations without `security`. No message suggests
//! opening an operation that has a requirement.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod mistakes;

use mistakes::{settings, sound};
use openapi_keys::{Bound, Diagnostic, MissingSecurity, Settings, Strictness, generate};

/// Returns settings without bounds, as on a user's first attempt.
fn empty() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
        .with_strictness(Strictness::Strict)
}

#[track_caller]
fn mistake(document: &str, settings: &Settings, code: &str) -> Diagnostic {
    let mistakes = generate(document, settings).unwrap_err();
    let found = mistakes.list().iter().find(|mistake| mistake.code == code);
    found.unwrap_or_else(|| panic!("the errors must contain `{code}`:\n{mistakes}")).clone()
}

#[test]
fn a_requirement_without_a_bound_suggests_the_bound_to_add() {
    for (security, expected) in [
        (
            "[{ reader: [] }]",
            r#"Bound::new("Reader", "crate::scope::Reader", "reader", &[&["reader"]])"#,
        ),
        (
            "[{ reader: [] }, { staff: [], branch: [] }]",
            r#"Bound::new("ReaderOrStaffAndBranch", "crate::scope::ReaderOrStaffAndBranch", "reader, or staff and branch", &[&["reader"], &["staff", "branch"]])"#,
        ),
    ] {
        let document = sound().replace("\n        - reader: []\n", &format!(" {security}\n"));
        assert!(document.contains(security), "{document}");
        let mistakes = generate(&document, &empty()).unwrap_err();
        let found = mistakes.list().iter().find(|it| it.operation.as_deref() == Some("getBook"));
        let help = found.unwrap().help.as_deref().unwrap();
        assert_eq!(help, format!("add to `Settings::bounds`: `{expected}`"));
        assert!(!mistakes.to_string().contains("anyone"), "{mistakes}");
    }
}

/// Follows the help messages as a newcomer would.
#[test]
fn a_document_with_the_suggested_bounds_is_generated() {
    let scopes = [
        Bound::new("Reader", "crate::scope::Reader", "reader", &[&["reader"]]),
        Bound::new(
            "StaffAndBranch",
            "crate::scope::StaffAndBranch",
            "staff and branch",
            &[&["staff", "branch"]],
        ),
    ];
    let mistakes = generate(&sound(), &empty()).unwrap_err().to_string();
    for Bound { name, path, needs, .. } in &scopes {
        let named = format!("`Bound::new({name:?}, {path:?}, {needs:?}, &[&[");
        assert!(mistakes.contains(&named), "{named}\n{mistakes}");
    }
    let output = generate(&sound(), &empty().with_bounds(scopes)).unwrap();
    assert!(output.client["operations/books/add.rs"].contains("K: scope::StaffAndBranch"));
}

#[test]
fn a_suggested_bound_has_a_free_and_valid_name() {
    for (scheme, expected) in [
        ("credential", "Bound::new(\"Credential2\", \"crate::scope::Credential2\", "),
        ("größe", "Bound::new(\"Caller\", \"crate::scope::Caller\", \"größe\", &[&[\"größe\"]])"),
    ] {
        let document = sound().replace("reader:", &format!("{scheme}:"));
        let help = mistake(&document, &empty(), "unknown-requirement").help.unwrap();
        assert!(help.contains(expected), "{help}");
    }
    let staff = Bound::new("Reader", "crate::scope::Reader", "a reader of old", &[&["staff"]]);
    let help = mistake(&sound(), &empty().with_bounds([staff]), "unknown-requirement").help;
    let help = help.unwrap();
    assert!(help.starts_with("add to `Settings::bounds`: `Bound::new(\"Reader2\", "), "{help}");
    assert!(help.ends_with("\nor write one of\n    security: [{ staff: [] }]  # a reader of old"));
}

#[test]
fn an_operation_without_security_can_use_a_requirement_of_the_document() {
    let without = sound().replacen("      security:\n        - reader: []\n", "", 1);
    let open = "    security: []  # anyone, even without a key";
    let schemes = "write one of\n    security: [{ reader: [] }]\n    security: [{ staff: [] }]\n    security: [{ branch: [] }]";
    let strict = empty().with_missing_security(MissingSecurity::Refused);
    let help = |document: &str| mistake(document, &strict, "missing-security").help.unwrap();
    assert_eq!(help(&without), format!("{schemes}\n{open}"));
    for (top, expected) in [
        (
            "[{ staff: [], branch: [] }]",
            "security: [{ branch: [], staff: [] }]  # as at the top level",
        ),
        ("[{ reader: [] }]", "security: [{ reader: [] }]  # as at the top level"),
    ] {
        let document = without.replacen("tags:", &format!("security: {top}\ntags:"), 1);
        assert_eq!(help(&document), format!("write one of\n    {expected}\n{open}"));
    }
    // A top-level `security` that lets anyone in or is invalid isn't suggested.
    for top in ["[]", "[{}]", "[{ unheard: [] }]", "reader"] {
        let document = without.replacen("tags:", &format!("security: {top}\ntags:"), 1);
        assert_eq!(help(&document), format!("{schemes}\n{open}"), "{top}");
    }
    // The suggestion to open all operations without `security` comes last, and only if the settings
    // don't require a decision for each operation.
    let help = mistake(&without, &empty(), "missing-security").help.unwrap();
    let last = help.strip_prefix(&format!("{schemes}\n{open}\n")).unwrap();
    assert!(last.contains("`Settings::with_missing_security(MissingSecurity::Open)`"), "{last}");
}

/// The error is in the settings, so the help message must not suggest editing the document, which is
/// correct.
#[test]
fn a_scheme_misspelt_in_the_settings_is_named() {
    let scopes = [
        Bound::new("Staff", "crate::scope::Staff", "staff", &[&["staff", "branch"]]),
        Bound::new("Known", "crate::scope::Known", "a reader", &[&["Raeder"]]),
    ];
    let settings = empty().with_bounds(scopes);
    let help = mistake(&sound(), &settings, "unknown-requirement").help.unwrap();
    let expected = "the bound `Known` in the settings requires `Raeder`; did you mean `reader`?";
    assert_eq!(help, expected);
    let without = sound().replacen("      security:\n        - reader: []\n", "", 1);
    let help = mistake(&without, &settings, "missing-security").help.unwrap();
    let expected = "    security: [{ reader: [] }]  # a reader, once the bound `Known` in the settings requires `reader` instead of `Raeder`";
    assert!(help.lines().any(|line| line == expected), "{help}");
    assert!(!help.contains("components.securitySchemes"), "{help}");
}

#[test]
fn an_error_in_the_settings_has_no_position_in_the_document() {
    let mut settings = settings();
    settings.runtime = "a b".to_owned();
    let mistakes = generate(&sound(), &settings).unwrap_err();
    assert_eq!(mistakes.list()[0].labels, []);
    assert!(!mistakes.to_string().contains("-->"), "{mistakes}");
}
