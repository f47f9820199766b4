import { expect, test } from "vitest";
import { configFaults, type PlugTexts } from "./config-faults.ts";

/** What the firmware does with each is in the sources that config-faults.ts names. */
const REFUSED: readonly (readonly [texts: PlugTexts, why: string])[] = [
  [{ deviceName: "" }, "the plug's name is empty"],
  [{ deviceName: " Kettle" }, "loses"],
  [{ friendlyName: "Kettle\t" }, "loses"],
  [{ friendlyName: "Ket\u0000tle" }, "control character"],
  [{ deviceName: "Ket\u0085tle" }, "control character"],
  [{ deviceName: "Kettle\ud83d" }, "not valid Unicode"],
  [{ deviceName: "0" }, "shortcut"],
  [{ friendlyName: "1" }, "shortcut"],
  [{ topic: '"' }, "shortcut"],
  [{ mqttUser: "?" }, "shortcut"],
  [{ mqttPassword: "1" }, "the password at the broker is a single character"],
  [{ mqttPassword: "secret " }, "loses"],
  [{ topic: "my plug" }, 'changes into "_"'],
  [{ topic: "home/+/plug" }, 'changes into "_"'],
  [{ topic: "plug#1" }, 'changes into "_"'],
  [{ hostname: "my_plug" }, "other characters"],
  [{ hostname: "kühl" }, "other characters"],
  [{ hostname: "plug%d" }, "other characters"],
  [{ hostname: "-plug" }, "begins with a dash"],
  [{ hostname: "a".repeat(32) }, "more than 31"],
  [{ mqttHost: "mqtt://broker" }, "not a host name"],
  [{ mqttHost: "broker:1883" }, "not a host name"],
  [{ mqttHost: "my broker" }, "not a host name"],
  [{ deviceName: '"Kettle"' }, "quotation mark"],
  [{ friendlyName: '"' + "é" }, "quotation mark"],
  [{ topic: "plug_%06X_kitchen" }, 'has "%"'],
  [{ topic: "50%done" }, 'has "%"'],
  [{ topic: "%prefix%" }, 'has "%"'],
  [{ topic: "100%" }, 'has "%"'],
  [{ topic: "%00X" }, 'has "%"'],
  [{ topic: "kitchen/{1}" }, "brace"],
  [{ topic: "t".repeat(137) }, "more than 136"],
  [{ topic: "#" }, 'changes into "_"'],
  [{ hostname: "%06X" }, "other characters"],
  [{ hostname: "1" }, "shortcut"],
  [{ hostname: "" }, "is empty"],
  [{ topic: "" }, "is empty"],
  // A new plug's own texts take a good half of the 699 bytes; the name is the friendly name, too.
  [{ deviceName: "n".repeat(190) }, "in 699"],
  [{ deviceName: "n".repeat(130), topic: "t".repeat(130) }, "in 699"],
];

test.each(REFUSED)("%j is refused, in words without a password", (texts, why) => {
  const faults = configFaults(texts).join("; ");
  expect(faults).toContain(why);
  expect(faults).not.toContain("secret");
});

test.each<PlugTexts>([
  {},
  { deviceName: "Kettle", friendlyName: "Wasserkocher in der Küche ☕" },
  { deviceName: "01", topic: "tasmota_%06X", hostname: "kettle-1.home" },
  { topic: "house/kitchen/kettle", mqttHost: "192.168.1.2", mqttUser: "plug 7", mqttPassword: "pass; word {}" },
  { hostname: "a".repeat(31) },
  { topic: "%d" },
  { topic: "%12X" },
  { topic: "t".repeat(136) },
  { deviceName: 'The "big" kettle' },
  { deviceName: "n".repeat(120) },
])("%j is what a plug keeps", (texts) => {
  expect(configFaults(texts)).toEqual([]);
});
