/** `npm run test:hardware`: the conformance suite on a real plug. See docs/hardware.md. */
import { spawn } from "node:child_process";
import { join } from "node:path";

if (!process.env.PLUGSMITH_PORT) {
  console.error("Set PLUGSMITH_PORT to the port the plug is at, for example:");
  console.error("  PLUGSMITH_PORT=/dev/ttyUSB0 npm run test:hardware");
  console.error("It reads only. To write, restore and prove one sector as well, give the plug's own MAC:");
  console.error("  PLUGSMITH_HARDWARE_WRITE=c4:4f:33:a1:b2:12 PLUGSMITH_PORT=/dev/ttyUSB0 npm run test:hardware");
  console.error("docs/hardware.md tells how to wire a plug and what to send.");
  process.exit(2);
}
const vitest = spawn(join("node_modules", ".bin", "vitest"), ["run", "--project", "hardware"], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
vitest.on("close", (code) => {
  process.exitCode = code ?? 1;
});
