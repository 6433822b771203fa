//! Lowers unions, and decides how to recognise which alternative a value matches.

use std::collections::{BTreeMap, BTreeSet};

use super::described;
use super::schemas::{reference, required};
use crate::model::{Alternative, Payload, Reading, Test, Union};
use crate::names;
use crate::{Document, Entry, Node, Settings, Strictness};

/// The maximum number of references to follow from one alternative, through nested unions. After
/// that, the alternative is assumed to accept any JSON.
const MAX_STEPS: usize = 64;

/// Returns the union that a schema describes, if any.
pub(super) fn of(
    document: &Document,
    settings: &Settings,
    name: &str,
    schema: &Node,
) -> Option<Union> {
    let nodes = schema.get("oneOf")?.items();
    let discriminator = schema.get("discriminator").filter(|it| it.get("propertyName").is_some());
    let reading = match discriminator {
        Some(discriminator) => tagged(nodes, discriminator),
        None => by_tests(document, nodes).map_or(Reading::Raw, Reading::Tested),
    };
    // In strict mode, every value is expected to match an alternative. progenitor's enum rejects
    // any other value, so that enum is used unchanged.
    if settings.strictness == Strictness::Strict && is_by_kind(&reading) {
        return None;
    }
    let idents: Vec<String> = nodes.iter().map(variant).collect();
    let idents = names::numbered(idents.iter().map(String::as_str));
    let alternatives = nodes.iter().zip(idents).enumerate().map(|(number, (node, ident))| {
        let otherwise = || match reference(node).map(names::pascal) {
            Some(target) => format!("{} `{target}`.", article_of(&target)),
            None => format!("{}.", kind_in_words(node)),
        };
        Alternative {
            description: described(Some(node), otherwise),
            payload: payload(document, settings, name, node, number),
            ident,
        }
    });
    Some(Union { alternatives: alternatives.collect(), reading })
}

fn is_by_kind(reading: &Reading) -> bool {
    let Reading::Tested(tests) = reading else { return false };
    let by_kind = |test: &Test| !matches!(test, Test::With(_) | Test::Where(..) | Test::TextOf(_));
    tests.iter().all(|(_, test)| by_kind(test))
}

fn article_of(name: &str) -> &'static str {
    if names::article(name) == "an" { "An" } else { "A" }
}

/// Returns the name of an alternative's variant. Two alternatives may have the same name.
fn variant(node: &Node) -> String {
    if let Some(target) = reference(node) {
        return names::pascal(target);
    }
    let name = match node.get("type").and_then(Node::as_str) {
        Some("string") => "String",
        Some("integer") => "Integer",
        Some("number") => "Number",
        Some("boolean") => "Boolean",
        Some("array") => "List",
        Some("object") => "Map",
        _ => "Anything",
    };
    name.to_owned()
}

fn kind_in_words(node: &Node) -> &'static str {
    match node.get("type").and_then(Node::as_str) {
        Some("string") => "A string",
        Some("integer") => "An integer",
        Some("number") => "A number",
        Some("boolean") => "A boolean",
        Some("array") => "A list",
        Some("object") => "A map",
        _ => "Anything",
    }
}

fn payload(
    document: &Document,
    settings: &Settings,
    name: &str,
    node: &Node,
    number: usize,
) -> Payload {
    let Some(target) = reference(node) else {
        return Payload::Placeholder(placeholder_field(number));
    };
    let schema = document.get(&["components", "schemas", target]);
    let is_large =
        |schema: &Node| schema.get("properties").is_some() || schema.get("oneOf").is_some();
    // The size of a hand-written type is unknown.
    let boxed =
        schema.is_some_and(is_large) || settings.hooks.types.contains_key(target) || target == name;
    Payload::Named { ident: names::pascal(target), boxed }
}

/// Returns the name of the placeholder struct's field for the alternative with this number. That
/// field has the alternative's type.
pub(crate) fn placeholder_field(number: usize) -> String {
    format!("alternative{number}")
}

