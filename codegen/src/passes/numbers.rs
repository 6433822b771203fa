//! Emits integer enums.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, enums, ident};
use crate::model::{Schema, SchemaKind};

/// Returns the integer enum and its implementations, or `None` if the schema isn't an integer enum.
pub(crate) fn numbers(schema: &Schema) -> Option<TokenStream> {
    let SchemaKind::Numbers { open, values, variants } = &schema.kind else { return None };
    let name = ident(&schema.ident);
    let variants: Vec<syn::Ident> = variants.iter().map(|variant| ident(variant)).collect();
    let unknown = open.then(|| enums::unknown(&variants));
    let literals: Vec<Literal> = values.iter().copied().map(Literal::i64_unsuffixed).collect();
    let documentation = documentation(schema, unknown.as_ref());
    let documented = values.iter().map(|value| docs::lines(&format!("`{value}`")));
    let attribute = unknown.as_ref().map(|_| quote!(#[non_exhaustive]));
    let others = unknown.as_ref().map(|unknown| {
        quote! {
            /// A value that this version doesn't know. Use `From` to convert a number, so that known values get their own
            /// variant.
            #unknown(i64),
        }
    });
    let kept = unknown.as_ref().map(|unknown| quote!(Self::#unknown(value) => *value,));
    let conversions = match &unknown {
        Some(unknown) => open_conversions(&name, unknown, &variants, &literals),
        None => closed_conversions(&name, &variants, &literals),
    };
    Some(quote! {
        #documentation
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #attribute
        pub enum #name {
            #(#documented #variants,)*
            #others
        }
        impl #name {
            /// Returns the value as it is on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#variants => #literals,)*
                    #kept
                }
            }
        }
        #conversions
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
    })
}

fn documentation(schema: &Schema, unknown: Option<&syn::Ident>) -> TokenStream {
    let text = docs::sentence(&schema.description);
    match unknown {
        Some(unknown) => docs::with_link(
            &text,
            &format!(
                "A value that this version doesn't know becomes [`{unknown}`](Self::{unknown}) and is written back unchanged."
            ),
        ),
        None => docs::lines(&text),
    }
}

fn open_conversions(
    name: &syn::Ident,
    unknown: &syn::Ident,
    variants: &[syn::Ident],
    literals: &[Literal],
) -> TokenStream {
    quote! {
        impl ::std::convert::From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#literals => Self::#variants,)*
                    _ => Self::#unknown(value),
                }
            }
        }
        impl ::std::str::FromStr for #name {
            type Err = ::std::num::ParseIntError;
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::num::ParseIntError> {
                value.parse::<i64>().map(Self::from)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                <i64 as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    }
}

fn closed_conversions(
    name: &syn::Ident,
    variants: &[syn::Ident],
    literals: &[Literal],
) -> TokenStream {
    quote! {
        impl ::std::convert::TryFrom<i64> for #name {
            type Error = self::error::ConversionError;
            fn try_from(value: i64) -> ::std::result::Result<Self, self::error::ConversionError> {
                match value {
                    #(#literals => Ok(Self::#variants),)*
                    _ => Err("invalid value".into()),
                }
            }
        }
        impl ::std::str::FromStr for #name {
            type Err = self::error::ConversionError;
            fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                let value = value.parse::<i64>().map_err(|_| "invalid value")?;
                Self::try_from(value)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let value = <i64 as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::try_from(value).map_err(::serde::de::Error::custom)
            }
        }
    }
}
