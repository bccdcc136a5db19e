import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real servers and databases: processes of their own, so that no test file can disturb another one.
    pool: 'forks',
    // The tests wait for servers more than they compute: more files than cores at once.
    maxWorkers: 4,
    // Only ends what hangs: a test must not fail because the machine is busy.
    testTimeout: 30 * 60_000,
    hookTimeout: 30 * 60_000,
    teardownTimeout: 60_000,
    globalSetup: ['test/setup/postgres.ts', 'test/setup/temporal.ts'],
    coverage: { provider: 'v8', include: ['*/**/*.ts'], exclude: ['test/**', 'bench/**', 'examples/**', 'scripts/**'] },
  },
});
