/** The workbench's pages: one build, served by `plugsmith ui` and as a static site under any path. */
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./src/web/content-security-policy.ts";

/** Elsewhere than in dist/web for scripts/build-web.mjs. */
const place = process.env["PLUGSMITH_WEB_DIR"] ?? "dist/web";

export default defineConfig({
  root: "src/web",
  base: "./",
  publicDir: "public",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [
    {
      name: "policy-of-a-site-without-a-server",
      transformIndexHtml: (page) => page.replace("%CONTENT_SECURITY_POLICY%", contentSecurityPolicy("meta")),
    },
  ],
  worker: {
    format: "es",
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => id.endsWith("/worker.ts") } },
  },
  build: {
    outDir: `../../${place}`,
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: "src/web/index.html", start: "src/web/start.html" },
      // An entry of a layer passes on more than a page uses.
      treeshake: { moduleSideEffects: (id) => /src\/web\/(main|start)\.tsx?$|\.css$|\.html|@preact\/signals/.test(id) },
    },
  },
});
