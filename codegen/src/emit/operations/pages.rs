//! Emits the methods that return a list's pages and items as streams, and the code that changes a
//! call to request the next page.

mod value;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Ident, Type};

use self::value::{By, Value};
use super::plan::{Argument, Plan, Source};
use crate::emit::Context;
use crate::model::{Pages, Path, Shape, Way};
use crate::passes::{docs, ident};

pub(super) fn pages(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    let pages = plan.operation.pages.as_ref()?;
    let (runtime, call, answer) = (&context.runtime, &plan.call, &plan.answer);
    let item = context.type_of_shape(&pages.item);
    let fields = plan.fields().map(|it| {
        let name = &it.name;
        match is_copied(it) {
            true => quote!(#name: self.#name),
            false => quote!(#name: self.#name.clone()),
        }
    });
    let list: Type = syn::parse_quote!(::std::vec::Vec<#item>);
    let answer_schema = plan.operation.answer.as_deref();
    let items = match Value::at(context, answer_schema, &pages.items, quote!(page), By::Value) {
        Value::There(items) => items,
        Value::Maybe(items) => quote!(#items.unwrap_or_default()),
    };
    let turn = turn(context, plan, pages);
    let methods = methods(context, plan);
    Some(quote! {
        #methods
        #[allow(
            clippy::clone_on_copy,
            clippy::useless_conversion,
            reason = "written in the same way for fields of every type"
        )]
        impl #runtime::Paged for #call {
            type Item = #item;

            fn again(&self) -> Self {
                #call { call: self.call.again(), #(#fields),* }
            }

            fn items_of(page: #answer) -> #list {
                #items
            }

            fn turn(&mut self, page: &#runtime::Response<#answer>)
                -> ::std::result::Result<bool, #runtime::Error> {
                #turn
            }
        }
    })
}

fn methods(context: &Context<'_>, plan: &Plan<'_>) -> TokenStream {
    let (runtime, call) = (&context.runtime, &plan.call);
    let (pages, items) = (free(plan, "pages"), free(plan, "items"));
    let of_items = docs::as_written(
        "Returns the items of all pages as a stream. The next page is requested after the last \
         item\nof the current one. Set other options first.",
    );
    let of_pages = docs::as_written(
        "Returns the pages as a stream. Each page is requested when the stream is polled for it. \
         Set\nother options first.",
    );
    quote! {
        impl #call {
            #of_items
            pub fn #items(self) -> #runtime::Items<Self> {
                #runtime::Items::new(self)
            }

            #of_pages
            pub fn #pages(self) -> #runtime::Pages<Self> {
                #runtime::Pages::new(self)
            }
        }
    }
}

/// Returns a name that no setter uses.
fn free(plan: &Plan<'_>, name: &str) -> Ident {
    let mut name = name.to_owned();
    while plan.optional.iter().any(|it| it.name == name) {
        name.push('_');
    }
    ident(&name)
}

/// Emits the code that changes the call and returns whether there is a next page.
fn turn(context: &Context<'_>, plan: &Plan<'_>, pages: &Pages) -> TokenStream {
    let runtime = &context.runtime;
    let generated = quote!(#runtime::generated);
    let of_page = |path: &Path| {
        let answer = plan.operation.answer.as_deref();
        Value::at(context, answer, path, quote!(page.value), By::Reference)
    };
    let more = pages.more.as_ref().map(|more| {
        let is_last = match of_page(more) {
            Value::There(more) => quote!(!#more),
            Value::Maybe(more) => quote!(#more == ::std::option::Option::Some(&false)),
        };
        quote! {
            if #is_last {
                return ::std::result::Result::Ok(false);
            }
        }
    });
    let count = match of_page(&pages.items) {
        Value::There(items) => quote!(#items.len()),
        Value::Maybe(items) => quote!(#items.map_or(0, ::std::vec::Vec::len)),
    };
    let turned = match &pages.way {
        Way::Link => quote!(self.call.follow(&page.headers)),
        Way::Page { parameter, first } => match field(plan, parameter) {
            Some(it) => {
                let (name, first) = (&it.name, Literal::i64_unsuffixed(*first));
                quote!(#generated::advanced(&mut self.#name, #first, 1, #count))
            }
            None => ended(),
        },
        Way::Offset { parameter } => match field(plan, parameter) {
            Some(it) => {
                let name = &it.name;
                quote! {
                    let count = #count;
                    #generated::advanced(&mut self.#name, 0, count, count)
                }
            }
            None => ended(),
        },
        Way::Cursor { parameter, next } => match field(plan, parameter) {
            Some(it) => {
                let next = match of_page(next) {
                    Value::There(next) => quote!(::std::option::Option::Some(&#next)),
                    Value::Maybe(next) => next,
                };
                followed(&generated, it, &next)
            }
            None => ended(),
        },
        Way::LastItem { parameter, property } => match field(plan, parameter) {
            Some(it) => {
                let last = match of_page(&pages.items) {
                    Value::There(items) => quote!(#items.last()),
                    Value::Maybe(items) => quote!(#items.and_then(|items| items.last())),
                };
                let item = match &pages.item {
                    Shape::Named(name) => Some(name.as_str()),
                    _ => None,
                };
                let of_item = match Value::at(context, item, property, quote!(item), By::Reference)
                {
                    Value::There(value) => quote!(map(|item| &#value)),
                    Value::Maybe(value) => quote!(and_then(|item| #value)),
                };
                followed(&generated, it, &quote!(#last.#of_item))
            }
            None => ended(),
        },
    };
    quote!(#more #turned)
}

/// Returns the code for a missing parameter. This code is never emitted, because the model has a
/// parameter for each style of pagination that needs one.
fn ended() -> TokenStream {
    quote!(::std::result::Result::Ok(false))
}

fn field<'p, 'a>(plan: &'p Plan<'a>, wire: &str) -> Option<&'p Argument<'a>> {
    plan.optional
        .iter()
        .find(|it| matches!(it.source, Source::Parameter(parameter) if parameter.name == wire))
}

/// Returns whether the type is `Copy`.
fn is_copied(argument: &Argument<'_>) -> bool {
    matches!(
        argument.source,
        Source::Parameter(parameter)
            if matches!(parameter.shape, Shape::Boolean | Shape::Integer(_) | Shape::Number(_))
    )
}

fn followed(generated: &TokenStream, argument: &Argument<'_>, next: &TokenStream) -> TokenStream {
    let name = &argument.name;
    let is_text =
        matches!(argument.source, Source::Parameter(parameter) if parameter.shape == Shape::Text);
    let next = match is_text {
        true => quote!(#next.filter(|next| !next.is_empty())),
        false => next.clone(),
    };
    let copied = match is_copied(argument) {
        true => quote!(copied),
        false => quote!(cloned),
    };
    quote! {
        let next = #next.#copied();
        #generated::following(&mut self.#name, next)
    }
}
