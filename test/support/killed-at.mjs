/**
 * Loaded before a program (`node --import`): kills its process, as kill -9 does, when it is about to make its n-th change
 * on the disk, n in PLUGSMITH_KILLED_AT. Without it, tells at the end on standard error how many there were.
 */
import fs from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const doomed = Number(process.env["PLUGSMITH_KILLED_AT"] ?? Number.NaN);
let changes = 0;

function counted(holder, name) {
  const real = holder[name];
  holder[name] = function (...args) {
    if (changes++ === doomed) process.kill(process.pid, "SIGKILL");
    return real.apply(this, args);
  };
}

const handle = await promises.open(process.execPath, "r");
const handles = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ["write", "sync", "truncate"]) counted(handles, name);
for (const name of ["open", "rename", "rm", "mkdir"]) counted(promises, name);
counted(fs, "writeSync");
syncBuiltinESMExports();
if (Number.isNaN(doomed)) process.on("exit", () => process.stderr.write(`changes: ${changes}\n`));
