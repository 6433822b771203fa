//! The pages of a list as streams: how a call becomes that of the next page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Ident, Type};

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
        quote!(#name: self.#name.clone())
    });
    let list: Type = syn::parse_quote!(::std::vec::Vec<#item>);
    let items = owned(context, &pages.items, &list);
    let turn = turn(context, plan, pages, &list);
    let methods = methods(context, plan);
    Some(quote! {
        #methods
        #[allow(
            clippy::clone_on_copy,
            clippy::useless_conversion,
            reason = "written alike for fields of every type"
        )]
        impl #runtime::Paged for #call {
            type Item = #item;

            fn again(&self) -> Self {
                #call { call: self.call.again(), #(#fields),* }
            }

            fn items_of(page: #answer) -> #list {
                #items.unwrap_or_default()
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
        "Returns the items of all pages as a stream. The next page is requested after the last item\nof the one before. Set other options first.",
    );
    let of_pages = docs::as_written(
        "Returns the pages as a stream. The next page is requested when it is asked for. Set other\noptions first.",
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

/// A name that no setter has.
fn free(plan: &Plan<'_>, name: &str) -> Ident {
    let mut name = name.to_owned();
    while plan.optional.iter().any(|it| it.name == name) {
        name.push('_');
    }
    ident(&name)
}

/// How the call is changed. Returns whether there is a next page.
fn turn(context: &Context<'_>, plan: &Plan<'_>, pages: &Pages, list: &Type) -> TokenStream {
    let runtime = &context.runtime;
    let generated = quote!(#runtime::generated);
    let more = pages.more.as_ref().map(|more| {
        let more = borrowed(context, more, &syn::parse_quote!(bool));
        quote! {
            if #more == ::std::option::Option::Some(&false) {
                return ::std::result::Result::Ok(false);
            }
        }
    });
    let items = borrowed(context, &pages.items, list);
    let count = quote!(#items.map_or(0, ::std::vec::Vec::len));
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
                let next = borrowed(context, next, &it.ty);
                followed(&generated, it, &next)
            }
            None => ended(),
        },
        Way::LastItem { parameter, property } => match field(plan, parameter) {
            Some(it) => {
                let (item, of_item) = (
                    context.type_of_shape(&pages.item),
                    of(context, property, &it.ty, &quote!(item)),
                );
                let next =
                    quote!(#items.and_then(|items| items.last()).and_then(|item: &#item| #of_item));
                followed(&generated, it, &next)
            }
            None => ended(),
        },
    };
    quote!(#more #turned)
}

/// The model has a parameter for each way that needs one.
fn ended() -> TokenStream {
    quote!(::std::result::Result::Ok(false))
}

fn field<'p, 'a>(plan: &'p Plan<'a>, wire: &str) -> Option<&'p Argument<'a>> {
    plan.optional
        .iter()
        .find(|it| matches!(it.source, Source::Parameter(parameter) if parameter.name == wire))
}

fn followed(generated: &TokenStream, argument: &Argument<'_>, next: &TokenStream) -> TokenStream {
    let name = &argument.name;
    let is_text =
        matches!(argument.source, Source::Parameter(parameter) if parameter.shape == Shape::Text);
    let next = match is_text {
        true => quote!(#next.filter(|next| !next.is_empty())),
        false => next.clone(),
    };
    quote! {
        let next = #next.cloned();
        #generated::following(&mut self.#name, next)
    }
}

/// A value of the page as an `Option` of a reference. Its fields may be values, options or `Nullable`.
fn borrowed(context: &Context<'_>, path: &Path, ty: &Type) -> TokenStream {
    of(context, path, ty, &quote!(page.value))
}

fn of(context: &Context<'_>, path: &Path, ty: &Type, from: &TokenStream) -> TokenStream {
    steps(context, path, ty, from, &quote!(&))
}

/// The same by value.
fn owned(context: &Context<'_>, path: &Path, ty: &Type) -> TokenStream {
    steps(context, path, ty, &quote!(page), &TokenStream::new())
}

fn steps(
    context: &Context<'_>,
    path: &Path,
    ty: &Type,
    from: &TokenStream,
    reference: &TokenStream,
) -> TokenStream {
    let last = path.0.len().saturating_sub(1);
    let mut all = TokenStream::new();
    for (at, step) in path.0.iter().enumerate() {
        let ty = match &step.schema {
            Some(name) if at != last => context.type_of(Some(name)),
            _ => quote!(#ty),
        };
        let field = match step.field.parse::<u8>() {
            // The field of a struct around a list.
            Ok(number) => {
                let number = Literal::u8_unsuffixed(number);
                quote!(#number)
            }
            Err(_) => {
                let field = ident(&step.field);
                quote!(#field)
            }
        };
        let value = |from: &TokenStream| quote!(::std::option::Option::<#reference #ty>::from(#reference #from.#field));
        all = match at {
            0 => value(from),
            _ => {
                let inner = value(&quote!(value));
                quote!(#all.and_then(|value| #inner))
            }
        };
    }
    all
}
