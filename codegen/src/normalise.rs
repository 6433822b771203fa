//! Rewrites a document that anyone wrote into the *normal form*, which the steps after it understand.
//!
//! OpenAPI has many ways to say the same. This stage decides what each of them means, once: the rules in `check`, the model and
//! the emitters then see one way only. Each module below is one kind of decision. Every decision is recorded with its place
//! ([`Record`]), so that nothing is lost silently.
//!
//! # The normal form
//!
//! The tree is a [`Document`](crate::Document) whose nodes keep the places of the text that they come from. A node that is made
//! here has the place of what it is made from.
//!
//! * `openapi` is 3.0.x. Keys that OpenAPI 3.0 doesn't have are gone, but for those under [`OWN`].
//! * References lead to `#/components/{schemas,parameters,requestBodies}/Name`, and what they lead to isn't a reference
//!   itself. `components` has what operations reach, and the names in `components.schemas` are usable as Rust types, each
//!   distinct.
//! * Each operation has an `operationId` that is unique in Rust, at least one declared tag, `security` (its own, as OpenAPI
//!   inherits it), and `servers` on its path or on itself.
//! * A *type expression* is one of these, and may stand anywhere:
//!   `{ $ref: "#/components/schemas/Name" }`; `{ type: string | integer | number | boolean, format? }`, with a `format` that
//!   the settings or this crate know; `{ type: array, items: EXPRESSION }`; `{ type: object, additionalProperties:
//!   EXPRESSION }`, a map; `{ type: object }`, a map of anything; `{}`, any JSON.
//!   Properties, items, values of maps and alternatives may have `nullable: true`, also beside `$ref`. Properties may have
//!   `description`, `deprecated`, `example`, `readOnly` and `writeOnly`, also beside `$ref`.
//! * A *named schema*, in `components.schemas`, is a type expression other than a reference, or one of these:
//!   - an object with at least one property: `type: object`, `properties`, whose values are expressions, `required`, a list of some
//!     of them, and optionally `additionalProperties: EXPRESSION` (never `true` or `false`) for further properties that are kept;
//!   - an enum of strings: `type: string`, `enum` of at least one distinct string, `x-open-enum: true | false`;
//!   - an enum of integers: `type: integer`, `format?`, `enum` of at least one distinct integer, `x-open-enum`;
//!   - a union: `oneOf` of at least two distinct expressions, of which none is any JSON or nullable, optionally with
//!     `discriminator: { propertyName, mapping }`, where `mapping` is complete (every alternative is a reference to an object and
//!     is listed at least once) and its values are whole references.
//! * The body of a request and the body of a response are `{ $ref: "#/components/schemas/Name" }` under `application/json`, also
//!   where they are something else on the wire: [`operations::wire`] has the keys that say what. What has no schema has no content:
//!   bytes and text, and a form of nothing but files.
//! * Among the responses of an operation are its errors, by status (`404`, `4XX` or `default`). Each has a body of JSON or none,
//!   which doesn't say that there is none: bodies of errors that aren't JSON, or may be any JSON, have no type.
//! * `headers` of responses have a `schema` that is a scalar, a reference to an enum or named scalar, or an array of these, and
//!   optionally a `description`.
//! * Each parameter has `x-openapi-keys-style`: what it is made of, its style, and `explode`, `reserved` (`allowReserved`) or
//!   `empty` (`allowEmptyValue`) where they matter, e.g. `list form explode`. A `single` has an expression that is a scalar or a
//!   reference to an enum or named scalar; a `list` has an array of these; an `object` has an object or a map of these, or a union
//!   with one; `json` has any expression. `style`, `explode` and `content` are gone.

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
    bodies, errors, identifiers, parameters, paths, response_headers, responses, security, servers,
    tags,
};
use schemas::{compose, hoist, names, one_way, plain};

pub(crate) use omit::{marked, mistaken};
pub(crate) use operations::errors::forget;
pub(crate) use record::Record;
pub(crate) use valid::INVALID;

/// What the keys begin with that this stage adds for those after it. A document can't have them: they are removed first.
pub(crate) const OWN: &str = "x-openapi-keys-";

/// Removes what no operation reaches.
pub(crate) fn prune(document: &mut Document) {
    prune::prune(document.root_mut());
}

/// Rewrites the document, and returns the settings with what the document needs.
///
/// Operations that can't be generated are still in it, marked with [`operations::OMIT`].
///
/// # Errors
///
/// What makes the whole document unusable.
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
        paths::usable(root, record);
        tags::declare(root, &settings, record);
        identifiers::identify(root, &settings, record);
        security::unsecured(root, &settings, record);
        settings = security::adapted(root, &settings, record);
        servers::inherit(root, record);
    }
    operations::with_components(root, |root, components| {
        parameters::own(root, components, record);
        bodies::of_one_kind(root, components, record);
        responses::one_success(root, components, record);
    });
    if lenient && let Some(components) = root.get_mut("components") {
        // Each operation has a copy. These aren't in the normal form, so they would be mistakes.
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
