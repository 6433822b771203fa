//! Emits code that checks a call's values against the document's constraints.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Argument, Plan, Source};
use crate::emit::{Context, constraints};

/// Returns a statement for each value that has constraints: the parameters, and then the body.
pub(super) fn checks(context: &Context<'_>, plan: &Plan<'_>) -> TokenStream {
    let parameters = plan.fields().filter_map(|argument| parameter(context, argument));
    let body = body(context, plan);
    quote!(#(#parameters)* #body)
}

fn parameter(context: &Context<'_>, argument: &Argument<'_>) -> Option<TokenStream> {
    let Source::Parameter(parameter) = argument.source else { return None };
    if parameter.constraints.is_empty() {
        return None;
    }
    let (name, wire, runtime) = (&argument.name, &parameter.name, &context.runtime);
    let value = constraints::value(context, &parameter.constraints);
    Some(quote!({
        static CONSTRAINTS: #runtime::generated::Constraints = #value;
        CONSTRAINTS.check(#wire, &self.#name)?;
    }))
}

/// Returns a statement that checks the JSON form of the body. An optional body that is missing
/// meets all constraints.
fn body(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    plan.body_type()?;
    let constraints = constraints::of_schema(context, plan.operation.body.as_deref()?)?;
    Some(quote!(#constraints.check("", &self.body)?;))
}
