import type { PassphraseQuestion } from './passphrase-key.ts';

/** Derives the key of a passphrase in a worker: it takes a second or more, and the page stays alive meanwhile. */
export function deriveBeside(question: PassphraseQuestion): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL('passphrase-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => resolve(data));
    worker.addEventListener('error', () => reject(new Error('The key could not be derived.')));
    worker.postMessage(question, []);
  }).finally(() => worker.terminate());
}
