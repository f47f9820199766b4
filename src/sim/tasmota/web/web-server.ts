/** Paths of the plug's web server and what they do. Source: xdrv_01_9_webserver.ino; recordings of the pages. */
import type { ScannedNetwork, TasmotaCore } from "../contract.ts";
import { basicAuthorised, formAuthorised, refererAllowed } from "./access.ts";
import { ConsoleFeed, handleCommand } from "./command-api.ts";
import type { HttpReply } from "./http-reply.ts";
import { arg, hasArg, type WebRequest } from "./http-request.ts";
import * as firmware from "./pages/firmware-pages.ts";
import * as hardware from "./pages/hardware-forms.ts";
import * as main from "./pages/main.ts";
import * as forms from "./pages/settings-forms.ts";
import * as wifi from "./pages/wifi.ts";
import { takeUpload, type UploadKind } from "./upload.ts";

/** What the pages need of the Wi-Fi. */
export interface WifiControl {
  /** Takes about 2 s, during which the main loop stands still. */
  scan(done: (networks: readonly ScannedNetwork[]) => void): void;
  readonly test: wifi.WifiTestView;
  startTest(ssid: string, password: string): void;
  /** Somebody saw what the finished test came to: the device restarts, and the page is not shown again. */
  outcomeSeen(): void;
  /** A page of the access point was asked for: its time starts anew. */
  pageViewed(): void;
  /** WifiConfig 7: the access point only restarts or resets. */
  readonly resetOnly: boolean;
}

type Handler = (request: WebRequest, reply: HttpReply) => void;

const OWN_ADDRESS = "192.168.4.1";
const USER_MODE = 1;
const RESTART_SOON = 2;
/** Longest value taken from the access point's form (a 151-byte buffer). */
const FORM_VALUE_LIMIT = 150;

/** What the minimal build's server has (WebServerDispatch under FIRMWARE_MINIMAL). */
const MINIMAL_PATHS: readonly string[] = ["/", "/up", "/u1", "/u2", "/u3", "/mn", "/cs", "/cm"];

export class WebServer {
  /** 1 user, 2 admin; follows the setting a little later. */
  mode: number;
  readonly #core: TasmotaCore;
  readonly #wifi: WifiControl;
  readonly #console: ConsoleFeed;
  readonly #routes: Readonly<Record<string, Handler>>;
  #armed: UploadKind | undefined;
  #uploadError: string | undefined;

  constructor(core: TasmotaCore, control: WifiControl, mode: number) {
    this.#core = core;
    this.#wifi = control;
    this.mode = mode;
    this.#console = new ConsoleFeed(core);
    const routes = Object.entries(this.#table());
    this.#routes = Object.fromEntries(
      core.build.minimal ? routes.filter(([path]) => MINIMAL_PATHS.includes(path)) : routes,
    );
  }

