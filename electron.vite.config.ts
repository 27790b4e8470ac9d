// How the three worlds are built: main (ESM, Node), preload (one CommonJS file, sandboxed), renderer (the page).
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Migrations are read as files at run time, next to the module that runs them: also next to the bundle. */
function copyMigrations(): Plugin {
  const folder = here('./main/db/migrations/');
  const schema = here('./main/db/schema.sql');
  return {
    name: 'bureau-copy-migrations',
    apply: 'build',
    generateBundle() {
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : [];
      for (const name of names) {
        this.emitFile({ type: 'asset', fileName: `migrations/${name}`, source: readFileSync(folder + name) });
      }
      if (existsSync(schema)) this.emitFile({ type: 'asset', fileName: 'schema.sql', source: readFileSync(schema) });
    },
  };
}

export default defineConfig({
  main: {
    plugins: [copyMigrations()],
    build: {
      // Only what has files of its own beside its code stays in node_modules. The rest is bundled: opening a hundred small files
      // one after another took longer than all else at the start.
      externalizeDeps: { exclude: ['hash-wasm', 'ibantools', 'ical.js', 'jsvat', 'rrule-temporal', 'temporal-polyfill', 'zod'] },
      rolldownOptions: {
        input: { index: here('./main/index.ts'), worker: here('./main/worker.ts'), readThread: here('./main/budgets/ledgers/readThread.ts') },
        // Everything flat in out/main: a module finds its files by its own URL whichever chunk it lands in.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', minify: true, keepNames: true },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but Electron: all it uses is in the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { bridge: here('./preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('./renderer'),
    plugins: [react()],
    build: {
      minify: true,
      // Nothing as data: URLs; the content security policy allows files of the app only.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 3000,
      rolldownOptions: { input: { index: here('./renderer/index.html') } },
    },
  },
});
