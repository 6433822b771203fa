// Reads the declared type of each method's response from the packages' `.d.ts`, with TypeScript's checker.

import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const FOLDER = fileURLToPath(new URL('../..', import.meta.url));
/** The path of a file that doesn't exist: TypeScript only needs a location from which to resolve the packages. */
const FILE = `${FOLDER}responses.ts`;

const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  types: [],
};

const IMPORTS = [
  "import type * as payments from 'mileston-payments';",
  "import type * as client from 'mileston-payment-client';",
  "import type * as documented from './documented';",
];

/** Returns the type expression for a method's result, or for the data that a hook fetches. */
export function returned(key) {
  const [, name, variant] = /^([\w.]+)(?:<(.+)>)?$/.exec(key);
  const [type, method] = name.split('.');
  if (method !== undefined) return `Awaited<ReturnType<payments.${type}['${method}']>>`;
  const options = name === 'fetchPayment' ? 'FetchPaymentOptions' : 'OptionsForPayment';
  const argument = variant === undefined ? '' : `<client.${options} & { paymentType: '${variant}' }>`;
  const result = `ReturnType<typeof client.${name}${argument}>`;
  if (!name.startsWith('use')) return `Awaited<${result}>`;
  return `NonNullable<${result}['${name === 'useGetPaymentWallet' ? 'wallet' : 'data'}']>`;
}

/** Returns the checker and the types of these expressions. Throws if TypeScript rejects an expression. */
export function typesOf(expressions) {
  const lines = expressions.map((expression, index) => `export type T${index} = ${expression};`);
  const text = [...IMPORTS, ...lines].join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? ts.createSourceFile(name, text, OPTIONS.target) : getSourceFile(name, ...rest);
  const program = ts.createProgram([FILE], OPTIONS, host);
  const source = program.getSourceFile(FILE);
  const mistakes = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  if (mistakes.length > 0) {
    throw new Error(mistakes.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')).join('\n'));
  }
  const checker = program.getTypeChecker();
  const aliases = source.statements.filter(ts.isTypeAliasDeclaration);
  return { checker, types: aliases.map(({ name }) => checker.getTypeAtLocation(name)) };
}
