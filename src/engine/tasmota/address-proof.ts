/**
 * Decides whether a secret may go to an address. Tasmota has no challenge: a host that wants a password cannot prove
 * which plug it is. An address that only the network gave (an MQTT announcement, an answer in a range) is therefore
 * asked about, and so is a proven address where the neighbour table or the first answer without a password says that
 * another host is there. All passwords on record reach the network through this file.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import type { FoundPlug, ProofPorts } from "../firmware-driver/finder.ts";
import {
  type Home,
  readSecrets,
  rememberedPlugs,
  rememberPlug,
  type SeenPlug,
  sameAddress,
  seenPlug,
} from "../home/plug-records.ts";
import { sleep } from "../time.ts";
import { probe } from "./find.ts";
import { HttpClient } from "./http-client.ts";

/** Whether the plug wants its password. */
export type AccessState = "open" | "locked";

/** Between tries at a silent address, ms: a plug may be restarting or busy, as for commands. */
const PAUSES_MS: readonly number[] = [500, 1000, 2000];

/**
 * Resolves if secrets of this plug may go to this address, and remembers a person's yes.
 * Errors: wrong-plug, no-answer, aborted.
 */
export async function admit(ports: ProofPorts, at: PlugAt): Promise<AccessState> {
  const { mac, address } = at;
  const record = await seenPlug(ports.home, mac);
  const first = await firstAnswer(ports, address);
  if (first.mac !== undefined && first.mac !== mac) {
    throw notSent(
      say`The plug at ${address} is ${first.mac}, not ${mac}.`,
      say`Search for the plug with \`plugsmith find\`.`,
    );
  }
  const neighbour = await ports.neighbours?.macAt(address);
  const foreign = neighbour !== undefined && neighbour !== mac && neighbour !== record?.neighbour;
  const proven = record !== undefined && record.proven !== false ? record.address : undefined;
  const known = proven !== undefined && sameAddress(proven, address);
  if (known && !foreign) return accessOf(first);
  if (foreign || at.source === "network") await ask(ports, at, { proven, neighbour, foreign });
  const lastSeen = new Date(ports.clock.wallTime()).toISOString();
  await rememberPlug(ports.home, {
    ...(record ?? { mac }),
    address,
    lastSeen,
    neighbour,
    proven: undefined,
    claim: undefined,
  });
  return accessOf(first);
}

const accessOf = ({ needsPassword }: FoundPlug): AccessState => (needsPassword ? "locked" : "open");

/** What is there, asked without a password. Errors: wrong-plug where it is no Tasmota, no-answer. */
async function firstAnswer({ http, clock, signal }: ProofPorts, address: string): Promise<FoundPlug> {
  for (let attempt = 0; ; attempt++) {
    const answer = await probe(http, address, { signal, strangers: true });
    if (answer === "stranger") {
      throw notSent(
        say`The device at ${address} is not running Tasmota.`,
        say`Search for the plug with \`plugsmith find\`.`,
      );
    }
    if (answer !== undefined) return answer;
    const pause = PAUSES_MS[attempt];
    if (pause === undefined) break;
    await sleep(clock, pause, signal);
  }
  throw new PlugsmithError("no-answer", {
    message: say`The plug at ${address} did not answer.`,
    plugState: say`unchanged`,
    nextStep: say`Check that the plug has power and is reachable, then try again.`,
    context: { address },
  });
}

interface Doubt {
  readonly proven: string | undefined;
  readonly neighbour: string | undefined;
  readonly foreign: boolean;
}

/** Resolves on a yes. */
async function ask({ operator, signal }: ProofPorts, { mac, address }: PlugAt, doubt: Doubt): Promise<void> {
  const { proven, neighbour, foreign } = doubt;
  const before =
    proven === undefined
      ? say`The address of the plug ${mac} was never confirmed. Only the network says that it is ${address}.`
      : sameAddress(proven, address)
        ? say`The plug ${mac} was last confirmed at ${proven}.`
        : say`The plug ${mac} was last confirmed at ${proven}. Now ${address} answers in its place.`;
  const table =
    neighbour === undefined
      ? []
      : foreign
        ? [say`The network interface at ${address} has the MAC address ${neighbour}, which is not the plug's.`]
        : [say`The network interface at ${address} has the plug's MAC address, but another device can imitate it.`];
  const advice = say`If the plug is at this address, confirm it: run the command with --plug ${mac} --address ${address}, or run it in a terminal and answer yes.`;
  const fact = joined([before, ...table]);
  if (operator === undefined) throw notSent(fact, advice);
  const answer = await operator
    .choose(
      {
        id: "plug-moved",
        text: joined([fact, say`Is that your plug? The device at that address receives its password.`]),
        options: [
          { id: "yes", text: say`Yes, the plug is at ${address}` },
          { id: "no", text: say`No, or I am not sure: send nothing` },
        ],
      },
      signal,
    )
    .catch((error: unknown) => {
      if (isPlugsmithError(error, "needs-input")) throw notSent(fact, advice);
      throw error;
    });
  if (answer !== "yes") throw notSent(fact, say`Check in the router's device list which device has this address.`);
}

function notSent(fact: Text, nextStep: Text): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: joined([fact, say`No password was sent.`]),
    step: "find",
    plugState: say`unchanged`,
    nextStep,
  });
}

/** The plug that was last confirmed at this address. What the network claims does not count. */
export async function plugConfirmedAt(home: Home, address: string): Promise<SeenPlug | undefined> {
  return (await rememberedPlugs(home)).find((each) => each.proven !== false && sameAddress(each.address, address));
}

/** The web passwords on record that may go to this address, the likeliest first. Errors: those of `admit`. */
export async function passwordsFor(ports: ProofPorts, at: PlugAt): Promise<readonly string[]> {
  const { webPassword, nextWebPassword } = await readSecrets(ports.home, at.mac);
  const kept = [webPassword, nextWebPassword].filter((each) => each !== undefined);
  if (kept.length > 0) await admit(ports, at);
  return kept;
}

/** Where to look for a plug first: where it was confirmed, unless only its newer claimed address answers. */
export async function likelyAddress({ http, signal }: ProofPorts, seen: SeenPlug): Promise<string> {
  const { claim, address, mac } = seen;
  if (claim === undefined || sameAddress(claim.address, address)) return address;
  const there = await probe(http, address, { signal });
  return there !== undefined && (there.mac ?? mac) === mac ? address : claim.address;
}

/**
 * A client for a plug in the network, with the password given or the one on record. The address is checked when the
 * first secret is about to be sent, whether in a header or in a command. To a plug that wants no password none is sent.
 * @param mac the plug that is meant, if known; without it a password must have been given for this address.
 */
export async function plugClient(
  ports: ProofPorts,
  at: Omit<PlugAt, "mac"> & { readonly mac?: string | undefined },
  given?: string,
): Promise<HttpClient> {
  const { http, clock } = ports;
  const { address, source } = at;
  const mac = at.mac ?? (given === undefined ? (await plugConfirmedAt(ports.home, address))?.mac : undefined);
  if (mac === undefined) return new HttpClient({ http, clock, host: address, password: given });
  const password = given ?? (await readSecrets(ports.home, mac)).webPassword;
  // An address without a MAC was typed, but not for this plug.
  const reported = at.mac === undefined ? "network" : source;
  const gate = (): Promise<AccessState> => admit(ports, { mac, address, source: reported });
  return new HttpClient({ http, clock, host: address, password, gate });
}
