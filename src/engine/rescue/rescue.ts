/**
 * Brings a plug back: asks what is seen, looks, walks the shortest road, looks again. Every road is walked once at most,
 * every wait ends, and whatever comes out says what to do next.
 *
 * Which roads there are is decided in core/rescue/roads.ts; here somebody walks them.
 */
import { foldConversion } from "../../core/conversion/state.ts";
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { type Road, type RoadId, roadsBack, roadTitle } from "../../core/rescue/roads.ts";
import { type Sightings, SYMPTOMS, type Symptom } from "../../core/rescue/sightings.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import { plugFolder, plugsOnRecord } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { readSecrets, rememberedPlugs } from "../home/plug-records.ts";
import { leaveUnstarted } from "../jobs/bench-acts.ts";
import { coldStart } from "../jobs/boot-proof.ts";
import { locatePatiently } from "../jobs/setup.ts";
import type { ByteLine } from "../ports.ts";
import { plugIntoMains } from "../safety/mains.ts";
import { requireSafePower } from "../safety/power-gate.ts";
import { classifySupply } from "../safety/supply.ts";
import { timed } from "../step.ts";
import { passwordsFor, proofPorts } from "../tasmota/address-proof.ts";
import { tasmotaDriver } from "../tasmota/driver.ts";
import { locateIn } from "../tasmota/find.ts";
import { provision } from "../tasmota/provision-plug.ts";
import { refuseUnusable } from "../tasmota/refuse-unusable.ts";
import { sleep } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { type Arrived, arrive } from "./arrive.ts";
import { walkByConsole } from "./by-console.ts";
import { resumeWriting, startFirmware, writeAnew } from "./by-flash.ts";
import { finishUpgrade } from "./by-upgrade.ts";
import type { RescueOrder, RescuePorts, RescueResult } from "./contract.ts";
import { isHandRoad, walkByHand } from "./hand.ts";
import { look } from "./look.ts";
import {
  closeAndRecord,
  onRecord,
  recordWires,
  requireAwayFromMains,
  requireClosedCase,
  wiresAttached,
} from "./safety.ts";

/** After these the next road is tried; any other error ends the rescue: credentials that fail on one road fail on all. */
const SURVIVABLE: readonly ErrorCode[] = [
  ...(["no-answer", "network-failed", "unauthorized", "bad-answer", "command-refused"] as const),
  ...(["no-sync", "no-reply", "bad-reply", "line-lost", "not-settled", "audit-failed", "road-blocked"] as const),
  ...(["verify-failed", "stub-failed", "not-measurable"] as const),
];

/** Errors: road-blocked when no road is left, with what was tried; unsafe; needs-input; aborted; those of records and files. */
export async function rescue(ports: RescuePorts, order: RescueOrder): Promise<RescueResult> {
  refuseUnusable({ wishes: order.wishes, secure: order.secure });
  return await new Rescue(ports, order).run();
}

/** Where a road ends: at a plug in the network, at a restored backup, or at something that shows at the next look. */
type RoadEnd = Pick<PlugAt, "address" | "source"> | "vendor" | "look again";

class Rescue {
  readonly #ports: RescuePorts;
  readonly #order: RescueOrder;
  readonly #walked: RoadId[] = [];
  readonly #told = new Set<RoadId>();
  #plug: string | undefined;
  #symptom: Symptom = "unknown";
  #credentials: WifiCredentials | undefined;
  #last: PlugsmithError | undefined;
  /** Which plug it is was asked: "another one" is an answer too. */
  #asked = false;
  /** The case was asked about, and is shut. */
  #closed = false;

  constructor(ports: RescuePorts, order: RescueOrder) {
    this.#ports = ports;
    this.#order = order;
  }

