/** /cm and the console's /cs: commands in, log lines out. Source: xdrv_01_9_webserver.ino (HandleHttpCommand, HandleConsoleRefresh). */
import type { TasmotaCore } from "../contract.ts";
import { argumentsAuthorised } from "./access.ts";
import type { HttpReply } from "./http-reply.ts";
import { arg, numberArg, type WebRequest } from "./http-request.ts";

/** MQTT_MAX_PACKET_SIZE: a command must be shorter. */
const COMMAND_LIMIT = 1200;
const INFO = 2;
const DEBUG = 3;

/** Runs a command as a page, the API or the console page does (ExecuteWebCommand). */
export function executeFrom(
  core: TasmotaCore,
  request: WebRequest,
  source: "WebGui" | "WebCommand" | "WebConsole",
  command: string,
): void {
  showSource(core, request, source);
  core.execute(command, "web");
}

/** ShowWebSource. */
export function showSource(core: TasmotaCore, request: WebRequest, source: string): void {
  core.log(DEBUG, `SRC: ${source} from ${request.from}`);
}

function tooLong(command: string): boolean {
  return new TextEncoder().encode(command).length >= COMMAND_LIMIT;
}

/** @param known the password came as HTTP Basic, or there is none. */
export function handleCommand(core: TasmotaCore, request: WebRequest, reply: HttpReply, known: boolean): void {
  core.log(DEBUG, "HTP: Command");
  if (!known && !argumentsAuthorised(core, request)) {
    reply.json(401, '{"WARNING":"Need user=<username>&password=<password>"}');
    showSource(core, request, "WebCommand");
    core.log(DEBUG, "HTP: Bad userid and/or password");
    return;
  }
  const command = arg(request, "cmnd");
  if (command === "" || tooLong(command)) {
    reply.json(200, '{"WARNING":"Enter command cmnd="}');
    return;
  }
  const from = core.webLog.next;
  core.webLog.holdLevel(INFO);
  executeFrom(core, request, "WebCommand", command);
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

/** The console page's state: whether it was dumped whole since the server started. */
export class ConsoleFeed {
  readonly #core: TasmotaCore;
  #dumped = false;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  /** "<next index>}1<was it dumped>}1<lines>}1". Lines that go on from an index start with a line end. */
  answer(request: WebRequest): string {
    const command = arg(request, "c1");
    if (command !== "" && !tooLong(command)) {
      this.#core.log(INFO, `CMD: ${command}`);
      executeFrom(this.#core, request, "WebConsole", command);
    }
    const dumped = this.#dumped;
    this.#dumped = true;
    const index = dumped ? numberArg(request, "c2") : 0;
    const lines = this.#core.webLog.since(index);
    const begin = index === 0 || lines.length === 0 ? "" : "\n";
    return `${this.#core.webLog.next}}1${dumped ? 1 : 0}}1${begin}${lines.join("\n")}}1`;
  }
}
