import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Vant draws its icons with a 25 kB font in its CSS. Its Icon component becomes ours and the CSS nothing. */
function vantWithoutIconFont(): Plugin {
  return {
    name: 'vant-without-icon-font',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer?.includes('/vant/')) return null;
      if (/\/icon\/index\.css$/.test(source)) return here('src/ui/none.css');
      if (/\/icon\/index\.mjs$/.test(source)) return here('src/ui/vant-icon.ts');
      return null;
    },
  };
}

/**
 * Stylesheets must not hold up the first paint (the skeleton's style is inline) and must stand before those of
 * later pages, so their links become a list that the inline script of index.html turns into links again: links
 * made by a script do not block painting.
 */
function stylesWithoutBlocking(): Plugin {
  return {
    name: 'styles-without-blocking',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename }) {
        if (!filename.endsWith('index.html')) return html;
        const links = [...html.matchAll(/\s*<link rel="stylesheet"[^>]*href="([^"]+)"[^>]*>/g)];
        const bare = links.reduce((text, [link]) => text.replace(link, ''), html);
        const list = links.map(([, href]) => href).join(' ');
        return bare.replace('<!-- styles -->', `<meta name="styles" content="${list}" />`);
      },
    },
  };
}

/** The server sends these beside-files as they are, so nothing is compressed while somebody waits. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(html|js|css|svg)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const file = join(dir, name);
          const plain = await readFile(file);
          await writeFile(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }));
          await writeFile(`${file}.br`, await promisify(brotliCompress)(plain));
        }),
      );
    },
  };
}

// What every page of every entry needs: the framework, the icons, the tokens. One chunk, one stylesheet.
const base =
  /node_modules[\\/](@vue|vue|vue-router)[\\/]|[\\/]src[\\/]ui[\\/](tokens\.css|icons\.ts|icons-core|Ic\.vue|avatar|Avatar)/;

const pages = ['index.html', 'phone.html', 'console.html'].filter((page) => existsSync(here(page)));

export default defineConfig({
  root: here('.'),
  plugins: [vue(), vantWithoutIconFont(), stylesWithoutBlocking(), compressed()],
  // Vant and our pages use `setup` only.
  define: { __VUE_OPTIONS_API__: 'false' },
  build: {
    outDir: '../dist/webapp',
    emptyOutDir: true,
    target: 'es2020',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page.replace('.html', ''), here(page)])),
      output: {
        codeSplitting: {
          groups: [{ name: 'base', test: base }],
        },
      },
    },
  },
});
