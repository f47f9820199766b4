/** Somebody's HTTP server on loopback, which keeps every byte that it is sent. */
import { createServer, type Socket } from "node:net";
import { spellingsOf } from "../../src/core/tasmota/redact.ts";

export interface RecordingHost {
  /** "127.0.0.1:PORT". */
  readonly address: string;
  /** Raw requests in order. */
  readonly requests: string[];
  /** Whether any request carried this secret in any spelling, or credentials at all. */
  hasLearnt(secret: string): boolean;
  close(): Promise<void>;
}

export interface HostAnswer {
  readonly status: string;
  readonly server?: string | undefined;
  readonly body: string;
}

export const TASMOTA = "Tasmota/15.2.0 (ESP8285N08)";

/** What a locked Tasmota answers to /cm without a password (xdrv_01_9_webserver.ino, HandleHttpCommand). */
export const LOCKED: HostAnswer = {
  status: "401 Unauthorized",
  server: TASMOTA,
  body: '{"WARNING":"Need user=<username>&password=<password>"}',
};

/** Status 5 of an open plug, as far as it matters here (support_command.ino, CmndStatus). */
export const openPlug = (mac: string): HostAnswer => ({
  status: "200 OK",
  server: TASMOTA,
  body: JSON.stringify({ StatusNET: { Hostname: "plug", IPAddress: "127.0.0.1", Mac: mac, WifiConfig: 4 } }),
});

/** What another device's page looks like. */
export const ROUTER: HostAnswer = { status: "200 OK", server: "lighttpd", body: "<html>Router</html>" };

export async function recordingHost(answer: HostAnswer, host = "127.0.0.1"): Promise<RecordingHost> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      requests.push(chunk.toString("latin1"));
      const { status, server: name, body } = answer;
      const header = name === undefined ? "" : `Server: ${name}\r\n`;
      socket.end(`HTTP/1.1 ${status}\r\n${header}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const bound = server.address();
  return {
    address: `${host}:${typeof bound === "object" ? bound?.port : ""}`,
    requests,
    hasLearnt: (secret) =>
      requests.some(
        (each) => /^authorization:/im.test(each) || spellingsOf(secret).some((spelling) => each.includes(spelling)),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
