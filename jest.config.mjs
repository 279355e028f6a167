// Three projects by cost: pure (no I/O), postgres (a real cluster), browser (a real Chromium beside it).
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } }, module: { type: 'es6' } }],
  },
};

// One temporary cluster for the whole run, started only when one of these projects has tests in it.
const withCluster = {
  ...base,
  globalSetup: '<rootDir>/test/cluster/global-setup.mjs',
  globalTeardown: '<rootDir>/test/cluster/global-teardown.mjs',
};

export default {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/cluster/longest-first.mjs',
  // Nothing here measures time; a busy machine must not make a sound test fail.
  testTimeout: 120_000,
  projects: [
    { ...base, displayName: 'pure', testMatch: ['<rootDir>/test/pure/**/*.test.ts'] },
    { ...withCluster, displayName: 'postgres', testMatch: ['<rootDir>/test/postgres/**/*.test.ts'] },
    { ...withCluster, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
  ],
};
