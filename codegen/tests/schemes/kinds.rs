//! Tests schemes of each kind.

use openapi_keys::{check_text, generate};

use super::{NAMES, by_hand, codes, document, generated, refused};

#[test]
fn schemes_of_every_kind_are_accepted() {
    for name in NAMES {
        let document = document(&format!("[{{ {name}: [] }}]"));
        check_text("openapi.yaml", &document, &generated()).unwrap();
        let settings = by_hand(&[("Caller", &[&[name]])]);
        let output = generate(&document, &settings).unwrap();
        assert!(output.client["operations/books/get.rs"].contains("K: scope::Caller"), "{name}");
        assert!(output.client["catalogue.rs"].contains(&format!("\"{name}\"")), "{name}");
    }
}

#[test]
fn schemes_with_different_places_can_be_combined() {
    for together in [
        &["header", "query", "cookie", "bearer", "certificate"][..],
        &["token", "certificate", "header"],
        &["openId", "query"],
    ] {
        let schemes: Vec<_> = together.iter().map(|name| format!("{name}: []")).collect();
        let document = document(&format!("[{{ {} }}]", schemes.join(", ")));
        check_text("openapi.yaml", &document, &generated()).unwrap();
        generate(&document, &by_hand(&[("Caller", &[together])])).unwrap();
    }
}

#[test]
fn http_schemes_are_accepted_unless_they_look_misspelt() {
    let with = |scheme: &str| {
        document("[{ basic: [] }]").replace("scheme: basic }", &format!("scheme: {scheme} }}"))
    };
    for scheme in ["Basic", "DPoP", "SCRAM-SHA-512", "Token", "AWS4-HMAC-SHA256", "hmac"] {
        check_text("openapi.yaml", &with(scheme), &generated()).unwrap();
    }
    for scheme in ["basci", "baerer", "digets"] {
        for settings in [generated(), by_hand(&[("Basic", &[&["basic"]])])] {
            assert_eq!(codes(&with(scheme), &settings), ["unknown-http-scheme"], "{scheme}");
            let known = settings.with_names([("basic", "Basic")]);
            check_text("openapi.yaml", &with(scheme), &known).unwrap();
        }
    }
    // A scheme that isn't used isn't checked.
    let unused = with("basci").replace("[{ basic: [] }]", "[{ header: [] }]");
    check_text("openapi.yaml", &unused, &generated()).unwrap();
}

#[test]
fn an_unused_scheme_is_not_checked() {
    for definition in
        ["", "[]", "{}", "{ type: unheard }", "{ type: apiKey, in: header, name: Host }"]
    {
        let document = document("[{ header: [] }]")
            .replace("    header:", &format!("    unused: {definition}\n    header:"));
        check_text("openapi.yaml", &document, &generated()).unwrap();
        let used = document.replace("[{ header: [] }]", "[{ unused: [] }, { unused: [] }]");
        assert_eq!(refused(&used, &generated()).list().len(), 1, "{definition}");
    }
}
