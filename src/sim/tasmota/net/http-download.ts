/** GET of a file as the updater does it: HTTP/1.0, Content-Length required. Source: ESP8266HTTPClient, ESP8266httpUpdate. */
import type { SimClock } from "../../world/clock.ts";
import type { Machine } from "../../world/network/lan.ts";

export type DownloadResult = { readonly status: number; readonly body: Uint8Array } | { readonly error: string };

/** HTTPCLIENT_DEFAULT_TCP_TIMEOUT: without a byte. */
const PATIENCE_US = 5_000_000;

export function download(
  clock: SimClock,
  machine: Machine | undefined,
  url: string,
  userAgent: string,
  done: (result: DownloadResult) => void,
): () => void {
  let over = false;
  let cancel: (() => void) | undefined;
  let watchdog: (() => void) | undefined;
  const finish = (result: DownloadResult): void => {
    if (over) return;
    over = true;
    watchdog?.();
    done(result);
  };
  const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url);
  if (machine === undefined || match === null) {
    cancel = clock.at(clock.now, () => finish({ error: "connection refused" }));
  } else {
    const [, host = "", port = "80", path = "/"] = match;
    const patience = (): void => {
      watchdog?.();
      watchdog = clock.at(clock.now + PATIENCE_US, () => finish({ error: "read Timeout" }));
    };
    cancel = machine.resolve(host, (address) => {
      if (over) return;
      if (address === undefined) {
        finish({ error: "connection refused" });
        return;
      }
      cancel = machine.connect(address, Number(port), {
        failed: () => finish({ error: "connection refused" }),
        connected: (stream) => {
          let received: Uint8Array = new Uint8Array(0);
          patience();
          stream.listen({
            data: (bytes) => {
              if (over) return;
              patience();
              const joined = new Uint8Array(received.length + bytes.length);
              joined.set(received);
              joined.set(bytes, received.length);
              received = joined;
              const result = parse(received);
              if (result === undefined) return;
              stream.end();
              finish(result);
            },
            end: () => finish({ error: "connection lost" }),
            closed: () => finish({ error: "connection lost" }),
          });
          const head = `GET ${path} HTTP/1.0\r\nHost: ${host}\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`;
          stream.write(new TextEncoder().encode(head));
        },
      });
    });
  }
  return () => {
    over = true;
    cancel?.();
    watchdog?.();
  };
}

function parse(bytes: Uint8Array): DownloadResult | undefined {
  let text = "";
  for (const byte of bytes.subarray(0, 4096)) text += String.fromCharCode(byte);
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0);
  if (status !== 200) return { status, body: new Uint8Array(0) };
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end + 2))?.[1];
  if (length === undefined) return { error: "Server Did Not Report Size" };
  const start = end + 4;
  if (bytes.length < start + Number(length)) return undefined;
  return { status, body: bytes.slice(start, start + Number(length)) };
}
