//! Emits the code that reads and writes a struct: a call to a macro in the runtime, with a list of the fields. With
//! serde's `derive`, the generated code would take several times as long to compile.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token, parse_quote};

use super::Owner;
use super::member::Member;
use crate::passes::ident;

/// Removes serde's traits from a `derive`.
pub(super) fn without_serde(attribute: &mut Attribute) {
    if !attribute.path().is_ident("derive") {
        return;
    }
    let list = Punctuated::<Path, Token![,]>::parse_terminated;
    let Ok(derives) = attribute.parse_args_with(list) else { return };
    let is_serdes = |path: &Path| path.segments.first().is_some_and(|first| first.ident == "serde");
    let derives = derives.into_iter().filter(|path| !is_serdes(path));
    *attribute = parse_quote!(#[derive(#(#derives),*)]);
}

/// Returns the call to the macro. The call lists each field with its index, its name on the wire
/// and its kind, followed by the private fields.
pub(super) fn described<'a>(
    owner: &Owner<'_>,
    members: &[Member],
    private: impl Iterator<Item = &'a syn::Ident>,
) -> TokenStream {
    let (runtime, struct_name) = (&owner.runtime, &owner.name);
    let fields = members.iter().enumerate().map(|(at, member)| {
        let Member { name, wire, .. } = member;
        let (at, kind) = (Literal::usize_unsuffixed(at), ident(member.kind));
        quote!((#at, #name, #wire, #kind))
    });
    quote! {
        #runtime::object!(#struct_name, [#(#fields),*] #(, #private)*);
    }
}
