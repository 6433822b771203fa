// Records the sandbox's responses as the SDK returned them to its caller, grouped by method and, for generic methods,
// by payment type.

/** Responses by the name of the method; for a generic method by its name and type argument: `fetchPayment<invoice>`. */
export const recorded = new Map();

/** Keeps a copy, because a caller may change the response. */
export function record(name, response, variant) {
  const key = variant === undefined ? name : `${name}<${variant}>`;
  if (!recorded.has(key)) recorded.set(key, []);
  recorded.get(key).push(structuredClone(response));
}
