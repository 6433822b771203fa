// What `import … from 'mileston-sandbox'` returns.

export { Sandbox, startSandbox } from './index.cjs';
