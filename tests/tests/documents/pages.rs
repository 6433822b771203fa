//! Applies the checks of `mileston_tests::documents` to every page and to the doc comments in sources.

use mileston_tests::documents::markdown::pieces;
use mileston_tests::documents::{commands, links, names, paths, quotes};

use crate::repository::repository;

#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn there_are_pages_to_check() {
    let repository = repository();
    for name in
        ["README.md", "docs/architecture.md", "mileston-sandbox/README.md", "CONTRIBUTING.md"]
    {
        assert!(repository.pieces.get(name).is_some_and(|pieces| pieces.len() > 50), "{name}");
    }
    assert!(repository.rustdoc.len() > 300, "{}", repository.rustdoc.len());
    assert!(
        repository.facts.tasks.contains("codegen --check")
            && repository.facts.sandbox.is_command("serve")
    );
}

#[test]
fn every_link_has_a_target() {
    let repository = repository();
    let pages = repository.pieces.keys();
    let problems =
        pages.flat_map(|page| links::problems(page, &repository.pieces, &repository.files));
    assert_none(&problems.collect::<Vec<_>>());
}

#[test]
fn every_named_path_exists() {
    let repository = repository();
    let pages = repository.markdown.iter().chain(&repository.rustdoc).chain(&repository.settings);
    let problems =
        pages.flat_map(|page| paths::problems(&page.name, &pieces(&page.text), &repository.files));
    assert_none(&problems.collect::<Vec<_>>());
}

#[test]
fn every_named_command_exists() {
    let repository = repository();
    let pages = repository.markdown.iter().chain(&repository.rustdoc).chain(&repository.settings);
    let problems = pages.flat_map(|page| {
        let pieces = pieces(&page.text);
        commands::problems(&page.name, &pieces, &repository.facts, &repository.files)
    });
    assert_none(&problems.collect::<Vec<_>>());
}

/// Doesn't check doc comments, because rustdoc checks the names that they link to.
#[test]
fn every_rust_name_exists() {
    let repository = repository();
    let pages = repository.markdown.iter().chain(&repository.settings);
    let problems = pages
        .flat_map(|page| names::problems(&page.name, &pieces(&page.text), &repository.sources));
    assert_none(&problems.collect::<Vec<_>>());
}

#[test]
fn every_quoted_text_and_variable_is_in_the_sources() {
    let repository = repository();
    let pages = repository.pieces.iter();
    let problems =
        pages.flat_map(|(page, pieces)| quotes::problems(page, pieces, &repository.sources));
    assert_none(&problems.collect::<Vec<_>>());
}
