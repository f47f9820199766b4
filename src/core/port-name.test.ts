import { expect, test } from "vitest";
import { parsePortName } from "./port-name.ts";

test("port names are told apart by their scheme", () => {
  expect(parsePortName("/dev/ttyUSB0")).toEqual({ kind: "serial", path: "/dev/ttyUSB0" });
  expect(parsePortName("COM3")).toEqual({ kind: "serial", path: "COM3" });
  expect(parsePortName("tcp://bench:8888")).toEqual({ kind: "tcp", host: "bench", port: 8888 });
  expect(parsePortName("socket://127.0.0.1:1")).toEqual({ kind: "tcp", host: "127.0.0.1", port: 1 });
  expect(parsePortName("rfc2217://[fe80::1%eth0]:2217")).toEqual({ kind: "rfc2217", host: "fe80::1%eth0", port: 2217 });
  expect(parsePortName("rfc2217://esp-link?ign_set_control")).toEqual({ kind: "rfc2217", host: "esp-link", port: 23 });
  expect(parsePortName("sim:")).toEqual({ kind: "sim", folder: undefined });
  expect(parsePortName("sim:/tmp/plug")).toEqual({ kind: "sim", folder: "/tmp/plug" });
});

test.each(["", "  ", "http://x", "tcp://", "tcp://h:0", "tcp://h:70000", "rfc2217://user:pw@h:1"])(
  "%j is refused as a port name",
  (name) => {
    expect(() => parsePortName(name)).toThrow(expect.objectContaining({ code: "bad-argument" }));
  },
);
