import { configureGlobal } from 'fast-check';

// The same inputs at every run, so that a test that passes for whoever changes something passes for everybody. Whoever asks
// for more runs (see CONTRIBUTING.md) wants to see others.
if (process.env['SLIPWAY_PROPERTY_RUNS'] === undefined) configureGlobal({ seed: 20_261_129 });
