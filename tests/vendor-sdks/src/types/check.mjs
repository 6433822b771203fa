// Compares every recorded response with the type that the vendor declares for it.

import { inspect } from 'node:util';

import { methods } from '../packages.mjs';
import { Comparer, isOptional } from './compare.mjs';
import { returned, typesOf } from './declared.mjs';
import { ALLOWED, INSTEAD, NO_RESPONSE } from './exceptions.mjs';
import { recorded } from './recorded.mjs';

const nameOf = (key) => key.replace(/<.*/, '');
const key = ({ kind, path }) => `${kind} ${path}`;

/** Returns the numbers of compared responses and fields, missing required fields, and used exceptions. */
export async function compareWithTypes(report) {
  const counts = { responses: 0, fields: 0, missing: 0, exceptions: 0 };
  await report.group("the vendor's types", () => {
    everyMethodAnswered(report);
    const keys = [...recorded.keys()].sort();
    const replaced = keys.map((each) => INSTEAD.find(({ method }) => method === nameOf(each)));
    // The declared types come first, followed by the types to compare with instead.
    const { checker, types } = typesOf([
      ...keys.map((each) => DOCUMENTED[each] ?? returned(each)),
      ...INSTEAD.map(({ type }) => type),
    ]);
    const used = new Set();
    keys.forEach((each, index) => {
      const declared = types[index];
      const instead = replaced[index] && types[keys.length + INSTEAD.indexOf(replaced[index])];
      const judged = judge(checker, { key: each, declared, instead, exception: replaced[index] }, used);
      counts.responses += recorded.get(each).length;
      counts.fields += judged.fields;
      counts.missing += judged.missing;
      for (const problem of judged.problems) report.fail(problem);
      lossIsNoticed(report, checker, each, instead ?? declared);
    });
    counts.exceptions = used.size;
    for (const exception of [...ALLOWED, ...INSTEAD]) {
      const name = `${exception.method ?? exception.methods} ${exception.type ?? exception.paths}`;
      report.holds(`src/types/exceptions.mjs: the exception is used: ${name}`, used.has(exception), exception.because);
    }
  });
  return counts;
}

/** Types that aren't in any of the vendor's packages. */
const DOCUMENTED = { status: 'documented.Status', webhook: 'documented.Webhook', refusal: 'client.ISubWalletError' };

function everyMethodAnswered(report) {
  const answered = new Set([...recorded.keys()].map(nameOf));
  for (const name of [...methods(), ...Object.keys(DOCUMENTED)]) {
    const none = NO_RESPONSE[name] !== undefined;
    const what = 'a response was compared, or NO_RESPONSE in src/types/exceptions.mjs has the reason why there is none';
    report.holds(`${name}: ${what}`, answered.has(name) !== none, { answered: answered.has(name), none });
  }
}

function judge(checker, { key: method, declared, instead, exception }, used) {
  const responses = recorded.get(method);
  const comparer = new Comparer(checker);
  const fits = (response) => comparer.problems(declared, response).every(({ kind }) => kind === 'extra');
  if (instead && !responses.every(fits)) used.add(exception);
  comparer.fields = 0;
  const found = new Map();
  for (const response of responses) {
    for (const problem of comparer.problems(instead ?? declared, response)) {
      const allowed = ALLOWED.find((each) => allows(each, nameOf(method), problem, response));
      if (allowed) used.add(allowed);
      else if (!found.has(key(problem))) found.set(key(problem), problem);
    }
  }
  const problems = [...found.values()];
  const missing = problems.filter(({ kind }) => kind === 'missing').length;
  return { fields: comparer.fields, missing, problems: problems.map((problem) => sentence(method, problem)) };
}

function allows({ methods, paths, kind, when }, name, problem, response) {
  const here = methods.includes(name) && paths.includes(problem.path) && kind === problem.kind;
  return here && (when?.(response) ?? true);
}

function sentence(method, { kind, path, expected, value }) {
  const place = `${method}: ${path || 'the response'}`;
  const found = inspect(value, { depth: 2, breakLength: Infinity });
  switch (kind) {
    case 'missing': return `${place} is missing: ${expected}`;
    case 'outside': return `${place} is ${found}, which is not among ${expected}`;
    case 'extra': return `${place} is not declared in ${expected}`;
    case 'untyped': return `${place} is declared as ${expected}: name a type in INSTEAD of src/types/exceptions.mjs`;
    default: return `${place} is ${found}, declared as ${expected}`;
  }
}

/** Checks the comparer with each method's response: the comparer must report a field that is removed or set to null. */
function lossIsNoticed(report, checker, method, type) {
  const [response] = recorded.get(method);
  const found = (changed) => new Set(new Comparer(checker).problems(type, changed).map(key));
  const before = found(response);
  for (const { names, optional } of fieldsOf(checker, type, response)) {
    const path = names.join('.');
    const has = (changed, kind) => !before.has(`${kind} ${path}`) && found(changed).has(`${kind} ${path}`);
    const without = changedAt(response, names, (owner, name) => delete owner[name]);
    report.holds(`${method}: without ${path}`, optional !== has(without, 'missing'), without);
    const nulled = changedAt(response, names, (owner, name) => (owner[name] = null));
    report.holds(`${method}: ${path} set to null`, before.has(`wrong ${path}`) || has(nulled, 'wrong'), nulled);
  }
}

/** Yields the declared fields that a response has, including nested ones. */
function* fieldsOf(checker, type, value, names = []) {
  for (const property of checker.getPropertiesOfType(type)) {
    const inner = value[property.name];
    if (inner === undefined) continue;
    const here = [...names, property.name];
    yield { names: here, optional: isOptional(property) };
    if (inner?.constructor === Object) yield* fieldsOf(checker, checker.getTypeOfSymbol(property), inner, here);
  }
}

function changedAt(response, names, change) {
  const changed = structuredClone(response);
  const owner = names.slice(0, -1).reduce((owner, name) => owner[name], changed);
  change(owner, names.at(-1));
  return changed;
}
