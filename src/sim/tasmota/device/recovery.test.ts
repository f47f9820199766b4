import { expect, test } from "vitest";
import { TestBoard } from "../../../../test/support/tasmota-host.ts";
import { tasmotaWithoutRadio } from "../../../../test/support/tasmota-without-radio.ts";

function named(): TestBoard {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.powerOn();
  board.run(12);
  command(board, "Backlog0 DeviceName mine;SSID1 TestNet;Password1 testpass123;MqttHost h;Topic t");
  board.run(15);
  return board;
}

function command(board: TestBoard, line: string, seconds = 0.5): string {
  board.heard = "";
  board.type(`${line}\n`);
  board.run(seconds);
  return board.heard;
}

test("six quick power cycles change nothing, the seventh erases the settings", () => {
  const board = named();
  for (let n = 1; n <= 6; n++) {
    board.heard = "";
    board.powerCycle();
    board.run(3);
    expect(board.heard).toContain(`QPC: Count ${n}`);
  }
  expect(command(board, "DeviceName")).toContain("mine");
  board.heard = "";
  board.powerCycle();
  board.run(8);
  expect(board.heard).toContain("CFG: Use defaults");
  expect(command(board, "DeviceName")).toContain('"Tasmota"');
});

test("eight seconds of power between them forget the power cycles", () => {
  const board = named();
  for (let n = 0; n < 10; n++) {
    board.powerCycle();
    board.run(9);
  }
  expect(command(board, "DeviceName")).toContain("mine");
});

test("SetOption65 1 ignores power cycles", () => {
  const board = named();
  command(board, "SetOption65 1");
  board.run(2);
  for (let n = 0; n < 9; n++) {
    board.powerCycle();
    board.run(2);
  }
  board.run(2);
  expect(command(board, "DeviceName")).toContain("mine");
});

test("the sixth boot in a row of less than ten seconds puts the fallback module in", () => {
  const board = named();
  command(board, 'Template {"NAME":"Gosund EP2","GPIO":[56,255,158,255,132,134,0,0,131,17,0,21,0],"FLAG":0,"BASE":45}');
  command(board, "Module 0");
  board.run(15);
  for (let n = 0; n <= 6; n++) {
    expect(command(board, "Module"), `restart ${n}`).toContain(n < 6 ? "Gosund EP2" : "Sonoff Basic");
    command(board, "Restart 1", 4);
  }
});

test.each([
  [1, false, false],
  [2, false, false],
  [3, true, true],
  [4, true, false],
  [5, true, false],
  [6, true, true],
])("Reset %i keeps the Wi-Fi: %s, the broker: %s", (number, wifi, broker) => {
  const board = named();
  command(board, `Reset ${number}`, 30);
  expect(command(board, "SSID1")).toContain(wifi ? '"TestNet"' : '{"SSId1":""}');
  expect(command(board, "MqttHost")).toContain(broker ? '{"MqttHost":"h"}' : '{"MqttHost":""}');
  expect(command(board, "DeviceName")).toContain(number === 3 ? "mine" : "Tasmota");
});

test("the button toggles the relay, and held for 40 s resets everything", () => {
  const board = named();
  const press = (seconds: number): void => {
    board.pull(0, 0);
    board.run(seconds);
    board.pull(0, 1);
    board.run(1);
  };
  press(0.2);
  expect(board.driven.get(12)).toBe(1);
  press(0.2);
  expect(board.driven.get(12)).toBe(0);
  board.heard = "";
  press(39);
  expect(board.heard).not.toContain("Reset");
  press(41);
  expect(board.heard).toContain('{"Reset":"Reset and Restarting"}');
});

test("GPIO0 held to ground while it is the button resets a fresh plug after 40 s", () => {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.pulled.set(0, 0);
  board.powerOn();
  board.run(46);
  expect(board.heard).toContain("Reset and Restarting");
});

test("the EP2's template drives GPIO0 as a LED and the relay on GPIO15", () => {
  const board = named();
  command(board, 'Template {"NAME":"Gosund EP2","GPIO":[56,255,158,255,132,134,0,0,131,17,0,21,0],"FLAG":0,"BASE":45}');
  command(board, "Module 0", 12);
  expect(board.driven.get(0)).toBe(1);
  command(board, "Power On");
  expect([board.driven.get(0), board.driven.get(15)]).toEqual([0, 1]);
});

test("PowerOnState decides after a power loss, the last state after a restart", () => {
  for (const [state, expected] of [
    [0, 0],
    [1, 1],
    [2, 0],
    [3, 1],
  ] as const) {
    const board = named();
    command(board, "Power On");
    command(board, `PowerOnState ${state}`, 3);
    board.powerCycle();
    board.run(1);
    expect(board.driven.get(12), `PowerOnState ${state}`).toBe(expected);
  }
  const board = named();
  command(board, "Power On");
  command(board, "PowerOnState 0", 3);
  command(board, "Restart 1", 5);
  expect(board.driven.get(12)).toBe(1);
});

test("a restart comes between 1 and 2.1 s after the command and waits for the backlog", () => {
  const board = named();
  for (let n = 0; n < 10; n++) {
    board.run(0.1);
    const asked = board.clock.now;
    command(board, "Restart 1", 0);
    while (!board.heard.includes("APP: Restarting")) board.run(0.01);
    const seconds = (board.clock.now - asked) / 1e6;
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(2.15);
    board.run(12);
  }
  const heard = command(board, `Backlog Restart 1;${"Mem1 a;".repeat(20)}DeviceName last`, 8);
  expect(heard.indexOf('{"DeviceName":"last"}')).toBeGreaterThan(0);
  expect(heard.indexOf("APP: Restarting")).toBeGreaterThan(heard.indexOf("last"));
});
