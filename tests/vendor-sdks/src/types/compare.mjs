// Compares a JSON value with a TypeScript type, field by field.

import ts from 'typescript';

const { TypeFlags: Is, SymbolFlags } = ts;

/** Finds mismatches, and counts the declared fields that were compared. */
export class Comparer {
  fields = 0;
  #checker;

  constructor(checker) {
    this.#checker = checker;
  }

  /** Returns the problems: `missing`, `wrong` (of the wrong type), `outside` (not a member of the union), `extra`, `untyped`. */
  problems(type, value, path = '') {
    const one = (kind, expected) => [{ kind, path, expected: expected ?? this.#name(type), value }];
    if (type.flags & (Is.Any | Is.Unknown)) return one('untyped');
    if (type.flags & Is.BooleanLike) return typeof value === 'boolean' ? [] : one('wrong');
    if (type.isUnion()) return this.#union(type, value, path, one);
    if (type.isLiteral()) return value === type.value ? [] : one(typeof value === typeof type.value ? 'outside' : 'wrong');
    if (type.flags & Is.String) return typeof value === 'string' ? [] : one('wrong');
    if (type.flags & Is.Number) return typeof value === 'number' ? [] : one('wrong');
    if (type.flags & Is.Undefined) return value === undefined ? [] : one('wrong');
    if (type.flags & Is.Null) return value === null ? [] : one('wrong');
    // JSON has no dates: a declared `Date` arrives as the text that `JSON.stringify` writes.
    if (type.symbol?.name === 'Date') return isWrittenDate(value) ? [] : one('wrong', 'a Date in its JSON form');
    if (this.#checker.isArrayType(type)) return this.#list(type, value, path, one);
    if (type.flags & (Is.Object | Is.Intersection)) return this.#object(type, value, path, one);
    throw new Error(`${path}: the comparer doesn't support the type ${this.#name(type)}`);
  }

  /** Compares the value with the union member that matches best. */
  #union(type, value, path, one) {
    if (type.types.every((member) => member.isLiteral())) {
      const members = type.types.filter((member) => typeof member.value === typeof value);
      if (members.length === 0) return one('wrong');
      return members.some((member) => member.value === value) ? [] : one('outside');
    }
    const before = this.fields;
    const tried = type.types.map((member) => {
      this.fields = before;
      const problems = this.problems(member, value, path);
      return { problems, fields: this.fields };
    });
    const best = tried.reduce((best, next) => (next.problems.length < best.problems.length ? next : best));
    this.fields = best.fields;
    return best.problems;
  }

  #list(type, value, path, one) {
    if (!Array.isArray(value)) return one('wrong');
    const [element] = this.#checker.getTypeArguments(type);
    return value.flatMap((each) => this.problems(element, each, `${path}[]`));
  }

  #object(type, value, path, one) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return one('wrong');
    const declared = this.#checker.getPropertiesOfType(type);
    const of = (name) => (path === '' ? name : `${path}.${name}`);
    const found = declared.flatMap((property) => this.#property(property, value, of(property.name), type));
    const names = new Set(declared.map(({ name }) => name));
    const rest = Object.keys(value).filter((name) => !names.has(name));
    const [index] = this.#checker.getIndexInfosOfType(type);
    const others = rest.flatMap((name) => {
      if (!index) return [{ kind: 'extra', path: of(name), expected: this.#name(type), value: value[name] }];
      this.fields += 1;
      return this.problems(index.type, value[name], `${path}{}`);
    });
    return [...found, ...others];
  }

  #property(property, value, path, owner) {
    this.fields += 1;
    const type = this.#checker.getTypeOfSymbol(property);
    if (Object.hasOwn(value, property.name)) return this.problems(type, value[property.name], path);
    if (isOptional(property)) return [];
    return [{ kind: 'missing', path, expected: `${this.#name(type)}, required by ${this.#name(owner)}` }];
  }

  #name(type) {
    return this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  }
}

/** Returns whether a property is optional. */
export const isOptional = (property) => (property.flags & SymbolFlags.Optional) !== 0;

function isWrittenDate(value) {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
}
