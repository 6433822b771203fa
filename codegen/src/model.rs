//! The model between document and tokens: what each operation and schema is, in the words of Rust and of the wire.

mod bodies;
mod pages;
mod style;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use bodies::{BodyFormat, FieldStyle, File, ResponseFormat};
pub(crate) use pages::{Pages, Path, Step, Way};
pub(crate) use style::{Form, Style, StyleName};

use crate::RequiredScheme;

/// The whole document, lowered.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub title: String,
    /// Groups by tag, in the order of the document.
    pub groups: Vec<Group>,
    /// Security schemes that operations use, in the order of names.
    pub schemes: Vec<SecurityScheme>,
    /// Named schemas, in the order of the document.
    pub schemas: Vec<Schema>,
    /// The headers of responses, in the order of their constants.
    pub headers: Vec<ResponseHeader>,
    /// The places of schemas by their names in the document.
    by_name: BTreeMap<String, usize>,
    /// The names of their types.
    types: BTreeSet<String>,
}

/// How a credential is carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecurityScheme {
    pub name: String,
    pub kind: SchemeKind,
}

/// The types of security schemes, with what a request needs to know of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    ApiKey {
        location: KeyLocation,
        /// As on the wire; a header in lower case.
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
    /// `payment_links`: the module and the method that leads to the group.
    pub accessor: String,
    /// `PaymentLinks`
    pub type_name: String,
    pub operations: Vec<Operation>,
    /// Operations of other groups that have this tag, too.
    pub shared: Vec<Shared>,
}

/// An operation that is reachable under a second tag.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// The group that has the operation, by its place among all.
    pub group: usize,
    /// The operation, by its place in that group.
    pub operation: usize,
    /// The method of this group.
    pub function: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub id: String,
    /// `create_payment_link`: unique in the document.
    pub name: String,
    /// `create`: the method of the group.
    pub function: String,
    /// `CreatePaymentLink`: the request, where there is one with optional parameters.
    pub type_name: String,
    /// In upper case.
    pub method: String,
    pub path: String,
    pub servers: Servers,
    /// Alternatives of schemes, in the order of the document.
    pub security: Vec<BTreeSet<RequiredScheme>>,
    /// Index into the settings' bounds; `None` for operations that are open to anyone.
    pub bound: Option<usize>,
    pub deprecated: bool,
    /// In the order of the document.
    pub parameters: Vec<Parameter>,
    /// The schema of the body, without the files of a form. `None` for bytes and text.
    pub body: Option<String>,
    /// `None` if there is no body.
    pub body_format: Option<BodyFormat>,
    /// The media type of the body.
    pub body_media_type: String,
    /// Whether there is a body in every request.
    pub body_required: bool,
    /// Of the body, or words of ours.
    pub body_description: String,
    /// The schema of a successful answer, or of what it consists of. `None` for bytes and text.
    pub answer: Option<String>,
    pub answer_format: ResponseFormat,
    /// The media types that a success may have.
    pub accept: String,
    /// Whether a success may come without it.
    pub answer_may_be_missing: bool,
    /// Whether 304 is a success, without it.
    pub not_modified: bool,
    /// How its responses are pages of a list, if the settings say so.
    pub pages: Option<Pages>,
    /// The statuses of a success; empty where the document leaves them open (`2XX`).
    pub statuses: Vec<u16>,
    /// Those of a success without a body, 304 included; empty where they are left open. `None`: each success has a body.
    pub empty_statuses: Option<Vec<u16>>,
    /// Single statuses first, then ranges, then `default`.
    pub errors: Vec<ErrorResponse>,
    /// The headers of all of its responses.
    pub headers: Vec<ResponseHeader>,
    pub summary: String,
    pub description: String,
    pub evidence: String,
    /// The example of the body, as the document gives it.
    pub body_example: Option<serde_json::Value>,
}

/// An error that the document describes.
#[derive(Clone, Debug)]
pub(crate) struct ErrorResponse {
    /// `404`, `4XX` or `default`.
    pub status: String,
    pub description: String,
    /// The schema of the JSON body.
    pub body: Option<String>,
}

/// A header of responses.
#[derive(Clone, Debug)]
pub(crate) struct ResponseHeader {
    /// As on the wire.
    pub name: String,
    /// As in Rust; of two operations, the same for the same header.
    pub constant: String,
    pub description: String,
    pub shape: Shape,
}

impl ResponseHeader {
    /// Whether both are one constant.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name) && self.shape == other.shape
    }
}

