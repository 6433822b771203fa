//! Decides what an operation takes and what its call contains. The emitters of the method, the
//! call, the request and the example all use these decisions.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Ident, Type, parse_quote};

use crate::emit::Context;
use crate::model::{
    BodyFormat, File, Group, Operation, Parameter, Property, ResponseFormat, Schema, SchemaKind,
    Servers,
};
use crate::names;
use crate::passes::arguments::{Takes, need_names};
use crate::passes::ident;
use crate::passes::std_types::option;

/// An operation, prepared for its emitters.
pub(crate) struct Plan<'a> {
    pub operation: &'a Operation,
    /// The type of the call.
    pub call: Ident,
    /// The type of the response.
    pub answer: TokenStream,
    /// The required arguments: the server, then the parameters in document order, then the body's
    /// required values.
    pub required: Vec<Argument<'a>>,
    /// The optional arguments, in the same order.
    pub optional: Vec<Argument<'a>>,
    /// The parameters that the client fills in.
    pub filled: Vec<Argument<'a>>,
    pub body: Option<Body<'a>>,
}

/// A value in an operation's request.
pub(crate) struct Argument<'a> {
    /// Its Rust name, unique within the operation.
    pub name: Ident,
    pub source: Source<'a>,
    /// The type of the value, without an `Option` around it.
    pub ty: Type,
    pub takes: Takes,
}

