// Checks the same types for CommonJS.

import { startSandbox } from 'mileston-sandbox';

export const url = async (): Promise<string> => (await startSandbox()).url;
