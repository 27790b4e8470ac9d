// All tests without a window. Those in tests/e2e belong to Playwright.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    environment: 'node',
    // better-sqlite3 is a native module; processes keep one test file's database out of another's.
    pool: 'forks',
    // All cores: on two of them the usual is one less, and that doubles the wait.
    maxWorkers: '100%',
    allowOnly: false,
    testTimeout: 20_000,
  },
});
