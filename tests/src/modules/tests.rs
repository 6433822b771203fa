//! Tests of the analyser with small crates.

use super::*;

/// Sources by file name.
type Crate<'a> = &'a [(&'a str, &'a str)];

fn files(texts: Crate<'_>) -> Files {
    texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Checks the imports, each as `from:line to path`.
#[track_caller]
fn check_imports(texts: Crate<'_>, expected: &[&str]) {
    let found = imports(&files(texts)).unwrap();
    let found = found.iter().map(|it| format!("{}:{} {} {}", it.from, it.line, it.to, it.path));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

/// Checks the files of each cycle.
#[track_caller]
fn check_cycles(texts: Crate<'_>, expected: &[&[&str]]) {
    let found = cycles(&imports(&files(texts)).unwrap());
    let found: Vec<Vec<&str>> =
        found.iter().map(|it| it.files.iter().map(String::as_str).collect()).collect();
    assert_eq!(found, expected);
}

const ROOT: (&str, &str) = ("lib.rs", "mod a;\nmod b;\nmod c;\n");
const EMPTY: (&str, &str) = ("c.rs", "");

#[test]
fn a_simple_cycle_is_reported_with_lines_and_paths() {
    let texts = [
        ROOT,
        ("a.rs", "use crate::b::B;\npub struct A(B);\n"),
        ("b.rs", "//! About b.\n\nuse crate::c::{self, C};\npub struct B(C, c::C);\n"),
        ("c.rs", "use std::fmt;\nuse crate::a::A as Other;\npub struct C(Other);\n"),
    ];
    let imports = imports(&files(&texts)).unwrap();
    let [cycle] = &cycles(&imports)[..] else { panic!("expected one cycle: {imports:?}") };
    assert_eq!(
        cycle.to_string(),
        "3 files import each other in a cycle: a.rs, b.rs, c.rs\n  \
         a.rs line 1 imports b.rs: `crate::b::B`\n  \
         b.rs line 3 imports c.rs: `crate::c::C`\n  \
         c.rs line 2 imports a.rs: `crate::a::A`"
    );
}

#[test]
fn files_that_import_one_way_are_not_a_cycle() {
    let texts = [
        ROOT,
        ("a.rs", "use crate::b::B;\nuse crate::c::C;\n"),
        ("b.rs", "use crate::c::C;\npub struct B;"),
        ("c.rs", "pub struct C;"),
    ];
    check_cycles(&texts, &[]);
}

#[test]
fn separate_cycles_are_reported_separately() {
    let texts = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::a::A; use crate::c::C; pub struct B;"),
        ("c.rs", "use crate::d::D; pub struct C;"),
        ("d.rs", "use crate::c::C; pub struct D;"),
    ];
    check_cycles(&texts, &[&["a.rs", "b.rs"], &["c.rs", "d.rs"]]);
}

#[test]
fn a_reexport_is_followed_to_the_file_that_defines_the_item() {
    let texts = [
        ("lib.rs", "mod a; mod front; pub use front::Second;"),
        ("a.rs", "use crate::Second;\nuse crate::front::Thing;"),
        ("front.rs", "mod thing;\npub use thing::Thing;\npub use Thing as Second;"),
        ("front/thing.rs", "pub struct Thing;"),
    ];
    check_imports(
        &texts,
        &[
            "a.rs:1 front/thing.rs crate::Second",
            "a.rs:2 front/thing.rs crate::front::Thing",
            "front.rs:2 front/thing.rs thing::Thing",
            "front.rs:3 front/thing.rs Thing",
            "lib.rs:1 front/thing.rs front::Second",
        ],
    );
}

#[test]
fn a_cycle_through_reexports_is_found() {
    let texts = [
        ("lib.rs", "mod a; mod b; pub use a::A; pub use b::*;"),
        ("a.rs", "use crate::B; pub struct A;"),
        ("b.rs", "use crate::A; pub struct B;"),
    ];
    check_cycles(&texts, &[&["a.rs", "b.rs"]]);
}

#[test]
fn a_cycle_through_a_glob_is_found() {
    let texts = [
        ROOT,
        EMPTY,
        ("a.rs", "use crate::b::*;\npub struct A(B);"),
        ("b.rs", "pub use crate::a::*;\npub struct B;\npub struct Unused;"),
    ];
    check_cycles(&texts, &[&["a.rs", "b.rs"]]);
    check_imports(&texts, &["a.rs:1 b.rs crate::b::* (B)", "b.rs:1 a.rs crate::a::* (A)"]);
}

#[test]
fn a_glob_imports_what_the_code_uses() {
    let front = ("front.rs", "mod x; mod y; mod z; pub use x::*; pub use y::Y; pub use z::Speak;");
    let x = ("front/x.rs", "pub struct X; struct Own;");
    let y = ("front/y.rs", "pub struct Y;");
    let z = ("front/z.rs", "pub trait Speak { fn speak(&self) {} }");
    let edges = |text: &str| {
        let a = ("a.rs", text);
        let found = imports(&files(&[("lib.rs", "mod a; mod front;"), a, front, x, y, z])).unwrap();
        let of_a = found.into_iter().filter(|it| it.from == "a.rs");
        of_a.map(|it| it.to).collect::<Vec<_>>()
    };
    assert_eq!(edges("use crate::front::*; struct A(X);"), ["front/x.rs"]);
    assert_eq!(edges("use crate::front::*; fn a() { say!(Y) }"), ["front/y.rs"]);
    assert_eq!(edges("use crate::front::*; fn a() { 1.speak() }"), ["front/z.rs"], "by its method");
    assert_eq!(edges("use crate::front::*; struct X; struct A(X);"), [""; 0], "its own name wins");
    assert_eq!(edges("use crate::front::*; struct A(Own);"), [""; 0], "a private name");
    assert_eq!(edges("pub use crate::front::*;"), ["front/x.rs", "front/y.rs", "front/z.rs"]);
}

#[test]
fn a_cycle_through_super_is_found() {
    let texts = [
        ("lib.rs", "mod a;"),
        ("a.rs", "mod inner;\nuse self::inner::Inner;\npub struct A;\nstruct Hidden;"),
        ("a/inner.rs", "mod deep;\nuse super::Hidden;\npub struct Inner;"),
        ("a/inner/deep.rs", "use super::super::A;"),
    ];
    check_cycles(&texts, &[&["a.rs", "a/inner.rs"]]);
    check_imports(
        &texts,
        &[
            "a.rs:2 a/inner.rs self::inner::Inner",
            "a/inner.rs:2 a.rs super::Hidden",
            "a/inner/deep.rs:1 a.rs super::super::A",
        ],
    );
}

#[test]
fn a_cycle_through_inline_paths_is_found() {
    let texts = [
        ROOT,
        EMPTY,
        ("a.rs", "use crate::b;\npub struct A;\nfn f() -> Vec<b::B> {\n    b::B::new()\n}"),
        ("b.rs", "pub struct B;\nimpl From<crate::a::A> for B {}"),
    ];
    check_cycles(&texts, &[&["a.rs", "b.rs"]]);
    check_imports(
        &texts,
        &["a.rs:3 b.rs b::B", "a.rs:4 b.rs b::B::new", "b.rs:2 a.rs crate::a::A"],
    );
}

#[test]
fn a_cycle_through_the_tokens_of_macros_is_found() {
    let texts = [
        ROOT,
        EMPTY,
        ("a.rs", "pub struct A;\nfn f() {\n    say!(\"{}\", [crate::b::B::new()]);\n}"),
        ("b.rs", "pub struct B;\nmacro_rules! make {\n    () => { $crate::a::A };\n}"),
    ];
    check_cycles(&texts, &[&["a.rs", "b.rs"]]);
    check_imports(&texts, &["a.rs:3 b.rs crate::b::B::new", "b.rs:3 a.rs crate::a::A"]);
}

#[test]
fn macros_are_imported_by_path_and_by_bare_name() {
    let texts = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "macro_rules! make { () => {} }\npub(crate) use make;\nmod inner;"),
        ("a/inner.rs", "make!();"),
        ("b.rs", "fn f() { crate::a::make!() }"),
    ];
    check_imports(&texts, &["a/inner.rs:1 a.rs make!", "b.rs:1 a.rs crate::a::make"]);
}

