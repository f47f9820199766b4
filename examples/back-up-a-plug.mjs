// Backs a plug up. Run: node examples/back-up-a-plug.mjs /dev/ttyUSB0
import { openSession } from "plugsmith";
import { nodeClock, nodeFiles, openLine } from "plugsmith/node";

const [port = "/dev/ttyUSB0", home = "plugs"] = process.argv.slice(2);
const line = await openLine(port);
const session = openSession({ line, clock: nodeClock, files: nodeFiles, home, tool: "my tool 1.0" });
const { path, manifest } = await session.backup();
console.log(`${manifest.mac} is safe in ${path}, SHA-256 ${manifest.sha256}`);
await session.finish("stay");
await session.close();
await line.close();
