// Writes values as JSON the way JavaScript does, and signs the JSON. Uses only Node's own modules.
//
// Each input line: {"value": V, "secret": [code units]}. V is a list that begins with a tag. Strings and property names
// are given as UTF-16 code units:
//   ["undefined"]  ["null"]  ["bool", true]  ["number", "42"]  ["text", 65, 66]
//   ["date", "2031-01-31T00:00:00Z"]  ["millisecond", "0"]  ["list", V, ...]  ["object", [[65, 66], V], ...]
// Each output line: {"text": hexadecimal UTF-8 of JSON.stringify(value), "signature": hexadecimal HMAC-SHA256 of that JSON}.

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`This needs Node.js 20 or later, but it runs on ${process.version}`);
  process.exit(1);
}

// This doesn't use String.fromCharCode(...units), because too many arguments overflow the stack.
const text = (units) => units.reduce((text, unit) => text + String.fromCharCode(unit), '');

function object(fields) {
  const made = {};
  for (const [key, value] of fields) {
    // Define the property instead of assigning it, because assignment treats `__proto__` differently.
    const own = { value: rebuilt(value), enumerable: true, configurable: true, writable: true };
    Object.defineProperty(made, text(key), own);
  }
  return made;
}

function rebuilt([kind, ...rest]) {
  switch (kind) {
    case 'undefined': return undefined;
    case 'null': return null;
    case 'bool': return rest[0];
    case 'number': return Number(rest[0]);
    case 'text': return text(rest);
    case 'date': return new Date(rest[0]);
    case 'millisecond': return new Date(Number(rest[0]));
    case 'list': return rest.map(rebuilt);
    case 'object': return object(rest);
    default: throw new Error(`unknown kind of value: ${kind}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { value, secret } = JSON.parse(line);
  const json = JSON.stringify(rebuilt(value));
  const signature = createHmac('sha256', text(secret)).update(json).digest('hex');
  process.stdout.write(`${JSON.stringify({ text: Buffer.from(json).toString('hex'), signature })}\n`);
}
