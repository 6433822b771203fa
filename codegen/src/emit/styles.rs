//! Emits the style of a parameter, as a `Style` of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Form, Style, StyleName};
use crate::passes::ident;

/// Returns the style as an expression. `holder` is the path of the module that contains the type.
pub(super) fn style(holder: &TokenStream, style: Style) -> TokenStream {
    let name = ident(match (style.form, style.way) {
        (Form::Json, _) => "JSON",
        (_, StyleName::Matrix) => "MATRIX",
        (_, StyleName::Label) => "LABEL",
        (_, StyleName::Simple) => "SIMPLE",
        (_, StyleName::Form) => "FORM",
        (_, StyleName::SpaceDelimited) => "SPACE_DELIMITED",
        (_, StyleName::PipeDelimited) => "PIPE_DELIMITED",
        (_, StyleName::DeepObject) => "DEEP_OBJECT",
    });
    let explode = style.explode.then(|| quote!(.explode()));
    let reserved = style.reserved.then(|| quote!(.allow_reserved()));
    let empty = style.empty.then(|| quote!(.allow_empty()));
    quote!(#holder::Style::#name #explode #reserved #empty)
}
