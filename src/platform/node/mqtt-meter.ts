/**
 * Watches an MQTT byte stream for a packet that is too large, which the client would gather in memory to its end: a
 * length may say 256 MiB. Reads fixed headers only (MQTT 3.1.1, sections 2.2 and 2.2.3) and skips what is in the packets.
 */

/** Tasmota's packets have 1200 bytes at most (MQTT_MAX_PACKET_SIZE); other clients' retained messages may be larger. */
const MOST_PACKET = 256 * 1024;
/** One connection is for a command or a short look: what a flood brings in all is bounded too. */
const MOST_BYTES = 32 * 1024 * 1024;

export class MqttMeter {
  #state: "type" | "length" | "body" = "type";
  #length = 0;
  #shift = 0;
  #total = 0;

  /** False once the stream holds what must not be read on. */
  fits(chunk: Uint8Array): boolean {
    this.#total += chunk.length;
    if (this.#total > MOST_BYTES) return false;
    for (let at = 0; at < chunk.length; ) {
      if (this.#state === "type") {
        this.#length = 0;
        this.#shift = 0;
        this.#state = "length";
        at++;
      } else if (this.#state === "length") {
        const byte = chunk[at++]!;
        this.#length += (byte & 0x7f) * 2 ** this.#shift;
        this.#shift += 7;
        // Four bytes at most.
        if (this.#shift > 28 || this.#length > MOST_PACKET) return false;
        if (byte < 0x80) this.#state = this.#length === 0 ? "type" : "body";
      } else {
        const taken = Math.min(this.#length, chunk.length - at);
        this.#length -= taken;
        at += taken;
        if (this.#length === 0) this.#state = "type";
      }
    }
    return true;
  }
}
