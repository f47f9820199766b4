/**
 * The air around the virtual home as Wi-Fi chips see it: every station hears what the others send, with one signal
 * strength for all of them. Loss and distance come with those who need them.
 */
import type { Ether, EtherFrame, EtherStation } from "../../board/ether.ts";

/** dBm; a router in the same room. */
const SIGNAL = -46;

export class SharedEther implements Ether {
  readonly #stations: Set<EtherStation> = new Set();

  join(station: EtherStation): () => void {
    this.#stations.add(station);
    return () => this.#stations.delete(station);
  }

  send(from: EtherStation, frame: EtherFrame): boolean {
    let acknowledged = false;
    for (const station of [...this.#stations]) {
      if (station !== from && station.hear(frame, SIGNAL)) acknowledged = true;
    }
    return acknowledged;
  }
}
