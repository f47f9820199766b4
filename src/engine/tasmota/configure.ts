/** Configuring a plug from its device's profile and a person's options, and what both mean as settings. */

import { type Profile, tasmotaOf } from "../../core/profile/profile.ts";
import { type Command, fitsBacklogOver } from "../../core/tasmota/command.ts";
import { type DesiredSetting, templateCommand, writeCommand } from "../../core/tasmota/desired.ts";
import { timeZoneSettings } from "../../core/tasmota/time-zones.ts";
import type { ProvisionStart } from "../firmware-driver/contract.ts";
import type { PlugConfig } from "../firmware-driver/plug-config.ts";
import { type ApplyContext, apply, readDifferences, readTemplateDifference } from "./apply.ts";
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

/**
 * What differs from it, as commands that one Backlog over this transport can carry with the others, as many as there is
 * room for, the template first. The rest, and what the plug does not know before its template is in force, is left out.
 * @param others that go with them.
 */
export async function differencesAlong(
  { client, signal }: Pick<ApplyContext, "client" | "signal">,
  { profile, config }: NonNullable<ProvisionStart["along"]>,
  others: readonly Command[],
): Promise<readonly Command[]> {
  const { template } = tasmotaOf(profile);
  const settings = desiredSettings(profile, config).filter(({ metering }) => metering !== true);
  const wanted =
    (await readTemplateDifference({ client, signal }, template)) === undefined ? [] : [templateCommand(template)];
  const different = (await readDifferences({ client, signal }, settings)).filter(({ actual }) => actual !== undefined);
  const names = new Set(different.map(({ name }) => name));
  wanted.push(...settings.filter(({ name }) => names.has(name)).map(writeCommand));
  const fitting: Command[] = [];
  for (const command of wanted) {
    if (fitsBacklogOver([...fitting, command, ...others], client.transport)) fitting.push(command);
  }
  return fitting;
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