#[test]
fn attributes_that_name_code_are_imports() {
    let texts = [
        ROOT,
        EMPTY,
        (
            "a.rs",
            "#[derive(crate::b::Derive)]\nstruct A {\n    #[serde(rename = \"b\", with = \"crate::b\")]\n    \
             b: u8,\n    #[serde(default = \"crate::b::make\")]\n    c: u8,\n}",
        ),
        ("b.rs", "pub fn make() {}\npub use make as Derive;"),
    ];
    check_imports(
        &texts,
        &["a.rs:1 b.rs crate::b::Derive", "a.rs:3 b.rs crate::b", "a.rs:5 b.rs crate::b::make"],
    );
}

#[test]
fn an_import_inside_a_function_is_found() {
    let a = "fn f() {\n    use crate::b as other;\n    other::make();\n}\npub struct A;";
    let texts = [ROOT, EMPTY, ("a.rs", a), ("b.rs", "pub fn make() {}")];
    check_imports(&texts, &["a.rs:3 b.rs other::make"]);
}

#[test]
fn a_module_and_a_function_with_the_same_name_are_both_found() {
    let texts = [
        ROOT,
        EMPTY,
        ("a.rs", "mod make;\npub use make::make;"),
        ("a/make.rs", "pub fn make() {}\npub struct More;"),
        ("b.rs", "use crate::a::make;\nfn f() { make() }"),
    ];
    check_imports(&texts, &["a.rs:2 a/make.rs make::make", "b.rs:1 a/make.rs crate::a::make"]);
}

