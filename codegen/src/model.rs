//! Defines the model between the document and the tokens: operations and schemas with their names in Rust and on the
//! wire.

mod bodies;
mod constraints;
mod pages;
mod style;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use bodies::{BodyFormat, FieldStyle, File, ResponseFormat};
pub(crate) use constraints::{Constraints, CountKeyword, Limit, NamedConstraints};
pub(crate) use pages::{Pages, Path, Step, Way};
pub(crate) use style::{Form, Style, StyleName};

use crate::RequiredScheme;

/// The whole document, lowered.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub title: String,
    /// The groups, one for each tag with operations, in document order.
    pub groups: Vec<Group>,
    /// The security schemes that operations use, sorted by name.
    pub schemes: Vec<SecurityScheme>,
    /// The named schemas, in document order.
    pub schemas: Vec<Schema>,
    /// The response headers, sorted by the names of their constants.
    pub headers: Vec<ResponseHeader>,
    /// The constraints to check before a request is sent. There are none unless the settings enable the check.
    pub constraints: NamedConstraints,
    /// The index of each schema, by its name in the document.
    by_name: BTreeMap<String, usize>,
    /// The names of the schemas' types.
    types: BTreeSet<String>,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecurityScheme {
    pub name: String,
    pub kind: SchemeKind,
}

/// The types of security schemes, with the information that a request needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    ApiKey {
        location: KeyLocation,
        /// The name on the wire. The name of a header is in lower case.
        name: String,
    },
    /// The name of the scheme in `Authorization`, in lower case, e.g. `bearer`.
    Http {
        scheme: String,
    },
    OAuth2,
    OpenIdConnect,
    MutualTls,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyLocation {
    Header,
    Query,
    Cookie,
}

/// The operations of a tag.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub tag: String,
    pub description: String,
    /// The name of the group's module, and of the method that returns the group, e.g. `payment_links`.
    pub accessor: String,
    /// The name of the group's type, e.g. `PaymentLinks`.
    pub type_name: String,
    pub operations: Vec<Operation>,
    /// The operations that also have this tag but belong to other groups.
    pub shared: Vec<Shared>,
}

/// An operation that belongs to another group, but also has this group's tag.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// The index of the group that has the operation.
    pub group: usize,
    /// The index of the operation in that group.
    pub operation: usize,
    /// The name of the method in the group that lists this operation as shared.
    pub function: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub id: String,
    /// A name that is unique in the document, e.g. `create_payment_link`.
    pub name: String,
    /// The name of the method in the group, e.g. `create`.
    pub function: String,
    /// The prefix of the operation's type names, e.g. `CreatePaymentLink` for `CreatePaymentLinkCall`.
    pub type_name: String,
    /// The HTTP method, in upper case.
    pub method: String,
    pub path: String,
    pub servers: Servers,
    /// The alternatives of `security`, in document order.
    pub security: Vec<BTreeSet<RequiredScheme>>,
    /// The index of the operation's bound in `Settings::bounds`, or `None` for an operation that is open to anyone.
    pub bound: Option<usize>,
    pub deprecated: bool,
    /// The parameters, in document order.
    pub parameters: Vec<Parameter>,
    /// The schema of the body, or `None` for bytes and text. The schema of a form excludes its files.
    pub body: Option<String>,
    /// The format of the body, or `None` if there is no body.
    pub body_format: Option<BodyFormat>,
    /// The media type of the body.
    pub body_media_type: String,
    /// Whether the body is required.
    pub body_required: bool,
    /// The description of the body, or a default one.
    pub body_description: String,
    /// The schema of a success response, or of the items in a stream. `None` for bytes and text.
    pub answer: Option<String>,
    pub answer_format: ResponseFormat,
    /// The media types that a success response may have.
    pub accept: String,
    /// Whether a success response may have no body.
    pub answer_may_be_missing: bool,
    /// Whether 304 counts as a success response without a body.
    pub not_modified: bool,
    /// The pagination, if the settings define it.
    pub pages: Option<Pages>,
    /// Whether the body of a success response may be `null`.
    pub answer_may_be_null: bool,
    /// The success responses, in document order. If 304 counts as a success, it comes last.
    pub successes: Vec<Success>,
    /// The error responses: single statuses first, then ranges, then `default`.
    pub errors: Vec<ErrorResponse>,
    /// The headers of all responses.
    pub headers: Vec<ResponseHeader>,
    pub summary: String,
    pub description: String,
    pub evidence: String,
    /// The document's example of the body.
    pub body_example: Option<serde_json::Value>,
}

/// A success response that the document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Success {
    /// `None` if the document leaves the status open (`2XX`).
    pub status: Option<u16>,
    pub has_body: bool,
}

/// An error response that the document describes.
#[derive(Clone, Debug)]
pub(crate) struct ErrorResponse {
    /// `404`, `4XX` or `default`.
    pub status: String,
    pub description: String,
    /// The schema of the JSON body.
    pub body: Option<String>,
}

/// A response header.
#[derive(Clone, Debug)]
pub(crate) struct ResponseHeader {
    /// The name on the wire.
    pub name: String,
    /// The Rust constant. Operations with the same header share the constant.
    pub constant: String,
    pub description: String,
    pub shape: Shape,
}

impl ResponseHeader {
    /// Returns whether the two headers share a constant.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name) && self.shape == other.shape
    }
}

/// The servers of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Servers {
    /// The caller can't choose a server, so the first one is used.
    Fixed(Vec<String>),
    /// A server variable, for which the caller chooses a value.
    Choice { variable: String, description: String, choices: Vec<Choice> },
}

