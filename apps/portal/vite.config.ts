import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiPort = process.env['SLIPWAY_PORT'] ?? '8080';

/**
 * The API serves what is built here, and replaces the nonce's placeholder in `index.html` with a fresh one for
 * every request. In development Vite serves the pages and hands `/api` to the API.
 */
export default defineConfig({
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    // The content security policy forbids inline data but for images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { port: 5173, proxy: { '/api': { target: `http://localhost:${apiPort}` } } },
});
