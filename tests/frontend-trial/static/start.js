// Puts the functions of the module where a test finds them.
import init, * as trial from './frontend_trial.js';

await init();
globalThis.trial = trial;
document.documentElement.dataset.ready = 'yes';
