/**
 * A local network: machines with addresses, name service, time service, streams between them, and its faults. Everything
 * waits on the one virtual clock. Knows nothing of radio (see radio-medium.ts) or of what travels over it.
 */
import type { SimClock } from "../clock.ts";
import { SeededRandom } from "../seeded-random.ts";
import { type Call, CallLedger } from "./call-ledger.ts";
import { type Carriage, Stream, type StreamEnd } from "./stream.ts";

/** How long a machine looks for another one that is not there before it gives up (ARP, three tries a second apart). */
const UNREACHABLE_AFTER_US = 3_000_000;
const NAME_ANSWER_US = 12_000;
/** The answer that a name does not exist comes as fast; a name server that is silent costs the resolver its patience. */
const NAME_TIMEOUT_US = 5_000_000;

/** What a machine's own link is like, on top of the network's latency. Wired: neither. */
export interface LinkQuality {
  /** Extra one-way delay, µs. */
  readonly delayUs: number;
  /** Probability that a delivery has to be repeated. */
  readonly loss: number;
}

const WIRED: LinkQuality = { delayUs: 0, loss: 0 };
/** First retransmission after, doubling each time; after so many the stream is silent for good (cf. RFC 6298). */
const RETRANSMIT_US = 250_000;
const RETRANSMIT_TRIES = 6;

export interface LanOptions {
  readonly seed?: number;
  /** First three octets. Default "192.168.1". */
  readonly subnet?: string;
  /** One-way latency, µs. Default 1500. */
  readonly latencyUs?: number;
  /** Lowest last octet the DHCP server gives. Default 50. */
  readonly firstLease?: number;
  /** Names the network's name server knows, beside those of its machines. */
  readonly names?: Readonly<Record<string, string>>;
  /** Whether time servers on the internet answer; "unknown": their names do not resolve, and the answer comes at once. Default true. */
  readonly timeService?: boolean | "unknown";
}

export type ConnectFailure = "refused" | "unreachable";

export interface Connecting {
  connected(stream: Stream): void;
  failed(why: ConnectFailure): void;
}

/** What comes of a connection to a machine whose own IP stack answers. */
export interface DialOutcome {
  /** @param take gets the machine's end of it. */
  accepted(take: (stream: Stream) => void): void;
  failed(why: ConnectFailure): void;
}

/** Connects to a machine by its own IP stack. @param from address of the caller. @returns gives it up. */
export type Dial = (from: string, port: number, outcome: DialOutcome) => () => void;

export interface MachineOptions {
  readonly name: string;
  /** Fixed address; else one is leased. */
  readonly address?: string | undefined;
  /** Key of the DHCP lease: the same key gets the same address again. Default the name. */
  readonly leaseKey?: string;
  readonly hostCode?: boolean | undefined;
  /** Asked for every delivery, so that a link may get better or worse. */
  readonly link?: () => LinkQuality;
  /** For a machine with its own IP stack; its `listen` is not asked then. */
  readonly dial?: Dial | undefined;
}

/** A machine's presence on a network, from joining to leaving. */
export class Machine implements StreamEnd {
  readonly clock: SimClock;
  readonly lan: Lan;
  readonly name: string;
  readonly address: string;
  readonly hostCode: boolean;
  readonly link: () => LinkQuality;
  readonly dial: Dial | undefined;
  readonly #listeners = new Map<number, (stream: Stream) => void>();
  #alive = true;

  constructor(lan: Lan, clock: SimClock, address: string, options: MachineOptions) {
    this.lan = lan;
    this.clock = clock;
    this.address = address;
    this.name = options.name;
    this.hostCode = options.hostCode ?? false;
    this.link = options.link ?? (() => WIRED);
    this.dial = options.dial;
  }

  alive(): boolean {
    return this.#alive;
  }

  replaced(): boolean {
    return !this.#alive && this.lan.machineAt(this.address) !== undefined;
  }

