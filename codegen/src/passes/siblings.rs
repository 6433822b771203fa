//! Adds `super::` to references to other schemas' types, because each type has its own file.

use std::collections::BTreeSet;

use syn::Path;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};

use super::ident;

/// Inserts `super::` before each of the `known` names in a file, except the `own` name and the
/// names of type parameters.
pub(crate) fn locate(file: &mut syn::File, known: &BTreeSet<String>, own: &str) {
    let mut parameters = Parameters(BTreeSet::from([own.to_owned()]));
    parameters.visit_file(file);
    Siblings { known, own: parameters.0 }.visit_file_mut(file);
}

/// The names of type parameters.
struct Parameters(BTreeSet<String>);

impl<'a> Visit<'a> for Parameters {
    fn visit_type_param(&mut self, node: &'a syn::TypeParam) {
        self.0.insert(node.ident.to_string());
        visit::visit_type_param(self, node);
    }
}

struct Siblings<'a> {
    known: &'a BTreeSet<String>,
    own: BTreeSet<String>,
}

impl VisitMut for Siblings<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let is_module = path.segments.len() > 1;
        let Some(first) = path.segments.first_mut().filter(|_| path.leading_colon.is_none()) else {
            return;
        };
        let name = first.ident.to_string();
        if name == "self" && is_module {
            // typify's types refer to the module next to them through `self`.
            first.ident = ident("super");
        } else if self.known.contains(&name) && !self.own.contains(&name) {
            path.segments.insert(0, ident("super").into());
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::locate;

    #[test]
    fn only_other_types_are_qualified() {
        let known = ["Book", "Kind", "Error", "S"].map(str::to_owned).into();
        let mut file = parse_quote! {
            struct Book { kind: ::std::option::Option<Kind>, book: Book, error: crate::Error }
            fn f(&self) -> self::error::Error { match self { Self::Kind => self.kind } }
            fn g<S: Other>(s: S) -> S::Ok { s.ok() }
        };
        let expected: syn::File = parse_quote! {
            struct Book { kind: ::std::option::Option<super::Kind>, book: Book, error: crate::Error }
            fn f(&self) -> super::error::Error { match self { Self::Kind => self.kind } }
            fn g<S: Other>(s: S) -> S::Ok { s.ok() }
        };
        locate(&mut file, &known, "Book");
        assert_eq!(prettyplease::unparse(&file), prettyplease::unparse(&expected));
    }
}
