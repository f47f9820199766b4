/** /cm and the console's /cs: commands in, log lines out. Source: xdrv_01_9_webserver.ino (HandleHttpCommand, HandleConsoleRefresh). */
import type { TasmotaCore } from "../contract.ts";
import { commandAuthorised, refererAllowed } from "./access.ts";
import type { HttpReply } from "./http-reply.ts";
import { arg, hasArg, type WebRequest } from "./http-request.ts";

/** MQTT_MAX_PACKET_SIZE: a command must be shorter. */
const COMMAND_LIMIT = 1200;
const INFO = 2;

export function handleCommand(core: TasmotaCore, request: WebRequest, reply: HttpReply): void {
  if (!refererAllowed(core, request)) {
    reply.nothing();
    return;
  }
  if (!commandAuthorised(core, request)) {
    reply.json(401, '{"WARNING":"Need user=<username>&password=<password>"}');
    return;
  }
  const command = arg(request, "cmnd");
  const length = new TextEncoder().encode(command).length;
  if (length === 0 || length >= COMMAND_LIMIT) {
    reply.json(200, '{"WARNING":"Enter command cmnd="}');
    return;
  }
  const from = core.webLog.next;
  core.webLog.holdLevel(INFO);
  core.execute(command, "web");
  const objects = core.webLog.since(from, INFO).flatMap(innerJson);
  core.webLog.holdLevel(0);
  reply.json(200, `{${objects.join(",")}}`);
}

/** What a log line contributes: the inside of its braces, first to last. */
function innerJson(line: string): string[] {
  const open = line.indexOf("{");
  if (open < 0) return [];
  const close = line.lastIndexOf("}");
  return [line.slice(open + 1, Math.max(open + 1, close))];
}

/** The console page's state: whether it was dumped whole since the page was opened. */
export class ConsoleFeed {
  readonly #core: TasmotaCore;
  #dumped = false;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  /** The page was opened: the next question gets everything. */
  reopen(): void {
    this.#dumped = false;
  }

  /** "<next index>}1<was it dumped>}1<lines>}1". */
  answer(request: WebRequest): string {
    const command = arg(request, "c1");
    if (command !== "") {
      this.#core.log(INFO, `CMD: ${command}`);
      this.#core.execute(command, "web");
    }
    const asked = hasArg(request, "c2") ? Number.parseInt(arg(request, "c2"), 10) || 0 : 0;
    const dumped = this.#dumped;
    this.#dumped = true;
    const lines = this.#core.webLog.since(dumped ? asked : 0);
    return `${this.#core.webLog.next}}1${dumped ? 1 : 0}}1${lines.join("\n")}}1`;
  }
}
