//! Tests that the `Cargo.toml` lines in pages work and name existing packages.

use std::collections::BTreeSet;

use mileston_tests::documents::markdown::Kind;

use crate::repository::repository;

/// Nothing is published yet, so a version alone doesn't work. After the first release, require the
/// version here.
#[test]
fn shown_dependencies_work() {
    let repository = repository();
    let mut shown = BTreeSet::new();
    for (page, pieces) in &repository.pieces {
        for piece in pieces {
            let Kind::Block(info, text) = &piece.kind else { continue };
            if info != "toml" {
                continue;
            }
            let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{page}: {error}"));
            for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
                let Some(section) = table.get(section).and_then(|it| it.as_table()) else {
                    continue;
                };
                for (name, value) in section {
                    let is_ours = repository.facts.packages.contains_key(name);
                    let place = value.get("git").and_then(|it| it.as_str());
                    let known = place == Some(env!("CARGO_PKG_REPOSITORY"));
                    assert!(
                        is_ours || !known,
                        "{page}:{}: the repository has no package {name}",
                        piece.line
                    );
                    assert!(
                        !is_ours || known,
                        "{page}:{}: this dependency on {name} doesn't work: {value}",
                        piece.line
                    );
                    if is_ours {
                        shown.insert(page.as_str());
                    }
                }
            }
        }
    }
    let pages = [
        "README.md",
        "codegen/README.md",
        "docs/extending.md",
        "docs/frontend.md",
        "docs/introduction.md",
        "docs/paid.md",
        "docs/payments.md",
        "docs/settings.md",
        "docs/testing.md",
        "docs/webhooks.md",
        "mileston-api/README.md",
        "mileston-fleet/README.md",
        "mileston-keys/README.md",
        "mileston-sandbox/README.md",
        "runtime/README.md",
    ];
    assert_eq!(shown, pages.into());
}
