/** The workbench as a person starts it: `plugsmith ui` from the built files, with a home of its own. And the same pages as a static site. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { freePort } from "../../support/free-port.ts";

const PROGRAM = join("dist", "cli", "main.js");

export interface WorkbenchServer {
  readonly home: string;
  /** "http://127.0.0.1:PORT/" */
  readonly address: string;
  readonly process: ChildProcess;
  /** A start file that was not used yet, made by running the command once more. */
  startFile(): Promise<string>;
  /** Ends the process and leaves the home. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** @param at a home and a port, to start it again where it was. */
export async function startWorkbench(
  at: { readonly home?: string; readonly port?: number } = {},
): Promise<WorkbenchServer> {
  const home = at.home ?? (await mkdtemp(join(tmpdir(), "plugsmith-ui-")));
  const port = at.port ?? (await freePort());
  const child = spawn(process.execPath, [PROGRAM, "ui", "--no-open", "--port", String(port), "--home", home, "--json"]);
  let said = "";
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString();
  });
  while (!said.includes("The workbench runs at")) {
    await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    if (child.exitCode !== null) throw new Error(`plugsmith ui ended: ${said}`);
  }
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return {
    home,
    address: `http://127.0.0.1:${port}/`,
    process: child,
    startFile: async () => {
      const again = spawn(process.execPath, [PROGRAM, "ui", "--no-open", "--home", home, "--json"], {
        stdio: "ignore",
      });
      await once(again, "exit");
      const folder = join(home, "workbench");
      const files = (await readdir(folder)).filter((name) => name.startsWith("start-")).sort();
      return join(folder, files.at(-1) ?? "");
    },
    kill,
    close: async () => {
      await kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export interface Site {
  readonly address: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** The built pages under a path, as a server of static files gives them: no header of its own but the type. */
export async function serveStatic(path = "/some/where/"): Promise<Site> {
  const server = createServer((request, response) => {
    const name = (request.url ?? "").split("?")[0]!.slice(path.length) || "index.html";
    readFile(join("dist", "web", name)).then(
      (bytes) =>
        response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(bytes),
      () => response.writeHead(404).end(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
