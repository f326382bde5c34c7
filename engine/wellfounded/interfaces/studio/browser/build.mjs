// Bundles what the browser runs: `node build.mjs FOLDER`. Licences of all that is inside go along.
import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const made = await build({
  entryPoints: { htmx: "htmx.js", editor: "editor.js", chart: "chart.js", drafts: "drafts.js" },
  outdir: folder,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  metafile: true,
});

const packages = new Set(
  Object.keys(made.metafile.inputs)
    .map(path => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
    .filter(Boolean),
);
const licences = [...packages].sort().map(name => {
  const root = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = readdirSync(root).find(found => /^licen[cs]e/i.test(found));
  return `${name} ${version} (${license})\n\n${readFileSync(join(root, file), "utf8").trim()}\n`;
});
writeFileSync(join(folder, "licences.txt"), licences.join(`\n${"-".repeat(78)}\n\n`));