#[test]
fn declarations_of_modules_are_not_imports() {
    let texts = [
        ("lib.rs", "pub mod a;\npub struct Root;"),
        ("a.rs", "pub(crate) mod inner;\npub(in crate::a) struct A;"),
        ("a/inner.rs", "use super::A;\nuse crate::Root;"),
    ];
    check_cycles(&texts, &[]);
}

#[test]
fn tests_and_docs_are_not_imports() {
    let tests = [
        "#[cfg(test)]\nmod tests { use crate::b::B; }",
        "#[cfg(test)]\nmod tests;",
        "#[cfg(all(test, feature = \"x\"))]\nuse crate::b::B;",
        "#[cfg(test)]\nfn f() { crate::b::make() }",
        "#[test]\nfn f() { crate::b::make() }",
        "#[tokio::test]\nasync fn f() { crate::b::make() }",
        "impl A { #[cfg(test)] fn f() -> crate::b::B {} }",
        "struct S { #[cfg(test)] field: crate::b::B }",
        "fn f() { #[cfg(test)] let x = crate::b::make(); }",
        "/// Like [`B`](crate::b::B), see [`crate::b::make`].\nstruct S;",
        "// use crate::b::B;",
        "const TEXT: &str = \"crate::b::B\";",
    ];
    for text in tests {
        let texts = [
            ROOT,
            EMPTY,
            ("a.rs", &format!("pub struct A;\n{text}")),
            ("a/tests.rs", "use crate::b::B;"),
            ("b.rs", "use crate::a::A;\npub struct B;\npub fn make() {}"),
        ];
        check_imports(&texts, &["b.rs:1 a.rs crate::a::A"]);
    }
}

