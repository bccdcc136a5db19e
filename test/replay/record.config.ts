import { defineConfig, mergeConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

/** As the suite's, for the one file that records. */
export default mergeConfig(defineConfig({ ...common, test: { ...common.test, include: [] } }), {
  test: { include: ['test/replay/record.ts'] },
});
