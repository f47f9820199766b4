import { expect, test } from "vitest";
import type { KeptRun } from "../board/firmware.ts";
import { buildStandInImage } from "../tasmota/stand-in-image.ts";
import { SimClock } from "../world/clock.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHome } from "./virtual-home.ts";

const SECOND = 1e6;

function tasmotaFlash(): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildStandInImage());
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
