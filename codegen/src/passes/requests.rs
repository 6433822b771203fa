//! Progenitor's methods, cut before they would send: what remains builds a request and nothing else.
//!
//! What a method looks like is known for the pinned version of progenitor. Whatever else comes is refused.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, FnArg, ImplItemFn, Pat, Stmt, Token, Type, parse_quote};

use super::Unrecognized;
use crate::model::{Location, Operation};

/// A function that builds the request of an operation.
pub(crate) struct Request {
    /// The arguments after client and base URL, in progenitor's order.
    pub arguments: Vec<(String, Type)>,
    /// The statements; the last is the request's builder, before `build`.
    statements: Vec<Stmt>,
    builder: Expr,
}

impl Request {
    pub(crate) fn new(
        method: &ImplItemFn,
        operation: &Operation,
        runtime: &TokenStream,
    ) -> Result<Self, Unrecognized> {
        let refuse = |what| Unrecognized::new(&operation.id, what);
        let mut statements = Vec::new();
        let mut rewrite = Rewrite { operation, runtime, segments: Vec::new(), failure: None };
        let has_headers =
            operation.parameters.iter().any(|parameter| parameter.location == Location::Header);
        for statement in &method.block.stmts {
            let Stmt::Local(local) = statement else {
                match header_statement(statement) {
                    Header::Own => {}
                    Header::Parameter if has_headers => statements.push(statement.clone()),
                    _ => return Err(refuse("one of its statements")),
                }
                continue;
            };
            let value = local.init.as_ref().map(|init| &*init.expr);
            match binding(&local.pat).as_deref() {
                Some("url") => statements.push(statement.clone()),
                Some("header_map") if has_headers => {
                    statements.push(
                        parse_quote!(let mut header_map = ::reqwest::header::HeaderMap::new();),
                    );
                }
                Some("header_map") => {}
                Some("request") => {
                    let builder = value
                        .and_then(before_build)
                        .ok_or_else(|| refuse("the end of its builder"))?;
                    let mut builder = without_headers(builder, has_headers);
                    for statement in &mut statements {
                        rewrite.visit_stmt_mut(statement);
                    }
                    rewrite.visit_expr_mut(&mut builder);
                    if let Some(what) = rewrite.failure {
                        return Err(refuse(what));
                    }
                    statements.splice(0..0, rewrite.segments);
                    return Ok(Request { arguments: arguments(method), statements, builder });
                }
                _ => return Err(refuse("one of its variables")),
            }
        }
        Err(refuse("a method that builds no request"))
    }

    /// The function, under the name of the operation.
    pub(crate) fn function(&self, operation: &Operation, runtime: &TokenStream) -> TokenStream {
        let Request { arguments, statements, builder } = self;
        let name = super::ident(&operation.name);
        let documentation =
            super::docs::lines(&format!("`{} {}`", operation.method, operation.path));
        // Beside them are the client and the base URL.
        let lint = super::lints::arguments(arguments.len() + 2);
        let arguments = arguments.iter().map(|(name, ty)| {
            let name = super::ident(name);
            quote!(#name: #ty)
        });
        quote! {
            #documentation
            #lint
            pub(crate) fn #name(
                http: &#runtime::HttpClient,
                base: &str,
                #(#arguments),*
            ) -> ::std::result::Result<#runtime::HttpRequest, #runtime::Error> {
                #(#statements)*
                #builder.build().map_err(#runtime::not_built)
            }
        }
    }
}

/// The arguments without `self`, their lifetimes left to the compiler.
fn arguments(method: &ImplItemFn) -> Vec<(String, Type)> {
    struct Elide;
    impl VisitMut for Elide {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = None;
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let typed = method.sig.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(argument),
        FnArg::Receiver(_) => None,
    });
    typed
        .filter_map(|argument| {
            let mut ty = (*argument.ty).clone();
            Elide.visit_type_mut(&mut ty);
            binding(&argument.pat).map(|name| (name, ty))
        })
        .collect()
}

fn binding(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(pattern) => Some(pattern.ident.to_string()),
        _ => None,
    }
}

/// A statement between the variables.
enum Header {
    /// Progenitor's own `api-version`, which no platform asked for: its value is `Self::api_version()`.
    Own,
    /// A header parameter.
    Parameter,
    Unknown,
}

fn header_statement(statement: &Stmt) -> Header {
    let text = statement.to_token_stream().to_string();
    if !text.contains("header_map . append") {
        Header::Unknown
    } else if text.contains("Self :: api_version ()") {
        Header::Own
    } else {
        Header::Parameter
    }
}

