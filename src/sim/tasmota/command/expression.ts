/**
 * Arithmetic as rules and variables know it: + - * / % ^, brackets, variables; single precision all through.
 * Source: Tasmota tasmota_xdrv_driver/xdrv_10_rules.ino (evaluateExpression, findNextObjectValue, calculateTwoValues).
 */
import { decimalOf } from "./payload.ts";

/** Value of a name in upper case ("VAR1", "UPTIME"), or undefined for one that is none. */
export type NamedValue = (name: string) => number | undefined;

const PRIORITIES: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "%": 3, "^": 4 };
const HIGHEST_PRIORITY = 4;
const MOST_OPERATORS = 20;
/** High word of the double that FastPrecisePow counts fractions from. */
const FRACTION_BASE = 1_072_632_447;
const f = Math.fround;

function calculate(a: number, operator: string, b: number): number {
  switch (operator) {
    case "+":
      return f(a + b);
    case "-":
      return f(a - b);
    case "*":
      return f(a * b);
    case "/":
      return b === 0 ? 0 : f(a / b);
    case "%":
      return b === 0 || Math.trunc(b) === 0 ? 0 : Math.trunc(a) % Math.trunc(b);
    default:
      return f(approximatePower(a, b));
  }
}

/** FastPrecisePow: the high word of a double carries the exponent's fraction, so 2^3 is 7.768. */
function approximatePower(a: number, b: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, a);
  const whole = Math.abs(Math.trunc(b));
  view.setInt32(0, (b - whole) * (view.getInt32(0) - FRACTION_BASE) + FRACTION_BASE);
  view.setInt32(4, 0);
  let result = 1;
  let square = a;
  for (let exponent = whole; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result *= square;
    square *= square;
  }
  return result * view.getFloat64(0);
}

/** An operand at the front of the text, and what is left behind it. */
function operand(text: string, named: NamedValue): { readonly value: number; readonly rest: string } | undefined {
  const front = text.trimStart();
  const number = /^-?[\d.]*/.exec(/^[\d-]/.test(front) ? front : "")![0];
  if (number !== "") return { value: decimalOf(number), rest: front.slice(number.length) };
  const name = /^[A-Za-z][A-Za-z0-9]*/.exec(front)?.[0];
  if (name !== undefined) {
    const value = named(name.toUpperCase());
    return value === undefined ? undefined : { value, rest: front.slice(name.length) };
  }
  const end = front.startsWith("(") ? closingBracket(front) : undefined;
  if (end === undefined) return undefined;
  return { value: evaluate(front.slice(1, end), named), rest: front.slice(end + 1) };
}

function closingBracket(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  return undefined;
}

/** What cannot be read ends the expression; without a first operand it is 0. */
export function evaluate(expression: string, named: NamedValue): number {
  const first = operand(expression, named);
  if (first === undefined) return 0;
  const values = [first.value];
  const operators: string[] = [];
  let { rest } = first;
  for (;;) {
    const operator = rest.trimStart()[0];
    if (operator === undefined || !(operator in PRIORITIES)) break;
    const next = operand(rest.trimStart().slice(1), named);
    if (next === undefined) break;
    operators.push(operator);
    values.push(next.value);
    rest = next.rest;
    if (operators.length >= MOST_OPERATORS) return 0;
  }
  for (let priority = HIGHEST_PRIORITY; priority > 0; priority--) {
    for (let i = 0; i < operators.length; ) {
      if (PRIORITIES[operators[i]!] !== priority) {
        i++;
        continue;
      }
      values.splice(i, 2, calculate(values[i]!, operators[i]!, values[i + 1]!));
      operators.splice(i, 1);
    }
  }
  return values[0]!;
}
