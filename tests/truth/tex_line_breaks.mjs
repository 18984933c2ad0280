// How many lines MathJax 3 is asked to begin outside of rows, for tests/post/test_tex_truth.py:
//
//   POSTLINT_MATHJAX=folder-with-node_modules node tests/truth/tex_line_breaks.mjs < formulas.json > counts.json
//
// Reads a list of TeX and writes for each how many spaces that are to break a line its tree has. MathJax 3
// sets such a space as one without width.
import { createRequire } from "node:module";

const require = createRequire(process.env.POSTLINT_MATHJAX + "/");
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { CHTML } = require("mathjax-full/js/output/chtml.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");
const { STATE } = require("mathjax-full/js/core/MathItem.js");

RegisterHTMLHandler(liteAdaptor());
const page = mathjax.document("", { InputJax: new TeX({ packages: AllPackages }), OutputJax: new CHTML() });

function breaks(tex) {
  let count = 0;
  page.convert(tex, { display: true, end: STATE.COMPILED }).walkTree((node) => {
    if (node.isKind("mspace") && node.attributes.get("linebreak") === "newline") count += 1;
  });
  return count;
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
console.log(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString("utf8")).map(breaks)));
