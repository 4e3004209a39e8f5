import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One bundle serves Electron 25 (Node 18, Chromium 114) and Electron 45. Main and preload are CommonJS:
// a sandboxed preload cannot be an ES module, and Electron before 28 cannot start from one.
// Native packages stay outside; everything else is bundled so that start-up reads one file.
const native = ['electron', '@napi-rs/keyring', 'cpu-features']

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      minify: false,
      rollupOptions: {
        input: {
          index: 'src-main/index.ts',
          // Entries of processes and threads of their own.
          'keychain-process': 'src-main/credentials/key-holders/keychain-process.ts',
          'derive-key-worker': 'src-main/credentials/key-holders/derive-key-worker.ts',
          'read-key-worker': 'src-main/ssh/read-key-worker.ts',
          'terminal-worker': 'src-main/terminal/terminal-worker.ts',
        },
        external: native,
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          // Electron teaches `require` to look into its archive, but not the `import()` of Node 18.
          dynamicImportInCjs: false,
        },
      },
      outDir: 'out/main',
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src-preload/index.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      outDir: 'out/preload',
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    build: {
      target: 'chrome114',
      rollupOptions: { input: { index: 'src-renderer/index.html' } },
      outDir: 'out/renderer',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
})
