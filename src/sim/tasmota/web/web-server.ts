/** Paths of the plug's web server and what they do. Source: xdrv_01_9_webserver.ino; recordings of the pages. */
import type { ScannedNetwork, TasmotaCore } from "../contract.ts";
import { basicAuthorised, formAuthorised, refererAllowed } from "./access.ts";
import { ConsoleFeed, executeFrom, handleCommand, showSource } from "./command-api.ts";
import type { HttpReply } from "./http-reply.ts";
import { arg, argWithin, hasArg, numberArg, type WebRequest } from "./http-request.ts";
import * as firmware from "./pages/firmware-pages.ts";
import * as hardware from "./pages/hardware-forms.ts";
import * as main from "./pages/main.ts";
import * as forms from "./pages/settings-forms.ts";
import * as wifi from "./pages/wifi.ts";
import { Uploads } from "./upload.ts";

/** What the pages need of the Wi-Fi. */
export interface WifiControl {
  /** Takes about 2 s, during which the main loop stands still. */
  scan(done: (networks: readonly ScannedNetwork[]) => void): void;
  readonly test: wifi.WifiTestView;
  startTest(ssid: string, password: string): void;
  /** Somebody saw what the finished test came to: the device restarts, and the page is not shown again. */
  outcomeSeen(): void;
  /** A page of the access point was asked for: its time starts again. */
  pageViewed(): void;
  /** WifiConfig 7: the access point only restarts or resets. */
  readonly resetOnly: boolean;
}

type Handler = (request: WebRequest, reply: HttpReply) => void;

interface Route {
  readonly handler: Handler;
  /** All, where none are named. */
  readonly methods?: readonly string[];
}

const OWN_ADDRESS = "192.168.4.1";
const USER_MODE = 1;
const RESTART_SOON = 2;
const DEBUG = 3;
/** TOPSZ without its end: what a form's text or URL is cut to. */
const TEXT_LIMIT = 150;

/** What the minimal build's server has (WebServerDispatch under FIRMWARE_MINIMAL). */
const MINIMAL_PATHS: readonly string[] = ["/", "/up", "/u1", "/u2", "/u3", "/mn", "/cs", "/cm"];
/** The pages that a browser may ask about beforehand. */
const PREFLIGHT_PATHS: readonly string[] = ["/cs", "/u2"];

export class WebServer {
  /** 1 user, 2 admin; follows the setting a little later. */
  mode: number;
  readonly #core: TasmotaCore;
  readonly #wifi: WifiControl;
  readonly #console: ConsoleFeed;
  readonly #uploads: Uploads;
  readonly #routes: ReadonlyMap<string, Route>;

