//! Silences clippy lints about names and arguments that come from the document, because users can't
//! change them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::{Field, File, FnArg, ReturnType, Signature, Type, parse_quote};

/// The default limit of clippy's `too_many_arguments`.
const MAX_ARGUMENTS: usize = 7;

/// Returns an attribute for a function with too many arguments. `count` includes `self`.
pub(crate) fn arguments(count: usize) -> Option<TokenStream> {
    (count > MAX_ARGUMENTS).then(|| {
        quote!(#[allow(clippy::too_many_arguments, reason = "the document defines this many parameters")])
    })
}

/// Returns an attribute for a method with `&self`, if clippy warns about the name of such a method.
pub(crate) fn name(function: &str) -> Option<TokenStream> {
    let lint = match function {
        "as_ref" | "borrow" | "clone" | "cmp" | "deref" | "eq" | "hash" | "index" => {
            quote!(clippy::should_implement_trait)
        }
        "new" => quote!(clippy::new_ret_no_self, clippy::wrong_self_convention),
        _ if function.starts_with("from_") || function.starts_with("into_") => {
            quote!(clippy::wrong_self_convention)
        }
        _ => return None,
    };
    Some(quote!(#[allow(#lint, reason = "the document uses this name")]))
}

/// The default limit of clippy's `type_complexity`.
const MAX_COMPLEXITY: usize = 250;

/// Adds an attribute to a file if one of its types is too complex for clippy.
pub(crate) fn complex_types(file: &mut File) {
    let mut complexity = Complexity { depth: 0, score: 0, found: false };
    complexity.visit_file(file);
    if complexity.found {
        file.attrs.push(parse_quote! {
            #![allow(clippy::type_complexity, reason = "the document nests its types this deeply")]
        });
    }
}

/// Computes the complexity in the same way as clippy: each type in a field, an argument or a result
/// adds ten times its depth.
struct Complexity {
    depth: usize,
    score: usize,
    found: bool,
}

impl<'a> Visit<'a> for Complexity {
    fn visit_field(&mut self, field: &'a Field) {
        self.whole(&field.ty);
    }

    fn visit_signature(&mut self, signature: &'a Signature) {
        for argument in &signature.inputs {
            if let FnArg::Typed(argument) = argument {
                self.whole(&argument.ty);
            }
        }
        if let ReturnType::Type(_, ty) = &signature.output {
            self.whole(ty);
        }
    }

    fn visit_type(&mut self, ty: &'a Type) {
        // Only types of fields and signatures are counted.
        if self.depth > 0 {
            self.score += 10 * self.depth;
            self.depth += 1;
            visit::visit_type(self, ty);
            self.depth -= 1;
        }
    }
}

impl Complexity {
    fn whole(&mut self, ty: &Type) {
        (self.depth, self.score) = (1, 0);
        self.visit_type(ty);
        self.depth = 0;
        self.found |= self.score > MAX_COMPLEXITY;
    }
}

#[cfg(test)]
mod tests {
    use syn::{File, parse_quote};

    use super::complex_types;

    #[test]
    fn only_files_with_deep_types_get_an_attribute() {
        let mut plain: File = parse_quote!(
            struct A(Vec<Vec<Map<String, Vec<u8>>>>);
            struct B(Vec<Vec<Map<String, Vec<u8>>>>);
        );
        complex_types(&mut plain);
        assert!(plain.attrs.is_empty());
        let mut deep: File = parse_quote!(
            struct A(Vec<Map<String, Vec<Map<String, Vec<Option<i64>>>>>>);
        );
        complex_types(&mut deep);
        assert_eq!(deep.attrs.len(), 1);
    }
}
