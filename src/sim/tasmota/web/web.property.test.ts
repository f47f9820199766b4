import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeTasmota } from "../../../../test/support/fake-tasmota.ts";
import { SimClock } from "../../world/clock.ts";
import { Lan } from "../../world/network/lan.ts";
import { HttpListener } from "./http-listener.ts";
import { WebServer } from "./web-server.ts";

/** A plug whose Wi-Fi test remembers what it was given. */
function plug() {
  const clock = new SimClock();
  const lan = new Lan(clock);
  const fake = fakeTasmota(clock, {});
  fake.network.managerActive = true;
  const tests: string[][] = [];
  const server = new WebServer(
    fake.core,
    {
      scan: (done) => done([]),
      test: { state: "idle" },
      startTest: (ssid, password) => void tests.push([ssid, password]),
      outcomeSeen: () => {},
      pageViewed: () => {},
      resetOnly: false,
    },
    2,
  );
  const machine = lan.join({ name: "plug" });
  const listener = new HttpListener(machine, {
    clock,
    turnUs: () => 50_000,
    busyUntil: () => 0,
    server: "Tasmota",
    handle: (request, reply) => server.handle(request, reply),
  });
  /** Sends the bytes in pieces, 10 ms apart, and returns the whole answer. */
  const send = (bytes: Uint8Array, cuts: readonly number[]): string => {
    let answer = "";
    lan.join({ name: "client" }).connect(machine.address, 80, {
      connected: (stream) => {
        stream.listen({
          data: (chunk) => {
            answer += new TextDecoder().decode(chunk);
          },
          end: () => stream.end(),
        });
        const ends = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort((a, b) => a - b);
        for (const [i, end] of ends.entries()) {
          const piece = bytes.slice(ends[i - 1] ?? 0, end);
          clock.at(clock.now + i * 10_000, () => stream.write(piece));
        }
      },
      failed: () => {},
    });
    clock.runInternal(clock.now + 5e6);
    return answer;
  };
  return { tests, send, listener, fake };
}

const request = (target: string): Uint8Array =>
  new TextEncoder().encode(`GET ${target} HTTP/1.1\r\nHost: 192.168.4.1\r\nX: y\r\n\r\n`);

test("every name and password that is percent-encoded arrives as it was, however the request is cut", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 32 });
  const cuts = fc.array(fc.nat(500), { maxLength: 5 });
  fc.assert(
    fc.property(text, text, cuts, (ssid, password, at) => {
      const { tests, send } = plug();
      send(request(`/wi?s1=${encodeURIComponent(ssid)}&p1=${encodeURIComponent(password)}&save=`), at);
      expect(tests).toEqual([[ssid.slice(0, 150), password.slice(0, 150)]]);
    }),
    { numRuns: 60 },
  );
});

test("no bytes whatever make the server fail or stop serving", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.array(fc.nat(300), { maxLength: 3 }),
      (junk, cuts) => {
        const { send, fake } = plug();
        send(junk, cuts);
        // Half-sent headers block for ten seconds; then the next one is served.
        for (let i = 0; i < 3; i++) send(request("/cm?cmnd=Power"), []);
        expect(fake.commands.at(-1)).toBe("web: Power");
      },
    ),
    { numRuns: 40 },
  );
});