/// `builder` of `builder.build()?`.
fn before_build(value: &Expr) -> Option<Expr> {
    let Expr::Try(attempt) = value else { return None };
    match &*attempt.expr {
        Expr::MethodCall(call) if call.method == "build" => Some((*call.receiver).clone()),
        _ => None,
    }
}

/// `builder` of `builder.headers(header_map)` where there is no header left to add.
fn without_headers(builder: Expr, has_headers: bool) -> Expr {
    match builder {
        Expr::MethodCall(call) if !has_headers && call.method == "headers" => *call.receiver,
        other => other,
    }
}

/// Replaces what progenitor takes from its client and its runtime crate by arguments and by our runtime.
struct Rewrite<'a> {
    operation: &'a Operation,
    runtime: &'a TokenStream,
    /// Statements that encode the parameters of the path.
    segments: Vec<Stmt>,
    failure: Option<&'static str>,
}

impl Rewrite<'_> {
    /// The name on the wire of an argument.
    fn wire_name(&mut self, argument: &syn::Ident) -> String {
        let parameters: BTreeMap<&str, &str> = self
            .operation
            .parameters
            .iter()
            .map(|parameter| (parameter.ident.as_str(), parameter.name.as_str()))
            .collect();
        let ident = argument.to_string();
        match parameters.get(ident.as_str()) {
            Some(name) => (*name).to_owned(),
            None => {
                self.failure = Some("one of its arguments");
                ident
            }
        }
    }

    /// `x` of `&x.to_string()`.
    fn displayed(&mut self, argument: &Expr) -> syn::Ident {
        if let Expr::Reference(reference) = argument
            && let Expr::MethodCall(call) = &*reference.expr
            && call.method == "to_string"
            && let Expr::Path(path) = &*call.receiver
            && let Some(ident) = path.path.get_ident()
        {
            return ident.clone();
        }
        self.failure = Some("how it writes a path parameter");
        super::ident("unknown")
    }

    fn replacement(&mut self, expression: &Expr) -> Option<Expr> {
        let runtime = self.runtime;
        match expression {
            Expr::Field(field) => {
                match field.to_token_stream().to_string().replace(' ', "").as_str() {
                    "self.client" => Some(parse_quote!(http)),
                    "self.baseurl" => Some(parse_quote!(base)),
                    _ => None,
                }
            }
            Expr::Call(call) if ends_with(&call.func, "encode_path") => {
                let argument = call.args.first()?;
                let value = self.displayed(argument);
                let name = self.wire_name(&value);
                self.segments
                    .push(parse_quote!(let #value = #runtime::path_segment(#name, &#value)?;));
                Some(parse_quote!(#value))
            }
            Expr::Reference(reference) => {
                let Expr::Call(call) = &*reference.expr else { return None };
                if !call.func.to_token_stream().to_string().contains("QueryParam") {
                    return None;
                }
                let (name, value) = (call.args.first()?, call.args.get(1)?);
                Some(parse_quote!(&[(#name, #value)]))
            }
            _ => None,
        }
    }

    /// `header_map.append("name", value.to_string().try_into()?)`.
    fn header(&mut self, call: &mut ExprMethodCall) {
        let runtime = self.runtime;
        let Some(name) = call.args.first().cloned() else { return };
        if let Some(value) = call.args.get_mut(1) {
            *value = match header_value(value) {
                Some(value) => parse_quote!(#runtime::header_value(#name, &#value)?),
                None => {
                    self.failure = Some("how it writes a header");
                    return;
                }
            };
        }
    }
}

/// `x` of `x.to_string().try_into()?`.
fn header_value(value: &Expr) -> Option<Expr> {
    let Expr::Try(attempt) = value else { return None };
    let Expr::MethodCall(convert) = &*attempt.expr else { return None };
    let Expr::MethodCall(text) = &*convert.receiver else { return None };
    (convert.method == "try_into" && text.method == "to_string").then(|| (*text.receiver).clone())
}

fn ends_with(function: &Expr, name: &str) -> bool {
    matches!(function, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

impl VisitMut for Rewrite<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::MethodCall(call) = expression
            && call.method == "append"
        {
            self.header(call);
            return;
        }
        match self.replacement(expression) {
            Some(new) => *expression = new,
            None => visit_mut::visit_expr_mut(self, expression),
        }
    }

    /// Only `format!` occurs: a literal, then expressions.
    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        match parser.parse2(call.tokens.clone()) {
            Ok(mut arguments) if call.path.is_ident("format") => {
                for argument in &mut arguments {
                    self.visit_expr_mut(argument);
                }
                call.tokens = arguments.into_token_stream();
            }
            _ => self.failure = Some("one of its macros"),
        }
    }
}