#[test]
fn imports_in_code_that_is_not_only_for_tests_are_found() {
    for text in [
        "#[cfg(not(test))]\nuse crate::b::B;",
        "#[cfg(any(test, unix))]\nuse crate::b::B;",
        "#[cfg(feature = \"test\")]\nuse crate::b::B;",
    ] {
        let texts = [ROOT, EMPTY, ("a.rs", text), ("b.rs", "pub struct B;")];
        check_imports(&texts, &["a.rs:2 b.rs crate::b::B"]);
    }
}

#[test]
fn names_of_other_crates_are_not_imports() {
    let texts = [
        ("lib.rs", "mod a;\nmod b;\npub use http::Method;\npub use b::B;"),
        (
            "a.rs",
            "use crate::Method;\nuse ::b::B;\nuse serde::de::b::B as C;\nfn f() { ::b::make() }",
        ),
        ("b.rs", "use crate::Method;\npub struct B;"),
    ];
    check_imports(&texts, &["lib.rs:4 b.rs b::B"]);
}

#[test]
fn each_entry_of_a_generated_folder_counts_as_one_file() {
    let texts = [
        ("lib.rs", "mod a; mod generated; pub use a::A; pub use generated::types;"),
        ("a.rs", "use crate::types::Payment;\npub struct A;"),
        ("generated/mod.rs", "pub mod types; pub mod calls; pub mod list;"),
        ("generated/list.rs", "use crate::A;"),
        ("generated/types/mod.rs", "mod payment; pub use payment::*;"),
        ("generated/types/payment.rs", "use crate::A; pub struct Payment;"),
        ("generated/calls.rs", "use super::types::Payment;\nuse crate::A;"),
    ];
    // `calls` and `list` aren't in the cycle: they import its files, but its files don't import them.
    check_cycles(&texts, &[&["a.rs", "generated/types"]]);
    let imports = imports(&files(&texts)).unwrap();
    let shown = cycles(&imports)[0].to_string();
    assert!(
        shown.contains("generated/types/payment.rs line 1 imports a.rs: `crate::A`"),
        "{shown}"
    );
}

#[test]
fn an_exported_macro_is_imported_from_the_file_that_defines_it() {
    let texts = [
        ROOT,
        ("a.rs", "#[macro_export]\nmacro_rules! make { () => { $crate::b::B } }"),
        ("b.rs", "use crate::make;\npub struct B;"),
        ("c.rs", "fn f() {\n crate::make!();\n}"),
    ];
    check_imports(
        &texts,
        &["a.rs:2 b.rs crate::b::B", "b.rs:1 a.rs crate::make", "c.rs:2 a.rs crate::make"],
    );
    check_cycles(&texts, &[&["a.rs", "b.rs"]]);
}

#[test]
fn a_module_is_distinguished_from_an_exported_macro_of_the_same_name() {
    let texts = [
        ROOT,
        ("a.rs", "pub struct A;"),
        ("b.rs", "#[macro_export]\nmacro_rules! a { () => {} }"),
        ("c.rs", "use crate::a::A;"),
    ];
    check_imports(&texts, &["c.rs:1 a.rs crate::a::A"]);
}

#[test]
fn names_that_refer_to_themselves_do_not_loop() {
    let texts = [
        ROOT,
        EMPTY,
        ("a.rs", "pub use crate::b::*;\npub use crate::b::Lost;\npub use self::same as same;"),
        ("b.rs", "pub use crate::a::*;\npub use crate::a::Lost;"),
    ];
    check_imports(&texts, &[]);
}

#[test]
fn unreadable_files_are_errors() {
    for (texts, expected) in [
        (&[("lib.rs", "mod a;")][..], "a.rs is missing"),
        (&[("lib.rs", "\nmod {")], "lib.rs line 2: "),
        (
            &[("lib.rs", "#[path = \"b.rs\"]\nmod a;"), ("b.rs", ""), ("a.rs", "")],
            "lib.rs line 2: `#[path]`",
        ),
    ] {
        let error = imports(&files(texts)).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}
