// What MathJax 3 says of formulas, for tests/post/test_tex_truth.py:
//
//   POSTLINT_MATHJAX=folder-with-node_modules node tests/truth/tex_errors.mjs < pages.json > errors.json
//
// Reads a list of pages, each a list of [display, tex], and writes for each formula its error as
// [id, message], or null. What a formula defines holds for those behind it on its page. All packages are
// there but noerrors and noundefined, which would hide errors from us though not from a reader.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.POSTLINT_MATHJAX + "/");
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { CHTML } = require("mathjax-full/js/output/chtml.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");
const { STATE } = require("mathjax-full/js/core/MathItem.js");

RegisterHTMLHandler(liteAdaptor());
const pages = new WeakMap();

export function newJax() {
  const jax = new TeX({
    packages: AllPackages.filter((name) => name !== "noerrors" && name !== "noundefined"),
    formatError: (_, error) => {
      throw error;
    },
  });
  pages.set(jax, mathjax.document("", { InputJax: jax, OutputJax: new CHTML() }));
  return jax;
}

export function convert(jax, tex, display) {
  try {
    pages.get(jax).convert(tex, { display, end: STATE.COMPILED });
    return null;
  } catch (error) {
    return [error.id ?? "crash", error.message];
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const found = JSON.parse(Buffer.concat(chunks).toString("utf8")).map((page) => {
    const jax = newJax();
    return page.map(([display, tex]) => convert(jax, tex, display));
  });
  console.log(JSON.stringify(found));
}
