// The module that `import … from 'mileston-sandbox'` loads.

export { Sandbox, startSandbox } from './index.cjs';
