//! Structs: fields in the order of the document, a constructor that asks for what is required, setters for the rest.

mod presence;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Fields, ItemStruct, Type, parse_quote};

use super::std_types::{is_string, option};
use super::{Unrecognized, docs, ident};
use crate::model::{Property, Schema, SchemaKind};

use presence::Presence;

/// Up to so many required fields are arguments of `new`. More would be easy to confuse: they get names of their own.
pub(crate) const MOST_ARGUMENTS: usize = 4;

/// The struct of an object schema, and what belongs to it.
pub(crate) fn object(
    mut item: ItemStruct,
    schema: &Schema,
    runtime: &TokenStream,
) -> Result<TokenStream, Unrecognized> {
    let SchemaKind::Object(properties) = &schema.kind else {
        return Err(Unrecognized::new(&schema.name, "a struct where no object was expected"));
    };
    let documentation = docs::lines(&docs::sentence(&schema.description));
    item.attrs.retain(|attribute| !docs::is_doc(attribute));
    let Fields::Named(fields) = &mut item.fields else {
        return Err(Unrecognized::new(&schema.name, "a struct without named fields"));
    };
    let mut old: Vec<Field> = std::mem::take(&mut fields.named).into_iter().collect();
    let mut members = Vec::new();
    for property in properties {
        let at = old
            .iter()
            .position(|field| field.ident.as_ref().is_some_and(|name| *name == property.ident));
        let at =
            at.ok_or_else(|| Unrecognized::new(&schema.name, "a property without its field"))?;
        let member = Member::new(old.swap_remove(at), property, schema.sent, runtime);
        fields.named.push(member.field.clone());
        members.push(member);
    }
    if !old.is_empty() {
        return Err(Unrecognized::new(&schema.name, "a field without its property"));
    }
    let name = &item.ident;
    let (carrier, constructor) = constructor(name, &members);
    let setters = members.iter().filter(|member| !member.is_required());
    let setters = setters.map(|member| member.access(runtime));
    Ok(quote! {
        #documentation
        #[non_exhaustive]
        #item
        #carrier
        impl #name {
            #constructor
            #(#setters)*
        }
    })
}

/// A field and what is known of it.
struct Member {
    field: Field,
    /// The type of a value, which a setter takes.
    value: Type,
    presence: Presence,
    name: syn::Ident,
    description: String,
    documentation: TokenStream,
    filled: bool,
}

impl Member {
    fn new(mut field: Field, property: &Property, sent: bool, runtime: &TokenStream) -> Self {
        let description = docs::sentence(&property.description);
        let documentation = docs::lines(&description);
        field.attrs.retain(|attribute| !docs::is_doc(attribute));
        let attributes = std::mem::take(&mut field.attrs);
        field.attrs = docs::attributes(&documentation);
        field.attrs.extend(attributes);
        let presence = Presence::new(&field.ty, property, sent);
        if let Some(attribute) = presence.attribute(property, runtime) {
            field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
            field.attrs.push(attribute);
        }
        let value = option(&field.ty).unwrap_or(&field.ty).clone();
        field.ty = presence.field_type(&field.ty, runtime);
        if property.filled.is_some() {
            field.vis = parse_quote!(pub(crate));
        }
        Member {
            name: ident(&property.ident),
            value,
            presence,
            description,
            documentation,
            filled: property.filled.is_some(),
            field,
        }
    }

    fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    /// The field where nothing is given.
    fn absent(&self) -> TokenStream {
        let Member { name, field, .. } = self;
        match (self.presence, &field.ty) {
            (Presence::Optional, _) => quote!(#name: ::std::option::Option::None),
            (_, Type::Path(path)) => {
                let mut path = path.path.clone();
                if let Some(last) = path.segments.last_mut() {
                    last.arguments = syn::PathArguments::None;
                }
                quote!(#name: #path::default())
            }
            _ => quote!(#name: ::std::default::Default::default()),
        }
    }

    /// The type of an argument that becomes a value of this type, and how it does.
    fn argument(&self, ty: &Type) -> (TokenStream, TokenStream) {
        let name = &self.name;
        if is_string(ty) {
            (quote!(impl ::std::convert::Into<::std::string::String>), quote!(#name.into()))
        } else {
            (quote!(#ty), quote!(#name))
        }
    }

    /// How users get at a field that `new` does not take.
    fn access(&self, runtime: &TokenStream) -> TokenStream {
        if self.filled { self.getter() } else { self.setter(runtime) }
    }

    fn getter(&self) -> TokenStream {
        let Member { name, description, value, .. } = self;
        let documentation = docs::paragraphs(&[
            description,
            "The client fills it in when it sends. Here is what an answer or a received request has.",
        ]);
        quote! {
            #documentation
            #[must_use]
            pub fn #name(&self) -> ::std::option::Option<&#value> {
                self.#name.as_ref()
            }
        }
    }

    fn setter(&self, runtime: &TokenStream) -> TokenStream {
        let Member { name, description, value: ty, .. } = self;
        let (ty, value) = match self.presence {
            Presence::Nullable => {
                (quote!(impl ::std::convert::Into<#runtime::Nullable<#ty>>), quote!(#name.into()))
            }
            Presence::Optional => {
                let (ty, value) = self.argument(ty);
                (ty, quote!(::std::option::Option::Some(#value)))
            }
            Presence::Required | Presence::Empty => self.argument(&self.field.ty),
        };
        let null = match self.presence {
            Presence::Nullable => "`None` sends `null`. Without this call the property isn't sent.",
            _ => "",
        };
        let documentation = docs::paragraphs(&[description, null]);
        quote! {
            #documentation
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = #value;
                self
            }
        }
    }
}

/// What `new` takes if not plain arguments, and `new`.
fn constructor(name: &syn::Ident, members: &[Member]) -> (TokenStream, TokenStream) {
    let required: Vec<&Member> = members.iter().filter(|member| member.is_required()).collect();
    let optional = members.iter().filter(|member| !member.is_required());
    let rest: Vec<TokenStream> = optional.map(Member::absent).collect();
    if required.len() > MOST_ARGUMENTS {
        return named_constructor(name, &required, &rest);
    }
    let (types, values): (Vec<_>, Vec<_>) =
        required.iter().map(|member| member.argument(&member.field.ty)).unzip();
    let names: Vec<&syn::Ident> = required.iter().map(|member| &member.name).collect();
    let fields = required.iter().zip(&values).map(|(member, value)| {
        let name = &member.name;
        if is_string(&member.field.ty) { quote!(#name: #value) } else { quote!(#name) }
    });
    let purpose = if names.is_empty() {
        "Without any of the optional fields: chain their setters."
    } else {
        "With the required fields; chain setters for the others."
    };
    let documentation = docs::lines(purpose);
    let new = quote! {
        #documentation
        #[must_use]
        pub fn new(#(#names: #types),*) -> Self {
            Self { #(#fields,)* #(#rest,)* }
        }
    };
    (TokenStream::new(), new)
}

/// Many required fields, each given by its name, in a struct of their own.
fn named_constructor(
    name: &syn::Ident,
    required: &[&Member],
    rest: &[TokenStream],
) -> (TokenStream, TokenStream) {
    let carrier = quote::format_ident!("{}Required", name);
    let documentation =
        docs::as_written(&format!("The required fields of [`{name}`], given by name."));
    let names: Vec<&syn::Ident> = required.iter().map(|member| &member.name).collect();
    let fields = required.iter().map(|member| {
        let Member { documentation, name, field, .. } = member;
        let ty = &field.ty;
        quote!(#documentation pub #name: #ty)
    });
    let structure = quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq)]
        pub struct #carrier { #(#fields,)* }
    };
    let new = quote! {
        /// With the required fields; chain setters for the others.
        #[must_use]
        pub fn new(required: #carrier) -> Self {
            Self { #(#names: required.#names,)* #(#rest,)* }
        }
    };
    (structure, new)
}
