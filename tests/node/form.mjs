// Says which names and values JavaScript reads from a query string. Node's own modules only.
//
// Each line in: a query string as a JSON text. Each line out: a list of [name, value], in order.

import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  // The `&` adds no pair; without it a leading `?` would be dropped.
  const pairs = [...new URLSearchParams(`&${JSON.parse(line)}`)];
  process.stdout.write(`${JSON.stringify(pairs)}\n`);
}
