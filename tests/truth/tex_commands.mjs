// Makes postlint/data/tex_commands.yml from MathJax's own maps:
//
//   POSTLINT_MATHJAX=folder-with-node_modules node tests/truth/tex_commands.mjs > postlint/data/tex_commands.yml
//
// Each command is put under what postlint/post/tex/commands.py does with it. What MathJax makes of it
// (a symbol, an operator that takes \limits, one whose scripts move) is tried out on MathJax itself.
import { createRequire } from "node:module";
import { convert, newJax } from "./tex_errors.mjs";

const require = createRequire(process.env.POSTLINT_MATHJAX + "/");
const folder = "mathjax-full/js/input/tex/";
const { AllPackages } = require(folder + "AllPackages.js");
const { version } = require("mathjax-full/package.json");

const METHOD_MODULES = [
  "base/BaseMethods", "ams/AmsMethods", "amscd/AmsCdMethods", "braket/BraketMethods",
  "bussproofs/BussproofsMethods", "color/ColorMethods", "html/HtmlMethods", "mathtools/MathtoolsMethods",
  "newcommand/NewcommandMethods", "textmacros/TextMacrosMethods", "action/ActionConfiguration",
  "bbox/BboxConfiguration", "boldsymbol/BoldsymbolConfiguration", "cancel/CancelConfiguration",
  "cases/CasesConfiguration", "empheq/EmpheqConfiguration", "enclose/EncloseConfiguration",
  "extpfeil/ExtpfeilConfiguration", "unicode/UnicodeConfiguration", "verb/VerbConfiguration",
];

// What the methods that only read arguments read, and what they make: see commands.py.
const SIGNATURES = {
  "> symbol": "Insert NArrow EmpheqMO Tilde CenterColon Spacer Strut Bar Relation",
  "> style": "SetStyle SetSize",
  "> nothing": "SetFont FCenter",
  "> function": "NamedFn",
  "> moving": "NamedOp",
  "m > atom": "MathFont Accent Phantom Lap MathMBox",
  "m > itself": "Boldsymbol",
  "om > atom": "Cramped MathLap Smash",
  "om > symbol": "Cancel",
  "im > symbol": "xArrow",
  "t > symbol": "HBox MtLap FBox",
  "oot > symbol": "FrameBox",
  "oom > atom": "MathMakeBox",
  "oom > moving-atom": "UnderOverBracket",
  "d > symbol": "Hskip",
  "d > nothing": "minCDarrowwidth minCDarrowheight",
  "ddd > symbol": "Rule",
  "odd > symbol": "rule",
  "b > symbol": "MakeBig",
  "l > symbol": "EmpheqDelim",
  "a > symbol": "HandleRef Machine",
  "am > itself": "Href Class Style Id",
  "mm > symbol": "SplitFrac Mathtip CenterOver",
  "mmm > moving-atom": "SideSet",
  "mmmm > symbol": "MathChoice",
  "aom > symbol": "Enclose",
  "omm > symbol": "CancelTo",
  SetLine: "RootAtTop",
};
const signatureOf = new Map(
  Object.entries(SIGNATURES).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])),
);

// MathJax's substitution macros that take arguments, said in fewer words where only the look differs.
const MACROS = {
  substack: "\\begin{subarray}{c}#1\\end{subarray}",
  crampedsubstack: "\\begin{crampedsubarray}{c}#1\\end{crampedsubarray}",
  MoveEqLeft: "{}&{}",
  boxed: "\\fbox{$#1$}",
  bra: "{\\langle{#1}\\vert}",
  ket: "{\\vert{#1}\\rangle}",
  Bra: "{\\left\\langle{#1}\\right\\vert}",
  Ket: "{\\left\\vert{#1}\\right\\rangle}",
  ketbra: "{\\vert{#1}\\rangle\\langle{#2}\\vert}",
  Ketbra: "{\\left\\vert{#1}\\right\\rangle\\left\\langle{#2}\\right\\vert}",
  centernot: "\\centerOver{#1}{/}",
  pmod: "{}(\\quad #1)",
  mod: "{}\\quad\\,#1",
  pod: "{}(#1)",
  pmb: "\\rlap{#1}{#1}",
  texttip: "\\mathtip{#1}{\\text{#2}}",
  stackrel: "\\mathrel{\\mathop{#2}\\limits^{#1}}",
  stackbin: "\\mathbin{\\mathop{#2}\\limits^{#1}}",
  skew: "{{#2{#3\\mkern#1mu}\\mkern-#1mu}{}}",
};