/// The part of a request to which a value belongs.
pub(crate) enum Source<'a> {
    /// The variable in the server's URL.
    Server,
    Parameter(&'a Parameter),
    /// A file in a form.
    File(&'a File),
    /// A property of the body.
    Property(&'a Property),
    /// The whole body.
    Body,
}

/// The body of a request.
pub(crate) enum Body<'a> {
    /// An object whose properties are set individually.
    Object {
        schema: &'a Schema,
        /// Whether the type's constructor takes a struct of named fields.
        named: bool,
        /// Whether the constructor returns a `Result`.
        fallible: bool,
    },
    /// A body of this type that the caller creates.
    Whole(Box<Type>),
    /// An optional body of this type that the caller creates.
    Optional(Box<Type>),
    /// Bytes or text, which may be streamed.
    Raw,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(context: &Context<'a>, operation: &'a Operation) -> Self {
        let mut plan = Plan {
            operation,
            // An operation with the id `self` has the type name `Self_`.
            call: format_ident!("{}Call", operation.type_name.trim_end_matches('_')),
            answer: answer(context, operation),
            required: Vec::new(),
            optional: Vec::new(),
            filled: Vec::new(),
            body: None,
        };
        if let Servers::Choice { variable, .. } = &operation.servers {
            let ty = ident(&names::pascal(variable));
            plan.require(&names::field(variable), Source::Server, parse_quote!(#ty), Takes::Value);
        }
        plan.add_parameters(context);
        plan.add_files(context);
        plan.add_body(context);
        plan
    }

    fn add_parameters(&mut self, context: &Context<'a>) {
        for parameter in &self.operation.parameters {
            let ty = context.type_of_shape(&parameter.shape);
            let takes = Takes::of(&ty, context.settings);
            let name = self.free(&names::field(&parameter.name));
            let argument = Argument { name, source: Source::Parameter(parameter), ty, takes };
            match (&parameter.filled, parameter.required) {
                (Some(_), _) => self.filled.push(argument),
                (None, true) => self.required.push(argument),
                (None, false) => self.optional.push(argument),
            }
        }
    }

    fn add_files(&mut self, context: &Context<'a>) {
        let Some(BodyFormat::Multipart { files, .. }) = &self.operation.body_format else { return };
        let runtime = &context.runtime;
        for file in files {
            let (ty, takes) = match file.many {
                true => (parse_quote!(::std::vec::Vec<#runtime::Part>), Takes::Value),
                false => (parse_quote!(#runtime::Part), Takes::Upload),
            };
            let name = self.free(&names::field(&file.name));
            let argument = Argument { name, source: Source::File(file), ty, takes };
            match file.required {
                true => self.required.push(argument),
                false => self.optional.push(argument),
            }
        }
    }

    /// Adds a body that is sent exactly as the caller passes it.
    fn add_raw(&mut self, context: &Context<'a>) {
        let runtime = &context.runtime;
        let ty: Type = parse_quote!(#runtime::Body);
        let argument = |name: &str| Argument {
            name: ident(name),
            source: Source::Body,
            ty,
            takes: Takes::Upload,
        };
        match self.operation.body_required {
            true => self.required.push(argument("body")),
            false => self.optional.push(argument("with_body")),
        }
        self.body = Some(Body::Raw);
    }

    fn add_body(&mut self, context: &Context<'a>) {
        if self.operation.body_format == Some(BodyFormat::Raw) {
            return self.add_raw(context);
        }
        let Some(name) = &self.operation.body else { return };
        if !self.operation.body_required {
            let ty = context.type_of(Some(name));
            let ty: Type = parse_quote!(#ty);
            self.body = Some(Body::Optional(Box::new(ty.clone())));
            let name = ident("with_body");
            self.optional.push(Argument { name, source: Source::Body, ty, takes: Takes::Value });
            return;
        }
        let fields = context.model.schema(name).and_then(|schema| match &schema.kind {
            SchemaKind::Object(properties) => {
                Some((schema, properties, context.fields.get(&schema.ident)?))
            }
            _ => None,
        });
        let Some((schema, properties, fields)) = fields else {
            let ty = context.type_of(Some(name));
            let ty: Type = parse_quote!(#ty);
            self.body = Some(Body::Whole(Box::new(ty.clone())));
            // No setter has this name, because `free` turns `body` into `body_`.
            let name = ident("body");
            self.required.push(Argument { name, source: Source::Body, ty, takes: Takes::Value });
            return;
        };
        let first = self.required.len();
        for property in properties.iter().filter(|property| property.is_given()) {
            let Some((_, ty)) = fields.iter().find(|(name, _)| *name == property.ident) else {
                continue;
            };
            let bare = if property.required { ty } else { option(ty).unwrap_or(ty) };
            let ty = in_types(bare, context);
            let takes = Takes::of(&ty, context.settings);
            let name = self.free(&property.ident);
            let argument = Argument { name, source: Source::Property(property), ty, takes };
            match property.required {
                true => self.required.push(argument),
                false => self.optional.push(argument),
            }
        }
        let required = &self.required[first..];
        let named = need_names(required.iter().map(|it| (&it.ty, &it.takes)));
        let fallible = !named && required.iter().any(|it| it.takes.can_fail());
        self.body = Some(Body::Object { schema, named, fallible });
    }

    fn require(&mut self, name: &str, source: Source<'a>, ty: Type, takes: Takes) {
        let name = self.free(name);
        self.required.push(Argument { name, source, ty, takes });
    }

    /// Returns the name, with `_` appended until it differs from the names that every call already
    /// has and from the names of the other values.
    fn free(&self, name: &str) -> Ident {
        let mut name = names::beside_options(name);
        let taken = |name: &str| {
            let mut all = self.required.iter().chain(&self.optional).chain(&self.filled);
            all.any(|it| it.name == name)
        };
        while taken(&name) {
            name.push('_');
        }
        ident(&name)
    }

    /// Returns whether the caller passes the required values by name.
    pub(crate) fn named(&self) -> bool {
        need_names(self.required.iter().map(|it| (&it.ty, &it.takes)))
    }

    /// Returns the required arguments other than the body and its properties: the server, the
    /// parameters and the files.
    pub(crate) fn outside(&self) -> impl Iterator<Item = &Argument<'a>> {
        let is_outside = |source: &Source<'_>| {
            matches!(source, Source::Server | Source::Parameter(_) | Source::File(_))
        };
        self.required.iter().filter(move |it| is_outside(&it.source))
    }

    /// Returns the argument for a parameter, unless the client fills it in.
    pub(crate) fn argument(&self, parameter: &Parameter) -> Option<&Argument<'a>> {
        let is_same = |source: &Source<'_>| match source {
            Source::Parameter(other) => std::ptr::eq(*other, parameter),
            _ => false,
        };
        self.required.iter().chain(&self.optional).find(|it| is_same(&it.source))
    }

    /// Returns the required properties of the body.
    pub(crate) fn inside(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.required.iter().filter(|it| matches!(it.source, Source::Property(_)))
    }

    /// Returns the body's schema if the constructor of the body's type takes a struct that contains
    /// all required values.
    pub(crate) fn named_by_body(&self) -> Option<&Schema> {
        match &self.body {
            Some(Body::Object { schema, named: true, .. }) if self.outside().next().is_none() => {
                Some(*schema)
            }
            _ => None,
        }
    }

    /// Returns the name of the argument that contains the named fields.
    pub(crate) fn named_argument(&self) -> &'static str {
        if self.named_by_body().is_some() { "required" } else { "arguments" }
    }

    /// Returns the struct with the named fields: the body's struct if that contains all required
    /// values, and otherwise the operation's own struct.
    pub(crate) fn named_type(&self) -> TokenStream {
        match self.named_by_body() {
            Some(schema) => {
                let name = format_ident!("{}Required", schema.ident);
                quote!(types::#name)
            }
            None => {
                let name =
                    format_ident!("{}Arguments", self.operation.type_name.trim_end_matches('_'));
                quote!(#name)
            }
        }
    }

    /// Returns the parameters and files, which are fields of the call.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Argument<'a>> {
        let all = self.required.iter().chain(&self.optional).chain(&self.filled);
        all.filter(|it| matches!(it.source, Source::Parameter(_) | Source::File(_)))
    }

    /// Returns whether the required values may include one that is streamed. Such a value can't be
    /// copied or compared.
    pub(crate) fn uploads(&self) -> bool {
        let files = self.required.iter().any(|it| matches!(it.source, Source::File(_)));
        files || matches!(self.body, Some(Body::Raw))
    }

    /// Returns the name of the function that takes an existing body, or `None` if the operation has
    /// no such function.
    pub(crate) fn body_function(&self, group: &Group) -> Option<String> {
        let mut name = names::from(&self.operation.function);
        while group.operations.iter().any(|operation| operation.function == name) {
            name.push('_');
        }
        matches!(self.body, Some(Body::Object { .. })).then_some(name)
    }

    /// Returns the type of the body, unless the body is sent exactly as the caller passes it.
    pub(crate) fn body_type(&self) -> Option<TokenStream> {
        match self.body.as_ref()? {
            Body::Object { schema, .. } => {
                let name = ident(&schema.ident);
                Some(quote!(types::#name))
            }
            Body::Whole(ty) | Body::Optional(ty) => Some(quote!(#ty)),
            Body::Raw => None,
        }
    }

    /// Returns whether an invalid argument leaves the call without a body.
    pub(crate) fn body_may_be_missing(&self) -> bool {
        matches!(self.body, Some(Body::Object { fallible: true, .. }))
    }
}

/// Returns the type of the response.
fn answer(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let (ty, runtime) = (context.type_of(operation.answer.as_deref()), &context.runtime);
    let ty = match operation.answer_format {
        ResponseFormat::Json => ty,
        ResponseFormat::Text => quote!(::std::string::String),
        ResponseFormat::Bytes => quote!(#runtime::Bytes),
        ResponseFormat::Events => quote!(#runtime::EventStream<#ty>),
        ResponseFormat::TextEvents => quote!(#runtime::EventStream<::std::string::String>),
        ResponseFormat::Lines => quote!(#runtime::JsonLines<#ty>),
    };
    match operation.answer_may_be_missing {
        true => quote!(::std::option::Option<#ty>),
        false => ty,
    }
}

impl Argument<'_> {
    /// Returns whether the argument's field in the call is an `Option`.
    pub(crate) fn is_optional_field(&self) -> bool {
        match self.source {
            Source::Parameter(parameter) => !parameter.required || self.takes.can_fail(),
            // Sending takes the value out of the field.
            Source::File(_) => true,
            _ => false,
        }
    }

    pub(crate) fn description<'d>(&'d self, operation: &'d Operation) -> &'d str {
        match (&self.source, &operation.servers) {
            (Source::Parameter(parameter), _) => &parameter.description,
            (Source::File(file), _) => &file.description,
            (Source::Property(property), _) => &property.description,
            (Source::Server, Servers::Choice { description, .. }) => description,
            (Source::Server, Servers::Fixed(_)) => "",
            (Source::Body, _) => &operation.body_description,
        }
    }
}

/// Returns a type with `types::` before schema names, for use in the operations' files.
fn in_types(ty: &Type, context: &Context<'_>) -> Type {
    struct Qualify<'c, 'a>(&'c Context<'a>);
    impl VisitMut for Qualify<'_, '_> {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            visit_mut::visit_path_mut(self, path);
            let is_schema = path.leading_colon.is_none()
                && path.get_ident().is_some_and(|name| self.0.model.has_type(&name.to_string()));
            if is_schema {
                path.segments.insert(0, parse_quote!(types));
            }
        }
    }
    let mut ty = ty.clone();
    Qualify(context).visit_type_mut(&mut ty);
    ty
}
