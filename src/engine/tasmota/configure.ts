/** Configuring a plug from its device's profile and a person's wishes, and what both mean as settings. */

import { type Profile, tasmotaOf } from "../../core/profile/profile.ts";
import type { DesiredSetting } from "../../core/tasmota/desired.ts";
import { timeZoneSettings } from "../../core/tasmota/time-zones.ts";
import type { PlugWishes } from "../firmware-driver/plug-order.ts";
import { type ApplyContext, apply } from "./apply.ts";
import { refuseUnusable } from "./refuse-unusable.ts";

function named(name: string, value: string | number | undefined, reason: string): readonly DesiredSetting[] {
  return value === undefined ? [] : [{ name, value, reason }];
}

/** All settings, profile first. A later setting of the same name replaces an earlier one. */
export function desiredSettings(profile: Profile, wishes: PlugWishes): readonly DesiredSetting[] {
  const asked = "asked for";
  const all = [
    { name: "Module", value: tasmotaOf(profile).module, reason: "the template is in force" },
    ...tasmotaOf(profile).settings,
    ...named("DeviceName", wishes.deviceName, asked),
    ...named("FriendlyName1", wishes.friendlyName ?? wishes.deviceName, asked),
    ...named("Topic", wishes.topic, asked),
    ...named("Hostname", wishes.hostname, asked),
    ...(wishes.timeZone === undefined ? [] : timeZoneSettings(wishes.timeZone)),
    ...named("MqttHost", wishes.mqtt?.host, asked),
    ...named("MqttPort", wishes.mqtt?.port, asked),
    ...named("MqttUser", wishes.mqtt?.user, asked),
    // Without a broker the network LED would blink for ever.
    ...(wishes.mqtt === undefined
      ? [{ name: "SetOption31", value: 1, reason: "no broker: the network LED stays quiet" }]
      : []),
  ];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

/** Metering commands exist only once the template is in force: two rounds. Resolves to what was changed. */
export async function configure(
  context: ApplyContext,
  profile: Profile,
  wishes: PlugWishes,
): Promise<readonly string[]> {
  refuseUnusable({ wishes });
  const all = desiredSettings(profile, wishes);
  const first = await apply(context, {
    template: tasmotaOf(profile).template,
    settings: all.filter((each) => each.metering !== true),
  });
  const second = await apply(context, { settings: all.filter((each) => each.metering === true) });
  return [...first, ...second];
}
