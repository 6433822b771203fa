//! Emits `server/*.rs`: a trait for each tag, with the tag's operations, and a router that rejects
//! requests that the document doesn't allow.

mod answers;
mod bodies;
mod callers;
mod fields;
mod handlers;
mod identities;
mod parameters;
mod routers;
mod services;
mod successes;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::model::{Group, Operation};
use crate::passes::{docs, ident};
use crate::text::{NotRust, Printer};
use crate::{Files, Server, names};
use answers::Answers;
use identities::Identities;

/// The document's tags and the settings, in the form that the server's emitters need.
struct Plan<'a> {
    context: &'a Context<'a>,
    server: &'a Server,
    identities: Identities,
    answers: Answers,
    tags: Vec<Tag<'a>>,
}

/// A tag with operations.
struct Tag<'a> {
    group: &'a Group,
    /// The name of its module.
    module: syn::Ident,
    /// The name of its trait.
    name: syn::Ident,
    /// The name of the field that holds its implementation.
    field: syn::Ident,
}

impl<'a> Plan<'a> {
    fn of(context: &'a Context<'a>, server: &'a Server) -> Self {
        // A group is empty if its tag isn't the first tag of any operation.
        let groups = context.model.groups.iter().filter(|group| !group.operations.is_empty());
        let tag = |group: &'a Group| Tag {
            group,
            module: ident(&module(group)),
            name: ident(&group.type_name),
            field: ident(&group.accessor),
        };
        Plan {
            context,
            server,
            identities: Identities::of(context),
            answers: Answers::of(context),
            tags: groups.map(tag).collect(),
        }
    }
}

impl Tag<'_> {
    /// Returns whether any operation of the tag requires or accepts credentials.
    fn is_secured(&self) -> bool {
        self.group.operations.iter().any(is_secured)
    }
}

fn is_secured(operation: &Operation) -> bool {
    operation.security.iter().any(|alternative| !alternative.is_empty())
}

/// Returns the name of a tag's module, which must differ from the names of the server's folders.
fn module(group: &Group) -> String {
    let name = names::module(&group.accessor);
    match name.as_str() {
        "handlers" | "router" | "services" => format!("{name}_"),
        _ => name,
    }
}

/// Returns the printed files of the server's folder, by path.
pub(crate) fn files(
    context: &Context<'_>,
    server: &Server,
    printer: &Printer<'_>,
) -> Result<Files, NotRust> {
    let plan = Plan::of(context, server);
    let roots = [
        ("mod.rs", root(context)),
        ("server/mod.rs", server_root(&plan)),
        ("server/handlers/mod.rs", handlers::root(&plan)),
        ("server/router/mod.rs", routers::root(&plan)),
        ("server/services/mod.rs", services::root(&plan)),
    ];
    let optional = [
        ("server/answers.rs", plan.answers.file(context, server)),
        ("server/identities.rs", plan.identities.file(context, server)),
    ];
    let optional = optional.into_iter().filter_map(|(path, tokens)| Some((path, tokens?)));
    let single = roots.into_iter().chain(optional);
    let single = single.map(|(path, tokens)| (path.to_owned(), tokens));
    let of_tags = plan.tags.iter().flat_map(|tag| {
        let path = |folder| format!("server/{folder}/{}.rs", module(tag.group));
        [
            (path("handlers"), handlers::file(&plan, tag)),
            (path("router"), routers::file(&plan, tag)),
            (path("services"), services::file(&plan, tag)),
        ]
    });
    printer.files(single.chain(of_tags))
}

fn root(context: &Context<'_>) -> TokenStream {
    let documentation = docs::inner(&format!("The server side of {}.", context.model.title));
    quote!(#documentation pub mod server;)
}

fn server_root(plan: &Plan<'_>) -> TokenStream {
    let documentation = docs::inner(&format!(
        "The operations of {} as a trait for each tag, and a router that calls them.",
        plan.context.model.title
    ));
    let answers = (!plan.answers.is_empty()).then(|| {
        quote!(
            pub mod answers;
        )
    });
    let identities = (!plan.identities.is_empty()).then(|| {
        quote!(
            pub mod identities;
        )
    });
    quote! {
        #documentation
        #answers
        mod handlers;
        #identities
        mod router;
        pub mod services;
        pub use self::router::{Services, router};
    }
}
