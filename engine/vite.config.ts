import path from 'node:path';
import { defineConfig } from 'vite';

/** The server and the commands beside it; packages stay in node_modules. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  publicDir: false,
  build: { ssr: true, outDir: 'dist/engine', emptyOutDir: true, target: 'node20', sourcemap: true, minify: false, rolldownOptions: { input: { main: 'engine/main.ts', account: 'engine/account.ts', backup: 'engine/backup/command.ts', 'projection-thread': 'engine/projection-thread/thread.ts' } } },
});
