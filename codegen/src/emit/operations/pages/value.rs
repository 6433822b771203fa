//! Writes the expression that reads a value inside a response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;

use crate::emit::Context;
use crate::model::{Path, Step};
use crate::passes::ident;
use crate::passes::std_types::option;

/// The expression for a value.
pub(super) enum Value {
    /// A value that is always present, as a place expression.
    There(TokenStream),
    /// A value that may be missing, as an `Option`.
    Maybe(TokenStream),
}

/// Whether the expression moves the value or borrows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Value,
    Reference,
}

/// Whether a field always has a value, according to its type.
enum Presence {
    There,
    Option,
    Nullable,
}

impl Value {
    /// Returns the value that the path leads to. The path starts at `from`, a value of this schema.
    pub(super) fn at(
        context: &Context<'_>,
        schema: Option<&str>,
        path: &Path,
        from: TokenStream,
        by: By,
    ) -> Value {
        let mut value = Value::There(from);
        let mut parent = schema;
        for step in &path.0 {
            let presence = presence(context, parent, step);
            let field = field(step);
            value = value.then(&field, &presence, by);
            parent = step.schema.as_deref();
        }
        value
    }

    fn then(self, field: &TokenStream, presence: &Presence, by: By) -> Value {
        let inside = match (presence, by) {
            (Presence::There, By::Reference) => quote!(&value.#field),
            (Presence::There | Presence::Option, By::Value) => quote!(value.#field),
            (Presence::Option, By::Reference) => quote!(value.#field.as_ref()),
            (Presence::Nullable, By::Reference) => quote!(value.#field.value()),
            (Presence::Nullable, By::Value) => quote!(value.#field.into_value()),
        };
        match (self, presence, by) {
            (Value::There(from), Presence::There, _) => Value::There(quote!(#from.#field)),
            (Value::There(from), Presence::Option, By::Value) => Value::Maybe(quote!(#from.#field)),
            (Value::There(from), Presence::Option, By::Reference) => {
                Value::Maybe(quote!(#from.#field.as_ref()))
            }
            (Value::There(from), Presence::Nullable, By::Value) => {
                Value::Maybe(quote!(#from.#field.into_value()))
            }
            (Value::There(from), Presence::Nullable, By::Reference) => {
                Value::Maybe(quote!(#from.#field.value()))
            }
            (Value::Maybe(from), Presence::There, _) => {
                Value::Maybe(quote!(#from.map(|value| #inside)))
            }
            (Value::Maybe(from), Presence::Option | Presence::Nullable, _) => {
                Value::Maybe(quote!(#from.and_then(|value| #inside)))
            }
        }
    }
}

fn presence(context: &Context<'_>, parent: Option<&str>, step: &Step) -> Presence {
    let schema = parent.and_then(|name| context.model.schema(name));
    let fields = schema.and_then(|schema| context.fields.get(&schema.ident));
    let found = fields.and_then(|fields| fields.iter().find(|(name, _)| *name == step.field));
    match found {
        Some((_, ty)) if option(ty).is_some() => Presence::Option,
        Some((_, ty)) if is_nullable(ty) => Presence::Nullable,
        _ => Presence::There,
    }
}

fn is_nullable(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Nullable")
}

fn field(step: &Step) -> TokenStream {
    match step.field.parse::<u8>() {
        // This is the field of a struct that wraps a list.
        Ok(number) => {
            let number = Literal::u8_unsuffixed(number);
            quote!(#number)
        }
        Err(_) => {
            let field = ident(&step.field);
            quote!(#field)
        }
    }
}
