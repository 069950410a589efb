import { readFileSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';
import { z } from 'zod';
import { stylesAhead } from './build/styles-ahead.ts';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')));
const apiPort = process.env['SLIPWAY_PORT'] ?? '8080';

/** Below it a compressed file saves nothing worth a second file, in bytes. */
const worthCompressing = 256;

/** Libraries that every page needs and that seldom change: they stay in a browser's cache when the portal changes. */
const libraries =
  /[\\/]node_modules[\\/](?:react|react-dom|scheduler|zod|@tanstack[\\/](?:router-core|history))[\\/]/;

/** What most forms are made of. */
const formControls =
  /[\\/]node_modules[\\/]@fluentui[\\/]react-(?:field|input|label|message-bar|radio|spinner)[\\/]/;

/** How the portal asks the API, and what is as small and needs no control. */
const smallParts = /[\\/]src[\\/](?:api[\\/]|components[\\/](?:random-uuid|use-debounced|focus-back)\.ts$)/;

/** What makes a spec valid: the wizard and the pages that change a cluster check it. */
const clusterRules =
  /[\\/]packages[\\/]cluster[\\/]src[\\/](?:admin-user-name|cluster-(?:network|tags)|ip-ranges|spec|spec-rules|ssh-public-key|tag-rules)\.ts$/;

/** Lays a Brotli and a gzip form beside every script and style sheet: over a phone's line they are a quarter as large. */
function compressedForms(): Plugin {
  return {
    name: 'slipway-compressed-forms',
    apply: 'build',
    writeBundle: async ({ dir = '' }) => {
      const files = await readdir(path.join(dir, 'assets'));
      await Promise.all(
        files
          .filter((file) => /\.(?:js|css)$/.test(file))
          .map(async (file) => {
            const whole = path.join(dir, 'assets', file);
            const content = await readFile(whole);
            if (content.length < worthCompressing) return;
            await writeFile(`${whole}.br`, await promisify(brotliCompress)(content));
            await writeFile(`${whole}.gz`, await promisify(gzip)(content, { level: 9 }));
          }),
      );
    },
  };
}

/**
 * Leaves out what the libraries carry along and the portal never uses: how zod makes JSON Schemas, how Griffel takes up
 * styles that a server has drawn. What calls it only to have it ready gets a function that does nothing.
 */
function withoutIdleParts(): Plugin {
  return {
    name: 'slipway-without-idle-parts',
    apply: 'build',
    load: {
      filter: {
        id: /[\\/](?:zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)|renderer[\\/]rehydrateRendererCache)\.js$/,
      },
      handler: async (id) => {
        const names = [...(await readFile(id, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)];
        return ['const none = () => none;', ...names.map(([, name]) => `export const ${name} = none;`)].join(
          '\n',
        );
      },
    },
  };
}

/** Making a schema out of another one, too, changes nothing elsewhere: what a page does not use is left out. */
function schemasOnDemand(): Plugin {
  return {
    name: 'slipway-schemas-on-demand',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /[\\/]packages[\\/]\w+[\\/]src[\\/].*\.ts$/, code: 'Schema = ' },
      handler: (code) => ({
        code: code.replaceAll(/^(?:export )?const \w+Schema = /gm, '$&/*#__PURE__*/ '),
        map: null,
      }),
    },
  };
}

/**
 * The API serves what is built here, and replaces the nonce's placeholder in `index.html` with a fresh one for
 * every request. In development Vite serves the pages and hands `/api` to the API.
 */
export default defineConfig({
  plugins: [react(), withoutIdleParts(), schemasOnDemand(), stylesAhead(), compressedForms()],
  define: { 'import.meta.env.SLIPWAY_VERSION': JSON.stringify(version) },
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    // The content security policy forbids inline data but for images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Making a schema changes nothing elsewhere: a page takes only those that it uses.
      treeshake: { manualPureFunctions: ['z'] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: libraries, priority: 6 },
            // With all that they need: the shell and the list, where most visits begin, come in one piece.
            { name: 'portal', test: /[\\/]src[\\/](?:main|home[\\/]home-page)\.tsx$/, priority: 5 },
            // Over a phone's line every file costs a journey: what many pages take in small pieces comes in few.
            { name: 'form-controls', test: formControls, priority: 4 },
            { name: 'icons', test: /[\\/]@fluentui[\\/]react-icons[\\/]/, minShareCount: 2, priority: 4 },
            { name: 'requests', test: smallParts, minShareCount: 2, priority: 3 },
            { name: 'cluster-rules', test: clusterRules, priority: 2 },
            { name: 'create-page', test: /[\\/]src[\\/]create[\\/]create-page\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': { target: `http://localhost:${apiPort}` } } },
});
