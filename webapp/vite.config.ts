import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

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

/** The script of a lazy page, its shared parts and its styles. */
function filesOf(page: string, bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const own = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(page));
  const entry = chunks.find((chunk) => chunk.isEntry && chunk.name === 'index');
  if (!own) return [];
  const first = new Set([entry?.fileName, ...(entry?.imports ?? [])]);
  const scripts = [own.fileName, ...own.imports].filter((file) => !first.has(file));
  const styles = chunks
    .filter((chunk) => scripts.includes(chunk.fileName))
    .flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]);
  return [...scripts, ...styles].map((file) => `/${file}`);
}

/**
 * Stylesheets must not hold up the first paint (the skeleton's style is inline) and must stand before those of
 * later pages, so their links become a list that the inline script of index.html turns into links again: links
 * made by a script do not block painting. The files of the request page are listed too: most people come to it
 * straight from a card, and then the inline script asks for them together with the first bundle.
 */
function stylesWithoutBlocking(): Plugin {
  return {
    name: 'styles-without-blocking',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename, bundle }) {
        if (!filename.endsWith('index.html')) return html;
        const links = [...html.matchAll(/\s*<link rel="stylesheet"[^>]*href="([^"]+)"[^>]*>/g)];
        const bare = links.reduce((text, [link]) => text.replace(link, ''), html);
        const list = links.map(([, href]) => href).join(' ');
        const detail = filesOf('DetailPage.vue', bundle ?? {}).join(' ');
        return bare.replace(
          '<!-- styles -->',
          `<meta name="styles" content="${list}" /><meta name="detail" content="${detail}" />`,
        );
      },
    },
  };
}

// What every page of every entry needs: the framework, the icons, the tokens. One chunk, one stylesheet. (Element
// Plus has an export helper of its own, which must not come along.)
const base =
  /rolldown.runtime|preload-helper|plugin-vue:export-helper|oxc-project|node_modules[\\/](@vue|vue|vue-router)[\\/]|[\\/]src[\\/]ui[\\/](tokens\.css|icons\.ts|icons-core|format|Ic\.vue|avatar|Avatar)/;

// Together whenever somebody acts on a request; the first tap on 拒绝 then waits for nothing.
const acts =
  /[\\/]src[\\/](ui[\\/](use-act|use-sheet|Sheet\.vue)|wecom[\\/]bridge|features[\\/]approvals[\\/](WordsSheet|MoreSheet))/;

const pages = ['index.html', 'phone.html', 'console.html'].filter((page) => existsSync(here(page)));

export default defineConfig({
  root: here('.'),
  plugins: [vue(), vantWithoutIconFont(), stylesWithoutBlocking()],
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
          includeDependenciesRecursively: false,
          groups: [
            { name: 'base', test: base },
            { name: 'acts', test: acts },
          ],
        },
      },
    },
  },
});
