/** The firmware model's web server on a machine of a network, over a fake core. */
import type { ScannedNetwork } from "../../src/sim/tasmota/contract.ts";
import { HttpListener } from "../../src/sim/tasmota/web/http-listener.ts";
import type { WifiTestView } from "../../src/sim/tasmota/web/pages/wifi.ts";
import { WebServer } from "../../src/sim/tasmota/web/web-server.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { Lan } from "../../src/sim/world/network/lan.ts";
import type { Stream } from "../../src/sim/world/network/stream.ts";
import { fakeTasmota } from "./fake-tasmota.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const NETWORKS: readonly ScannedNetwork[] = [
  { ssid: "Home <1>", bssid: "02:11:22:33:44:01", channel: 6, signalDbm: -55, encryption: "WPA2/PSK" },
  { ssid: "Other", bssid: "02:11:22:33:44:02", channel: 11, signalDbm: -67, encryption: "WPA2/PSK" },
];

/** Its core is a fake that notes what is asked of it; `open` and `get` ask as another machine of its network does. */
export function plug({
  options = [],
  networks = NETWORKS,
}: {
  readonly options?: readonly (readonly [number, number])[];
  readonly networks?: readonly ScannedNetwork[];
} = {}) {
  const clock = new SimClock();
  const lan = new Lan(clock);
  const fake = fakeTasmota(clock, {});
  fake.texts.set("SSID1", "Home");
  fake.options.set(128, 1);
  fake.options.set(3, 1);
  for (const [option, value] of options) fake.options.set(option, value);
  const wifi = {
    test: { state: "idle" } as WifiTestView,
    resetOnly: false,
    tests: [] as string[][],
    seen: 0,
    scan: (done: (networks: readonly ScannedNetwork[]) => void) =>
      void clock.at(clock.now + 2.1e6, () => done(networks)),
    startTest: (ssid: string, password: string) => void wifi.tests.push([ssid, password]),
    outcomeSeen: () => void wifi.seen++,
    pageViewed: () => {},
  };
  const server = new WebServer(fake.core, wifi, 2);
  const machine = lan.join({ name: "plug" });
  const listener = new HttpListener(machine, {
    clock,
    turnUs: () => 50_000,
    busyUntil: () => 0,
    server: "Tasmota/15.2.0.2 (ESP8285N08)",
    handle: (request, reply) => server.handle(request, reply),
  });
  const client = lan.join({ name: "client" });

  /** Opens a connection, sends what is given, and tells what comes back and when it closed, in ms from opening. */
  function open(sent: string) {
    const start = clock.now;
    const result = {
      text: "",
      answeredAt: Number.NaN,
      closedAt: Number.NaN,
      stream: undefined as Stream | undefined,
      send: (more: string) => result.stream!.write(encode(more)),
    };
    client.connect(machine.address, 80, {
      connected: (stream) => {
        result.stream = stream;
        stream.listen({
          data: (bytes) => {
            result.text += new TextDecoder().decode(bytes);
            result.answeredAt = (clock.now - start) / 1000;
          },
          end: () => {
            result.closedAt = (clock.now - start) / 1000;
            stream.end();
          },
        });
        if (sent !== "") stream.write(encode(sent));
      },
      failed: (why) => {
        result.text = why;
      },
    });
    return result;
  }

  function get(target: string, headers = "", method = "GET") {
    const result = open(`${method} ${target} HTTP/1.1\r\nHost: ${machine.address}\r\n${headers}\r\n`);
    clock.runInternal(clock.now + 5e6);
    return result;
  }

  /** A file, as a browser's form sends it. */
  function upload(target: string, content: string, headers = "", name = "f.bin") {
    const form =
      `--B\r\nContent-Disposition: form-data; name="u2"; filename="${name}"\r\n` +
      `Content-Type: application/octet-stream\r\n\r\n${content}\r\n--B--\r\n`;
    const type = "Content-Type: multipart/form-data; boundary=B\r\n";
    const result = open(
      `POST ${target} HTTP/1.1\r\nHost: x\r\n${headers}${type}Content-Length: ${form.length}\r\n\r\n${form}`,
    );
    clock.runInternal(clock.now + 3e6);
    return result;
  }

  function body(text: string): string {
    let rest = text.slice(text.indexOf("\r\n\r\n") + 4);
    let whole = "";
    for (;;) {
      const line = /^([0-9a-f]+)\r\n/.exec(rest);
      const size = Number.parseInt(line?.[1] ?? "0", 16);
      if (line === null || size === 0) return whole;
      whole += rest.slice(line[0].length, line[0].length + size);
      rest = rest.slice(line[0].length + size + 2);
    }
  }

  return { ...fake, clock, lan, server, listener, wifi, machine, open, get, upload, body, fake };
}
