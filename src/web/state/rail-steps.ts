/** The conversion's steps as the rail shows them: what a person does or waits for in one go is one graduation. */

import type { ConversionStep } from "../../core/index.ts";
import { say, type Text } from "../../core/index.ts";

export interface RailStep {
  readonly id: string;
  readonly title: Text;
  readonly steps: readonly ConversionStep[];
  /** About how long it takes, s, and whose time that is: choices of this project, as the guide tells them. */
  readonly seconds: number;
  readonly whose: "person" | "computer";
}

const rail = (
  id: string,
  title: Text,
  steps: readonly ConversionStep[],
  seconds: number,
  whose: RailStep["whose"],
): RailStep => ({ id, title, steps, seconds, whose });

const OPEN = rail("prepare", say`Open, solder, measure`, ["prepare"], 3300, "person");
const FIND = rail("connect", say`Find the chip`, ["connect", "identify"], 120, "person");
const BACK_UP = rail("back-up", say`Back up the flash`, ["back-up"], 15, "computer");
const WRITE = rail("write", say`Write Tasmota`, ["write"], 20, "computer");
const START = rail("boot", say`First start`, ["boot"], 60, "person");
const JOIN = rail("provision", say`Join the Wi-Fi`, ["provision"], 20, "computer");
const LOCK = rail("secure", say`Set up and lock`, ["configure", "secure"], 10, "computer");
const CHECK = rail("audit", say`Check everything`, ["audit"], 10, "computer");
const CLOSE = rail("close-case", say`Close the case`, ["close-case"], 1200, "person");
const CALIBRATE = rail("calibrate", say`First mains, meter`, ["calibrate"], 600, "person");
const CERTIFICATE = rail("report", say`Certificate`, ["report"], 1, "computer");

/** @param closesFirst on a weak supply the case is closed before the plug joins the Wi-Fi. */
export function railSteps(closesFirst: boolean): readonly RailStep[] {
  const join = [JOIN, LOCK, CHECK];
  const middle = closesFirst ? [CLOSE, ...join] : [...join, CLOSE];
  return [OPEN, FIND, BACK_UP, WRITE, START, ...middle, CALIBRATE, CERTIFICATE];
}
