//! Emits unions: enums that keep values without a matching alternative, or structs that hold the
//! JSON if the alternatives can't be distinguished.

mod raw;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use super::{Unrecognized, docs, enums, ident, path};
use crate::Settings;
use crate::model::{Alternative, Payload, Reading, Schema, SchemaKind, Test, Union};

/// The names and types of the fields in progenitor's structs, by struct name. For a union, the
/// struct is a placeholder with a field for each alternative that isn't a reference.
pub(crate) type Fields = BTreeMap<String, Vec<(String, Type)>>;

/// Returns the type for a union and its implementations, or `None` if the schema isn't a union.
pub(crate) fn union(
    schema: &Schema,
    fields: &Fields,
    settings: &Settings,
) -> Result<Option<TokenStream>, Unrecognized> {
    let SchemaKind::Union(union) = &schema.kind else { return Ok(None) };
    let fields = fields.get(&schema.ident).map(Vec::as_slice).unwrap_or_default();
    let cases = cases(schema, union, fields)?;
    let runtime = path(&settings.runtime);
    let variants: Vec<syn::Ident> = cases.iter().map(|case| case.variant.clone()).collect();
    let emitter = Emitter {
        name: ident(&schema.ident),
        unknown: enums::unknown(&variants),
        runtime,
        cases,
        schema,
    };
    Ok(Some(match &union.reading {
        Reading::Raw => raw::structure(&emitter),
        Reading::Tagged { property, tags } => {
            let (written, read) = emitter.tagged(property, tags);
            let (definition, serde) = (emitter.definition(), emitter.serde(&written, &read));
            quote!(#definition #serde)
        }
        Reading::Tested(tests) => {
            let (written, read) = emitter.tested(tests);
            let (definition, serde) = (emitter.definition(), emitter.serde(&written, &read));
            quote!(#definition #serde)
        }
    }))
}

/// An alternative with its type.
struct Case<'a> {
    alternative: &'a Alternative,
    variant: syn::Ident,
    /// The type that users pass.
    ty: Type,
    boxed: bool,
    /// Whether no other alternative has this type. If so, the union can be created from a value of
    /// the type.
    is_only: bool,
}

fn cases<'a>(
    schema: &Schema,
    union: &'a Union,
    fields: &[(String, Type)],
) -> Result<Vec<Case<'a>>, Unrecognized> {
    let mut cases = Vec::new();
    for alternative in &union.alternatives {
        let (ty, boxed) = match &alternative.payload {
            Payload::Named { ident: name, boxed } => {
                let name = ident(name);
                (syn::parse_quote!(#name), *boxed)
            }
            Payload::Placeholder(name) => {
                let field = fields.iter().find(|(field, _)| field == name);
                let (_, ty) = field.ok_or_else(|| {
                    Unrecognized::new(&schema.name, "an alternative without a type")
                })?;
                (ty.clone(), false)
            }
        };
        let variant = ident(&alternative.ident);
        cases.push(Case { alternative, variant, ty, boxed, is_only: true });
    }
    let types: Vec<String> =
        cases.iter().map(|case| case.ty.to_token_stream().to_string()).collect();
    for (case, ty) in cases.iter_mut().zip(&types) {
        // The standard library already implements the conversion of a type into itself.
        case.is_only = types.iter().filter(|it| *it == ty).count() == 1 && *ty != schema.ident;
    }
    Ok(cases)
}

struct Emitter<'a> {
    schema: &'a Schema,
    name: syn::Ident,
    unknown: syn::Ident,
    runtime: TokenStream,
    cases: Vec<Case<'a>>,
}

impl Emitter<'_> {
    fn definition(&self) -> TokenStream {
        let Emitter { name, unknown, .. } = self;
        let documentation = docs::with_link(
            &docs::sentence(&self.schema.description),
            &format!(
                "A value that matches no alternative becomes [`{unknown}`](Self::{unknown}) and is written back \
                 unchanged."
            ),
        );
        let variants = self.cases.iter().map(|case| {
            let Case { alternative, variant, ty, boxed, .. } = case;
            let documentation = docs::lines(&docs::sentence(&alternative.description));
            match boxed {
                true => quote!(#documentation #variant(::std::boxed::Box<#ty>)),
                false => quote!(#documentation #variant(#ty)),
            }
        });
        let conversions = self.cases.iter().filter(|case| case.is_only).map(|case| {
            let Case { variant, ty, boxed, .. } = case;
            let value = match boxed {
                true => quote!(::std::boxed::Box::new(value)),
                false => quote!(value),
            };
            quote! {
                impl ::std::convert::From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#variant(#value)
                    }
                }
            }
        });
        quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that doesn't match any alternative known to this version.
                #unknown(::serde_json::Value),
            }
            #(#conversions)*
        }
    }

    /// Returns the code that writes the variants, and the code that reads the JSON.
    fn tagged(&self, property: &str, tags: &[Vec<String>]) -> (TokenStream, TokenStream) {
        let Emitter { unknown, runtime, .. } = self;
        let both = || self.cases.iter().zip(tags);
        let written = both().map(|(Case { variant, .. }, tags)| {
            quote! {
                Self::#variant(value) => {
                    #runtime::generated::write_tagged(value, #property, &[#(#tags),*], serializer)
                }
            }
        });
        let read = both().map(|(Case { variant, .. }, tags)| {
            quote!(#(#tags)|* => json.tagged(#property).map(Self::#variant))
        });
        let read = quote! {
            match json.tag(#property) {
                #(#read,)*
                _ => ::std::result::Result::Ok(Self::#unknown(json.into_value())),
            }
        };
        (quote!(#(#written)*), read)
    }

    fn tested(&self, tests: &[(usize, Test)]) -> (TokenStream, TokenStream) {
        let Emitter { unknown, runtime, .. } = self;
        let variants = self.cases.iter().map(|case| &case.variant);
        let written = variants
            .map(|variant| quote!(Self::#variant(value) => ::serde::Serialize::serialize(value, serializer),));
        let read = tests.iter().filter_map(|(number, test)| {
            let variant = &self.cases.get(*number)?.variant;
            let is = is(test);
            Some(quote! {
                if let Some(value) = json.fitting(#runtime::generated::Is::#is) {
                    return ::std::result::Result::Ok(Self::#variant(value));
                }
            })
        });
        let read = quote! {
            #(#read)*
            ::std::result::Result::Ok(Self::#unknown(json.into_value()))
        };
        (quote!(#(#written)*), read)
    }

    fn serde(&self, written: &TokenStream, read: &TokenStream) -> TokenStream {
        let Emitter { name, unknown, runtime, .. } = self;
        // A schema may have the same name as one of these parameters, so the functions use `Self`.
        quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    match self {
                        #written
                        Self::#unknown(value) => ::serde::Serialize::serialize(value, serializer),
                    }
                }
            }
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    let json = #runtime::generated::Alternatives::read(deserializer)?;
                    #read
                }
            }
        }
    }
}

/// Returns the variant of the runtime's `Is` for a test.
fn is(test: &Test) -> TokenStream {
    match test {
        Test::Boolean => quote!(Boolean),
        Test::Integer => quote!(Integer),
        Test::Number => quote!(Number),
        Test::Text => quote!(Text),
        Test::TextOf(texts) => quote!(TextOf(&[#(#texts),*])),
        Test::List => quote!(List),
        Test::Object => quote!(Object),
        Test::With(property) => quote!(With(#property)),
        Test::Where(property, text) => quote!(Where(#property, #text)),
    }
}
