//! Tests that only one module of the runtime names `reqwest`, and that generated code doesn't name
//! `reqwest` at all.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ItemUse, Meta, UseTree, Visibility};

use super::files;

/// The file and folder of the only module that may name reqwest, apart from the export in [`ROOT`].
const MODULE: [&str; 2] = ["transport/native.rs", "transport/native/"];

/// The file with the only `pub use …reqwest;`.
const ROOT: &str = "lib.rs";

/// The places in a Rust file that name reqwest.
#[derive(Default)]
struct Named {
    /// Whether a public `use …reqwest;` is allowed.
    may_export: bool,
    exports: usize,
    lines: Vec<usize>,
}

impl Named {
    fn read(mut self, text: &str) -> Self {
        self.visit_file(&syn::parse_file(text).unwrap());
        self
    }

    fn tokens(&mut self, tokens: TokenStream, texts: bool) {
        for tree in tokens {
            let named = match &tree {
                TokenTree::Ident(name) => name == "reqwest",
                TokenTree::Literal(text) => texts && text.to_string().contains("reqwest"),
                TokenTree::Group(group) => {
                    self.tokens(group.stream(), texts);
                    false
                }
                TokenTree::Punct(_) => false,
            };
            if named {
                self.lines.push(tree.span().start().line);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_ident(&mut self, name: &'ast syn::Ident) {
        if name == "reqwest" {
            self.lines.push(name.span().start().line);
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone(), false);
    }

    /// Also looks for the feature, which is named in a string: `#[cfg(feature = "reqwest")]`.
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        visit::visit_attribute(self, attribute);
        if let Meta::List(list) = &attribute.meta {
            let is_condition = ["cfg", "cfg_attr"].iter().any(|name| list.path.is_ident(name));
            self.tokens(list.tokens.clone(), is_condition);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_export = matches!(item.vis, Visibility::Public(_)) && is_of_reqwest(&item.tree);
        if self.may_export && is_export {
            self.exports += 1;
        } else {
            visit::visit_item_use(self, item);
        }
    }
}

/// Returns whether a path contains `reqwest` only as its last segment.
fn is_of_reqwest(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => path.ident != "reqwest" && is_of_reqwest(&path.tree),
        UseTree::Name(name) => name.ident == "reqwest",
        _ => false,
    }
}

fn is_rust(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "rs")
}

#[test]
fn only_one_runtime_module_names_reqwest() {
    let mut wrong = Vec::new();
    let (mut in_module, mut exports) = (0, 0);
    for (name, path) in files("runtime/src").into_iter().filter(|(name, _)| is_rust(name)) {
        let named = Named { may_export: name == ROOT, ..Named::default() };
        let named = named.read(&std::fs::read_to_string(path).unwrap());
        exports += named.exports;
        if MODULE.iter().any(|module| name.starts_with(module)) {
            in_module += named.lines.len();
        } else {
            wrong.extend(named.lines.iter().map(|line| format!("runtime/src/{name} line {line}")));
        }
    }
    assert!(wrong.is_empty(), "reqwest is named outside {}:\n{}", MODULE[0], wrong.join("\n"));
    assert!(in_module > 0, "{} doesn't use reqwest: did it move? Then change `MODULE`", MODULE[0]);
    assert_eq!(exports, 1, "{ROOT} must have the public `use` of reqwest exactly once");
}

#[test]
fn generated_code_does_not_name_reqwest() {
    let mut read = 0;
    for krate in ["mileston-api/src", "tests/other-api/src"] {
        for (name, path) in files(krate) {
            if !is_rust(&name) || !name.split('/').any(|part| part == "generated") {
                continue;
            }
            read += 1;
            let named = Named::default().read(&std::fs::read_to_string(path).unwrap());
            assert_eq!(named.lines, [0; 0], "{krate}/{name} names reqwest on these lines");
        }
    }
    assert!(read > 0, "no generated file was found");
}

#[test]
fn every_mention_of_reqwest_is_found() {
    for (text, expected) in [
        ("use reqwest::Url;", &[1][..]),
        ("use a::{reqwest, b};", &[1]),
        ("fn f() {\n    a(reqwest::get)\n}", &[2]),
        ("fn f() {\n    say!(\"{}\", reqwest::VERSION)\n}", &[2]),
        ("#[cfg(feature = \"reqwest\")]\nmod a;", &[1]),
        ("#[cfg(all(unix, not(feature = \"reqwest-blocking\")))]\nmod a;", &[1]),
        ("#[derive(reqwest::Any)]\nstruct A;", &[1]),
        ("pub use reqwest;", &[1]),
        ("impl A {\n    fn configure_http(a: reqwest::ClientBuilder) {}\n}", &[2]),
        ("//! reqwest\n/// [`reqwest::Url`]\n// reqwest\nconst A: &str = \"reqwest\";", &[]),
    ] {
        assert_eq!(Named::default().read(text).lines, expected, "{text}");
    }
}

#[test]
fn only_a_plain_public_use_of_reqwest_is_an_exception() {
    for (text, exports, lines) in [
        ("pub use reqwest;", 1, &[][..]),
        ("pub use transport::native::reqwest;", 1, &[]),
        ("pub use reqwest::reqwest;", 0, &[1, 1]),
        ("pub use native::{reqwest, other};", 0, &[1]),
        ("pub(crate) use reqwest;", 0, &[1]),
        ("pub use reqwest::Url;", 0, &[1]),
        ("pub use reqwest as http_client;", 0, &[1]),
    ] {
        let named = Named { may_export: true, ..Named::default() }.read(text);
        assert_eq!((named.exports, &named.lines[..]), (exports, lines), "{text}");
    }
}
