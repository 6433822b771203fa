//! Rewrites any OpenAPI document into the *normal form*, which the later stages can process.
//!
//! OpenAPI has many ways to describe the same thing. This stage decides once what each of them means, so that the rules
//! in `check`, the model and the emitters have to handle only one way. Each module below makes one kind of decision. Every
//! decision is recorded with its position ([`Record`]), so nothing is lost silently.
//!
//! # The normal form
//!
//! The tree is a [`Document`](crate::Document) whose nodes keep their positions in the text. A node that this stage
//! creates has the position of its source.
//!
//! * `openapi` is 3.0.x. Keys that OpenAPI 3.0 doesn't define are removed, except those that start
//!   with [`OWN`].
//! * References have the form `#/components/schemas/Name`, and their targets aren't references
//!   themselves. The names in `components.schemas` are distinct and usable as Rust type names.
//! * Each operation has an `operationId` that is unique as a Rust name, at least one declared tag, `security` (copied
//!   from the top level if the operation has none), and `servers` on its path.
//! * A *type expression* is one of these, and is allowed anywhere in a schema:
//!   `{ $ref: "#/components/schemas/Name" }`;
//!   `{ type: string | integer | number | boolean, format? }`, with a `format` known to the
//!   settings or this crate; `{ type: array, items: EXPRESSION }`;
//!   `{ type: object, additionalProperties: EXPRESSION }`, a map; `{ type: object }`, a map of
//!   anything; `{}`, any JSON. Properties, items and map values may have
//!   `nullable: true`, even next to `$ref`. Properties may have `description`, `deprecated`,
//!   `example`, `readOnly` and `writeOnly`, even next to `$ref`.
//! * A *named schema*, in `components.schemas`, is a type expression other than a reference, or one of these:
//!   - an object with at least one property: `type: object`, `properties` (whose values are expressions), optionally `required`
//!     (which lists only names from `properties`), and optionally `additionalProperties: EXPRESSION` (never `true` or `false`)
//!     for additional properties, which are kept;
//!   - an enum of strings: `type: string`, `enum` of at least one distinct string, `x-open-enum: true | false`;
//!   - an enum of integers: `type: integer`, `format?`, `enum` of at least one distinct integer, `x-open-enum`;
//!   - a union: `oneOf` of at least two distinct expressions, none of which is nullable or accepts
//!     any JSON, optionally with
//!     `discriminator: { propertyName, mapping }`, where `mapping` is complete (every alternative is a reference to an object and
//!     is listed at least once) and its values are full references.
//! * Request bodies and response bodies are `{ $ref: "#/components/schemas/Name" }` under
//!   `application/json`, even if they have a different format on the wire. The keys in
//!   [`operations::wire`] define that format. Bytes, text and forms that contain only files have no
//!   schema, so the `content` of these bodies is empty or missing.
//! * The responses of an operation include its errors, by status (`404`, `4XX` or `default`). Each error declares a
//!   JSON body or no body. If an error declares no body, the server may still send one: error bodies that aren't JSON, or
//!   that may be any JSON, have no generated type and are left out here.
//! * `headers` of responses have a `schema` that is a scalar, a reference to an enum or named scalar, or an array of these, and
//!   optionally a `description`.
//! * Each parameter has `x-openapi-keys-style`: its kind, its style, and `explode`, `reserved`
//!   (`allowReserved`) or `empty` (`allowEmptyValue`) where relevant, e.g. `list form explode`. The
//!   schema of a `single` is a scalar or a reference to an enum or named scalar; a `list` has an
//!   array of these; an `object` has an object or a map of these, or a union that contains one;
//!   `json` has any expression. `style`, `explode` and `content` are removed.

mod keys;
pub(crate) mod kinds;
mod omit;
pub(crate) mod operations;
mod prune;
pub(crate) mod record;
pub(crate) mod references;
pub(crate) mod schemas;
pub(crate) mod tree;
mod valid;
pub(crate) mod version_31;

#[cfg(test)]
mod tests;

use crate::{Diagnostic, Document, Settings, Strictness};
use operations::{
    bodies, errors, identifiers, missing_security, parameters, paths, response_headers, responses,
    security, servers, tags,
};
use schemas::{compose, hoist, names, one_way, plain};

pub(crate) use omit::{marked, mistaken};
pub(crate) use operations::errors::forget;
pub(crate) use record::Record;
pub(crate) use valid::INVALID;

/// The prefix of the keys that this stage adds for later stages. Keys with this prefix that are
/// already in the document are removed first in lenient mode, and are errors in strict mode.
pub(crate) const OWN: &str = "x-openapi-keys-";

/// Removes everything that no operation reaches.
pub(crate) fn prune(document: &mut Document) {
    prune::prune(document.root_mut());
}

/// Rewrites the document, and returns the settings adapted to the document.
///
/// Operations that can't be generated are kept, and marked with [`operations::OMIT`].
///
/// # Errors
///
/// Returns an error if the whole document is unusable.
pub(crate) fn normalise(
    document: &mut Document,
    settings: &Settings,
    record: &mut Record,
) -> Result<Settings, Vec<Diagnostic>> {
    let lenient = settings.strictness == Strictness::Lenient;
    if lenient && let Some(mistake) = document.foreign_version() {
        return Err(vec![mistake]);
    }
    let root = document.root_mut();
    let mut settings = settings.clone();
    if lenient {
        let mistakes = valid::document(root);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        keys::usable(root, record);
        operations::with_components(root, valid::operations);
    }
    let unusable = references::resolve(root, record);
    if !unusable.is_empty() {
        return Err(unusable);
    }
    version_31::lower(root, record);
    if lenient {
        // This comes first, because `paths::usable` removes keys that aren't paths.
        let doubt = missing_security::doubt_about(root);
        paths::usable(root, record);
        tags::declare(root, &settings, record);
        identifiers::identify(root, &settings, record);
        settings = missing_security::decide(root, &settings, doubt, record);
        settings = security::adapted(root, &settings, record);
        servers::inherit(root, record);
    }
    operations::with_components(root, |root, components| {
        parameters::own(root, components, record);
        bodies::of_one_kind(root, components, record);
        responses::one_success(root, components, record);
    });
    if lenient && let Some(components) = root.get_mut("components") {
        // Request bodies have been copied into their operations. The normal form has no `components.requestBodies`, so
        // the section would be reported as an error.
        components.remove("requestBodies");
    }
    errors::share(root, record);
    plain::plain(root, &settings, record);
    compose::compose(root, record);
    hoist::hoist(root, record);
    names::names(root, record);
    one_way::normalise(root, record);
    response_headers::readable(root, record);
    Ok(settings)
}