/// A value of a server variable.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub value: String,
    pub url: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The name of the argument in Rust, unique within the operation.
    pub ident: String,
    pub location: Location,
    pub required: bool,
    pub description: String,
    pub shape: Shape,
    /// How the parameter is written.
    pub style: Style,
    pub example: Option<serde_json::Value>,
    /// The path of the function that provides the value, if the client fills it in.
    pub filled: Option<String>,
    /// The constraints to check before a request is sent.
    pub constraints: Constraints,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Parameter {
    /// Returns whether the builder can write the parameter as a single value, without a style.
    pub(crate) fn is_plain(&self) -> bool {
        self.location != Location::Cookie && self.style.is_plain()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    /// The name in the document.
    pub name: String,
    /// The name in Rust.
    pub ident: String,
    pub description: String,
    /// Whether a request body or a parameter contains the schema, directly or nested.
    pub sent: bool,
    pub kind: SchemaKind,
    /// The shape, which is used only for a schema whose kind is `List` or `Other`.
    pub shape: Shape,
    /// The field that holds the properties that the schema doesn't list, if they are kept.
    pub additional: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum SchemaKind {
    Object(Vec<Property>),
    /// The values in document order, with the names of their variants.
    Enum {
        open: bool,
        values: Vec<String>,
        variants: Vec<String>,
    },
    /// The integers in document order, with the names of their variants.
    Numbers {
        open: bool,
        values: Vec<i64>,
        variants: Vec<String>,
    },
    Union(Union),
    /// A named list.
    List(Shape),
    /// Anything else, which is kept as progenitor generates it.
    Other,
}

/// A value of one of several types.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// The alternatives, in document order.
    pub alternatives: Vec<Alternative>,
    pub reading: Reading,
}

#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    /// The name of the alternative's variant, e.g. `Cash`.
    pub ident: String,
    pub description: String,
    pub payload: Payload,
}

/// The type of an alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// The type of a schema, by its name in Rust, and whether it is boxed.
    Named { ident: String, boxed: bool },
    /// The type that progenitor generates for this field of the union's placeholder.
    Placeholder(String),
}

/// How an alternative is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// By the value of a property. `tags` has at least one value for each alternative, in the order of the
    /// alternatives.
    Tagged { property: String, tags: Vec<Vec<String>> },
    /// By the first test that a value passes. Each test has the index of its alternative.
    Tested(Vec<(usize, Test)>),
    /// Not at all, because the alternatives can't be distinguished.
    Raw,
}

/// A test of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Boolean,
    Integer,
    Number,
    Text,
    /// One of these strings.
    TextOf(Vec<String>),
    List,
    Object,
    /// An object with this property.
    With(String),
    /// An object in which this property has this value.
    Where(String, String),
}

#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// The name on the wire.
    pub name: String,
    /// The name in Rust.
    pub ident: String,
    pub required: bool,
    /// Whether the property may be `null` instead of a value.
    pub nullable: bool,
    pub description: String,
    pub shape: Shape,
    /// The path of the function that provides the value, if the client fills it in.
    pub filled: Option<String>,
    /// Whether users of a response rely on the property. If they do, an accessor returns the property, or an error if
    /// the property is missing.
    pub expected: bool,
    /// Whether only responses contain the property, even though requests also use the schema.
    pub read_only: bool,
}

impl Property {
    /// Returns whether the caller of an operation may set the property.
    pub(crate) fn is_given(&self) -> bool {
        self.filled.is_none() && !self.read_only
    }
}

/// The type of a parameter, property, response header or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    /// A string with a format for which the settings have a type.
    Formatted(String),
    Boolean,
    /// The format, which selects the Rust type.
    Integer(String),
    /// The format, which selects the Rust type.
    Number(String),
    List(Box<Shape>),
    /// An object with arbitrary keys.
    Map(Box<Shape>),
    /// A named schema.
    Named(String),
    Other,
}

impl Shape {
    /// Returns the name of the schema, if this is a named schema, or a list or map of one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Shape::Named(name) => Some(name),
            Shape::List(inner) | Shape::Map(inner) => inner.name(),
            _ => None,
        }
    }
}

impl Operation {
    /// Returns the parameters in the order in which they are sent: path parameters in the order of the path, then query
    /// parameters, headers and cookies, each sorted by name. The order in the document doesn't affect the request.
    pub(crate) fn sent_parameters(&self) -> Vec<&Parameter> {
        let place = |parameter: &Parameter| {
            self.path.find(&format!("{{{}}}", parameter.name)).unwrap_or(usize::MAX)
        };
        let mut sorted: Vec<&Parameter> = self.parameters.iter().collect();
        sorted.sort_by(|a, b| {
            let by_place = || match a.location {
                Location::Path => place(a).cmp(&place(b)),
                Location::Query | Location::Header | Location::Cookie => a.name.cmp(&b.name),
            };
            a.location.cmp(&b.location).then_with(by_place)
        });
        sorted
    }
}

impl Model {
    pub(crate) fn new(
        title: String,
        groups: Vec<Group>,
        schemes: Vec<SecurityScheme>,
        schemas: Vec<Schema>,
        headers: Vec<ResponseHeader>,
        constraints: NamedConstraints,
    ) -> Self {
        let names = schemas.iter().enumerate().map(|(at, schema)| (schema.name.clone(), at));
        let (by_name, types) =
            (names.collect(), schemas.iter().map(|schema| schema.ident.clone()).collect());
        Model { title, groups, schemes, schemas, headers, constraints, by_name, types }
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    pub(crate) fn set_pages(&mut self, id: &str, pages: Pages) {
        let mut operations = self.groups.iter_mut().flat_map(|group| &mut group.operations);
        if let Some(operation) = operations.find(|operation| operation.id == id) {
            operation.pages = Some(pages);
        }
    }

    pub(crate) fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.get(*self.by_name.get(name)?)
    }

    /// Returns whether a schema's type has this name.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }
}
