//! Emits the server's code for reading request bodies, and the types of the values that it reads.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields;
use crate::emit::Context;
use crate::model::{BodyFormat, File, Operation};
use crate::names;
use crate::passes::ident;

const JSON: &str = "application/json";

/// A value that is read from a request body and becomes an argument of the trait's method.
pub(super) struct Value {
    pub(super) name: syn::Ident,
    pub(super) ty: TokenStream,
    /// The method call that reads the value. It is called on the server's `Incoming`, or on the
    /// parts of a multipart body.
    read: TokenStream,
}

/// The values that are read from the body of an operation, in the order of the trait's arguments.
pub(super) struct Body {
    pub(super) values: Vec<Value>,
    is_multipart: bool,
}

impl Body {
    pub(super) fn of(context: &Context<'_>, runtime: &TokenStream, operation: &Operation) -> Self {
        let Some(format) = &operation.body_format else {
            return Body { values: Vec::new(), is_multipart: false };
        };
        let values = match format {
            BodyFormat::Json => json(context, operation).into_iter().collect(),
            BodyFormat::Form(styles) => {
                let form = |body: &str| {
                    let fields = fields::list(context, runtime, body, styles);
                    Value {
                        name: ident("body"),
                        ty: context.type_of(Some(body)),
                        read: quote!(form(#fields)),
                    }
                };
                operation.body.as_deref().map(form).into_iter().collect()
            }
            BodyFormat::Multipart { styles, files } => {
                let rest = |body: &str| {
                    let fields = fields::list(context, runtime, body, styles);
                    Value {
                        name: ident("body"),
                        ty: context.type_of(Some(body)),
                        read: quote!(fields(#fields)),
                    }
                };
                let mut values = file_values(runtime, operation, files);
                values.extend(operation.body.as_deref().map(rest));
                values
            }
            BodyFormat::Raw => vec![raw(runtime, operation)],
        };
        Body { values, is_multipart: matches!(format, BodyFormat::Multipart { .. }) }
    }

    /// Returns the statements that read all values.
    pub(super) fn read(&self) -> TokenStream {
        let parts = self.is_multipart.then(|| quote!(let mut incoming = incoming.multipart()?;));
        let values =
            self.values.iter().map(|Value { name, read, .. }| quote!(let #name = incoming.#read?;));
        quote!(#parts #(#values)*)
    }
}

fn json(context: &Context<'_>, operation: &Operation) -> Option<Value> {
    let ty = context.type_of(Some(operation.body.as_deref()?));
    let media_type = Some(&operation.body_media_type).filter(|it| *it != JSON);
    Some(match (operation.body_required, media_type) {
        (true, None) => value(ty, quote!(body())),
        (true, Some(media_type)) => value(ty, quote!(body_as(#media_type))),
        (false, None) => value(optional(&ty), quote!(optional_body())),
        (false, Some(media_type)) => value(optional(&ty), quote!(optional_body_as(#media_type))),
    })
}

fn raw(runtime: &TokenStream, operation: &Operation) -> Value {
    let media_type = &operation.body_media_type;
    let is_text = media_type.starts_with("text/");
    let ty = if is_text { quote!(::std::string::String) } else { quote!(#runtime::Bytes) };
    match (is_text, operation.body_required) {
        (true, true) => value(ty, quote!(text(#media_type))),
        (true, false) => value(optional(&ty), quote!(optional_text(#media_type))),
        (false, true) => value(ty, quote!(bytes(#media_type))),
        (false, false) => value(optional(&ty), quote!(optional_bytes(#media_type))),
    }
}

fn value(ty: TokenStream, read: TokenStream) -> Value {
    Value { name: ident("body"), ty, read }
}

fn optional(ty: &TokenStream) -> TokenStream {
    quote!(::std::option::Option<#ty>)
}

/// Returns the values of files. Each is a separate argument, as in the client's method.
fn file_values(runtime: &TokenStream, operation: &Operation, files: &[File]) -> Vec<Value> {
    let mut taken: Vec<String> = operation.parameters.iter().map(|it| it.ident.clone()).collect();
    let mut free = |name: &str| {
        let mut name = names::argument(name);
        while taken.contains(&name) {
            name.push('_');
        }
        taken.push(name.clone());
        ident(&name)
    };
    let value = |file: &File| {
        let name = free(&file.name);
        let wire = &file.name;
        let file_type = quote!(#runtime::File);
        let (ty, read) = match (file.many, file.required) {
            (false, true) => (file_type, quote!(file(#wire))),
            (false, false) => (optional(&file_type), quote!(optional_file(#wire))),
            (true, true) => (quote!(::std::vec::Vec<#file_type>), quote!(files(#wire))),
            (true, false) => (quote!(::std::vec::Vec<#file_type>), quote!(optional_files(#wire))),
        };
        Value { name, ty, read }
    };
    files.iter().map(value).collect()
}