  async run(): Promise<RescueResult> {
    const ports = this.#ports;
    this.#symptom = this.#order.symptom ?? (await this.#askSymptom());
    this.#plug = this.#order.plug;
    if (ports.line !== undefined) {
      await requireAwayFromMains(ports, this.#order, await wiresAttached(ports, this.#plug));
    }
    for (;;) {
      const seen = await this.#look();
      const arrived = await this.#tryRoads(seen);
      if (arrived !== undefined) return await this.#finish(arrived);
    }
  }

  async #look(): Promise<Sightings> {
    return timed(this.#ports, "look", say`Look for the plug`, async () => {
      const { sightings, plug } = await look(this.#ports, this.#order, {
        plug: this.#plug,
        whichPlug: () => this.#askPlug(),
        symptom: this.#symptom,
      });
      if (this.#order.plug !== undefined && plug !== this.#order.plug) throw this.#notOurs(plug);
      this.#plug = plug;
      if (sightings.serial !== undefined && plug !== undefined) await recordWires(this.#ports, plug);
      const { length } = roadsBack(sightings);
      return [sightings, length === 1 ? say`1 road back` : say`${length} roads back`];
    });
  }

  /** Walks roads until one leads home (its end is returned) or has changed what is to be seen (undefined). */
  async #tryRoads(seen: Sightings): Promise<Arrived | "vendor" | undefined> {
    const { events } = this.#ports;
    const roads = roadsBack(seen).filter(({ id }) => !this.#walked.includes(id));
    roads.forEach(({ id, reason, nextAction }, index) => {
      // After another look only what has become possible is news.
      if (this.#told.has(id)) return;
      this.#told.add(id);
      events({
        type: "notice",
        level: "info",
        text: say`Road ${index + 1}, ${roadTitle(id)}: ${reason}. ${nextAction}`,
      });
    });
    for (const road of roads) {
      if (road.id === "open-the-case") break;
      if (!(await this.#agreed(road))) continue;
      this.#walked.push(road.id);
      try {
        return await timed<Arrived | "vendor" | undefined>(this.#ports, road.id, roadTitle(road.id), async () => {
          const end = await this.#walk(road.id, seen);
          if (end === "look again") return [undefined, say`walked; looking again`];
          if (end === "vendor") return [end, say`the backup that was being restored is back, byte for byte`];
          return [await arrive(this.#ports, this.#order, this.#plug, end), say`arrived at ${end.address}`];
        });
      } catch (error) {
        if (!(error instanceof PlugsmithError) || !SURVIVABLE.includes(error.code)) throw error;
        this.#last = error;
        events({ type: "notice", level: "warning", text: `${error.message} ${error.nextStep ?? ""}`.trim() });
        // A road that was walked half-way may have changed what is to be seen.
        return undefined;
      }
    }
    throw this.#noRoad(roads);
  }

  async #walk(road: RoadId, seen: Sightings): Promise<RoadEnd> {
    const ports = this.#ports;
    const { line } = ports;
    switch (road) {
      case "in-network": {
        const there = seen.network.find(({ door, minimal }) => door !== "wanted" && !minimal)!;
        await this.#safelyPowered(there.mac);
        return { address: there.address, source: "network" };
      }
      case "finish-upgrade": {
        const { address, door, mac } = seen.network.find(({ minimal }) => minimal)!;
        await this.#safelyPowered(mac);
        const at = { mac: mac ?? this.#plug ?? "", address, source: "network" } as const;
        const [password] = door === "fits" ? await passwordsFor(proofPorts(ports), at) : [];
        await finishUpgrade(ports, address, password, await this.#order.upgradeImage!());
        return { address, source: "network" };
      }
      case "console":
        return await this.#overConsole(line!, this.#symptom);
      case "access-point":
        return await this.#throughAccessPoint();
      case "resume-writing": {
        const there = seen.serial?.kind === "download-mode";
        const written = await resumeWriting({ ...ports, line: line! }, this.#order, this.#plug!, there);
        if (written === "vendor") return written;
        return await this.#bringUp(line!);
      }
      case "write-anew": {
        const keep = this.#symptom === "minimal";
        this.#plug = await writeAnew({ ...ports, line: line! }, this.#order, this.#plug, keep);
        await recordWires(ports, this.#plug);
        return await this.#bringUp(line!);
      }
      case "start":
        await startFirmware({ ...ports, line: line! });
        return "look again";
      case "wait":
        await sleep(ports.clock, GUARD_MS, ports.signal);
        this.#symptom = "unknown";
        return "look again";
      case "open-the-case":
        return "look again";
      default:
        if (isHandRoad(road)) await this.#byHand(road);
        return "look again";
    }
  }

  /** A plug in the air has its power from the bench or from its socket. With a line its person has said that it is out of it. */
  async #safelyPowered(met: string | undefined): Promise<void> {
    const plug = met ?? this.#plug;
    if (this.#ports.line === undefined && plug !== undefined) await requireSafePower(this.#ports, plug, "look");
  }

  async #byHand(road: Parameters<typeof walkByHand>[1]): Promise<void> {
    const { line } = this.#ports;
    if (line === undefined && !this.#closed) {
      await requireClosedCase(this.#ports, this.#order, this.#plug);
      this.#closed = true;
    }
    await walkByHand(this.#ports, road, this.#plug, line !== undefined);
    // What was lost by it is known now; what the person saw before is not what they would see.
    if (road === "hold-button" || road === "seven-power-cycles") this.#symptom = "settings-gone";
  }

  async #overConsole(line: ByteLine, symptom: Symptom): Promise<RoadEnd> {
    const { correct } = this.#order;
    const road = { plug: this.#plug!, symptom, credentials: () => this.#wifi(), correct };
    return { address: await walkByConsole({ ...this.#ports, line }, road), source: "plug" };
  }

  async #throughAccessPoint(): Promise<RoadEnd> {
    const { http, clock, random, operator, events, signal, files, home, wifi } = this.#ports;
    const secrets = await this.#secrets();
    const done = await provision(
      { http, random, operator, home: { files, path: home }, wifi },
      {
        road: "access-point",
        credentials: await this.#wifi(),
        mac: this.#plug,
        password: secrets.webPassword ?? secrets.nextWebPassword,
      },
      { clock, events, signal, correct: this.#order.correct, met: (mac) => this.#safelyPowered(mac) },
    );
    this.#plug = done.mac;
    // The page that told the success restarts the plug (xdrv_01_9_webserver.ino); until then every page of it is open.
    await sleep(clock, RESTART_MS, signal);
    if (done.address !== undefined) return { address: done.address, source: "plug" };
    return { address: await this.#locate(done.mac), source: "network" };
  }

  /** The first start after writing: as in a conversion, and where the supply is too weak for a radio closed and at mains. */
  async #bringUp(line: ByteLine): Promise<RoadEnd> {
    const ports = this.#ports;
    const { clock, operator, signal } = ports;
    const plug = this.#plug!;
    const { finished } = foldConversion(await readJournal(ports.files, plugFolder(ports.home, plug)));
    const recorded = finished.get("prepare")?.data.supply;
    if ((recorded ?? (await classifySupply(line, operator, signal))) === "strong") {
      await coldStart(recordedLine(line, ports), { clock, operator, firmware: tasmotaDriver, plug, signal });
      return await this.#overConsole(line, "wrong-wifi");
    }
    await leaveUnstarted(ports);
    await plugIntoMains(await closeAndRecord(ports, this.#order, plug), operator, signal);
    return await this.#throughAccessPoint();
  }

  async #locate(plug: string): Promise<string> {
    const { http, clock, events, signal } = this.#ports;
    const address = await locatePatiently(
      (mac) => locateIn({ http, clock, events }, this.#order.ranges, mac, signal),
      plug,
      { clock, signal },
    );
    if (address !== undefined) return address;
    throw new PlugsmithError("no-answer", {
      message: say`The plug ${plug} has joined the network, but is not found in it.`,
      step: "find",
      plugState: say`in the network, by its own word`,
      nextStep: say`Look for its address in the router's list, then run setup --address.`,
    });
  }

  async #finish(arrived: Arrived | "vendor"): Promise<RescueResult> {
    const ports = this.#ports;
    const plug = arrived === "vendor" ? this.#plug! : arrived.plug;
    const outcome = arrived === "vendor" ? { outcome: arrived } : { calibration: arrived.calibration };
    await onRecord(ports, plug, (log) =>
      log.note({
        type: "rescued",
        version: JOURNAL_ENTRY_VERSION,
        symptom: this.#symptom,
        roads: this.#walked,
        ...outcome,
      }),
    );
    const wires = await wiresAttached(ports, plug);
    if (wires) {
      ports.events({
        type: "notice",
        level: "warning",
        text: say`Wires are still on it: it must not go to mains before the closing list is gone through.`,
      });
    }
    const common = { walked: this.#walked, wiresAttached: wires };
    return arrived === "vendor"
      ? { outcome: "vendor", plug, ...common }
      : { outcome: "configured", ...arrived, ...common };
  }

  async #agreed({ id, loses, nextAction }: Road): Promise<boolean> {
    if (loses === "nothing") return true;
    const answer = await this.#ports.operator.choose(
      {
        id: "lose-settings",
        text: say`${nextAction} Its settings are lost by that, and set again afterwards. Go this way?`,
        options: [
          { id: id, text: say`Yes` },
          { id: "no", text: say`No, another way` },
        ],
      },
      this.#ports.signal,
    );
    return answer === id;
  }

  async #askSymptom(): Promise<Symptom> {
    const answer = await this.#ports.operator.choose(
      {
        id: "symptom",
        text: say`What do you see?`,
        options: Object.entries(SYMPTOMS).map(([id, text]) => ({ id, text })),
      },
      this.#ports.signal,
    );
    return answer in SYMPTOMS ? (answer as Symptom) : "unknown";
  }

  async #askPlug(): Promise<string | undefined> {
    const { files, home, operator, signal } = this.#ports;
    if (this.#asked) return undefined;
    this.#asked = true;
    const plugs = await plugsOnRecord(files, home);
    if (plugs.length < 2) return plugs[0];
    const seen = await rememberedPlugs({ files, path: home });
    const answer = await operator.choose(
      {
        id: "which-plug",
        text: say`Which plug is it?`,
        options: [
          ...plugs.map((id) => ({ id, text: `${id} ${seen.find(({ mac }) => mac === id)?.name ?? ""}`.trim() })),
          { id: "other", text: say`Another one` },
        ],
      },
      signal,
    );
    return plugs.find((plug) => plug === answer);
  }

  async #wifi(): Promise<WifiCredentials> {
    this.#credentials ??= await this.#order.credentials();
    return this.#credentials;
  }

  async #secrets(): ReturnType<typeof readSecrets> {
    const { files, home } = this.#ports;
    return this.#plug === undefined ? {} : await readSecrets({ files, path: home }, this.#plug);
  }

  #notOurs(found: string | undefined): PlugsmithError {
    return new PlugsmithError("wrong-plug", {
      message: say`On the wires is the plug ${found ?? say`(unknown)`}, not ${String(this.#order.plug)}.`,
      step: "look",
      plugState: say`untouched`,
      nextStep: say`Attach the other plug, or leave --plug away.`,
    });
  }

  #noRoad(roads: readonly Road[]): PlugsmithError {
    const tried = this.#walked.length === 0 ? say`none was walked` : say`walked: ${this.#walked.join(", ")}`;
    const wired = roads.find(({ id }) => id === "open-the-case");
    return new PlugsmithError("road-blocked", {
      message: say`No road back is left here (${tried}).`,
      step: "rescue",
      plugState: this.#last?.texts.plugState ?? say`as it was found`,
      nextStep:
        wired?.nextAction ??
        this.#last?.texts.nextStep ??
        say`Check supply and wires with plugsmith doctor, give --firmware tasmota.bin, then run rescue again.`,
      cause: this.#last,
    });
  }
}

/** Six starts within 10 s each, and a start that lasts (support_tasmota.ino and tasmota.ino, SetOption36), ms. */
const GUARD_MS = 90_000;

/** restart_flag 2: 1.25 to 2.25 s (support_tasmota.ino), ms, and a little. */
const RESTART_MS = 4000;
