//! Of progenitor's methods, the types of their arguments: how a request is built is decided by our own model.

use std::collections::BTreeSet;

use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, ImplItemFn, Pat, Type};

use super::Unrecognized;
use super::std_types::option;
use crate::model::Operation;

/// The arguments of the function that builds the request of an operation.
pub(crate) struct Signature {
    /// In progenitor's order, which is also that of a query: path, query and header, each by name, then the body.
    pub arguments: Vec<(String, Type)>,
}

impl Signature {
    /// Takes the arguments from the method among progenitor's that is named after the operation.
    pub(crate) fn of(methods: &[ImplItemFn], operation: &Operation) -> Result<Self, Unrecognized> {
        let refuse = |what| Unrecognized::new(&operation.id, what);
        let method = methods.iter().find(|method| method.sig.ident == operation.name);
        let method = method.ok_or_else(|| refuse("the name of its method"))?;
        let inputs = method.sig.inputs.iter().filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(argument),
            FnArg::Receiver(_) => None,
        });
        let mut arguments = Vec::new();
        for input in inputs {
            let Pat::Ident(name) = &*input.pat else { return Err(refuse("one of its arguments")) };
            arguments.push((name.ident.to_string(), elided(&input.ty)));
        }
        let signature = Signature { arguments };
        signature.fits(operation).map_err(refuse)?;
        Ok(signature)
    }

    pub(crate) fn argument(&self, name: &str) -> Option<&Type> {
        self.arguments.iter().find(|(argument, _)| argument == name).map(|(_, ty)| ty)
    }

    /// An argument that the model doesn't know wouldn't be sent, one that is missing couldn't be given.
    fn fits(&self, operation: &Operation) -> Result<(), &'static str> {
        let body = operation.body.as_ref().map(|_| "body");
        let parameters = operation.parameters.iter().map(|parameter| parameter.ident.as_str());
        let expected: BTreeSet<&str> = parameters.chain(body).collect();
        let found: BTreeSet<&str> = self.arguments.iter().map(|(name, _)| name.as_str()).collect();
        if found != expected || found.len() != self.arguments.len() {
            return Err("the names of its arguments");
        }
        let mut optional = operation.parameters.iter().filter(|parameter| !parameter.required);
        match optional.all(|it| self.argument(&it.ident).is_some_and(|ty| option(ty).is_some())) {
            true => Ok(()),
            false => Err("an optional argument that is not an `Option`"),
        }
    }
}

/// The type with its lifetimes left to the compiler.
fn elided(ty: &Type) -> Type {
    struct Elide;
    impl VisitMut for Elide {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = None;
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let mut ty = ty.clone();
    Elide.visit_type_mut(&mut ty);
    ty
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{ImplItemFn, parse_quote};

    use super::Signature;
    use crate::{Document, Settings, lower};

    const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: T, version: '1' }
tags: [{ name: books }]
paths:
  /books/{isbn}:
    servers: [{ url: 'https://books.example' }]
    get:
      operationId: getBook
      tags: [books]
      security: []
      parameters:
        - { name: isbn, in: path, required: true, schema: { type: string } }
        - { name: X-Language, in: header, schema: { type: string } }
      responses: { '204': { description: A book. } }
";

    fn signature(method: ImplItemFn) -> Result<Vec<String>, &'static str> {
        let document = Document::parse("a.yaml", DOCUMENT).unwrap();
        let model = lower::lower(
            &document,
            &Settings::new("", "a.yaml").with_credential("crate::Credential"),
        );
        let operation = model.operations().next().unwrap();
        let signature = Signature::of(&[method], operation).map_err(|error| error.what)?;
        let text = |(name, ty): &(String, syn::Type)| format!("{name}: {}", ty.to_token_stream());
        Ok(signature.arguments.iter().map(text).collect())
    }

    #[test]
    fn types_are_those_of_progenitors_signature_without_lifetimes() {
        let method = parse_quote! {
            pub async fn get_book<'a>(&'a self, isbn: &'a str, x_language: Option<&'a str>) {}
        };
        let expected = ["isbn: & str", "x_language: Option < & str >"].map(str::to_owned);
        assert_eq!(signature(method), Ok(expected.to_vec()));
    }

    #[test]
    fn a_method_that_does_not_fit_the_operation_is_refused() {
        for (method, what) in [
            (
                parse_quote!(
                    async fn get(&self, isbn: &str) {}
                ),
                "the name of its method",
            ),
            (
                parse_quote!(
                    async fn get_book(&self, isbn: &str) {}
                ),
                "the names of its arguments",
            ),
            (
                parse_quote!(
                    async fn get_book(&self, isbn: &str, x_language: Option<&str>, more: u8) {}
                ),
                "the names of its arguments",
            ),
            (
                parse_quote!(
                    async fn get_book(&self, (isbn, more): (&str, u8)) {}
                ),
                "one of its arguments",
            ),
            (
                parse_quote!(
                    async fn get_book(&self, isbn: &str, x_language: &str) {}
                ),
                "an optional argument that is not an `Option`",
            ),
        ] {
            assert_eq!(signature(method), Err(what));
        }
    }
}