/// Where an operation is served.
#[derive(Clone, Debug)]
pub(crate) enum Servers {
    /// The caller has no choice; the first is the one to use.
    Fixed(Vec<String>),
    /// A server variable: the caller picks.
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
    /// As on the wire.
    pub name: String,
    /// As an argument in Rust, where it is one of all.
    pub ident: String,
    pub location: Location,
    pub required: bool,
    pub description: String,
    pub shape: Shape,
    /// How it is written.
    pub style: Style,
    pub example: Option<serde_json::Value>,
    /// The path of the function that makes its value, where users don't give it.
    pub filled: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Parameter {
    /// Whether the simple steps for a single value write it, which don't name a style.
    pub(crate) fn is_plain(&self) -> bool {
        self.location != Location::Cookie && self.style.is_plain()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    /// As in the document.
    pub name: String,
    /// As in Rust.
    pub ident: String,
    pub description: String,
    /// Whether the body of a request has it, itself or somewhere inside. What a response alone has can't be sent.
    pub sent: bool,
    pub kind: SchemaKind,
    /// What it is made of, for a schema whose kind is `Other`.
    pub shape: Shape,
    /// The name of the field of an object that holds the properties that the schema doesn't list, if they are kept.
    pub additional: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum SchemaKind {
    Object(Vec<Property>),
    /// Values in the order of the document, and the names of their variants.
    Enum {
        open: bool,
        values: Vec<String>,
        variants: Vec<String>,
    },
    /// The same for integers.
    Numbers {
        open: bool,
        values: Vec<i64>,
        variants: Vec<String>,
    },
    Union(Union),
    /// A list with a name.
    List(Shape),
    /// Anything else: left as progenitor writes it.
    Other,
}

/// A value that is one of several things.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// In the order of the document.
    pub alternatives: Vec<Alternative>,
    pub reading: Reading,
}

#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    /// `Cash`: its variant.
    pub ident: String,
    pub description: String,
    pub payload: Payload,
}

/// The type of an alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// The type of a schema, by its name in Rust, and whether it is held in a `Box`.
    Named { ident: String, boxed: bool },
    /// The type that progenitor has for this field of the union's placeholder.
    Placeholder(String),
}

/// How an alternative is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// By the value of a property. Each alternative has one or more values, in the order of the alternatives.
    Tagged { property: String, tags: Vec<Vec<String>> },
    /// By the first test that a value passes: the number of the alternative, and the test.
    Tested(Vec<(usize, Test)>),
    /// Not at all: the alternatives can't be told apart.
    Raw,
}

/// What a value is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Boolean,
    Integer,
    Number,
    Text,
    /// One of these texts.
    TextOf(Vec<String>),
    List,
    Object,
    /// An object with this property.
    With(String),
    /// An object in which this property has this text.
    Where(String, String),
}

#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// As on the wire.
    pub name: String,
    /// As in Rust.
    pub ident: String,
    pub required: bool,
    /// Whether it may be `null` instead of a value.
    pub nullable: bool,
    pub description: String,
    pub shape: Shape,
    /// The path of the function that makes its value, where users don't give it.
    pub filled: Option<String>,
    /// Whether users of a response need it, so that an accessor returns it or an error.
    pub expected: bool,
    /// Whether only responses have it, although requests have the schema, too.
    pub read_only: bool,
}

impl Property {
    /// Whether the caller of an operation may give it.
    pub(crate) fn is_given(&self) -> bool {
        self.filled.is_none() && !self.read_only
    }
}

/// The type of a parameter; of a property, as much as an example in the documentation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    /// A string of a format that the settings give a type of its own.
    Formatted(String),
    Boolean,
    /// The format chooses the type of Rust.
    Integer(String),
    /// The same.
    Number(String),
    List(Box<Shape>),
    /// An object with properties of any name.
    Map(Box<Shape>),
    /// Another named schema.
    Named(String),
    Other,
}

impl Shape {
    /// The named schema that it has, itself or inside a list or map.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Shape::Named(name) => Some(name),
            Shape::List(inner) | Shape::Map(inner) => inner.name(),
            _ => None,
        }
    }
}

impl Operation {
    /// The parameters in the order in which a request has them: those of the path as they are in it, then queries, headers and
    /// cookies by name. Documents list them in any order, which is not to change what is sent.
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
    ) -> Self {
        let names = schemas.iter().enumerate().map(|(at, schema)| (schema.name.clone(), at));
        let (by_name, types) =
            (names.collect(), schemas.iter().map(|schema| schema.ident.clone()).collect());
        Model { title, groups, schemes, schemas, headers, by_name, types }
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

    /// Whether a schema's type has this name.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }
}
