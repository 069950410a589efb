import { defineConfig } from 'vitest/config';

const project = (name: string, folder: string) => ({
  extends: true as const,
  root: folder,
  test: { name, include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'] },
});

export default defineConfig({
  test: {
    projects: [
      project('arm-template', 'packages/arm-template'),
      project('cluster', 'packages/cluster'),
      project('topology', 'packages/topology'),
      project('contract', 'packages/contract'),
      project('local-cloud', 'apps/local-cloud'),
      project('api', 'apps/api'),
      project('portal', 'apps/portal'),
    ],
  },
});