/// Returns a `Reading` that recognises each alternative by the discriminator's values.
fn tagged(nodes: &[Node], discriminator: &Node) -> Reading {
    let mapping = discriminator.get("mapping").map(Node::entries).unwrap_or_default();
    let target = |entry: &Entry| {
        let text = entry.value.as_str().unwrap_or_default();
        text.strip_prefix("#/components/schemas/").unwrap_or(text).to_owned()
    };
    let tags = nodes.iter().map(|node| {
        let name = reference(node).unwrap_or_default();
        let listed: Vec<String> =
            mapping.iter().filter(|it| target(it) == name).map(|it| it.key.clone()).collect();
        // If the mapping doesn't list a schema, the schema's name is the value.
        if listed.is_empty() { vec![name.to_owned()] } else { listed }
    });
    Reading::Tagged {
        property: discriminator
            .get("propertyName")
            .and_then(Node::as_str)
            .unwrap_or_default()
            .to_owned(),
        tags: tags.collect(),
    }
}

/// The values that an alternative accepts.
#[derive(Clone, Debug, Default)]
struct Accepts<'a> {
    boolean: bool,
    integer: bool,
    number: bool,
    /// Whether the alternative accepts any string.
    text: bool,
    /// The values of string enums.
    texts: BTreeSet<&'a str>,
    list: bool,
    /// The objects that the alternative accepts. An object without known properties is `None`.
    objects: Vec<Option<&'a Node>>,
}

impl<'a> Accepts<'a> {
    fn anything() -> Self {
        Accepts {
            boolean: true,
            integer: true,
            number: true,
            text: true,
            list: true,
            objects: vec![None],
            texts: BTreeSet::new(),
        }
    }

    fn of(document: &'a Document, node: &'a Node) -> Self {
        let mut accepts = Accepts::default();
        let mut seen = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let Some(name) = reference(node) {
                if seen.len() == MAX_STEPS {
                    return Accepts::anything();
                }
                let target = document.get(&["components", "schemas", name]);
                open.extend(target.filter(|_| seen.insert(name)));
            } else if let Some(alternatives) = node.get("oneOf") {
                open.extend(alternatives.items());
            } else {
                accepts.add(node);
            }
        }
        accepts
    }

    fn add(&mut self, node: &'a Node) {
        match node.get("type").and_then(Node::as_str) {
            Some("boolean") => self.boolean = true,
            Some("integer") => self.integer = true,
            Some("number") => self.number = true,
            Some("array") => self.list = true,
            Some("string") => match node.get("enum") {
                Some(values) => self.texts.extend(values.items().iter().filter_map(Node::as_str)),
                None => self.text = true,
            },
            Some("object") => self.objects.push(node.get("properties").map(|_| node)),
            _ => *self = Accepts::anything(),
        }
    }
}

