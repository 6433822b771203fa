//! Emits the step of the builder that writes the body.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Body, Plan, Source};
use crate::emit::Context;
use crate::model::{BodyFormat, FieldStyle};

pub(super) fn step(context: &Context<'_>, plan: &Plan<'_>) -> Option<TokenStream> {
    let runtime = &context.runtime;
    let is_optional = matches!(plan.body, Some(Body::Optional(_)));
    Some(match plan.operation.body_format.as_ref()? {
        BodyFormat::Raw => {
            let media_type = &plan.operation.body_media_type;
            quote!(.raw(#media_type, self.body.take()))
        }
        BodyFormat::Multipart { styles, .. } => {
            let styles = field_styles(runtime, styles);
            let fields = plan.body.as_ref().map(|_| quote!(.fields(&self.body, #styles)));
            let files = plan.fields().filter_map(|argument| {
                let Source::File(file) = argument.source else { return None };
                let (name, wire, media_type) = (&argument.name, &file.name, &file.media_type);
                let step = match file.many {
                    true => quote!(files),
                    false => quote!(file),
                };
                Some(quote!(.#step(#wire, self.#name.take(), #media_type)))
            });
            let files: TokenStream = files.collect();
            quote!(.multipart(#runtime::generated::Multipart::new() #fields #files))
        }
        BodyFormat::Form(styles) => {
            plan.body.as_ref()?;
            let styles = field_styles(runtime, styles);
            match is_optional {
                true => quote!(.optional_form(self.body.as_ref(), #styles)),
                false => quote!(.form(&self.body, #styles)),
            }
        }
        BodyFormat::Json => {
            plan.body.as_ref()?;
            let json = match is_optional {
                true => quote!(.optional_json(self.body.as_ref())),
                false => quote!(.json(&self.body)),
            };
            // `application/merge-patch+json` and similar types are JSON with a different meaning.
            let media_type = Some(&plan.operation.body_media_type)
                .filter(|media_type| *media_type != JSON)
                .map(|media_type| quote!(.content_type(#media_type)));
            quote!(#json #media_type)
        }
    })
}

const JSON: &str = "application/json";

/// Returns e.g. `&[("expand", FieldStyle::Deep)]`.
fn field_styles(runtime: &TokenStream, styles: &[FieldStyle]) -> TokenStream {
    let style = quote!(#runtime::generated::FieldStyle);
    let styles = styles.iter().map(|FieldStyle { name, style: kind }| {
        let media_type = kind.strip_prefix("as ");
        let kind = match kind.as_str() {
            _ if media_type.is_some() => quote!(Media(#media_type)),
            "exploded" => quote!(Exploded),
            "deep" => quote!(Deep),
            "json" => quote!(Json),
            separator => {
                let separator = separator.chars().next().unwrap_or(',');
                quote!(Delimited(#separator))
            }
        };
        quote!((#name, #style::#kind))
    });
    quote!(&[#(#styles),*])
}
