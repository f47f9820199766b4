import { expect, test } from "vitest";
import type { KeptRun } from "../board/firmware.ts";
import { buildModelImage } from "../tasmota/model-image.ts";
import { SimClock } from "../world/clock.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHome } from "./virtual-home.ts";

const SECOND = 1e6;

function tasmotaFlash(): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildModelImage());
  return flash;
}

/** A plug on the bench, powered by its adapter. */
function homeWith(flash: Uint8Array, kept?: KeptRun): VirtualHome {
  return createVirtualHome({ clock: new SimClock(), bench: { flash, pluggedIn: true, kept } });
}

function pass(home: VirtualHome, seconds: number): void {
  home.clock.runInternal(home.clock.now + seconds * SECOND);
}

function untilAtRest(home: VirtualHome): void {
  for (let tries = 0; tries < 600 && home.bench.firmware !== "at-rest"; tries++) pass(home, 0.1);
  expect(home.bench.firmware).toBe("at-rest");
}

/** What the plug answers on its console. */
function told(home: VirtualHome, command: string): string {
  const before = home.bench.heard(115_200).length;
  void home.line.write(new TextEncoder().encode(`${command}\n`));
  pass(home, 1);
  return home.bench.heard(115_200).slice(before);
}

const value = (text: string, key: string): string | undefined => new RegExp(`"${key}":"?([^",}]*)`).exec(text)?.[1];

/** The same plug, on a bench of its own, as another process would have it. */
function reopened(home: VirtualHome): VirtualHome {
  untilAtRest(home);
  const kept = JSON.parse(JSON.stringify(home.bench.keep())) as KeptRun;
  const next = homeWith(home.bench.flash.slice(), kept);
  untilAtRest(next);
  return next;
}

function ready(): VirtualHome {
  const home = homeWith(tasmotaFlash());
  pass(home, 8);
  told(home, `Backlog Template {"NAME":"T","GPIO":[0,0,0,0,0,0,0,0,0,0,0,0,224,0],"FLAG":0,"BASE":18};Module 0`);
  pass(home, 12);
  return home;
}

test("a firmware that is kept goes on with its boot count, its uptime and its relay", () => {
  let home = ready();
  void home.line.setBaud(115_200);
  pass(home, 1);
  const first = told(home, "Status 1");
  const boots = value(first, "BootCount");
  expect(told(home, "Power on")).toContain('"POWER":"ON"');
  let uptime = Number(value(told(home, "Status 11"), "UptimeSec"));
  for (let times = 0; times < 8; times++) {
    home = reopened(home);
    void home.line.setBaud(115_200);
    pass(home, 0.1);
    expect(told(home, "Power")).toContain('"POWER":"ON"');
    expect(value(told(home, "Status 1"), "BootCount")).toBe(boots);
    const now = Number(value(told(home, "Status 11"), "UptimeSec"));
    expect(now).toBeGreaterThan(uptime);
    uptime = now;
  }
});

test("it keeps what is only in RAM: settings not saved, variables, timers of rules", () => {
  const before = ready();
  void before.line.setBaud(115_200);
  pass(before, 1);
  told(before, "Backlog SaveData 0;Var3 a tale;RuleTimer2 500;TelePeriod 77");
  pass(before, 5);
  const after = reopened(before);
  void after.line.setBaud(115_200);
  pass(after, 0.1);
  expect(value(told(after, "Var3"), "Var3")).toBe("a tale");
  expect(Number(value(told(after, "RuleTimer"), "T2"))).toBeGreaterThan(450);
  expect(value(told(after, "TelePeriod"), "TelePeriod")).toBe("77");
});

test("it finds its network again and says nothing of it on the console", () => {
  const before = homeWith(tasmotaFlash());
  pass(before, 8);
  void before.line.setBaud(115_200);
  pass(before, 1);
  told(before, `Backlog SSId1 ${HOME_NETWORK.ssid};Password1 ${HOME_NETWORK.passphrase}`);
  pass(before, 40);
  expect(told(before, "Status 5")).toContain('"IPAddress":"192.168.1.');
  const after = reopened(before);
  expect(after.bench.heard(115_200).match(/(?:WIF|HTP|QPC|APP|MQT):.*|Project.*/g)).toBeNull();
  expect(after.lan.machines.some((machine) => machine.acceptor(80) !== undefined)).toBe(true);
});

test("while it starts or restarts it cannot be kept", () => {
  const home = homeWith(tasmotaFlash());
  pass(home, 5);
  expect([home.bench.firmware, home.bench.keep()]).toEqual(["busy", undefined]);
  untilAtRest(home);
  void home.line.setBaud(115_200);
  pass(home, 1);
  void home.line.write(new TextEncoder().encode("Restart 1\n"));
  pass(home, 0.5);
  expect([home.bench.firmware, home.bench.keep()]).toEqual(["busy", undefined]);
});
