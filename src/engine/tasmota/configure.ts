/** Configuring a plug from its device's profile and a person's options, and what both mean as settings. */

import { type Profile, tasmotaOf } from "../../core/profile/profile.ts";
import type { DesiredSetting } from "../../core/tasmota/desired.ts";
import { timeZoneSettings } from "../../core/tasmota/time-zones.ts";
import type { PlugConfig } from "../firmware-driver/plug-config.ts";
import { type ApplyContext, apply } from "./apply.ts";
import { refuseUnusable } from "./refuse-unusable.ts";

function named(name: string, value: string | number | undefined, reason: string): readonly DesiredSetting[] {
  return value === undefined ? [] : [{ name, value, reason }];
}

/** All settings, profile first. A later setting of the same name replaces an earlier one. */
export function desiredSettings(profile: Profile, config: PlugConfig): readonly DesiredSetting[] {
  const asked = "asked for";
  const all = [
    { name: "Module", value: tasmotaOf(profile).module, reason: "the template is in force" },
    ...tasmotaOf(profile).settings,
    ...named("DeviceName", config.deviceName, asked),
    ...named("FriendlyName1", config.friendlyName ?? config.deviceName, asked),
    ...named("Topic", config.topic, asked),
    ...named("Hostname", config.hostname, asked),
    ...(config.timeZone === undefined ? [] : timeZoneSettings(config.timeZone)),
    ...named("MqttHost", config.mqtt?.host, asked),
    ...named("MqttPort", config.mqtt?.port, asked),
    ...named("MqttUser", config.mqtt?.user, asked),
    // Without a broker the network LED would blink for ever.
    ...(config.mqtt === undefined
      ? [{ name: "SetOption31", value: 1, reason: "no broker: the network LED stays quiet" }]
      : []),
  ];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

/** Metering commands exist only once the template is in force: two rounds. Resolves to what was changed. */
export async function configure(
  context: ApplyContext,
  profile: Profile,
  config: PlugConfig,
): Promise<readonly string[]> {
  refuseUnusable({ profile, config });
  const all = desiredSettings(profile, config);
  const first = await apply(context, {
    template: tasmotaOf(profile).template,
    settings: all.filter((each) => each.metering !== true),
  });
  const second = await apply(context, { settings: all.filter((each) => each.metering === true) });
  return [...first, ...second];
}
