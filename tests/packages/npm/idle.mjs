// Starts a sandbox, prints its URL, and doesn't stop it. With the argument `wait`, runs until it is killed.

import { startSandbox } from 'mileston-sandbox';

const { url } = await startSandbox();
console.log(url);
if (process.argv[2] === 'wait') setInterval(() => {}, 1000);
