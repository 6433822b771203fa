// What the sandbox answered, as the SDK returned it to its caller: by method, and for generic methods by payment type.

/** Responses by the name of the method; of a generic one by its name and the type argument: `fetchPayment<invoice>`. */
export const recorded = new Map();

/** Keeps a copy, since a caller may change what it got. */
export function record(name, response, variant) {
  const key = variant === undefined ? name : `${name}<${variant}>`;
  if (!recorded.has(key)) recorded.set(key, []);
  recorded.get(key).push(structuredClone(response));
}