  handle(request: WebRequest, reply: HttpReply): void {
    const route = Object.hasOwn(this.#routes, request.path) ? this.#routes[request.path] : undefined;
    if (route !== undefined) route(request, reply);
    else if (!this.#toPortal(request, reply)) this.#notFound(request, reply);
  }

  #table(): Readonly<Record<string, Handler>> {
    const core = this.#core;
    const show = (draw: (core: TasmotaCore) => string): Handler =>
      this.#privileged((_, reply) => reply.html(draw(core)));
    return {
      "/": (request, reply) => this.#root(request, reply),
      "/cm": (request, reply) => {
        if (this.mode === USER_MODE) reply.html(main.userPage(core));
        else handleCommand(core, request, reply);
      },
      "/cn": show(main.configurationMenu),
      "/mn": show(main.toolsMenu),
      "/in": show(main.informationPage),
      "/wi": (request, reply) => {
        if (core.network.managerActive) this.#managerWifi(request, reply);
        else this.#privileged((r, answer) => this.#stationWifi(r, answer))(request, reply);
      },
      "/mq": this.#settingsForm(forms.mqttPage, forms.mqttCommands, main.savedPage),
      "/lg": this.#settingsForm(forms.loggingPage, forms.loggingCommands, main.configurationMenu),
      "/co": this.#settingsForm((c) => forms.otherPage(c, this.#template()), forms.otherCommands, main.savedPage),
      "/md": this.#settingsForm(hardware.modulePage, hardware.moduleCommands, main.savedPage, (commands) => {
        // The page that tells of it bears the new module's name already: not queued.
        for (const command of commands) core.execute(command, "web");
      }),
      "/tp": this.#settingsForm(hardware.templatePage, hardware.templateCommands, main.savedPage),
      "/cs": this.#privileged((request, reply) => this.#consolePage(request, reply)),
      "/dl": this.#privileged((_, reply) => {
        const host = core.network.hostname.replaceAll(/[^a-zA-Z0-9]/g, "_");
        reply.file(`Config_${host}_${core.build.number}.dmp`, core.dumpSettings());
      }),
      "/rs": this.#privileged((_, reply) => {
        this.#armed = "settings";
        reply.html(firmware.restorePage(core));
      }),
      "/up": this.#privileged((_, reply) => {
        this.#armed = "firmware";
        reply.html(firmware.upgradePage(core));
      }),
      "/u1": this.#privileged((request, reply) => {
        const url = arg(request, "o");
        core.execute(url === "" ? "Upgrade 1" : `Backlog0 OtaUrl ${url};Upgrade 1`, "web");
        reply.html(firmware.upgradeStartedPage(core));
      }),
      "/u2": this.#privileged((request, reply) => {
        takeUpload(core, this.#armed, request, (error) => {
          this.#uploadError = error;
          reply.html(firmware.uploadResultPage(core, error));
        });
      }),
      "/u3": this.#privileged((_, reply) => reply.html(firmware.uploadResultPage(core, this.#uploadError))),
      "/rt": (request, reply) => {
        const reset: Handler = (_, answer) => {
          core.execute("Reset 1", "web");
          answer.html(main.resetPage(core));
        };
        if (core.network.managerActive) reset(request, reply);
        else this.#privileged(reset)(request, reply);
      },
    };
  }

  /** User mode shows the main page instead; then the password, then the Referer. */
  #privileged(handler: Handler): Handler {
    return (request, reply) => {
      if (this.mode === USER_MODE) reply.html(main.userPage(this.#core));
      else if (!this.#core.network.managerActive && !basicAuthorised(this.#core, request)) reply.askForLogin();
      else if (!refererAllowed(this.#core, request)) reply.nothing();
      else handler(request, reply);
    };
  }

  #root(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    if (core.network.managerActive) {
      if (this.#toPortal(request, reply)) return;
      this.#wifi.pageViewed();
      if (!formAuthorised(core, request)) reply.html(wifi.loginPage(core));
      else if (hasArg(request, "rst")) this.#restart(reply);
      else this.#managerWifi(request, reply);
      return;
    }
    if (!basicAuthorised(core, request)) {
      reply.askForLogin();
      return;
    }
    if (hasArg(request, "rst")) {
      this.#restart(reply);
      return;
    }
    if (hasArg(request, "m")) {
      const relay = Number(arg(request, "o"));
      if (relay > 0 && relay <= core.relayCount) core.setRelay(relay, "toggle", "web");
      reply.html(main.liveFragment(core));
      return;
    }
    reply.html(this.mode === USER_MODE ? main.userPage(core) : main.mainPage(core));
  }

  #restart(reply: HttpReply): void {
    this.#core.restartFlag = RESTART_SOON;
    reply.html(main.restartPage(this.#core));
  }

  /** Captive portal: asked for another host than an address, the browser is sent to the device. */
  #toPortal(request: WebRequest, reply: HttpReply): boolean {
    const host = (request.headers["host"] ?? "").split(":")[0]!;
    if (!this.#core.network.managerActive || /^\d+(\.\d+){3}$/.test(host)) return false;
    reply.redirect(`http://${OWN_ADDRESS}`);
    return true;
  }

  #managerWifi(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    const control = this.#wifi;
    control.pageViewed();
    if (hasArg(request, "save")) {
      control.startTest(truncate(arg(request, "s1")), truncate(arg(request, "p1")));
      reply.html(wifi.testingPage(core));
      return;
    }
    const { test, resetOnly } = control;
    if (test.state === "succeeded") {
      reply.html(wifi.connectedPage(core, test.ip));
      control.outcomeSeen();
    } else if (test.state === "saved") {
      reply.html(main.savedPage(core));
      control.outcomeSeen();
    } else if (test.state === "testing" || resetOnly) {
      reply.html(wifi.managerWifiPage(core, { kind: "none" }, test, resetOnly));
    } else {
      const kind = hasArg(request, "scan") ? "all" : "best";
      control.scan((networks) => reply.html(wifi.managerWifiPage(core, { kind, networks }, control.test, false)));
    }
  }

  #stationWifi(request: WebRequest, reply: HttpReply): void {
    const core = this.#core;
    if (hasArg(request, "save")) {
      this.#backlog(forms.wifiCommands(request));
      reply.html(main.savedPage(core));
      return;
    }
    const kind = hasArg(request, "scan") ? "all" : "best";
    this.#wifi.scan((networks) => reply.html(wifi.stationWifiPage(core, { kind, networks })));
  }

  #settingsForm(
    draw: (core: TasmotaCore) => string,
    commands: (request: WebRequest) => readonly string[],
    after: (core: TasmotaCore) => string,
    run: (commands: readonly string[]) => void = (list) => this.#backlog(list),
  ): Handler {
    return this.#privileged((request, reply) => {
      if (draw === hardware.templatePage && hasArg(request, "m")) {
        reply.text(200, hardware.templateData(this.#core, Number(arg(request, "t"))));
        return;
      }
      if (!hasArg(request, "save")) {
        reply.html(draw(this.#core));
        return;
      }
      run(commands(request));
      reply.html(after(this.#core));
    });
  }

  /** As the original saves its forms: values with a semicolon fall apart here as they do there. */
  #backlog(commands: readonly string[]): void {
    this.#core.execute(`Backlog0 ${commands.join(";")}`, "web");
  }

  #consolePage(request: WebRequest, reply: HttpReply): void {
    if (hasArg(request, "c2") || hasArg(request, "c1")) {
      reply.text(200, this.#console.answer(request));
      return;
    }
    this.#console.reopen();
    reply.html(main.consolePage(this.#core));
  }

  /** The active template as the form shows it. */
  #template(): string {
    return this.#core.templateJson();
  }

  #notFound(request: WebRequest, reply: HttpReply): void {
    const { args, method, path } = request;
    const list = args.map(([name, value]) => ` ${name}: ${value}\n`).join("");
    reply.text(404, `File Not Found\n\nURI: ${path}\nMethod: ${method}\nArguments: ${args.length}\n${list}`);
  }
}

function truncate(text: string): string {
  return text.slice(0, FORM_VALUE_LIMIT);
}