  /** Accepts connections on a port. Returns a function that stops accepting. */
  listen(port: number, accept: (stream: Stream) => void): () => void {
    this.#listeners.set(port, accept);
    return () => {
      if (this.#listeners.get(port) === accept) this.#listeners.delete(port);
    };
  }

  /** Who answers on a port, if anybody does. The network asks it at the arrival of a connection. */
  acceptor(port: number): ((stream: Stream) => void) | undefined {
    return this.#listeners.get(port);
  }

  connect(address: string, port: number, outcome: Connecting): () => void {
    return this.lan.connect(this, address, port, outcome);
  }

  /** Looks a name up; undefined when it does not exist or nobody answers. Dotted quads resolve at once. */
  resolve(name: string, found: (address: string | undefined) => void): () => void {
    return this.lan.resolve(this, name, found);
  }

  /** Asks a time server. Milliseconds since 1970, or undefined when none answers. */
  askTime(answer: (utcMs: number | undefined) => void): () => void {
    return this.lan.askTime(this, answer);
  }

  /** Runs an event of this machine, with the pause that host code needs. */
  schedule(time: number, action: () => void): () => void {
    const guarded = (): void => {
      if (this.#alive) action();
    };
    return this.hostCode ? this.clock.hostAt(time, guarded) : this.clock.at(time, guarded);
  }

  /** Vanishes without a word: power gone, restarted, out of range. Nobody is told; connections hang half-open. */
  vanish(): void {
    this.#alive = false;
    this.#listeners.clear();
    this.lan.forget(this);
  }
}

export class Lan {
  readonly gateway: string;
  readonly netmask = "255.255.255.0";
  readonly nameServer: string;
  /** Whether time servers answer. */
  timeService: boolean | "unknown";
  /** Whether the DHCP server gives addresses. */
  leasing = true;
  /** Whether the name server answers at all. */
  naming = true;
  /** What its machines asked for and called. */
  readonly ledger: CallLedger = new CallLedger();
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  readonly #subnet: string;
  readonly #latencyUs: number;
  readonly #names: Map<string, string>;
  readonly #machines = new Map<string, Machine>();
  readonly #leases = new Map<string, string>();
  readonly #deaf = new Map<string, number>();
  #nextLease: number;
  #catchAll: string | undefined;

  constructor(clock: SimClock, options: LanOptions = {}) {
    this.#clock = clock;
    this.#random = new SeededRandom(options.seed ?? 1).fork("lan");
    this.#subnet = options.subnet ?? "192.168.1";
    this.#latencyUs = options.latencyUs ?? 1500;
    this.#nextLease = options.firstLease ?? 50;
    this.#names = new Map(Object.entries(options.names ?? {}));
    this.gateway = `${this.#subnet}.1`;
    this.nameServer = this.gateway;
    this.timeService = options.timeService ?? true;
  }

  /** Machines present now. */
  get machines(): readonly Machine[] {
    return [...this.#machines.values()];
  }

  machineAt(address: string): Machine | undefined {
    return this.#machines.get(address);
  }

  contains(address: string): boolean {
    return address.startsWith(`${this.#subnet}.`);
  }

  /** The address a key would be leased, as a router keeps its leases. */
  lease(key: string): string {
    let address = this.#leases.get(key);
    if (address === undefined) {
      do address = `${this.#subnet}.${this.#nextLease++}`;
      while (this.#machines.has(address));
      this.#leases.set(key, address);
    }
    return address;
  }

  /** Puts a machine on the network. A previous one at the same address vanishes. */
  join(options: MachineOptions): Machine {
    const address = options.address ?? this.lease(options.leaseKey ?? options.name);
    this.#machines.get(address)?.vanish();
    const machine = new Machine(this, this.#clock, address, options);
    this.#machines.set(address, machine);
    return machine;
  }

  /** @internal */
  forget(machine: Machine): void {
    if (this.#machines.get(machine.address) === machine) this.#machines.delete(machine.address);
  }

  addName(name: string, address: string): void {
    this.#names.set(name.toLowerCase(), address);
  }

  /** A captive portal's name server: every name has this address. */
  answerEveryNameWith(address: string): void {
    this.#catchAll = address;
  }

  /** Fault: of the next `count` connections to `address`, nothing comes back, though everything arrives there. */
  loseAnswersFrom(address: string, count: number): void {
    this.#deaf.set(address, count);
  }

  connect(from: Machine, address: string, port: number, outcome: Connecting): () => void {
    let cancelled = false;
    let giveUp = (): void => {};
    const tell = (at: number, action: () => void): void => {
      from.schedule(at, () => {
        if (!cancelled) action();
      });
    };
    const failed = (at: number, why: ConnectFailure): void => {
      this.#record(from, { kind: "tcp", target: address, port, outcome: why === "refused" ? why : "unanswered" });
      tell(at, () => outcome.failed(why));
    };
    const out = this.#carriage(from, undefined).delay() ?? UNREACHABLE_AFTER_US;
    this.#clock.at(this.#clock.now + out, () => {
      const target = this.#machines.get(address);
      if (cancelled || !from.alive()) return;
      if (target === undefined) return failed(this.#clock.now + UNREACHABLE_AFTER_US, "unreachable");
      const back = (): number => this.#clock.now + (this.#carriage(target, from).delay() ?? UNREACHABLE_AFTER_US);
      const accepted = (take: (stream: Stream) => void): void => {
        if (cancelled || !from.alive()) {
          giveUp();
          return;
        }
        giveUp = () => {};
        this.#record(from, { kind: "tcp", target: address, port, outcome: "answered" });
        const arrives = back();
        const [near, far] = this.#streams(from, target);
        target.schedule(this.#clock.now, () => take(far));
        tell(arrives, () => outcome.connected(near));
      };
      if (target.dial !== undefined) {
        giveUp = target.dial(from.address, port, { accepted, failed: (why) => failed(back(), why) });
        return;
      }
      const accept = target.acceptor(port);
      if (accept === undefined) failed(back(), "refused");
      else accepted(accept);
    });
    return () => {
      if (cancelled) return;
      cancelled = true;
      giveUp();
    };
  }

  #streams(from: Machine, target: Machine): [Stream, Stream] {
    const deaf = this.#deaf.get(target.address) ?? 0;
    if (deaf > 0) this.#deaf.set(target.address, deaf - 1);
    const silence: Carriage = { delay: () => undefined };
    const answers = deaf > 0 ? silence : this.#carriage(target, from);
    return Stream.pair(from, target, [this.#carriage(from, target), answers]);
  }

  resolve(from: Machine, name: string, found: (address: string | undefined) => void): () => void {
    const now = this.#clock.now;
    if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return from.schedule(now, () => found(name));
    if (!this.naming) return from.schedule(now + NAME_TIMEOUT_US, () => found(undefined));
    const known = this.#catchAll ?? this.#names.get(name.toLowerCase()) ?? this.#addressOf(name);
    this.#record(from, { kind: "name", target: name, outcome: known === undefined ? "unknown" : "answered" });
    return from.schedule(now + NAME_ANSWER_US, () => found(known));
  }

  askTime(from: Machine, answer: (utcMs: number | undefined) => void): () => void {
    const now = this.#clock.now;
    if (this.timeService === "unknown") return from.schedule(now + NAME_ANSWER_US, () => answer(undefined));
    if (!this.timeService) return from.schedule(now + 1_000_000, () => answer(undefined));
    return from.schedule(now + 40_000, () => answer(this.#clock.port().wallTime()));
  }

  #record(from: Machine, call: Omit<Call, "from" | "caller">): void {
    if (!from.hostCode) this.ledger.record({ ...call, from: from.address, caller: from.name }, this.#clock.now);
  }

  #addressOf(name: string): string | undefined {
    for (const machine of this.#machines.values()) {
      if (machine.name.toLowerCase() === name.toLowerCase()) return machine.address;
    }
    return undefined;
  }

  #carriage(from: Machine, to: Machine | undefined): Carriage {
    return {
      delay: () => {
        const links = [from.link(), to?.link() ?? WIRED];
        let delay = this.#latencyUs * this.#random.between(0.7, 1.6);
        for (const link of links) {
          delay += link.delayUs;
          for (let tries = 0; link.loss > 0 && this.#random.unit() < link.loss; tries++) {
            if (tries === RETRANSMIT_TRIES) return undefined;
            delay += RETRANSMIT_US * 2 ** tries;
          }
        }
        return delay;
      },
    };
  }
}
