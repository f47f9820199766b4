import { expect, test } from "vitest";
import { SimpleLine } from "../../../test/support/simple-line.ts";
import type { JobEvent } from "../../core/events.ts";
import { encodeCommand } from "../../core/loader/protocol.ts";
import { slipEncode } from "../../core/slip.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { DiagnosticReporter } from "./diagnostic-reporter.ts";

class Line extends SimpleLine {
  write(): Promise<void> {
    return Promise.resolve();
  }
}

/** The boot ROM's first line: 1 is download mode, 3 is flash (ESP8266 boot ROM; esptool, "Boot Log"). */
const boot = (mode: 1 | 3): string => `ets Jan  8 2013,rst cause:2, boot mode:(${mode},6)\r\n`;

type Hearing = Extract<JobEvent, { type: "hearing" }>;

function rig(can = { baud: true, controlLines: false }) {
  const clock = new SimClock();
  const line = Object.assign(new Line("doctor"), { can });
  const heard: Hearing[] = [];
  const reporter = new DiagnosticReporter(
    (event) => {
      if (event.type === "hearing") heard.push(event);
    },
    clock.port(),
    line,
    false,
  );
  reporter.baudChanged(74_880);
  const hear = (text: string | Uint8Array): void =>
    reporter.heard(typeof text === "string" ? new TextEncoder().encode(text) : text);
  return { clock, reporter, heard, hear, ids: () => heard.map(({ finding }) => finding) };
}

test("two lines that arrive in one piece are two findings", () => {
  const { hear, ids, reporter } = rig();
  hear(boot(3) + boot(1));
  expect(ids()).toEqual(["flash-mode", "download-mode"]);
  expect(reporter.finding?.id).toBe("download-mode");
});

test("a line that arrives in pieces is one finding", () => {
  const { hear, ids } = rig();
  const text = boot(3) + boot(1);
  for (const at of [0, 20, 50, 70]) hear(text.slice(at, { 0: 20, 20: 50, 50: 70 }[at]));
  expect(ids()).toEqual(["flash-mode", "download-mode"]);
});

test("a finding has its causes, and none where nothing is wrong", () => {
  const { hear, heard } = rig();
  hear(boot(3));
  hear(boot(1));
  const [flash, download] = heard;
  expect(flash!.causes!.length).toBeGreaterThan(0);
  expect(download!.causes).toBeUndefined();
});

test("a call that comes back is an echo, which is known by what was called", () => {
  const call = slipEncode(encodeCommand("sync", {}));
  const known = rig();
  for (let n = 0; n < 4; n++) {
    known.reporter.called(encodeCommand("sync", {}));
    known.hear(call);
  }
  expect(known.ids()).toContain("echo");
  const unknown = rig();
  for (let n = 0; n < 4; n++) unknown.hear(call);
  expect(unknown.ids()).not.toContain("echo");
});

test("silence is reported after a while, once", () => {
  const { clock, reporter, ids } = rig();
  reporter.allRatesTried();
  for (const ms of [1000, 3000, 5000]) {
    clock.at(ms * 1000, () => reporter.passed());
    clock.runInternal(ms * 1000);
  }
  expect(ids()).toEqual(["nothing"]);
});

test("an adapter that goes and comes back is two findings", () => {
  const { reporter, ids } = rig();
  reporter.adapterGone();
  reporter.adapterBack({ path: "test:doctor", label: "doctor" });
  expect(ids()).toEqual(["adapter-gone", "adapter-back"]);
});

test("an answer after something was wrong is a finding", () => {
  const { hear, reporter, ids } = rig();
  hear(boot(3));
  reporter.answered();
  expect(ids()).toEqual(["flash-mode", "answers"]);
});

test("what a firmware says of mains is an alarm that stays", () => {
  const { hear, reporter } = rig();
  expect(reporter.alarm).toBeUndefined();
  hear(
    '00:00:05.123 RSL: SENSOR = {"Time":"2026-01-01T00:00:05","ENERGY":{"Voltage":231,"Current":0.1,"Power":5}}\r\n',
  );
  expect(reporter.alarm?.code).toBe("mains-on-wires");
  hear(boot(1));
  expect(reporter.alarm?.code).toBe("mains-on-wires");
});
