//! Tests the scopes of schemes.

use openapi_keys::{check_text, generate};

use super::{by_hand, codes, document, generated, refused};

#[test]
fn scopes_are_part_of_the_requirement() {
    let written = document("[{ token: [books.write, books.read] }, { openId: [profile] }]");
    check_text("openapi.yaml", &written, &generated()).unwrap();
    let bound: &[&[&str]] = &[&["openId: [profile]"], &["token: [books.read, books.write]"]];
    generate(&written, &by_hand(&[("Reader", bound)])).unwrap();
    for other in [
        &[&["token"][..], &["openId: [profile]"]][..],
        &[&["token: [books.read]"], &["openId: [profile]"]],
        &[&["token: [books.read, books.write]"], &["openId"]],
    ] {
        let settings = by_hand(&[("Reader", other)]);
        assert_eq!(codes(&written, &settings), ["unknown-requirement"]);
    }
}

#[test]
fn undeclared_scopes_are_accepted_unless_they_look_misspelt() {
    for security in [
        "[{ token: [books.read] }]",
        "[{ token: [loans.return] }]",
        "[{ bare: [anything] }]",
        "[{ device: [anything] }]",
        "[{ openId: [openid, profile, 'https://library.example/auth/books'] }]",
        // Repeating a scope makes no difference.
        "[{ token: [all, all] }, { token: [all] }]",
        "[{ other: [books.write] }, {}]",
    ] {
        check_text("openapi.yaml", &document(security), &generated()).unwrap();
    }
    for name in ["token", "other"] {
        let misspelt = document(&format!("[{{ {name}: [book.read] }}]"));
        assert_eq!(codes(&misspelt, &generated()), ["unknown-scope"]);
        let known = generated().with_names([("book.read", "BookRead")]);
        check_text("openapi.yaml", &misspelt, &known).unwrap();
    }
}

/// The help message must not suggest renaming the declared scope, which is correct. Otherwise the
/// misspelt scope would remain, and a request for a token would fail.
#[test]
fn only_the_misspelt_scope_is_reported() {
    let both = document("[{ token: [books.read] }, { token: [Books.Read] }]");
    let pair = both.replace("        []\n", "        - token: [Books.read]\n");
    for document in [both, pair] {
        let mistakes = refused(&document, &generated());
        for mistake in mistakes.list() {
            assert_eq!(mistake.code, "unknown-scope", "{mistakes}");
            assert_eq!(mistake.help.as_deref(), Some("did you mean `books.read`?"));
        }
    }
    // If the service has both scopes, each gets its own name.
    let settings = generated().with_names([("Books.Read", "OtherRead")]);
    let both = document("[{ token: [books.read] }, { token: [Books.Read] }]");
    check_text("openapi.yaml", &both, &settings).unwrap();
}

#[test]
fn permissions_of_a_key_are_scopes_if_the_settings_allow_it() {
    let written = document("[{ header: [Read all books], certificate: [x] }]");
    assert_eq!(codes(&written, &generated()), ["scopes-without-oauth"; 2]);
    let settings = generated().with_scoped_schemes(["header", "certificate"]);
    check_text("openapi.yaml", &written, &settings).unwrap();
    let empty = document("[{ header: [' '] }]");
    assert_eq!(codes(&empty, &settings), ["scope-text"]);
    let mistakes = refused(&written, &settings.with_scoped_schemes(["haeder", "none"]));
    let told: Vec<_> = mistakes
        .list()
        .iter()
        .filter(|it| it.code == "settings")
        .map(|it| (it.message.as_str(), it.help.as_deref().unwrap()))
        .collect();
    let expected = [
        (
            "`Settings::scoped_schemes` has `haeder`, which isn't a security scheme of the document",
            "did you mean `header`?",
        ),
        (
            "`Settings::scoped_schemes` has `none`, which isn't a security scheme of the document",
            "remove it",
        ),
    ];
    assert_eq!(told, expected);
}