/// Returns the tests in order, or `None` if a value could pass the tests of two alternatives.
fn by_tests(document: &Document, nodes: &[Node]) -> Option<Vec<(usize, Test)>> {
    let all: Vec<Accepts<'_>> = nodes.iter().map(|node| Accepts::of(document, node)).collect();
    let mut special = Vec::new();
    let mut plain = Vec::new();
    for (has, test) in [
        ((|it| it.boolean) as fn(&Accepts<'_>) -> bool, Test::Boolean),
        (|it| it.list, Test::List),
        (|it| it.text, Test::Text),
    ] {
        plain.extend(single(&all, has)?.map(|number| (number, test)));
    }
    let number = single(&all, |it| it.number)?;
    let integer = single(&all, |it| it.integer && !it.number)?;
    special.extend(integer.map(|integer| (integer, Test::Integer)));
    plain.extend(number.map(|number| (number, Test::Number)));
    let enums = texts(&all)?;
    match enums[..] {
        // If an enum is the only alternative that accepts strings, it also accepts unknown strings.
        [(number, _)] if !all.iter().any(|it| it.text) => plain.push((number, Test::Text)),
        _ => special.extend(enums.into_iter().map(|(number, it)| (number, Test::TextOf(it)))),
    }
    let with_objects: Vec<usize> =
        (0..all.len()).filter(|number| !all[*number].objects.is_empty()).collect();
    match with_objects[..] {
        [] => {}
        [only] => plain.push((only, Test::Object)),
        _ => {
            let objects = with_objects.iter().map(|number| match all[*number].objects[..] {
                [Some(object)] => Some((*number, object)),
                _ => None,
            });
            let objects: Vec<(usize, &Node)> = objects.collect::<Option<_>>()?;
            special.extend(by_constant(document, &objects).or_else(|| by_property(&objects))?);
        }
    }
    special.extend(plain);
    // The test for any object comes last.
    special.sort_by_key(|(_, test)| *test == Test::Object);
    Some(special)
}

/// Returns the values of string enums by alternative, or `None` if two alternatives share a value.
fn texts(all: &[Accepts<'_>]) -> Option<Vec<(usize, Vec<String>)>> {
    let mut seen = BTreeSet::new();
    let enums = all.iter().enumerate().filter(|(_, accepts)| !accepts.texts.is_empty());
    let listed = enums.map(|(number, accepts)| {
        let is_new = accepts.texts.iter().all(|text| seen.insert(*text));
        is_new.then(|| (number, accepts.texts.iter().map(|text| (*text).to_owned()).collect()))
    });
    listed.collect()
}

/// Returns the only alternative that meets the condition, `Some(None)` if no alternative does, or
/// `None` if several do.
fn single(all: &[Accepts<'_>], has: fn(&Accepts<'_>) -> bool) -> Option<Option<usize>> {
    let mut found = (0..all.len()).filter(|number| has(&all[*number]));
    let first = found.next();
    found.next().is_none().then_some(first)
}

/// Finds a property that distinguishes the objects: each object allows exactly one string for it,
/// and no two objects allow the same string.
fn by_constant(document: &Document, objects: &[(usize, &Node)]) -> Option<Vec<(usize, Test)>> {
    let (_, first) = objects.first()?;
    let names = properties(first).iter().map(|property| property.key.as_str());
    names.into_iter().find_map(|name| {
        let mut texts = BTreeSet::new();
        let test = |(number, object): &(usize, &Node)| {
            let node = object.get("properties")?.get(name)?;
            let node = match reference(node) {
                Some(target) => document.get(&["components", "schemas", target])?,
                None => node,
            };
            let [value] = node.get("enum")?.items() else { return None };
            let value = value.as_str()?.to_owned();
            texts.insert(value.clone()).then(|| (*number, Test::Where(name.to_owned(), value)))
        };
        objects.iter().map(test).collect()
    })
}

/// Finds for each object a required property that no other object has. One of the objects may
/// lack such a property, and is chosen if no other object matches.
fn by_property(objects: &[(usize, &Node)]) -> Option<Vec<(usize, Test)>> {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, object) in objects {
        for property in properties(object) {
            *owners.entry(&property.key).or_default() += 1;
        }
    }
    let mut tests = Vec::new();
    let mut other = None;
    for (number, object) in objects {
        let required = required(object);
        let own = properties(object).iter().map(|property| property.key.as_str());
        let mut own = own.filter(|name| required.contains(name) && owners.get(name) == Some(&1));
        match own.next() {
            Some(name) => tests.push((*number, Test::With(name.to_owned()))),
            None if other.is_none() => other = Some((*number, Test::Object)),
            None => return None,
        }
    }
    tests.extend(other);
    Some(tests)
}

fn properties(object: &Node) -> &[Entry] {
    object.get("properties").map(Node::entries).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Reading, Test, of};
    use crate::{Document, Settings, Strictness};

    const SCHEMAS: &str = r##"
openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: object, required: [a], properties: { a: { type: string }, c: { type: string } } }
    B: { type: object, required: [b], properties: { b: { type: string }, c: { type: string } } }
    C: { type: object, required: [c], properties: { c: { type: string } } }
    D: { type: object, properties: { d: { type: string } } }
    Same: { type: object, required: [a], properties: { a: { type: integer } } }
    Map: { type: object, additionalProperties: { type: string } }
    One: { type: object, properties: { kind: { type: string, enum: [one], x-open-enum: true } } }
    Two: { type: object, properties: { kind: { $ref: '#/components/schemas/TwoKind' } } }
    TwoKind: { type: string, enum: [two], x-open-enum: true }
    Other: { type: string, enum: [x, y], x-open-enum: false }
    Alike: { type: string, enum: [y, z], x-open-enum: false }
    Loop: { oneOf: [{ $ref: '#/components/schemas/Loop' }, { type: boolean }] }
    Any: {}
    Union: { oneOf: [ALTERNATIVES] }
"##;

    /// Returns the `Reading` of a union of these alternatives. An alternative is the name of a
    /// schema, or a type.
    fn reading(alternatives: &[&str]) -> Reading {
        let alternative = |name: &&str| match name.starts_with(char::is_uppercase) {
            true => format!("{{ $ref: '#/components/schemas/{name}' }}"),
            false => format!("{{ type: {name}, items: {{}} }}"),
        };
        let listed: Vec<String> = alternatives.iter().map(alternative).collect();
        let text = SCHEMAS.replace("ALTERNATIVES", &listed.join(", "));
        let document = Document::parse("a.yaml", &text).unwrap();
        let settings = Settings::new("", "a.yaml").with_strictness(Strictness::Lenient);
        let schema = document.get(&["components", "schemas", "Union"]).unwrap();
        of(&document, &settings, "Union", schema).unwrap().reading
    }

    #[track_caller]
    fn tested(alternatives: &[&str], expected: &[(usize, Test)]) {
        assert_eq!(reading(alternatives), Reading::Tested(expected.to_vec()), "{alternatives:?}");
    }

    #[test]
    fn kinds_of_json_are_distinguished() {
        tested(
            &["string", "number", "integer", "boolean", "array", "A"],
            &[
                (2, Test::Integer),
                (3, Test::Boolean),
                (4, Test::List),
                (0, Test::Text),
                (1, Test::Number),
                (5, Test::Object),
            ],
        );
        tested(&["Loop", "Map"], &[(0, Test::Boolean), (1, Test::Object)]);
    }

    #[test]
    fn an_enum_is_tried_before_other_text() {
        let texts = |texts: &[&str]| Test::TextOf(texts.iter().map(|&text| text.into()).collect());
        tested(&["string", "Other"], &[(1, texts(&["x", "y"])), (0, Test::Text)]);
        tested(&["Other", "TwoKind"], &[(0, texts(&["x", "y"])), (1, texts(&["two"]))]);
        tested(&["Other", "boolean"], &[(1, Test::Boolean), (0, Test::Text)]);
    }

    #[test]
    fn objects_are_distinguished_by_their_properties() {
        let with = |name: &str| Test::With(name.to_owned());
        let is = |text: &str| Test::Where("kind".to_owned(), text.to_owned());
        tested(&["A", "B"], &[(0, with("a")), (1, with("b"))]);
        tested(&["C", "A", "B"], &[(1, with("a")), (2, with("b")), (0, Test::Object)]);
        tested(&["One", "Two"], &[(0, is("one")), (1, is("two"))]);
    }

    #[test]
    fn indistinguishable_alternatives_stay_json() {
        for alternatives in [
            &["A", "Same"][..],
            &["D", "One"],
            &["A", "Map"],
            &["Other", "Alike"],
            &["string", "string"],
            &["number", "number"],
            &["array", "array"],
            &["boolean", "Any"],
        ] {
            assert_eq!(reading(alternatives), Reading::Raw, "{alternatives:?}");
        }
    }
}
