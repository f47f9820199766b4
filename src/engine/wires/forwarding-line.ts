/** A line in front of another one, which does everything: what a class over it does differently is all that it says. */
import type { AdapterIdentity, ByteLine, LineListener } from "../ports.ts";

export class ForwardingLine implements ByteLine {
  protected readonly line: ByteLine;

  constructor(line: ByteLine) {
    this.line = line;
  }

  get identity(): AdapterIdentity {
    return this.line.identity;
  }

  get present(): boolean {
    return this.line.present;
  }

  get can(): ByteLine["can"] {
    return this.line.can;
  }

  get baud(): number {
    return this.line.baud;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.line.write(bytes);
  }

  setBaud(baud: number): Promise<void> {
    return this.line.setBaud(baud);
  }

  setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void> {
    return this.line.setControlLines(lines);
  }

  listen(listener: LineListener): () => void {
    return this.line.listen(listener);
  }

  close(): Promise<void> {
    return this.line.close();
  }
}
