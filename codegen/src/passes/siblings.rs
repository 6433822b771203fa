//! Types of other schemas, named by where they are seen from the file of a type.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Path;
use syn::visit_mut::{self, VisitMut};

use super::ident;

/// The code with `super::` before each of the `known` names but its `own`; `None` for what is not code.
pub(crate) fn located(
    tokens: TokenStream,
    known: &BTreeSet<String>,
    own: &str,
) -> Option<TokenStream> {
    let mut file: syn::File = syn::parse2(tokens).ok()?;
    Siblings { known, own }.visit_file_mut(&mut file);
    Some(file.into_token_stream())
}

struct Siblings<'a> {
    known: &'a BTreeSet<String>,
    own: &'a str,
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
            // As typify names the module beside its types.
            first.ident = ident("super");
        } else if self.known.contains(&name) && name != self.own {
            path.segments.insert(0, ident("super").into());
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::located;

    #[test]
    fn only_other_types_are_looked_for_elsewhere() {
        let known = ["Book", "Kind", "Error"].map(str::to_owned).into();
        let code = quote! {
            struct Book { kind: ::std::option::Option<Kind>, book: Book, error: crate::Error }
            fn f(&self) -> self::error::Error { match self { Self::Kind => self.kind } }
        };
        let expected = quote! {
            struct Book { kind: ::std::option::Option<super::Kind>, book: Book, error: crate::Error }
            fn f(&self) -> super::error::Error { match self { Self::Kind => self.kind } }
        };
        let found = located(code, &known, "Book").unwrap();
        assert_eq!(found.to_string(), expected.to_string());
    }
}
