/** A virtual home with a plug that executes an image, its console, and time that passes. */
import { startExecutedPlug } from "../../src/sim/home/executed-plug.ts";
import type { VirtualHome } from "../../src/sim/home/virtual-home.ts";

const BAUD = 115_200;
const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class ExecutedHome {
  readonly home: VirtualHome;
  /** Where the next look at the console begins. */
  #from = 0;

  constructor(image: Uint8Array) {
    const flash = new Uint8Array(0x100000).fill(0xff);
    flash.set(image);
    this.home = startExecutedPlug({ flash }).home;
  }

  complete<T>(work: Promise<T>): Promise<T> {
    return this.home.clock.complete(drain, work);
  }

  async pass(seconds: number): Promise<void> {
    const { clock } = this.home;
    await clock.run(drain, () => false, clock.now + seconds * 1e6);
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
