import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page that draws groups of any size, with our own diagram or with one of its peers. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  // The diagram comes from the portal's own folder, with the portal's own packages.
  resolve: { dedupe: ['react', 'react-dom', '@fluentui/react-components'] },
  build: { target: 'es2022', chunkSizeWarningLimit: 3_000 },
});
