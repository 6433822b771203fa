// Makes the module's functions available to tests.
import init, * as trial from './frontend_trial.js';

await init();
globalThis.trial = trial;
document.documentElement.dataset.ready = 'yes';
