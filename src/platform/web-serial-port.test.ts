import { expect, test } from "vitest";
import { type Rig, rig } from "../../test/support/bench-rig.ts";
import { webSerialPort } from "./web-serial-port.ts";

async function opened(options: Parameters<typeof rig>[0] = {}): Promise<{ world: Rig; port: SerialPort }> {
  const world = rig(options);
  const port = webSerialPort(world.bench.line);
  await world.run(port.open({ baudRate: 115200 }));
  return { world, port };
}

test("ids come from the adapter; streams exist only while the port is open", async () => {
  const { world, port } = await opened({ adapter: { kind: "CH340" } });
  expect(port.getInfo()).toEqual({ usbVendorId: 0x1a86, usbProductId: 0x7523 });
  expect(port.readable).toBe(port.readable);
  await expect(port.open({ baudRate: 1 })).rejects.toMatchObject({ name: "InvalidStateError" });
  await world.run(port.close());
  expect([port.readable, port.writable]).toEqual([null, null]);
  await expect(port.setSignals({ requestToSend: true })).rejects.toMatchObject({ name: "InvalidStateError" });
});

test("bytes go both ways, what came before the first read included", async () => {
  const { world, port } = await opened();
  world.chip.send([1, 2, 3], 115200);
  await world.wait(5);
  const reader = port.readable!.getReader();
  expect((await reader.read()).value).toEqual(Uint8Array.of(1, 2, 3));
  const pending = reader.read();
  world.chip.send([4], 115200);
  expect((await world.run(pending)).value).toEqual(Uint8Array.of(4));
  const writer = port.writable!.getWriter();
  await world.run(writer.write(Uint8Array.of(9, 8)));
  await world.wait(2);
  expect(world.chip.received.map((byte) => byte.value)).toEqual([9, 8]);
});

test("a cancelled reader leaves room for a new one, and a locked stream keeps the port from closing", async () => {
  const { world, port } = await opened();
  const reader = port.readable!.getReader();
  await expect(world.run(port.close())).rejects.toThrow(TypeError);
  await reader.cancel();
  reader.releaseLock();
  expect(port.readable!.locked).toBe(false);
  await world.run(port.close());
  await world.run(port.open({ baudRate: 460800 }));
  expect(world.bench.line.baud).toBe(460800);
});

test("signals reach the board, and a pulled adapter errors the streams and tells", async () => {
  const { world, port } = await opened({ wiring: { autoReset: true } });
  await world.run(port.setSignals({ dataTerminalReady: false, requestToSend: true }));
  expect(world.chip.pins.at(-1)).toBe("reset 0");
  const events: string[] = [];
  port.addEventListener("disconnect", () => events.push("disconnect"));
  port.addEventListener("connect", () => events.push("connect"));
  const reading = port.readable!.getReader().read();
  world.bench.actions.pullAdapterOut();
  await expect(world.run(reading)).rejects.toMatchObject({ name: "NetworkError" });
  expect(port.readable).toBeNull();
  world.bench.actions.plugAdapterIn();
  await world.wait(1000);
  expect(events).toEqual(["disconnect", "connect"]);
  await world.run(port.close());
  await world.run(port.open({ baudRate: 115200 }));
  expect(port.readable).not.toBeNull();
});
