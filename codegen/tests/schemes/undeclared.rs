//! Tests undeclared schemes, and fixes that must not be suggested.

use super::{by_hand, codes, document, generated, refused};
use openapi_keys::check_text;

use crate::mistakes::sound;

/// Only the misspelt key is reported, because it causes all other errors.
#[test]
fn schemes_under_a_misspelt_key_are_reported_once() {
    let written = document("[{ token: [books.read] }, { header: [x] }]");
    let settings = generated()
        .with_names([("token", "Login"), ("books.read", "Reading")])
        .with_scoped_schemes(["header"]);
    check_text("openapi.yaml", &written, &settings).unwrap();
    for key in ["securitySchemas", "securityScheme", "SecuritySchemes", "securityDefinitions"] {
        let misspelt = written.replace("  securitySchemes:\n", &format!("  {key}:\n"));
        assert_eq!(codes(&misspelt, &settings), ["unknown-key"], "{key}");
    }
    // An extension isn't reported as a misspelt key, so the schemes in it are unknown.
    let extension = written.replace("  securitySchemes:\n", "  x-securitySchemes:\n");
    assert!(codes(&extension, &generated()).contains(&"unknown-security-scheme"));
    // If the missing scheme isn't under the misspelt key either, the key isn't the cause.
    let other = sound()
        .replace("- reader: []", "- visitor: []")
        .replace("  schemas:\n", "  securitySchemas: { guest: { type: mutualTLS } }\n  schemas:\n");
    assert_eq!(codes(&other, &generated()), ["unknown-security-scheme", "unknown-key"]);
}

#[test]
fn at_most_ten_declared_schemes_are_listed() {
    let help = |security: &str| {
        let mistakes = refused(&document(security), &generated());
        mistakes.list()[0].help.clone().unwrap()
    };
    let unknown = help("[{ unheard: [] }]");
    let last = unknown.lines().last().unwrap();
    let expected = "or require a declared scheme instead: `header`, `authorization`, `query`, `cookie`, `basic`, \
                    `bearer`, `digest`, `token`, `device`, `bare` and 7 more";
    assert_eq!(last, expected);
    // Schemes that the alternative already requires aren't suggested. If the unknown scheme has
    // scopes, schemes without scopes aren't suggested either.
    let beside = help("[{ header: [], unheard: [] }]");
    assert!(beside.contains("instead: `authorization`, `query`"), "{beside}");
    let scoped = help("[{ unheard: [all] }]");
    assert!(scoped.ends_with("instead: `token`, `device`, `bare`, `openId`, `other`"), "{scoped}");
    assert!(!scoped.contains("apiKey"), "{scoped}");
}

#[test]
fn a_suggested_header_is_not_used_by_another_scheme() {
    let declare = |name: &str| {
        let mistakes = refused(&document(&format!("[{{ {name}: [], header: [] }}]")), &generated());
        mistakes.list()[0].help.clone().unwrap()
    };
    assert!(declare("x-key").contains("    x-key: { type: apiKey, in: header, name: X-Key-2 }\n"));
    assert!(
        declare("größe").contains("    größe: { type: apiKey, in: header, name: X-Api-Key }\n")
    );
    assert!(
        declare("'a: b'").contains("    \"a: b\": { type: apiKey, in: header, name: X-A-B }\n")
    );
    let second = "  securitySchemes:\n    second: { type: apiKey, in: header, name: X-Key-2 }\n";
    let text =
        document("[{ x-key: [], header: [], second: [] }]").replace("  securitySchemes:\n", second);
    assert!(text.contains(second), "{text}");
    let mistakes = refused(&text, &generated());
    assert!(mistakes.list()[0].help.as_ref().unwrap().contains("name: X-Key-3 }"), "{mistakes}");
}

/// An author who wrote a requirement, even an invalid one, didn't want everyone to have access.
#[test]
fn no_help_message_opens_an_operation_with_a_requirement() {
    for security in [
        "[{ unheard: [] }]",
        "[{ unheard: [x] }]",
        "[unheard]",
        "[[header]]",
        "header",
        "{ header: [] }",
        "[null, { header: [] }]",
        "[{ header: [] }, []]",
        "1",
    ] {
        let bare = document(security);
        let at = bare.find("  securitySchemes:").unwrap();
        let end = bare.find("  schemas:\n").unwrap();
        let bare = format!("{}{}", &bare[..at], &bare[end..]);
        for document in [document(security), bare] {
            for settings in [generated(), by_hand(&[]), by_hand(&[("Header", &[&["header"]])])] {
                let mistakes = refused(&document, &settings);
                assert!(!mistakes.to_string().contains("security: []"), "{security}: {mistakes}");
            }
        }
    }
}

/// A help message that repeats a requirement must repeat all of it. An unreadable part would otherwise
/// become an alternative that requires nothing.
#[test]
fn no_help_message_opens_an_operation_with_unreadable_security() {
    for security in [
        "[null, { basic: [], bearer: [] }]",
        "[[], { basic: [], bearer: [] }]",
        "[{ basic: [], bearer: [] }, header]",
        "[{ token: [1], basic: [] }]",
        "[{ token: [{}, 'all books.read'], basic: [] }]",
    ] {
        let top = document("[]").replacen("tags:", &format!("security: {security}\ntags:"), 1);
        for document in [document(security), top.replacen("security: []", "security:", 1)] {
            for settings in [generated(), by_hand(&[])] {
                for mistake in refused(&document, &settings).list() {
                    let help = mistake.help.as_deref().unwrap();
                    for wrong in ["{}", "as at the top", "token: [], ", ", token: []"] {
                        assert!(!help.contains(wrong), "{security}: {help}");
                    }
                }
            }
        }
    }
}
