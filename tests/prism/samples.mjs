// Creates sample values for operations from the original document.
//
// Standard input: a list of {document, operations: [{path, method}]}. Standard output: for each document {made: a list},
// or {unreadable: the reason} if Prism can't read the document. The list has {parameters: [{name, in, value}], body} for
// each operation. The body is null, or has
// - value: as JSON, even for other media types;
// - isJson: whether it is sent as JSON;
// - undeclared: the properties that the schema requires but doesn't describe;
// - validates: false if Prism accepts any body because its validator can't read the schema.

import { text } from "node:stream/consumers";
import prism from "@stoplight/prism-http";
import generator from "@stoplight/prism-http/dist/mocker/generator/JSONSchema.js";
import validators from "@stoplight/prism-http/dist/validator/validators/utils.js";
import { sample } from "openapi-sampler";

// With this order, a body with several media types gets the media type that the client generator chooses.
const JSON_MEDIA = /[/+]json\b/;
const FORM = /^application\/x-www-form-urlencoded/;
const MEDIA = [JSON_MEDIA, FORM, /^multipart\//, /./];

// Header parameters to leave out: OpenAPI describes these headers elsewhere, or they depend on how a body is sent.
const IGNORED = ["accept", "authorization", "content-encoding", "content-type"];

const SEEDS = ["1", "2", "3"];

// Only a schema that accepts everything accepts all of these values.
const ANYTHING = [0, "", true, null, [], {}];

const OPTIONS = { skipReadOnly: true, quiet: true };

/** Returns the value, or the target of its reference. */
function resolved(document, value) {
  while (value?.$ref?.startsWith("#/")) {
    const steps = decodeURIComponent(value.$ref.slice(2)).split("/");
    const step = (at, name) => at?.[name.replaceAll("~1", "/").replaceAll("~0", "~")];
    value = steps.reduce(step, document);
  }
  return value;
}

/** Returns a copy without the examples of schemas. Keeps properties with the name `example`. */
function withoutExamples(value, isMap = false) {
  if (Array.isArray(value)) return value.map((it) => withoutExamples(it));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(
    ([key]) => isMap || !["example", "examples", "x-example"].includes(key),
  );
  return Object.fromEntries(
    entries.map(([key, it]) => [key, withoutExamples(it, !isMap && key === "properties")]),
  );
}

/** Yields possible values: the document's examples, then values for the schema, with and without its examples. */
function* candidates({ document, plain }, holder, { schema: source, bundle, operation }) {
  if (holder.example !== undefined) yield holder.example;
  for (const example of Object.values(holder.examples ?? {})) {
    const { value } = resolved(document, example) ?? {};
    if (value !== undefined) yield value;
  }
  const schema = holder.schema ?? Object.values(holder.content ?? {})[0]?.schema ?? {};
  yield sample(schema, OPTIONS, document);
  yield sample(withoutExamples(schema), OPTIONS, plain);
  // Add values for patterns, which openapi-sampler can't create.
  for (const seed of source ? SEEDS : []) {
    const { right } = generator.generate(operation, bundle, source, seed);
    if (right !== undefined) yield right;
  }
}

/** Returns whether Prism's validator accepts a value. The validator accepts any value if it can't use the schema. */
function accepts({ schema, bundle }, value) {
  const copy = structuredClone(value);
  return validators.validateAgainstSchema(copy, schema, false, 0, "", bundle)._tag === "None";
}

/** Returns the first candidate that Prism's validator accepts, because examples in documents can be wrong. */
function chosen(spec, holder, validated) {
  let first;
  for (const value of candidates(spec, holder, validated)) {
    first ??= value;
    if (!validated.schema || accepts(validated, value)) return value;
  }
  return first;
}

/** Returns whether to leave out a parameter. It is left out if OpenAPI ignores it, or if it is used for a credential. */
function isIgnored(document, { name, in: place }) {
  if (place === "header" && IGNORED.includes(name.toLowerCase())) return true;
  const schemes = Object.values(document.components?.securitySchemes ?? {});
  return schemes.some((it) => it.type === "apiKey" && it.in === place && it.name === name);
}

/** Returns all parameters. An operation's parameters replace those of its path. */
function parameters(spec, item, operation, known) {
  const found = new Map();
  const { path, query, headers, cookie } = known.request ?? {};
  const places = { path, query, header: headers, cookie };
  for (const each of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolved(spec.document, each);
    if (isIgnored(spec.document, parameter)) continue;
    const { name, in: place } = parameter;
    const same = (it) => it.name.toLowerCase() === name.toLowerCase();
    const schema = places[place]?.find(same)?.schema;
    const validated = { schema, bundle: known.__bundled__, operation: known };
    found.set(`${place} ${name}`, { name, in: place, value: chosen(spec, parameter, validated) });
  }
  return [...found.values()];
}

/**
 * Returns a form without optional lists and objects, except those whose `encoding` has a style. Prism doesn't read a
 * list or object without a style, although OpenAPI has a default for the style.
 */
function readable(form, { required = [] }, encoding = {}) {
  const isRead = ([name, value]) =>
    value === null || typeof value !== "object" || required.includes(name) || encoding[name]?.style;
  return Object.fromEntries(Object.entries(form).filter(isRead));
}

function body(spec, operation, known) {
  const { content = {} } = resolved(spec.document, operation.requestBody) ?? {};
  const names = Object.keys(content);
  const media = MEDIA.map((it) => names.find((name) => it.test(name))).find((it) => it);
  if (!media) return null;
  const { schema } = known.request?.body?.contents?.find((it) => it.mediaType === media) ?? {};
  const validated = { schema, bundle: known.__bundled__, operation: known };
  const described = resolved(spec.document, content[media].schema) ?? {};
  const { required = [], properties = {} } = described;
  let value = chosen(spec, content[media], validated);
  if (FORM.test(media)) value = readable(value, described, content[media].encoding);
  return {
    value,
    isJson: JSON_MEDIA.test(media),
    undeclared: required.filter((name) => value?.[name] === undefined && !properties[name]),
    validates: schema !== undefined && ANYTHING.some((it) => !accepts(validated, it)),
  };
}

async function samples({ document, operations }) {
  const spec = { document, plain: withoutExamples(document) };
  const all = await prism.getHttpOperationsFromSpec(structuredClone(document));
  const made = operations.map(({ path, method }) => {
    const item = resolved(document, document.paths[path]);
    const known = all.find((it) => it.path === path && it.method === method) ?? {};
    const operation = item[method];
    return {
      parameters: parameters(spec, item, operation, known),
      body: body(spec, operation, known),
    };
  });
  return { made };
}

const all = [];
for (const task of JSON.parse(await text(process.stdin))) {
  all.push(await samples(task).catch((error) => ({ unreadable: error.message })));
}
process.stdout.write(JSON.stringify(all));
