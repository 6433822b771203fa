// Prints the names and values that JavaScript reads from a query string. Uses only Node's own modules.
//
// Each input line is a query string as JSON text. Each output line is a list of [name, value], in order.

import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  // The `&` doesn't add a pair. Without it, a leading `?` would be dropped.
  const pairs = [...new URLSearchParams(`&${JSON.parse(line)}`)];
  process.stdout.write(`${JSON.stringify(pairs)}\n`);
}