// Packages that are loaded by name beside these, and bring no commands that the tables below lack.
const BESIDE =
  "autoload colorv2 require setoptions amsmath amssymbols safe tex2jax mml2jax asciimath2jax jsmath2jax" +
  " mathmenu mathzoom mathevents chtml-preview fast-preview assistivemml a11y";

const methodNames = new Map();
for (const file of METHOD_MODULES) {
  for (const space of Object.values(require(folder + file + ".js"))) {
    for (const [name, method] of Object.entries(space ?? {})) {
      if (typeof method === "function" && !methodNames.has(method)) methodNames.set(method, name);
    }
  }
}

const jax = newJax();
const mapped = (kind) => {
  const found = new Map();
  for (const { item } of jax.parseOptions.handlers.get(kind)._configuration) {
    for (const [key, value] of item.map ?? []) {
      const isDelimiter = item.constructor.name === "DelimiterMap";
      if (kind === "macro" && isDelimiter && !key.startsWith("\\")) continue;
      const name = kind === "macro" && isDelimiter ? key.slice(1) : key;
      if (!found.has(name)) found.set(name, value);
    }
  }
  return found;
};

const kindOf = (name, value) => {
  if (!value._func) return "> symbol";
  const method = methodNames.get(value._func) ?? (value._func.name || "Machine");
  const args = value._args;
  if (name in MACROS) return "";
  if (method === "Macro") return "> symbol";
  if (method === "UnderOver") return args[1] ? "m > moving-atom" : "m > atom";
  if (method === "TeXAtom") return name === "mathop" ? "m > mathop" : "m > atom";
  if (method === "Genfrac") return name === "genfrac" ? "Genfrac" : "mm > symbol";
  if (method === "Inference" || method === "InferenceF") return `${method} ${args[0]}`;
  if (method === "CrLaTeX") return args.length ? "NewLine" : "CrLaTeX";
  if (method === "Matrix") return name === "cases" ? "Matrix cases" : "Matrix";
  if (method === "Limits") return args[0] ? "Limits on" : "Limits off";
  return signatureOf.get(method) ?? method;
};

const tried = (name, kind) => {
  if (kind !== "> symbol") return kind;
  const typesets = (tex) => convert(jax, `\\${name} ${tex}`, true) === null;
  if (!typesets("\\limits_a")) return kind;
  if (!typesets("_a^b'")) return "> operator";
  return convert(jax, `x_\\${name} y`, true) === null ? "> moving" : "> mathop";
};

const environmentKind = (name, value) => {
  const method = methodNames.get(value._func) ?? value._func.name;
  if (method === "Array") return value._args[3] ? "Array" : "ArrayColumns";
  if (method === "MtSmallMatrix") return name.endsWith("*") ? "MtMatrix" : "Array";
  return method;
};

const grouped = (map, kind) => {
  const groups = {};
  for (const [name, value] of map) {
    if (!name.trim()) continue;
    const key = kind(name, value);
    if (key) (groups[key] ??= []).push(name);
  }
  return groups;
};

const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;
const wrapped = (names, indent) => {
  const lines = [];
  for (const name of [...names].sort()) {
    if (lines.length && lines.at(-1).length + name.length < 100) lines.push(lines.pop() + " " + name);
    else lines.push(indent + name);
  }
  return lines.join("\n");
};
const section = (groups) =>
  Object.keys(groups).sort().map((key) => `  ${quoted(key)}: >-\n${wrapped(groups[key], "    ")}`).join("\n");

console.log(`# What MathJax 3 knows, by what postlint/post/tex/commands.py does with it.
# Made by tests/truth/tex_commands.mjs from MathJax's own maps; not to be edited by hand.
source: "mathjax-full ${version}, js/input/tex/AllPackages.js, without noerrors and noundefined"
date: ${new Date().toISOString().slice(0, 10)}

commands:
${section(grouped(mapped("macro"), (name, value) => tried(name, kindOf(name, value))))}

macros:
${Object.entries(MACROS).map(([name, body]) => `  ${quoted(name)}: ${quoted(body)}`).join("\n")}

environments:
${section(grouped(mapped("environment"), environmentKind))}

delimiters: >-
${wrapped(mapped("delimiter").keys(), "  ")}

packages: >-
${wrapped([...AllPackages, ...BESIDE.split(" ")], "  ")}`);
