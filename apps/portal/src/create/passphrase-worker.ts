import { type PassphraseQuestion, derivePassphraseKey } from './passphrase-key.ts';

// Beside the page, which goes on answering meanwhile.
addEventListener('message', ({ data }: MessageEvent<PassphraseQuestion>) => {
  postMessage(derivePassphraseKey(data));
});
