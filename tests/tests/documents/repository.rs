//! Reads the repository once: its files, pages, sources and commands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use mileston_tests::compile::workspace;
use mileston_tests::documents::commands::{Facts, Package};
use mileston_tests::documents::markdown::{Piece, pieces};
use mileston_tests::documents::pages::{self, Page};
use mileston_tests::documents::rust::{Sources, module};
use mileston_tests::documents::usage::{self, Usage};
use mileston_tests::metadata::{self, text};
use serde_json::Value;

/// Extensions of the files, besides Rust files, whose text a page may quote.
const TEXTS: [&str; 13] = [
    ".case", ".cjs", ".css", ".cts", ".js", ".json", ".jsonl", ".mjs", ".py", ".sql", ".stderr",
    ".toml", ".yaml",
];

/// Files that name things that don't exist: the checker's own tests.
const NO_SOURCE: [&str; 2] = ["tests/src/documents/", "tests/tests/documents/"];

/// The data for the checks.
pub(crate) struct Repository {
    /// The paths of all files, relative to the root.
    pub(crate) files: BTreeSet<String>,
    /// The Markdown pages.
    pub(crate) markdown: Vec<Page>,
    /// The pieces of the Markdown pages.
    pub(crate) pieces: BTreeMap<String, Vec<Piece>>,
    /// The doc comments in sources.
    pub(crate) rustdoc: Vec<Page>,
    /// The text of settings files.
    pub(crate) settings: Vec<Page>,
    /// The definitions and strings of the sources.
    pub(crate) sources: Sources,
    /// The commands, flags and packages that exist.
    pub(crate) facts: Facts,
}

/// Returns the repository. The first call reads it from disk.
pub(crate) fn repository() -> &'static Repository {
    static REPOSITORY: OnceLock<Repository> = OnceLock::new();
    REPOSITORY.get_or_init(read)
}

/// Returns the text of a file of the repository.
pub(crate) fn read_file(name: &str) -> String {
    std::fs::read_to_string(workspace().join(name))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read() -> Repository {
    let root = workspace();
    let files = pages::files(&root).unwrap();
    let markdown = pages::markdown(&root, &files).unwrap();
    let rustdoc = pages::rustdoc(&root, &files).unwrap();
    let settings = pages::settings(&root, &files).unwrap();
    let pieces = markdown.iter().map(|page| (page.name.clone(), pieces(&page.text))).collect();
    let sources = sources(&files);
    Repository { files, markdown, pieces, rustdoc, settings, sources, facts: facts() }
}

fn sources(files: &BTreeSet<String>) -> Sources {
    let mut sources = Sources::default();
    for name in files.iter().filter(|name| !NO_SOURCE.iter().any(|own| name.starts_with(own))) {
        if name.ends_with(".rs") {
            sources
                .add_rust(&module(name), &read_file(name))
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        } else if TEXTS.iter().any(|end| name.ends_with(end)) || name.as_str() == ".ci/run" {
            sources.add_text(&read_file(name));
        }
    }
    sources
}

fn facts() -> Facts {
    let members = metadata::members().unwrap();
    let packages = metadata::packages(&members).iter();
    Facts {
        tasks: usage::tasks(xtask::HELP),
        sandbox: Usage::of(mileston_sandbox::cli::command()),
        generator: generator_flags(),
        packages: packages.map(|it| (text(it, "name").to_owned(), package(it))).collect(),
    }
}

fn package(package: &Value) -> Package {
    let targets = package["targets"].as_array().unwrap().iter().flat_map(|target| {
        let kinds = target["kind"].as_array().unwrap().iter();
        kinds.map(|kind| (kind.as_str().unwrap().to_owned(), text(target, "name").to_owned()))
    });
    let features = package["features"].as_object().unwrap().keys().cloned();
    Package { targets: targets.collect(), features: features.collect() }
}

/// Returns the flags of `openapi-keys`, from the fields of its clap structs.
fn generator_flags() -> BTreeSet<String> {
    let file = syn::parse_file(&read_file("codegen/src/cli/arguments.rs")).unwrap();
    let structs = file.items.iter().filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item),
        _ => None,
    });
    let is_flag = |field: &&syn::Field| {
        field.attrs.iter().any(|attribute| {
            let list = attribute.meta.require_list();
            attribute.path().is_ident("arg")
                && list.is_ok_and(|list| list.tokens.to_string().contains("long"))
        })
    };
    let name = |field: &syn::Field| {
        let name = field.ident.as_ref()?.to_string();
        Some(format!("--{}", name.replace('_', "-")))
    };
    let flags: BTreeSet<String> =
        structs.flat_map(|item| item.fields.iter().filter(is_flag).filter_map(name)).collect();
    assert!(
        flags.contains("--out"),
        "no `--out`: are the arguments defined in a different way? {flags:?}"
    );
    flags
}
