/**
 * The mutants of a source file, and the one program that holds them all: each place asks at run time whether its mutant is
 * switched on, so a file is compiled once however many mutants it has.
 */
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

/** The mutants by place; the places are nodes of one tree, so of any two the one holds the other or they are apart. */
function placesOf(mutants) {
  const places = new Map();
  for (const mutant of mutants) {
    const { from, end } = mutant.place;
    const key = `${from}-${end}`;
    if (!places.has(key)) places.set(key, { from, end, mutants: [] });
    places.get(key).mutants.push(mutant);
  }
  return [...places.values()];
}

const isLoop = (node) =>
  ts.isForStatement(node) ||
  ts.isWhileStatement(node) ||
  ts.isDoStatement(node) ||
  ts.isForInStatement(node) ||
  ts.isForOfStatement(node);

/** Where each loop counts its rounds. */
function ticksOf(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  const ticks = [];
  const insert = (at, code) => ticks.push({ from: at, end: at, code });
  const visit = (node) => {
    if (isLoop(node)) {
      const body = node.statement;
      if (ts.isBlock(body)) insert(body.getStart(source) + 1, " $t();");
      else {
        insert(body.getStart(source), "{ $t(); ");
        insert(body.end, " }");
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return ticks;
}

function variant(text, { place, from, end, replacement }) {
  return `(${text.slice(place.from, from)}${replacement}${text.slice(end, place.end)})`;
}

/** The program with a switch `$m(id)` at the place of each mutant and a count of rounds `$t()` in each loop. */
export function switched(name, text, mutants) {
  // What is inserted at the beginning of a place stands before it; of two places the outer one comes first.
  const parts = [...placesOf(mutants), ...ticksOf(name, text)].sort(
    (a, b) => a.from - b.from || (b.code === undefined ? 0 : 1) - (a.code === undefined ? 0 : 1) || b.end - a.end,
  );
  let next = 0;
  const render = (from, end) => {
    let out = "";
    let at = from;
    while (next < parts.length && parts[next].end <= end) {
      const part = parts[next++];
      out += text.slice(at, part.from);
      if (part.code === undefined) {
        const switches = part.mutants.map((each) => `$m(${each.id}) ? ${variant(text, each)} : `);
        out += `(${switches.join("")}(${render(part.from, part.end)}))`;
      } else {
        out += part.code;
      }
      at = part.end;
    }
    return out + text.slice(at, end);
  };
  return render(0, text.length);
}
