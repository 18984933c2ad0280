// What MathJax 3 finds and typesets: JSON [html, …] on standard input; for each, on standard output,
// [{display, tex, error}, …], error null where it typesets. The folder with node_modules/mathjax-full is
// in the environment variable POSTLINT_MATHJAX. Delimiters are those of blogs: $, \( inline, $$, \[ displayed.

import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.POSTLINT_MATHJAX, "package.json"));
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { CHTML } = require("mathjax-full/js/output/chtml.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");
require("mathjax-full/js/util/entities/all.js"); // or an entity of HTML would be loaded later

// These two show an error in colour instead of reporting it.
const packages = AllPackages.filter((name) => name !== "noerrors" && name !== "noundefined");
RegisterHTMLHandler(liteAdaptor());

function formulas(html) {
  const page = mathjax.document(`<html><body>${html}</body></html>`, {
    InputJax: new TeX({
      packages,
      inlineMath: [["$", "$"], ["\\(", "\\)"]],
      displayMath: [["$$", "$$"], ["\\[", "\\]"]],
      processEscapes: true,
    }),
    OutputJax: new CHTML(),
  });
  page.findMath();
  return [...page.math].map((item) => {
    let error = null;
    try {
      item.compile(page);
      item.root.walkTree((node) => {
        if (node.isKind("merror")) error = node.attributes.get("data-mjx-error") ?? "error";
      });
    } catch (failure) {
      error = failure.message;
    }
    return { display: item.display, tex: item.math, error };
  });
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const pages = JSON.parse(Buffer.concat(chunks).toString("utf8"));
process.stdout.write(JSON.stringify(pages.map(formulas)));
