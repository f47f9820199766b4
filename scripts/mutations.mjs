/** The small mistakes that mutate.mjs makes, and the probes that tell whether a test reaches their places. */
import ts from "typescript";

const { SyntaxKind: Kind } = ts;

/** An operator and what it becomes. */
const OPERATORS = new Map([
  [Kind.LessThanToken, "<="],
  [Kind.LessThanEqualsToken, "<"],
  [Kind.GreaterThanToken, ">="],
  [Kind.GreaterThanEqualsToken, ">"],
  [Kind.EqualsEqualsEqualsToken, "!=="],
  [Kind.ExclamationEqualsEqualsToken, "==="],
  [Kind.AmpersandAmpersandToken, "||"],
  [Kind.BarBarToken, "&&"],
  [Kind.PlusToken, "-"],
  [Kind.MinusToken, "+"],
]);

/** What an expression becomes, as [range that is replaced, replacement] pairs. */
function changesOf(node, source) {
  const text = node.getText(source);
  const whole = (replacement) => [node, replacement];
  if (ts.isBinaryExpression(node)) {
    const other = OPERATORS.get(node.operatorToken.kind);
    return other === undefined ? [] : [[node.operatorToken, other]];
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken) {
    return [whole(node.operand.getText(source))];
  }
  if (ts.isNumericLiteral(node)) return [whole(`(${text} + 1)`), whole(`(${text} - 1)`)];
  if (ts.isStringLiteral(node)) return node.text === "" ? [] : [whole('""')];
  if (ts.isAwaitExpression(node)) return [whole(`(${node.expression.getText(source)})`)];
  return [];
}

/** A condition of its own words, and a call whose answer nobody takes, stand for their place in the statement. */
function changesByPlace(node, source) {
  const { parent } = node;
  const isCondition =
    ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node);
  if (isCondition) return [[node, `!(${node.getText(source)})`]];
  const call = ts.isAwaitExpression(node) ? node.expression : node;
  if (ts.isExpressionStatement(parent) && ts.isCallExpression(call)) return [[node, "undefined"]];
  return [];
}

/** Not code that runs, or names that cannot be wrapped. */
function isSkipped(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

const isName = (node) => node.parent.name === node;

export function mutantsOf(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  const mutants = [];
  const visit = (node) => {
    if (isSkipped(node)) return;
    if (node.parent !== undefined && !isName(node)) {
      const changes = [...changesOf(node, source), ...changesByPlace(node, source)];
      for (const [{ end }, replacement, from] of changes.map(([part, to]) => [part, to, part.getStart(source)])) {
        const line = source.getLineAndCharacterOfPosition(from).line + 1;
        const before = text.slice(from, end).replaceAll(/\s+/g, " ");
        mutants.push({
          id: mutants.length,
          line,
          from,
          end,
          replacement,
          what: `${before.slice(0, 60)} -> ${replacement.replaceAll(/\s+/g, " ").slice(0, 64)}`,
          place: { from: node.getStart(source), end: node.end },
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

export const mutated = (text, { from, end, replacement }) => text.slice(0, from) + replacement + text.slice(end);

/** The same program, which notes in a file which places it passes. */
export function instrumented(text, mutants, hits) {
  const insertions = mutants.flatMap(({ id, place: { from, end } }) => [
    // Of places that begin together the longer is opened first, of those that end together it is closed last.
    { at: from, rank: [1, -end, id], text: `(plugsmithHit(${id}), ` },
    { at: end, rank: [0, -from, -id], text: ")" },
  ]);
  insertions.sort((a, b) => a.at - b.at || a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2]);
  let out = "";
  let at = 0;
  for (const insertion of insertions) {
    out += text.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  const probe = [
    'import { appendFileSync as plugsmithAppend } from "node:fs";',
    "const plugsmithSeen = new Set();",
    "function plugsmithHit(id) {",
    "  if (plugsmithSeen.has(id)) return;",
    "  plugsmithSeen.add(id);",
    `  plugsmithAppend(${JSON.stringify(hits)}, id + "\\n");`,
    "}",
    "",
  ];
  return probe.join(" ") + out + text.slice(at);
}
