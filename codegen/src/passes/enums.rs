//! Emits enums that a server may extend. Unknown values are kept and written back unchanged.

mod closed;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::{Schema, SchemaKind};

pub(crate) use closed::{closed, is_ours};

/// Returns the open enum that replaces typify's closed one, or `None` if the schema isn't an open enum.
pub(crate) fn open(schema: &Schema) -> Option<TokenStream> {
    let SchemaKind::Enum { open: true, values, variants } = &schema.kind else { return None };
    let variants: Vec<syn::Ident> = variants.iter().map(|variant| ident(variant)).collect();
    let parts = Parts { name: ident(&schema.ident), unknown: unknown(&variants), variants, values };
    let (definition, conversions, serde) =
        (parts.definition(schema), parts.conversions(), parts.serde());
    Some(quote!(#definition #conversions #serde))
}

struct Parts<'a> {
    name: syn::Ident,
    unknown: syn::Ident,
    variants: Vec<syn::Ident>,
    values: &'a [String],
}

/// Returns `Unknown`, or a different name if another variant is already called `Unknown`.
pub(super) fn unknown(variants: &[syn::Ident]) -> syn::Ident {
    let free = ["Unknown", "Unrecognized", "NotInThisVersion"];
    let free = free.into_iter().find(|name| variants.iter().all(|variant| variant != name));
    ident(free.unwrap_or("NotInThisVersion_"))
}

/// Returns the documentation of a variant, which is its value.
fn named(value: &str) -> TokenStream {
    let is_plain = !value.contains('`') && value.trim() == value && !value.is_empty();
    let is_visible = !value.chars().any(char::is_control);
    match is_plain && is_visible {
        true => docs::lines(&format!("`{value}`")),
        false => docs::lines(&format!("The text `{:?}`.", value.replace('`', "'"))),
    }
}

impl Parts<'_> {
    fn definition(&self, schema: &Schema) -> TokenStream {
        let Parts { name, unknown, variants, values } = self;
        let documentation = docs::with_link(
            &docs::sentence(&schema.description),
            &format!(
                "A value that this version doesn't know becomes [`{unknown}`](Self::{unknown}) and is \
                 written back unchanged."
            ),
        );
        let named = values.iter().map(|value| named(value));
        quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#named #variants,)*
                /// A value that this version doesn't know. Use `From` to convert text, so that known values get their
                /// own variant.
                #unknown(::std::string::String),
            }
            impl #name {
                /// Returns the value as it is on the wire.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::#unknown(value) => value,
                    }
                }
                fn known(value: &str) -> ::std::option::Option<Self> {
                    match value {
                        #(#values => Some(Self::#variants),)*
                        _ => None,
                    }
                }
            }
        }
    }

    fn conversions(&self) -> TokenStream {
        let Parts { name, unknown, variants, .. } = self;
        // If the enum has a variant `Err`, `Self::Err` would mean the variant.
        let error = match variants.iter().any(|variant| variant == "Err") {
            true => quote!(::std::convert::Infallible),
            false => quote!(Self::Err),
        };
        quote! {
            impl ::std::convert::From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::known(value).unwrap_or_else(|| Self::#unknown(value.to_owned()))
                }
            }
            impl ::std::convert::From<::std::string::String> for #name {
                fn from(value: ::std::string::String) -> Self {
                    Self::known(&value).unwrap_or(Self::#unknown(value))
                }
            }
            impl ::std::str::FromStr for #name {
                type Err = ::std::convert::Infallible;
                fn from_str(value: &str) -> ::std::result::Result<Self, #error> {
                    Ok(Self::from(value))
                }
            }
            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        }
    }

    fn serde(&self) -> TokenStream {
        let name = &self.name;
        // The trait can't be imported next to an enum with the same name.
        let read = match *name == "Deserialize" {
            true => quote!(<::std::string::String as ::serde::Deserialize>),
            false => quote!(::std::string::String),
        };
        // A schema can have the same name as one of these type parameters, so the functions use `Self`.
        quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    #read::deserialize(deserializer).map(Self::from)
                }
            }
        }
    }
}
