/** A serial server that is in use by another client, as commands report it where nobody is there to free it. */
import { createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";

/** What servers do with a second client: ser2net 4 says so (dataxfer.c, "Port already in use"), others hang up. */
const REFUSALS: Readonly<Record<string, (socket: Socket) => void>> = {
  "hangs up": (socket) => void socket.end(),
  "says that it is in use": (socket) => void socket.end("Port already in use\r\n"),
  "resets the connection": (socket) => void socket.resetAndDestroy(),
};

let refuse: (socket: Socket) => void = () => {};
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on("error", () => {});
    refuse(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => server.close());

const CASES = ["info", "backup", "doctor", "status", "monitor"].flatMap((command) =>
  Object.keys(REFUSALS).map((refusal) => [command, refusal] as const),
);

test.each(CASES)(
  "%s at a server that %s ends with port-busy, exit 12, and names the port",
  async (command, refusal) => {
    refuse = REFUSALS[refusal]!;
    const terminal = new FakeTerminal();
    const argv = [command, "--port", `rfc2217://127.0.0.1:${port}`, "--no-input", "--json"];
    const exit = await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
    const result: unknown = JSON.parse(terminal.stdout.trim().split("\n").at(-1)!);
    expect(result).toMatchObject({ type: "result", ok: false, error: { code: "port-busy" } });
    expect(JSON.stringify(result)).toContain(`127.0.0.1:${port}`);
    expect(exit).toBe(12);
  },
);
