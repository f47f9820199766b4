/** A virtual home with a plug that executes an image, its console, and time that passes. */
import { createVirtualHome, OWN_IMAGES_ONLY, type VirtualHome } from "../../src/sim/home/virtual-home.ts";
import { SimClock } from "../../src/sim/world/clock.ts";

const BAUD = 115_200;
const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class ExecutedHome {
  readonly clock: SimClock = new SimClock();
  readonly home: VirtualHome;
  /** Where the next look at the console begins. */
  #from = 0;

  constructor(image: Uint8Array) {
    const flash = new Uint8Array(0x100000).fill(0xff);
    flash.set(image);
    this.home = createVirtualHome({
      clock: this.clock,
      firmwares: OWN_IMAGES_ONLY,
      bench: { flash, pluggedIn: true },
    });
  }

  complete<T>(work: Promise<T>): Promise<T> {
    return this.clock.complete(drain, work);
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.run(drain, () => false, this.clock.now + seconds * 1e6);
  }

  /** Types a line on the console and waits. @returns what was printed meanwhile. */
  async command(line: string, seconds: number): Promise<string> {
    this.text();
    if (this.home.line.baud !== BAUD) await this.complete(this.home.line.setBaud(BAUD));
    await this.complete(this.home.line.write(new TextEncoder().encode(`${line}\n`)));
    await this.pass(seconds);
    return this.text();
  }

  /** What was printed since the last look. */
  text(): string {
    const heard = this.home.bench.heard(BAUD);
    const text = heard.slice(this.#from);
    this.#from = heard.length;
    return text;
  }

  async get(path: string, host: string): Promise<{ readonly status: number; readonly text: string }> {
    const request = { method: "GET", url: `http://${host}${path}`, timeoutMs: 15_000 } as const;
    const { status, body } = await this.complete(this.home.http.request(request));
    return { status, text: new TextDecoder().decode(body) };
  }
}
