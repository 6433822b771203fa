//! Emits closed enums, which a server never extends, if typify can't generate them with the model's
//! variant names.

use proc_macro2::TokenStream;
use quote::quote;

use super::named;
use crate::model::{Schema, SchemaKind};
use crate::names;
use crate::passes::{docs, ident};

/// Returns whether this generator emits the enum itself. It does if typify can't name a variant, or
/// would give it a name other than the one in the model.
pub(crate) fn is_ours(schema: &Schema) -> bool {
    let SchemaKind::Enum { open: false, values, variants } = &schema.kind else { return false };
    let is_plain = |(value, variant): (&String, &String)| {
        names::pascal(value) == *variant && variant.starts_with(char::is_alphabetic)
    };
    !values.iter().zip(variants).all(is_plain)
}

/// Returns the closed enum, or `None` if this generator doesn't emit an enum for the schema.
pub(crate) fn closed(schema: &Schema) -> Option<TokenStream> {
    let SchemaKind::Enum { values, variants, .. } = &schema.kind else { return None };
    if !is_ours(schema) {
        return None;
    }
    let name = ident(&schema.ident);
    let variants: Vec<syn::Ident> = variants.iter().map(|variant| ident(variant)).collect();
    let documentation = docs::lines(&docs::sentence(&schema.description));
    let documented = values.iter().map(|value| named(value));
    Some(quote! {
        #documentation
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, ::serde::Deserialize, ::serde::Serialize)]
        pub enum #name {
            #(#documented #[serde(rename = #values)] #variants,)*
        }
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match *self {
                    #(Self::#variants => f.write_str(#values),)*
                }
            }
        }
        impl ::std::str::FromStr for #name {
            type Err = self::error::ConversionError;
            fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                match value {
                    #(#values => Ok(Self::#variants),)*
                    _ => Err("invalid value".into()),
                }
            }
        }
        impl ::std::convert::TryFrom<&str> for #name {
            type Error = self::error::ConversionError;
            fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                value.parse()
            }
        }
        impl ::std::convert::TryFrom<::std::string::String> for #name {
            type Error = self::error::ConversionError;
            fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
                value.parse()
            }
        }
    })
}
