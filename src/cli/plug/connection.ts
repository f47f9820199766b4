/** A serial line to a plug by the name after `--port`, with everything a job needs around it: real or virtual. */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { ByteLine, Clock, Files } from "../../engine/ports.ts";
import { listAdapters, nodeClock, nodeFiles, openLine } from "../../platform/node/index.ts";
import { parsePortName } from "../../platform/port-name.ts";
import { virtualHome } from "../home.ts";
import { TOOL } from "../version.ts";
import { OutsideWork } from "./outside-work.ts";
import { openVirtualPlug } from "./virtual-plug.ts";

export interface PlugConnection {
  readonly line: ByteLine;
  readonly clock: Clock;
  readonly files: Files;
  /** The home this plug's records belong in. */
  readonly home: string;
  /** Name and version for records. */
  readonly tool: string;
  readonly virtual: boolean;
  /** Runs a job to its end, moving virtual time where time is virtual. */
  drive<T>(work: Promise<T>): Promise<T>;
  /** Has virtual time wait for something outside, such as a person's answer. */
  hold<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** As written after `--port`; undefined: the one USB adapter there is. */
  readonly port: string | undefined;
  /** Root of the home for real plugs. */
  readonly home: string;
  readonly emit: EventSink;
}

/** Errors: port-*, bad-argument, needs-input where several adapters could be meant. */
export async function connectPlug(options: ConnectionOptions): Promise<PlugConnection> {
  const name = options.port ?? (await onlyAdapter());
  const port = parsePortName(name);
  if (port.kind === "sim") return connectVirtual(port.folder, options.home);
  const line = await openLine(name, { notice: (notice) => options.emit({ type: "notice", ...notice }) });
  return {
    line,
    clock: nodeClock,
    files: nodeFiles,
    home: options.home,
    tool: TOOL,
    virtual: false,
    drive: (work) => work,
    hold: (work) => work,
    close: () => line.close(),
  };
}

async function connectVirtual(folder: string | undefined, realHome: string): Promise<PlugConnection> {
  const plug = await openVirtualPlug({ folder, start: "download" });
  const outside = new OutsideWork();
  return {
    line: plug.bench.line,
    clock: plug.world.port(),
    files: outside.files(nodeFiles),
    home: folder === undefined ? virtualHome(realHome) : `${folder}/home`,
    tool: `${TOOL} (virtual plug)`,
    virtual: true,
    drive: (work) => plug.world.complete(outside.drain, work),
    hold: (work) => outside.hold(work),
    close: async () => {
      // Closing a line takes a moment of its world's time.
      await plug.world.complete(outside.drain, plug.bench.line.close());
      await plug.close();
    },
  };
}

async function onlyAdapter(): Promise<string> {
  const usb = (await listAdapters()).adapters.filter((adapter) => adapter.vendorId !== undefined);
  const [only] = usb;
  if (only !== undefined && usb.length === 1) return only.path;
  throw new PlugsmithError(usb.length === 0 ? "port-not-found" : "needs-input", {
    message:
      usb.length === 0
        ? "No USB serial adapter is plugged in."
        : `Several adapters are plugged in: ${usb.map(({ path, label }) => `${path} (${label})`).join(", ")}.`,
    step: "open port",
    plugState: "untouched",
    nextStep: usb.length === 0 ? "Plug it in, or try the virtual plug: --port sim:" : "Say which with --port.",
  });
}
