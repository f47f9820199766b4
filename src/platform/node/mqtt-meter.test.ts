import { createServer } from "node:net";
import { expect, test } from "vitest";
import { createNodeMqtt } from "./mqtt.ts";
import { MqttMeter } from "./mqtt-meter.ts";
import { nodeClock } from "./system.ts";

const PUBLISH = 0x30;

/** A packet's fixed header: its type, and its length in groups of seven bits (MQTT 3.1.1, section 2.2.3). */
function header(length: number): number[] {
  const bytes: number[] = [];
  let rest = length;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return [PUBLISH, ...bytes];
}

test.each([
  [0, true],
  [1, true],
  [127, true],
  [128, true],
  [16_384, true],
  [262_144, true],
  [262_145, false],
  [268_435_455, false],
])("a packet of %s bytes fits: %s, however its bytes are split", (length, fits) => {
  const bytes = Uint8Array.from([...header(length), ...new Uint8Array(Math.min(length, 1000))]);
  expect(new MqttMeter().fits(bytes)).toBe(fits);
  const split = new MqttMeter();
  expect([...bytes].every((byte) => split.fits(Uint8Array.of(byte)))).toBe(fits);
});

test("many packets fit one after the other, and a length of five bytes never does", () => {
  const meter = new MqttMeter();
  for (let i = 0; i < 100; i++)
    expect(meter.fits(Uint8Array.from([...header(300), ...new Uint8Array(300)]))).toBe(true);
  expect(new MqttMeter().fits(Uint8Array.of(PUBLISH, 0x80, 0x80, 0x80, 0x80, 0x01))).toBe(false);
});

test("a flood of small packets has an end", () => {
  const meter = new MqttMeter();
  const flood = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i % 2 === 0 ? PUBLISH : 0));
  let taken = 0;
  while (meter.fits(flood)) taken++;
  expect(taken).toBe(32);
});

test("a broker that announces a huge message is left at once", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    // CONNACK, accepted; then the beginning of 200 MiB.
    socket.once("data", () => socket.write(Uint8Array.of(0x20, 2, 0, 0)));
    setImmediate(() => socket.once("data", () => socket.write(Uint8Array.from(header(200 * 1024 * 1024)))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  try {
    // A clock that stands still: patience at its end would be the same error.
    const connection = await createNodeMqtt({ ...nodeClock, after: () => () => {} }).connect({
      host: "127.0.0.1",
      port,
    });
    await expect(connection.subscribe("#", () => {})).rejects.toMatchObject({ code: "network-failed" });
  } finally {
    server.close();
  }
});