  constructor(core: TasmotaCore, control: WifiControl, mode: number) {
    this.#core = core;
    this.#wifi = control;
    this.mode = mode;
    this.#console = new ConsoleFeed(core);
    this.#uploads = new Uploads(core);
    const routes = Object.entries(this.#table());
    this.#routes = new Map(core.build.minimal ? routes.filter(([path]) => MINIMAL_PATHS.includes(path)) : routes);
  }

  handle(request: WebRequest, reply: HttpReply): void {
    const { method, path } = request;
    const route = this.#routes.get(path);
    if (method === "OPTIONS" && PREFLIGHT_PATHS.includes(path)) reply.preflight();
    else if (route !== undefined && (route.methods ?? [method]).includes(method)) route.handler(request, reply);
    else if (!this.#toPortal(request, reply)) this.#notFound(request, reply);
  }

  #table(): Readonly<Record<string, Route>> {
    const core = this.#core;
    const show = (name: string, draw: (core: TasmotaCore) => string): Handler =>
      this.#privileged((_, reply) => {
        core.log(DEBUG, `HTP: ${name}`);
        this.#page(reply, draw(core));
      });
    const arming = (kind: "firmware" | "settings", page: Handler): Handler =>
      this.#privileged((request, reply) => {
        page(request, reply);
        this.#uploads.armed = kind;
      });
    const command: Handler = (request, reply) =>
      handleCommand(core, request, reply, basicAuthorised(core, request, this.#wifi.resetOnly));
    const managed = (handler: Handler): Handler => this.#privileged(handler, () => !core.network.managerActive);
    const routes: Record<string, Route> = {
      "/": { handler: (request, reply) => this.#root(request, reply) },
      "/cm": { handler: this.#privileged(command, () => false) },
      "/cn": { handler: show("Configuration", main.configurationMenu) },
      "/mn": { handler: show("Tools", main.toolsMenu), methods: ["GET"] },
      "/in": { handler: show("Information", main.informationPage) },
      "/wi": { handler: managed((request, reply) => this.#wifiPage(request, reply)) },
      "/lg": {
        handler: this.#form("Logging", forms.loggingPage, forms.loggingCommands, (_, reply) => {
          core.log(DEBUG, "HTP: Configuration");
          this.#page(reply, main.configurationMenu(core));
        }),
      },
      "/co": { handler: this.#form("Other", (c) => forms.otherPage(c, c.templateJson()), forms.otherCommands) },
      "/md": { handler: this.#privileged((request, reply) => this.#modulePage(request, reply)) },
      "/tp": { handler: this.#privileged((request, reply) => this.#templatePage(request, reply)) },
      "/cs": { handler: this.#privileged((request, reply) => this.#consolePage(request, reply)), methods: ["GET"] },
      "/dl": {
        handler: this.#privileged((_, reply) => {
          core.log(DEBUG, "HTP: Backup");
          const host = core.network.hostname.replaceAll(/[^a-zA-Z0-9]/g, "_");
          reply.file(`Config_${host}_${core.build.number}.dmp`, core.dumpSettings());
        }),
      },
      "/rs": { handler: arming("settings", show("Restore", firmware.restorePage)) },
      "/up": { handler: arming("firmware", show("Firmware Upgrade", firmware.upgradePage)) },
      "/u1": { handler: this.#privileged((request, reply) => this.#upgrade(request, reply)) },
      "/u2": {
        handler: (request, reply) => {
          const done = (): void => this.#uploadDone(request, reply);
          if (this.#userMode) done();
          else this.#uploads.take(request, done);
        },
        methods: ["POST"],
      },
      "/u3": { handler: (request, reply) => this.#uploadDone(request, reply) },
      "/rt": {
        handler: managed((request, reply) => {
          core.log(DEBUG, "HTP: Reset");
          this.#page(reply, main.resetPage(core));
          executeFrom(core, request, "WebGui", "Reset 1");
        }),
      },
    };
    // Added by the driver where it is on when the server starts (Xdrv02 FUNC_WEB_ADD_HANDLER).
    if (core.settings.option(forms.MQTT_ENABLED) === 1) {
      routes["/mq"] = { handler: this.#form("MQTT", forms.mqttPage, forms.mqttCommands) };
    }
    return routes;
  }

  get #userMode(): boolean {
    return this.mode === USER_MODE && !this.#core.network.managerActive;
  }

  #authorised(request: WebRequest): boolean {
    return basicAuthorised(this.#core, request, this.#wifi.resetOnly);
  }

  /** User mode does what `/` does; then the password, where it is asked for, then the Referer (HttpCheckPriviledgedAccess). */
  #privileged(handler: Handler, asks: () => boolean = () => true): Handler {
    return (request, reply) => {
      if (this.#userMode) this.#root(request, reply);
      else if (asks() && !this.#authorised(request)) reply.askForLogin();
      else if (!refererAllowed(this.#core, request)) reply.nothing();
      else handler(request, reply);
    };
  }

  /** Every page of the access point starts its time again (WSContentSendStyle). */
  #page(reply: HttpReply, html: string): void {
    if (this.#core.network.managerActive) this.#wifi.pageViewed();
    reply.html(html);
  }

  #root(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    if (this.#toPortal(request, reply)) return;
    if (hasArg(request, "rst")) {
      this.#restart(request, reply, main.restartPage(core));
      return;
    }
    if (core.network.managerActive) {
      if (this.#wifi.resetOnly || formAuthorised(core, request)) this.#wifiPage(request, reply);
      else this.#page(reply, wifi.loginPage(core));
      return;
    }
    if (!this.#authorised(request)) {
      reply.askForLogin();
      return;
    }
    if (hasArg(request, "m")) {
      this.#liveFragment(request, reply);
      return;
    }
    core.log(DEBUG, "HTP: Main Menu");
    this.#page(reply, this.#userMode ? main.userPage(core) : main.mainPage(core));
  }

  #liveFragment(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    if (hasArg(request, "o") && arg(request, "o") !== "") {
      showSource(core, request, "WebGui");
      const relay = numberArg(request, "o");
      if (relay > 0 && relay <= core.relayCount) core.setRelay(relay, "toggle", "web");
    }
    this.#page(reply, main.liveFragment(core));
  }

  /** The restart comes, no matter who asked: the password is asked for only by the page that tells of it (WebRestart). */
  #restart(request: WebRequest, reply: HttpReply, html: string): void {
    const core = this.#core;
    if (this.#authorised(request)) this.#page(reply, html);
    else reply.askForLoginAndGoOn(html);
    core.log(DEBUG, "HTP: Restart");
    showSource(core, request, "WebGui");
    core.restartFlag = RESTART_SOON;
  }

  /** Captive portal: asked for another host than an address, the browser is sent to the device. */
  #toPortal(request: WebRequest, reply: HttpReply): boolean {
    const host = (request.headers["host"] ?? "").split(":")[0]!;
    if (!this.#core.network.managerActive || /^\d+(\.\d+){3}$/.test(host)) return false;
    this.#core.log(DEBUG, "HTP: Redirected to captive portal");
    reply.redirect(`http://${OWN_ADDRESS}`);
    return true;
  }

  #wifiPage(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    const control = this.#wifi;
    core.log(DEBUG, "HTP: WiFi");
    const manager = core.network.managerActive;
    if (hasArg(request, "save") && !control.resetOnly) {
      if (manager) {
        control.startTest(argWithin(request, "s1", TEXT_LIMIT), argWithin(request, "p1", TEXT_LIMIT));
        if (this.#authorised(request)) this.#page(reply, wifi.testingPage(core));
        else reply.askForLoginAndGoOn(wifi.testingPage(core));
      } else {
        this.#backlog(request, forms.wifiCommands(request));
        this.#restart(request, reply, main.savedPage(core));
      }
      return;
    }
    const { test, resetOnly } = control;
    if (test.state === "succeeded" || test.state === "saved") {
      const html = test.state === "succeeded" ? wifi.connectedPage(core, test.ip) : main.savedPage(core);
      this.#restart(request, reply, html);
      control.outcomeSeen();
    } else if (test.state === "testing" || resetOnly) {
      this.#page(reply, wifi.managerWifiPage(core, { kind: "none" }, test, resetOnly));
    } else {
      const kind = hasArg(request, "scan") ? "all" : "best";
      core.log(DEBUG, "WIF: Scanning...");
      control.scan((networks) => {
        core.log(DEBUG, "WIF: Scan done");
        if (networks.length === 0) core.log(DEBUG, "WIF: No networks found");
        const scan = { kind, networks } as const;
        this.#page(
          reply,
          manager ? wifi.managerWifiPage(core, scan, control.test, false) : wifi.stationWifiPage(core, scan),
        );
      });
    }
  }

  #form(
    name: string,
    draw: (core: TasmotaCore) => string,
    commands: (request: WebRequest) => readonly string[],
    after: Handler = (request, reply) => this.#restart(request, reply, main.savedPage(this.#core)),
  ): Handler {
    return this.#privileged((request, reply) => {
      this.#core.log(DEBUG, `HTP: ${name}`);
      if (!hasArg(request, "save")) {
        this.#page(reply, draw(this.#core));
        return;
      }
      this.#backlog(request, commands(request));
      after(request, reply);
    });
  }

  /** As the original saves its forms: values with a semicolon fall apart here as they do there. */
  #backlog(request: WebRequest, commands: readonly string[]): void {
    executeFrom(this.#core, request, "WebGui", `Backlog0 ;${commands.join(";")}`);
  }

  #modulePage(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    if (!hasArg(request, "save")) {
      core.log(DEBUG, "HTP: Module");
      this.#page(reply, hardware.modulePage(core));
      return;
    }
    hardware.saveModule(core, request);
    executeFrom(core, request, "WebGui", "Backlog0 Module;Gpio");
    this.#restart(request, reply, main.savedPage(core));
  }

  #templatePage(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    if (hasArg(request, "save")) {
      executeFrom(core, request, "WebGui", hardware.templateCommand(request));
      this.#restart(request, reply, main.savedPage(core));
    } else if (arg(request, "t") !== "") {
      reply.text(200, hardware.templateData(core, numberArg(request, "t")));
    } else {
      core.log(DEBUG, "HTP: Template");
      this.#page(reply, hardware.templatePage(core));
    }
  }

  #consolePage(request: WebRequest, reply: HttpReply): void {
    if (hasArg(request, "c2")) {
      reply.text(200, this.#console.answer(request));
      return;
    }
    this.#core.log(DEBUG, "HTP: Console");
    this.#page(reply, main.consolePage(this.#core));
  }

  #upgrade(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    core.log(DEBUG, "HTP: Upgrade started");
    const url = argWithin(request, "o", TEXT_LIMIT);
    if (url !== "") executeFrom(core, request, "WebGui", `OtaUrl ${url}`);
    this.#page(reply, firmware.upgradeStartedPage(core));
    executeFrom(core, request, "WebGui", "Upgrade 1");
  }

  /** What the last upload came to. Without an error it is taken for a success, even if there was none (HandleUploadDone). */
  #uploadDone(request: WebRequest, reply: HttpReply): void {
    this.#privileged((_, answer) => {
      const core = this.#core;
      core.log(DEBUG, "HTP: Upload done");
      const error = this.#uploads.takeError();
      this.#page(answer, firmware.uploadResultPage(core, error));
      if (error !== undefined) return;
      core.restartFlag = RESTART_SOON;
      showSource(core, request, "WebGui");
    })(request, reply);
  }

  #notFound(request: WebRequest, reply: HttpReply): void {
    const { args, method, path } = request;
    const list = args.map(([name, value]) => ` ${name}: ${value}\n`).join("");
    const shown = method === "GET" ? "GET" : "POST";
    reply.text(404, `File Not Found\n\nURI: ${path}\nMethod: ${shown}\nArguments: ${args.length}\n${list}`);
  }
}
