// Bundles the page's program into the one file that the server has inside.
import { build } from "esbuild";

await build({
  entryPoints: ["console/src/main.tsx"],
  outfile: process.argv[2] ?? "console/console.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  conditions: ["browser"],
  legalComments: "none",
  charset: "utf8",
});
