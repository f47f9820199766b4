import { expect, test } from "vitest";
import { programName, type Start, withProgram } from "./program-name.ts";

const CHECKOUT = "/home/ann/plugsmith";

function start(change: Partial<Start>, ...files: readonly string[]): Start {
  const script = `${CHECKOUT}/dist/cli/main.js`;
  return { script, cwd: CHECKOUT, platform: "linux", env: {}, exists: (path) => files.includes(path), ...change };
}

test.each<[how: string, expected: string, Start]>([
  ["by npx", "npx plugsmith", start({ cwd: "/tmp", env: { npm_command: "exec" } })],
  ["by an npm script of the checkout", "npx plugsmith", start({}, `${CHECKOUT}/dist/cli/main.js`)],
  [
    "in a folder below the checkout",
    "npx plugsmith",
    start({ cwd: `${CHECKOUT}/docs` }, `${CHECKOUT}/dist/cli/main.js`),
  ],
  [
    "installed in a project",
    "npx plugsmith",
    start({ cwd: "/home/ann/app" }, "/home/ann/app/node_modules/.bin/plugsmith"),
  ],
  [
    "installed on the PATH",
    "plugsmith",
    start({ cwd: "/tmp", env: { PATH: "/usr/local/bin" } }, "/usr/local/bin/plugsmith"),
  ],
  [
    "on the PATH that npm made for its script alone",
    "npx plugsmith",
    start(
      { env: { PATH: `${CHECKOUT}/node_modules/.bin:/usr/bin` } },
      `${CHECKOUT}/node_modules/.bin/plugsmith`,
      `${CHECKOUT}/dist/cli/main.js`,
    ),
  ],
  ["by its file, from another folder", `node ${CHECKOUT}/dist/cli/main.js`, start({ cwd: "/tmp" })],
  [
    "by its file in a folder with a blank",
    'node "/home/ann/my plugs/dist/cli/main.js"',
    start({ cwd: "/tmp", script: "/home/ann/my plugs/dist/cli/main.js" }),
  ],
])("started %s, its command lines begin with %s", (_, expected, how) => {
  expect(programName(how)).toBe(expected);
});

test.each([
  ["See what is there with: plugsmith ports.", "See what is there with: npx plugsmith ports."],
  ["Look with `plugsmith find`, or give its --address.", "Look with `npx plugsmith find`, or give its --address."],
  ["npx plugsmith setup, then npx plugsmith calibrate", "npx plugsmith setup, then npx plugsmith calibrate"],
  ["See plugsmith --help.", "See npx plugsmith --help."],
  [
    "or leave out --baud: plugsmith then finds a rate itself",
    "or leave out --baud: plugsmith then finds a rate itself",
  ],
  [
    "plugsmith finder, /opt/plugsmith find, my-plugsmith find",
    "plugsmith finder, /opt/plugsmith find, my-plugsmith find",
  ],
])("%s", (text, expected) => {
  expect(withProgram(text, "npx plugsmith", ["ports", "find", "setup", "calibrate"])).toBe(expected);
});
