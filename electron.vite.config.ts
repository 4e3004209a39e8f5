import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

// One bundle serves Electron 25 (Node 18, Chromium 114) and Electron 45. Main and preload are CommonJS:
// a sandboxed preload cannot be an ES module, and Electron before 28 cannot start from one.
// Native packages stay outside; everything else is bundled so that start-up reads one file.
const native = ['electron', '@napi-rs/keyring', 'cpu-features']

/** What the window needs before it can show anything but its first picture: all that `main.tsx` and `start.ts` import, and so on. */
const needed = { main: new Set<string>(), start: new Set<string>() }

/** Fetches the larger part of the window while `start.ts` paints its frame, without running it. */
const preloadMain: Plugin = {
  name: 'preload-main',
  buildEnd() {
    const add = (id: string, all: Set<string>) => {
      if (all.has(id)) return
      all.add(id)
      for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported, all)
    }
    for (const id of this.getModuleIds()) {
      if (id.endsWith('/src-renderer/main.tsx')) add(id, needed.main)
      if (id.endsWith('/src-renderer/start.ts')) add(id, needed.start)
    }
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((fileName) => /\/main-[^/]+$/.test(fileName))
        .map((fileName) => ({
          tag: 'link',
          attrs: fileName.endsWith('.css')
            ? { rel: 'preload', as: 'style', href: `./${fileName}` }
            : { rel: 'modulepreload', href: `./${fileName}` },
          injectTo: 'head' as const,
        })),
  },
}

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      minify: false,
      rollupOptions: {
        input: {
          index: 'src-main/index.ts',
          // Read by a command in the terminal alone.
          'login-at-hand': 'src-main/terminal/login-at-hand.ts',
          // Entries of processes and threads of their own.
          'keychain-process': 'src-main/credentials/key-holders/keychain-process.ts',
          'derive-key-worker': 'src-main/credentials/key-holders/derive-key-worker.ts',
          'judge-passphrase-worker': 'src-main/credentials/passphrase/judge-passphrase-worker.ts',
          'read-key-worker': 'src-main/ssh/read-key-worker.ts',
          'terminal-worker': 'src-main/terminal/terminal-worker.ts',
          'watch-worker': 'src-main/terminal/watch-worker.ts',
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
        input: { index: 'src-preload/index.ts', consent: 'src-preload/consent.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      outDir: 'out/preload',
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react(), preloadMain],
    build: {
      target: 'chrome114',
      rollupOptions: {
        input: { index: 'src-renderer/index.html' },
        // One file and not a dozen: main serves each, and has its hands full at that moment.
        output: {
          codeSplitting: {
            groups: [
              { name: (id) => (needed.start.has(id) ? 'start' : null), priority: 1 },
              { name: (id) => (needed.main.has(id) ? 'main' : null) },
              { name: 'preload', test: /preload-helper/, priority: 1 },
            ],
          },
        },
      },
      outDir: 'out/renderer',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
})
