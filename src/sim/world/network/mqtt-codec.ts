/**
 * MQTT 3.1.1 packets as bytes, for the virtual network's broker and the firmware model's client (OASIS MQTT 3.1.1, chapter 3).
 * Of QoS 2 nothing. Both sides are also held to brokers and clients nobody here wrote.
 */

export interface Connect {
  readonly type: "connect";
  readonly clientId: string;
  readonly keepAlive: number;
  readonly clean: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly will?:
    | {
        readonly topic: string;
        readonly payload: Uint8Array;
        readonly qos: 0 | 1;
        readonly retain: boolean;
      }
    | undefined;
}

export interface Publish {
  readonly type: "publish";
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** Present with QoS 1. */
  readonly id?: number;
}

export type MqttPacket =
  | Connect
  | { readonly type: "connack"; readonly code: number }
  | Publish
  | { readonly type: "puback"; readonly id: number }
  | { readonly type: "subscribe"; readonly id: number; readonly filters: readonly { topic: string; qos: 0 | 1 }[] }
  | { readonly type: "suback"; readonly id: number; readonly granted: readonly number[] }
  | { readonly type: "unsubscribe"; readonly id: number; readonly filters: readonly string[] }
  | { readonly type: "unsuback"; readonly id: number }
  | { readonly type: "pingreq" }
  | { readonly type: "pingresp" }
  | { readonly type: "disconnect" };

/** Packet types by number, section 2.2.1. */
const TYPES = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  unsuback: 11,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14,
} as const;

class Writer {
  readonly #bytes: number[] = [];

