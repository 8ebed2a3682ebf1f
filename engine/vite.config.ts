import path from 'node:path';
import { defineConfig } from 'vite';

/** The server as one file; packages stay in node_modules. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  publicDir: false,
  build: { ssr: 'engine/main.ts', outDir: 'dist/engine', emptyOutDir: true, target: 'node20', sourcemap: true, minify: false },
});
