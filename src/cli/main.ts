#!/usr/bin/env node
/** The entry of the command line: loads the program that the build put beside it, and runs it. */
import { fileURLToPath } from "node:url";
import { loadCompiled } from "./compiled-code.ts";

const program = loadCompiled(fileURLToPath(new URL("../program/run-process.cjs", import.meta.url)));
process.on("exit", program.keep);
await (program.exports as typeof import("./run-process.ts")).runProcess();
