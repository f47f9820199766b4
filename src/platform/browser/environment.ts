/** What a job needs around it in a browser's worker: files of the page's own, Web Serial, and no local network. */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Environment } from "../../host/environment.ts";
import { openFlashStore } from "./flash-store.ts";
import { createBrowserHttp } from "./http.ts";
import { opfsFiles } from "./opfs-files.ts";
import { browserClock, browserRandom, drain } from "./system.ts";
import { identityOf, openWebSerial } from "./web-serial-line.ts";

export interface BrowserEnvironmentOptions {
  /** Root of the home in the page's files; default "plugsmith". */
  readonly home?: string | undefined;
  /** Name and version for records. */
  readonly tool: string;
  /** Parts of the browser, for tests. Default: the worker's own. */
  readonly directory?: FileSystemDirectoryHandle | undefined;
  readonly locks?: LockManager | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** The adapters that the person has given this page. Default: navigator.serial.getPorts(); none without Web Serial. */
  readonly serialPorts?: (() => Promise<readonly SerialPort[]>) | undefined;
}

const HOME = "plugsmith";

/**
 * Digests and packing are the engine's own: a browser's are asynchronous and know no MD5 (Web Cryptography API). There
 * are no neighbours to look up and no Wi-Fi of the computer to use. Ports are named `web-serial:N`, N from 1 in the
 * browser's order.
 *
 * @throws file-permission where the page may not store anything (private browsing in some browsers).
 */
export async function createBrowserEnvironment(options: BrowserEnvironmentOptions): Promise<Environment> {
  const directory = options.directory ?? (await navigator.storage.getDirectory());
  const files = opfsFiles(directory, options.locks ?? navigator.locks);
  const serialPorts =
    options.serialPorts ?? (() => ("serial" in navigator ? navigator.serial.getPorts() : Promise.resolve([])));
  const named = async (name: string): Promise<SerialPort | undefined> => {
    const number = /^web-serial:([1-9]\d*)$/.exec(name)?.[1];
    return number === undefined ? undefined : (await serialPorts())[Number(number) - 1];
  };
  return {
    virtual: false,
    tool: options.tool,
    home: options.home ?? HOME,
    clock: browserClock,
    files,
    random: browserRandom,
    http: createBrowserHttp(browserClock, options.fetch ?? fetch.bind(globalThis)),
    ranges: () => [],
    wifi: () => Promise.resolve(undefined),
    ports: {
      list: async () => ({
        adapters: (await serialPorts()).map((port, index) => ({
          ...identityOf(port),
          path: `web-serial:${index + 1}`,
        })),
        troubles: [],
      }),
      has: async (name) => (await named(name)) !== undefined,
      open: async (name, { baud } = {}) => {
        const port = await named(name);
        if (port === undefined) throw noSuchPort(name);
        return openWebSerial(port, { baud, clock: browserClock, ports: serialPorts });
      },
    },
    openFlash: (path) => openFlashStore(files, path),
    drain,
    drive: (work) => work,
    hold: (work) => work,
  };
}

function noSuchPort(name: string): PlugsmithError {
  return new PlugsmithError("port-not-found", {
    message: say`This page may not use the adapter ${name}, or the adapter does not exist.`,
    nextStep: say`Plug in the adapter, choose "Connect adapter", and select it in the browser's list.`,
    context: { port: name },
  });
}
