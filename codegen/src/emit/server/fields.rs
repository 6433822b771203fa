//! Emits form properties for the server's runtime: the name, kind and style of each.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Context;
use crate::model::{FieldStyle, Property, SchemaKind, Shape};

/// How deeply objects may be nested. The checks reject objects that are nested more deeply.
const DEEPEST: usize = 16;

/// Returns e.g. `&[Field::new("item", Kind::Text)]`.
pub(super) fn list(
    context: &Context<'_>,
    runtime: &TokenStream,
    schema: &str,
    styles: &[FieldStyle],
) -> TokenStream {
    let kinds = Kinds { context, runtime };
    let fields = properties(context, schema).iter().map(|property| {
        let style = styles.iter().find(|style| style.name == property.name);
        kinds.field(property, style.map(|style| style.style.as_str()))
    });
    quote!(&[#(#fields),*])
}

fn properties<'c>(context: &'c Context<'_>, schema: &str) -> &'c [Property] {
    match context.model.schema(schema).map(|schema| &schema.kind) {
        Some(SchemaKind::Object(properties)) => properties,
        _ => &[],
    }
}

struct Kinds<'c> {
    context: &'c Context<'c>,
    runtime: &'c TokenStream,
}

impl Kinds<'_> {
    fn field(&self, property: &Property, style: Option<&str>) -> TokenStream {
        let (runtime, name, shape) = (self.runtime, &property.name, &property.shape);
        let (kind, style) = match style {
            None => (self.plain(shape), None),
            Some("json") => (self.json(), None),
            Some("deep") => (self.whole(shape, DEEPEST), Some(quote!(.deep()))),
            Some("exploded") => match self.members(shape) {
                Some(members) => (members, Some(quote!(.exploded()))),
                None => (self.plain(shape), None),
            },
            Some(separator) => {
                let kind = self.members(shape).unwrap_or_else(|| match self.named(shape) {
                    Shape::Map(value) => {
                        let value = self.scalar(value);
                        quote!(#runtime::Kind::Map(&#value))
                    }
                    _ => self.plain(shape),
                });
                let separator = separator.chars().next().unwrap_or(',');
                (kind, Some(quote!(.delimited(#separator))))
            }
        };
        quote!(#runtime::Field::new(#name, #kind) #style)
    }

    fn json(&self) -> TokenStream {
        let runtime = self.runtime;
        quote!(#runtime::Kind::Json)
    }

    /// Returns the kind without a style: a scalar is text, a list is several strings, and
    /// everything else is JSON.
    fn plain(&self, shape: &Shape) -> TokenStream {
        let runtime = self.runtime;
        match self.named(shape) {
            Shape::List(item) => {
                let item = self.scalar(item);
                quote!(#runtime::Kind::List(&#item))
            }
            _ => self.scalar(shape),
        }
    }

    /// Returns the members of an object, each written without a style.
    fn members(&self, shape: &Shape) -> Option<TokenStream> {
        let Shape::Named(name) = self.named(shape) else { return None };
        let Some(SchemaKind::Object(properties)) =
            self.context.model.schema(name).map(|schema| &schema.kind)
        else {
            return None;
        };
        Some(self.object(properties, |shape| self.plain(shape)))
    }

    fn object(&self, properties: &[Property], kind: impl Fn(&Shape) -> TokenStream) -> TokenStream {
        let runtime = self.runtime;
        let members = properties.iter().map(|Property { name, shape, .. }| {
            let kind = kind(shape);
            quote!((#name, #kind))
        });
        quote!(#runtime::Kind::Object(&[#(#members),*]))
    }

    /// Returns the kind with all nested members, down to this depth.
    fn whole(&self, shape: &Shape, depth: usize) -> TokenStream {
        let runtime = self.runtime;
        let Some(below) = depth.checked_sub(1) else { return self.json() };
        match self.named(shape) {
            Shape::List(item) => {
                let item = self.whole(item, below);
                quote!(#runtime::Kind::List(&#item))
            }
            Shape::Map(value) => {
                let value = self.whole(value, below);
                quote!(#runtime::Kind::Map(&#value))
            }
            Shape::Named(name) => match self.context.model.schema(name).map(|it| &it.kind) {
                Some(SchemaKind::Object(properties)) => {
                    self.object(properties, |shape| self.whole(shape, below))
                }
                _ => self.scalar(shape),
            },
            _ => self.scalar(shape),
        }
    }

    fn scalar(&self, shape: &Shape) -> TokenStream {
        let runtime = self.runtime;
        match self.named(shape) {
            Shape::Text | Shape::Formatted(_) => quote!(#runtime::Kind::Text),
            Shape::Boolean => quote!(#runtime::Kind::Boolean),
            Shape::Integer(_) | Shape::Number(_) => quote!(#runtime::Kind::Number),
            Shape::Named(name) => match self.context.model.schema(name).map(|it| &it.kind) {
                Some(SchemaKind::Enum { .. }) => quote!(#runtime::Kind::Text),
                Some(SchemaKind::Numbers { .. }) => quote!(#runtime::Kind::Number),
                _ => self.json(),
            },
            _ => self.json(),
        }
    }

    /// Replaces the name of a schema with the schema's shape. The name of an object, an enum or a
    /// union stays.
    fn named<'s>(&'s self, mut shape: &'s Shape) -> &'s Shape {
        for _ in 0..DEEPEST {
            let Shape::Named(name) = shape else { break };
            let Some(schema) = self.context.model.schema(name) else { break };
            match &schema.kind {
                SchemaKind::List(_) | SchemaKind::Other => shape = &schema.shape,
                _ => break,
            }
        }
        shape
    }
}
