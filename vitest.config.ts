import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const project = (name: string, folder: string) => ({
  extends: true as const,
  root: folder,
  test: { name, include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'] },
});

export default defineConfig({
  test: {
    // Most tests wait for servers; on two cores six at once end sooner.
    maxWorkers: 6,
    // No file changes a module: loading Microsoft's clients anew for each would take longer than many a test.
    isolate: false,
    // Long enough for a busy machine: a test that fails by time alone says nothing.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    setupFiles: [join(import.meta.dirname, 'scripts', 'property-seed.ts')],
    projects: [
      project('arm-template', 'packages/arm-template'),
      project('cluster', 'packages/cluster'),
      project('topology', 'packages/topology'),
      project('contract', 'packages/contract'),
      project('local-cloud', 'apps/local-cloud'),
      project('api', 'apps/api'),
      project('portal', 'apps/portal'),
      project('scripts', 'scripts'),
    ],
  },
});