  byte(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  word(value: number): this {
    return this.byte(value >> 8).byte(value);
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  data(bytes: Uint8Array): this {
    return this.word(bytes.length).raw(bytes);
  }

  text(text: string): this {
    return this.data(new TextEncoder().encode(text));
  }

  packet(type: number, flags: number): Uint8Array {
    const length: number[] = [];
    let rest = this.#bytes.length;
    do {
      length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      rest >>= 7;
    } while (rest > 0);
    return Uint8Array.from([(type << 4) | flags, ...length, ...this.#bytes]);
  }
}

export function encodeMqtt(packet: MqttPacket): Uint8Array {
  const writer = new Writer();
  const type = TYPES[packet.type];
  switch (packet.type) {
    case "connect":
      return encodeConnect(writer, packet);
    case "connack":
      return writer.byte(0).byte(packet.code).packet(type, 0);
    case "publish":
      writer.text(packet.topic);
      if (packet.qos > 0) writer.word(packet.id ?? 1);
      return writer.raw(packet.payload).packet(type, (packet.qos << 1) | (packet.retain ? 1 : 0));
    case "puback":
    case "unsuback":
      return writer.word(packet.id).packet(type, 0);
    case "subscribe":
      writer.word(packet.id);
      for (const filter of packet.filters) writer.text(filter.topic).byte(filter.qos);
      return writer.packet(type, 2);
    case "suback":
      writer.word(packet.id);
      for (const code of packet.granted) writer.byte(code);
      return writer.packet(type, 0);
    case "unsubscribe":
      writer.word(packet.id);
      for (const filter of packet.filters) writer.text(filter);
      return writer.packet(type, 2);
    case "pingreq":
    case "pingresp":
    case "disconnect":
      return writer.packet(type, 0);
  }
}

function encodeConnect(writer: Writer, packet: Connect): Uint8Array {
  const { will, user, password } = packet;
  const flags =
    (packet.clean ? 0x02 : 0) |
    (will === undefined ? 0 : 0x04 | (will.qos << 3) | (will.retain ? 0x20 : 0)) |
    (password === undefined ? 0 : 0x40) |
    (user === undefined ? 0 : 0x80);
  writer.text("MQTT").byte(4).byte(flags).word(packet.keepAlive).text(packet.clientId);
  if (will !== undefined) writer.text(will.topic).data(will.payload);
  if (user !== undefined) writer.text(user);
  if (password !== undefined) writer.text(password);
  return writer.packet(TYPES.connect, 0);
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error("MQTT packet shorter than it says");
    return byte;
  }

  word(): number {
    return this.byte() * 256 + this.byte();
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw new Error("MQTT packet shorter than it says");
    this.#at += count;
    return this.#bytes.slice(this.#at - count, this.#at);
  }

  data(): Uint8Array {
    return this.take(this.word());
  }

  text(): string {
    return new TextDecoder().decode(this.data());
  }
}

/** Collects bytes of a stream into packets. Throws on bytes that are not MQTT 3.1.1. */
export class MqttDecoder {
  #buffer: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): MqttPacket[] {
    const joined = new Uint8Array(this.#buffer.length + bytes.length);
    joined.set(this.#buffer);
    joined.set(bytes, this.#buffer.length);
    this.#buffer = joined;
    const packets: MqttPacket[] = [];
    for (;;) {
      const packet = this.#next();
      if (packet === undefined) return packets;
      packets.push(packet);
    }
  }

  #next(): MqttPacket | undefined {
    let length = 0;
    let at = 1;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#buffer[at++];
      if (byte === undefined) return undefined;
      if (shift > 21) throw new Error("MQTT length too long");
      length += (byte & 0x7f) << shift;
      if (byte < 128) break;
    }
    if (this.#buffer.length < at + length) return undefined;
    const head = this.#buffer[0]!;
    const body = new Reader(this.#buffer.slice(at, at + length));
    this.#buffer = this.#buffer.slice(at + length);
    return decode(head, body);
  }
}

function decode(head: number, body: Reader): MqttPacket {
  switch (head >> 4) {
    case TYPES.connect:
      return decodeConnect(body);
    case TYPES.connack:
      body.byte();
      return { type: "connack", code: body.byte() };
    case TYPES.publish: {
      const qos = (head >> 1) & 3;
      if (qos > 1) throw new Error("QoS 2 is not spoken here");
      const topic = body.text();
      const id = qos === 1 ? { id: body.word() } : {};
      const retain = (head & 1) === 1;
      return { type: "publish", topic, qos: qos as 0 | 1, retain, ...id, payload: body.take(body.left) };
    }
    case TYPES.puback:
      return { type: "puback", id: body.word() };
    case TYPES.subscribe: {
      const id = body.word();
      const filters: { topic: string; qos: 0 | 1 }[] = [];
      while (body.left > 0) filters.push({ topic: body.text(), qos: Math.min(1, body.byte()) as 0 | 1 });
      return { type: "subscribe", id, filters };
    }
    case TYPES.suback: {
      const id = body.word();
      return { type: "suback", id, granted: [...body.take(body.left)] };
    }
    case TYPES.unsubscribe: {
      const id = body.word();
      const filters: string[] = [];
      while (body.left > 0) filters.push(body.text());
      return { type: "unsubscribe", id, filters };
    }
    case TYPES.unsuback:
      return { type: "unsuback", id: body.word() };
    case TYPES.pingreq:
      return { type: "pingreq" };
    case TYPES.pingresp:
      return { type: "pingresp" };
    case TYPES.disconnect:
      return { type: "disconnect" };
    default:
      throw new Error(`MQTT packet type ${head >> 4} is not spoken here`);
  }
}

function decodeConnect(body: Reader): Connect {
  const protocol = body.text();
  const level = body.byte();
  if (protocol !== "MQTT" || level !== 4) throw new Error(`not MQTT 3.1.1: ${protocol} ${level}`);
  const flags = body.byte();
  const keepAlive = body.word();
  const clientId = body.text();
  const qos = Math.min(1, (flags >> 3) & 3) as 0 | 1;
  const will =
    flags & 0x04 ? { topic: body.text(), payload: body.data(), qos, retain: (flags & 0x20) !== 0 } : undefined;
  const user = flags & 0x80 ? body.text() : undefined;
  const password = flags & 0x40 ? body.text() : undefined;
  return {
    type: "connect",
    clientId,
    keepAlive,
    clean: (flags & 0x02) !== 0,
    will,
    user,
    password,
  };
}

/** Whether a topic falls under a filter with + and # (section 4.7). */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split("/");
  const given = topic.split("/");
  if (given[0]!.startsWith("$") && (wanted[0] === "#" || wanted[0] === "+")) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === "#") return true;
    const other = given[index];
    if (other === undefined || (level !== "+" && level !== other)) return false;
  }
  return wanted.length === given.length;
}
