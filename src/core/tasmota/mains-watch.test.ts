import { expect, test } from "vitest";
import { MainsWatch } from "./mains-watch.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const heard = (text: string): string | undefined => new MainsWatch().hear(bytes(text))?.code;
const telemetry = (volts: string): string =>
  `00:05:12.345 MQT: tele/tasmota_A1B212/SENSOR = {"Time":"2026-01-01T00:05:12","ENERGY":{"Total":0.001,"Power":0,"Factor":0.00,"Voltage":${volts},"Current":0.000}}\r\n`;

test("a meter that reads more than 30 V tells of mains, whatever line it is in", () => {
  expect(heard(telemetry("231"))).toBe("mains-on-wires");
  expect(heard(telemetry("30.1"))).toBe("mains-on-wires");
  expect(heard(`00:00:09 RSL: STATUS8 = {"StatusSNS":{"ENERGY":{"Voltage":[0,228,0]}}}\r\n`)).toBe("mains-on-wires");
});

test("at most 30 V, other sensors' volts and other numbers do not", () => {
  expect(heard(telemetry("0"))).toBeUndefined();
  expect(heard(telemetry("30"))).toBeUndefined();
  expect(heard(`00:00:09 RSL: SENSOR = {"INA226":{"Voltage":36.2}}\r\n{"ENERGY":{"Total":231}}\r\n`)).toBeUndefined();
});

test("it is told at the last digit's end, however the bytes come in", () => {
  const text = `garbage\r\n${telemetry("231")}`;
  const end = text.indexOf('231,"Current"') + 4;
  const watch = new MainsWatch();
  for (const [i, byte] of [...bytes(text)].entries()) {
    const error = watch.hear(Uint8Array.of(byte));
    if (error !== undefined) {
      expect(i + 1).toBe(end);
      return;
    }
  }
  expect.fail("nothing was told");
});

test.each(["231}", "231,", "[231]", "231\n", "[0,231,0]"])(
  "a voltage is over at whatever ends its number: %j",
  (volts) => {
    expect(heard(`"ENERGY":{"Voltage":${volts}`)).toBe("mains-on-wires");
  },
);

test("a voltage whose number has not ended is not judged yet", () => {
  expect(heard('"ENERGY":{"Voltage":231')).toBeUndefined();
});

test("a voltage in the next line is no part of the energy group in this one", () => {
  expect(heard('"ENERGY":{"Total":1\n"Voltage":231,')).toBeUndefined();
});

test("a phase that is no number does not hide the others, and alone means nothing", () => {
  expect(heard('"ENERGY":{"Voltage":[1.2.3,231]')).toBe("mains-on-wires");
  expect(heard('"ENERGY":{"Voltage":1.2.3,')).toBeUndefined();
});

test("the warning says what is live, how much, and what to do first", () => {
  const error = new MainsWatch().hear(bytes(telemetry("230.6")));
  expect(error?.message).toBe("MAINS ON THE WIRES (231 V): touch nothing, switch the mains off.");
  expect(error?.plugState).toContain("may be live");
  expect(error?.nextStep).toMatch(/^Touch neither plug nor wires.*breaker/);
});

test("a run of 16 KiB without a line end is forgotten", () => {
  const start = '"ENERGY":{"Voltage":';
  const filled = (length: number): string => start.slice(0, -10) + "x".repeat(length - start.length) + start.slice(-10);
  expect(heard(`${filled(16_382)}231,`)).toBe("mains-on-wires");
  expect(heard(`${filled(16_383)}231,`)).toBeUndefined();
});
