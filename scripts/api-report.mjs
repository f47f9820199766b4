/**
 * The public surface as a reviewed file: what each entry point exports, with its declared type, in api/*.api.md.
 * Without arguments it writes the files; with --check it fails if they differ from the code.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";

const entries = {
  plugsmith: "src/index.ts",
  "plugsmith-sim": "src/sim/index.ts",
  "plugsmith-node": "src/platform/node/index.ts",
  "plugsmith-browser": "src/platform/browser/index.ts",
};

const configFile = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path));
const config = ts.parseJsonConfigFileContent(configFile.config, ts.sys, ".");
const program = ts.createProgram(Object.values(entries), config.options);
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

/** A declaration without bodies, initialisers and private members. */
function surface(node) {
  const strip = (context) => {
    const visit = (child) => {
      if (ts.isClassElement(child)) {
        const hidden = child.name !== undefined && ts.isPrivateIdentifier(child.name);
        const isPrivate = ts.getCombinedModifierFlags(child) & ts.ModifierFlags.Private;
        if (hidden || isPrivate || ts.isClassStaticBlockDeclaration(child)) return undefined;
      }
      if (ts.isBlock(child) && child.parent && ts.isFunctionLike(child.parent)) return undefined;
      if (ts.isPropertyDeclaration(child) && child.initializer && child.type) {
        const { modifiers, name, questionToken, type } = child;
        return context.factory.updatePropertyDeclaration(child, modifiers, name, questionToken, type, undefined);
      }
      return ts.visitEachChild(child, visit, context);
    };
    return (root) => ts.visitNode(root, visit);
  };
  if (ts.isVariableDeclaration(node)) {
    const type = node.type
      ? node.type.getText()
      : checker.typeToString(checker.getTypeAtLocation(node), node, ts.TypeFormatFlags.NoTruncation);
    return `const ${node.name.getText()}: ${type};`;
  }
  const result = ts.transform(node, [strip]);
  return printer.printNode(ts.EmitHint.Unspecified, result.transformed[0], node.getSourceFile());
}

let stale = false;
mkdirSync("api", { recursive: true });
for (const [name, file] of Object.entries(entries)) {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const blocks = exported
    .map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const text = (target.declarations ?? []).map(surface).join("\n");
      return `### ${symbol.name}\n\n\`\`\`ts\n${text}\n\`\`\`\n`;
    })
    .sort();
  const report = `# API of ${name}\n\nWritten by \`node scripts/api-report.mjs\`; a change here is a change to the public surface.\n\n${blocks.join("\n")}`;
  const path = `api/${name}.api.md`;
  if (process.argv.includes("--check")) {
    let current = "";
    try {
      current = readFileSync(path, "utf8");
    } catch {}
    if (current !== report) {
      stale = true;
      console.error(`${path} does not match the code: run node scripts/api-report.mjs and review the change`);
    }
  } else writeFileSync(path, report);
}
process.exitCode = stale ? 1 : 0;
